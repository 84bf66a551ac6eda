"""The window of an open office: navigation, one page for each ledger, the status line, and the keys."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from taizhang.desk.first_figures import Figures
from taizhang.desk.first_page import FirstPage
from taizhang.desk.nav import Navigation
from taizhang.desk.office import Office, Undoable
from taizhang.desk.page import Page
from taizhang.desk.statusline import StatusLine
from taizhang.desk.widgets import PAD, Banner
from taizhang.desk.window_size import open_at
from taizhang.store.query import Query

if TYPE_CHECKING:
    from taizhang.desk.ledger_page import LedgerPage

_BAR_KEYS = {"Ctrl+N": "add", "Ctrl+P": "print", "Ctrl+I": "import", "Ctrl+E": "export", "Ctrl+Z": "undo"}


class MainWindow(QMainWindow):
    """One open office. `door` carries (name, what): what only the program can open; `closed`: the file is let go."""

    door = Signal(str, object)
    closed = Signal()

    def __init__(self, office: Office, today: date, figures: Figures | None = None) -> None:
        """`figures` are what the file remembers for its first page."""
        super().__init__()
        self.office = office
        self._today = today
        self._letting_go = self._gone = False
        self.setWindowTitle("台账")
        self.setMinimumSize(960, 560)
        open_at(self, 1366, 768)
        self.navigation = Navigation(office.facts.name, office.ledgers.values())
        self._figures = figures
        self.pages: dict[str, Page] = {}
        self.lists: dict[str, LedgerPage] = {}
        self.stack = QStackedWidget()
        self.status = StatusLine(office)
        self.status.asked.connect(self.door.emit)
        self._lay_out()
        self._keys()
        self.navigation.chosen.connect(self.open_page)
        self.navigation.asked.connect(lambda name: self.door.emit(name, self.page.help_page))
        office.undoable.connect(self._undoable)
        self.open_page("first")
        office.refresh_undo()

    @property
    def page(self) -> Page:
        """The page in sight."""
        return next(page for page in self.pages.values() if page is self.stack.currentWidget())

    def open_page(self, name: str) -> None:
        """Bring a page into sight; it is made when it is first opened."""
        page = self.pages.get(name) or self._make(name)
        self.stack.setCurrentWidget(page)
        self.navigation.mark(name)
        self._undoable(self.office.can)
        page.shown()
        page.setFocus()

    def open_query(self, query: Query) -> None:
        """Show the records behind a number."""
        self.open_page(query.ledger)
        self.lists[query.ledger].show_query(query)

    def open_records(self, ledger: str, rids: Sequence[int]) -> None:
        """Show these records of a ledger."""
        self.open_page(ledger)
        self.lists[ledger].show_records(rids)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Ask nothing and lose nothing: drafts are kept, the file is backed up, then the window goes."""
        if self._gone:
            event.accept()
            return
        event.ignore()
        if not self._letting_go:
            self._letting_go = True
            for page in self.lists.values():
                page.keep_draft()
            self.status.say("正在备份并关闭…")
            self.setEnabled(False)
            self.office.close(self._let_go)

    def _let_go(self) -> None:
        self._gone = True
        self.close()
        self.closed.emit()

    def _make(self, name: str) -> Page:
        page: Page
        if name == "first":
            first = page = FirstPage(self.office, self._figures)
            first.query.connect(self.open_query)
            first.page.connect(self.open_page)
            first.record.connect(lambda ledger, rid: self.open_records(ledger, [rid]))
            first.records.connect(self.open_records)
            first.due.connect(self.navigation.show_due)
            self.navigation.show_due(first.badges)
        else:
            # The lists bring much with them that the first page does not wait for.
            from taizhang.desk.ledger_page import LedgerPage

            listed = page = self.lists[name] = LedgerPage(self.office.ledgers[name], self.office, self._today)
            listed.asked.connect(lambda asked: self.door.emit(asked.action, asked))
            listed.opened.connect(self.open_records)
        self.pages[name] = page
        self.stack.addWidget(page)
        return page

    def _undoable(self, can: Undoable) -> None:
        fixed = self.office.facts.why_fixed
        tip = f"撤销：{self.office.told(can.undo)}（Ctrl+Z）" if can.undo else "没有可以撤销的操作"
        self.page.bar.enable("undo", enabled=can.undo is not None and not fixed, tip=fixed or tip)
        for name in ("add", "more", "import"):
            self.page.bar.enable(name, enabled=not fixed, tip=fixed)

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _keys(self) -> None:
        acts: dict[str, Callable[[], object]] = {key: partial(self._press, name) for key, name in _BAR_KEYS.items()}
        acts |= {
            "Ctrl+Shift+Z": self.office.redo,
            "Ctrl+Y": self.office.redo,
            "Ctrl+F": self._find,
            "F5": self._refresh,
            "F9": lambda: self.office.mask(not self.office.masked),
            "F1": lambda: self.door.emit("help", self.page.help_page),
            "Ctrl+,": lambda: self.door.emit("settings", None),
            "Ctrl+O": lambda: self.door.emit("open", None),
            "Ctrl+L": lambda: self.door.emit("lock", None),
            "Ctrl+Shift+P": self._ask_form,
            "Ctrl+B": lambda: self.door.emit("stick", None),
        }
        for number, name in enumerate(["first", *self.office.ledgers][:9], 1):
            acts[f"Ctrl+{number}"] = partial(self.open_page, name)
        for key, act in acts.items():
            QShortcut(QKeySequence(key), self).activated.connect(act)

    def _press(self, name: str) -> None:
        self.page.bar.press(name)

    def _ask_form(self) -> None:
        if listed := self.lists.get(self.page.name):
            listed.ask_form()

    def _find(self) -> None:
        self.page.bar.search.setFocus()
        self.page.bar.search.selectAll()

    def _refresh(self) -> None:
        self.page.refresh()

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        if notice := self.office.facts.notice:
            right.addLayout(self._banner(notice))
        right.addWidget(self.stack, 1)
        right.addWidget(self.status)
        whole = QWidget()
        layout = QHBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.navigation)
        layout.addLayout(right, 1)
        self.setCentralWidget(whole)

    def _banner(self, notice: str) -> QVBoxLayout:
        """Why the office may only be read, and how to try again."""
        banner = Banner(notice, "warning")
        banner.offer("再试一次", lambda: self.door.emit("open", self.office.facts.path))
        around = QVBoxLayout()
        around.setContentsMargins(PAD, 10, PAD, 0)
        around.addWidget(banner)
        return around
