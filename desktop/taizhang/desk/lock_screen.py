"""The locked screen: everything is hidden, nothing is closed, and a password brings it back."""

from functools import partial

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from taizhang.core.access import Access
from taizhang.core.errors import Refused
from taizhang.desk.cover import NEUTRAL, Covers
from taizhang.desk.office import Office
from taizhang.desk.password_form import PasswordForm
from taizhang.desk.theme import look
from taizhang.desk.tries import Tries
from taizhang.desk.way import users_of
from taizhang.desk.widgets import PAD, Panel, button, label, row
from taizhang.desk.window_size import GrowingDialog, open_over
from taizhang.store.opening import enter

_WIDTH = 27  # letters


class LockScreen(QObject):
    """One for a window. `entered` carries the `Access` of whoever is there; `leaving`: the program is to be closed."""

    entered = Signal(object)
    leaving = Signal()

    def __init__(self, window: QWidget, office: Office, tries: Tries) -> None:
        super().__init__(window)
        self._window, self._office, self._tries = window, office, tries
        self._covers = Covers(self)
        self._covers.risen.connect(lambda: QTimer.singleShot(0, self, self._come_up))
        self._before: QWidget | None = None
        self.dialog: LockDialog | None = None

    @property
    def locked(self) -> bool:
        """Whether the screen is locked."""
        return self.dialog is not None

    def lock(self) -> None:
        """Hide everything and ask for a password."""
        if self.dialog is not None:
            return
        self._before = QApplication.activeWindow()
        self.dialog = dialog = LockDialog(self._tries, self._window)
        dialog.form.given.connect(self._try)
        dialog.leaving.connect(self.leaving.emit)
        self._covers.hide(dialog)
        open_over(dialog, self._window)
        dialog.show()
        dialog.form.password.setFocus()
        path = self._office.facts.path
        # Not on the file's thread, which may be at work for minutes.
        users = partial(dialog.form.set_users, last=self._office.facts.who)
        self._office.worker.pool(lambda: users_of(path), users, self._kept_out, dialog)

    def unlock(self) -> None:
        """Give everything back as it was."""
        dialog, self.dialog = self.dialog, None
        if dialog is None:
            return
        self._covers.show()
        dialog.go()
        before, self._before = self._before, None
        if before is None or not shiboken6.isValid(before):  # locked while another program was in front
            before = QApplication.activeModalWidget() or self._window
        before.activateWindow()

    def give_way(self) -> None:
        """Ask no more, and leave everything hidden: these windows are about to go."""
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            self._covers.leave()
            dialog.go()

    def _try(self, name: str, password: str) -> None:
        path = self._office.facts.path

        def come_in() -> Access:
            return enter(path, password, name or None)

        self._office.worker.pool(come_in, self._came_in, self._kept_out, self.dialog)

    def _came_in(self, access: Access) -> None:
        self._tries.passed()
        self.entered.emit(access)

    def _kept_out(self, error: Exception) -> None:
        if self.dialog is not None and isinstance(error, Refused):
            self.dialog.form.refuse(str(error))
        elif self.dialog is None or not self.dialog.form.trouble(error):
            self._office.worker.unhandled(error)

    def _come_up(self) -> None:
        """Another window came up, perhaps a dialog that takes every key: go above it."""
        if self.dialog is not None:
            self.dialog.hide()
            self.dialog.show()
            self.dialog.raise_()
            self.dialog.form.password.setFocus()


class LockDialog(GrowingDialog):
    """Asks for the password above the sheets; it can be neither closed nor left."""

    leaving = Signal()

    def __init__(self, tries: Tries, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("lock")
        self.setWindowTitle(NEUTRAL)
        self.setWindowFlags(Qt.WindowType.Dialog | Qt.WindowType.CustomizeWindowHint | Qt.WindowType.WindowTitleHint)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, QApplication.activeWindow() is None)
        self.setFixedWidth(look().size * _WIDTH)
        self.form = PasswordForm(tries)
        self._leave = button("关闭程序", role="link", on=self._left, tip="备份并关闭，填了一半的内容会保留")
        panel = Panel(pad=PAD + 6)
        panel.body.addWidget(label("屏幕已锁定", "title"))
        panel.body.addWidget(label("内容都还在，输入密码就回到原来的地方。", "muted", wrap=True))
        panel.body.addWidget(self.form)
        panel.body.addLayout(row(None, self._leave))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panel)

    def reject(self) -> None:
        """Esc does not unlock."""

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Nor does closing."""
        event.ignore()

    def go(self) -> None:
        """Leave nothing of the password behind."""
        self.form.forget()
        self.hide()
        self.deleteLater()

    def _left(self) -> None:
        self._leave.setEnabled(False)
        self._leave.setText("正在备份并关闭…")
        self.leaving.emit()
