"""Third step of a hand-over: what is still to be done; each line opens the records that it is about."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from taizhang.core.ledger import Ledger
from taizhang.core.privacy import hide
from taizhang.desk.shown import name_privacy
from taizhang.desk.theme import look
from taizhang.desk.widgets import GAP, button, label, row
from taizhang.press.handover_sheet import whom
from taizhang.store.inventory import KIND_LABELS, Item

_HEADS = ("台账", "类别", "内容", "涉及")
_WIDTHS = {0: 8, 1: 6, 3: 18}  # characters; what is said takes the rest
_SAYS, _NAMES = 2, 3  # columns; F9 hides the latter


class ItemsPage(QWidget):
    """Shows open items; `opened` carries the `Item` whose records are asked for."""

    opened = Signal(object)

    def __init__(self, ledgers: Mapping[str, Ledger], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ledgers = ledgers
        self._items: tuple[Item, ...] = ()
        self._masked = False
        self.count = label("", "muted")
        self.open = button("查看记录", "list-bullets", on=self._open)
        self.table = QTableWidget(0, len(_HEADS))
        self.table.setAccessibleName("未办事项")
        self.table.setHorizontalHeaderLabels(_HEADS)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(look().size + 22)
        self.table.setWordWrap(False)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.horizontalHeader().setSectionResizeMode(_SAYS, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setHighlightSections(False)
        for section, width in _WIDTHS.items():
            self.table.setColumnWidth(section, width * look().size)
        self.table.itemSelectionChanged.connect(self._chosen)
        self.table.activated.connect(lambda _index: self._open())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addLayout(row(self.count, None, self.open))
        layout.addWidget(self.table, 1)
        self._chosen()

    def show_items(self, items: tuple[Item, ...]) -> None:
        """Show other items."""
        self._items = items
        said = f"共 {len(items)} 项。选中一行，可以打开记录；处理完再回来接着交接。移交清单上会列出来。"
        self.count.setText(said if items else "没有未办事项，可以直接下一步。")
        self.table.setRowCount(len(items))
        for line, item in enumerate(items):
            ledger = self._ledgers[item.ledger]
            for section, text in enumerate((ledger.title, KIND_LABELS[item.kind], item.text)):
                self.table.setItem(line, section, _cell(text))
        self.hide_names(self._masked)

    def hide_names(self, masked: bool) -> None:
        """Hide the names of people (F9), or show them again."""
        self._masked = masked
        for line, item in enumerate(self._items):
            ledger = self._ledgers[item.ledger]
            privacy = name_privacy(ledger)
            names = tuple(hide(privacy, name) if masked else name for name in item.names)
            text = whom(Item(item.kind, item.ledger, item.text, item.count, names=names), ledger.unit)
            self.table.setItem(line, _NAMES, _cell(text))

    def _chosen(self) -> None:
        self.open.setEnabled(bool(self.table.selectedItems()))

    def _open(self) -> None:
        if self.table.selectedItems():
            self.opened.emit(self._items[self.table.currentRow()])


def _cell(text: str) -> QTableWidgetItem:
    made = QTableWidgetItem(text)
    made.setToolTip(text)  # where the column is too narrow for it
    return made
