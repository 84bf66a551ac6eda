"""What whoever has entered may see of an office (R-PRIV): a reader gets every value as internal lists show it.

Masked values stay values of their field, so that pages, exports and prints need not know who is looking.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from taizhang.core.access import Role, widest
from taizhang.core.context import Value, Values
from taizhang.core.derived import Derived
from taizhang.core.field import Field
from taizhang.core.findings import Finding
from taizhang.core.kinds import Text
from taizhang.core.ledger import Ledger
from taizhang.core.privacy import Privacy, Profile, mask_numbers, mask_value
from taizhang.store.query import Filter
from taizhang.store.rows import Derivation, Entry, Operation
from taizhang.store.search import EDGE

# What a filter may ask of a record without its values.
_OF_THE_RECORD = frozenset({"blank", "filled", "incomplete", "flawed", "due"})


class Eyes:
    """The eyes of the role that the office is opened in; it may change while the office is open."""

    def __init__(self, role: Callable[[], Role]) -> None:
        self._role = role

    @property
    def whole(self) -> bool:
        """Whether they see everything."""
        return widest(self._role()) is Profile.FULL

    def value(self, column: Field | Derived, value: Any) -> Any:
        """A value of that column."""
        return value if self.whole else mask_value(column.privacy, value)

    def values(self, ledger: Ledger, values: Values) -> dict[str, Value]:
        """Values of a record by field; what no field declares is left as it is."""
        if self.whole:
            return dict(values)
        fields = ledger.by_key
        return {key: mask_value(fields[key].privacy, it) if key in fields else it for key, it in values.items()}

    def derived(self, ledger: Ledger, values: Mapping[str, Derivation]) -> dict[str, Derivation]:
        """Derived columns of a record, which were computed from what it holds in full."""
        return {key: self.value(ledger.derived_by_key[key], value) for key, value in values.items()}

    def text(self, text: str) -> str:
        """A sentence or a title in which a number may stand."""
        return text if self.whole else mask_numbers(text)

    def entry(self, ledger: Ledger, entry: Entry) -> Entry:
        """A line of a record's history."""
        if self.whole:
            return entry
        fields = {
            key: (self.value(ledger.by_key[key], old), self.value(ledger.by_key[key], new))
            for key, (old, new) in entry.fields.items()
        }
        return replace(entry, title=self.text(entry.title), fields=fields)

    def operation(self, operation: Operation) -> Operation:
        """A line of the office's history."""
        return operation if self.whole else replace(operation, title=self.text(operation.title))

    def finding(self, finding: Finding) -> Finding:
        """What a rule says; only who may repair something is told the value and the repair."""
        return finding if self.whole else replace(finding, text=self.text(finding.text), value="", proposal=None)

    def memo(self, kept: Any) -> Any:
        """What was kept beside the records."""
        if self.whole or not isinstance(kept, (str, list, dict)):
            return kept
        if isinstance(kept, str):
            return mask_numbers(kept)
        if isinstance(kept, list):
            return [self.memo(one) for one in kept]
        return {key: self.memo(one) for key, one in kept.items()}

    def parted(self, ledger: Ledger, where: Sequence[Filter]) -> tuple[tuple[Filter, ...], tuple[Filter, ...]]:
        """Conditions that may be put to the database, and those that may only be held against what is seen."""
        blind = [one for one in where if not self.whole and self._tells(ledger, one)]
        return tuple(one for one in where if one not in blind), tuple(blind)

    def _tells(self, ledger: Ledger, one: Filter) -> bool:
        """Whether the answer to a condition would tell what is masked."""
        field = ledger.by_key.get(one.key)
        return one.op not in _OF_THE_RECORD and field is not None and hides(field)

    def line(self, ledger: Ledger, line: str, values: Values) -> str:
        """A search line of a record with these `values`: nobody finds by digits that they do not see."""
        if self.whole:
            return line
        for key, value in values.items():
            for part in _parts(ledger, key, value):
                seen = mask_value(ledger.by_key[key].privacy, part)
                line = line.replace(f"{EDGE}{part}{EDGE}".lower(), f"{EDGE}{seen}{EDGE}".lower())
        return line


def hides(field: Field) -> bool:
    """Whether a reader may see less of a field than it holds."""
    return field.privacy not in {Privacy.OPEN, Privacy.PHOTO} or isinstance(field, Text)


def searched(ledger: Ledger) -> list[str]:
    """The fields in the search line of a ledger of which a reader may see less than they hold."""
    keys = dict.fromkeys([ledger.title_field, ledger.short_field, *ledger.search_fields, *ledger.numbered])
    return [key for key in keys if key and hides(ledger.by_key[key])]


def _parts(ledger: Ledger, key: str, value: Value) -> list[str]:
    if not isinstance(value, str):
        return []
    return value.split("、") if key in ledger.numbered else [value]
