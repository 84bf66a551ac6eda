"""Reminders: what falls due, as data beside the ledger whose records they look at (the reference's table 12)."""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from datetime import date, timedelta
from enum import StrEnum

from taizhang.core.context import Context, Value, Values
from taizhang.core.day import add_months


class Level(StrEnum):
    """How urgent; in this order on the first page."""

    RED = "red"
    AMBER = "amber"
    INFO = "info"


LEVEL_LABELS = {Level.RED: "已到期", Level.AMBER: "快到期", Level.INFO: "留意"}


@dataclass(frozen=True, slots=True)
class Notice:
    """From `months` and `days` after the due day (before it, when negative) on, at this level and in these words.

    `text` may hold {name}, {due} (2026年7月31日), {left} and {over} (days until and since the due day), {months} (full
    months since it), and any field of the record by its key.
    """

    level: Level
    text: str
    _: KW_ONLY
    months: int = 0
    days: int = 0

    def begins(self, due: date) -> date:
        """The first day on which it is said; the end of a month clamps (31 August + 6 months = 28 February)."""
        return add_months(due, self.months) + timedelta(days=self.days)


@dataclass(frozen=True)
class Reminder:
    """One rule: for records for which `when` holds, counted from the day `due`; the latest notice begun counts.

    `id` is that of the reference (E4) with a name of ours (E4-expiry), `source` the rule behind it. `due` may be the
    key of a day field (a partial day counts from its last day) or a function; without it the first notice is said at
    once. `together`: said once for all records with a count ({count}) instead of once for each. `field` is where it is
    mended.
    """

    id: str
    title: str
    notices: tuple[Notice, ...]
    _: KW_ONLY
    source: str
    when: Callable[[Values, Context], bool]
    due: str | Callable[[Values, Context], Value | date] = ""
    together: bool = False
    field: str = ""
