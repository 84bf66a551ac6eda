"""The way in for those who forgot the password: the recovery code, then a new password for an administrator."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from taizhang.desk.code_boxes import CodeBoxes
from taizhang.desk.front import FrontPage
from taizhang.desk.password_field import NewPassword
from taizhang.desk.widgets import GAP, Banner, button, column, label, row

_SHEET = "请照着封存的那张纸，输入恢复码的 8 组数字。复制来的整串可以直接粘贴到第 1 组。"
_NEW = "恢复码对了。请给一位管理员设一个新密码，随后打开单位。这张恢复码用过就作废，打开后会给出新的一张，请打印封存。"


class RecoverPage(FrontPage):
    """Two steps. `code_given` carries the code, `password_given` a user's name and the new password."""

    code_given = Signal(str)
    password_given = Signal(str, str)
    left = Signal()

    def __init__(self, path: Path) -> None:
        super().__init__(f"忘记密码：{path.stem}", "key", 46)
        self.boxes = CodeBoxes()
        self.names = QComboBox()
        self.names.setAccessibleName("管理员")
        self.new = NewPassword()
        self.said = Banner("", "warning")
        self.said.hide()
        self.go = button("继续", role="primary", on=self._go)
        who = QWidget()
        who.setLayout(column(label("管理员", "muted"), self.names, gap=4))
        self.by_code = _step(_SHEET, self.boxes)
        self.by_password = _step(_NEW, who, self.new)
        self.by_password.hide()
        self.body.addWidget(self.by_code)
        self.body.addWidget(self.by_password)
        self.body.addWidget(self.said)
        self.body.addLayout(row(self.go, button("返回", on=self.left.emit), None))
        self.boxes.finished.connect(self._go)
        self.new.finished.connect(self._go)
        self.setFocusProxy(self.boxes)

    def ask_password(self, administrators: Sequence[str]) -> None:
        """The code was right: go on to the new password."""
        self.boxes.forget()
        self.names.addItems(list(administrators))
        self.by_code.hide()
        self.by_password.show()
        self.go.setText("设好密码并打开")
        self._idle("")
        self.new.first.setFocus()

    def refuse(self, said: str) -> None:
        """Say in place why it did not work."""
        self._idle(said)
        if self.by_code.isHidden():
            self.new.first.setFocus()
        else:
            self.boxes.look_again()

    def _go(self) -> None:
        if not self.go.isEnabled():
            return
        if not self.by_code.isHidden():
            self._busy()
            self.code_given.emit(self.boxes.code())
        elif problem := self.new.problem():
            self._idle(problem)
        else:
            self._busy()
            self.password_given.emit(self.names.currentText(), self.new.text)

    def _busy(self) -> None:
        self._idle("")
        self.by_code.setEnabled(False)
        self.by_password.setEnabled(False)
        self.go.setEnabled(False)
        self.said.say("正在核对，请稍等…", "plain")
        self.said.show()

    def _idle(self, said: str) -> None:
        self.by_code.setEnabled(True)
        self.by_password.setEnabled(True)
        self.go.setEnabled(True)
        self.said.say(said, "warning")
        self.said.setVisible(bool(said))


def _step(said: str, *parts: QWidget) -> QWidget:
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(GAP)
    layout.addWidget(label(said, "muted", wrap=True))
    for part in parts:
        layout.addWidget(part)
    return made
