"""Passwords of an office: the first one, one's own, the users, the recovery code, a new key, and none at all."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from taizhang.core.access import ROLE_HELP, ROLE_LABELS, Access, Role
from taizhang.core.errors import Refused, StoreTrouble
from taizhang.desk.office import Office
from taizhang.desk.password_dialog import ChangePassword, Confirmed, FirstPassword, NewCode
from taizhang.desk.recovery_sheet_dialog import RecoveryCodeDialog
from taizhang.desk.rekey_dialog import RekeyDialog
from taizhang.desk.users_panel import UsersPanel
from taizhang.desk.way import WhileClosed
from taizhang.desk.widgets import GAP, Banner, Panel, button, label, row
from taizhang.store import relock
from taizhang.store.keyring import Keyring
from taizhang.store.keys import User

_PLAIN = (
    "现在没有密码：拿到这个文件的人，不用本程序也能看到里面的姓名、身份证号和电话。\n\n"
    "设了密码，文件和旁边的备份都会加密；每人用自己的名字和密码打开，谁改了什么一清二楚。"
)
_CODE = "封存的那张纸找不到了、被人看过，就换一个；旧的从此作废。"
_REKEY = "有人离开，或文件被人拷走过：以后的文件，旧密码、旧恢复码都打不开。"
_LOCKED = "密码已设好，文件和旁边的备份都已加密。"
_REKEYED = "文件密钥已更换，以前的密码和恢复码都作废了。"
_OPENED = "密码已取消，文件不再加密。"
_OPEN = "以后打开不要密码，谁拿到文件都能看。一般不要这样做。"
_OPEN_WHY = (
    "取消以后，文件不再加密，谁拿到都能看到里面的个人信息；使用者名单也会去掉。"
    "旁边已有的备份不变，仍要用现在的密码打开。\n\n确实要取消，请输入您的密码。"
)


class SecurityPanel(QWidget):
    """What whoever is in may do about passwords. `door` asks the window for what needs the office closed or locked."""

    door = Signal(str, object)

    def __init__(self, office: Office, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._now = office, now
        self.said = Banner("")
        self.said.hide()
        self.me = label("", "heading")
        self.users: UsersPanel | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self.said)
        for part in self._parts():
            part.setEnabled(not office.facts.read_only)
            layout.addWidget(part)
        layout.addStretch(1)
        if office.facts.read_only:
            self._say("这个单位以只读方式打开，密码和使用者不能改；请正常打开后再改。", "plain")

    def _parts(self) -> list[Panel]:
        facts = self._office.facts
        if not facts.locked:
            return [self._none_yet()]
        if facts.role is not Role.ADMIN:
            return [self._mine()]
        self.users = UsersPanel(self._office)
        self.users.said.connect(lambda text: self._say(text, "ok"))
        self.users.failed.connect(self._failed)
        return [self._mine(), self.users, self._keys()]

    def _none_yet(self) -> Panel:
        panel = Panel()
        panel.body.addWidget(label("这个单位没有密码", "heading"))
        panel.body.addWidget(label(_PLAIN, wrap=True))
        panel.body.addLayout(row(button("设置密码…", "lock-key", role="primary", on=self.set_first), None))
        return panel

    def _mine(self) -> Panel:
        facts = self._office.facts
        panel = Panel(gap=8)
        self._tell(facts.who)
        self._office.renamed.connect(self._tell)  # somebody of the same role may unlock the screen
        panel.body.addWidget(self.me)
        panel.body.addWidget(label(f"{ROLE_HELP[facts.role]}。", "muted", wrap=True))
        change = button("修改我的密码…", "key", on=self.change_own)
        lock = button("锁定屏幕", "lock-key", on=lambda: self.door.emit("lock", None))
        panel.body.addLayout(row(change, lock, None))
        return panel

    def _tell(self, who: str) -> None:
        self.me.setText(f"您是 {who}（{ROLE_LABELS[self._office.facts.role]}）")

    def _keys(self) -> Panel:
        panel = Panel(gap=8)
        panel.body.addWidget(label("恢复码与密钥", "heading"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setColumnStretch(1, 1)
        acts = (
            ("更换恢复码…", self.new_code, _CODE),
            ("更换文件密钥…", self.rekey, _REKEY),
            ("取消密码…", self.take_off, _OPEN),
        )
        for number, (text, on, why) in enumerate(acts):
            grid.addWidget(button(text, on=on), number, 0)
            grid.addWidget(label(why, "small", wrap=True), number, 1)
        panel.body.addLayout(grid)
        return panel

    # -- what the buttons do -------------------------------------------------------------------------------------------

    def set_first(self) -> None:
        """Give the office its first password: a ring of keys, its code on paper, then the file is locked."""
        dialog = FirstPassword(self._office, self)
        if _accepted(dialog):
            ring, access, code = dialog.outcome
            if self._on_paper(code):
                self.door.emit("while_closed", WhileClosed(partial(_lock, ring, access), _LOCKED))

    def change_own(self) -> None:
        """One's own password."""
        if _accepted(ChangePassword(self._office, self._office.facts.who, self)):
            self._say("密码已修改，旁边的备份也用新密码打开。", "ok")

    def new_code(self) -> None:
        """Another recovery code, which counts at once."""
        dialog = NewCode(self._office, self._office.facts.who, self)
        if _accepted(dialog):
            self._on_paper(dialog.outcome, final=True)
            self._say("恢复码已更换，请把旧的那张销毁。", "ok")

    def rekey(self) -> None:
        """A new data key and new passwords for all users there are by now, once the new code is on paper."""
        self._office.ask(lambda store: store.keys.users(), self._rekey_for, self._failed, self)

    def _rekey_for(self, users: Sequence[User]) -> None:
        dialog = RekeyDialog(self._office, users, self)
        if _accepted(dialog):
            old, ring, access, code = dialog.outcome
            if self._on_paper(code):
                self.door.emit("while_closed", WhileClosed(partial(_rekey, old, ring, access), _REKEYED))

    def take_off(self) -> None:
        """No password any more, once somebody has shown theirs."""
        dialog = Confirmed(self._office, self._office.facts.who, "取消密码", _OPEN_WHY, "去掉密码", self)
        if _accepted(dialog):
            self.door.emit("while_closed", WhileClosed(partial(_unlock, dialog.outcome), _OPENED))

    def _on_paper(self, code: str, *, final: bool = False) -> bool:
        kept = _accepted(RecoveryCodeDialog(self._office.facts.name, code, self._now, self, final=final))
        if not kept:
            self._say("恢复码没有记下，什么也没有改动。", "warning")
        return kept

    def _failed(self, error: Exception) -> None:
        if isinstance(error, (Refused, StoreTrouble)):
            self._say(str(error), "warning")
        else:
            self._office.worker.unhandled(error)

    def _say(self, text: str, tone: str) -> None:
        self.said.say(text, tone)
        self.said.show()
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:  # it stands at the top, the button may be further down
            above.verticalScrollBar().setValue(0)


def _accepted(dialog: QDialog) -> bool:
    done = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return done


def _lock(ring: Keyring, access: Access, path: Path) -> Access:
    relock.lock_file(path, ring, access)
    return access


def _rekey(old: Access, ring: Keyring, access: Access, path: Path) -> Access:
    relock.rekey_file(path, old, ring, access)
    return access


def _unlock(access: Access, path: Path) -> None:
    relock.unlock_file(path, access)
