"""Setting the first password of an office, changing one's own, setting another user's, proving that one is oneself."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from taizhang.core.access import Access
from taizhang.desk.key_dialog import KeyDialog, OwnPassword
from taizhang.desk.office import Office
from taizhang.desk.password_field import NewPassword
from taizhang.store import keyring
from taizhang.store.keyring import Keyring

if TYPE_CHECKING:
    from taizhang.store.store import Store

Made = tuple[Keyring, Access, str]  # a ring, who has entered it, the recovery code
NAME_LENGTH = 20
_FIRST = (
    "设置以后，每次打开都要输入密码；文件被拷走、U 盘丢了，没有密码也看不到里面的内容。"
    "您将是管理员，可以再添加别的使用者。下一步会给出恢复码，请准备好打印机或纸笔。"
)


class FirstPassword(KeyDialog[Made]):
    """Name and password of the first administrator; the outcome is a new ring of keys, nothing is changed yet."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, "设置密码", _FIRST, "下一步", parent)
        self.name = QLineEdit(office.facts.who)
        self.name.setMaxLength(NAME_LENGTH)
        self.name.setPlaceholderText("例如：王敏")
        self.new = NewPassword()
        self.field("您的姓名", self.name)
        self.form.addWidget(self.new)
        self.name.returnPressed.connect(self.new.first.setFocus)
        self.new.finished.connect(self.start)
        self.fit()

    def problem(self) -> str | None:
        """A name and a password are needed."""
        return self.new.problem() if self.name.text().strip() else "请填写您的姓名。"

    def job(self) -> "Callable[[Store], Made]":
        """Make the ring, which takes a second."""
        name, password = self.name.text().strip(), self.new.text

        return lambda _store: keyring.create(name, password)


class ChangePassword(OwnPassword[None]):
    """One's own password: the old one, and the new one twice."""

    def __init__(self, office: Office, who: str, parent: QWidget | None = None) -> None:
        super().__init__(office, who, "修改我的密码", f"{who}，请先输入现在的密码，再输入新密码两次。", "修改", parent)
        self.new = NewPassword()
        self.form.addWidget(self.new)
        self.own.returnPressed.connect(self.new.first.setFocus)
        self.new.finished.connect(self.start)
        self.fit()

    def problem(self) -> str | None:
        """Both are needed."""
        return super().problem() or self.new.problem()

    def job(self) -> "Callable[[Store], None]":
        """Prove the old one, then set the new one."""
        who, own, password = self._who, self.own.text(), self.new.text

        def change(store: "Store") -> None:
            store.keys.enter(own, who)
            store.keys.set_password(who, password)

        return change


class ResetPassword(KeyDialog[None]):
    """Another user's password, by an administrator."""

    def __init__(self, office: Office, name: str, parent: QWidget | None = None) -> None:
        why = f"给“{name}”设一个新密码，当面告诉本人，请本人登录后自己再改。"
        super().__init__(office, "重设密码", why, "重设", parent)
        self._name = name
        self.new = NewPassword()
        self.form.addWidget(self.new)
        self.new.finished.connect(self.start)
        self.fit()

    def problem(self) -> str | None:
        """A password is needed."""
        return self.new.problem()

    def job(self) -> "Callable[[Store], None]":
        """Set it."""
        name, password = self._name, self.new.text
        return lambda store: store.keys.set_password(name, password)


class Confirmed(OwnPassword[Access]):
    """Proves by password that the user who is in is the one who sits there; the outcome is what they enter with."""

    def __init__(self, office: Office, who: str, title: str, why: str, act: str, parent: QWidget | None = None) -> None:
        super().__init__(office, who, title, why, act, parent)
        self.own.returnPressed.connect(self.start)
        self.fit()

    def job(self) -> "Callable[[Store], Access]":
        """Enter once more."""
        who, own = self._who, self.own.text()
        return lambda store: store.keys.enter(own, who)


class NewCode(OwnPassword[str]):
    """Another recovery code, for whoever proves to be the administrator who is in; the old one is void at once."""

    def __init__(self, office: Office, who: str, parent: QWidget | None = None) -> None:
        why = "换了以后，旧的恢复码立刻作废。请准备好打印机或纸笔，然后输入您的密码。"
        super().__init__(office, who, "更换恢复码", why, "更换", parent)
        self.own.returnPressed.connect(self.start)
        self.fit()

    def job(self) -> "Callable[[Store], str]":
        """Prove it, then make the code."""
        who, own = self._who, self.own.text()

        def make(store: "Store") -> str:
            store.keys.enter(own, who)
            return store.keys.new_code()

        return make
