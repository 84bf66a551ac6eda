"""What left the office and what was done to its keys: who, when, what, how many (R-PRIV-02).

Never a name or a number of those whom the records are about.
"""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import insert, select

from taizhang.core.errors import Refused
from taizhang.core.privacy import Profile
from taizhang.store.coding import moment
from taizhang.store.database import Database
from taizhang.store.schema import Schema


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
        self, database: Database, schema: Schema, who: Callable[[], str], clock: Callable[[], datetime]
    ) -> None:
        self._database, self._table = database, schema.log
        self._who, self._clock = who, clock

    def note(self, kind: Happening, what: str, profile: Profile | None = None, count: int | None = None) -> None:
        """Write down what happens; within a piece of work it stands or falls with that."""
        row = {
            "at": self._clock().isoformat(timespec="seconds"),
            "who": self._who(),
            "kind": kind.value,
            "what": what,
            "profile": profile.value if profile else None,
            "count": count,
        }
        if self._database.read_only:
            raise Refused("这个文件以只读方式打开，不能留下记录，没有执行；请正常打开后再试。")
        with self._database.transaction(joins=True) as connection:
            connection.execute(insert(self._table).values(row))

    def lines(self, limit: int | None = None) -> list[Noted]:
        """The log, latest first."""
        table = self._table
        columns = (table.c.at, table.c.who, table.c.kind, table.c.what, table.c.profile, table.c["count"])
        rows = self._database.connection.execute(select(*columns).order_by(table.c.seq.desc()).limit(limit))
        return [
            Noted(moment(at), who, Happening(kind), what, Profile(profile) if profile else None, count)
            for at, who, kind, what, profile, count in rows
        ]
