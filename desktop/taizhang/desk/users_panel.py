"""Who may open a locked office: the list of users, and what an administrator does to it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableWidget, QTableWidgetItem, QWidget

from taizhang.core.access import ROLE_HELP, ROLE_LABELS, Role
from taizhang.desk.key_dialog import KeyDialog
from taizhang.desk.office import Office
from taizhang.desk.password_dialog import ResetPassword
from taizhang.desk.theme import look
from taizhang.desk.user_dialog import AddUser, RemoveUser
from taizhang.desk.widgets import Panel, button, label, row
from taizhang.store.keys import User

_HEADS = ("姓名", "权限", "可以做什么")
_LINES = 3  # more can be scrolled to; so that all of the page is seen at once


class UsersPanel(Panel):
    """The users; `said` tells what was done, `failed` an error."""

    said = Signal(str)
    failed = Signal(Exception)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=8)
        self._office = office
        self.users: list[User] = []
        self.table = QTableWidget(0, len(_HEADS))
        self.table.setAccessibleName("使用者")
        self.add_button = button("添加…", "plus", on=self._add)
        self.role_button = button("改权限")
        self.reset_button = button("重设密码…", on=self._reset)
        self.remove_button = button("移除…", on=self._remove)
        self.roles = QMenu(self.role_button)
        for role in Role:
            self.roles.addAction(f"{ROLE_LABELS[role]}：{ROLE_HELP[role]}", partial(self._set_role, role))
        self.role_button.setMenu(self.roles)
        self._dress_table()
        self.body.addWidget(label("使用者", "heading"))
        self.body.addWidget(self.table)
        self.body.addLayout(row(self.add_button, self.role_button, self.reset_button, self.remove_button, None))
        self.table.itemSelectionChanged.connect(self._chosen)
        office.renamed.connect(self._renamed)
        self._chosen()
        self.refresh()

    def refresh(self) -> None:
        """Read the users anew."""
        self._office.ask(lambda store: store.keys.users(), self._fill, self.failed.emit, self)

    @property
    def chosen(self) -> User | None:
        """The user that is selected."""
        at = self.table.currentRow()
        return self.users[at] if 0 <= at < len(self.users) and self.table.selectedItems() else None

    def _fill(self, users: list[User]) -> None:
        self.users = users
        self.table.setRowCount(len(users))
        for number, user in enumerate(users):
            name = f"{user.name}（您）" if user.name == self._office.facts.who else user.name
            for column, text in enumerate((name, ROLE_LABELS[user.role], ROLE_HELP[user.role])):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(number, column, item)
        self.table.clearSelection()  # another stands now where one was removed
        self._chosen()

    def _renamed(self, _who: str) -> None:
        self.refresh()

    def _chosen(self) -> None:
        user = self.chosen
        other = user is not None and user.name != self._office.facts.who
        self.role_button.setEnabled(user is not None)
        self.reset_button.setEnabled(other)  # one's own is changed by showing the old one
        self.remove_button.setEnabled(other)

    def _add(self) -> None:
        dialog = AddUser(self._office, self)
        self._run(dialog, lambda: f"已添加 {dialog.added}。")

    def _reset(self) -> None:
        if user := self.chosen:
            self._run(
                ResetPassword(self._office, user.name, self), lambda: f"已重设 {user.name} 的密码，请当面告诉本人。"
            )

    def _remove(self) -> None:
        if user := self.chosen:
            self._run(RemoveUser(self._office, user.name, self), lambda: f"已移除 {user.name}。")

    def _set_role(self, role: Role) -> None:
        if user := self.chosen:
            name, own = user.name, user.name == self._office.facts.who
            said = f"{name} 已改为{ROLE_LABELS[role]}{'，下次打开时生效' if own else ''}。"

            def done(_none: None) -> None:
                self.said.emit(said)
                self.refresh()

            self._office.ask(lambda store: store.keys.set_role(name, role), done, self.failed.emit, self)

    def _run(self, dialog: KeyDialog[None], told: Callable[[], str]) -> None:
        if dialog.exec() == KeyDialog.DialogCode.Accepted:
            self.said.emit(told())
            self.refresh()
        dialog.deleteLater()

    def _dress_table(self) -> None:
        table = self.table
        table.setHorizontalHeaderLabels(list(_HEADS))
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        head = table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setStretchLastSection(True)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        line = look().size + 16
        table.verticalHeader().setDefaultSectionSize(line)
        table.setFixedHeight(head.sizeHint().height() + _LINES * line + 4)
