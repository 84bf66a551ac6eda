"""From the very PDF that was previewed to the printer: its pages as pictures at the printer's own resolution."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

_FINEST = 600  # dots an inch; finer costs memory and shows on no paper
REFUSED = "打印机没有接受，什么也没有打印。请检查打印机是否开机、有纸，再试一次。"
_BAND = 512  # dots; a page is drawn in bands, so that A3 needs no more memory than A5


def printers() -> list[str]:
    """The printers of this computer, the usual one first."""
    usual = QPrinterInfo.defaultPrinterName()
    names = QPrinterInfo.availablePrinterNames()
    return [*([usual] if usual in names else []), *(name for name in names if name != usual)]


def ask_printer(parent: QWidget, document: QPdfDocument, name: str = "") -> QPrinter | None:
    """Ask for copies and pages in the system's own dialog, the printer `name` chosen; None: it is not to be printed."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if name:
        printer.setPrinterName(name)
    prepare(printer, document)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, document.pageCount())
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


def prepare(printer: QPrinter, document: QPdfDocument) -> None:
    """Set the printer to the paper of the document, edge to edge: the margins are in the PDF."""
    points = document.pagePointSize(0)
    portrait = QSizeF(min(points.width(), points.height()), max(points.width(), points.height()))
    turned = points.width() > points.height()
    printer.setResolution(min(printer.resolution(), _FINEST))
    printer.setFullPage(True)
    size = QPageSize(portrait, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    printer.setPageSize(size)
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait)


def print_pages(printer: QPrinter, document: QPdfDocument, pages: Sequence[int]) -> bool:
    """Print these pages, counted from 0; False when the printer did not take them."""
    painter = start(printer)
    return painter is not None and paint_pages(painter, printer, document, pages)


def start(printer: QPrinter) -> QPainter | None:
    """Begin to print; None when the printer does not take anything."""
    painter = QPainter()
    return painter if painter.begin(printer) else None


def paint_pages(painter: QPainter, printer: QPrinter, document: QPdfDocument, pages: Sequence[int]) -> bool:
    """Print these pages, counted from 0, and be done; False when the printer did not take them all."""
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    for number, page in enumerate(pages):
        if number and not printer.newPage():
            painter.end()
            return False
        _page(painter, printer, document, page)
    return painter.end()


def chosen_pages(printer: QPrinter, count: int) -> range:
    """The pages that the print dialog asks for, counted from 0."""
    first, last = printer.fromPage(), printer.toPage()
    return range(first - 1, min(last, count)) if first else range(count)


def _page(painter: QPainter, printer: QPrinter, document: QPdfDocument, page: int) -> None:
    points = document.pagePointSize(page)
    dots = printer.resolution() / 72
    size = QSize(round(points.width() * dots), round(points.height() * dots))
    for top in range(0, size.height(), _BAND):
        band = QRect(0, top, size.width(), min(_BAND, size.height() - top))
        options = QPdfDocumentRenderOptions()
        options.setScaledSize(size)
        options.setScaledClipRect(band)
        painter.drawImage(band.topLeft(), _opaque(document.render(page, band.size(), options)))


def _opaque(picture: QImage) -> QImage:
    """The picture on white: many printer drivers draw what is transparent slowly, or black."""
    white = QImage(picture.size(), QImage.Format.Format_RGB32)
    white.fill(Qt.GlobalColor.white)
    painter = QPainter(white)
    painter.drawImage(0, 0, picture)
    painter.end()
    return white
