"""The floor of every start: a bare PySide6 window, drawn once."""

import os

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow


def main() -> None:
    """Open, draw, and end without the tidying up that no user waits for."""
    app = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(QLabel("台账"))
    window.resize(1366, 768)
    window.show()
    QTimer.singleShot(0, window, lambda: (window.grab(), os._exit(0)))
    app.exec()


if __name__ == "__main__":
    main()
