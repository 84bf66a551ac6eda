"""First step of a hand-over: who hands over to whom, before whom and when; who comes in from now on."""

from collections.abc import Sequence
from datetime import date
from functools import partial

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QVBoxLayout, QWidget

from taizhang.core.access import ROLE_HELP, ROLE_LABELS, Role
from taizhang.core.day import BadDay, first_day, is_whole, parse_day, show
from taizhang.desk.moments import moment
from taizhang.desk.password_dialog import NAME_LENGTH
from taizhang.desk.password_field import NewPassword
from taizhang.desk.widgets import GAP, Panel, button, column, emptied, label, row, scrolled
from taizhang.handover import Person
from taizhang.store.keys import User
from taizhang.store.papers import Paper


class Between(msgspec.Struct, frozen=True):
    """What is typed here, without the password; kept when the wizard is left half-way."""

    giver: str = ""
    taker: str = ""
    witness: str = ""
    role: Role = Role.ADMIN
    leaves: bool = True


class PeoplePage(QWidget):
    """Names of three, and the role and password of the one who takes over where there are passwords.

    `changed` tells of every key; `sheet_asked` carries the `Paper` of an earlier hand-over that is to be seen again.
    """

    changed = Signal()
    sheet_asked = Signal(object)

    def __init__(self, *, locked: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._locked = locked
        self._users: frozenset[str] = frozenset()
        self.giver, self.taker, self.witness = (QLineEdit(maxLength=NAME_LENGTH) for _name in range(3))
        self.day = QLineEdit()
        self.leaves = QCheckBox("移交后不再使用本单位的台账")
        self.role = QComboBox()
        for role in Role:
            self.role.addItem(ROLE_LABELS[role], role)
        self.may, self.known = label("", "small", wrap=True), label("", "small", wrap=True)
        self.new = NewPassword()
        self.sheets = column(gap=2)
        self.earlier = _panel("以前的移交清单")
        self._lay_out()
        for line in (self.giver, self.taker, self.witness, self.day):
            line.textChanged.connect(self._typed)
        self.role.currentIndexChanged.connect(self._typed)
        self.leaves.toggled.connect(self._typed)
        self.new.changed.connect(self.changed)

    def open(self, users: Sequence[User], who: str, day: date, kept: Between) -> None:
        """Know the users, and begin with what was typed the last time."""
        self._users = frozenset(user.name for user in users)
        for line in (self.giver, self.taker):
            line.setCompleter(QCompleter(sorted(self._users), line))
        self.giver.setText(kept.giver or who)
        self.taker.setText(kept.taker)
        self.witness.setText(kept.witness)
        self.day.setText(show(day.isoformat()))
        self.role.setCurrentIndex(list(Role).index(kept.role))
        self.leaves.setChecked(kept.leaves)
        self._typed()

    def show_sheets(self, papers: Sequence[Paper]) -> None:
        """Offer the lists of earlier hand-overs."""
        emptied(self.sheets)
        for paper in papers:
            text = f"{paper.title.partition('：')[2]}（{moment(paper.at)}）"
            opens = button(text, "file-text", role="link", on=partial(self.sheet_asked.emit, paper))
            self.sheets.addLayout(row(opens, None))
        self.earlier.setVisible(bool(papers))

    def typed(self) -> Between:
        """What stands here now, without the password."""
        giver, taker, witness = (line.text().strip() for line in (self.giver, self.taker, self.witness))
        return Between(giver, taker, witness, list(Role)[self.role.currentIndex()], self.leaves.isChecked())

    def problem(self) -> str | None:
        """Why one cannot go on yet."""
        typed = self.typed()
        for name, what in ((typed.giver, "移交人"), (typed.taker, "接交人")):
            if not name:
                return f"请填写{what}的姓名。"
        if typed.giver == typed.taker:
            return "移交人和接交人不能是同一位，请核对姓名。"
        if self.handed_on() is None:
            return "请填写交接日期，写明年月日，例如 2026.11.21。"
        said = self.new.problem() if self._locked else None
        return f"接交人的密码：{said}" if said else None

    def handed_on(self) -> date | None:
        """The day, when it stands there whole."""
        try:
            day = parse_day(self.day.text())
        except BadDay:
            return None
        return first_day(day) if is_whole(day) else None

    def person(self) -> Person:
        """Whoever takes over, as a user."""
        typed = self.typed()
        return Person(typed.taker, typed.role, self.new.text)

    def _typed(self) -> None:
        typed = self.typed()
        self.may.setText(f"{ROLE_HELP[typed.role]}。")
        already = self._locked and typed.taker in self._users
        self.known.setText(f"{typed.taker} 已经是使用者，权限和密码换成这里填的。" if already else "")
        self.known.setVisible(already)
        self.leaves.setEnabled(typed.giver in self._users)
        self.changed.emit()

    def _lay_out(self) -> None:
        giver, taker, beside = _panel("移交人"), _panel("接交人"), _panel("监交人和日期")
        _field(giver, "姓名", self.giver, "移交人姓名")
        told = label("勾选后，移交人的密码打不开交接后的台账。", "small", wrap=True)
        _field(taker, "姓名", self.taker, "接交人姓名")
        taker.body.addWidget(self.known)
        keys = QWidget()
        asked = QVBoxLayout(keys)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.setSpacing(8)
        asked.addLayout(column(label("权限", "muted"), self.role, self.may, gap=4))
        asked.addWidget(self.new)
        self.role.setAccessibleName("接交人的权限")
        taker.body.addWidget(keys)
        giver.body.addWidget(self.leaves)
        giver.body.addWidget(told)
        for part in (self.leaves, told, keys):
            part.setVisible(self._locked)
        _field(beside, "监交人（可以不填）", self.witness, "监交人姓名")
        _field(beside, "交接日期", self.day, "交接日期")
        self.earlier.body.addLayout(self.sheets)
        self.earlier.hide()
        left, right = column(giver, beside, self.earlier, None), column(taker, None)
        content = QWidget()
        sides = row(gap=GAP)
        sides.addLayout(left, 1)
        sides.addLayout(right, 1)
        content.setLayout(sides)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(content))


def _panel(title: str) -> Panel:
    panel = Panel(gap=8)
    panel.body.addWidget(label(title, "heading"))
    return panel


def _field(panel: Panel, name: str, line: QLineEdit, called: str) -> None:
    line.setAccessibleName(called)
    panel.body.addLayout(column(label(name, "muted"), line, gap=4))
