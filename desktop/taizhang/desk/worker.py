"""Work off the window's thread: one thread that owns the office file, and a small pool for Excel and PDF."""

import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from taizhang.core.errors import Cancelled

T = TypeVar("T")
Failed = Callable[[Exception], object]
_COLLECT = 1000  # milliseconds between two looks for circular garbage


class Worker(Protocol):
    """Runs work and hands its result to the window's thread; without `failed`, an error goes to `unhandled`.

    Work that was stopped ends in `failed` with `Cancelled`.
    `owner`: when this object is gone by then, or the object whose method `then` is, the result is dropped.
    """

    unhandled: Failed

    def run(
        self,
        fn: Callable[[], T],
        then: Callable[[T], object],
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Run `fn` on the one thread that may touch the office file, in the order asked."""

    def pool(
        self,
        fn: Callable[[], T],
        then: Callable[[T], object],
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Run `fn` beside everything else: reading a workbook, drawing a PDF; it must not touch the office file."""

    def close(self) -> None:
        """Finish what is asked for, start nothing more."""


class Threads(QObject):
    """The `Worker` of the real window."""

    _arrived = Signal(object)

    def __init__(self, unhandled: Failed) -> None:
        super().__init__()
        self.unhandled = unhandled
        self._file = ThreadPoolExecutor(1, "office-file")
        self._pool = ThreadPoolExecutor(2, "pool")
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        gc.disable()
        self._collector = QTimer(self, interval=_COLLECT)
        self._collector.timeout.connect(_collect)
        self._collector.start()

    def run(
        self,
        fn: Callable[[], T],
        then: Callable[[T], object],
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """See `Worker.run`."""
        self._file.submit(self._work, fn, then, failed or self._loud, owner)

    def pool(
        self,
        fn: Callable[[], T],
        then: Callable[[T], object],
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """See `Worker.pool`."""
        self._pool.submit(self._work, fn, then, failed or self._loud, owner)

    def close(self) -> None:
        """See `Worker.close`."""
        self._pool.shutdown(cancel_futures=True)
        self._file.shutdown()
        self._collector.stop()
        gc.enable()

    def _work(
        self, fn: Callable[[], object], then: Callable[..., object], failed: Failed, owner: QObject | None
    ) -> None:
        outcome = _outcome(fn, then, failed, owner)
        self._arrived.emit(outcome)

    def _deliver(self, deliver: Callable[[], object]) -> None:
        deliver()

    def _loud(self, error: Exception) -> None:
        self.unhandled(error)


def _collect() -> None:
    """Look for circular garbage, in the window's thread, as often as Python would by itself.

    Python would look in any thread; but no other than its own may delete a widget, nor see it half deleted.
    """
    due = [generation for generation, count in enumerate(gc.get_count()) if count > gc.get_threshold()[generation]]
    if due:
        gc.collect(due[-1])


class Inline:
    """The same work done at once, on the spot, so that a test sees what came of it in the next line."""

    def __init__(self, unhandled: Failed) -> None:
        self.unhandled = unhandled

    def run(
        self,
        fn: Callable[[], T],
        then: Callable[[T], object],
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """See `Worker.run`."""
        _outcome(fn, then, failed or self.unhandled, owner)()

    pool = run

    def close(self) -> None:
        """Nothing is ever underway."""


def _outcome(
    fn: Callable[[], object], then: Callable[..., object], failed: Failed, owner: QObject | None
) -> Callable[[], object]:
    """Do the work here and now; what is left to do in the window's thread comes back."""
    try:
        result = fn()
    except Exception as error:  # noqa: BLE001 - every error is handed on, with its traceback, to where it can be shown
        caught = error
        return lambda: failed(caught) if _alive(owner, failed) else None
    return lambda: then(result) if _alive(owner, then) else None


def _alive(owner: QObject | None, call: Callable[..., object]) -> bool:
    asked = owner or getattr(call, "__self__", None)
    return not isinstance(asked, QObject) or shiboken6.isValid(asked)


class Reporter(QObject):
    """A `core.progress.Progress` that tells the window at most twenty times a second; `cancel` stops the work."""

    moved = Signal(int, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cancelled = False
        self._told = 0.0

    def cancel(self) -> None:
        """Ask the work to stop; it raises `Cancelled` at its next report and changes nothing."""
        self._cancelled = True

    def __call__(self, done: int, total: int, what: str) -> None:
        """Called by the work, from its own thread."""
        if self._cancelled:
            raise Cancelled
        now = monotonic()
        if done == total or now - self._told > 0.05:
            self._told = now
            self.moved.emit(done, total, what)
