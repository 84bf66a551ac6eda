"""First step of an import: which file. It can be dropped, chosen, or started from an empty template."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout, QWidget

from taizhang.core.ledger import Ledger
from taizhang.desk.icons import pixmap
from taizhang.desk.save_place import ask_place, documents
from taizhang.desk.widgets import GAP, Banner, button, label, row, set_role

SUFFIXES = (".xlsx", ".xlsm", ".xls")
_FILTER = f"Excel 表格 ({' '.join('*' + suffix for suffix in SUFFIXES)})"


class FilePage(QWidget):
    """Waits for a file; says in place why the last one could not be read."""

    chosen = Signal(Path)
    template_asked = Signal(Path)

    def __init__(self, ledger: Ledger, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ledger = ledger
        self.setAcceptDrops(True)
        self.drop = QFrame()
        set_role(self.drop, "drop")
        self.warning = Banner("", "warning")
        self.warning.hide()
        self.choose = button("选择文件…", "folder-open", role="primary", on=self._choose)
        template = button("保存空白模板…", "file-plus", role="quiet", on=self._template)
        picture = label("")
        picture.setPixmap(pixmap("table", "muted", 44, self.devicePixelRatioF()))
        inner = QVBoxLayout(self.drop)
        inner.addStretch(2)
        for part in (picture, label(f"把{ledger.title}的 Excel 文件拖到这里", "heading"), self.choose):
            inner.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
            inner.addSpacing(GAP)
        hint = "不必先整理：标题行、合并的表头、“同上”、小计和签字栏，程序都会自己辨认。核对之前不会存入任何内容。"
        words = label(hint, "muted", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        words.setFixedWidth(460)
        inner.addLayout(row(None, words, None))
        inner.addStretch(3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.warning)
        layout.addWidget(self.drop, 1)
        layout.addLayout(row(label("手里还没有表格？", "muted"), template, None))

    def say(self, text: str) -> None:
        """Say why a file could not be read; an empty text takes it away."""
        self.warning.text.setText(text)
        self.warning.setVisible(bool(text))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's own name
        """A single file may be dropped."""
        if len(event.mimeData().urls()) == 1:
            event.acceptProposedAction()
            set_role(self.drop, "drop", "over")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's own name
        """The file was carried away again."""
        super().dragLeaveEvent(event)
        set_role(self.drop, "drop")

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's own name
        """Take the file."""
        set_role(self.drop, "drop")
        event.acceptProposedAction()
        self.chosen.emit(Path(event.mimeData().urls()[0].toLocalFile()))

    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "选择文件", str(documents()), _FILTER)
        if path:
            self.chosen.emit(Path(path))

    def _template(self) -> None:
        if path := ask_place(self, "保存空白模板", documents() / f"{self._ledger.title}模板.xlsx"):
            self.template_asked.emit(path)
