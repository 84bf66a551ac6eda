"""The table of a ledger page: one line a record, drawn lazily, by keyboard as by mouse."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from taizhang.desk.shown import Column, Line
from taizhang.desk.table_model import RowsModel
from taizhang.desk.theme import look

_LONG = 5  # characters of a heading that goes into two lines
_AROUND = 17  # pixels beside the text of a cell
_Index = QModelIndex | QPersistentModelIndex


class RowsView(QTableView):
    """Shows a `RowsModel`. `current` carries the record under the cursor (0: none), `chosen` how many are selected."""

    current = Signal(int)
    chosen = Signal(int)
    opened = Signal(int)
    sorted_by = Signal(str)
    header_menu = Signal(QPoint)
    drawn = Signal()  # the user drew a column to another width

    def __init__(self, model: RowsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self._widths: dict[str, int] = {}
        self._fitting = False
        self.were_drawn = False  # whether the user drew a column to another width
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
        header.setSectionsClickable(True)
        header.setSectionsMovable(False)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda at: self.header_menu.emit(header.mapToGlobal(at)))
        header.sectionClicked.connect(lambda section: self.sorted_by.emit(model.columns[section].key))
        header.sectionResized.connect(self._resized)
        self.doubleClicked.connect(lambda index: self.opened.emit(model.rid(index.row())))
        self.fit_rows()

    def fit_rows(self) -> None:
        """Give the rows the height that goes with the size of the type."""
        self.verticalHeader().setDefaultSectionSize(look().size + 22)

    def set_widths(self, widths: dict[str, int]) -> None:
        """The widths in pixels that the user chose, by column key."""
        self._widths = dict(widths)
        self.were_drawn = bool(widths)

    def widths(self) -> dict[str, int]:
        """The widths in pixels as they are now, by column key."""
        return {column.key: self.columnWidth(at) for at, column in enumerate(self._rows.columns)}

    def fit(self, columns: Sequence[Column], lines: Sequence[Line]) -> None:
        """Give each column the room that its heading and the first lines want; what is left over is shared out."""
        wanted = [self._widths.get(one.key) or self._room(at, one, lines) for at, one in enumerate(columns)]
        room = self.maximumViewportSize().width() - self.verticalScrollBar().sizeHint().width()
        spare = room - sum(wanted)
        if spare > 0 and wanted and not self._widths:
            share = spare // len(wanted)
            wanted = [width + share for width in wanted]
        two_lines = any(len(one.label) > _LONG for one in columns)
        self.horizontalHeader().setFixedHeight(look().size * (3 if two_lines else 1) + (14 if two_lines else 26))
        self._fitting = True
        for at, width in enumerate(wanted):
            self.setColumnWidth(at, width)
        self._fitting = False

    def _room(self, at: int, column: Column, lines: Sequence[Line]) -> int:
        measure = self.fontMetrics().horizontalAdvance
        most = max((measure(line.texts[at]) for line in lines), default=0)
        heading = measure(column.label[: -(-len(column.label) // 2)] if len(column.label) > _LONG else column.label)
        return max(min(most, column.width * look().size * 3 // 2), heading) + _AROUND

    def selected(self) -> list[int]:
        """The selected records, from top to bottom."""
        return [self._rows.rid(index.row()) for index in sorted(self.selectionModel().selectedRows())]

    def show_current(self, rid: int) -> bool:
        """Put the cursor on a record; whether it is shown at all."""
        row = self._rows.row_of(rid)
        if row < 0:
            return False
        index = self._rows.index(row, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)
        return True

    def show_quietly(self, rid: int) -> None:
        """Put the cursor on a record and tell nobody."""
        self.blockSignals(True)
        self.show_current(rid)
        self.blockSignals(False)

    def currentChanged(self, current: _Index, previous: _Index) -> None:  # noqa: N802 - Qt's name
        """Tell which record is under the cursor."""
        super().currentChanged(current, previous)
        self.current.emit(self._rows.rid(current.row()) if current.isValid() else 0)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802 - Qt's name
        """Tell how many are selected."""
        super().selectionChanged(selected, deselected)
        parts = self.selectionModel().selection()
        self.chosen.emit(sum(parts.at(at).height() for at in range(parts.count())))

    def _resized(self, _section: int, _old: int, _new: int) -> None:
        if not self._fitting:
            self._widths, self.were_drawn = self.widths(), True
            self.drawn.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens the record for editing."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self._rows.rid(self.currentIndex().row()))
            return
        super().keyPressEvent(event)
