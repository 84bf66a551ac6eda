"""The way into an office whose password is forgotten: code, new password, open, new code."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from taizhang.core.access import ROLE_LABELS, Access, Role
from taizhang.core.errors import Refused, StoreTrouble
from taizhang.desk.way import Way, users_of
from taizhang.desk.worker import Worker

if TYPE_CHECKING:
    from taizhang.desk.recover_page import RecoverPage
    from taizhang.store.store import Store


class Recovering(QObject):
    """`page` asks for a page to be shown, `left` (Way) goes back to the password.

    `recovered` carries the Way, the new password's setter (Store -> new recovery code), and what to call with an error.
    """

    page = Signal(object)
    left = Signal(object)
    recovered = Signal(object, object, object)

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker

    def begin(self, way: Way) -> None:
        """Ask for the code."""
        from taizhang.desk.recover_page import RecoverPage

        page = RecoverPage(way.path)
        page.code_given.connect(partial(self._try, way, page))
        page.left.connect(partial(self.left.emit, way))
        self.page.emit(page)

    def _try(self, way: Way, page: RecoverPage, code: str) -> None:
        def come_in() -> tuple[Access, list[str]]:
            from taizhang.store.opening import enter_by_code

            users = users_of(way.path)
            return enter_by_code(way.path, code), [name for name, role in users if role == ROLE_LABELS[Role.ADMIN]]

        def came_in(found: tuple[Access, list[str]]) -> None:
            access, administrators = found
            entered = Way(way.path, access)
            page.password_given.connect(partial(self._open, entered, page))
            page.ask_password(administrators)

        self._worker.run(come_in, came_in, self._said_on(page), page)

    def _open(self, way: Way, page: RecoverPage, name: str, password: str) -> None:
        def renew(store: Store) -> str:
            store.keys.set_password(name, password)
            store.act_as(store.keys.enter(password, name))
            return store.keys.new_code()

        self.recovered.emit(way, renew, self._said_on(page))

    def _said_on(self, page: RecoverPage) -> Callable[[Exception], None]:
        def failed(error: Exception) -> None:
            if isinstance(error, (Refused, StoreTrouble)):
                page.refuse(str(error))
            else:
                self._worker.unhandled(error)

        return failed
