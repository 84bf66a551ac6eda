"""What left the office and what was done to its keys: who, when, what, how many (R-PRIV-02).

Never a name or a number of those whom the records are about.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

import msgspec
from sqlalchemy import insert, select

from taizhang.core.access import ROLE_LABELS, Role, widest
from taizhang.core.errors import Refused, StoreTrouble
from taizhang.core.privacy import PROFILE_LABELS, Profile, within
from taizhang.store.coding import moment
from taizhang.store.database import Database
from taizhang.store.memo import Memo
from taizhang.store.owed import Line, owe, owed, settle
from taizhang.store.schema import Schema

_TAKEN = "log taken"  # the memo with the ids of the lines that were taken in last


class Happening(StrEnum):
    """What is written down."""

    EXPORT = "export"
    PRINT = "print"
    COPY = "copy"
    BACKUP = "backup"
    RESTORE = "restore"
    KEYS = "keys"
    ERASE = "erase"
    HANDOVER = "handover"


HAPPENING_LABELS = {
    Happening.EXPORT: "导出",
    Happening.PRINT: "打印",
    Happening.COPY: "复制",
    Happening.BACKUP: "备份",
    Happening.RESTORE: "恢复",
    Happening.KEYS: "密码与使用者",
    Happening.ERASE: "抹除",
    Happening.HANDOVER: "交接",
}


class Noted(NamedTuple):
    """One line of the log."""

    at: datetime
    who: str
    kind: Happening
    what: str
    profile: Profile | None
    records: int | None


class Logbook:
    """The log of one open office."""

    def __init__(
        self, database: Database, schema: Schema, who: Callable[[], str], clock: Callable[[], datetime], office: str
    ) -> None:
        """`office` is the id of the office in hex."""
        self._database, self._table = database, schema.log
        self._memo = Memo(database, schema)
        self._who, self._clock, self._office = who, clock, office

    def release(self, role: Role, kind: Happening, what: str, profile: Profile, count: int) -> None:
        """Write down what leaves the office; `Refused` for eyes that may see more than whoever lets it out."""
        if not within(profile, widest(role)):
            may = PROFILE_LABELS[widest(role)]
            said = f"您现在是“{ROLE_LABELS[role]}”，不能{HAPPENING_LABELS[kind]}“{PROFILE_LABELS[profile]}”，没有执行"
            raise Refused(f"{said}；请改选“{may}”，或请记录员来做。")
        self.note(kind, what, profile, count)

    def note(self, kind: Happening, what: str, profile: Profile | None = None, count: int | None = None) -> None:
        """Write down what happens; within a piece of work it stands or falls with that.

        `what` is a title that names nobody. A file opened for reading gets the line when it is next opened for writing.
        """
        at = self._clock().isoformat(timespec="seconds")
        line = Line(at, self._who(), kind.value, what, profile.value if profile else None, count)
        if self._database.read_only:
            owe(self._office, line)
            return
        with self._database.transaction(joins=True) as connection:
            connection.execute(insert(self._table).values(msgspec.to_builtins(line)))

    def take_in(self) -> None:
        """Take in what waits in the user's folder, each line once, even if the power fails on the way."""
        waiting = owed(self._office)
        if self._database.read_only or not waiting:
            return
        with suppress(StoreTrouble):  # no room: it goes on waiting
            with self._database.transaction() as connection:
                taken = self._taken()
                for line in (line for key, line in waiting.items() if key not in taken):
                    connection.execute(insert(self._table).values(msgspec.to_builtins(line)))
                self._memo.keep(_TAKEN, list(waiting))
            settle(self._office, list(waiting))

    def lines(self, limit: int | None = None, kind: Happening | None = None) -> list[Noted]:
        """The log, or what it says of one `kind`, latest first, with what waits to be taken in."""
        table, taken = self._table, self._taken()
        columns = (table.c.at, table.c.who, table.c.kind, table.c.what, table.c.profile, table.c["count"])
        wanted = select(*columns).order_by(table.c.seq.desc()).limit(limit)
        rows = self._database.connection.execute(wanted.where(table.c.kind == kind.value) if kind else wanted)
        waiting = [line for key, line in owed(self._office).items() if key not in taken and kind in {None, line.kind}]
        lines = [*map(msgspec.structs.astuple, reversed(waiting)), *rows]
        return [_noted(*line) for line in sorted(lines, key=lambda line: line[0], reverse=True)[:limit]]

    def _taken(self) -> frozenset[str]:
        return frozenset(self._memo.recall(_TAKEN) or ())


def _noted(at: str, who: str, kind: str, what: str, profile: str | None, records: int | None) -> Noted:
    return Noted(moment(at), who, Happening(kind), what, Profile(profile) if profile else None, records)
