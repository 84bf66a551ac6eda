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
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QWidget

from taizhang import last_office
from taizhang.core.access import Access
from taizhang.core.errors import Refused, StoreTrouble
from taizhang.core.kinds_linked import Choice
from taizhang.desk import settings as user_settings, theme
from taizhang.desk.doors import Doors
from taizhang.desk.entering import Entering
from taizhang.desk.first_figures import Figures
from taizhang.desk.front import FrontWindow, WaitPage, close_dialogs
from taizhang.desk.language import speak_chinese
from taizhang.desk.main_window import MainWindow
from taizhang.desk.messages import Messages
from taizhang.desk.office import Office
from taizhang.desk.opener import Opener
from taizhang.desk.restoring import office_of
from taizhang.desk.save_place import documents
from taizhang.desk.sentry import Sentry
from taizhang.desk.settings import Settings
from taizhang.desk.way import Way, WhileClosed
from taizhang.desk.window_size import open_in_place_of
from taizhang.desk.worker import Failed, Threads, Worker
from taizhang.registry import Registry, installed

if TYPE_CHECKING:
    from taizhang.desk.welcome import WelcomePage
    from taizhang.store.keyring import Keyring
    from taizhang.store.store import Store


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
        self.settings: Settings = user_settings.load()
        self._who = who
        self.welcome: WelcomePage | None = None
        self.window: QMainWindow | None = None
        self.sentry: Sentry | None = None
        self._next: Callable[[], object] | None = None
        self._owed: Exception | None = None
        self._damaged = False  # the open office is, and is being left
        messages.taken = self._leave_damaged
        day = (lambda: today) if today else None
        self._opener = Opener(worker, registry, day, now)
        self.entering = Entering(worker, registry, now, self)
        self.entering.page.connect(self._show_page)
        self.entering.entered.connect(self._enter)
        self.entering.backup.connect(self._bring_back)
        self.entering.left.connect(self._show_welcome)
        self.entering.recovered.connect(self._recovered)
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
        if office_of(path):
            self._bring_back(path)
        else:
            self.entering.enter(Way(path))

    def create(self, name: str, kind: str, path: Path, ring: tuple[Keyring, Access] | None = None) -> None:
        """Make a new office file and open it; with a `ring` of keys it is locked, and its first user is in."""
        self._opener.read(self._opener.created(name, kind, path, ring), "", self._show_office, self._failed, self)

    def try_sample(self) -> None:
        """Make the sample office beside the user's documents and open it; the one made before is opened again."""
        folder = documents() / "台账示例"

        def made() -> Path:
            from taizhang import sample

            there = sorted(folder.glob("*.tz"))
            return there[0] if there else sample.make(folder, self._registry)

        self._worker.run(made, self.open, self._failed, self)

    def dress(self, settings: Settings) -> None:
        """Keep the settings and let them take effect."""
        self.settings = settings
        self._opener.who = self._who or settings.who
        user_settings.save(settings)
        app = QApplication.instance()
        if isinstance(app, QApplication) and app.property("look") != settings.look:  # none yet, at first
            theme.apply(app, settings.look)

    def _bring_back(self, backup: Path) -> None:
        """Show what is in a backup, and open the new file that is made of it."""
        from taizhang.desk.restore_dialog import RestoreDialog

        if self.window is None or not self.window.isVisible():
            self._show_welcome()
        dialog = RestoreDialog(None, backup, self.window, worker=self._worker, registry=self._registry)
        dialog.restored.connect(self.open)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # -- into an office ------------------------------------------------------------------------------------------------

    def _enter(self, way: Way, figures: Figures | None) -> None:
        """Open an office; what it remembers of its first page is shown before."""
        failed = partial(self._not_entered, way)
        if figures:
            office, today = self._opener.at_once(way, figures, failed, self)
            self._show_office(office, today, figures, said=way.said)
        else:
            show = partial(self._show_office, said=way.said)
            self._opener.read(self._opener.opened(way), way.notice, show, failed, self)

    def _not_entered(self, way: Way, error: Exception) -> None:
        if not self.entering.failed(way, error):
            self._failed(error)

    def _recovered(self, way: Way, renew: Callable[[Store], str], failed: Failed) -> None:
        """Open the office by its recovery code, give it a new password and a new code, which goes on paper."""
        code: list[str] = []

        def renewed(office: Office, today: date) -> None:
            self._show_office(office, today)
            self._show_code(office, code[0])

        self._opener.read(self._opener.renewed(way, renew, code), "", renewed, failed, self)

    def _show_code(self, office: Office, code: str) -> None:
        from taizhang.desk.recovery_sheet_dialog import RecoveryCodeDialog

        dialog = RecoveryCodeDialog(office.facts.name, code, self._now, self.window, final=True)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # -- an open office ------------------------------------------------------------------------------------------------

    def _show_office(self, office: Office, today: date, figures: Figures | None = None, *, said: str = "") -> None:
        last_office.opened(office.facts.path)
        window = MainWindow(office, today, figures)
        office.setParent(window)
        doors = Doors(window, self.settings, self.dress, self._now)
        window.door.connect(doors.open)
        window.door.connect(self._door)
        window.closed.connect(self._office_closed)
        self.sentry = sentry = Sentry(window, self.settings, self.entering.tries(office.facts.path))
        sentry.left.connect(self._leave)
        sentry.handed_on.connect(lambda access: self._go_on_with(partial(self.entering.enter, self._way(access))))
        self._messages.say = office.said.emit
        self._show(window)
        self.welcome = None
        if said:
            office.said.emit(said)
        owed, self._owed = self._owed, None
        if owed:
            self._messages.unhandled(owed)

    def _door(self, name: str, what: object) -> None:
        if self.window is None:
            return
        if name == "open":
            chosen = what if isinstance(what, Path) else self._choose(self.window)
            if isinstance(self.window, MainWindow) and chosen == self.window.office.facts.path:
                self._open_again(self.window.office)
            elif chosen:
                self._go_on_with(lambda: self.open(chosen))
        elif name == "welcome":
            self._go_on_with(self._show_welcome)
        elif name == "lock" and self.sentry is not None:
            self.sentry.lock()
        elif name == "while_closed" and isinstance(self.window, MainWindow) and callable(what):
            office, work = self.window.office, what
            office.ask(lambda store: store.access, lambda access: self._close_for(office, access, work))

    def _open_again(self, office: Office) -> None:
        """Open the office anew, as whom it is open for: it may only have been looked at so far."""

        def again(access: Access) -> None:
            way = Way(office.facts.path, access if office.facts.locked else None)
            self._go_on_with(partial(self.entering.enter, way))

        office.ask(lambda store: store.access, again)

    def _way(self, access: Access | None) -> Way:
        """How the open office is entered again."""
        if not isinstance(self.window, MainWindow):
            raise TypeError(self.window)
        facts = self.window.office.facts
        return Way(facts.path, access, facts.read_only, facts.notice)

    def _close_for(self, office: Office, before: Access, work: Callable[[Path], Access | None]) -> None:
        """Work on a file that nobody has open, then open it again, with the keys that the work gave it."""
        path, as_before = office.facts.path, Way(office.facts.path, before if office.facts.locked else None)
        said = work.said if isinstance(work, WhileClosed) else ""

        def failed(error: Exception) -> None:
            self._owed = error  # said when there is a window again
            self.entering.enter(as_before)

        def closed() -> None:
            if not office.saved:  # no backup, no such work
                self.entering.enter(as_before)
                return
            self._show_page(WaitPage("正在处理这个单位的文件…"))
            done = partial(Way, path, said=said)
            self._worker.run(lambda: work(path), lambda after: self.entering.enter(done(after)), failed, self)

        self._go_on_with(closed)

    def _leave_damaged(self, error: StoreTrouble) -> bool:
        """Whether the open office is damaged: it is left for the page that knows the backups and the rescue."""
        from taizhang.store.trouble import Damaged

        if not isinstance(error, Damaged) or not isinstance(self.window, MainWindow):
            return False
        if not self._damaged:
            self._damaged = True
            office = self.window.office

            def closed(access: Access) -> None:
                self._damaged = False
                self.entering.failed(Way(office.facts.path, access if office.facts.locked else None), error)

            office.ask(lambda store: store.access, lambda access: self._go_on_with(partial(closed, access)))
        return True

    def _go_on_with(self, following: Callable[[], object]) -> None:
        """Close the window that is open, and do this once its file is let go; the program does not end in between."""
        self._next = following
        QApplication.setQuitOnLastWindowClosed(False)
        self._leave()

    def _leave(self) -> None:
        """Close the window that is open, whatever dialogs stand before it."""
        close_dialogs()
        if self.window is not None:
            self.window.close()

    def _choose(self, window: QMainWindow) -> Path | None:
        chosen, _ = QFileDialog.getOpenFileName(window, "打开单位", "", "台账单位文件 (*.tz);;所有文件 (*)")
        return Path(chosen) if chosen else None

    def _office_closed(self) -> None:
        from taizhang.desk.cover import forget_copies

        forget_copies()
        following, self._next = self._next, None
        if following:
            following()
        elif app := QApplication.instance():
            app.quit()

    # -- pages, and the window they are in -----------------------------------------------------------------------------

    def _show_welcome(self, said: str = "") -> None:
        from taizhang.desk.welcome import WelcomePage

        field = self._registry.office_ledger.by_key["kind"]
        kinds = field.codes.labels() if isinstance(field, Choice) else []
        page = WelcomePage(kinds, self._worker, last_office.recent(), self._opener.who)
        page.create_asked.connect(self.create)
        page.open_asked.connect(self.open)
        page.sample_asked.connect(self.try_sample)
        page.forget_asked.connect(self._forget)
        self.welcome = page
        self._show_page(page)
        self._messages.say = page.say
        page.say(said)

    def _forget(self, path: Path) -> None:
        last_office.forget(path)
        if self.welcome:
            self.welcome.set_recent(last_office.recent())

    def _show_page(self, page: QWidget) -> None:
        """Show a page while no office is open."""
        self._messages.say = lambda _text: None
        self.sentry = None
        if page is not self.welcome:
            self.welcome = None
        if isinstance(self.window, FrontWindow):
            self.window.show_page(page)
        else:
            window = FrontWindow()
            window.show_page(page)
            self._show(window)

    def _show(self, window: QMainWindow) -> None:
        before, self.window = self.window, window
        self._messages.window = window
        if before is not None:
            open_in_place_of(window, before)
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


def _last() -> Path | None:
    path = last_office.last()
    return path if path and path.is_file() else None


def _to(messages: Messages) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    def hook(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        messages.unhandled(error)

    return hook
