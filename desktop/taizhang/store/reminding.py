"""What is due in an office: each ledger's reminders over its present records, read once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import EllipsisType
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, func, or_, select

from taizhang.core.collecting import uncollected
from taizhang.core.context import RID, Value
from taizhang.core.errors import Refused
from taizhang.core.ledger import Ledger
from taizhang.core.reminder import Reminder
from taizhang.core.reminding import Due, begun, in_order, say, say_of_many
from taizhang.store.coding import pack, special, unpack
from taizhang.store.eyes import Eyes
from taizhang.store.lookups import Lookups
from taizhang.store.presence import shown
from taizhang.store.query import Query
from taizhang.store.records import Records, batches

_FEW = 5  # portions of records from which a column is read faster from end to end


class Reminding:
    """What is due, asked again and again: it learns which fields the rules look at, and reads them together."""

    def __init__(self, records: Records, lookups: Lookups, eyes: Eyes) -> None:
        self._records, self._lookups, self._eyes = records, lookups, eyes
        self._looked_at: dict[str, list[str]] = {}

    def due(self) -> list[Due]:
        """Everything that is due today, the most urgent first, as these eyes may see it."""
        with uncollected():
            found = [due for ledger in self._records.ledgers.values() for due in self._of(ledger)]
        return in_order(found if self._eyes.whole else [_unnumbered(due, self._eyes) for due in found])

    def _of(self, ledger: Ledger) -> Iterator[Due]:
        asked = {one.id: _asked(self._records, self._lookups, ledger, one) for one in ledger.reminders}
        wanted = {rid for one in ledger.reminders if one.reads for rid in asked[one.id]}
        columns = _Columns(self._records, ledger, sorted(wanted))
        columns.read(self._looked_at.get(ledger.key, ()))
        for one in ledger.reminders:
            rids = asked[one.id]
            if one.reads:
                rows = {rid: _Record(columns, rid) for rid in rids}
                yield from say(ledger, one, rows, self._lookups, self._eyes.value)
            else:
                yield from say_of_many(ledger, one, rids, self._lookups)
        self._looked_at[ledger.key] = [key for key in columns if key in ledger.by_key]


def reminded(records: Records, lookups: Lookups, ledger: Ledger, name: str) -> frozenset[int]:
    """The records that one reminder speaks of today; `Refused` when the ledger has no such reminder."""
    reminder = ledger.reminder_by_id.get(name)
    if reminder is None:
        raise Refused(f"{ledger.title}没有“{name}”这一条提醒，没有执行；请核对提醒的名称。")
    rids = _asked(records, lookups, ledger, reminder)
    if not reminder.reads:
        return frozenset(rids)
    columns = _Columns(records, ledger, rids)
    return frozenset(rid for rid in rids if begun(reminder, _Record(columns, rid), lookups))


def _unnumbered(due: Due, eyes: Eyes) -> Due:
    """Names and sentences without the numbers that somebody may have written into them."""
    names = tuple(map(eyes.text, due.names))
    return replace(due, name=eyes.text(due.name), text=eyes.text(due.text), names=names)


def _asked(records: Records, lookups: Lookups, ledger: Ledger, reminder: Reminder) -> list[int]:
    """The present records that a reminder is about, as far as the database can tell."""
    table = records.schema.ledgers[ledger.key]
    conditions = [shown(Query(ledger.key), ledger, table, lookups.today)]
    if reminder.among:
        conditions.append(
            or_(*(and_(*(_holds(table.c[key], it) for key, it in one.items())) for one in reminder.among))
        )
    if reminder.alike:
        column = table.c[reminder.alike]
        several = select(column).where(column.is_not(None), *conditions).group_by(column).having(func.count() > 1)
        conditions.append(column.in_(several))
    return [row[0] for row in records.execute(select(table.c.rid).where(*conditions).order_by(table.c.rid))]


def _holds(column: Column[Any], value: Value | EllipsisType) -> ColumnElement[bool]:
    if value is None or isinstance(value, EllipsisType):
        return column.is_(None) if value is None else column.is_not(None)
    return column.in_(value) if isinstance(value, tuple) else column == pack(value)


class _Columns(dict[str, Mapping[int, Value]]):
    """What some records of a ledger hold, by field; a field is read, of all of them, when a rule first looks at it."""

    def __init__(self, records: Records, ledger: Ledger, rids: Sequence[int]) -> None:
        super().__init__({RID: {rid: rid for rid in rids}})
        self.ledger = ledger
        self._records, self._rids = records, rids

    def read(self, keys: Sequence[str]) -> None:
        """Read these fields at one go."""
        table = self._records.schema.ledgers[self.ledger.key]
        found: dict[str, dict[int, Value]] = {key: {} for key in keys}
        statement = select(table.c.rid, *(table.c[key] for key in keys))
        for batch in batches(self._rids) if keys else ():
            read = self._records.execute(statement.where(table.c.rid.in_(batch))).all()
            rids, *columns = zip(*read, strict=True) if read else ((),)
            for key, values in zip(keys, columns, strict=False):
                found[key].update(zip(rids, values, strict=True))
        for field in special(self.ledger):
            if field.key in found:
                found[field.key] = {rid: unpack(field, stored) for rid, stored in found[field.key].items()}
        self.update(found)

    def __missing__(self, key: str) -> Mapping[int, Value]:
        field, table = self.ledger.by_key.get(key), self._records.schema.ledgers[self.ledger.key]
        found: dict[int, Value] = {}
        if field is not None:
            filled = select(table.c.rid, table.c[key]).where(table.c[key].is_not(None))
            few = [filled.where(table.c.rid.in_(batch)) for batch in batches(self._rids)]
            for statement in few if len(few) < _FEW else [filled]:
                found.update(self._records.execute(statement).all())
            if field in special(self.ledger):
                found = {rid: unpack(field, stored) for rid, stored in found.items()}
        self[key] = found
        return found


class _Record(Mapping[str, Value]):
    """One of these records, as a rule looks at it."""

    __slots__ = ("_columns", "_rid")

    def __init__(self, columns: _Columns, rid: int) -> None:
        self._columns, self._rid = columns, rid

    def __getitem__(self, key: str) -> Value:
        return self._columns[key].get(self._rid)

    def get(self, key: str, default: Any = None) -> Any:
        """What a rule asks a hundred thousand times."""
        return self._columns[key].get(self._rid, default)

    def __iter__(self) -> Iterator[str]:
        return iter([RID, *self._columns.ledger.by_key])

    def __len__(self) -> int:
        return len(self._columns.ledger.by_key) + 1
