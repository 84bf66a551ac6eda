"""Restoring a backup: what that would bring back and lose is shown first, and it becomes a new file."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from taizhang.core.access import Access, Role
from taizhang.core.errors import Cancelled, Refused, StoreTrouble
from taizhang.desk.backup_lock import BackupLock
from taizhang.desk.difference_view import DifferenceView
from taizhang.desk.moments import moment
from taizhang.desk.office import Office
from taizhang.desk.restoring import Contents, beside, bring_back, look_into, made_at, office_of, way_into
from taizhang.desk.save_place import ask_place
from taizhang.desk.widgets import GAP, PAD, Banner, button, column, label, row
from taizhang.desk.window_size import GrowingDialog, open_at
from taizhang.desk.work_bar import WorkBar
from taizhang.desk.worker import Worker
from taizhang.registry import Registry, installed
from taizhang.store.connection import is_locked
from taizhang.store.logbook import Happening
from taizhang.store.store import Store

_WHY = "恢复会写成一个新文件：现在的单位文件和这份备份都不动。看清楚再恢复。"


class RestoreDialog(GrowingDialog):
    """Of an open office, or of none: then `worker` is needed, and nothing is compared. `restored`: the new file."""

    restored = Signal(Path)

    def __init__(
        self,
        office: Office | None,
        backup: Path,
        parent: QWidget | None = None,
        *,
        worker: Worker | None = None,
        registry: Registry | None = None,
    ) -> None:
        super().__init__(parent)
        works = worker or (office.worker if office else None)
        if works is None:
            raise ValueError("neither an office nor a worker")
        self._office, self._backup, self._worker = office, backup, works
        self._registry = registry or installed()
        self._access: Access | None = None
        self._when: datetime | None = made_at(backup)
        self.lock = BackupLock(backup, works, self._failed)
        self.lock.entered.connect(self._come_in)
        self.view: DifferenceView | None = None
        self.said = Banner("", "warning")
        self.work = WorkBar()
        self.go = button("恢复成新文件…", role="primary", on=self._take)
        self._lay_out()
        QTimer.singleShot(0, self, self._begin)

    def restore_to(self, target: Path) -> None:
        """Write the new file; `restored` tells when it is there."""
        self._say("")
        self.go.setEnabled(False)
        self._busy("正在恢复并核对")
        bring_back(self._worker, self._registry, self._backup, target, self._restored, self._failed, self._access)

    def done(self, result: int) -> None:
        """Leave no password behind."""
        self.lock.forget()
        super().done(result)

    # -- the way in ----------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        """Whoever has entered the office need not show the password again, as long as its keys fit the backup."""
        if not is_locked(self._backup):
            self._look()
        elif self._office is not None and self._office.facts.role is Role.ADMIN:
            backup = self._backup
            self._office.ask(lambda store: _same_way(store, backup), self._known, self._failed, self)
        else:
            self._known(None)

    def _known(self, access: Access | None) -> None:
        if access is not None:
            self._come_in(access)
        else:
            self.lock.ask()

    def _come_in(self, access: Access) -> None:
        self._access = access
        self.lock.hide()
        self._look()

    # -- the look, and the new file ------------------------------------------------------------------------------------

    def _look(self) -> None:
        """Say what is in the backup, and what it differs in from the open office."""
        self._busy("正在查看备份")
        backup, registry, access = self._backup, self._registry, self._access
        if self._office:
            self._office.ask(lambda store: look_into(backup, registry, access, store), self._show, self._failed, self)
        else:
            self._worker.run(lambda: look_into(backup, registry, access, None), self._show, self._failed, self)

    def _show(self, contents: Contents) -> None:
        self.work.finish()
        self.view = DifferenceView(contents, masked=self._office is not None and self._office.masked)
        self._room.addWidget(self.view)
        self._say(contents.said)
        self.go.setEnabled(True)
        self.go.setFocus()

    def _take(self) -> None:
        made = office_of(self._backup)
        home = self._office.facts.path if self._office else made[0] if made else self._backup
        what = f"{self._when:%Y-%m-%d %H%M} 的备份" if self._when else "恢复"
        if target := ask_place(self, "恢复成新文件", beside(home, what)):
            self.restore_to(target)

    def _restored(self, target: Path) -> None:
        self.work.finish()
        if self._office:
            noted = "把备份恢复成新文件"
            self._office.ask(lambda store: store.log.note(Happening.RESTORE, noted), lambda _none: None)
        self.restored.emit(target)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.work.finish()
        self.go.setEnabled(self.view is not None)
        if isinstance(error, (Refused, StoreTrouble)):
            self._say(str(error))
        elif not isinstance(error, Cancelled):
            self._worker.unhandled(error)

    def _busy(self, what: str) -> None:
        self.work.start(what)
        self.work.stop.hide()  # a copy that is begun is ended

    def _say(self, text: str) -> None:
        self.said.say(text, "warning")
        self.said.setVisible(bool(text))

    def _lay_out(self) -> None:
        self.setWindowTitle("恢复备份")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        title = f"恢复 {moment(self._when)} 的备份" if self._when else f"恢复备份“{self._backup.name}”"
        self.lock.hide()
        self._room = column()
        self.said.hide()
        self.go.setEnabled(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(GAP)
        layout.addLayout(column(label(title, "title", wrap=True), label(_WHY, "muted", wrap=True), gap=4))
        layout.addWidget(self.lock, 1, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(self._room, 1)
        layout.addWidget(self.said)
        layout.addLayout(row(self.work, None, button("取消", on=self.reject), self.go))
        open_at(self, 680, 620)


def _same_way(store: Store, backup: Path) -> Access | None:
    return way_into(backup, store.access) if store.keys.locked else None
