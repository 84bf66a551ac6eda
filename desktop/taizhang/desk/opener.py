"""Opens office files on their thread: as whom, as of which day; at once where the file remembers its first page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from taizhang.core.access import Access, Role
from taizhang.desk.first_figures import Figures
from taizhang.desk.office import Facts, Office
from taizhang.desk.way import Way
from taizhang.desk.worker import Failed, Worker
from taizhang.registry import Registry
from taizhang.store.rows import ROOT

if TYPE_CHECKING:
    from taizhang.store.keyring import Keyring
    from taizhang.store.store import Store

_PICTURE = 50  # milliseconds in which a window that is shown gets painted


class Opener:
    """`who` is the name for offices without passwords, `today` a day other than that of the clock."""

    who = ""

    def __init__(
        self,
        worker: Worker,
        registry: Registry,
        today: Callable[[], date] | None,
        now: Callable[[], datetime],
    ) -> None:
        self._worker, self._registry, self._today, self._now = worker, registry, today, now

    def opened(self, way: Way) -> Callable[[], Store]:
        """What opens an office, to be called on the file's thread."""
        access, who = way.access, way.access.who if way.access else self.who

        def opened() -> Store:
            from taizhang.store.store import Store

            return Store.open(
                way.path, self._registry, who=who, today=self._today, read_only=way.read_only, access=access
            )

        return opened

    def created(self, name: str, kind: str, path: Path, ring: tuple[Keyring, Access] | None) -> Callable[[], Store]:
        """What makes a new office; with a `ring` of keys it is locked, and its first user is in."""
        who = ring[1].who if ring else self.who

        def created() -> Store:
            from taizhang.store.store import Store

            return Store.create(path, self._registry, name=name, kind=kind, who=who, today=self._today, ring=ring)

        return created

    def renewed(self, way: Way, renew: Callable[[Store], str], code: list[str]) -> Callable[[], Store]:
        """What opens an office and renews its keys; `code` gets the new recovery code."""
        opened = self.opened(way)

        def renewed() -> Store:
            store = opened()
            try:
                code.append(renew(store))
            except BaseException:
                store.close(with_backup=False)
                raise
            return store

        return renewed

    def read(
        self,
        opened: Callable[[], Store],
        notice: str,
        then: Callable[[Office, date], object],
        failed: Failed,
        owner: QObject,
    ) -> None:
        """Open, and hand on what has been read."""

        def read() -> tuple[Store, Facts, date]:
            store = opened()
            return store, Facts.of(store, notice), store.today

        def done(found: tuple[Store, Facts, date]) -> None:
            store, facts, today = found
            then(Office(lambda: store, facts, self._worker), today)

        self._worker.run(read, done, failed, owner)

    def at_once(self, way: Way, figures: Figures, failed: Failed, owner: QObject) -> tuple[Office, date]:
        """An office as its file remembers it, which is opened behind the window that shows it."""
        access = way.access or Access(self.who, Role.ADMIN)
        facts = Facts(
            way.path,
            figures.name,
            ROOT,
            access.who,
            way.read_only,
            self._registry.ledgers,
            access.role,
            access.key is not None,
            way.notice,
        )
        office = Office(self.opened(way), facts, self._worker)
        office.hold()
        office.ask(lambda _store: None, lambda _none: None, failed, owner)
        QTimer.singleShot(_PICTURE, office, office.release)
        return office, self._today() if self._today else self._now().date()
