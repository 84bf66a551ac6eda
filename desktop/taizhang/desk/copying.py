"""What is copied out of a page to the clipboard: written down like everything else that leaves (R-PRIV-02)."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QTableView, QWidget

from taizhang.core.privacy import Profile
from taizhang.desk.office import Office
from taizhang.store.logbook import Happening


class Copies(QObject):
    """Watches over one page of a ledger: its list, its card, its history. What one types oneself is one's own."""

    def __init__(self, page: QWidget, office: Office, title: str) -> None:
        super().__init__(page)
        self._page, self._office, self._title = page, office, title
        QGuiApplication.clipboard().dataChanged.connect(self._changed)

    def _changed(self) -> None:
        copied = QGuiApplication.clipboard().text()
        if copied and copied == self._shown(QApplication.focusWidget()):
            # Lists and cards show what internal lists show: nothing wider can be copied, so nothing is refused.
            self._office.ask(
                lambda store: store.release(Happening.COPY, self._title, Profile.INTERNAL, 1),
                lambda _none: None,
                owner=self,
            )

    def _shown(self, source: QWidget | None) -> str:
        """What copying takes from the part of the page that has the focus."""
        if source is None or not self._page.isAncestorOf(source):
            return ""
        if isinstance(source, QTableView):
            return str(source.currentIndex().data())
        return source.selectedText() if isinstance(source, QLabel) else ""
