"""Export of a list to Excel: which records, which columns, for whose eyes."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QVBoxLayout, QWidget

from taizhang.core.errors import Cancelled, Refused
from taizhang.core.privacy import PROFILE_LABELS, Profile, shows
from taizhang.desk.asked import Asked
from taizhang.desk.column_picker import ColumnPicker
from taizhang.desk.office import Office
from taizhang.desk.shown import COMPLETENESS, all_columns, column
from taizhang.desk.widgets import GAP, PAD, Banner, button, label, row
from taizhang.desk.work_bar import WorkBar
from taizhang.exchange.write import export_rows
from taizhang.store.store import Store


class ExportDialog(QDialog):
    """Exports what a list shows, or the records selected in it."""

    def __init__(self, office: Office, asked: Asked, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"导出{asked.ledger.title}")
        self.setMinimumSize(420, 560)
        self._office, self._asked = office, asked
        self.which = QComboBox()
        self.which.addItem("列表中的全部", ())
        if asked.chosen:
            self.which.addItem(f"选中的 {len(asked.chosen)} {asked.ledger.unit}", asked.chosen)
            self.which.setCurrentIndex(1)
        self.profile = QComboBox()
        for one in Profile:
            self.profile.addItem(PROFILE_LABELS[one], one.value)
        self.profile.setCurrentIndex(list(Profile).index(Profile.INTERNAL))
        self.columns = ColumnPicker("栏目")
        self.warning = Banner("", "warning")
        self.warning.hide()
        self.work = WorkBar()
        self.take = button("导出…", "upload-simple", role="primary", on=self._choose)
        self.take.setDefault(True)
        self._lay_out()
        self._offer()
        self.profile.currentIndexChanged.connect(self._bar)
        self._bar()

    def save_to(self, path: Path) -> None:
        """Write the workbook; the dialog closes when it is done."""
        reporter = self.work.start("正在导出")
        self.take.setEnabled(False)
        query, ledger, chosen = self._asked.query, self._asked.ledger, self.which.currentData()
        columns, profile = self.columns.chosen(), Profile(self.profile.currentData())

        def export(store: Store) -> int:
            rids = list(chosen) or store.rids(query)
            return export_rows(store, ledger, rids, path, columns, profile, reporter)

        self._office.ask(export, lambda count: self._done(count, path), self._failed, self)

    def done(self, result: int) -> None:
        """Stop what is underway."""
        self.work.cancel()
        super().done(result)

    def _offer(self) -> None:
        ledger = self._asked.ledger
        keys = [key for key in all_columns(ledger) if key != COMPLETENESS]
        chosen = [key for key in self._asked.columns if key != COMPLETENESS]
        self.columns.offer([(key, column(ledger, key).label) for key in keys], chosen)

    def _bar(self) -> None:
        ledger, profile = self._asked.ledger, Profile(self.profile.currentData())
        keys = [key for key in all_columns(ledger) if key != COMPLETENESS]
        self.columns.bar(key for key in keys if not shows(profile, column(ledger, key).privacy))

    def _choose(self) -> None:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        start = str(Path(documents) / f"{self._asked.ledger.title}.xlsx")
        chosen, _ = QFileDialog.getSaveFileName(self, "导出到", start, "Excel 工作簿 (*.xlsx)")
        if chosen:
            self.save_to(Path(chosen).with_suffix(".xlsx"))

    def _done(self, count: int, path: Path) -> None:
        self.work.finish()
        self._office.said.emit(f"已导出 {count} {self._asked.ledger.unit}到 {path.name}")
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.work.finish()
        self.take.setEnabled(True)
        if isinstance(error, Refused):
            self.warning.say(str(error), "warning")
            self.warning.show()
        elif not isinstance(error, Cancelled):
            self._office.worker.unhandled(error)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(GAP)
        for text, part in (("导出哪些", self.which), ("给谁看", self.profile)):
            layout.addWidget(label(text, "muted"))
            layout.addWidget(part)
            part.setAccessibleName(text)
        if self._asked.condition:
            layout.addWidget(label(f"条件：{self._asked.condition}", "small", wrap=True))
        layout.addWidget(self.columns, 1)
        layout.addWidget(self.warning)
        layout.addLayout(row(self.work, None, button("取消", on=self.reject), self.take))
