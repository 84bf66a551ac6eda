"""The open office as the window sees it: work goes to the file's own thread, news comes back as signals."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from taizhang.core.access import Access, Role
from taizhang.core.errors import Refused
from taizhang.core.ledger import Ledger
from taizhang.desk.worker import Failed, Worker
from taizhang.store.rows import Changes

if TYPE_CHECKING:
    from taizhang.store.store import Store
    from taizhang.store.work import Work

T = TypeVar("T")
_QUOTED = re.compile("“[^”]*”")


@dataclass(frozen=True)
class Facts:
    """What of an office never changes while it is open, read once on the file's thread."""

    path: Path
    name: str
    root: int
    who: str
    read_only: bool
    ledgers: Mapping[str, Ledger]
    role: Role = Role.ADMIN
    locked: bool = False  # whether the office has passwords
    notice: str = ""  # why the file may only be read, for all to see

    @property
    def why_fixed(self) -> str:
        """Why nothing may be changed here, for the tip of what is disabled; empty when it may."""
        if self.read_only:
            return "这个单位以只读方式打开，不能修改"
        return "您的身份是“只读”，不能修改；需要修改请找管理员" if self.role is Role.READER else ""

    @classmethod
    def of(cls, store: "Store", notice: str = "") -> "Facts":
        """Read them off an open store."""
        return cls(
            store.path,
            store.name,
            store.root,
            store.who,
            store.read_only,
            store.ledgers,
            store.access.role,
            store.keys.locked,
            notice,
        )


class _NotOpen(Exception):  # noqa: N818 - it reads as what is so
    """The file could not be opened; whoever asked first has been told why."""


@dataclass(frozen=True)
class Undoable:
    """What 撤销 and 重做 would do now, by title; None when there is nothing."""

    undo: str | None = None
    redo: str | None = None


class Office(QObject):
    """One open office. `changed` carries `Changes`, `said` a line for the status line, `hidden` whether F9 masks."""

    changed = Signal(object)
    said = Signal(str)
    hidden = Signal(bool)
    undoable = Signal(object)
    renamed = Signal(str)

    def __init__(
        self, opened: Callable[[], "Store"], facts: Facts, worker: Worker, parent: QObject | None = None
    ) -> None:
        """`opened` is called once, on the worker's file thread, which alone touches the store: it may take its time."""
        super().__init__(parent)
        self._opened = opened
        self._store: Store | None = None
        self.facts = facts
        self.worker = worker
        self.ledgers = facts.ledgers
        self.can = Undoable()
        self.masked = False
        self.saved = True  # unless the backup on closing failed
        self._closing = False
        self._held: list[Callable[[], None]] | None = None

    def hold(self) -> None:
        """Keep what is asked until `release`: while the file is opened, the window's thread gets half of its time."""
        self._held = []

    def release(self) -> None:
        """Ask what was kept back, in its order."""
        held, self._held = self._held or [], None
        for asked in held:
            asked()

    def ask(
        self,
        fn: Callable[["Store"], T],
        then: Callable[[T], object],
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Ask the store something; `then` gets the answer in the window's thread (see `Worker.run`).

        Once the office is being closed, nothing is asked any more.
        """
        if self._closing:
            return
        complain = failed or self.worker.unhandled

        def missed(error: Exception) -> None:
            if not isinstance(error, _NotOpen):  # that has been said once
                complain(error)

        def asked() -> None:
            self.worker.run(lambda: fn(self._open()), then, missed, owner)

        if self._held is None:
            asked()
        else:
            self._held.append(asked)

    def _open(self) -> "Store":
        opened, self._opened = self._opened, _not_open
        if self._store is None:
            self._store = opened()
        return self._store

    def do(
        self,
        title: str,
        work: Callable[["Work"], object],
        then: Callable[[Changes], object] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Change the office in one step that can be taken back; every page hears of it before `then` is called."""
        self.change(lambda store: store.do(title, work), then, failed)

    def change(
        self,
        fn: Callable[["Store"], Changes],
        then: Callable[[Changes], object] | None = None,
        failed: Failed | None = None,
        line: Callable[[Changes], str] | None = None,
    ) -> None:
        """Change the office by whatever the store offers; `line` says for the status line what happened."""

        def done(changes: Changes) -> None:
            kept = map(self.readable, changes.kept)
            self.said.emit("；".join([line(changes) if line else f"已{self.told(_past(changes))}", *kept]))
            self.changed.emit(changes)
            self.refresh_undo()
            if then:
                then(changes)

        self.ask(fn, done, failed or self._failed, self)

    def undo(self, op: int | None = None) -> None:
        """Take back the last step, or the step `op`."""
        self.change(lambda store: store.undo(op), line=lambda changes: f"已{self.told(changes.title)}")

    def redo(self) -> None:
        """Do again what was taken back last."""
        self.change(lambda store: store.redo(), line=lambda changes: f"已{self.told(changes.title)}")

    def act_as(self, who: str) -> None:
        """Go on under another name: what is done from now on is journalled as theirs.

        Where there are passwords, only they say who one is.
        """

        def rename(store: "Store") -> None:
            store.who = who

        if not self.facts.locked:
            self.facts = replace(self.facts, who=who)
            self.ask(rename, lambda _none: self.renamed.emit(who))

    def hand_on(self, access: Access) -> None:
        """Somebody else of the same role has taken over at the desk, which the log keeps."""

        def take_over(store: "Store") -> None:
            from taizhang.store.logbook import Happening

            before = store.who
            store.act_as(access)
            store.log.note(Happening.KEYS, f"{access.who} 接替 {before}")

        self.facts = replace(self.facts, who=access.who)
        self.ask(take_over, lambda _none: self.renamed.emit(access.who))

    def mask(self, masked: bool) -> None:
        """Hide personal data on the screen (F9), or show it again."""
        self.masked = masked
        self.hidden.emit(masked)
        self.undoable.emit(self.can)

    def told(self, title: str) -> str:
        """The title of a step as it may be read now: behind its colon it may name a person, whom F9 hides."""
        return title.partition("：")[0] if self.masked else title

    def readable(self, text: str) -> str:
        """A sentence as it may be read now: within its quotation marks it may name a person, whom F9 hides."""
        return _QUOTED.sub("“••”", text) if self.masked else text

    def keep(self, key: str, value: object) -> None:
        """Remember something beside the records: a draft, the choice of columns."""
        if not self.facts.read_only:
            self.ask(lambda store: store.keep(key, value), lambda _none: None)

    def heard(self) -> None:
        """Another program has written: whatever is shown may be out of date."""
        self.changed.emit(Changes(0, "", dict.fromkeys(self.ledgers, frozenset[int]())))

    def refresh_undo(self) -> None:
        """Ask anew what 撤销 and 重做 would do."""
        self.ask(lambda store: Undoable(store.undo_title(), store.redo_title()), self._undoable)

    def close(self, then: Callable[[], object]) -> None:
        """Back the file up and let go of it; `then` is called last, also when the backup failed (and said so)."""

        def failed(error: Exception) -> None:
            self.saved = False
            self.worker.unhandled(error)
            then()

        self.ask(lambda store: store.close(), lambda _none: then(), failed)
        self._closing = True

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self.said.emit(self.readable(str(error)))
        else:
            self.worker.unhandled(error)

    def _undoable(self, can: Undoable) -> None:
        self.can = can
        self.undoable.emit(can)


def _not_open() -> "Store":
    """What is asked of an office that could not be opened."""
    raise _NotOpen


def _past(changes: Changes) -> str:
    return changes.title if changes.count <= 1 else f"{changes.title}（{changes.count} 条）"
