"""What leaves the store: frozen values, never a live connection to the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from taizhang.core.context import Value, Values
from taizhang.core.findings import Finding

Derivation = str | int | None
ROOT = 1  # the record number of the office's own organisation: the first record of a file


@dataclass(frozen=True, slots=True)
class Row:
    """One record. `values` holds the fields that were asked for, `derived` the derived columns.

    `completeness` is in percent; `flaws` counts the warnings of its last check; `void` is the reason it was voided for.
    """

    rid: int
    id: str
    ledger: str
    values: Values
    derived: Mapping[str, Derivation]
    completeness: int
    flaws: int
    void: str | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What one operation did: the records it touched by ledger; `kept` says what an undo left alone, in Chinese."""

    op: int
    title: str
    touched: Mapping[str, frozenset[int]]
    kept: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many records were touched."""
        return sum(len(rids) for rids in self.touched.values())


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a record's history; `fields` maps a key to (old, new); `action` is add, change, void or unvoid."""

    op: int
    title: str
    who: str
    at: datetime
    action: str
    fields: Mapping[str, tuple[Value, Value]]


@dataclass(frozen=True, slots=True)
class Operation:
    """One line of the office's history."""

    op: int
    title: str
    who: str
    at: datetime
    count: int
    undone: bool


@dataclass(frozen=True, slots=True)
class Remark:
    """What the rules say today of one stored record."""

    rid: int
    name: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A wanted field that some present records lack."""

    key: str
    label: str
    count: int
