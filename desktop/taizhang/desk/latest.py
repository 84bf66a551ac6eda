"""Questions that overtake each other: while one is underway, only the newest of those that follow is asked."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject

from taizhang.desk.office import Office
from taizhang.store.store import Store

T = TypeVar("T")


class Latest(QObject):
    """Asks the store one question at a time and forgets what a newer question made pointless."""

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._busy = False
        self._next: Callable[[], None] | None = None

    def ask(self, fn: Callable[[Store], T], then: Callable[[T], object]) -> None:
        """Ask now, or as soon as the question underway is answered; an answer that was overtaken is not delivered."""
        if self._busy:
            self._next = lambda: self._start(fn, then)
        else:
            self._start(fn, then)

    def _start(self, fn: Callable[[Store], T], then: Callable[[T], object]) -> None:
        self._busy = True

        def answered(result: T) -> None:
            if not self._go_on():
                then(result)

        def failed(error: Exception) -> None:
            if not self._go_on():
                self._office.worker.unhandled(error)

        self._office.ask(fn, answered, failed, self)

    def _go_on(self) -> bool:
        self._busy = False
        following, self._next = self._next, None
        if following:
            following()
        return following is not None
