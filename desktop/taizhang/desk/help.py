"""The help window (F1): pages by task at the left, the page at the right, a search through all of them."""

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from taizhang.desk.help_pages import HelpPage, pages, search
from taizhang.desk.help_style import styled
from taizhang.desk.widgets import GAP, PAD, SearchBox, column, label
from taizhang.desk.window_size import open_at

_KEY = Qt.ItemDataRole.UserRole
_FIRST = "start"


class HelpWindow(QWidget):
    """One window for all help; stays open beside the work."""

    current = ""  # the key of the page that is shown

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("help")
        self.setAutoFillBackground(True)
        self.setWindowTitle("帮助")
        open_at(self, 940, 660)
        self.search_line = SearchBox("在帮助中查找")
        self.list = QListWidget()
        self.list.setObjectName("helpPages")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.empty = label("没有找到。换个说法试试，例如“身份证”“换支部”。", "muted", wrap=True)
        self.empty.hide()
        self.page = QTextBrowser(openLinks=False)
        self._lay_out()
        self.search_line.textChanged.connect(self._refill)
        self.list.currentItemChanged.connect(self._chosen)
        self.page.anchorClicked.connect(self._follow)
        QShortcut(QKeySequence.StandardKey.Find, self, self.search_line.setFocus)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close)
        self._refill("")

    def open_page(self, key: str = _FIRST) -> None:
        """Show the page `key` (`pages()`), the first page when there is none of that key, and bring the window up."""
        self.search_line.clear()
        self._show(pages().get(key) or pages()[_FIRST])
        self.show()
        self.raise_()
        self.activateWindow()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's own name
        """Draw the page anew when type or colours change."""
        super().changeEvent(event)
        kinds = {QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange}
        if event.type() in kinds and self.current:
            self._show(pages()[self.current])

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(GAP)
        layout.addLayout(column(self.search_line, self.list, self.empty), 3)
        layout.addWidget(self.page, 8)
        QWidget.setTabOrder(self.search_line, self.list)

    def _refill(self, text: str) -> None:
        """List the pages that match, with the line that matches."""
        words = text.lower().split()
        self.list.blockSignals(True)
        self.list.clear()
        for page in search(text):
            line = page.excerpt(words) if words else ""
            item = QListWidgetItem(f"{page.title}\n{line}" if line else page.title, self.list)
            item.setData(_KEY, page.key)
        self.list.blockSignals(False)
        self.empty.setVisible(self.list.count() == 0)
        self._mark()
        if words and self.list.count() and self.list.currentItem() is None:
            self.list.setCurrentRow(0)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._show(pages()[item.data(_KEY)])

    def _follow(self, link: QUrl) -> None:
        if link.scheme() == "help":
            self._show(pages().get(link.path()) or pages()[_FIRST])

    def _show(self, page: HelpPage) -> None:
        self.current = page.key
        document = styled(page.markdown)
        document.setParent(self.page)
        self.page.setDocument(document)
        self._mark()
        self._find(document)

    def _mark(self) -> None:
        """Mark the shown page in the list, if the list has it."""
        self.list.blockSignals(True)
        rows = [row for row in range(self.list.count()) if self.list.item(row).data(_KEY) == self.current]
        self.list.setCurrentRow(rows[0] if rows else -1)
        self.list.blockSignals(False)

    def _find(self, document: QTextDocument) -> None:
        """Go to the first of the words that were searched for."""
        words = self.search_line.text().split()
        found = document.find(words[0]) if words else QTextCursor()
        if not found.isNull():
            self.page.setTextCursor(found)
            self.page.ensureCursorVisible()
