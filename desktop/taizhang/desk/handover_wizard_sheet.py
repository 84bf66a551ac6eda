"""Last step of a hand-over: the list as it will lie on paper, printed and saved from here; also an earlier one."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from taizhang.core.errors import Refused, StoreTrouble
from taizhang.core.privacy import Profile
from taizhang.desk.office import Office
from taizhang.desk.pdf_pane import PdfPane
from taizhang.desk.printing import chosen_pages, prepare, print_pages, printers
from taizhang.desk.save_place import ask_place, documents
from taizhang.desk.widgets import GAP, PAD, button, row
from taizhang.desk.window_size import open_at
from taizhang.exchange.saving import save_whole
from taizhang.press.handover_sheet import TITLE
from taizhang.store.logbook import Happening


class SheetPage(QWidget):
    """Shows a list as PDF; what leaves the office is written down first (R-PRIV-02). `said` tells how it went."""

    said = Signal(str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._pdf, self._name, self._records = b"", TITLE, 0
        self.pane = PdfPane()
        self.print_button = button("打印…", "printer", key="Ctrl+P", on=self._ask_printer)
        self.save_button = button("保存为 PDF…", "file-pdf", key="Ctrl+S", on=self._ask_place)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addLayout(row(self.pane.pages, None, *self.pane.zooms, GAP, self.save_button, self.print_button))
        layout.addWidget(self.pane, 1)
        office.hidden.connect(self._mask)
        self.show_sheet(b"", TITLE, 0)

    def show_sheet(self, pdf: bytes, name: str, records: int) -> None:
        """Show a list of that name, which tells of so many things; no bytes show none."""
        self._pdf, self._name, self._records = pdf, name, records
        self._mask(self._office.masked)
        self.save_button.setEnabled(bool(pdf))
        self.print_button.setEnabled(bool(pdf) and bool(printers()))

    def save_to(self, path: Path) -> None:
        """Write the very PDF that is shown."""
        self._release(lambda: self._write(path))

    def print_with(self, printer: QPrinter) -> None:
        """Print to a printer that is already chosen."""
        self._release(lambda: self._print(printer))

    def _release(self, then: Callable[[], object]) -> None:
        records = self._records
        self._office.ask(
            lambda store: store.release(Happening.PRINT, TITLE, Profile.INTERNAL, records),
            lambda _none: then(),
            self._withheld,
            self,
        )

    def _withheld(self, error: Exception) -> None:
        if isinstance(error, (Refused, StoreTrouble)):
            self.said.emit(str(error))
        else:
            self._office.worker.unhandled(error)

    def _write(self, path: Path) -> None:
        pdf = self._pdf
        try:
            save_whole(path, lambda part: part.write_bytes(pdf))
        except Refused as refused:
            self.said.emit(str(refused))
        else:
            self.said.emit(f"已保存 {path.name}。")

    def _print(self, printer: QPrinter) -> None:
        prepare(printer, self.pane.document)
        pages = chosen_pages(printer, self.pane.document.pageCount())
        if print_pages(printer, self.pane.document, pages):
            self.said.emit(f"已送往打印机：{len(pages)} 页。")
        else:
            self.said.emit("打印机没有接受，什么也没有打印。请检查打印机是否开机、有纸，再试一次。")

    def _ask_printer(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        prepare(printer, self.pane.document)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, self.pane.document.pageCount())
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_with(printer)

    def _ask_place(self) -> None:
        if path := ask_place(self, "保存为 PDF", documents() / f"{self._name}.pdf"):
            self.save_to(path)

    def _mask(self, masked: bool) -> None:
        """A list names people: while a visitor looks on, there is nothing to be seen of it."""
        self.pane.show_pdf(b"" if masked else self._pdf)


class KeptSheetDialog(QDialog):
    """A list that was kept, byte for byte, to be looked at or printed again."""

    def __init__(self, office: Office, title: str, sha256: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        open_at(self, 900, 680)
        self.page = SheetPage(office)
        self.page.said.connect(office.said)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(GAP)
        layout.addWidget(self.page, 1)
        layout.addLayout(row(None, button("关闭", on=self.accept)))
        shown = partial(self.page.show_sheet, name=TITLE, records=0)
        office.ask(lambda store: store.attachment(sha256), shown, owner=self)
