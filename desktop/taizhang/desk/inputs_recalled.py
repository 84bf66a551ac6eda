"""A line of text that offers what was written before in lines like it: long names of other offices are typed once."""

from collections import Counter
from collections.abc import Callable

from taizhang.core.hanzi import pinyin_forms
from taizhang.core.kinds import Text
from taizhang.desk.inputs import PickInput
from taizhang.desk.office import Office
from taizhang.desk.picker import Option, Picker, Source
from taizhang.store.store import Store

_MOST_OFFERED = 20
_HINT = "输入名称或拼音首字母，用过的会列出来"


class RecalledInput(PickInput):
    """What is typed stays as it is; what was picked can be changed."""

    def __init__(self, field: Text, office: Office) -> None:
        super().__init__(field, Picker(recalled(office, field.recalls)))
        self.suggest("")

    def suggest(self, text: str) -> None:
        """As the greyed text of the empty line."""
        self.picker.setPlaceholderText(text or _HINT)


def recalled(office: Office, columns: tuple[tuple[str, str], ...]) -> Source:
    """What stands in these columns (ledger, field), the most frequent first."""

    def find(store: Store, typed: str) -> list[Option]:
        context, found = store.context(), Counter[str]()
        for ledger, key in columns:
            for (value,), rids in context.index(ledger, (key,)).items():
                if isinstance(value, str):
                    found[value] += len(rids)
        fits = (value for value, _count in found.most_common() if _fits(value, typed.lower().replace(" ", "")))
        return [Option(value, value) for value, _at in zip(fits, range(_MOST_OFFERED), strict=False)]

    def source(text: str, deliver: Callable[[list[Option]], None]) -> None:
        office.ask(lambda store: find(store, text), deliver)

    return source


def _fits(value: str, typed: str) -> bool:
    return not typed or (typed != value and any(typed in form for form in (value.lower(), *pinyin_forms(value))))
