"""Giving an office a new data key and new passwords: old passwords, and whoever is left out, stay outside."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from taizhang.core.access import ROLE_LABELS, Access, weakness
from taizhang.desk.key_dialog import OwnPassword
from taizhang.desk.office import Office
from taizhang.desk.password_field import PasswordField
from taizhang.desk.widgets import label, scrolled, set_role
from taizhang.store import keyring
from taizhang.store.keyring import Keyring
from taizhang.store.keys import User

if TYPE_CHECKING:
    from taizhang.store.store import Store

_WHY = (
    "给文件换一把新的密钥：今天以后的文件和备份，以前的密码、恢复码都打不开。"
    "以前已经拷走的文件不受影响，仍能用旧密码打开。您的密码不变，其他人要当面重新设。"
)
_MOST_SEEN = 5  # lines for other users before they scroll


class NewKeys(NamedTuple):
    """What re-keying takes: what one is in with, the new ring, what one will be in with, the new recovery code."""

    old: Access
    ring: Keyring
    access: Access
    code: str


class RekeyDialog(OwnPassword[NewKeys]):
    """One's own password, and a new one for each of the others; the outcome changes nothing yet."""

    def __init__(self, office: Office, users: Sequence[User], parent: QWidget | None = None) -> None:
        super().__init__(office, office.facts.who, "更换文件密钥", _WHY, "下一步", parent)
        self._users = [user for user in users if user.name != self._who]
        self.lines = {user.name: PasswordField(f"{user.name} 的新密码") for user in self._users}
        self.hint = label("", "small", wrap=True)
        self.shown = QCheckBox("显示密码")
        self.shown.toggled.connect(self._show)
        if self.lines:
            self._list()
        self._say_who_is_left_out()
        self.fit(520)

    def job(self) -> "Callable[[Store], NewKeys]":
        """Prove who one is, then make the ring; it takes a second for each user."""
        who, own = self._who, self.own.text()
        given = [(user, self.lines[user.name].text()) for user in self._users if self.lines[user.name].text()]

        def make(store: "Store") -> NewKeys:
            store.keys.enter(own, who)
            ring, access, code = keyring.create(who, own)
            for user, password in given:
                ring = keyring.with_user(ring, access, user.name, user.role, password)
            return NewKeys(store.access, ring, access, code)

        return make

    def _list(self) -> None:
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        for number, user in enumerate(self._users):
            line = self.lines[user.name]
            line.setPlaceholderText("新密码，空着就是移除")
            line.textChanged.connect(self._say_who_is_left_out)
            grid.addWidget(label(f"{user.name}（{ROLE_LABELS[user.role]}）"), number, 0)
            grid.addWidget(line, number, 1)
        self.form.addWidget(label("其他使用者", "muted"))
        if len(self._users) > _MOST_SEEN:
            area = scrolled(rows)
            area.setFixedHeight(round(rows.sizeHint().height() * _MOST_SEEN / len(self._users)))
            self.form.addWidget(area)
        else:
            self.form.addWidget(rows)
        self.form.addWidget(self.hint)
        self.form.addWidget(self.shown)

    def _say_who_is_left_out(self) -> None:
        weak = [
            f"{name}：{said}" for name, line in self.lines.items() if line.text() and (said := weakness(line.text()))
        ]
        out = [name for name, line in self.lines.items() if not line.text()]
        left = f"空着的将不再是使用者：{'、'.join(out)}。" if out else ""
        self.hint.setText("\n".join(part for part in (left, *weak) if part))
        set_role(self.hint, "small", "warning" if weak or out else "")

    def _show(self, on: bool) -> None:
        for line in self.lines.values():
            line.show_typed(shown=on)
