"""Export of a list to Excel: which records, which columns in which order, for whose eyes."""

from pathlib import Path

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QVBoxLayout, QWidget

from taizhang.core.access import widest
from taizhang.core.errors import Cancelled, Refused, StoreTrouble
from taizhang.core.privacy import PROFILE_LABELS, Profile, shows, within
from taizhang.desk.asked import Asked
from taizhang.desk.column_picker import ColumnPicker
from taizhang.desk.office import Office
from taizhang.desk.save_place import ask_place, documents
from taizhang.desk.shown import COMPLETENESS, all_columns, column as column_of
from taizhang.desk.widgets import GAP, PAD, Banner, button, column, label, row
from taizhang.desk.window_size import open_at
from taizhang.desk.work_bar import WorkBar
from taizhang.exchange.write import export_rows
from taizhang.store.store import Store

_SEEN = {
    Profile.FULL: "所有内容原样写出，可以再导入回来。请收好文件，不要用聊天软件传。",
    Profile.INTERNAL: "身份证号只留前 6 位和后 4 位，出生日期到年月，住址到楼栋。",
    Profile.POSTING: "不写身份证号和住址，电话遮住中间四位，出生日期只写年龄。",
    Profile.WALL: "不写号码、住址和出生日期，姓名只留姓。",
}


class ExportChoice(msgspec.Struct, frozen=True):
    """How a ledger was last exported; empty `columns` mean those of the list."""

    columns: tuple[str, ...] = ()
    profile: Profile = Profile.INTERNAL


class ExportDialog(QDialog):
    """Exports what a list shows, or the records selected in it."""

    help_asked = Signal(str)

    def __init__(self, office: Office, asked: Asked, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"导出{asked.ledger.title}")
        self.setWindowModality(Qt.WindowModality.WindowModal)  # the help stays open beside it
        open_at(self, 560, 660)
        self._office, self._asked = office, asked
        self._every = [key for key in all_columns(asked.ledger) if key != COMPLETENESS]
        self._listed = [key for key in asked.columns if key != COMPLETENESS]
        self.which = QComboBox()
        self.which.addItem("名单里的全部", ())
        if asked.chosen:
            self.which.addItem(f"选中的 {len(asked.chosen)} {asked.ledger.unit}", asked.chosen)
            self.which.setCurrentIndex(1)
        self.profile = QComboBox()
        self._profiles = [profile for profile in Profile if within(profile, widest(office.facts.role))]
        self.profile.addItems([PROFILE_LABELS[profile] for profile in self._profiles])
        self.seen = label("", "small", wrap=True)
        self.columns = ColumnPicker("栏目")
        self.warning = Banner("", "warning")
        self.warning.hide()
        self.work = WorkBar()
        self.take = button("导出…", "upload-simple", role="primary", on=self._choose)
        self._lay_out()
        self.profile.currentIndexChanged.connect(self._eyes)
        self.columns.changed.connect(self._ready)
        QShortcut(QKeySequence("F1"), self).activated.connect(lambda: self.help_asked.emit("privacy"))
        office.ask(lambda store: store.recall(self._key), self._recalled, owner=self)

    def choice(self) -> ExportChoice:
        """What is chosen now."""
        return ExportChoice(self.columns.chosen(), self._profiles[self.profile.currentIndex()])

    def save_to(self, path: Path) -> None:
        """Write the workbook, whole or not at all; the dialog closes when it is done."""
        reporter = self.work.start("正在导出")
        self.take.setEnabled(False)
        query, ledger, only = self._asked.query, self._asked.ledger, frozenset(self.which.currentData())
        choice = self.choice()

        def export(store: Store) -> int:
            rids = [rid for rid in store.rids(query) if not only or rid in only]
            return export_rows(store, ledger, rids, path, choice.columns, choice.profile, reporter)

        self._office.keep(self._key, msgspec.to_builtins(choice))
        self._office.ask(export, lambda count: self._exported(count, path), self._failed, self)

    def done(self, result: int) -> None:
        """Stop what is underway; no half a file is left."""
        self.work.cancel()
        super().done(result)

    @property
    def _key(self) -> str:
        return f"export/{self._asked.ledger.key}"

    def _recalled(self, kept: object) -> None:
        try:
            choice = msgspec.convert(kept, ExportChoice) if kept else ExportChoice()
        except msgspec.ValidationError:
            choice = ExportChoice()
        self.profile.setCurrentIndex(max(self.profile.findText(PROFILE_LABELS[choice.profile]), 0))
        self.offer(choice.columns or self._listed)

    def offer(self, chosen: tuple[str, ...] | list[str]) -> None:
        """Tick these columns, in this order."""
        ledger = self._asked.ledger
        self.columns.offer([(key, column_of(ledger, key).label) for key in self._every], chosen)
        self._eyes()

    def _eyes(self) -> None:
        """Say what the chosen eyes may see."""
        profile = self._profiles[self.profile.currentIndex()]
        ledger = self._asked.ledger
        self.seen.setText(_SEEN[profile])
        self.columns.bar(key for key in self._every if not shows(profile, column_of(ledger, key).privacy))
        self._ready()

    def _ready(self) -> None:
        self.take.setEnabled(bool(self.columns.chosen()))

    def _choose(self) -> None:
        if path := ask_place(self, "导出到", documents() / f"{self._asked.ledger.title}.xlsx"):
            self.save_to(path)

    def _exported(self, count: int, path: Path) -> None:
        self.work.finish()
        self._office.said.emit(f"已导出 {count} {self._asked.ledger.unit}到 {path.name}")
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.work.finish()
        self._ready()
        if isinstance(error, (Refused, StoreTrouble)):
            self.warning.say(str(error), "warning")
            self.warning.show()
        elif not isinstance(error, Cancelled):
            self._office.worker.unhandled(error)

    def _lay_out(self) -> None:
        like = button("与名单相同", role="quiet", on=lambda: self.offer(self._listed))
        every = button("全部", role="quiet", on=lambda: self.offer(self._every))
        self.columns.head.insertWidget(1, like)
        self.columns.head.insertWidget(2, every)
        self.which.setAccessibleName("导出哪些")
        self.profile.setAccessibleName("给谁看")
        condition = label(f"条件：{self._asked.condition}", "small", wrap=True)
        condition.setVisible(bool(self._asked.condition) and not self._office.masked)  # it may name a person
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(GAP)
        layout.addLayout(column(label("导出哪些", "muted"), self.which, condition, gap=4))
        layout.addLayout(column(label("给谁看", "muted"), self.profile, self.seen, gap=4))
        layout.addWidget(self.columns, 1)
        layout.addWidget(self.warning)
        layout.addLayout(row(self.work, None, button("取消", on=self.reject), self.take))
