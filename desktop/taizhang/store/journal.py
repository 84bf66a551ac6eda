"""The journal: what each operation changed; undo, redo and history are read off it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, insert, select, update

from taizhang.core.context import Value, Values
from taizhang.core.ledger import Ledger
from taizhang.store.coding import from_json
from taizhang.store.records import Records, batches
from taizhang.store.rows import Entry, Operation
from taizhang.store.schema import VOID, Schema
from taizhang.store.work import Work


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


def next_redo(records: Records) -> tuple[int, str] | None:
    """(number, title) of the operation undone last, if nothing new was done since."""
    table = records.schema.operation
    undo, done = table.alias("undo"), table.alias("done")
    last_do = select(func.coalesce(func.max(table.c.op), 0)).where(table.c.kind == "do").scalar_subquery()
    statement = (
        select(done.c.op, done.c.title)
        .join(undo, undo.c.target == done.c.op)
        .where(undo.c.kind == "undo", done.c.undone == 1, undo.c.op > last_do)
        .order_by(undo.c.op.desc())
        .limit(1)
    )
    row = records.execute(statement).first()
    return (row[0], row[1]) if row else None


class Net(NamedTuple):
    """What one operation did to one record, all its lines taken together."""

    created: bool
    start: dict[str, Value]
    end: dict[str, Value]


def net(lines: Iterable[Touch]) -> dict[int, Net]:
    """The lines of one operation, by record."""
    found: dict[int, Net] = {}
    for line in lines:
        so_far = found.setdefault(line.rid, Net(line.old is None, {}, {}))
        for key, value in (line.old or {}).items():
            so_far.start.setdefault(key, value)
        so_far.end.update(line.new)
    return found


def take_back(work: Work, records: Records, nets: Mapping[int, Net], title: str) -> tuple[str, ...]:
    """Undo: what was created is voided, what was changed gets its old values; says what was edited since and stays."""
    plan: dict[int, _Ends] = {
        rid: (one.end, {VOID: _reason(title)} if one.created else one.start, one.created) for rid, one in nets.items()
    }
    return _move(work, records, plan)


def bring_back(work: Work, records: Records, nets: Mapping[int, Net], title: str) -> tuple[str, ...]:
    """Redo, the other way round."""
    plan: dict[int, _Ends] = {
        rid: ({VOID: _reason(title)}, {VOID: one.end.get(VOID)}, True) if one.created else (one.start, one.end, False)
        for rid, one in nets.items()
    }
    return _move(work, records, plan)


# (what the record is expected to hold, what it is to hold, whether this goes whole or not at all)
_Ends = tuple[Mapping[str, Value], Mapping[str, Value], bool]


def _reason(title: str) -> str:
    return f"撤销：{title}"


def _move(work: Work, records: Records, plan: Mapping[int, _Ends]) -> tuple[str, ...]:
    """Bring records from what they are expected to hold to what they are to hold."""
    owners = _ledgers_of(records, plan)
    kept: list[str] = []
    for key in dict.fromkeys(owners.values()):
        ledger = records.ledgers[key]
        before = records.values(ledger, [rid for rid in plan if owners[rid] == key])
        changes: list[tuple[int, Mapping[str, Value]]] = []
        for rid, now in before.items():
            expected, wanted, whole = plan[rid]
            edited = [name for name, value in expected.items() if now.get(name) != value]
            taken = {} if whole and edited else {name: value for name, value in wanted.items() if name not in edited}
            if edited:
                labels = "、".join(ledger.by_key[name].label for name in edited if name in ledger.by_key) or "状态"
                kept.append(f"“{ledger.name_of(now)}”的{labels}后来又改过，保留现在的内容。")
            if taken:
                changes.append((rid, taken))
        work.write(ledger, before, changes)
    return tuple(kept)


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
        entries.append(Entry(op, title, who, datetime.fromisoformat(at), action, fields))
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
    return [
        Operation(op, title, who, datetime.fromisoformat(at), n, bool(undone)) for op, title, who, at, n, undone in rows
    ]


def _ledgers_of(records: Records, rids: Iterable[int]) -> dict[int, str]:
    rec = records.schema.rec
    found: dict[int, str] = {}
    for batch in batches(sorted(rids)):
        found |= dict(records.execute(select(rec.c.rid, rec.c.ledger).where(rec.c.rid.in_(batch))).tuples().all())
    return found
