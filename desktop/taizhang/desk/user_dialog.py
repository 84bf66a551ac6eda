"""Adding a user to a locked office, and removing one."""

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
        self.added = ""  # in words, for what is said of it
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
        self.added = f"{name}（{ROLE_LABELS[role]}）"
        return lambda store: store.keys.add(name, role, password)

    def chosen(self) -> Role:
        """What they may do."""
        return list(Role)[self.role.currentIndex()]

    def _say_role(self) -> None:
        self.may.setText(f"{ROLE_HELP[self.chosen()]}。")


class RemoveUser(KeyDialog[None]):
    """A user less, with what that does not undo."""

    def __init__(self, office: Office, name: str, parent: QWidget | None = None) -> None:
        why = (
            f"移除以后，{name} 的密码打不开这个文件，也打不开它旁边的备份；{name} 留下的记录都还在。\n\n"
            "以前拷走的文件，他仍能用旧密码打开；要彻底断开，请随后“更换文件密钥”。"
        )
        super().__init__(office, "移除使用者", why, "移除", parent)
        self._name = name
        self.fit()

    def job(self) -> "Callable[[Store], None]":
        """Remove them."""
        name = self._name
        return lambda store: store.keys.remove(name)
