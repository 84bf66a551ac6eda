"""An open office file: the one way to write, and every question that may be asked of it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from taizhang.core.access import Access, Role, must
from taizhang.core.check import check
from taizhang.core.collecting import uncollected
from taizhang.core.context import Context, Value
from taizhang.core.errors import Refused
from taizhang.core.ids import Ids
from taizhang.core.ledger import Ledger
from taizhang.core.privacy import Profile
from taizhang.store import backup, integrity, journal
from taizhang.store.database import Database
from taizhang.store.holdings import Holdings
from taizhang.store.keyring import Keyring
from taizhang.store.keys import Keys
from taizhang.store.logbook import Happening, Logbook
from taizhang.store.lookups import Lookups
from taizhang.store.memo import Memo
from taizhang.store.opening import Facts, Ledgers, create_file, discard, open_file
from taizhang.store.papers import Papers
from taizhang.store.query import Query
from taizhang.store.reading import Reading
from taizhang.store.records import Records
from taizhang.store.rows import ROOT, Changes, Entry, Gap, Operation, Row
from taizhang.store.schema import Schema
from taizhang.store.shelf import list_backups
from taizhang.store.undoing import Undoing, net
from taizhang.store.work import Work


def _now() -> datetime:
    return datetime.now()  # noqa: DTZ005 - an office lives in one time zone and reads its own wall clock


class Store:
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
        self.path = database.path
        self.ledgers = registry.ledgers
        self.read_only = database.read_only
        access = access or Access(who, Role.ADMIN)
        self.who = who or access.who
        self.log = Logbook(database, schema, lambda: self.who, clock, facts.owner.hex())
        self.keys = Keys(database, access, self.log)
        self.papers = Papers(database, schema)
        self.holdings = Holdings(database, schema)
        self._database = database
        self._schema = schema
        self._facts = facts
        self._clock = clock
        self._today = today or (lambda: clock().date())
        self._ids = Ids(lambda: int(clock().timestamp() * 1000))
        self.records = self._records = Records(database, schema, registry.ledgers)
        self._lookups = Lookups(self._records, self._today)
        self._reading = Reading(self._records, self._lookups)
        self._memo = Memo(database, schema)
        self._listeners: list[Callable[[Changes], None]] = []
        self._changed = False
        self._elsewhere = 0

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
        store.log.take_in()
        return store

    @property
    def access(self) -> Access:
        """Who has entered, and with which key."""
        return self.keys.access

    def act_as(self, access: Access) -> None:
        """Go on as somebody else who has entered; what is done from now on is theirs."""
        self.keys.access, self.who = access, access.who

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
        found = journal.next_undo(self._records) if op is None else journal.standing(self._records, op)
        if found is None:
            raise Refused("没有可以撤销的操作，没有改动。")
        target, title = found

        def back(work: Work) -> tuple[str, ...]:
            return self._replay(work, target, target, title)

        return self._operate(f"撤销：{title}", "undo", target, back)

    def redo(self) -> Changes:
        """Bring back what was undone last."""
        found = journal.next_redo(self._records)
        if found is None:
            raise Refused("没有可以恢复的操作，没有改动。")
        target, title, undone_by = found

        def again(work: Work) -> tuple[str, ...]:
            return self._replay(work, undone_by, target, title)

        return self._operate(f"恢复：{title}", "redo", target, again)

    def undo_title(self) -> str | None:
        """What `undo` would take back."""
        found = journal.next_undo(self._records)
        return found[1] if found else None

    def redo_title(self) -> str | None:
        """What `redo` would bring back."""
        found = journal.next_redo(self._records)
        return found[1] if found else None

    def subscribe(self, callback: Callable[[Changes], None]) -> Callable[[], None]:
        """Be told of every change; returns how to stop it."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def release(self, kind: Happening, what: str, profile: Profile, count: int) -> None:
        """Let `count` records leave the office (R-PRIV-02): written down, or `Refused` for eyes wider than one's own.

        `what` is the title of a ledger or of a kind of paper; never somebody's name, nor that of a file.
        """
        self.log.release(self.access.role, kind, what, profile, count)

    # -- asking --------------------------------------------------------------------------------------------------------

    def rids(self, query: Query) -> list[int]:
        """The record numbers that answer `query`, in order."""
        return self._asked.rids(query)

    def rows(
        self, ledger: str, rids: Sequence[int], columns: Sequence[str] | None = None, as_of: date | None = None
    ) -> list[Row]:
        """These records in this order; `columns` limits fields and derived columns, `as_of` shows them as of a day."""
        return self._asked.rows(ledger, rids, columns, as_of)

    def row(self, rid: int) -> Row:
        """One record, whole."""
        return self._asked.rows(self._records.ledger_of(rid).key, [rid], None, None)[0]

    def page(self, query: Query, limit: int | None = None, offset: int = 0) -> tuple[int, list[Row]]:
        """How many records answer, and those from `offset` on, `limit` at most."""
        rids = self.rids(query)
        end = None if limit is None else offset + limit
        return len(rids), self.rows(query.ledger, rids[offset:end], as_of=query.as_of)

    def matching(self, ledger: str, search: str, rids: Sequence[int]) -> list[int]:
        """Those of `rids` that match the words; what a list asks at each key while its other conditions stay."""
        return self._asked.matching(ledger, search, rids)

    def prepare_search(self, ledger: str) -> None:
        """Read what searching this ledger needs, before somebody types."""
        self._asked.prepare_search(ledger)

    def count(self, query: Query) -> int:
        """How many records answer."""
        return self._asked.count(query)

    def rid(self, identifier: str) -> int:
        """The record number for an identifier as the program prints it; `Refused` when this office has none such."""
        return self._asked.rid(identifier)

    def context(self) -> Context:
        """This office, as the gate sees it."""
        return self._lookups

    def name_of(self, ledger: str, rid: int) -> str:
        """The name of a record; what fields show links with."""
        return self._known.name(ledger, rid)

    def short_name_of(self, ledger: str, rid: int) -> str:
        """The short name of a record, where it has one; for lists, where room is scarce."""
        return self._known.short_name(ledger, rid)

    def index(self, ledger: str, keys: Sequence[str]) -> dict[tuple[Value, ...], list[int]]:
        """Live records by what they hold in `keys`; records with a blank among them are left out."""
        return self._known.index(ledger, keys)

    def tallies(self, ledger: str, link: str, as_of: date | None = None) -> dict[int, int]:
        """Present records per record that their `link` points at."""
        return self._asked.tallies(ledger, link, as_of)

    def below(self, ledger: str, rid: int) -> set[int]:
        """A record of a tree and all below it."""
        return self._known.below(ledger, rid)

    def gaps(self, ledger: str) -> list[Gap]:
        """Wanted fields that present records lack, the most frequent first."""
        return self._asked.gaps(ledger)

    def history(self, rid: int) -> list[Entry]:
        """What happened to a record, latest first."""
        return journal.history(self._records, self._records.ledger_of(rid), rid)

    def operations(self, limit: int = 50) -> list[Operation]:
        """What was done in this office, latest first."""
        return journal.operations(self._records, limit)

    def written_elsewhere(self) -> int:
        """How often another program has been seen to write since the file was opened."""
        self._look()
        return self._elsewhere

    def attachment(self, sha256: str) -> bytes:
        """The bytes of an attachment; `Refused` when the file does not hold it."""
        table = self._schema.attachment
        data = self._records.execute(select(table.c.data).where(table.c.sha256 == sha256)).scalar()
        if data is None:
            raise Refused("附件不在台账文件中，没有打开；它可能还没有收到。")
        return bytes(data)

    # -- memos, copies, the end ----------------------------------------------------------------------------------------

    def keep(self, key: str, value: Any) -> None:
        """Remember something that is no record (a draft, a choice of columns); None forgets it. Not journalled."""
        if not self.read_only:
            self._memo.keep(key, value)

    def recall(self, key: str) -> Any:
        """What was kept, or None."""
        return self._memo.recall(key)

    def backup(self, target: Path) -> None:
        """A verified copy of the whole file."""
        backup.back_up(self._database, target)

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
        return integrity.problems(self._database, self._records)

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
                work = Work(self._records, self._ids, self._facts.owner, op, self.today, self._lookups.forget)
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

    def _replay(self, work: Work, op: int, target: int, title: str) -> tuple[str, ...]:
        """Take back `op`: the operation `target` itself, or its undo, which brings it back."""
        undoing = Undoing(work, self._records, net(journal.touches(self._records, op)), title)
        undoing.run()
        journal.mark_undone(work.connection, self._schema, target, undone=op == target)
        return tuple(undoing.kept)

    @property
    def _asked(self) -> Reading:
        self._look()
        return self._reading

    @property
    def _known(self) -> Lookups:
        self._look()
        return self._lookups

    def _look(self) -> None:
        """Forget what is remembered when another program has written to the file."""
        if self._database.changed_elsewhere():
            self._elsewhere += 1
            self._forget()

    def _forget(self) -> None:
        self._lookups.forget_all()
        self._reading.forget_all()

    def _add_office(self, ledger: Ledger, name: str, kind: str) -> None:
        draft = check(ledger, {ledger.title_field: name, "kind": kind}, self.context())

        def add(work: Work) -> tuple[str, ...]:
            work.add(draft)
            return ()

        self._operate("新建台账", "new", None, add)
