"""The program with a window: starts Qt, opens an office or the welcome page, and goes from one to the other.

What the first picture does not need is loaded when it is needed: the database library takes longer than all the rest.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow

from taizhang import last_office
from taizhang.core.errors import Refused, StoreTrouble
from taizhang.core.kinds_linked import Choice
from taizhang.desk import settings as user_settings, theme
from taizhang.desk.doors import Doors
from taizhang.desk.first_figures import Figures, remembered
from taizhang.desk.language import speak_chinese
from taizhang.desk.main_window import MainWindow
from taizhang.desk.messages import Messages
from taizhang.desk.office import Facts, Office
from taizhang.desk.restoring import ask_target, bring_back, office_of
from taizhang.desk.settings import Settings
from taizhang.desk.window_size import open_at
from taizhang.desk.worker import Threads, Worker
from taizhang.registry import Registry, installed
from taizhang.store.rows import ROOT

if TYPE_CHECKING:
    from taizhang.core.access import Access
    from taizhang.desk.welcome import WelcomePage
    from taizhang.store.keyring import Keyring
    from taizhang.store.store import Store

_PICTURE = 50  # milliseconds in which a window that is shown gets painted


def run(office: Path | None, *, who: str = "", today: date | None = None, registry: Registry | None = None) -> int:
    """Open the window, on `office` if one is named, else on the one opened last; the exit code of the program."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError(app)
    app.setApplicationName("Taizhang")
    app.setApplicationDisplayName("台账")
    speak_chinese(app)
    messages = Messages(datetime.now)
    sys.excepthook = _to(messages)
    worker = Threads(messages.unhandled)
    program = Program(worker, registry or installed(), messages, who=who, today=today)
    program.begin(office or _last())
    code = app.exec()
    worker.close()
    program.end()
    return code


class Program(QObject):
    """Holds the window that is open: the welcome page, or an office."""

    def __init__(
        self,
        worker: Worker,
        registry: Registry,
        messages: Messages,
        *,
        who: str = "",
        today: date | None = None,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__()
        self._worker, self._registry, self._messages = worker, registry, messages
        self._now = now
        self._day: Callable[[], date] | None = (lambda: today) if today else None
        self.settings: Settings = user_settings.load()
        self._who = who or self.settings.who
        self.welcome: WelcomePage | None = None
        self.window: QMainWindow | None = None
        self._next: Callable[[], object] | None = None
        self.dress(self.settings)

    def begin(self, office: Path | None) -> None:
        """Open `office`, or the welcome page when there is none."""
        if office is None:
            self._show_welcome()
        else:
            self.open(office)

    def end(self) -> None:
        """Let go of the last window while Python is still whole."""
        if self.window is not None:
            shiboken6.delete(self.window)
            self.window = None

    def open(self, path: Path) -> None:
        """Open an office file; the welcome page says why when that fails. A backup is first copied to a new file."""
        if made := office_of(path):
            target = ask_target(path, *made, self.window)
            if target is None:
                self.begin(None)
            else:
                bring_back(self._worker, self._registry, path, target, self.open, self._failed)
            return
        opened = partial(_opened, path, self._registry, self._who, self._day)
        if figures := remembered(path, self._registry.ledgers):
            self._show_at_once(path, opened, figures)
        else:
            self._into_office(opened)

    def create(self, name: str, kind: str, path: Path, ring: tuple[Keyring, Access] | None = None) -> None:
        """Make a new office file and open it; with a `ring` of keys it is locked, and its first user is in."""
        from taizhang.store.store import Store

        who = ring[1].who if ring else self._who
        self._into_office(
            lambda: Store.create(path, self._registry, name=name, kind=kind, who=who, today=self._day, ring=ring)
        )

    def try_sample(self) -> None:
        """Make the sample office beside the user's documents and open it; the one made before is opened again."""
        documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        folder = documents / "台账示例"

        def made() -> Path:
            from taizhang import sample

            there = sorted(folder.glob("*.tz"))
            return there[0] if there else sample.make(folder, self._registry)

        self._worker.run(made, self.open, self._failed, self)

    def dress(self, settings: Settings) -> None:
        """Keep the settings and let them take effect."""
        self.settings = settings
        user_settings.save(settings)
        app = QApplication.instance()
        if isinstance(app, QApplication) and app.property("look") != settings.look:  # none yet, at first
            theme.apply(app, settings.look)

    def _into_office(self, opened: Callable[[], Store]) -> None:
        def read() -> tuple[Store, Facts, date]:
            store = opened()
            return store, Facts.of(store), store.today

        def show(found: tuple[Store, Facts, date]) -> None:
            store, facts, today = found
            self._show_office(Office(lambda: store, facts, self._worker), today)

        self._worker.run(read, show, self._failed, self)

    def _show_at_once(self, path: Path, opened: Callable[[], Store], figures: Figures) -> None:
        """Show what the file remembers, then open it; the welcome page says why when that fails."""
        facts = Facts(path, figures.name, ROOT, self._who, False, self._registry.ledgers)
        office = Office(opened, facts, self._worker)
        office.hold()
        office.ask(lambda _store: None, lambda _none: None, self._failed, self)
        self._show_office(office, self._day() if self._day else self._now().date(), figures)
        QTimer.singleShot(_PICTURE, office, office.release)

    def _show_office(self, office: Office, today: date, figures: Figures | None = None) -> None:
        last_office.opened(office.facts.path)
        window = MainWindow(office, today, figures)
        office.setParent(window)
        doors = Doors(window, self.settings, self.dress, self._now)
        window.door.connect(doors.open)
        window.door.connect(self._door)
        window.closed.connect(self._office_closed)
        self._messages.say = office.said.emit
        self._show(window)
        self.welcome = None

    def _door(self, name: str, what: object) -> None:
        if self.window is None:
            return
        if name == "open":
            chosen = what if isinstance(what, Path) else self._choose(self.window)
            if chosen:
                self._go_on_with(lambda: self.open(chosen))
        elif name == "welcome":
            self._go_on_with(self._show_welcome)

    def _go_on_with(self, following: Callable[[], object]) -> None:
        """Close the window that is open, and do this once its file is let go; the program does not end in between."""
        self._next = following
        QApplication.setQuitOnLastWindowClosed(False)
        if self.window is not None:
            self.window.close()

    def _choose(self, window: QMainWindow) -> Path | None:
        chosen, _ = QFileDialog.getOpenFileName(window, "打开单位", "", "台账单位文件 (*.tz);;所有文件 (*)")
        return Path(chosen) if chosen else None

    def _office_closed(self) -> None:
        following, self._next = self._next, None
        if following:
            following()
        elif app := QApplication.instance():
            app.quit()

    def _show_welcome(self) -> None:
        from taizhang.desk.welcome import WelcomePage

        field = self._registry.office_ledger.by_key["kind"]
        kinds = field.codes.labels() if isinstance(field, Choice) else []
        self.welcome = page = WelcomePage(kinds, self._worker, last_office.recent(), self._who)
        page.create_asked.connect(self.create)
        page.open_asked.connect(self.open)
        page.sample_asked.connect(self.try_sample)
        page.forget_asked.connect(self._forget)
        self._messages.say = page.say
        window = QMainWindow()
        window.setWindowTitle("台账")
        window.setCentralWidget(page)
        open_at(window, 1100, 720)
        self._show(window)

    def _forget(self, path: Path) -> None:
        last_office.forget(path)
        if self.welcome:
            self.welcome.set_recent(last_office.recent())

    def _show(self, window: QMainWindow) -> None:
        before, self.window = self.window, window
        self._messages.window = window
        window.show()
        QApplication.setQuitOnLastWindowClosed(True)
        if before is not None:
            before.hide()
            QTimer.singleShot(0, before.deleteLater)

    def _failed(self, error: Exception) -> None:
        if self.welcome is None:
            self._show_welcome()
        if self.welcome and isinstance(error, (Refused, StoreTrouble)):
            self.welcome.say(str(error))
        else:
            self._messages.unhandled(error)


def _opened(path: Path, registry: Registry, who: str, today: Callable[[], date] | None) -> Store:
    from taizhang.store.store import Store

    return Store.open(path, registry, who=who, today=today)


def _last() -> Path | None:
    path = last_office.last()
    return path if path and path.is_file() else None


def _to(messages: Messages) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    def hook(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        messages.unhandled(error)

    return hook
