"""From a query to the record numbers that answer it, in order."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, func, or_, select

from taizhang.core.codes import code_table
from taizhang.core.derived import Lookup
from taizhang.core.errors import Refused
from taizhang.core.kinds import Day
from taizhang.core.kinds_linked import Choice
from taizhang.core.ledger import Ledger
from taizhang.store.coding import pack
from taizhang.store.lookups import Lookups, scoped_ledger
from taizhang.store.past import as_of
from taizhang.store.query import Filter, Query
from taizhang.store.records import Records
from taizhang.store.schema import COMPLETE, FLAWS, PAST, PINYIN, STROKES, VOID

_ORDERS = {"pinyin": PINYIN, "strokes": STROKES}


class Listing:
    """Answers queries over one office."""

    def __init__(self, records: Records, lookups: Lookups) -> None:
        self._records = records
        self._lookups = lookups

    def rids(self, query: Query) -> list[int]:
        """The records that match, in order; the search words are looked for elsewhere."""
        ledger = self._records.ledgers[query.ledger]
        table = self._records.schema.ledgers[query.ledger]
        day = query.as_of or self._lookups.today
        conditions = self._conditions(query, ledger, table, day)
        past = None if query.as_of is None else table.c[PAST].is_(None)
        statement = select(table.c.rid).where(*conditions)
        if past is not None:
            # Records that remember something are asked one by one what they were on that day.
            then = self._then(query, ledger, table, day)
            statement = select(table.c.rid).where(or_(and_(past, *conditions), table.c.rid.in_(then)))
        return [row[0] for row in self._records.execute(statement.order_by(*self._order(query, ledger, table)))]

    def _conditions(self, query: Query, ledger: Ledger, table: Table, day: date) -> list[ColumnElement[bool]]:
        conditions = [shown(query, ledger, table, day)]
        conditions += [self._condition(one, ledger, table) for one in query.where]
        if query.scope is not None:
            target = scoped_ledger(self._records, query.ledger)
            column = table.c[ledger.scope] if ledger.scope else table.c.rid
            inside = column.in_(self._lookups.below(target, query.scope))
            # Whoever belongs to no organisation yet is at home in the office as a whole.
            at_large = column.is_(None) & (query.scope == self._top(target)) if ledger.scope else None
            conditions.append(inside if at_large is None else or_(inside, at_large))
        return conditions

    def _top(self, ledger_key: str) -> int | None:
        """The first record of the tree: the office itself."""
        table = self._records.schema.ledgers[ledger_key]
        return self._records.execute(select(func.min(table.c.rid))).scalar()

    def _condition(self, one: Filter, ledger: Ledger, table: Table) -> ColumnElement[bool]:
        if one.op in {"incomplete", "flawed"}:
            return table.c[COMPLETE] < 100 if one.op == "incomplete" else table.c[FLAWS] > 0
        if one.key not in ledger.by_key:
            raise Refused(f"{ledger.title}没有“{one.key}”这一项，没有执行；请核对栏目名称。")
        return _sql(one, ledger, table.c[one.key])

    def _then(self, query: Query, ledger: Ledger, table: Table, day: date) -> list[int]:
        """The records with a past that matched on that day."""
        remembering = self._records.execute(
            select(table.c.rid).where(table.c[PAST].is_not(None), table.c[VOID].is_(None))
        )
        rids = [row[0] for row in remembering]
        inside = None
        if query.scope is not None and ledger.scope:
            inside = self._lookups.below(scoped_ledger(self._records, query.ledger), query.scope)
        found = []
        for rid, values in self._records.values(ledger, rids).items():
            then = as_of(values, day.isoformat())
            if inside is not None and then.get(ledger.scope) not in inside:
                continue
            if present(ledger, then, day) is (query.show == "present") and all(
                holds(one, ledger, then) for one in query.where
            ):
                found.append(rid)
        return found

    def _order(self, query: Query, ledger: Ledger, table: Table) -> list[Any]:
        key = query.sort or ledger.sorts[0]
        column: Any
        if key in _ORDERS:
            column = table.c[_ORDERS[key]]
        elif key in ledger.by_key:
            column = table.c[key]
        else:
            column = self._rank(ledger, table, key)
        first = column.desc() if query.descending else column.asc()
        # Blanks come last either way; people of one rank stand in the ledger's own order.
        return [column.is_(None), first, table.c[_ORDERS.get(ledger.sorts[0], PINYIN)], table.c.rid]

    def _rank(self, ledger: Ledger, table: Table, key: str) -> Any:
        derived = ledger.derived_by_key.get(key)
        if not isinstance(derived, Lookup):
            raise Refused(f"{ledger.title}不能按“{key}”排序，没有执行；请换一种排序。")
        other = self._records.ledgers[derived.ledger]
        target = self._records.schema.ledgers[derived.ledger]
        conditions = [
            shown(Query(other.key), other, target, self._lookups.today),
            target.c[derived.link] == table.c.rid,
        ]
        return select(func.min(target.c[derived.field])).where(*conditions).scalar_subquery()


def shown(query: Query, ledger: Ledger, table: Table, day: date) -> ColumnElement[bool]:
    """Whether a record is among those asked for: present on the day, gone by then, void, or any that is not void."""
    live = table.c[VOID].is_(None)
    if query.show == "void":
        return table.c[VOID].is_not(None)
    if query.show == "all":
        return live
    ends = ledger.presence.ends
    gone = and_(table.c[ends].is_not(None), table.c[ends] <= day.isoformat()) if ends else None
    if query.show == "gone":
        return and_(live, gone) if gone is not None else and_(live, table.c.rid.is_(None))
    conditions: list[ColumnElement[bool]] = (
        [live] if gone is None else [live, or_(table.c[ends].is_(None), table.c[ends] > day.isoformat())]
    )
    if query.as_of is not None and ledger.presence.begins:
        begin = func.coalesce(*(table.c[key] for key in ledger.presence.begins), "")
        conditions.append(begin <= day.isoformat())
    return and_(*conditions)


def present(ledger: Ledger, values: Any, day: date) -> bool:
    """`shown` for one record's values."""
    begins = next((values[key] for key in ledger.presence.begins if values.get(key)), "")
    ends = values.get(ledger.presence.ends) if ledger.presence.ends else None
    return begins <= day.isoformat() and (ends is None or ends > day.isoformat())


def holds(one: Filter, ledger: Ledger, values: Any) -> bool:
    """A filter for one record's values, as `Listing` asks it of the database."""
    if one.op in {"incomplete", "flawed"}:
        return ledger.completeness(values) < 100 if one.op == "incomplete" else bool(values.get(FLAWS))
    value = values.get(one.key)
    if _asks_blank(one):
        return value is None
    return value is not None and _HOLDS[one.op](value, one.value, isinstance(ledger.by_key[one.key], Day))


def _asks_blank(one: Filter) -> bool:
    return one.op == "blank" or (one.op == "is" and one.value is None)


def _sql(one: Filter, ledger: Ledger, column: ColumnElement[Any]) -> ColumnElement[bool]:
    field = ledger.by_key[one.key]
    if _asks_blank(one):
        return column.is_(None)
    if isinstance(one.value, tuple) and not field.packed:
        return column.in_([pack(item) for item in one.value])
    return _SQL[one.op](column, pack(one.value), isinstance(field, Day))


def _same(column: ColumnElement[Any], value: Any, day: bool) -> ColumnElement[bool]:
    return or_(column == value, _within(column, value)) if day else column == value


def _within(column: ColumnElement[Any], value: Any) -> ColumnElement[bool]:
    """Every day within a partial day."""
    return column.startswith(f"{value}-", autoescape=True)


# What each kind of filter asks, of the database and of a single value; the last argument says whether it is about days.
_SQL: dict[str, Callable[[ColumnElement[Any], Any, bool], ColumnElement[bool]]] = {
    "filled": lambda column, _value, _day: column.is_not(None),
    "has": lambda column, value, _day: column.contains(str(value), autoescape=True),
    "is": _same,
    "from": lambda column, value, _day: column >= value,
    "to": lambda column, value, day: or_(column <= value, _within(column, value)) if day else column <= value,
}
_HOLDS: dict[str, Callable[[Any, Any, bool], bool]] = {
    "filled": lambda _now, _value, _day: True,
    "has": lambda now, value, _day: str(value) in str(now),
    "is": lambda now, value, day: _any_of(now, value) or (day and str(now).startswith(f"{value}-")),
    "from": lambda now, value, _day: bool(now >= value),
    "to": lambda now, value, day: bool(now <= value) or (day and str(now).startswith(f"{value}-")),
}


def _any_of(now: Any, value: Any) -> bool:
    return now == value or (isinstance(value, tuple) and now in value)


def rank_of(ledger: Ledger, key: str, value: Any) -> int:
    """Where a value stands in its code table, for ordering what a lookup found; other kinds keep their order."""
    field = ledger.by_key[key]
    return code_table(field.table).rank.get(value, 10_000) if isinstance(field, Choice) else 0
