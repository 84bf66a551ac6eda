"""Who one is, and the password: what opens an office and what unlocks the screen have in common."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from taizhang.core.errors import StoreTrouble
from taizhang.desk.icons import icon
from taizhang.desk.password_field import CAPITALS, PasswordField
from taizhang.desk.tries import Tries
from taizhang.desk.widgets import button, column, label

_TICK = 250  # milliseconds


class PasswordForm(QWidget):
    """Asks; `given` carries a user's name, empty while the users are not known yet, and the password."""

    given = Signal(str, str)

    def __init__(self, tries: Tries, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tries = tries
        self._busy = False
        self._last = ""
        self._complaint = ""
        self.names = QComboBox()
        self.names.setAccessibleName("使用者")
        self.password = PasswordField("密码")
        self.password.typed.connect(self._refresh)
        self._eye = self.password.addAction(icon("eye", "muted"), QLineEdit.ActionPosition.TrailingPosition)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._show_typed)
        self.said = label("", "finding", wrap=True)
        self.go = button("解锁", "lock-key-open", role="primary", on=self._give)
        self._tick = QTimer(self, interval=_TICK)
        self._tick.timeout.connect(self._refresh)
        self._lay_out()
        self._show_typed(shown=False)
        self.password.returnPressed.connect(self._give)
        self.names.activated.connect(lambda _at: self.password.setFocus())
        self._refresh()

    def set_users(self, users: Sequence[tuple[str, str]], last: str) -> None:
        """Offer the users (name, role in words); `last` came in last. One who is alone needs no choosing."""
        self._last = self.name or last
        self.names.clear()
        for name, role in users:
            self.names.addItem(f"{name}（{role}）", name)
        self.names.setCurrentIndex(max(0, self.names.findData(self._last)))
        self._who.setVisible(len(users) > 1)

    @property
    def name(self) -> str:
        """Who is chosen."""
        return str(self.names.currentData() or "")

    def refuse(self, said: str) -> None:
        """The password was wrong: say so beside it; after some of them it takes time until the next."""
        self._tries.failed()
        self._complaint = said
        self.work(busy=False)
        self.password.selectAll()
        self.password.setFocus()

    def trouble(self, error: Exception) -> bool:
        """The password could not be tried, and may be again: say why; False when that is not known here."""
        known = isinstance(error, StoreTrouble)
        self._complaint = str(error) if known else ""
        self.work(busy=False)
        return known

    def work(self, *, busy: bool) -> None:
        """Show that the password is being looked at, or no more."""
        self._busy = busy
        self._refresh()

    def forget(self) -> None:
        """Leave nothing behind in the line."""
        self.password.clear()
        self._complaint = ""
        self.password.capitals = False
        self._eye.setChecked(False)
        self.work(busy=False)

    def _give(self) -> None:
        if not self.go.isEnabled():
            return
        if not self.password.text():
            self._complaint = "请输入密码。"
            self._refresh()
            return
        self._complaint = ""
        self.work(busy=True)
        self.given.emit(self.name, self.password.text())

    def _refresh(self) -> None:
        pause = self._tries.pause()
        self.go.setEnabled(not self._busy and not pause)
        self.go.setText("正在核对…" if self._busy else f"请等 {pause} 秒" if pause else "解锁")
        self.password.setReadOnly(self._busy)
        self.names.setEnabled(not self._busy)
        said = "\n".join(part for part in (CAPITALS if self.password.capitals else "", self._complaint) if part)
        self.said.setText(said or "\n")  # two lines are kept free, so that nothing below moves
        if pause and not self._tick.isActive():
            self._tick.start()
        elif not pause:
            self._tick.stop()

    def _show_typed(self, shown: bool) -> None:
        self.password.show_typed(shown=shown)
        self._eye.setIcon(icon("eye-slash" if shown else "eye", "muted"))
        self._eye.setToolTip("隐藏密码" if shown else "显示密码")

    def _lay_out(self) -> None:
        self._who = QWidget()
        self._who.setLayout(column(label("使用者", "muted"), self.names, gap=4))
        self._who.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._who)
        layout.addLayout(column(label("密码", "muted"), self.password, self.said, gap=4))
        layout.addWidget(self.go)
