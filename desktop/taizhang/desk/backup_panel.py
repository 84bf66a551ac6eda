"""The backups of an office: those beside its file, one onto a stick in one click, and the way back."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from taizhang.core.access import ROLE_LABELS, Role
from taizhang.core.errors import Cancelled, Refused, StoreTrouble
from taizhang.desk import stick_backup
from taizhang.desk.moments import moment
from taizhang.desk.office import Office
from taizhang.desk.save_place import ask_place
from taizhang.desk.widgets import Banner, Panel, button, column, label, row, set_role
from taizhang.store.difference import operations_since
from taizhang.store.location import risk
from taizhang.store.removable import OnStick, back_up_to_stick, name_of
from taizhang.store.shelf import SUFFIX, folder_of, list_backups
from taizhang.store.store import Store

_WHY = "每次关闭单位、导入之前，程序自动备份一份，并且当场打开核对。电脑坏了，两样会一起没有：请每周另存一份到 U 盘。"


class _Kept(NamedTuple):
    """One backup: when and where, how large, and how much was done since."""

    when: datetime
    file: Path
    size: int
    since: int


class BackupPanel(Panel):
    """`door` asks the window for what only it can open: ("open", a file that was brought back)."""

    door = Signal(str, object)

    def __init__(self, office: Office, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=10)
        self._office, self._now = office, now
        self._kept: list[_Kept] = []
        self.told = label("", "small", wrap=True)
        self.said = Banner("")
        self.said.hide()
        self.listed = _table()
        self.listed.currentItemChanged.connect(lambda *_: self._ready())
        self.listed.itemActivated.connect(lambda *_: self._restore_chosen())
        self.to_stick = button("备份到 U 盘", "hard-drives", role="primary", on=self._to_stick)
        self.to_place = button("备份到…", "floppy-disk", on=self._to_place)
        self.folder = button("打开所在文件夹", "folder-open", on=self._open_folder)
        self.restore = button("恢复…", "clock-counter-clockwise", on=self._restore_chosen)
        self.other = button("另选备份文件…", "file", role="quiet", on=self._restore_other)
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Look again at what lies beside the file."""
        self._office.ask(_kept, self._show, self._failed, self)

    def back_up_to(self, stick: Path) -> None:
        """Back up onto this stick, and say whether it may be pulled out."""
        now = self._now
        self._busy(stick_backup.GOING_ON.format(name_of(stick)))
        self._office.ask(lambda store: back_up_to_stick(store, stick, now()), self._on_stick, self._failed, self)

    def save_to(self, target: Path) -> None:
        """Back up into this file."""
        self._busy("正在备份…")

        def saved(_none: None) -> None:
            danger = risk(target)
            self._say(f"已备份并核对：{target.name}。{danger or ''}", "warning" if danger else "ok")

        self._office.ask(lambda store: store.backup(target), saved, self._failed, self)

    def bring_back(self, backup: Path) -> None:
        """Show what restoring would change, and let the user restore."""
        from taizhang.desk.restore_dialog import RestoreDialog  # noqa: PLC0415 - asked for once a year

        dialog = RestoreDialog(self._office, backup, self.window())
        dialog.restored.connect(lambda file: self.door.emit("open", file))
        dialog.exec()
        dialog.deleteLater()

    # ------------------------------------------------------------------------------------------------------------------

    def _to_stick(self) -> None:
        below = self.to_stick.mapToGlobal(QPoint(0, self.to_stick.height()))
        if not stick_backup.choose(self, below, self.back_up_to):
            self._say(stick_backup.NO_STICK, "warning")

    def _on_stick(self, done: OnStick) -> None:
        self._say(done.said + done.warning, "warning" if done.warning else "ok")
        self._office.said.emit(done.said)

    def _to_place(self) -> None:
        path = self._office.facts.path
        start = path.with_name(f"{path.stem} {self._now():%Y-%m-%d %H%M}{SUFFIX}")
        if target := ask_place(self, "备份到", start):
            self.save_to(target)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder_of(self._office.facts.path))))

    def _restore_chosen(self) -> None:
        chosen = self.listed.currentItem()
        if chosen is not None and self.restore.isEnabled():
            self.bring_back(self._kept[self.listed.indexOfTopLevelItem(chosen)].file)

    def _restore_other(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "选择备份文件", "", f"台账备份 (*{SUFFIX});;所有文件 (*)")
        if chosen:
            self.bring_back(Path(chosen))

    def _show(self, kept: list[_Kept]) -> None:
        self._kept = kept
        self.listed.clear()
        for one in kept:
            since = f"又做了 {one.since} 次操作" if one.since else "没有再改动"
            self.listed.addTopLevelItem(QTreeWidgetItem([moment(one.when), _size(one.size), since]))
        self.told.setText(f"单位文件旁边有 {len(kept)} 份，最近的在上面。" if kept else "单位文件旁边还没有备份。")
        self.folder.setEnabled(bool(kept))
        self._ready()

    def _ready(self) -> None:
        may = self._office.facts.role is Role.ADMIN
        self.restore.setEnabled(may and self.listed.currentItem() is not None)
        self.other.setEnabled(may)
        why = "" if may else f"恢复由{ROLE_LABELS[Role.ADMIN]}来做"
        self.restore.setToolTip(
            why or ("看看会找回什么、失去什么" if self.restore.isEnabled() else "先在上面点一份备份")
        )
        self.other.setToolTip(why or "U 盘上的，或别处的备份")

    def _busy(self, text: str) -> None:
        self._say(text, "plain")
        self._making(enabled=False)

    def _say(self, text: str, tone: str) -> None:
        self.said.say(text, tone)
        self.said.show()
        self._making(enabled=True)

    def _making(self, *, enabled: bool) -> None:
        for one in (self.to_stick, self.to_place):
            one.setEnabled(enabled)

    def _failed(self, error: Exception) -> None:
        self._making(enabled=True)
        if isinstance(error, (Refused, StoreTrouble)):
            self._say(str(error), "warning")
        elif not isinstance(error, Cancelled):
            self._office.worker.unhandled(error)

    def _lay_out(self) -> None:
        self.body.addLayout(column(label("备份", "heading"), label(_WHY, "small", wrap=True), gap=4))
        self.body.addLayout(row(self.to_stick, self.to_place, None))
        self.body.addWidget(self.said)
        self.body.addWidget(self.told)
        self.body.addWidget(self.listed, 1)
        self.body.addLayout(row(self.restore, self.folder, None, self.other))


def _kept(store: Store) -> list[_Kept]:
    return [
        _Kept(when, file, file.stat().st_size, operations_since(store, when)) for when, file in list_backups(store.path)
    ]


def _table() -> QTreeWidget:
    made = QTreeWidget()
    set_role(made, "plain")
    made.setAccessibleName("备份")
    made.setRootIsDecorated(False)
    made.setUniformRowHeights(True)
    made.setHeaderLabels(["时间", "大小", "备份之后"])
    made.setMinimumHeight(160)
    head = made.header()
    head.setStretchLastSection(True)
    head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    head.setSectionsMovable(False)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{-(-size // 1000)} KB"
