"""Papers that count (a letter, a hand-over list): the PDF is kept byte for byte, so that it can be printed again.

What was printed together is kept once, as one document, in which every paper knows its pages.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, func, insert, select

from taizhang.core.access import Role, must, widest
from taizhang.core.errors import Refused
from taizhang.core.privacy import Profile
from taizhang.store.attachments import bytes_of, put_in
from taizhang.store.coding import moment
from taizhang.store.database import Database
from taizhang.store.records import Records, batches
from taizhang.store.schema import Schema


class Leaf(NamedTuple):
    """A paper that is to be kept: whose it is, and its pages in the document; None when it is the whole."""

    title: str
    rid: int | None = None
    pages: range | None = None


class Paper(NamedTuple):
    """One paper that was kept; `rid` is the record it was printed from, `op` the last operation at that moment.

    `pages`: those that are its own in the document of that hash (from 0); None when it is the whole.
    """

    number: int
    kind: str
    title: str
    at: datetime
    who: str
    sha256: str
    rid: int | None = None
    op: int | None = None
    pages: range | None = None


class Papers:
    """The papers of one open office."""

    def __init__(self, database: Database, schema: Schema, role: Callable[[], Role]) -> None:
        self._database, self._schema, self._role = database, schema, role

    def keep(self, kind: str, title: str, pdf: bytes, *, who: str, at: datetime, rid: int | None = None) -> int:
        """Keep a paper as it was printed; its number. Within a piece of work it stands or falls with that.

        `rid`: the record it was printed from. Neither that record nor what it rests on can then be taken back.
        """
        return self.keep_all(kind, [Leaf(title, rid)], pdf, who=who, at=at)

    def keep_all(self, kind: str, leaves: Sequence[Leaf], pdf: bytes, *, who: str, at: datetime) -> int:
        """Keep papers that were printed as one document; the number of the last."""
        table = self._schema.paper
        with self.at_once() as connection:
            sha256 = put_in(connection, self._schema, pdf)
            last = connection.execute(select(func.max(self._schema.operation.c.op))).scalar()
            alike = {"kind": kind, "at": at.isoformat(timespec="seconds"), "who": who, "sha256": sha256, "op": last}
            rows = [{**alike, "title": leaf.title, "rid": leaf.rid, **_columns(leaf.pages)} for leaf in leaves]
            connection.execute(insert(table), rows)
            return int(connection.execute(select(func.max(table.c.paper))).scalar_one())

    def at_once(self) -> AbstractContextManager[Connection]:
        """Everything kept and logged inside is kept, or nothing; `Refused` where nothing may be."""
        must(self._role(), be=Role.RECORDER)
        if self._database.read_only:
            raise Refused("这个文件以只读方式打开，不能存放文书，没有改动；请正常打开后再试。")
        return self._database.transaction(joins=True)

    def kept(self, kind: str | None = None) -> list[Paper]:
        """The papers, latest first; of one kind if it is named."""
        return self._found(*self._of_kind(kind))

    def of(self, rid: int, kind: str | None = None) -> list[Paper]:
        """What was printed from a record, latest first; of one kind if it is named."""
        return self._found(self._schema.paper.c.rid == rid, *self._of_kind(kind))

    def first(self, rids: Sequence[int], kind: str) -> dict[int, Paper]:
        """The first paper of a kind that was printed from each of these records, where there is one."""
        rid = self._schema.paper.c.rid
        latest_first = [paper for some in batches(rids) for paper in self._found(rid.in_(some), *self._of_kind(kind))]
        return {paper.rid: paper for paper in latest_first if paper.rid is not None}

    def pdf(self, paper: Paper) -> bytes:
        """The very document that was printed, which may hold others' pages too.

        `Refused` for a reader: a letter holds its numbers in full.
        """
        if widest(self._role()) is not Profile.FULL:
            raise Refused("存底的文书里有完整的号码，只读的使用者不能打开；请记录员来看。")
        return bytes_of(self._database.connection, self._schema, paper.sha256)

    def rest_on(self, rids: Iterable[int]) -> int:
        """The last operation that touched any of these records: the same number later means that none has changed."""
        journal = self._schema.journal
        last = (
            self._database.connection.execute(select(func.max(journal.c.op)).where(journal.c.rid.in_(some))).scalar()
            for some in batches(sorted(rids))
        )
        return max((op for op in last if op is not None), default=0)

    def _of_kind(self, kind: str | None) -> list[ColumnElement[bool]]:
        return [] if kind is None else [self._schema.paper.c.kind == kind]

    def _found(self, *where: ColumnElement[bool]) -> list[Paper]:
        table = self._schema.paper
        columns = (table.c.paper, table.c.kind, table.c.title, table.c.at, table.c.who, table.c.sha256)
        whence = (table.c.rid, table.c.op, table.c.first, table.c.pages)
        wanted = select(*columns, *whence).where(*where).order_by(table.c.paper.desc())
        return [
            Paper(number, kind, title, moment(at), who, sha256, rid, op, _range(first, pages))
            for number, kind, title, at, who, sha256, rid, op, first, pages in self._database.connection.execute(wanted)
        ]


def _columns(pages: range | None) -> dict[str, int | None]:
    return {"first": pages.start, "pages": len(pages)} if pages else {"first": None, "pages": None}


def _range(first: int | None, pages: int | None) -> range | None:
    return None if first is None or pages is None else range(first, first + pages)


def refuse_printed(records: Records, op: int, said: str) -> None:
    """`Refused` where a paper rests on the operation `op`; `said` is what was to be done and was not."""
    paper, journal = records.schema.paper, records.schema.journal
    resting = select(paper.c.title).join(journal, journal.c.rid == paper.c.rid)
    found = records.execute(resting.where(journal.c.op == op, paper.c.op >= op).order_by(paper.c.paper).limit(1))
    if title := found.scalar():
        raise Refused(f"{said}，因为在那之后打印过“{title}”，没有改动；要更正，请在那条记录上办理作废或补开。")


def printed_from(records: Records, rid: int) -> str | None:
    """The title of a paper that was printed from a record; None when nothing was."""
    paper = records.schema.paper
    found = records.execute(select(paper.c.title).where(paper.c.rid == rid).order_by(paper.c.paper).limit(1)).scalar()
    return None if found is None else str(found)
