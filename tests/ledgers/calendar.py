"""An office whose day a test turns over, to hear what is said on it."""

from datetime import date, datetime, time
from pathlib import Path

from taizhang.core.reminder import Level
from taizhang.core.reminding import Due
from taizhang.registry import installed
from taizhang.store.store import Store
from tests.offices import Office


class Calendar:
    """An office whose day the test turns over."""

    def __init__(self, path: Path) -> None:
        self.day = date(2026, 11, 21)
        store = Store.create(
            path,
            installed(),
            name="中共青石街道工作委员会",
            kind="党工委",
            clock=lambda: datetime.combine(self.day, time(12)),
        )
        self.office = Office.of(store, installed())
        self.branch = self.office.add("organisations", name="第一党支部", kind="党支部", parent=store.root)

    def member(self, **raw: object) -> int:
        """Store a member of the branch."""
        return self.office.add("members", branch=self.branch, **{"name": "卢梅", **raw})

    def said(self, reminder: str, on: str) -> list[Due]:
        """What that reminder says on a day."""
        self.day = date.fromisoformat(on)
        return [one for one in self.office.store.reminders() if one.id == reminder]

    def level(self, reminder: str, on: str) -> Level | None:
        """How urgent it is on a day, None when nothing is said."""
        said = self.said(reminder, on)
        return said[0].level if said else None
