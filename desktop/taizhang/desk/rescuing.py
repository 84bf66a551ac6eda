"""The way out of a damaged file: what can still be read goes into a new one, with the password if there was one."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from taizhang.core.access import Access
from taizhang.core.errors import Refused, StoreTrouble
from taizhang.desk.front import WaitPage
from taizhang.desk.save_place import ask_place
from taizhang.desk.tries import Tries
from taizhang.desk.trouble_page import TroublePage
from taizhang.desk.unlock_page import UnlockPage
from taizhang.desk.way import Way, users_in
from taizhang.desk.worker import Worker
from taizhang.registry import Registry
from taizhang.store.connection import is_locked
from taizhang.store.salvage import Salvaged, enter, ring_of, salvage
from taizhang.store.shelf import SUFFIX


class Rescuing(QObject):
    """`page` asks for a page to be shown, `rescued` (Way) for the new file to be opened, `left`: back.

    `failed` carries why nothing could be rescued.
    """

    page = Signal(object)
    rescued = Signal(object)
    failed = Signal(object)
    left = Signal(str)

    def __init__(
        self,
        worker: Worker,
        registry: Registry,
        tries: Tries,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker, self._registry, self._tries, self._now = worker, registry, tries, now

    def begin(self, path: Path, access: Access | None) -> None:
        """Ask for the password where it is needed, then where the new file is to lie."""
        if is_locked(path) and access is None:
            self._ask_password(path)
        elif target := self._ask_target(path):
            self.save(path, access, target)

    def save(self, path: Path, access: Access | None, target: Path) -> None:
        """Write what can still be read of `path` into `target`."""
        self.page.emit(WaitPage("正在抢救能读的内容…"))
        self._worker.run(
            lambda: salvage(path, target, self._registry, access, self._now()),
            partial(self._saved, access),
            self._failed,
            self,
        )

    def _ask_target(self, path: Path) -> Path | None:
        start = path.with_name(f"{path.stem}（{self._now():%Y-%m-%d %H%M} 抢救）{SUFFIX}")
        return ask_place(QApplication.activeWindow(), "抢救出来的内容写成新文件", start)

    def _ask_password(self, path: Path) -> None:
        page = UnlockPage(path, self._tries)
        page.form.given.connect(partial(self._try, path, page))
        page.other.connect(lambda: self.left.emit(""))
        page.without_code()
        self.page.emit(page)

        def users(found: Sequence[tuple[str, str]]) -> None:
            page.form.set_users(found, "")

        self._worker.run(lambda: users_in(ring_of(path)), users, self._failed, page)

    def _try(self, path: Path, page: UnlockPage, name: str, password: str) -> None:
        def came_in(access: Access) -> None:
            self._tries.passed()
            page.form.work(busy=False)
            self.begin(path, access)

        def kept_out(error: Exception) -> None:
            if isinstance(error, Refused):
                page.form.refuse(str(error))
            else:
                self._failed(error)

        self._worker.run(lambda: enter(path, password, name or None), came_in, kept_out, page)

    def _saved(self, access: Access | None, found: Salvaged) -> None:
        page = TroublePage("抢救完了", "\n".join(found.told), icon_name="first-aid-kit")
        opens = partial(self.rescued.emit, Way(found.target, access))
        page.offer("打开抢救出来的文件", opens, "file", "primary").setFocus()
        page.offer("返回", lambda: self.left.emit(""))
        self.page.emit(page)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, (Refused, StoreTrouble)):
            self.failed.emit(error)
        else:
            self.left.emit("")
            self._worker.unhandled(error)
