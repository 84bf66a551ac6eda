"""An open office file: the one way to write, what leaves it, and how it is opened and closed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from taizhang.core.access import Access, Role, must
from taizhang.core.check import check
from taizhang.core.collecting import uncollected
from taizhang.core.errors import Refused, StoreTrouble
from taizhang.core.ids import Ids
from taizhang.core.ledger import Ledger
from taizhang.core.privacy import Profile
from taizhang.store import backup, integrity, journal
from taizhang.store.database import Database
from taizhang.store.erasure import Erasure, drop_backups, old_backups, sweep
from taizhang.store.holdings import Holdings
from taizhang.store.keyring import Keyring
from taizhang.store.keys import Keys
from taizhang.store.logbook import Happening, Logbook
from taizhang.store.opening import Facts, Ledgers, create_file, discard, open_file
from taizhang.store.papers import Papers, refuse_printed
from taizhang.store.query import Query
from taizhang.store.questions import Questions
from taizhang.store.records import Records
from taizhang.store.rows import ROOT, Changes
from taizhang.store.schema import Schema
from taizhang.store.shelf import list_backups
from taizhang.store.undoing import Undoing, net
from taizhang.store.work import Work


def _now() -> datetime:
    return datetime.now()  # noqa: DTZ005 - an office lives in one time zone and reads its own wall clock


class Store(Questions):
    """One office file, open; used from one thread."""

    def __init__(
        self,
        database: Database,
        schema: Schema,
        registry: Ledgers,
        facts: Facts,
        who: str,
        clock: Callable[[], datetime],
        today: Callable[[], date] | None,
        access: Access | None,
    ) -> None:
        """Use `create` or `open`."""
        self._today = today or (lambda: clock().date())
        records = Records(database, schema, registry.ledgers)
        super().__init__(database, records, self._today, lambda: self.access.role)
        self.path = database.path
        self.ledgers = registry.ledgers
        self.read_only = database.read_only
        access = access or Access(who, Role.ADMIN)
        self.who = who or access.who
        self.log = Logbook(database, schema, self._enterer, clock, facts.owner.hex())
        self.keys = Keys(database, access, self.log)
        self.papers = Papers(database, schema, lambda: self.access.role)
        self.holdings = Holdings(database, schema)
        self._schema = schema
        self._facts = facts
        self._clock = clock
        self._ids = Ids(lambda: int(clock().timestamp() * 1000))
        self._listeners: list[Callable[[Changes], None]] = []
        self._changed = False

    @classmethod
    def create(
        cls,
        path: Path,
        registry: Ledgers,
        *,
        name: str,
        kind: str,
        who: str = "",
        clock: Callable[[], datetime] = _now,
        today: Callable[[], date] | None = None,
        ring: tuple[Keyring, Access] | None = None,
    ) -> "Store":
        """Make a new office file whose first record is the office itself; an existing file is never overwritten.

        `ring`: a new ring of keys and its administrator, for an office with a password.
        """
        access = ring[1] if ring else None
        who = who or (access.who if access else "")
        database, schema, facts = create_file(path, registry, clock(), who, ring)
        store = cls(database, schema, registry, facts, who, clock, today, access)
        try:
            store._add_office(registry.office_ledger, name, kind)
        except BaseException:
            discard(path, database)
            raise
        return store

    @classmethod
    def open(
        cls,
        path: Path,
        registry: Ledgers,
        *,
        who: str = "",
        clock: Callable[[], datetime] = _now,
        today: Callable[[], date] | None = None,
        read_only: bool = False,
        access: Access | None = None,
    ) -> "Store":
        """Open an office file, brought up to date after a verified backup; `Refused` or `StoreTrouble` in words.

        `access` is what `enter` gives for a locked office. Raises `InUse` when another program has it for writing.
        """
        who = who or (access.who if access else "")
        database, schema, facts = open_file(path, registry, clock(), who, access, read_only=read_only)
        store = cls(database, schema, registry, facts, who, clock, today, access)
        if not read_only:
            store.log.take_in()
            sweep(database, schema)
        return store

    @property
    def access(self) -> Access:
        """Who has entered, and with which key."""
        return self.keys.access

    def act_as(self, access: Access) -> None:
        """Go on as somebody else who has entered; what is done from now on is theirs."""
        self.keys.access, self.who = access, access.who

    def _enterer(self) -> str:
        """Whose password it was, where there are passwords; the journal may tell another name."""
        return self.access.who if self.keys.locked else self.who

    @property
    def today(self) -> date:
        """The day, from the clock that was passed in."""
        return self._today()

    @property
    def root(self) -> int:
        """The record number of the office's own organisation."""
        return ROOT

    @property
    def name(self) -> str:
        """The office's full name."""
        return self._known.name(self._facts.office_ledger, ROOT)

    # -- writing -------------------------------------------------------------------------------------------------------

    def do(self, title: str, work: Callable[[Work], object]) -> Changes:
        """Run `work` in one transaction, journalled under `title`; everything is kept or nothing."""

        def plain(at_work: Work) -> tuple[str, ...]:
            work(at_work)
            return ()

        return self._operate(title, "do", None, plain)

    def undo(self, op: int | None = None) -> Changes:
        """Take back the last operation, or any by its number; what was edited since stays and is said in `kept`."""
        found = journal.next_undo(self.records) if op is None else journal.standing(self.records, op)
        if found is None:
            raise Refused("没有可以撤销的操作，没有改动。")
        target, title = found

        def back(work: Work) -> tuple[str, ...]:
            refuse_printed(self.records, target, f"不能撤销“{title}”")
            return self._replay(work, target, target, title)

        return self._operate(f"撤销：{title}", "undo", target, back)

    def redo(self) -> Changes:
        """Bring back what was undone last."""
        found = journal.next_redo(self.records)
        if found is None:
            raise Refused("没有可以恢复的操作，没有改动。")
        target, title, undone_by = found

        def again(work: Work) -> tuple[str, ...]:
            refuse_printed(self.records, undone_by, f"不能恢复“{title}”")
            return self._replay(work, undone_by, target, title)

        return self._operate(f"恢复：{title}", "redo", target, again)

    def erase(self, rid: int, reason: str, *, backups: bool = False) -> Changes:
        """Erase what is held of somebody (R-PRIV-03), for good; see `store.erasure`. Administrators only.

        `backups`: also the copies that the program has made beside the file, once there is a fresh one. What could
        not be erased is said in `kept`.
        """
        must(self.access.role, be=Role.ADMIN)
        erasure = Erasure(self._database, self.records, self._facts.owner, rid, reason)

        def run(work: Work) -> tuple[str, ...]:
            self.log.note(Happening.ERASE, erasure.ledger.title, count=1)
            return erasure.run(work)

        changes = self._operate(erasure.title, "erase", None, run)
        return replace(changes, kept=(*changes.kept, *self._swept(), *(self._renew_backups() if backups else ())))

    def subscribe(self, callback: Callable[[Changes], None]) -> Callable[[], None]:
        """Be told of every change; returns how to stop it."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def release(self, kind: Happening, what: str, profile: Profile, count: int) -> None:
        """Let `count` records leave the office (R-PRIV-02): written down, or `Refused` for eyes wider than one's own.

        `what` is the title of a ledger or of a kind of paper; never somebody's name, nor that of a file.
        """
        self.log.release(self.access.role, kind, what, profile, count)

    # -- memos, copies, the end ----------------------------------------------------------------------------------------

    def keep(self, key: str, value: Any) -> None:
        """Remember something that is no record (a draft, a choice of columns); None forgets it. Not journalled."""
        if not self.read_only and self._may_keep(key):
            self._memo.keep(key, value)

    def backup(self, target: Path) -> None:
        """A verified copy of the whole file, wherever the user wants it; the log tells of it."""
        backup.back_up(self._database, target)
        count = sum(self.count(Query(key, show="all")) for key in self.ledgers)
        self.log.note(Happening.BACKUP, "整个台账", Profile.FULL, count)

    def safeguard(self) -> Path | None:
        """A proven backup beside the file if anything was done since the last one; cheap to ask when nothing was.

        Raises `StoreTrouble` when it cannot be made.
        """
        return None if self.read_only else backup.back_up_if_changed(self._database, self._memo, self._clock())

    def last_backup(self) -> datetime | None:
        """When the latest backup beside the file was made."""
        found = list_backups(self.path)
        return found[0][0] if found else None

    def check(self) -> list[str]:
        """What is wrong with the file; empty when all is well."""
        return integrity.problems(self._database, self.records)

    def close(self, *, with_backup: bool = True) -> None:
        """Let go of the file; what was changed is backed up first. The file is closed even if the backup fails.

        Raises `StoreTrouble` when it does; everything that was done is in the file all the same.
        """
        changed, self._changed = self._changed, False
        try:
            if with_backup and changed:
                self.safeguard()
        finally:
            self._database.close()

    # ------------------------------------------------------------------------------------------------------------------

    def _operate(self, title: str, kind: str, target: int | None, run: Callable[[Work], tuple[str, ...]]) -> Changes:
        if self.read_only:
            raise Refused("这个文件以只读方式打开，没有改动；请另存一份或换一台电脑打开。")
        must(self.keys.access.role, be=Role.RECORDER)
        try:
            with self._database.transaction() as connection, uncollected():
                self._look()
                op = journal.begin(connection, self._schema, title, self.who, self._clock(), kind, target)
                work = Work(self.records, self._ids, self._facts.owner, op, self._lookups, self._lookups.forget)
                kept = run(work)
                touched = {key: frozenset(rids) for key, rids in work.touched.items() if rids}
                changes = Changes(op, title, touched, kept)
                journal.finish(connection, self._schema, op, changes.count)
        except BaseException:
            self._forget()  # what was read on the way will never have been
            raise
        self._changed = True
        self._reading.renew(changes)
        for listener in list(self._listeners):
            listener(changes)
        return changes

    def _swept(self) -> Iterator[str]:
        if not sweep(self._database, self._schema):
            yield "文件正被另一个程序读取，残留的字节等下次打开时清除"

    def _renew_backups(self) -> Iterator[str]:
        """A fresh backup in the place of all before it."""
        old = old_backups(self.path)
        try:
            fresh = self.safeguard()
        except StoreTrouble as trouble:
            yield f"旧备份都还在：{trouble}"
            return
        if held := drop_backups([file for file in old if file != fresh]):
            yield f"有 {len(held)} 份旧备份正被别的程序使用，没有删除，请稍后手工删除"

    def _replay(self, work: Work, op: int, target: int, title: str) -> tuple[str, ...]:
        """Take back `op`: the operation `target` itself, or its undo, which brings it back."""
        nets = net(journal.touches(self.records, op))
        undoing = Undoing(work, self.records, nets, title)
        undoing.run()
        journal.mark_undone(work.connection, self._schema, target, undone=op == target)
        erased = journal.count_of(self.records, op) - len(nets)
        return (*undoing.kept, *([f"有 {erased} 条记录已依法抹除，没有恢复。"] if erased > 0 else []))

    def _add_office(self, ledger: Ledger, name: str, kind: str) -> None:
        draft = check(ledger, {ledger.title_field: name, "kind": kind}, self.context())

        def add(work: Work) -> tuple[str, ...]:
            work.add(draft)
            return ()

        self._operate("新建台账", "new", None, add)
