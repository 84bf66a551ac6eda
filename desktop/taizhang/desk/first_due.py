"""What is due, on the first page: a line for each thing, the most urgent first; each opens its records."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from taizhang.core.privacy import Privacy, hide
from taizhang.core.reminder import LEVEL_LABELS, Level
from taizhang.desk.first_figures import Item
from taizhang.desk.widgets import Panel, button, chip, column, emptied, label, row
from taizhang.store.query import Filter, Query

_FIRST = 6  # lines until somebody asks for the others
_TONES = {Level.RED: "accent", Level.AMBER: "warning", Level.INFO: "plain"}


class DuePanel(Panel):
    """`records` (ledger, record numbers) asks to open records, `query` a list of more than can be named."""

    records = Signal(str, object)
    query = Signal(object)  # Query

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, pad=12, gap=8)
        self._items: Sequence[Item] = ()
        self._masked = self._whole = False
        heading = label("到期提醒", "heading")
        self._count = label("", "muted")
        head = row(heading, self._count, None)
        head.setContentsMargins(8, 4, 0, 0)
        self._lines = column(gap=2)
        self.more = button("", "caret-down", role="quiet", on=self._show_all)
        self.body.addLayout(head)
        self.body.addLayout(self._lines)
        self.body.addLayout(row(self.more, None))
        self.hide()

    def draw(self, items: Sequence[Item], *, masked: bool) -> None:
        """Show what is due; nothing at all when nothing is. `masked`: people are not named (F9)."""
        self._items, self._masked = items, masked
        emptied(self._lines)
        for one in items if self._whole else items[:_FIRST]:
            self._lines.addWidget(self._line(one))
        late = sum(one.level == Level.RED for one in items)
        self._count.setText(f"{len(items)} 项" + (f"，{late} 项急办" if late else ""))
        self.more.setText(f"还有 {len(items) - _FIRST} 项")
        self.more.setVisible(len(items) > _FIRST and not self._whole)
        self.setVisible(bool(items))

    def _show_all(self) -> None:
        self._whole = True
        self.draw(self._items, masked=self._masked)

    def _line(self, one: Item) -> QPushButton:
        text = _told(one) if self._masked else one.text
        level = Level(one.level)
        made = button("", role="row", tip=f"{LEVEL_LABELS[level]}：{text}", on=partial(self._open, one))
        layout = QHBoxLayout(made)
        layout.setContentsMargins(8, 5, 8, 5)
        layout.setSpacing(10)
        mark = chip(LEVEL_LABELS[level], _TONES[level])
        mark.setFixedWidth(_mark_width(mark))
        words = label(text)
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout.addWidget(mark)
        layout.addWidget(words, 1)
        layout.addWidget(label(one.title, "muted"))
        made.setMinimumHeight(layout.sizeHint().height())
        return made

    def _open(self, one: Item) -> None:
        if one.rids:
            self.records.emit(one.ledger, one.rids)
        else:
            self.query.emit(Query(one.ledger, where=(Filter(one.reminder, "due"),)))


def _mark_width(mark: QPushButton) -> int:
    """One width for all marks, so that the sentences stand in line."""
    widest = max(mark.fontMetrics().horizontalAdvance(text) for text in LEVEL_LABELS.values())
    return widest + mark.sizeHint().width() - mark.fontMetrics().horizontalAdvance(mark.text())


def _told(one: Item) -> str:
    text = one.text
    for name in filter(None, one.names):
        text = text.replace(name, hide(Privacy.NAME, name))
    return text
