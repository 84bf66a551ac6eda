"""How long nobody has touched keyboard, mouse, wheel or screen."""

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
    }
)
_LOCK = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_L)


def awake() -> float:
    """Seconds that also go on while the computer sleeps."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class Idle(QObject):
    """Watches the windows of the program. `lock_asked`: Ctrl+L, in whichever window or dialog it was pressed.

    It listens to the windows as the system knows them and not to the whole application: there every event of every
    widget would pass through Python, which waits each time for whatever the file's thread is doing.
    """

    lock_asked = Signal()

    def __init__(self, parent: QObject | None = None, clock: Callable[[], float] = awake) -> None:
        super().__init__(parent)
        self.now = clock
        self._last = clock()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._listen)
        self.seconds()

    def seconds(self) -> float:
        """Since the last touch."""
        for window in QGuiApplication.topLevelWindows():  # a window need not have had the focus to be touched
            self._listen(window)
        return self.now() - self._last

    def touch(self) -> None:
        """Somebody is there."""
        self._last = self.now()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Note what a hand did."""
        if event.type() in _TOUCHES:
            self.touch()
            if isinstance(event, QKeyEvent) and event.keyCombination() == _LOCK:
                self.lock_asked.emit()
                return True
        return super().eventFilter(watched, event)

    def _listen(self, window: QWindow | None) -> None:
        if window is not None:  # a window that is listened to already is not listened to twice
            window.installEventFilter(self)
