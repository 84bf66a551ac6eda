"""The program with somebody typing into a new record; says "typed" and goes on until it is killed."""

import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from taizhang.desk import application
from taizhang.desk.main_window import MainWindow
from tests.flows.player import shown

_PAUSE = 4000  # milliseconds: longer than the pause after which what is typed is kept


def type_into_form() -> None:
    """Open the roster, ask for a new record, and type a name."""
    window = shown(MainWindow)
    if window is None:
        QTimer.singleShot(100, type_into_form)
        return
    window.open_page("members")
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    QTimer.singleShot(1000, lambda: _type(window))


def _type(window: MainWindow) -> None:
    entry = window.lists["members"].side.form.fields["name"].entry
    line = entry if isinstance(entry, QLineEdit) else entry.findChildren(QLineEdit)[0]
    QTest.keyClicks(line, "Zhang Wei")
    QTimer.singleShot(_PAUSE, lambda: print("typed", flush=True))  # noqa: T201 - it is how it speaks to the test


if __name__ == "__main__":
    app = QApplication([])
    QTimer.singleShot(0, type_into_form)
    application.run(Path(sys.argv[1]))
