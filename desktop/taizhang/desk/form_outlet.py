"""Lets drawn papers out, to a printer or into a file: what counts is kept first, and nothing else leaves."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter

from taizhang.core.errors import Refused, StoreTrouble
from taizhang.desk.office import Office
from taizhang.desk.paper_job import Leaving, let_out, save_out
from taizhang.desk.pdf_pane import PdfPane
from taizhang.desk.printing import REFUSED, chosen_pages, paint_pages, prepare, start
from taizhang.desk.worker import Reporter

T = TypeVar("T")
_CUT_SHORT = "打印到一半，打印机停了。这些已经存底，再打印会标“补打”；废纸请撕掉。"


class FormOutlet(QObject):
    """Lets one printing out at a time. `gone`: it has left, printed or (False) saved; `withheld`: why it has not."""

    gone = Signal(bool)
    moved = Signal(int, int)  # how many pages of how many are ready to be kept
    withheld = Signal(str)

    def __init__(self, office: Office, pane: PdfPane, parent: QObject) -> None:
        """`pane` shows what is printed."""
        super().__init__(parent)
        self._office, self._pane = office, pane
        self.busy = False

    def print(self, what: Leaving, printer: QPrinter) -> None:
        """Print to a printer that is already chosen: kept once the printer is ready, and before it prints."""
        prepare(printer, self._pane.document)
        painter = start(printer)
        if painter is None:
            self.withheld.emit(REFUSED)
            return

        def failed(error: Exception) -> None:
            printer.abort()
            painter.end()
            self._failed(error)

        self._ask(partial(let_out, leaving=what), lambda pdf: self._paint(pdf, painter, printer), failed)

    def save(self, what: Leaving, path: Path) -> None:
        """Write to a file: kept at the same moment."""
        self._ask(partial(save_out, leaving=what, path=path), lambda _none: self._saved(path), self._failed)

    def _ask(self, let: Callable[..., T], then: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        self.busy = True
        reporter = Reporter(self)
        reporter.moved.connect(lambda done, total, _what: self.moved.emit(done, total))
        self._office.ask(partial(let, progress=reporter), then, failed, self)

    def _paint(self, pdf: bytes, painter: QPainter, printer: QPrinter) -> None:
        self.busy = False
        self._pane.show_pdf(pdf)
        pages = chosen_pages(printer, self._pane.document.pageCount())
        if paint_pages(painter, printer, self._pane.document, pages):
            self._office.said.emit(f"已送往打印机：{len(pages)} 页")
            self.gone.emit(True)
        else:
            self.withheld.emit(_CUT_SHORT)

    def _saved(self, path: Path) -> None:
        self.busy = False
        self._office.said.emit(f"已保存 {path.name}")
        self.gone.emit(False)

    def _failed(self, error: Exception) -> None:
        self.busy = False
        if isinstance(error, (Refused, StoreTrouble)):
            self.withheld.emit(str(error))
        else:
            self.withheld.emit("")
            self._office.worker.unhandled(error)
