"""Third step of an import: every row with what becomes of it and why; nothing is stored yet."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from taizhang.core.ledger import Ledger
from taizhang.core.privacy import Privacy
from taizhang.desk.import_row_panel import RowPanel
from taizhang.desk.import_rows_model import DECISION, ROW, SAYS, ImportRowsModel, Show, flawed
from taizhang.desk.theme import look
from taizhang.desk.widgets import GAP, button, scrolled, set_role
from taizhang.exchange.plan import Counts, Decision, ImportPlan, PlanRow

_WIDTHS = {ROW: 4, DECISION: 5, SAYS: 18}  # in characters
_PANEL = 300


class ReviewPage(QWidget):
    """The rows of a plan. `mend` carries row, field and text; `decide` row and decision; `looked` the row looked at."""

    mend = Signal(int, str, str)
    decide = Signal(int, object)
    looked = Signal(int)
    marked_asked = Signal()

    def __init__(self, ledger: Ledger, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ledger = ledger
        self._plan: ImportPlan | None = None
        self._rows: Sequence[PlanRow] = ()
        self.model = ImportRowsModel(ledger, self)
        self.table = QTableView()
        self.panel = RowPanel(ledger)
        self.filters = QButtonGroup(self)
        self._chips: dict[Show, QPushButton] = {}
        self._shape_table()
        self._lay_out()
        self.model.edited.connect(self.mend)
        self.model.taken.connect(self._taken)
        self.panel.mend.connect(self.mend)
        self.panel.decide.connect(self.decide)
        self.table.selectionModel().selectionChanged.connect(self._selected)

    def open(self, plan: ImportPlan) -> None:
        """Show a plan: what needs a look first, where there is any."""
        self._plan, self._rows = plan, plan.rows
        self.model.open(plan, plan.rows)
        self._fit()
        self._count(plan.counts)
        self.filter("flawed" if any(map(flawed, plan.rows)) else "all")

    def renew(self, rows: Sequence[PlanRow], counts: Counts) -> None:
        """The same plan after a row was mended or decided."""
        self._rows = rows
        self.model.renew(rows)
        self._count(counts)
        if self.panel.hasFocus() or any(child.hasFocus() for child in self.panel.findChildren(QWidget)):
            self.table.setFocus()  # what has it now is about to be made anew
        self._look()

    def filter(self, which: Show) -> None:
        """Show only these rows."""
        self._chips[which].setChecked(True)
        self.model.show_only(which)
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, SAYS))
        else:
            self.panel.clear()

    def current(self) -> int:
        """The row that is looked at, as an index into the plan's rows; -1 when there is none."""
        index = self.table.currentIndex()
        return self.model.at(index.row()) if index.isValid() else -1

    def show_row(self, at: int, differences: Sequence[tuple[str, str, str]] = ()) -> None:
        """Show one row beside the table, with what an update would change."""
        if self._plan is not None and at == self.current():
            row = self._rows[at]
            self.panel.show_row(at, row, self._plan.sheet_of(row), differences)

    def _shape_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setCornerButtonEnabled(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(look().size + 22)
        table.horizontalHeader().setHighlightSections(False)
        table.setAccessibleName("读到的行")

    def _lay_out(self) -> None:
        side = scrolled(self.panel)
        side.setFixedWidth(_PANEL)
        middle = QHBoxLayout()
        middle.setSpacing(GAP)
        middle.addWidget(self.table, 1)
        middle.addWidget(side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addLayout(self._bar())
        layout.addLayout(middle, 1)

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(6)
        shows: list[Show] = ["all", *Decision, "flawed"]
        for which in shows:
            made = QPushButton()
            set_role(made, "chip")
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.clicked.connect(lambda _checked, which=which: self.filter(which))
            self._chips[which] = made
            self.filters.addButton(made)
            bar.addWidget(made)
        bar.addStretch(1)
        tip = "另存一份您的 Excel，有问题的格子标了颜色，原因写在旁边"
        bar.addWidget(button("保存标注副本…", "file-arrow-down", on=self.marked_asked.emit, tip=tip))
        return bar

    def _count(self, counts: Counts) -> None:
        numbers: dict[Show, tuple[str, int]] = {
            "all": ("读到", counts.read),
            Decision.ADD: ("新增", counts.added),
            Decision.UPDATE: ("更新", counts.updated),
            Decision.UNCHANGED: ("未变", counts.unchanged),
            Decision.SKIP: ("跳过", counts.skipped),
            Decision.REFUSE: ("拒绝", counts.refused),
            "flawed": ("只看有问题的", sum(map(flawed, self._rows))),
        }
        for which, (text, number) in numbers.items():
            self._chips[which].setText(f"{text} {number}")
            warns = which in {"flawed", Decision.REFUSE} and number > 0
            set_role(self._chips[which], "chip", "warning" if warns else "plain")

    def _fit(self) -> None:
        letter = look().size
        widths = [*_WIDTHS.values(), *(_width(field.width, field.privacy) for field in self.model.fields)]
        for section, width in enumerate(widths):
            self.table.setColumnWidth(section, round(width * letter) + 20)

    def _taken(self, at: int, wanted: bool) -> None:
        choices = self._rows[at].choices
        others = [choice for choice in choices if choice is not Decision.SKIP]
        if not wanted:
            self.decide.emit(at, Decision.SKIP)
        elif others:
            self.decide.emit(at, others[0])
        else:
            self.looked.emit(at)

    def _selected(self, _now: QItemSelection, _before: QItemSelection) -> None:
        QTimer.singleShot(0, self, self._look)

    def _look(self) -> None:
        at = self.current()
        if at < 0:
            self.panel.clear()
        else:
            self.show_row(at)
            self.looked.emit(at)


def _width(characters: int, privacy: Privacy) -> int:
    """An ID number is eighteen figures wide and always wanted whole here."""
    return max(characters, 11) if privacy is Privacy.ID else characters
