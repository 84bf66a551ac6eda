"""What may be asked of a ledger: words, filters, a part of the tree, a day, an order."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from taizhang.core.context import Value

Op = Literal["is", "blank", "filled", "from", "to", "has", "incomplete", "flawed", "due"]
Show = Literal["present", "gone", "void", "all"]


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition. `is` on a day matches every day within a partial one; a tuple as value means: any of these.

    `due`: the records of which the reminder with the id `key` speaks today.
    """

    key: str
    op: Op = "is"
    value: Value = None


@dataclass(frozen=True, slots=True)
class Query:
    """A question to one ledger.

    `scope` is the number of an organisation: it and all below. `as_of` asks for the ledger as it was on that day.
    `sort` is a field, one of `core.ledger.ORDERS` or a derived lookup; empty means the ledger's own order. `show`:
    those present on the day, those gone, those voided, or all that are not voided.
    """

    ledger: str
    search: str = ""
    where: tuple[Filter, ...] = ()
    scope: int | None = None
    as_of: date | None = None
    sort: str = ""
    descending: bool = False
    show: Show = "present"
