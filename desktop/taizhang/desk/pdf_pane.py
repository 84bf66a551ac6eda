"""A PDF on the screen: pages below each other, page number, zoom."""

from PySide6.QtCore import QBuffer, QPointF
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QStackedLayout, QWidget

from taizhang.desk.widgets import HIDDEN, button, empty_state, label

_ZOOM_STEP = 1.25
_LEAST_ZOOM, _MOST_ZOOM = 0.2, 5.0


class PdfPane(QWidget):
    """Shows a PDF given as bytes. `pages` and `zooms` are the parts for the bar above it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = QPdfDocument(self)
        self._bytes = QBuffer(self)
        self.view = QPdfView(self)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setDocument(self.document)
        self.view.setAccessibleName("打印预览")
        self.view.setFrameShape(QPdfView.Shape.NoFrame)
        self.pages = label("", "muted")
        fit, whole = QPdfView.ZoomMode.FitToWidth, QPdfView.ZoomMode.FitInView
        self.zooms = (
            button("适合宽度", role="quiet", on=lambda: self.view.setZoomMode(fit)),
            button("整页", role="quiet", on=lambda: self.view.setZoomMode(whole)),
            button("", "minus", role="quiet", tip="缩小", key="Ctrl+-", on=lambda: self._zoom(1 / _ZOOM_STEP)),
            button("", "plus", role="quiet", tip="放大", key="Ctrl+=", on=lambda: self._zoom(_ZOOM_STEP)),
        )
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.view)
        self._pages.addWidget(empty_state(HIDDEN, icon_name="eye-slash"))
        self.view.pageNavigator().currentPageChanged.connect(self._number)

    def show_pdf(self, pdf: bytes) -> None:
        """Show another PDF, at the page that was shown; no bytes show nothing."""
        page = self.view.pageNavigator().currentPage()
        self.document.close()
        self._bytes.close()
        if pdf:
            self._bytes.setData(pdf)
            self._bytes.open(QBuffer.OpenModeFlag.ReadOnly)
            self.document.load(self._bytes)
            if 0 < page < self.document.pageCount():
                self.view.pageNavigator().jump(page, QPointF(), 0)
        self._number()

    def hide_personal(self, masked: bool) -> None:
        """Hide the pages (F9), or show them again."""
        self._pages.setCurrentIndex(int(masked))

    def _number(self) -> None:
        count = self.document.pageCount()
        page = min(self.view.pageNavigator().currentPage() + 1, count)
        self.pages.setText(f"第 {page} 页，共 {count} 页" if count > 0 else "")

    def _zoom(self, factor: float) -> None:
        """Zoom in or out from what is seen now."""
        if self.view.zoomMode() is not QPdfView.ZoomMode.Custom and self.document.pageCount() > 0:
            width = self.document.pagePointSize(0).width() * self.logicalDpiX() / 72
            self.view.setZoomFactor((self.view.viewport().width() - 12) / width)
            self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(min(max(self.view.zoomFactor() * factor, _LEAST_ZOOM), _MOST_ZOOM))
