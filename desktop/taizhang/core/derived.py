"""Columns that nobody types: computed from the record, or looked up in the ledgers that point at it."""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from datetime import date
from typing import Literal

from taizhang.core.context import Context, Values
from taizhang.core.privacy import Privacy

Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Derived:
    """What every derived column says of itself; `needs` are the fields it is computed from."""

    key: str
    label: str
    _: KW_ONLY
    width: int = 6
    align: Align = "right"
    privacy: Privacy = Privacy.OPEN
    help: str = ""


@dataclass(frozen=True)
class Computed(Derived):
    """A function of the record's own values and of the day: age, years in the Party, end of probation."""

    compute: Callable[[Values, date], str | int | None]


@dataclass(frozen=True)
class Compared(Derived):
    """A function of the record, with `RID`, and of the office around it today: the numbers missing before its own.

    It is asked record by record: for ledgers of few records, not for lists of members.
    """

    compare: Callable[[Values, Context], str | int | None]


@dataclass(frozen=True)
class Tally(Derived):
    """How many records of `ledger`, present on the day, point here by `link` and hold the codes in `where`.

    `below`: those that point at the records below this one in its ledger's tree are counted as well.
    """

    ledger: str
    link: str
    where: tuple[tuple[str, str], ...] = ()
    below: bool = False


@dataclass(frozen=True)
class Lookup(Derived):
    """What the records of `ledger` that point here by `link`, present on the day, hold in `field`; by rank.

    `where`: only records that hold this code in a field, or one of several.
    """

    ledger: str
    link: str
    field: str
    where: tuple[tuple[str, str | tuple[str, ...]], ...] = ()
