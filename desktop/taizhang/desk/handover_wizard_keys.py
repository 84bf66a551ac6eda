"""Fourth step of a hand-over: the new keys, and a new password for everybody else who stays."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from taizhang.core.access import ROLE_LABELS, Role
from taizhang.desk.password_field import NewPassword
from taizhang.desk.widgets import GAP, Banner, Panel, column, emptied, label, row, scrolled
from taizhang.handover import Person
from taizhang.store.keys import User

_WHY = (
    "点“完成移交”时，台账文件换一把新密钥，恢复码也换新的；{}以前的密码和恢复码打不开交接后的文件。"
    "换密钥会忘掉所有人的密码：下面的使用者如果继续用，请各设一个新密码。"
)
_GONE = "{}的密码从此不能用，"
_NOBODY = "没有别的使用者。"
_UNLOCKED = (
    "本单位的台账没有设密码：能用这台电脑的人都能打开。"
    "建议交接以后，由接交人在“设置 › 密码与使用者”里设上密码，再把恢复码封存。现在可以直接下一步。"
)


class Staying(Panel):
    """One user who is neither leaving nor taking over: whether they go on, as what, and with which password."""

    changed = Signal()

    def __init__(self, user: User, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=8)
        self.user = user
        self.stays = QCheckBox(f"{user.name} 继续使用")
        self.stays.setChecked(True)
        self.role = QComboBox()
        for role in Role:
            self.role.addItem(ROLE_LABELS[role], role)
        self.role.setCurrentIndex(list(Role).index(user.role))
        self.role.setAccessibleName(f"{user.name} 的权限")
        self.new = NewPassword()
        self.body.addLayout(row(self.stays, None, label("权限", "muted"), self.role))
        self.body.addWidget(self.new)
        self.stays.toggled.connect(self._toggled)
        self.role.currentIndexChanged.connect(self.changed)
        self.new.changed.connect(self.changed)

    def problem(self) -> str | None:
        """Why one cannot go on yet."""
        said = self.new.problem() if self.stays.isChecked() else None
        return f"{self.user.name} 的密码：{said}不再使用的，请去掉前面的勾。" if said else None

    def person(self) -> Person | None:
        """The user as they will be; None for one who does not stay."""
        if not self.stays.isChecked():
            return None
        return Person(self.user.name, list(Role)[self.role.currentIndex()], self.new.text)

    def _toggled(self, on: bool) -> None:
        self.new.setVisible(on)
        self.role.setEnabled(on)
        self.changed.emit()


class KeysPage(QWidget):
    """What happens to keys and users; `changed` with every key."""

    changed = Signal()

    def __init__(self, *, locked: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._locked = locked
        self.others: list[Staying] = []
        self.told = Banner("" if locked else _UNLOCKED, "plain" if locked else "warning")
        self._list = column()
        self._none = label(_NOBODY, "muted")
        content = QWidget()
        inner = column(self.told, self._none)
        inner.addLayout(self._list)
        inner.addStretch(1)
        content.setLayout(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(scrolled(content))
        self._none.setVisible(locked)

    def open(self, users: Iterable[User], leaver: str, taker: str) -> None:
        """List those who are there besides; what was typed for those who are listed already stays."""
        if not self._locked:
            return
        self.told.text.setText(_WHY.format(_GONE.format(leaver) if leaver else ""))
        wanted = [user for user in users if user.name not in {leaver, taker}]
        if [one.user for one in self.others] == wanted:
            return
        emptied(self._list)
        self.others = [Staying(user) for user in wanted]
        for one in self.others:
            self._list.addWidget(one)
            one.changed.connect(self.changed)
        self._none.setVisible(not wanted)

    def problem(self) -> str | None:
        """Why one cannot go on yet."""
        return next((said for one in self.others if (said := one.problem())), None)

    def people(self) -> Iterator[Person]:
        """Those who stay."""
        for one in self.others:
            if person := one.person():
                yield person

    def forget(self) -> None:
        """Leave no password in the lines."""
        for one in self.others:
            one.new.forget()
