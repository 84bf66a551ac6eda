"""Records that an import will create because its rows name them: known to the gate before they are stored."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from taizhang.core.check import Draft, check
from taizhang.core.context import Value, Values
from taizhang.core.field import as_text
from taizhang.core.kinds_linked import Link
from taizhang.core.ledger import Ledger
from taizhang.core.text import is_blank
from taizhang.store.store import Store

_NUMBERS = re.compile("[0-9一二三四五六七八九十]")
_CLOSE = 0.8


@dataclass(frozen=True, slots=True)
class Seedling:
    """A record to be created; `rid` is a placeholder below zero until then."""

    rid: int
    name: str
    draft: Draft


class Growing:
    """The office with the records that are about to be: a `core.context.Context` for the gate of an import."""

    def __init__(self, store: Store) -> None:
        self._store, self._base = store, store.context()
        self.today: date = self._base.today  # one day for the whole plan, however long it is looked at
        self._ledgers: Mapping[str, Ledger] = store.ledgers
        self._known: dict[str, list[str]] = {}
        self._named: dict[tuple[str, str], Seedling] = {}
        self._by_rid: dict[int, Seedling] = {}
        self._rows: dict[tuple[str, str], int] = {}
        self._row_names: dict[int, str] = {}

    def find(self, ledger: str, text: str) -> Sequence[int]:
        """Records of the office first, then rows of the file, then those about to be created."""
        if found := self._base.find(ledger, text):
            return found
        if (row := self._rows.get((ledger, text))) is not None:
            return (row,)
        seedling = self._named.get((ledger, text))
        return (seedling.rid,) if seedling else ()

    def name(self, ledger: str, rid: int) -> str:
        """The name, also of what is not stored yet."""
        if rid >= 0:
            return self._base.name(ledger, rid)
        return self._by_rid[rid].name if rid in self._by_rid else self._row_names.get(rid, "")

    def holders(self, ledger: str, key: str, value: Value) -> Sequence[int]:
        """Stored records only; what the file says twice is seen when its rows are compared."""
        return self._base.holders(ledger, key, value)

    def index(self, ledger: str, keys: Sequence[str]) -> Mapping[tuple[Value, ...], Sequence[int]]:
        """Stored records only."""
        return self._base.index(ledger, keys)

    def tally(self, ledger: str, link: str, rid: int, **codes: str) -> int:
        """Stored records only."""
        return self._base.tally(ledger, link, rid, **codes)

    def values(self, ledger: str, rid: int) -> Values | None:
        """What a record holds or will hold."""
        if rid >= 0:
            return self._base.values(ledger, rid)
        return self._by_rid[rid].draft.values if rid in self._by_rid else None

    def grow(self, field: Link, raw: object) -> Seedling | None:
        """Have a record created for the text in a link that the office does not know; None when there is no need."""
        text = as_text(raw)
        if not field.grow or is_blank(text) or self.find(field.ledger, text):
            return None
        ledger = self._ledgers[field.ledger]
        wanted: dict[str, object] = {ledger.title_field: text, **field.grow}
        if ledger.tree and ledger.office:
            wanted[ledger.tree] = self._store.root
        draft = check(ledger, wanted, self._base)
        if not draft.ok:
            return None
        seedling = Seedling(-1 - len(self._by_rid) - len(self._row_names), text, draft)
        self._named[field.ledger, text] = self._by_rid[seedling.rid] = seedling
        return seedling

    def like(self, ledger: str, text: str) -> str | None:
        """A registered name so close to `text`, and with the same numbers, that it may be meant."""
        if ledger not in self._known:
            keys = filter(None, (self._ledgers[ledger].title_field, self._ledgers[ledger].short_field))
            self._known[ledger] = [str(values[0]) for key in keys for values in self._store.index(ledger, [key])]
        same = [name for name in self._known[ledger] if _NUMBERS.findall(name) == _NUMBERS.findall(text)]
        return next(iter(difflib.get_close_matches(text, same, n=1, cutoff=_CLOSE)), None)

    def announce(self, ledger: str, names: Sequence[str]) -> int:
        """A row of the file that others of its rows may point at; returns its placeholder."""
        rid = -1 - len(self._by_rid) - len(self._row_names)
        self._row_names[rid] = names[0]
        for name in dict.fromkeys(names):
            self._rows.setdefault((ledger, name), rid)
        return rid

    def seedling(self, rid: int) -> Seedling | None:
        """What a placeholder stands for; None for a stored record, or a row of the file."""
        return self._by_rid.get(rid)
