"""Plays a script in the running program: waits for what the user would wait for, then does what the user would do."""

import time
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

_TICK = 40  # milliseconds
W = TypeVar("W", bound=QWidget)


class Scene(NamedTuple):
    """`name` says what is waited for; `ready` whether it is there; `act` what is done then."""

    name: str
    ready: Callable[[], object]
    act: Callable[[], object]


def play(scenes: Sequence[Scene], seconds: float = 40) -> None:
    """Run the scenes one after another, also inside dialogs that wait; a scene that never comes fails by its name."""
    waiting, loop, until = list(scenes), QEventLoop(), time.monotonic() + seconds
    timer = QTimer(interval=_TICK)

    def tick() -> None:
        if waiting and waiting[0].ready():
            # Not from within this call: a timer does not fire inside its own, and a dialog would wait for ever.
            QTimer.singleShot(0, waiting.pop(0).act)
        elif time.monotonic() > until:
            # A dialog would keep the loop below from ending.
            for widget in QApplication.topLevelWidgets():
                widget.close()
            loop.quit()
        if not waiting:
            loop.quit()

    timer.timeout.connect(tick)
    timer.start()
    loop.exec()
    timer.stop()
    assert not waiting, f"never came: {waiting[0].name}"


def shown(kind: type[W]) -> W | None:
    """The window of that kind that is in sight."""
    return next((one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()), None)


def press(within: QWidget, text: str) -> None:
    """Click the button that begins with these words."""
    found = [one for one in within.findChildren(QPushButton) if one.text().startswith(text) and one.isVisible()]
    assert found, f"no button {text}"
    assert found[0].isEnabled(), f"the button {text} cannot be pressed"
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
