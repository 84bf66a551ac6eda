"""A worker that does its work when told to, so that a test comes in between."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from taizhang.desk.worker import Failed, Inline, T
from tests.desk.offices import loud


class Slow(Inline):
    """Puts work off until `step`: what is asked of the file while `holds_file`, what is drawn while `holds_pool`."""

    def __init__(self, *, holds_file: bool = True, holds_pool: bool = False) -> None:
        super().__init__(loud)
        self.holds_file, self.holds_pool = holds_file, holds_pool
        self.waiting: list[Callable[[], None]] = []

    def run(
        self,
        fn: Callable[[], T],
        then: Callable[[T], object],
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Put it off, or do it."""
        self._take(self.holds_file, lambda: Inline.run(self, fn, then, failed, owner))

    def pool(
        self,
        fn: Callable[[], T],
        then: Callable[[T], object],
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Put it off, or do it."""
        self._take(self.holds_pool, lambda: Inline.run(self, fn, then, failed, owner))

    def step(self) -> None:
        """Do the oldest piece of work."""
        self.waiting.pop(0)()

    def _take(self, holds: bool, work: Callable[[], None]) -> None:
        if holds:
            self.waiting.append(work)
        else:
            work()
