"""Which columns a list shows, and in which order."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from taizhang.core.ledger import Ledger
from taizhang.desk.shown import all_columns, column, usual_columns
from taizhang.desk.widgets import GAP, PAD, button, label, row


class ColumnChooser(QDialog):
    """Tick to show, drag (or Alt+↑ / Alt+↓) to order; `keys` is the choice."""

    def __init__(self, ledger: Ledger, chosen: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("选择列")
        self.setMinimumSize(320, 460)
        self._ledger = ledger
        self.list = QListWidget()
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(GAP)
        layout.addWidget(label("勾选要显示的列，拖动调整先后。", "muted"))
        layout.addWidget(self.list)
        up = button("", "arrow-up", role="quiet", tip="上移", key="Alt+Up", on=lambda: self._move(-1))
        down = button("", "arrow-down", role="quiet", tip="下移", key="Alt+Down", on=lambda: self._move(1))
        layout.addLayout(row(up, down, None, button("恢复默认", role="quiet", on=self._usual)))
        take = button("确定", role="primary", on=self.accept)
        take.setDefault(True)
        layout.addLayout(row(None, button("取消", on=self.reject), take))
        self._fill(chosen)

    @property
    def keys(self) -> list[str]:
        """The columns ticked, in their order; never none."""
        items = [self.list.item(at) for at in range(self.list.count())]
        ticked = [str(one.data(Qt.ItemDataRole.UserRole)) for one in items if one.checkState() == Qt.CheckState.Checked]
        return ticked or [self._ledger.title_field]

    def _fill(self, chosen: Sequence[str]) -> None:
        self.list.clear()
        others = [key for key in all_columns(self._ledger) if key not in chosen]
        for key in (*chosen, *others):
            item = QListWidgetItem(column(self._ledger, key).label, self.list)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setCheckState(Qt.CheckState.Checked if key in chosen else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0)

    def _usual(self) -> None:
        self._fill(usual_columns(self._ledger))

    def _move(self, step: int) -> None:
        at = self.list.currentRow()
        if 0 <= at + step < self.list.count():
            item = self.list.takeItem(at)
            self.list.insertItem(at + step, item)
            self.list.setCurrentRow(at + step)
