"""The journal: what each operation changed; undo, redo and history are read off it."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, insert, select, update

from taizhang.core.context import Values
from taizhang.core.ledger import Ledger
from taizhang.store.coding import from_json, moment
from taizhang.store.records import Records
from taizhang.store.rows import Entry, Operation
from taizhang.store.schema import VOID, Schema


class Touch(NamedTuple):
    """One line of the journal; `old` is None where the record was new."""

    rid: int
    old: Values | None
    new: Values


def begin(
    connection: Connection, schema: Schema, title: str, who: str, at: datetime, kind: str, target: int | None
) -> int:
    """Open an operation; returns its number."""
    table = schema.operation
    row = {
        "title": title,
        "who": who,
        "at": at.isoformat(timespec="seconds"),
        "kind": kind,
        "target": target,
        "count": 0,
    }
    key = connection.execute(insert(table).values(row)).inserted_primary_key
    if key is None:
        raise RuntimeError("the database gave no number to an operation")
    return int(key[0])


def finish(connection: Connection, schema: Schema, op: int, count: int) -> None:
    """Write down how many records an operation touched."""
    table = schema.operation
    connection.execute(update(table).where(table.c.op == op).values(count=count))


def touches(records: Records, op: int) -> list[Touch]:
    """What an operation did, in order."""
    table = records.schema.journal
    rows = records.execute(select(table.c.rid, table.c.old, table.c.new).where(table.c.op == op).order_by(table.c.seq))
    return [Touch(rid, None if old is None else from_json(old), from_json(new)) for rid, old, new in rows]


def next_undo(records: Records) -> tuple[int, str] | None:
    """(number, title) of the last operation that has not been undone."""
    table = records.schema.operation
    statement = select(table.c.op, table.c.title).where(table.c.kind == "do", table.c.undone == 0, table.c["count"] > 0)
    row = records.execute(statement.order_by(table.c.op.desc()).limit(1)).first()
    return (row[0], row[1]) if row else None


def standing(records: Records, op: int) -> tuple[int, str] | None:
    """(number, title) of an operation that can still be undone."""
    table = records.schema.operation
    statement = select(table.c.op, table.c.title).where(table.c.op == op, table.c.kind == "do", table.c.undone == 0)
    row = records.execute(statement).first()
    return (row[0], row[1]) if row else None


def count_of(records: Records, op: int) -> int:
    """How many records an operation touched when it was done."""
    table = records.schema.operation
    return int(records.execute(select(table.c["count"]).where(table.c.op == op)).scalar() or 0)


def next_redo(records: Records) -> tuple[int, str, int] | None:
    """(number, title, number of its undo) of the operation undone last, if nothing new was done since."""
    table = records.schema.operation
    undo, done = table.alias("undo"), table.alias("done")
    new = (table.c.kind == "do", table.c["count"] > 0)
    last_do = select(func.coalesce(func.max(table.c.op), 0)).where(*new).scalar_subquery()
    statement = (
        select(done.c.op, done.c.title, undo.c.op)
        .join(undo, undo.c.target == done.c.op)
        .where(undo.c.kind == "undo", done.c.undone == 1, undo.c.op > last_do)
        .order_by(undo.c.op.desc())
        .limit(1)
    )
    row = records.execute(statement).first()
    return (row[0], row[1], row[2]) if row else None


def mark_undone(connection: Connection, schema: Schema, op: int, *, undone: bool) -> None:
    """Remember whether an operation stands."""
    table = schema.operation
    connection.execute(update(table).where(table.c.op == op).values(undone=int(undone)))


def history(records: Records, ledger: Ledger, rid: int) -> list[Entry]:
    """What happened to one record, latest first."""
    journal, operation = records.schema.journal, records.schema.operation
    statement = (
        select(operation.c.op, operation.c.title, operation.c.who, operation.c.at, journal.c.old, journal.c.new)
        .join(operation, operation.c.op == journal.c.op)
        .where(journal.c.rid == rid)
        .order_by(journal.c.seq.desc())
    )
    entries = []
    for op, title, who, at, old, new in records.execute(statement):
        before, after = from_json(old), from_json(new)
        action = "add" if old is None else _void_action(after)
        fields = {key: (before.get(key), value) for key, value in after.items() if key in ledger.by_key}
        entries.append(Entry(op, title, who, moment(at), action, fields))
    return entries


def _void_action(after: Values) -> str:
    if VOID not in after:
        return "change"
    return "unvoid" if after[VOID] is None else "void"


def operations(records: Records, limit: int) -> list[Operation]:
    """The latest operations of the office."""
    table = records.schema.operation
    columns = (table.c.op, table.c.title, table.c.who, table.c.at, table.c["count"], table.c.undone)
    rows = records.execute(select(*columns).order_by(table.c.op.desc()).limit(limit))
    return [Operation(op, title, who, moment(at), n, bool(undone)) for op, title, who, at, n, undone in rows]
