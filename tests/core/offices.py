"""A context for the gate that a test spells out: records with names and values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from taizhang.core.context import Value, Values

TODAY = date(2026, 11, 21)


@dataclass(frozen=True)
class Spelled:
    """Records by ledger and number; each holds its `name`."""

    records: Mapping[str, Mapping[int, Values]] = field(default_factory=dict)
    today: date = TODAY

    def find(self, ledger: str, text: str) -> Sequence[int]:
        """Records of that name or short name."""
        every = self.records.get(ledger, {}).items()
        return [rid for rid, values in every if text in (values.get("name"), values.get("short_name"))]

    def name(self, ledger: str, rid: int) -> str:
        """The name, or an empty text."""
        return str(self.records.get(ledger, {}).get(rid, {}).get("name", ""))

    def holders(self, ledger: str, key: str, value: Value) -> Sequence[int]:
        """Records that hold the value."""
        return [rid for rid, values in self.records.get(ledger, {}).items() if values.get(key) == value]

    def values(self, ledger: str, rid: int) -> Values | None:
        """What a record holds."""
        return self.records.get(ledger, {}).get(rid)

    def index(self, ledger: str, keys: Sequence[str]) -> Mapping[tuple[Value, ...], Sequence[int]]:
        """Records by what they hold in `keys`; those with a blank among them are left out."""
        found: dict[tuple[Value, ...], list[int]] = {}
        for rid, values in self.records.get(ledger, {}).items():
            held = tuple(values.get(key) for key in keys)
            if None not in held:
                found.setdefault(held, []).append(rid)
        return found

    def tally(self, ledger: str, link: str, rid: int, **codes: str) -> int:
        """Records that point at one and hold these codes."""
        return sum({**codes, link: rid}.items() <= values.items() for values in self.records.get(ledger, {}).values())
