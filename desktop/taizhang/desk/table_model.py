"""The list's model: knows every record's number, and fetches the texts of those that come into sight."""

from collections import OrderedDict
from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from taizhang.core.privacy import hide
from taizhang.desk.shown import CHUNK, COMPLETENESS, Column, Line
from taizhang.desk.theme import colour

_KEPT = 96  # chunks kept: 3,000 records' texts, a few megabytes
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

# (chunk number, record numbers): ask for these texts; the answer comes by `RowsModel.receive`.
Fetch = Callable[[int, Sequence[int]], None]


class RowsModel(QAbstractTableModel):
    """A list of any length. What is not there yet is shown blank, and asked for once."""

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._columns: list[Column] = []
        self._rids: Sequence[int] = ()
        self._chunks: OrderedDict[int, list[Line]] = OrderedDict()
        self._asked: set[int] = set()
        self._masked = False

    def show(self, rids: Sequence[int], columns: list[Column], first: list[Line]) -> None:
        """Show other records; `first` are the lines of the first chunk, so that nothing flickers."""
        self.beginResetModel()
        self._rids, self._columns = rids, columns
        self._chunks.clear()
        self._asked.clear()
        if first:
            self._chunks[0] = first
        self.endResetModel()

    def receive(self, chunk: int, lines: list[Line]) -> None:
        """Take in the texts that were asked for."""
        self._asked.discard(chunk)
        self._chunks[chunk] = lines
        while len(self._chunks) > _KEPT:
            self._chunks.popitem(last=False)
        last = min((chunk + 1) * CHUNK, len(self._rids)) - 1
        if last >= chunk * CHUNK and self._columns:
            self.dataChanged.emit(self.index(chunk * CHUNK, 0), self.index(last, len(self._columns) - 1))

    def mask(self, masked: bool) -> None:
        """Hide personal texts (F9), or show them again."""
        self._masked = masked
        if self._rids and self._columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rids) - 1, len(self._columns) - 1))

    @property
    def rids(self) -> Sequence[int]:
        """The numbers of the records shown, in order."""
        return self._rids

    @property
    def columns(self) -> list[Column]:
        """The columns shown."""
        return self._columns

    def rid(self, row: int) -> int:
        """The record in that row."""
        return self._rids[row]

    def row_of(self, rid: int) -> int:
        """The row of a record, -1 when it is not shown."""
        try:
            return self._rids.index(rid)
        except ValueError:
            return -1

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """How many records are shown."""
        return 0 if parent.isValid() else len(self._rids)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """How many columns are shown."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, colour and alignment of a cell."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[self._columns[index.column()].align] | Qt.AlignmentFlag.AlignVCenter
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ForegroundRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        line = self._line(index.row())
        if line is None:
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole:
            return _ink(column, line)
        text = line.texts[index.column()]
        return hide(column.privacy, text) if self._masked else text

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The label of a column."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_ALIGN[column.align] | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
        return column.label if role == Qt.ItemDataRole.DisplayRole else None

    def _line(self, row: int) -> Line | None:
        chunk, offset = divmod(row, CHUNK)
        lines = self._chunks.get(chunk)
        if lines is None:
            if chunk not in self._asked:
                self._asked.add(chunk)
                self._fetch(chunk, self._rids[chunk * CHUNK : (chunk + 1) * CHUNK])
                lines = self._chunks.get(chunk)
        elif chunk != next(reversed(self._chunks)):
            self._chunks.move_to_end(chunk)
        return lines[offset] if lines and offset < len(lines) else None


def _ink(column: Column, line: Line) -> object:
    if line.void:
        return colour("muted")
    return colour("warning") if column.key == COMPLETENESS and line.completeness < 100 else None
