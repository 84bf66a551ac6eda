"""The window while no office is open: one page after another, each a panel in the middle."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QMainWindow,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from taizhang.desk.icons import pixmap
from taizhang.desk.theme import look
from taizhang.desk.widgets import PAD, Panel, label, row, scrolled
from taizhang.desk.window_size import open_at


class FrontWindow(QMainWindow):
    """Shows one page at a time; while that is a `WaitPage`, it cannot be closed."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("台账")
        self.setMinimumSize(960, 560)
        open_at(self, 1366, 768)

    def show_page(self, page: QWidget) -> None:
        """Put a page in the place of the one before, with the cursor where it wants it."""
        self.setCentralWidget(page)
        (page.focusProxy() or page).setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Wait for work on a closed file."""
        event.setAccepted(not isinstance(self.centralWidget(), WaitPage))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter presses the button that has the frame, as it does in a dialog."""
        chosen = self.focusWidget()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(chosen, QPushButton):
            chosen.click()
        else:
            super().keyPressEvent(event)


class FrontPage(QWidget):
    """A panel with a picture and a heading; `body` takes what follows."""

    def __init__(self, title: str, icon_name: str, letters: int, parent: QWidget | None = None) -> None:
        """`letters`: how many Chinese characters the panel is wide."""
        super().__init__(parent)
        panel = Panel(pad=PAD + 8)
        panel.setFixedWidth(look().size * letters)
        self.body = panel.body
        picture = QLabel()
        picture.setPixmap(pixmap(icon_name, "muted", 32, self.devicePixelRatioF()))
        self.title = label(title, "title", wrap=True)
        head = row(picture, self.title, gap=10)
        head.setStretch(1, 1)
        self.body.addLayout(head)
        middle = QWidget()
        inner = QVBoxLayout(middle)
        inner.addStretch(2)
        inner.addLayout(row(None, panel, None))  # an alignment would ignore how high wrapped text becomes
        inner.addStretch(3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(middle))


class WaitPage(FrontPage):
    """Work on a closed office, which cannot be stopped half-way."""

    def __init__(self, said: str) -> None:
        super().__init__(said, "hourglass", 34)
        bar = QProgressBar()
        bar.setRange(0, 0)
        self.body.addWidget(bar)
        self.body.addWidget(label("请不要关机，不要拔 U 盘。", "muted", wrap=True))


def close_dialogs() -> None:
    """Leave every dialog that is open, as Esc would."""
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog) and window.isVisible():
            window.reject()
