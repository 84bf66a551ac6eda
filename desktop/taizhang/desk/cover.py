"""Hides every window of the program behind an opaque sheet, and gives each back exactly as it was."""

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication, QFileDialog, QFrame, QLabel, QToolTip, QVBoxLayout, QWidget

from taizhang.desk.icons import pixmap
from taizhang.desk.widgets import set_role

NEUTRAL = "台账"
_REACHES_UP = frozenset({QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.ChildPolished, QEvent.Type.Show})


class Covers(QObject):
    """From `hide` to `show`. `risen`: a window has come up in between, which is hidden already."""

    risen = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open: QWidget | None = None  # what stays in sight: where the password is asked for
        self._sheets: dict[QWidget, QFrame] = {}
        self._titles: dict[QWidget, str] = {}

    @property
    def hidden(self) -> bool:
        """Whether the windows are covered."""
        return self._open is not None

    def hide(self, open_one: QWidget) -> None:
        """Cover every window but `open_one`, those that come later too; menus, lists and tips go."""
        self._open = open_one
        while (popup := QApplication.activePopupWidget()) and popup.close():
            pass  # one may stand upon another
        QToolTip.hideText()
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                self._cover(window)
        forget_copies()
        app = QApplication.instance()
        if app:
            app.installEventFilter(self)

    def leave(self) -> None:
        """Leave the sheets where they are, and cover nothing more."""
        app = QApplication.instance()
        if app:
            app.removeEventFilter(self)
        self._open = None

    def show(self) -> None:
        """Give everything back."""
        self.leave()
        for sheet in self._sheets.values():
            if shiboken6.isValid(sheet):
                sheet.hide()
                sheet.deleteLater()
        for window, title in self._titles.items():
            if shiboken6.isValid(window):
                window.setWindowTitle(title)
        self._sheets.clear()
        self._titles.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep the sheets where they belong, and cover what comes up."""
        kind = event.type()
        if isinstance(watched, QWidget) and watched.isWindow():
            if kind == QEvent.Type.Show and watched not in self._sheets and self._cover(watched):
                self.risen.emit()
            elif kind == QEvent.Type.WindowTitleChange and watched in self._sheets:
                self._neutral(watched)
            elif kind in _REACHES_UP and (sheet := self._sheets.get(watched)) and shiboken6.isValid(sheet):
                sheet.setGeometry(watched.rect())
                sheet.raise_()
        return super().eventFilter(watched, event)

    def _cover(self, window: QWidget) -> bool:
        """Whether there was something to cover."""
        if self._is_open(window) or window.windowType() == Qt.WindowType.Desktop:
            return False
        if window.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen):
            if isinstance(window, QFileDialog):  # the system's own dialog, which nothing of ours can cover
                QTimer.singleShot(0, window, window.reject)
            return False
        if window.windowType() in {Qt.WindowType.Popup, Qt.WindowType.ToolTip}:
            QTimer.singleShot(0, window, window.close)
        self._sheets[window] = sheet = _sheet(window)
        sheet.setGeometry(window.rect())
        sheet.show()
        sheet.raise_()
        self._neutral(window)
        return True

    def _neutral(self, window: QWidget) -> None:
        if window.windowTitle() != NEUTRAL:
            self._titles[window] = window.windowTitle()
            window.setWindowTitle(NEUTRAL)

    def _is_open(self, window: QWidget) -> bool:
        above: QWidget | None = window
        while above is not None and above is not self._open:
            above = above.parentWidget()
        return above is not None


def forget_copies() -> None:
    """Empty the clipboard where it holds what was copied here."""
    clipboard = QApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear(QClipboard.Mode.Clipboard)
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)


def _sheet(window: QWidget) -> QFrame:
    made = QFrame(window)
    set_role(made, "cover")
    made.setAutoFillBackground(True)
    picture = QLabel()
    picture.setPixmap(pixmap("lock-key", "muted", 40, made.devicePixelRatioF()))
    picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
    layout = QVBoxLayout(made)
    layout.addWidget(picture)
    return made
