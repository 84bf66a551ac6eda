"""A board: the records of a ledger in lanes, by where they stand on a day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from taizhang.core.context import Values


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane: the records for which `test` holds on the day, a record in the first lane that takes it.

    `tone` is how urgent it is: "", "warning" or "alarm". `chase`: its records can be printed as a list to chase.
    """

    key: str
    title: str
    test: Callable[[Values, date], bool]
    help: str = ""
    tone: str = ""
    chase: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """The lanes from left to right, and the columns that each of its slips shows below the name."""

    lanes: tuple[Lane, ...]
    columns: tuple[str, ...]

    def lane(self, values: Values, today: date) -> Lane | None:
        """The lane of a record; None when it is on no lane."""
        return next((lane for lane in self.lanes if lane.test(values, today)), None)
