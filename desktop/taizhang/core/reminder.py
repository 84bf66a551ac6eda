"""Reminders: what falls due, as data beside the ledger whose records they look at (the reference's table 12)."""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import EllipsisType

from taizhang.core.context import Context, Value, Values
from taizhang.core.day import add_months


class Level(StrEnum):
    """How urgent; in this order on the first page."""

    RED = "red"
    AMBER = "amber"
    INFO = "info"


LEVEL_LABELS = {Level.RED: "急办", Level.AMBER: "要办", Level.INFO: "留意"}


@dataclass(frozen=True, slots=True)
class Notice:
    """From `months` and `days` after the due day (before it, when negative) on, at this level and in these words.

    `text` may hold {name}, {due} (2026年7月31日), {left} and {over} (days until and since the due day), {months} (full
    months since it), and any field of the record by its key. Where several records are spoken of at once, {names} are
    the first of them and {count} is their number.
    """

    level: Level
    text: str
    _: KW_ONLY
    months: int = 0
    days: int = 0

    def begins(self, due: date) -> date:
        """The first day on which it is said; the end of a month clamps (31 August + 6 months = 28 February)."""
        return add_months(due, self.months) + timedelta(days=self.days)


# Which records a rule is about, as the database can tell without reading them: field -> what it holds. None: blank,
# a tuple: any of these, `...`: whatever it is, but not blank.
Among = Mapping[str, Value | EllipsisType]


@dataclass(frozen=True)
class Reminder:
    """One rule: for present records for which `when` holds, counted from the day `due`; the latest notice begun counts.

    `id` is that of the reference (E4) with a name of ours (E4-expiry), `source` the rule behind it. `among` narrows
    down to the records for which any of these holds, `alike` to those that share what they hold in that field; of
    100,000 records only what is left is read. `due` may be the key of a day field (a partial day counts from its last
    day) or a function; without it the first notice is said at once. `by`: said once for all records that hold the same
    in that field and are due on one day; `together`: once for all. `field` is where it is mended.
    """

    id: str
    title: str
    notices: tuple[Notice, ...]
    _: KW_ONLY
    source: str
    among: tuple[Among, ...] = ()
    alike: str = ""
    when: Callable[[Values, Context], bool] | None = None
    due: str | Callable[[Values, Context], Value | date] = ""
    by: str = ""
    together: bool = False
    field: str = ""

    @property
    def reads(self) -> bool:
        """Whether the records themselves must be looked at, and not only their number."""
        return self.when is not None or self.due != "" or not self.together

    @property
    def gap(self) -> bool:
        """Whether it only counts the records in which `field` is blank."""
        return self.together and any(one.get(self.field, ...) is None for one in self.among)
