"""From a file to an open office: the password, who else has it open, what is damaged, and the ways on."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from taizhang import last_office
from taizhang.core.errors import Refused, StoreTrouble
from taizhang.desk.first_figures import Figures, remembered
from taizhang.desk.tries import Tries
from taizhang.desk.way import Way, users_of
from taizhang.desk.worker import Worker
from taizhang.registry import Registry
from taizhang.store.connection import is_held, is_locked
from taizhang.store.shelf import list_backups

if TYPE_CHECKING:
    from taizhang.desk.unlock_page import UnlockPage

_PICTURE = 50  # milliseconds in which a page that is shown gets painted
_FIXED = "只读：这个文件或它所在的磁盘不能写入。可以查看，不能修改；要修改，请复制到本机硬盘后再打开。"
_TAKEN = "只读：{}正在使用这个单位。可以查看，不能修改；对方的改动会自动显示在这里。"


class Entering(QObject):
    """`page` asks for a page to be shown, `entered` (Way, Figures or None) for an office to be opened.

    `recovered`: by its recovery code (see `Recovering`); `left`: back to the welcome page, with a sentence;
    `backup` (Path): a backup is to be brought back.
    """

    page = Signal(object)
    entered = Signal(object, object)
    recovered = Signal(object, object, object)
    left = Signal(str)
    backup = Signal(object)

    def __init__(
        self, worker: Worker, registry: Registry, now: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._worker, self._registry, self._now = worker, registry, now
        self._tries: dict[Path, Tries] = {}

    def tries(self, path: Path) -> Tries:
        """The wrong passwords for this office so far."""
        return self._tries.setdefault(path, Tries())

    def enter(self, way: Way) -> None:
        """Open an office; one with a password asks for it first."""
        if way.access is None and is_locked(way.path):
            self._ask_password(way)
        else:
            self._go_in(way, self._glance(way))

    def failed(self, way: Way, error: Exception) -> bool:
        """Say why an office cannot be opened, with what can be done; False when that is not known here."""
        from taizhang.store.holder import InUse
        from taizhang.store.opening import Locked
        from taizhang.store.trouble import Damaged, Unwritable

        backups = list_backups(way.path)
        if isinstance(error, Locked):
            self._ask_password(way)
        elif isinstance(error, InUse):
            self._in_use(way, error)
        elif isinstance(error, Unwritable) and not way.read_only:
            self._go_in(replace(way, read_only=True, notice=_FIXED), None)
        elif isinstance(error, Damaged) and not way.path.exists():
            self.left.emit(f"找不到台账文件“{way.path.name}”；请检查它是否被移动或 U 盘是否接好。")
        elif isinstance(error, Damaged) or (isinstance(error, StoreTrouble) and backups):
            self._trouble(way, error, salvable=isinstance(error, Damaged))
        else:
            return False
        return True

    # -- the password --------------------------------------------------------------------------------------------------

    def _ask_password(self, way: Way) -> None:
        from taizhang.desk.unlock_page import UnlockPage

        path = way.path
        page = UnlockPage(path, self.tries(path))
        page.form.given.connect(partial(self._try, way, page))
        page.forgot.connect(partial(self._recover, way))
        page.other.connect(partial(self.left.emit, ""))
        self.page.emit(page)

        def users(found: Sequence[tuple[str, str]]) -> None:
            page.form.set_users(found, last_office.last_user(path))

        QTimer.singleShot(
            _PICTURE, page, lambda: self._worker.run(partial(users_of, path), users, self._or_say(way), page)
        )
        # Whoever types a password takes longer than the libraries that open the file after it.
        QTimer.singleShot(_PICTURE, page, lambda: self._worker.run(_prepare, lambda _none: None, owner=page))

    def _try(self, way: Way, page: UnlockPage, name: str, password: str) -> None:
        def come_in() -> tuple[Way, Figures | None]:
            from taizhang.store.opening import enter

            entered = replace(way, access=enter(way.path, password, name or None))
            return entered, self._glance(entered)

        def came_in(found: tuple[Way, Figures | None]) -> None:
            entered, figures = found
            self.tries(way.path).passed()
            if entered.access:
                last_office.entered(way.path, entered.access.who)
            self._go_in(entered, figures)

        def kept_out(error: Exception) -> None:
            if isinstance(error, Refused):
                page.form.refuse(str(error))
            elif not self.failed(way, error) and not page.form.trouble(error):
                self._worker.unhandled(error)

        self._worker.run(come_in, came_in, kept_out, page)

    def _recover(self, way: Way) -> None:
        from taizhang.desk.recovering import Recovering

        recovering = Recovering(self._worker, self)
        recovering.page.connect(self.page.emit)
        recovering.left.connect(self.enter)
        recovering.recovered.connect(self.recovered.emit)
        recovering.begin(way)

    # -- trouble -------------------------------------------------------------------------------------------------------

    def _in_use(self, way: Way, error: StoreTrouble) -> None:
        from taizhang.desk.trouble_page import TroublePage

        by = getattr(error, "by", "")
        page = TroublePage(f"{way.path.stem}：正在使用中", str(error), icon_name="users")
        look = replace(way, read_only=True, notice=_TAKEN.format(by))
        page.offer("只读打开", lambda: self.enter(look), "eye", "primary").setFocus()
        page.offer("再试一次", lambda: self.enter(way), "arrow-clockwise")
        page.offer("返回", partial(self.left.emit, ""))
        self.page.emit(page)

    def _trouble(self, way: Way, error: Exception, *, salvable: bool) -> None:
        from taizhang.desk.trouble_page import TroublePage

        backups = list_backups(way.path)
        page = TroublePage(f"{way.path.stem}：打不开", str(error), backups)
        page.backup.connect(self.backup.emit)
        if salvable:
            page.offer("抢救能读的内容…", partial(self._rescue, way), "first-aid-kit")
        else:
            page.offer("再试一次", lambda: self.enter(way), "arrow-clockwise")
        page.offer("返回", partial(self.left.emit, ""))
        self.page.emit(page)

    def _rescue(self, way: Way) -> None:
        from taizhang.desk.rescuing import Rescuing

        rescuing = Rescuing(self._worker, self._registry, self.tries(way.path), self._now, self)
        rescuing.page.connect(self.page.emit)
        rescuing.rescued.connect(self.enter)
        rescuing.failed.connect(lambda error: self._trouble(way, error, salvable=False))
        rescuing.left.connect(self.left.emit)
        rescuing.begin(way.path, way.access)

    # ------------------------------------------------------------------------------------------------------------------

    def _go_in(self, way: Way, figures: Figures | None) -> None:
        self.entered.emit(way, figures)

    def _glance(self, way: Way) -> Figures | None:
        """What the file remembers, where nothing speaks against its being opened."""
        if not way.read_only and (not os.access(way.path, os.W_OK) or is_held(way.path)):
            return None
        return remembered(way.path, self._registry.ledgers, way.access.key if way.access else None)

    def _or_say(self, way: Way) -> Callable[[Exception], None]:
        def failed(error: Exception) -> None:
            if not self.failed(way, error):
                self._worker.unhandled(error)

        return failed


def _prepare() -> None:
    """Load what opening a file takes."""
    import taizhang.store.store  # noqa: F401
