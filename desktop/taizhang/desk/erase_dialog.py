"""Asks before somebody is erased (R-PRIV-03): what goes, what stays, on what grounds, and the password once more."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from taizhang.core.ledger import Ledger
from taizhang.core.privacy import hide
from taizhang.desk.key_dialog import KeyDialog
from taizhang.desk.office import Office
from taizhang.desk.password_field import PasswordField
from taizhang.desk.shown import name_privacy
from taizhang.desk.widgets import Panel, label
from taizhang.store.erasure import old_backups
from taizhang.store.rows import Changes

if TYPE_CHECKING:
    from collections.abc import Callable

    from taizhang.store.store import Store

_GROUNDS = ("本人申请，支委会讨论同意", "保管期满，销毁清册已批准", "上级通知要求")
_TOLD = (
    ("抹除的", "姓名、号码、住址、照片等全部内容，历史里的旧内容，填了一半的草稿；别处显示的姓名改为“（已抹除）”。"),
    ("留下的", "一条空记录：编号、抹除的日期和依据。已经存档的文书（如介绍信）不动，只去掉标题里的姓名。"),
    ("管不到的", "别人的记录里写到的文字，U 盘和别处的备份，导出的表格，打印的纸，请另行处理。"),
)


class EraseDialog(KeyDialog[Changes]):
    """Erases the record `rid`, called `name`, for good."""

    def __init__(self, office: Office, ledger: Ledger, rid: int, name: str, parent: QWidget | None = None) -> None:
        shown = hide(name_privacy(ledger), name) if office.masked else name
        why = f"“{shown}”的记录将从这个单位里抹去。抹除以后不能撤销，也找不回来。"
        super().__init__(office, "依法抹除", why, "抹除", parent)
        self._rid = rid
        told = Panel(gap=6, pad=12)
        for heading, text in _TOLD:
            told.body.addWidget(label(heading, "muted"))
            told.body.addWidget(label(text, wrap=True))
        self.form.addWidget(told)
        self.reason = QComboBox()
        self.reason.setEditable(True)
        if line := self.reason.lineEdit():
            line.setPlaceholderText(f"例如：{_GROUNDS[0]}")
        self.reason.addItems(_GROUNDS)
        self.reason.setCurrentIndex(-1)
        self.field("依据（会留在记录里，请不要写姓名）", self.reason)
        count = len(old_backups(office.facts.path))
        self.backups = QCheckBox(f"先做一份新备份，再删除旁边的 {count} 份旧备份（里面还有这个人）")
        self.backups.setChecked(count > 0)
        self.backups.setVisible(count > 0)
        self.form.addWidget(self.backups)
        self.own = PasswordField("您的密码")
        if office.facts.locked:
            self.field("您的密码", self.own)
            self.own.returnPressed.connect(self.start)
        self.fit(560)
        self.reason.setFocus()

    def problem(self) -> str | None:
        """Nothing goes without grounds, nor, where there are passwords, without one."""
        if not self.reason.currentText().strip():
            return "请写明依据。"
        return "请输入您的密码。" if self._office.facts.locked and not self.own.text() else None

    def job(self) -> "Callable[[Store], Changes]":
        """Prove who sits there, then erase."""
        who = self._office.facts.who if self._office.facts.locked else ""
        own, rid, reason, backups = self.own.text(), self._rid, self.reason.currentText(), self.backups.isChecked()

        def erase(store: "Store") -> Changes:
            if who:
                store.keys.enter(own, who)
            return store.erase(rid, reason, backups=backups)

        return erase

    def send(self, job: "Callable[[Store], Changes]") -> None:
        """Every page hears of it."""
        self._office.change(job, self._done, self._failed, line=lambda _changes: "已抹除")
