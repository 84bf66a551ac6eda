"""Papers that count (a letter, a hand-over list): the PDF is kept byte for byte, so that it can be printed again."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, select

from taizhang.core.errors import Refused
from taizhang.store.attachments import take_in
from taizhang.store.coding import moment
from taizhang.store.database import Database
from taizhang.store.schema import Schema


class Paper(NamedTuple):
    """One paper that was kept."""

    number: int
    kind: str
    title: str
    at: datetime
    who: str
    sha256: str


class Papers:
    """The papers of one open office."""

    def __init__(self, database: Database, schema: Schema) -> None:
        self._database, self._schema = database, schema

    def keep(self, kind: str, title: str, pdf: bytes, *, who: str, at: datetime) -> int:
        """Keep a paper as it was printed; its number. Within a piece of work it stands or falls with that."""
        if self._database.read_only:
            raise Refused("这个文件以只读方式打开，不能存放文书，没有改动；请正常打开后再试。")
        with self._database.transaction(joins=True) as connection:
            sha256 = take_in(connection, self._schema, pdf, photo=False)
            row = {"kind": kind, "title": title, "at": at.isoformat(timespec="seconds"), "who": who, "sha256": sha256}
            made = connection.execute(insert(self._schema.paper).values(row)).inserted_primary_key
        return int(made[0]) if made else 0

    def kept(self, kind: str | None = None) -> list[Paper]:
        """The papers, latest first; of one kind if it is named."""
        table = self._schema.paper
        columns = (table.c.paper, table.c.kind, table.c.title, table.c.at, table.c.who, table.c.sha256)
        wanted = select(*columns).order_by(table.c.paper.desc())
        if kind is not None:
            wanted = wanted.where(table.c.kind == kind)
        return [
            Paper(number, its_kind, title, moment(at), who, sha256)
            for number, its_kind, title, at, who, sha256 in self._database.connection.execute(wanted)
        ]
