"""What an office file holds beside its lists: the work that was done in it, what is attached, what is half typed."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select, true

from taizhang.store.coding import moment
from taizhang.store.database import Database
from taizhang.store.memo import DRAFT
from taizhang.store.schema import Schema


class Step(NamedTuple):
    """Who did something, and when."""

    who: str
    at: datetime


class Attached(NamedTuple):
    """How many files lie in the office file, and how many bytes they take."""

    files: int
    size: int


class HalfDone(NamedTuple):
    """A form or (by its key) an act that was left half-way; `rid` is None for a record that is new. `key`: its memo."""

    ledger: str
    act: str
    rid: int | None
    key: str


class Holdings:
    """Counted by the database, of one open office."""

    def __init__(self, database: Database, schema: Schema) -> None:
        self._database, self._schema = database, schema

    def operations(self, since: date | None = None) -> int:
        """How many steps were done and stand, in all or from a day on."""
        table = self._schema.operation
        counted = select(func.count()).select_from(table).where(*self._standing(since))
        return int(self._database.connection.execute(counted).scalar_one())

    def work(self, since: date | None = None) -> dict[str, int]:
        """How many of these steps touched each ledger."""
        touched = self._touched(func.count(self._schema.operation.c.op.distinct()), *self._standing(since))
        return {str(ledger): int(count) for ledger, count in touched}

    def last(self) -> dict[str, Step]:
        """What was done last in each ledger, by whatever means."""
        table = self._schema.operation
        latest = dict(self._touched(func.max(table.c.op), true()))
        wanted = select(table.c.op, table.c.who, table.c.at).where(table.c.op.in_(latest.values()))
        steps = {op: Step(who, moment(at)) for op, who, at in self._database.connection.execute(wanted)}
        return {str(ledger): steps[op] for ledger, op in latest.items()}

    def attached(self) -> Attached:
        """Photos, files and papers that were kept, each counted once."""
        table = self._schema.attachment
        sums = select(func.count(), func.coalesce(func.sum(func.length(table.c.data)), 0)).select_from(table)
        files, size = self._database.connection.execute(sums).one()
        return Attached(files, size)

    def drafts(self) -> list[HalfDone]:
        """Every form and every act that was left half-way."""
        table = self._schema.memo
        wanted = select(table.c.key).where(table.c.key.startswith(DRAFT, autoescape=True)).order_by(table.c.key)
        return [_half_done(key) for (key,) in self._database.connection.execute(wanted)]

    def _standing(self, since: date | None) -> list[ColumnElement[bool]]:
        table = self._schema.operation
        begins = table.c.at >= since.isoformat() if since else true()
        return [table.c.kind == "do", table.c.undone == 0, table.c["count"] > 0, begins]

    def _touched(self, what: ColumnElement[int], *where: ColumnElement[bool]) -> list[tuple[str, int]]:
        """Something about the steps, for each ledger that they touched."""
        schema = self._schema
        joined = schema.journal.join(schema.operation, schema.operation.c.op == schema.journal.c.op)
        joined = joined.join(schema.rec, schema.rec.c.rid == schema.journal.c.rid)
        wanted = select(schema.rec.c.ledger, what).select_from(joined).where(*where).group_by(schema.rec.c.ledger)
        return [(ledger, number) for ledger, number in self._database.connection.execute(wanted)]


def _half_done(key: str) -> HalfDone:
    where, _colon, about = key.removeprefix(DRAFT).rpartition(":")
    ledger, _slash, act = where.partition("/")
    return HalfDone(ledger, act, int(about) if about.isdecimal() else None, key)
