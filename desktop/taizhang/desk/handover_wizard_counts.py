"""Second step of a hand-over: what the office holds; every number opens the records behind it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from taizhang.desk.asking import INCOMPLETE
from taizhang.desk.widgets import GAP, Panel, button, column, emptied, hairline, label, scrolled
from taizhang.press.handover_sheet import backed_up, told
from taizhang.store.inventory import Inventory, LedgerCount, remarked
from taizhang.store.query import Query

_HEADS = ("台账", "在册", "已减少", "已作废", "没有填全", "有待核对", "近一年改动", "最后改动")
_NUMBERS = range(1, 7)
_RIGHT, _LEFT = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft


class CountsPage(QWidget):
    """Shows an inventory. `query` asks for a list, `records` (ledger, record numbers) for certain records."""

    query = Signal(object)
    records = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(GAP * 2)
        self.grid.setVerticalSpacing(6)
        self.told = column(gap=6)
        ledgers, rest = Panel(), Panel(gap=8)
        ledgers.body.addWidget(label("台账", "heading"))
        ledgers.body.addLayout(self.grid)
        rest.body.addWidget(label("文件和备份", "heading"))
        rest.body.addLayout(self.told)
        content = QWidget()
        content.setLayout(column(ledgers, rest, None))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(content))

    def show_inventory(self, counted: Inventory) -> None:
        """Show another one."""
        emptied(self.grid)
        emptied(self.told)
        for place, head in enumerate(_HEADS):
            self.grid.addWidget(label(head, "muted"), 0, place, _RIGHT if place in _NUMBERS else _LEFT)
        self.grid.addWidget(hairline(), 1, 0, 1, len(_HEADS))
        for line, one in enumerate(counted.ledgers, 2):
            self._line(line, one, counted)
        self.grid.setColumnStretch(len(_HEADS) - 1, 1)
        for text in (*told(counted), backed_up(counted)):
            self.told.addWidget(label(text, wrap=True))

    def _line(self, line: int, one: LedgerCount, counted: Inventory) -> None:
        flawed = remarked(counted.items, one.key)
        opens: tuple[tuple[str, int, Callable[[], object]], ...] = (
            (f"{one.present:,} {one.unit}", one.present, partial(self.query.emit, Query(one.key))),
            (f"{one.gone:,}", one.gone, partial(self.query.emit, Query(one.key, show="gone"))),
            (f"{one.void:,}", one.void, partial(self.query.emit, Query(one.key, show="void"))),
            (f"{one.incomplete:,}", one.incomplete, partial(self.query.emit, Query(one.key, where=(INCOMPLETE,)))),
            (f"{one.flawed:,}", one.flawed, partial(self.records.emit, one.key, flawed)),
        )
        self.grid.addWidget(label(one.title), line, 0)
        for place, (text, number, on) in enumerate(opens, 1):
            self.grid.addWidget(_number(f"{one.title}，{_HEADS[place]}", text, number, on), line, place, _RIGHT)
        self.grid.addWidget(label(f"{one.steps:,} 次"), line, len(opens) + 1, _RIGHT)
        last = f"{one.last.at:%Y-%m-%d} {one.last.who}" if one.last else "没有改动"
        self.grid.addWidget(label(last, "muted"), line, len(opens) + 2)


def _number(what: str, text: str, number: int, on: Callable[[], object]) -> QWidget:
    """A number that opens what it counts; nothing to open is no button."""
    if not number:
        none: QLabel = label(text, "muted")
        none.setContentsMargins(4, 2, 4, 2)
        return none
    return button(text, role="link", tip=f"打开{what}", on=on)
