"""Second step of an import: which column of the file feeds which field, with what stands in it."""

from collections.abc import Mapping
from itertools import islice

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from taizhang.core.field import as_text
from taizhang.core.kinds_linked import Attachment
from taizhang.core.ledger import Ledger
from taizhang.desk.theme import colour, look
from taizhang.desk.widgets import GAP, emptied, label, row
from taizhang.exchange.columns import Column
from taizhang.exchange.plan import ImportOptions, ImportPlan
from taizhang.exchange.sources import Source

_HEADS = ("表格里的列", "内容举例", "对应到", "说明")
_LEFT_OUT = "不导入"
_ALL_SHEETS = "全部工作表"
_SAMPLES = 3
_SEARCHED = 200  # rows in which examples are looked for


class _Box(QComboBox):
    """A choice inside a list: the wheel scrolls the list, it does not choose."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's own name
        """Leave the wheel to the list."""
        event.ignore()


class ColumnsPage(QWidget):
    """One line for each heading of the file. `changed` tells that the rows must be judged anew."""

    changed = Signal()
    sheet_chosen = Signal()  # another sheet, which has other headings

    def __init__(self, ledger: Ledger, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ledger = ledger
        self._headings: list[str] = []
        self._boxes: list[QComboBox] = []
        self._cells: list[tuple[QTableWidgetItem, ...]] = []
        self._touched = False
        self.sheet = QComboBox()
        self.sheet.setAccessibleName("工作表")
        self.clear = QCheckBox("空白的格子也照样清空台账里的内容")
        self.clear.setToolTip("平时不要勾选：空白的格子不会抹掉已有的内容")
        self.table = QTableWidget(0, len(_HEADS))
        self.notes = QVBoxLayout()
        self.notes.setSpacing(2)
        self._shape_table()
        self._which = row(label("工作表", "muted"), self.sheet, None, self.clear)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addLayout(self._which)
        layout.addWidget(self.table, 1)
        layout.addLayout(self.notes)
        self.sheet.activated.connect(self._sheet_chosen)
        self.clear.toggled.connect(self._said)

    def open(self, plan: ImportPlan) -> None:
        """Show the headings of a plan."""
        self._touched = plan.options.mapping is not None
        columns = _columns(plan)
        self._headings = list(columns)
        self._boxes = []
        self._cells = []
        self.table.setRowCount(len(columns))
        for number, (heading, (column, source)) in enumerate(columns.items()):
            box = self._box(column.field)
            self._boxes.append(box)
            heads, example = _cell(" ".join(heading.split())), _cell("　".join(samples(source, column)))
            why = _cell(column.why.value)
            self._cells.append((heads, example, why))
            self.table.setCellWidget(number, 2, box)
            for section, item in zip((0, 1, 3), self._cells[-1], strict=True):
                self.table.setItem(number, section, item)
            self._mark(number)
        self._show_sheets(plan)
        emptied(self.notes)
        for note in plan.notes:
            self.notes.addWidget(label(note, "small", wrap=True))

    def options(self) -> ImportOptions:
        """What the user has chosen; without a mapping as long as nothing was assigned by hand."""
        sheet = self.sheet.currentData() if self.sheet.count() else None
        return ImportOptions(
            sheet=sheet, mapping=self.mapping() if self._touched else None, clear=self.clear.isChecked()
        )

    def mapping(self) -> Mapping[str, str | None]:
        """Each heading with its field, None where it is left out."""
        return {heading: box.currentData() for heading, box in zip(self._headings, self._boxes, strict=True)}

    def _shape_table(self) -> None:
        self.table.setHorizontalHeaderLabels(_HEADS)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(look().size + 30)
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setTabKeyNavigation(False)
        header = self.table.horizontalHeader()
        for section, width in enumerate((220, 320, 220)):
            self.table.setColumnWidth(section, width)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.ResizeToContents)

    def _box(self, field: str | None) -> QComboBox:
        box = _Box()
        box.addItem(_LEFT_OUT, None)
        for one in self._ledger.fields:
            if not isinstance(one, Attachment):
                box.addItem(one.label, one.key)
        box.setCurrentIndex(max(box.findData(field), 0))
        box.activated.connect(lambda _index: self._assigned(box))
        return box

    def _assigned(self, box: QComboBox) -> None:
        """A field takes one column only: another that fed it is left out."""
        self._touched = True
        for number, other in enumerate(self._boxes):
            if other is not box and other.currentData() is not None and other.currentData() == box.currentData():
                other.setCurrentIndex(0)
                self._cells[number][2].setText(_LEFT_OUT)
                self._mark(number)
        number = self._boxes.index(box)
        self._cells[number][2].setText("由您选定")
        self._mark(number)
        self.changed.emit()

    def _mark(self, number: int) -> None:
        """Headings that are left out are muted, for one to look over them."""
        taken = self._boxes[number].currentData() is not None
        for item in self._cells[number]:
            item.setData(Qt.ItemDataRole.ForegroundRole, None if taken else colour("muted"))

    def _show_sheets(self, plan: ImportPlan) -> None:
        names = [sheet.name for sheet in plan.book.sheets]
        chosen = plan.options.sheet
        self.sheet.clear()
        self.sheet.addItem(_ALL_SHEETS, None)
        for name in names:
            self.sheet.addItem(name, name)
        self.sheet.setCurrentIndex(max(self.sheet.findData(chosen), 0))
        self.sheet.setEnabled(len(names) > 1)

    def _sheet_chosen(self) -> None:
        self._touched = False
        self.sheet_chosen.emit()

    def _said(self) -> None:
        self.changed.emit()


def samples(source: Source, column: Column) -> list[str]:
    """A few different texts that stand in a column."""
    end = min(source.table.end, source.table.body + _SEARCHED)
    rows = source.sheet.rows[source.table.body : end]
    cells = (as_text(cells[column.index]) for cells in rows if column.index < len(cells))
    return list(islice(dict.fromkeys(text for text in cells if text), _SAMPLES))


def _columns(plan: ImportPlan) -> dict[str, tuple[Column, Source]]:
    """Every heading once, with the first column that carries it."""
    found: dict[str, tuple[Column, Source]] = {}
    for source in plan.sources:
        for column in source.table.columns:
            found.setdefault(column.heading, (column, source))
    return found


def _cell(text: str) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setToolTip(text)
    return item
