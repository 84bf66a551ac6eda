"""Last step of an import: the counts that add up, and the way back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from taizhang.core.ledger import Ledger
from taizhang.desk.widgets import GAP, Banner, Panel, button, emptied, label, row
from taizhang.exchange.plan import Counts

_PARTS = (("新增", "added"), ("更新", "updated"), ("未变", "unchanged"), ("跳过", "skipped"), ("拒绝", "refused"))


class ResultPage(QWidget):
    """Says what was done; `undo_asked` takes it back, `open_asked` opens what was added or changed."""

    undo_asked = Signal()
    open_asked = Signal()
    marked_asked = Signal()

    def __init__(self, ledger: Ledger, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = ledger.unit
        self.title = label("", "title")
        self.sum = label("", "muted")
        self.numbers = QGridLayout()
        self.numbers.setHorizontalSpacing(GAP * 3)
        self.told = Banner("", "ok")
        self.told.hide()
        self.open = button("查看新增和更新的", "list-bullets", on=self.open_asked.emit)
        self.undo = button("撤销这次导入", "arrow-u-up-left", on=self.undo_asked.emit)
        marked = button("保存标注副本…", "file-arrow-down", on=self.marked_asked.emit)
        panel = Panel()
        panel.body.addWidget(self.title)
        panel.body.addLayout(self.numbers)
        panel.body.addWidget(self.sum)
        panel.body.addWidget(self.told)
        panel.body.addLayout(row(self.open, marked, self.undo, None))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panel)
        layout.addStretch(1)

    def show_counts(self, counts: Counts) -> None:
        """The numbers of an import that was stored."""
        self.title.setText(f"已导入：新增 {counts.added} {self._unit}，更新 {counts.updated} {self._unit}")
        emptied(self.numbers)
        for place, (text, key) in enumerate(_PARTS):
            self.numbers.addWidget(label(str(getattr(counts, key)), "figure"), 0, place)
            self.numbers.addWidget(label(text, "muted"), 1, place)
        self.numbers.setColumnStretch(len(_PARTS), 1)
        parts = " + ".join(str(getattr(counts, key)) for _text, key in _PARTS)
        self.sum.setText(f"{parts} = {counts.read}，正好是读到的 {counts.read} 行。")
        self.told.hide()
        self.open.setEnabled(True)
        self.undo.setEnabled(True)

    def undone(self, kept: str) -> None:
        """The import was taken back; `kept` says what was left alone because it was edited since."""
        self.title.setText("这次导入已撤销")
        self.told.text.setText(kept or "台账恢复到导入以前的样子。要重新导入，请再打开一次文件。")
        self.told.show()
        self.open.setEnabled(False)
        self.undo.setEnabled(False)
