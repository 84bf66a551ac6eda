"""The page that opens when no office is open: make one, open one, or try the sample office."""

import re
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from taizhang.core.access import Access
from taizhang.core.errors import Refused
from taizhang.desk.password_field import NewPassword
from taizhang.desk.recovery_sheet_dialog import RecoveryCodeDialog
from taizhang.desk.save_place import ask_place, documents, unused
from taizhang.desk.widgets import GAP, PAD, Banner, Panel, button, column, emptied, label, row, scrolled
from taizhang.desk.worker import Worker
from taizhang.store import keyring
from taizhang.store.connection import is_locked
from taizhang.store.keyring import Keyring
from taizhang.store.location import risk
from taizhang.store.shelf import SUFFIX

_FILTER = f"台账单位文件 (*{SUFFIX});;所有文件 (*)"
_USUAL_KIND = "社区党委"
_OPEN_TO_ALL = "不设密码，拿到这个文件的人都能打开看。以后也可以在“设置”里补上。"
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


def default_folder() -> Path:
    """文档/台账; the user's own folder instead where the documents are kept in a cloud or on a share."""
    folder = documents() / "台账"
    return Path.home() / "台账" if risk(folder / "x") else folder


def file_for(folder: Path, name: str) -> Path:
    """A file in `folder` for the office `name` that is not there yet."""
    stem = _NOT_IN_NAMES.sub("", name).strip(" .") or "单位"
    return unused(folder / f"{stem}{SUFFIX}")


class WelcomePage(QWidget):
    """New office, open, sample office, and the offices opened last."""

    # full name, kind as it is called in the code table, file, (Keyring, Access) of an office with a password or None
    create_asked = Signal(str, str, Path, object)
    open_asked = Signal(Path)
    sample_asked = Signal()
    forget_asked = Signal(Path)

    def __init__(
        self,
        kinds: Sequence[str],
        worker: Worker,
        recent: Sequence[str] = (),
        who: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`who`: whom the settings name, proposed as the first user."""
        super().__init__(parent)
        self._worker = worker
        self.setAcceptDrops(True)
        self._folder = default_folder()
        self.name = QLineEdit()
        self.name.setPlaceholderText("例如：中共杏花社区委员会")
        self.kind = QComboBox()
        self.kind.addItems(list(kinds))
        self.kind.setCurrentText(_USUAL_KIND)
        self.place = QLineEdit()
        self.user = QLineEdit(who, maxLength=20)
        self.user.setPlaceholderText("例如：王敏")
        self.password = NewPassword(_OPEN_TO_ALL, self.user)
        self.warning = Banner("", "warning")
        self.create_button = button("新建", "plus", role="primary", on=self._create)
        self.recent = column(gap=2)
        self._lay_out()
        self.set_recent(recent)
        self.name.textChanged.connect(self._named)
        self.place.textChanged.connect(self._check)
        self.name.returnPressed.connect(self._create)
        self.user.returnPressed.connect(self.password.first.setFocus)
        self.password.finished.connect(self._create)
        self.password.changed.connect(self._check)  # what was wrong with it may be right by now
        self.user.textEdited.connect(self._check)
        self._named("")

    def set_recent(self, recent: Sequence[str]) -> None:
        """Show the offices opened last; a file that is gone says so and can be taken off the list."""
        emptied(self.recent)
        for text in recent:
            self.recent.addWidget(self._recent_line(Path(text)))
        if not recent:
            self.recent.addWidget(label("还没有打开过单位。", "muted"))

    def say(self, text: str) -> None:
        """Tell the user in place what did not work; an empty text takes it away."""
        self.warning.text.setText(text)
        self.warning.setVisible(bool(text))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's own name
        """An office file may be dropped anywhere on the page."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's own name
        """Open what was dropped."""
        path = Path(event.mimeData().urls()[0].toLocalFile())
        if path.is_file():
            self.open_asked.emit(path)

    def _lay_out(self) -> None:
        content = QWidget()
        content.setMaximumWidth(1000)
        grid = QGridLayout(content)
        grid.setContentsMargins(PAD, PAD, PAD, PAD)
        grid.setHorizontalSpacing(GAP * 2)
        grid.setVerticalSpacing(GAP)
        head = column(label("台账", "figure"), label("社区党组织的各本台账，都在一个文件里。", "muted"), gap=4)
        grid.addLayout(head, 0, 0, 1, 2)
        grid.addWidget(self._new_office(), 1, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(column(self._others(), self._recents(), None, gap=GAP * 2), 1, 1)
        grid.addWidget(label("全部内容只存在这台电脑上：程序不联网，不上传。", "muted"), 2, 0, 1, 2)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        middle = QVBoxLayout()
        middle.addStretch(2)
        middle.addLayout(row(content))
        middle.addStretch(3)
        whole = QWidget()
        whole.setLayout(middle)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(whole))

    def _new_office(self) -> Panel:
        panel = Panel()
        choose = button("更改…", on=self._choose_place)
        place = QWidget()
        place.setLayout(row(self.place, choose))
        named = {"单位全称": self.name, "单位类别": self.kind, "存放在": self.place, "使用者姓名": self.user}
        for text, field in named.items():
            field.setAccessibleName(text)
        panel.body.addWidget(label("新建单位", "heading"))
        for text, part in (("单位全称", self.name), ("单位类别", self.kind), ("存放在", place)):
            panel.body.addLayout(column(label(text, "muted"), part, gap=4))
        panel.body.addWidget(self.warning)
        panel.body.addWidget(label("密码（建议设置）", "heading"))
        panel.body.addWidget(self.password)
        panel.body.addLayout(row(self.create_button, None, self.password.shown))
        in_order = [self.place, choose, self.user, self.password.first, self.password.again, self.password.shown]
        for before, after in pairwise([*in_order, self.create_button]):
            self.setTabOrder(before, after)
        return panel

    def _others(self) -> Panel:
        panel = Panel()
        open_button = button("打开…", "folder-open", on=self._choose_office, key="Ctrl+O")
        sample = button("打开示例单位", "flask", on=self.sample_asked.emit, tip="里面的人都是编造的，可以随便试")
        panel.body.addWidget(label("已有单位，或先试一试", "heading"))
        panel.body.addWidget(open_button)
        panel.body.addWidget(sample)
        panel.body.addWidget(label("示例单位里的人都是编造的，可以随便改。", "small", wrap=True))
        return panel

    def _recents(self) -> Panel:
        panel = Panel(gap=6)
        panel.body.addWidget(label("最近打开", "heading"))
        panel.body.addLayout(self.recent)
        return panel

    def _recent_line(self, path: Path) -> QWidget:
        there = path.is_file()
        text = path.stem if there else f"{path.stem}（找不到了）"
        locked = is_locked(path)
        tip = f"{path}（有密码）" if locked else str(path)
        mark = "lock-key" if locked else "file"
        opens = button(text, mark, role="row", tip=tip, on=lambda: self.open_asked.emit(path))
        opens.setEnabled(there)
        forget = button("", "x", role="quiet", tip="从列表中去掉，不删文件", on=lambda: self.forget_asked.emit(path))
        line = QWidget()
        layout = row(opens, forget, gap=2)
        layout.setStretch(0, 1)
        line.setLayout(layout)
        return line

    def _named(self, name: str) -> None:
        """Propose a file for the office while its name is typed."""
        self.place.setText(str(file_for(self._folder, name)) if name.strip() else str(self._folder))
        self._check()

    def _check(self) -> None:
        """Say what speaks against the place, and whether an office can be made."""
        self.say(risk(self.place.text()) or "")
        self.create_button.setEnabled(bool(self.name.text().strip()))

    def _choose_place(self) -> None:
        if path := ask_place(self, "存放在", file_for(self._folder, self.name.text())):
            self._folder = path.parent
            self.place.setText(str(path))

    def _choose_office(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "打开单位", str(self._folder), _FILTER)
        if chosen:
            self.open_asked.emit(Path(chosen))

    def _create(self) -> None:
        """Ask for the office; one with a password first shows its recovery code."""
        name = self.name.text().strip()
        if not name:
            self.name.setFocus()
            return
        if said := self._problem():
            self.say(said)
            return
        path, password = Path(self.place.text().strip()), self.password.text
        if path.parent == default_folder():
            with suppress(OSError):  # what is wrong with the place is said when the office is made
                path.parent.mkdir(parents=True, exist_ok=True)
        if not password:
            self.create_asked.emit(name, self.kind.currentText(), path, None)
            return
        user = self.user.text().strip()
        self.create_button.setEnabled(False)
        self._worker.pool(
            lambda: keyring.create(user, password), lambda made: self._prove(name, path, *made), self._refused, self
        )

    def _refused(self, error: Exception) -> None:
        self.create_button.setEnabled(True)
        if isinstance(error, Refused):
            self.say(str(error))
        else:
            self._worker.unhandled(error)

    def _problem(self) -> str | None:
        """What speaks against making the office with this password at this place."""
        path = Path(self.place.text().strip())
        if not self.password.text:
            return self.password.problem()
        if not self.user.text().strip():
            return "有密码的单位要写明使用者，还没有新建；请填写使用者姓名。"
        if path.exists():
            return f"“{path.name}”已经存在，没有覆盖；请换一个文件名，或用“打开”。"
        return self.password.problem()

    def _prove(self, name: str, path: Path, ring: Keyring, access: Access, code: str) -> None:
        """The code must be on paper before there is anything that only it can open."""
        self.create_button.setEnabled(True)
        dialog = RecoveryCodeDialog(name, code, parent=self)
        kept = dialog.exec() == RecoveryCodeDialog.DialogCode.Accepted
        dialog.deleteLater()
        if not kept:
            self.say("恢复码没有记下，单位还没有新建；请再按“新建”，会给出新的恢复码。")
            return
        self.password.forget()
        self.create_asked.emit(name, self.kind.currentText(), path, (ring, access))
