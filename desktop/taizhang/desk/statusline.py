"""The line at the foot of the window: what just happened and how to take it back; who, lock, last backup, F9."""

from datetime import datetime

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from taizhang.core.access import ROLE_LABELS, Role
from taizhang.desk.icons import icon
from taizhang.desk.moments import moment
from taizhang.desk.office import Facts, Office, Undoable
from taizhang.desk.widgets import PAD, button, label, set_role

_LOCKED = "文件已加密，没有密码打不开。点一下锁定屏幕（Ctrl+L）"
_OPEN = "这个文件没有加密：谁拿到文件，谁就能打开看。点一下设置密码"


class StatusLine(QFrame):
    """Listens to the office and says it in one line. `asked` carries (name, what): what only the program can open."""

    asked = Signal(str, object)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "status")
        self.setFixedHeight(30)
        self._office = office
        self.said = label("")
        self.said.setMinimumWidth(0)
        self.said.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.undo = button("撤销 Ctrl+Z", role="status", on=office.undo)
        self.undo.hide()
        self.who = label("")
        self.lock = self._lock(locked=office.facts.locked)
        self.backup = label("")
        self.privacy = button("F9 遮盖个人信息", role="status", on=lambda: office.mask(not office.masked))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(PAD, 0, PAD, 0)
        layout.setSpacing(10)
        layout.addWidget(self.said)
        layout.addWidget(self.undo)
        layout.addStretch(1)
        for part in (self.who, self.lock, self.backup, self.privacy):
            layout.addWidget(part)
        office.said.connect(self.say)
        office.changed.connect(lambda _changes: self.undo.setVisible(not office.facts.why_fixed))
        office.undoable.connect(self._undoable)
        office.hidden.connect(self._masked)
        office.renamed.connect(self._named)
        self._named(office.facts.who)
        self.refresh()

    def say(self, text: str) -> None:
        """What just happened."""
        self.said.setText(text)
        self.said.setToolTip(text)
        self.undo.hide()

    def refresh(self) -> None:
        """Look when the last backup was made."""
        self._office.ask(lambda store: store.last_backup(), self._backed_up, owner=self)

    def _undoable(self, can: Undoable) -> None:
        self.undo.setVisible(can.undo is not None and not self.undo.isHidden())
        self.undo.setToolTip(f"撤销：{self._office.told(can.undo)}" if can.undo else "")

    def _masked(self, masked: bool) -> None:
        self.privacy.setText("F9 显示个人信息" if masked else "F9 遮盖个人信息")
        if masked:  # it may name a person
            self.say("")

    def _named(self, _who: str) -> None:
        self.who.setText(_person(self._office.facts))

    def _backed_up(self, at: datetime | None) -> None:
        self.backup.setText(f"上次备份 {moment(at)}" if at else "还没有备份")

    def _lock(self, *, locked: bool) -> QPushButton:
        made = button(
            "已加密" if locked else "未加密",
            role="status",
            tip=_LOCKED if locked else _OPEN,
            on=lambda: self.asked.emit(*(("lock", None) if locked else ("settings", "security"))),
        )
        made.setIcon(icon("lock-simple" if locked else "lock-simple-open", "muted"))
        made.setIconSize(QSize(14, 14))
        return made


def _person(facts: Facts) -> str:
    """Who is at work, with the role of those who may not do everything, and whether anything may be changed."""
    role = "" if facts.role is Role.ADMIN else f"（{ROLE_LABELS[facts.role]}）"
    parts = (f"{facts.who}{role}", "只读" if facts.read_only else "")
    return "　·　".join(part for part in parts if part)
