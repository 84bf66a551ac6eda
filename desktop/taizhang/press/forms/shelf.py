"""The forms that there are: those that are shipped, and those that the office has changed or made itself."""

import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from taizhang import places
from taizhang.core.access import Role, must
from taizhang.core.errors import Refused
from taizhang.core.ledger import Ledger
from taizhang.press.forms.faults import Fault
from taizhang.press.forms.language import Reading, draft, examine, read_form
from taizhang.press.forms.model import Form
from taizhang.press.forms.reading import SUFFIX, text_of
from taizhang.store.memo import FORM

if TYPE_CHECKING:  # the self-check looks at the shelf also where a cipher of the store is missing
    from taizhang.store.store import Store

_KEY = re.compile(r"[\w-]{1,40}")


class Entry(NamedTuple):
    """One form as a list shows it. `faults`: why it cannot be printed; its title and ledger are then a guess."""

    key: str
    title: str
    ledger: str
    about: str
    own: bool
    faults: tuple[Fault, ...]


class Shelf:
    """Every form by its key. With `ledgers`, a form that names what they do not have counts as broken."""

    def __init__(
        self, own: Mapping[str, str], ledgers: Mapping[str, Ledger] | None = None, folder: Path | None = None
    ) -> None:
        self._own, self._ledgers = own, ledgers
        self._files = {path.stem: path for path in sorted((folder or places.forms()).glob(f"*{SUFFIX}"))}

    def keys(self) -> list[str]:
        """The standard forms, then those that only this office has."""
        return [*self._files, *sorted(set(self._own) - set(self._files))]

    def is_own(self, key: str) -> bool:
        """Whether the office's own text counts."""
        return key in self._own

    def has_standard(self, key: str) -> bool:
        """Whether such a form is shipped, so that one can go back to it."""
        return key in self._files

    def text(self, key: str) -> str:
        """The text that counts: the office's own, else the standard one; `Refused` without either."""
        return self._own[key] if key in self._own else self._standard_text(key)

    def form(self, key: str) -> Form:
        """The form that counts. A broken one is refused, naming file and line; the standard never stands in for it."""
        reading = self._read(key, self.text(key))
        if reading.form is None:
            raise Refused(_broken(reading.faults, own=self.is_own(key), standard=self.has_standard(key)))
        return reading.form

    def standard(self, key: str) -> Form:
        """The form as it is shipped, whatever the office has of its own; `Refused` for one that it made itself."""
        reading = self._read(key, self._standard_text(key))
        if reading.form is None:
            raise Refused(_broken(reading.faults, own=False, standard=True))
        return reading.form

    def entries(self) -> list[Entry]:
        """All forms, those that are broken too."""
        return [self._entry(key) for key in self.keys()]

    def for_ledger(self, title: str) -> list[Form]:
        """The forms of a ledger; a broken one as its standard, since it is refused as soon as it is asked for."""
        return [form for key in self.keys() if (form := self._shown(key)) and form.ledger == title]

    def _shown(self, key: str) -> Form | None:
        asked = [self.form, *([self.standard] if self.has_standard(key) else [])]
        for ask in asked:
            with suppress(Refused):
                return ask(key)
        return None

    def _entry(self, key: str) -> Entry:
        try:
            text = self.text(key)
        except Refused as refused:  # somebody has put another file in the place of ours
            return Entry(key, key, "", "", own=False, faults=(Fault(_file(key), 0, str(refused)),))
        form = draft(key, text, _file(key))[0]
        faults = self._read(key, text).faults
        return Entry(key, form.title or key, form.ledger, form.about, self.is_own(key), faults)

    def _standard_text(self, key: str) -> str:
        if key in self._files:
            return text_of(self._files[key])
        if key in self._own:
            raise Refused(f"“{key}”是本单位自己做的表格，没有标准版式，没有改动。")
        raise Refused(f"没有“{key}”这份表格，没有执行；现有：{'、'.join(self.keys())}。")

    def _read(self, key: str, text: str) -> Reading:
        if self._ledgers is None:
            return read_form(key, text, _file(key))
        return examine(key, text, _file(key), self._ledgers)


def shelf_of(store: "Store") -> Shelf:
    """The forms of an office."""
    own = {key: text for key, text in store.recall_all(FORM).items() if isinstance(text, str)}
    return Shelf(own, store.ledgers)


def keep_own(store: "Store", key: str, text: str, file: str = "") -> tuple[Fault, ...]:
    """Keep a text as the office's own form, unless something is wrong with it, which is returned.

    `file` is what its faults call it. Raises `Refused` for readers, and for a file that is only looked at.
    """
    _may_change(store)
    if not _KEY.fullmatch(key):
        raise Refused(f"“{key}”不能做表格的代号，没有改动；请用 1 到 40 个汉字、字母、数字或 -，例如 自制-慰问表。")
    if key in store.ledgers:
        raise Refused(f"“{key}”是台账“{store.ledgers[key].title}”的代号，没有改动；请给表格另起一个代号。")
    faults = examine(key, text, file or _file(key), store.ledgers).faults
    if not faults:
        store.keep(FORM + key, text)
    return faults


def forget_own(store: "Store", key: str) -> bool:
    """Go back to the standard form (恢复标准版式); one that only the office has is gone. Whether there was one."""
    _may_change(store)
    shelf = shelf_of(store)
    shelf.text(key)  # an unknown key is refused
    store.keep(FORM + key, None)
    return shelf.is_own(key)


def _may_change(store: "Store") -> None:
    must(store.access.role, be=Role.RECORDER)
    if store.read_only:
        raise Refused("这个文件以只读方式打开，没有改动；请另存一份或换一台电脑打开。")


def _file(key: str) -> str:
    return f"{key}{SUFFIX}"


def _broken(faults: tuple[Fault, ...], *, own: bool, standard: bool) -> str:
    """The sentence that refuses a broken form."""
    more = f"（共 {len(faults)} 处问题）" if len(faults) > 1 else ""
    way = "请改正它，或“恢复标准版式”" if standard else "请改正它"
    return f"{str(faults[0]).rstrip('。')}{more}；没有打印，{way if own else '请重新安装本程序，数据不受影响'}。"
