"""The line at the foot of the window: what just happened and how to take it back; who, lock, last backup, F9."""

from datetime import datetime

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from taizhang.desk.moments import moment
from taizhang.desk.office import Office, Undoable
from taizhang.desk.widgets import PAD, button, label, set_role


class StatusLine(QFrame):
    """Listens to the office and says it in one line."""

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
        self.facts = label("")
        self.privacy = button("F9 遮盖个人信息", role="status", on=lambda: office.mask(not office.masked))
        self._backup: datetime | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(PAD, 0, PAD, 0)
        layout.setSpacing(10)
        layout.addWidget(self.said)
        layout.addWidget(self.undo)
        layout.addStretch(1)
        layout.addWidget(self.facts)
        layout.addWidget(self.privacy)
        office.said.connect(self.say)
        office.changed.connect(lambda _changes: self.undo.show())
        office.undoable.connect(self._undoable)
        office.hidden.connect(self._masked)
        office.renamed.connect(lambda _who: self._backed_up(self._backup))
        office.ask(lambda store: store.last_backup(), self._backed_up, owner=self)

    def say(self, text: str) -> None:
        """What just happened."""
        self.said.setText(text)
        self.said.setToolTip(text)
        self.undo.hide()

    def _undoable(self, can: Undoable) -> None:
        self.undo.setVisible(can.undo is not None and not self.undo.isHidden())
        self.undo.setToolTip(f"撤销：{self._office.told(can.undo)}" if can.undo else "")

    def _masked(self, masked: bool) -> None:
        self.privacy.setText("F9 显示个人信息" if masked else "F9 遮盖个人信息")
        if masked:  # it may name a person
            self.say("")

    def _backed_up(self, at: datetime | None) -> None:
        self._backup = at
        facts = self._office.facts
        parts = [
            facts.who,
            "只读" if facts.read_only else "",
            "未加密",
            f"上次备份 {moment(at)}" if at else "还没有备份",
        ]
        self.facts.setText("　·　".join(part for part in parts if part) + "　·")
