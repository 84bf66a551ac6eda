"""Adding a user to a locked office: name, what they may do, a first password."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from taizhang.core.access import ROLE_HELP, ROLE_LABELS, Role
from taizhang.desk.key_dialog import KeyDialog
from taizhang.desk.office import Office
from taizhang.desk.password_dialog import NAME_LENGTH
from taizhang.desk.password_field import NewPassword
from taizhang.desk.widgets import label

if TYPE_CHECKING:
    from taizhang.store.store import Store


class AddUser(KeyDialog[None]):
    """One more user."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        why = "每人一个名字、一个密码，改动才说得清是谁做的。密码当面告诉本人，请本人登录后自己再改。"
        super().__init__(office, "添加使用者", why, "添加", parent)
        self.name = QLineEdit(maxLength=NAME_LENGTH)
        self.role = QComboBox()
        for role in Role:
            self.role.addItem(ROLE_LABELS[role], role)
        self.role.setCurrentIndex(list(Role).index(Role.RECORDER))
        self.may = label("", "small", wrap=True)
        self.new = NewPassword()
        self.field("姓名", self.name)
        self.field("权限", self.role)
        self.form.addWidget(self.may)
        self.form.addWidget(self.new)
        self.name.returnPressed.connect(self.new.first.setFocus)
        self.role.currentIndexChanged.connect(self._say_role)
        self.new.finished.connect(self.start)
        self._say_role()
        self.fit()

    def problem(self) -> str | None:
        """A name and a password are needed."""
        return self.new.problem() if self.name.text().strip() else "请填写使用者的姓名。"

    def job(self) -> "Callable[[Store], None]":
        """Add them."""
        name, role, password = self.name.text().strip(), self.chosen(), self.new.text
        return lambda store: store.keys.add(name, role, password)

    def chosen(self) -> Role:
        """What they may do."""
        return list(Role)[self.role.currentIndex()]

    def _say_role(self) -> None:
        self.may.setText(f"{ROLE_HELP[self.chosen()]}。")
