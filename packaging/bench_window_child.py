"""What `bench_window` measures, run as a program: `start OFFICE`, `recount OFFICE` or `search OFFICE`."""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from taizhang.desk import application
from taizhang.desk.first_page import FirstPage
from taizhang.desk.main_window import MainWindow

if TYPE_CHECKING:
    from taizhang.desk.ledger_page import LedgerPage

_WORDS = ("zhangwei", "张伟", "lxy", "1234", "z", "王")
_LOOK_AGAIN = 5  # milliseconds
_REACHING = 1500  # milliseconds that a hand takes from the page to the first key


def start(office: Path) -> None:
    """The program on an office, until its first page is filled and drawn."""
    _program(office, lambda window: _drawn(window) if _filled(window) else None)


def recount(office: Path) -> None:
    """The program on an office, until its first page is counted anew and drawn."""
    _program(office, lambda window: _when_idle(window, lambda: _drawn(window)), once=True)


def search(office: Path) -> None:
    """Keys typed into the search of the roster, one after another; prints the figures as JSON."""
    _program(office, lambda window: _when_idle(window, lambda: _typed(window)), once=True)


def _program(office: Path, look: Callable[[MainWindow], object], *, once: bool = False) -> None:
    """Run the program itself; `look` is called again and again, or once, while its window is in sight."""
    app = QApplication([])
    timer = QTimer(interval=_LOOK_AGAIN)

    def again() -> None:
        window = next((one for one in app.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible()), None)
        if window is not None:
            if once:
                timer.stop()
            look(window)

    timer.timeout.connect(again)
    timer.start()
    application.run(office)


def _filled(window: MainWindow) -> bool:
    page = window.page
    return isinstance(page, FirstPage) and page.filled


def _when_idle(window: MainWindow, then: Callable[[], object]) -> None:
    """Questions are answered in order, so an idle one that comes back says that all before it are answered."""
    window.office.ask(lambda _store: None, lambda _none: _then(window, then), owner=window)


def _then(window: QObject, then: Callable[[], object]) -> None:
    QTimer.singleShot(0, window, then)


def _drawn(window: QMainWindow) -> NoReturn:
    window.grab()
    _leave()


def _typed(window: MainWindow) -> None:
    window.open_page("members")
    QTimer.singleShot(_REACHING, window, lambda: _when_idle(window, lambda: _type(window)))


def _type(window: MainWindow) -> None:
    page = window.lists["members"]
    times = [_key(page, word[:length]) for word in _WORDS for length in range(1, len(word) + 1)]
    bar = page.view.verticalScrollBar()
    for step in range(0, bar.maximum(), max(bar.maximum() // 200, 1)):
        bar.setValue(step)
        QApplication.processEvents()
    figures = {
        "search_key_ms_median": round(statistics.median(times), 1),
        "search_key_ms_slowest": round(max(times), 1),
        "peak_memory_mb": round(_peak_memory()),
    }
    print(json.dumps(figures))
    _leave()


def _key(page: "LedgerPage", text: str) -> float:
    """Milliseconds from the changed search text to the list painted with the answer."""
    painted = _Painted(page)
    begun = time.perf_counter()
    page.bar.search.setText(text)
    while not painted.done:  # waiting, as the program does: a loop that spins would take the file's thread its time
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    return (time.perf_counter() - begun) * 1000


class _Painted(QObject):
    """Tells when the list has been painted after its records changed."""

    def __init__(self, page: "LedgerPage") -> None:
        super().__init__()
        self.done = self._answered = False
        page.model.modelReset.connect(self._reset)
        self._viewport = page.view.viewport()
        self._viewport.installEventFilter(self)

    def _reset(self) -> None:
        self._answered = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Remember a paint that follows an answer."""
        if self._answered and event.type() == QEvent.Type.Paint:
            self.done = True
            self._viewport.removeEventFilter(self)
        return super().eventFilter(watched, event)


def _peak_memory() -> float:
    """The largest resident size of this program so far, in MB.

    Not by `getrusage`, which counts what started it, too: a benchmark that has just made a large office.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _leave() -> NoReturn:
    """End without the tidying up that no user waits for."""
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    {"start": start, "recount": recount, "search": search}[sys.argv[1]](Path(sys.argv[2]))
