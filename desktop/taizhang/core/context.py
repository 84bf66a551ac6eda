"""What the gate may ask of the world: the day, and what other records the office has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

# What a field holds once it has passed the gate. Days are partial ISO text, choices codes, money fen, links record
# numbers (rid), attachments SHA-256 in hex.
Value = None | str | int | bool | tuple[int, ...] | tuple[str, ...]
Values = Mapping[str, Value]
# Under this key a rule finds the number of the record that it looks at, when the record has one.
RID = "_rid"


class Context(Protocol):
    """The office as the gate sees it."""

    @property
    def today(self) -> date:
        """The day on which the work is done; never the machine's clock."""

    def find(self, ledger: str, text: str) -> Sequence[int]:
        """Record numbers in `ledger` whose name or short name is `text`."""

    def name(self, ledger: str, rid: int) -> str:
        """The name of a record, or an empty text when the office does not have it."""

    def holders(self, ledger: str, key: str, value: Value) -> Sequence[int]:
        """Record numbers in `ledger` that hold `value` in the field `key`."""

    def values(self, ledger: str, rid: int) -> Values | None:
        """What another record holds, for rules that look across a link."""

    def index(self, ledger: str, keys: Sequence[str]) -> Mapping[tuple[Value, ...], Sequence[int]]:
        """Live records by what they hold in `keys`; records with a blank among them are left out."""

    def tally(self, ledger: str, link: str, rid: int, **codes: str) -> int:
        """How many records of `ledger`, present today and with these codes, point at the record `rid` by `link`."""


@dataclass(frozen=True)
class Alone:
    """A context without an office: nothing to find, nobody to collide with."""

    today: date

    def find(self, ledger: str, text: str) -> Sequence[int]:
        """Nothing."""
        del ledger, text
        return ()

    def name(self, ledger: str, rid: int) -> str:
        """No name."""
        del ledger, rid
        return ""

    def holders(self, ledger: str, key: str, value: Value) -> Sequence[int]:
        """Nobody."""
        del ledger, key, value
        return ()

    def values(self, ledger: str, rid: int) -> Values | None:
        """No record."""
        del ledger, rid
        return None

    def index(self, ledger: str, keys: Sequence[str]) -> Mapping[tuple[Value, ...], Sequence[int]]:
        """Nothing."""
        del ledger, keys
        return {}

    def tally(self, ledger: str, link: str, rid: int, **codes: str) -> int:
        """None."""
        del ledger, link, rid, codes
        return 0
