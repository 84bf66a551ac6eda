"""Choosing columns and their order: tick, drag, or move with Alt+↑ and Alt+↓."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from taizhang.desk.widgets import button, label, row

_KEY = Qt.ItemDataRole.UserRole


class ColumnPicker(QWidget):
    """A list of columns, those that are taken ticked and in front. `changed` tells of every tick and every move."""

    changed = Signal()

    def __init__(self, title: str = "栏目", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: dict[str, str] = {}
        self._barred: frozenset[str] = frozenset()
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.list.setToolTip("打勾的才要；拖动或按 Alt+↑、Alt+↓ 换次序")
        up = button("", "arrow-up", role="quiet", tip="上移（Alt+↑）", on=lambda: self.move_current(-1))
        down = button("", "arrow-down", role="quiet", tip="下移（Alt+↓）", on=lambda: self.move_current(1))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.head = row(label(title, "muted"), None, up, down, gap=2)
        layout.addLayout(self.head)
        layout.addWidget(self.list, 1)
        for key, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(key), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda step=step: self.move_current(step))
        self.list.itemChanged.connect(self._ticked)
        self.list.model().rowsMoved.connect(self._moved)

    def offer(self, columns: Iterable[tuple[str, str]], chosen: Sequence[str]) -> None:
        """List `columns` (key, label), the `chosen` ones first in their order; says nothing of a change."""
        self._labels = dict(columns)
        first = [key for key in dict.fromkeys(chosen) if key in self._labels]
        self.list.blockSignals(True)
        self.list.clear()
        for key in [*first, *(key for key in self._labels if key not in first)]:
            item = QListWidgetItem(self._labels[key], self.list)
            item.setData(_KEY, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)
            item.setCheckState(Qt.CheckState.Checked if key in first else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0)
        self._say_barred()
        self.list.blockSignals(False)

    def bar(self, keys: Iterable[str]) -> None:
        """Say of these columns that the chosen eyes may not see them; they stay ticked for others."""
        self._barred = frozenset(keys)
        self.list.blockSignals(True)
        self._say_barred()
        self.list.blockSignals(False)

    def chosen(self) -> tuple[str, ...]:
        """The keys that are ticked, in their order."""
        items = [self.list.item(number) for number in range(self.list.count())]
        return tuple(str(item.data(_KEY)) for item in items if item.checkState() is Qt.CheckState.Checked)

    def move_current(self, step: int) -> None:
        """Move the current column up (-1) or down (1)."""
        here = self.list.currentRow()
        there = here + step
        if here < 0 or not 0 <= there < self.list.count():
            return
        self.list.blockSignals(True)
        self.list.insertItem(there, self.list.takeItem(here))
        self.list.setCurrentRow(there)
        self.list.blockSignals(False)
        self.changed.emit()

    def _say_barred(self) -> None:
        for number in range(self.list.count()):
            item = self.list.item(number)
            key = str(item.data(_KEY))
            item.setText(f"{self._labels[key]}（不给看）" if key in self._barred else self._labels[key])

    def _ticked(self, _item: QListWidgetItem) -> None:
        self.changed.emit()

    def _moved(self) -> None:
        self.changed.emit()
