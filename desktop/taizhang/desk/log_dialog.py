"""What left the office and what was done to its keys, for all who may open it; administrators can take it along."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHeaderView,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from taizhang.core.access import Role
from taizhang.core.errors import Refused, StoreTrouble
from taizhang.desk.latest import Latest
from taizhang.desk.office import Office
from taizhang.desk.save_place import ask_place, documents
from taizhang.desk.theme import look
from taizhang.desk.widgets import GAP, PAD, Banner, button, empty_state, label, row
from taizhang.desk.window_size import open_at
from taizhang.exchange.log_sheet import write_log
from taizhang.exchange.log_words import HEADS, TITLE, in_words
from taizhang.store.logbook import HAPPENING_LABELS, Happening, Noted

_MOST = 2000  # lines that are listed; all of them can be exported
_ABOUT = "导出、打印、复制、备份和密码变动都记在这里：谁、什么时候、什么、多少条。不记是哪些人，也不能修改。"


class LogDialog(QDialog):
    """The log, latest first, by kind."""

    help_asked = Signal(str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(TITLE)
        self._office = office
        self._latest = Latest(office, self)
        self.kind = QComboBox()
        self.kind.setAccessibleName("事项")
        self.kind.addItem("全部事项", None)
        for kind in Happening:
            self.kind.addItem(HAPPENING_LABELS[kind], kind.value)
        self.table = QTableWidget(0, len(HEADS))
        self.count = label("", "muted")
        self.warning = Banner("", "warning")
        self.warning.hide()
        self.export = button("导出到 Excel…", "upload-simple", on=self._choose)
        self.export.setVisible(office.facts.role is Role.ADMIN)
        self._lay_out()
        self.kind.currentIndexChanged.connect(self.refresh)
        QShortcut(QKeySequence("F1"), self).activated.connect(lambda: self.help_asked.emit("privacy"))
        self.refresh()

    def chosen(self) -> Happening | None:
        """The kind that is shown, None for all."""
        value = self.kind.currentData()
        return Happening(value) if value else None

    def refresh(self) -> None:
        """Read the log anew."""
        kind = self.chosen()
        self._latest.ask(lambda store: store.log.lines(_MOST + 1, kind), self._fill)

    def save_to(self, path: Path) -> None:
        """Write what is shown, and all before it, to a workbook."""
        kind = self.chosen()
        self.export.setEnabled(False)
        self._office.ask(lambda store: write_log(store, path, kind), lambda _n: self._saved(path), self._failed, self)

    def _fill(self, lines: list[Noted]) -> None:
        more = len(lines) > _MOST
        self.table.setRowCount(min(len(lines), _MOST))
        for at, line in enumerate(lines[:_MOST]):
            for number, text in enumerate(in_words(line)):
                cell = QTableWidgetItem(text)
                if number == len(HEADS) - 1:
                    cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(at, number, cell)
        self.count.setText(f"最近 {_MOST:,} 条，导出可得全部" if more else f"{len(lines):,} 条")
        self._pages.setCurrentIndex(0 if lines else 1)
        self.export.setEnabled(bool(lines))

    def _choose(self) -> None:
        if path := ask_place(self, "导出到", documents() / f"{TITLE}.xlsx"):
            self.save_to(path)

    def _saved(self, path: Path) -> None:
        self.warning.hide()
        self._office.said.emit(f"已导出到 {path.name}")
        self.refresh()

    def _failed(self, error: Exception) -> None:
        self.export.setEnabled(True)
        if isinstance(error, (Refused, StoreTrouble)):
            self.warning.say(str(error), "warning")
            self.warning.show()
        else:
            self._office.worker.unhandled(error)

    def _lay_out(self) -> None:
        table = self.table
        table.setAccessibleName(TITLE)
        table.setHorizontalHeaderLabels(list(HEADS))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(look().size + 18)
        table.setShowGrid(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        head = table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(HEADS.index("内容"), QHeaderView.ResizeMode.Stretch)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._pages = QStackedWidget()
        self._pages.addWidget(table)
        self._pages.addWidget(empty_state("还没有这样的记录。", icon_name="clock-counter-clockwise"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(GAP)
        layout.addWidget(label(_ABOUT, "muted", wrap=True))
        layout.addLayout(row(self.kind, self.count, None, self.export))
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.warning)
        layout.addLayout(row(None, button("关闭", on=self.accept)))
        open_at(self, round(look().size * 58), 600)
