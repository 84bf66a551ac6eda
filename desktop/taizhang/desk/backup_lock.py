"""The way into a locked backup: the password that it was made with, or the recovery code of then."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from taizhang.core.access import ROLE_LABELS, Access, Role, must
from taizhang.core.errors import Refused
from taizhang.desk.code_boxes import CodeBoxes
from taizhang.desk.password_form import PasswordForm
from taizhang.desk.tries import Tries
from taizhang.desk.widgets import button, column, label, row
from taizhang.desk.worker import Failed, Worker
from taizhang.store import keyplace, keyring
from taizhang.store.keyring import Keyring

_LOCKED = "这份备份有密码。请由管理员输入密码；换过密钥以前的旧备份，要用做那份备份时的密码。"
_SHEET = "请照着封存的那张纸，输入恢复码的 8 组数字。换过恢复码以前的旧备份，要用那时的恢复码。"


class BackupLock(QWidget):
    """`entered` carries the `Access` of an administrator."""

    entered = Signal(object)

    def __init__(self, backup: Path, worker: Worker, failed: Failed, parent: QWidget | None = None) -> None:
        """`failed` is told when the keys of the backup cannot be read at all."""
        super().__init__(parent)
        self._backup, self._worker, self._failed = backup, worker, failed
        self.form = PasswordForm(Tries())
        self.form.given.connect(self._by_password)
        self.boxes = CodeBoxes()
        self.boxes.finished.connect(self._by_code)
        self.said = label("", "finding", wrap=True)
        self.open = button("打开备份", "lock-key-open", role="primary", on=self._by_code)
        forgot = button("忘记密码，用恢复码…", role="link", on=lambda: self._turn(self._code))
        back = button("用密码…", role="link", on=lambda: self._turn(self._password))
        self._password, self._code = QWidget(), QWidget()
        first = column(label(_LOCKED, "muted", wrap=True), self.form)
        first.addLayout(row(forgot, None))
        self._password.setLayout(first)
        second = column(label(_SHEET, "muted", wrap=True), self.boxes, self.said)
        second.addLayout(row(self.open, back, None))
        self._code.setLayout(second)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._password)
        layout.addWidget(self._code)
        self._code.hide()

    def ask(self) -> None:
        """Show who may come in, and wait for one of them."""
        self.show()
        self.form.password.setFocus()
        self._worker.pool(lambda: keyplace.read(self._backup), self._users, self._failed, self)

    def forget(self) -> None:
        """Leave nothing behind in the lines."""
        self.form.forget()
        self.boxes.forget()

    def _users(self, ring: Keyring) -> None:
        self.form.set_users([(slot.name, ROLE_LABELS[slot.role]) for slot in ring.users], "")

    def _by_password(self, name: str, password: str) -> None:
        self._try(lambda ring: keyring.enter(ring, password, name or None), self.form.refuse)

    def _by_code(self) -> None:
        if self.open.isEnabled():
            code = self.boxes.code()
            self.open.setEnabled(False)
            self._try(lambda ring: keyring.enter_by_code(ring, code), self._refuse)

    def _refuse(self, said: str) -> None:
        self.open.setEnabled(True)
        self.said.setText(said)

    def _try(self, way: Callable[[Keyring], Access], refuse: Callable[[str], object]) -> None:
        def enter() -> Access:
            access = way(keyplace.read(self._backup))
            must(access.role, be=Role.ADMIN)  # to bring an office back is no everyday work
            return access

        def kept_out(error: Exception) -> None:
            if isinstance(error, Refused):
                refuse(str(error))
            else:
                self.form.trouble(error)
                self.open.setEnabled(True)
                self._failed(error)

        def came_in(access: Access) -> None:
            self.forget()
            self.entered.emit(access)

        self._worker.pool(enter, came_in, kept_out, self)

    def _turn(self, side: QWidget) -> None:
        self._password.setVisible(side is self._password)
        self._code.setVisible(side is self._code)
        self.said.setText("")
        (self.boxes if side is self._code else self.form.password).setFocus()
