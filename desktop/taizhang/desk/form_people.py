"""Whose papers are printed: their names, of which some can be left out and taken back."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from taizhang.core.privacy import mask_name
from taizhang.desk.widgets import button, label, row

_LEAST_LINES, _MOST_LINES = 1, 6


class FormPeople(QWidget):
    """The records by name; `changed` tells that others are to be printed."""

    changed = Signal()

    def __init__(self, unit: str = "份", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = unit
        self._names: dict[int, str] = {}
        self._out = set[int]()
        self._masked = False
        self.count = label("", "heading")
        self.list = _Names()
        self.list.setAccessibleName("打印谁的")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.out = button("去掉", "x", role="quiet", tip="这次不打印选中的（Delete）", on=self.leave_out)
        self.back = button("都要", "arrow-u-up-left", role="quiet", tip="把去掉的都放回来", on=self.take_back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row(self.count, None, self.back, self.out, gap=2))
        layout.addWidget(self.list)
        self.list.deleted.connect(self.leave_out)
        self.list.itemSelectionChanged.connect(self._enable)

    def show_names(self, names: Sequence[tuple[int, str]]) -> None:
        """Offer these records, by number and name, all of them to be printed."""
        self._names, self._out = dict(names), set()
        self._fill()

    def rids(self) -> tuple[int, ...]:
        """The records to be printed."""
        return tuple(rid for rid in self._names if rid not in self._out)

    def name_of(self, rid: int) -> str:
        """What a record is called."""
        return self._names.get(rid, "")

    def leave_out(self) -> None:
        """Leave out those that are selected; the last one stays."""
        self.leave_out_these([int(item.data(Qt.ItemDataRole.UserRole)) for item in self.list.selectedItems()])

    def leave_out_these(self, rids: Iterable[int]) -> None:
        """Leave these out, unless nothing would be left."""
        chosen = set(rids)
        if chosen and chosen < set(self.rids()):
            self._out |= chosen
            self._fill()
            self.changed.emit()

    def take_back(self) -> None:
        """Print all of them again."""
        if self._out:
            self._out.clear()
            self._fill()
            self.changed.emit()

    def hide_personal(self, masked: bool) -> None:
        """Hide the names (F9), or show them again."""
        self._masked = masked
        self._fill()

    def _fill(self) -> None:
        at = self.list.currentRow()
        self.list.clear()
        for rid in self.rids():
            name = self._names[rid]
            item = QListWidgetItem(mask_name(name) if self._masked else name)
            item.setData(Qt.ItemDataRole.UserRole, rid)
            self.list.addItem(item)
        if at >= 0 and self.list.count():
            self.list.setCurrentRow(min(at, self.list.count() - 1))
        left = f"（去掉了 {len(self._out)} {self._unit}）" if self._out else ""
        self.count.setText(f"共 {len(self.rids())} {self._unit}{left}")
        lines = min(max(self.list.count(), _LEAST_LINES), _MOST_LINES)
        self.list.setFixedHeight(lines * max(self.list.sizeHintForRow(0), 20) + 10)
        self._enable()

    def _enable(self) -> None:
        chosen = len(self.list.selectedItems())
        self.out.setEnabled(0 < chosen < self.list.count())
        self.out.setVisible(len(self._names) > 1)
        self.back.setVisible(bool(self._out))


class _Names(QListWidget):
    """The list; `deleted`: the key was pressed."""

    deleted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Delete leaves out what is selected."""
        if event.key() == Qt.Key.Key_Delete:
            self.deleted.emit()
        else:
            super().keyPressEvent(event)
