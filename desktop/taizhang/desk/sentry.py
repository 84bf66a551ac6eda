"""Stays at the desk when nobody does: hides what is personal, locks, backs up, and looks what others have written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from taizhang import last_office
from taizhang.core.access import Access
from taizhang.core.errors import StoreTrouble
from taizhang.desk.idle import Idle
from taizhang.desk.main_window import MainWindow
from taizhang.desk.settings import Settings
from taizhang.desk.tries import Tries

if TYPE_CHECKING:
    from taizhang.desk.lock_screen import LockScreen

_LOOK, _LISTEN = 5000, 3000  # milliseconds between two looks
_MINUTE = 60  # seconds
_BACKUP = 4 * 60 * _MINUTE


class Sentry(QObject):
    """One for a window. `left`: the program is to be closed; `handed_on` (Access): to one who may do other things."""

    left = Signal()
    handed_on = Signal(object)

    def __init__(self, window: MainWindow, settings: Settings, tries: Tries, idle: Idle | None = None) -> None:
        """`settings` are those that the user may change at any time."""
        super().__init__(window)
        self._window, self._office, self._settings, self._tries = window, window.office, settings, tries
        self.idle = idle or Idle(self)
        self._hidden = False  # by us, and not by F9
        self._written = 0
        self._screen: LockScreen | None = None
        self.idle.lock_asked.connect(self.lock)
        self._office.hidden.connect(self._unhidden)
        self._timer = QTimer(self, interval=_LOOK)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self._saved = self.idle.now()
        if self._office.facts.read_only:
            self._listening = QTimer(self, interval=_LISTEN)
            self._listening.timeout.connect(self._listen)
            self._listening.start()

    @property
    def locked(self) -> bool:
        """Whether the screen is locked."""
        return self._screen is not None and self._screen.locked

    @property
    def screen(self) -> LockScreen:
        """The locked screen of this window."""
        if self._screen is None:
            from taizhang.desk.lock_screen import LockScreen

            self._screen = LockScreen(self._window, self._office, self._tries)
            self._screen.entered.connect(self._entered)
            self._screen.leaving.connect(self.left.emit)
        return self._screen

    def lock(self) -> None:
        """Lock the screen (Ctrl+L); without a password, hide at least what F9 hides."""
        if self._office.facts.locked:
            self.screen.lock()
        else:
            self._hide("这个单位没有密码，锁不住屏幕；已遮盖个人信息，按 F9 显示。密码在“设置”里设。")

    def look(self) -> None:
        """What is due by now."""
        if self.locked:
            return
        idle, settings = self.idle.seconds(), self._settings
        if self._office.facts.locked and _due(settings.lock_after, idle):
            self.lock()
        elif not self._office.masked and _due(settings.mask_after, idle):
            self._hide(f"{settings.mask_after} 分钟没有操作，已遮盖个人信息，按 F9 显示。")
        if idle >= _MINUTE and self.idle.now() - self._saved >= _BACKUP:
            self._saved = self.idle.now()
            self._office.ask(lambda store: store.safeguard(), lambda _made: self._window.status.refresh(), owner=self)

    def _hide(self, said: str) -> None:
        self._office.mask(masked=True)
        self._hidden = True
        self._office.said.emit(said)

    def _unhidden(self, masked: bool) -> None:
        if not masked:
            self._hidden = False

    def _entered(self, access: Access) -> None:
        """Somebody has come back: the same as before, another in their place, or one who may do more or less."""
        facts = self._office.facts
        self.idle.touch()
        last_office.entered(facts.path, access.who)
        if access.role is not facts.role:
            self.screen.give_way()  # nothing is shown until the pages are made anew for other eyes
            self.handed_on.emit(access)
            return
        self.screen.unlock()
        if self._hidden:
            self._office.mask(masked=False)
        if access.who != facts.who:
            self._office.hand_on(access)
            self._office.said.emit(f"现在由{access.who}使用，改动记在{access.who}名下。")

    def _listen(self) -> None:
        self._office.ask(lambda store: store.written_elsewhere(), self._heard, self._deaf, self)

    def _heard(self, times: int) -> None:
        if times != self._written:
            self._written = times
            self._office.heard()

    def _deaf(self, error: Exception) -> None:
        self._listening.stop()
        self._office.said.emit(str(error) if isinstance(error, StoreTrouble) else "不能再自动更新，请按 F5。")


def _due(minutes: int, idle: float) -> bool:
    """Whether nobody has been there for so long; 0: never."""
    return bool(minutes) and idle >= minutes * _MINUTE
