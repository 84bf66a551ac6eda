"""The rows of an import as a table: what becomes of each, what is said of it, its cells; any number of rows."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from taizhang.core.field import Field, as_text, nobody
from taizhang.core.findings import Finding
from taizhang.core.kinds_linked import Link, Links
from taizhang.core.ledger import Ledger
from taizhang.core.privacy import hide
from taizhang.desk.icons import icon
from taizhang.desk.theme import colour
from taizhang.exchange.plan import Decision, ImportPlan, PlanRow

ROW, DECISION, SAYS, FIELDS = range(4)  # the columns; the fields begin with the last
_HEADS = ("行", "处理", "说明")
_INK = {Decision.ADD: "ok", Decision.UPDATE: "ok", Decision.REFUSE: "warning"}
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_Role = Qt.ItemDataRole

Show = Decision | Literal["all", "flawed"]


class ImportRowsModel(QAbstractTableModel):
    """Shows a plan's rows, all or some. `edited` and `taken` carry what the user wants; the plan decides."""

    edited = Signal(int, str, str)  # index into the plan's rows, field, text
    taken = Signal(int, bool)

    def __init__(self, ledger: Ledger, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ledger = ledger
        self._fields: list[Field] = []
        self._sheets: list[str] = []
        self._rows: Sequence[PlanRow] = ()
        self._at: list[int] = []
        self._masked = False

    def open(self, plan: ImportPlan, rows: Sequence[PlanRow]) -> None:
        """Show the rows of another plan."""
        keys = dict.fromkeys([self._ledger.title_field])  # first, for it tells whom a row is about
        keys |= dict.fromkeys(key for source in plan.sources for key in source.table.by_field)
        keys |= dict.fromkeys(key for row in rows for key in row.raw)
        names = [source.sheet.name for source in plan.sources]
        self.beginResetModel()
        self._fields = [self._ledger.by_key[key] for key in keys]
        self._sheets = names if len(set(names)) > 1 else []
        self._rows = rows
        self._choose("all")
        self.endResetModel()

    def renew(self, rows: Sequence[PlanRow]) -> None:
        """The same rows, judged anew; none goes out of sight while one works on it."""
        self._rows = rows
        if self._at:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._at) - 1, self.columnCount() - 1))

    def show_only(self, which: Show) -> None:
        """Show all rows, those with something said of them, or those with one decision."""
        self.beginResetModel()
        self._choose(which)
        self.endResetModel()

    def mask(self, masked: bool) -> None:
        """Hide personal texts (F9), or show them again."""
        self._masked = masked
        self.renew(self._rows)

    @property
    def fields(self) -> Sequence[Field]:
        """The fields shown, in the order of the file."""
        return self._fields

    def at(self, shown: int) -> int:
        """The index into the plan's rows of a row that is shown."""
        return self._at[shown]

    def row(self, shown: int) -> PlanRow:
        """The plan's row that is shown there."""
        return self._rows[self._at[shown]]

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._at)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Three columns, then the fields."""
        return 0 if parent.isValid() else FIELDS + len(self._fields)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """The heading of a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != _Role.DisplayRole:
            return None
        return _HEADS[section] if section < FIELDS else self._fields[section - FIELDS].label

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """A row that may be taken or left has a tick; its cells can be mended."""
        flags = super().flags(index)
        row = self.row(index.row())
        if index.column() == DECISION and len(row.choices) > 0:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        if index.column() >= FIELDS and row.draft is not None:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        """Text, colour, tick and words of a cell."""
        row, column = self.row(index.row()), index.column()
        if role in {_Role.DisplayRole, _Role.EditRole}:
            return self._text(row, column, masked=self._masked and role == _Role.DisplayRole)
        if role == _Role.CheckStateRole:
            return _tick(row) if column == DECISION and row.choices else None
        if role == _Role.ForegroundRole:
            return _ink(row, column, self._of(row, column))
        if role == _Role.DecorationRole:
            return icon("warning-circle", "warning") if self._of(row, column) else None
        if role == _Role.ToolTipRole:
            said = row.findings if column == SAYS else self._of(row, column)
            return "\n".join(finding.text for finding in said) or None
        return None

    def setData(self, index: _Index, value: object, role: int = _Role.EditRole) -> bool:  # noqa: N802 - Qt's name
        """Ask for another text or another decision; the answer comes by `renew`."""
        shown, column = index.row(), index.column()
        if role == _Role.CheckStateRole:
            self.taken.emit(self.at(shown), Qt.CheckState(value) is Qt.CheckState.Checked)
            return True
        if role != _Role.EditRole or column < FIELDS:
            return False
        if str(value) != self._text(self.row(shown), column, masked=False):
            self.edited.emit(self.at(shown), self._fields[column - FIELDS].key, str(value))
        return True

    def _choose(self, which: Show) -> None:
        self._at = [number for number, row in enumerate(self._rows) if _shows(which, row)]

    def _text(self, row: PlanRow, column: int, *, masked: bool) -> str:
        if column == ROW:
            return f"{self._sheets[row.source]} {row.number}" if self._sheets else str(row.number)
        if column == DECISION:
            return row.decision.label
        if column == SAYS:
            return summary(row)
        field = self._fields[column - FIELDS]
        text = cell_text(row, field)
        return hide(field.privacy, text) if masked else text

    def _of(self, row: PlanRow, column: int) -> list[Finding]:
        """What is said of a cell."""
        if column < FIELDS or not row.findings:
            return []
        key = self._fields[column - FIELDS].key
        return [finding for finding in row.findings if finding.field == key]


def cell_text(row: PlanRow, field: Field) -> str:
    """What would be stored, where it may be; else what stands in the file."""
    value = row.draft.values.get(field.key) if row.draft else None
    if value is None or isinstance(field, (Link, Links)):
        return as_text(row.raw.get(field.key))
    return field.show(value, nobody)


def summary(row: PlanRow) -> str:
    """What is said of a row in one line: the gravest first."""
    said = sorted(row.findings, key=lambda finding: not finding.is_error)
    if not said:
        return row.reason
    return said[0].text if len(said) == 1 else f"{said[0].text}（共 {len(said)} 处）"


def flawed(row: PlanRow) -> bool:
    """Whether something is said of a row."""
    return bool(row.findings)


def _shows(which: Show, row: PlanRow) -> bool:
    return which == "all" or (flawed(row) if which == "flawed" else row.decision is which)


def _tick(row: PlanRow) -> Qt.CheckState:
    left = row.decision in {Decision.SKIP, Decision.REFUSE}
    return Qt.CheckState.Unchecked if left else Qt.CheckState.Checked


def _ink(row: PlanRow, column: int, said: Sequence[Finding]) -> object:
    if column == DECISION:
        return colour(_INK.get(row.decision, "muted"))
    if said or (column == SAYS and row.findings):
        return colour("warning")
    return colour("muted") if row.decision is Decision.SKIP or column in {ROW, SAYS} else None
