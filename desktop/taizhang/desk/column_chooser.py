"""Which columns a list shows, and in which order."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from taizhang.core.ledger import Ledger
from taizhang.desk.column_picker import ColumnPicker
from taizhang.desk.shown import all_columns, column, usual_columns
from taizhang.desk.widgets import GAP, PAD, button, label, row


class ColumnChooser(QDialog):
    """Tick to show, drag (or Alt+↑ / Alt+↓) to order; `keys` is the choice."""

    def __init__(self, ledger: Ledger, chosen: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("选择列")
        self.setMinimumSize(340, 480)
        self._ledger = ledger
        self.picker = ColumnPicker("列表中的列")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(GAP)
        layout.addWidget(label("勾选要显示的列，拖动调整先后。", "muted"))
        layout.addWidget(self.picker, 1)
        usual = button("恢复默认", role="quiet", on=lambda: self._offer(usual_columns(ledger)))
        take = button("确定", role="primary", on=self.accept)
        take.setDefault(True)
        layout.addLayout(row(usual, None, button("取消", on=self.reject), take))
        self._offer(chosen)

    @property
    def keys(self) -> list[str]:
        """The columns ticked, in their order; never none."""
        return list(self.picker.chosen()) or [self._ledger.title_field]

    def _offer(self, chosen: Sequence[str]) -> None:
        keys = [*chosen, *(key for key in all_columns(self._ledger) if key not in chosen)]
        self.picker.offer([(key, column(self._ledger, key).label) for key in keys], chosen)
