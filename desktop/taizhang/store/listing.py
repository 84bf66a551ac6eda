"""From a query to the record numbers that answer it, in order."""

from dataclasses import replace
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, FromClause, Table, and_, bindparam, case, func, or_, select

from taizhang.core.codes import code_table
from taizhang.core.derived import Lookup
from taizhang.core.errors import Refused
from taizhang.core.field import Field
from taizhang.core.kinds_linked import Choice
from taizhang.core.ledger import Ledger
from taizhang.store.filters import condition, holds
from taizhang.store.lookups import Lookups, scoped_ledger
from taizhang.store.past import as_of
from taizhang.store.presence import is_shown, shown
from taizhang.store.query import Query
from taizhang.store.records import Records
from taizhang.store.reminding import reminded
from taizhang.store.rows import ROOT
from taizhang.store.schema import PAST, PINYIN, STROKES

_ORDERS = {"pinyin": PINYIN, "strokes": STROKES, "entry": "rid"}
_LAST = 10_000  # behind every line of a code table


class Listing:
    """Answers queries over one office."""

    def __init__(self, records: Records, lookups: Lookups) -> None:
        self._records = records
        self._lookups = lookups

    def rids(self, query: Query) -> list[int]:
        """The records that match, in order; the search words are looked for elsewhere."""
        if due := {one.key for one in query.where if one.op == "due"}:
            ledger = self._records.ledgers[query.ledger]
            named = frozenset.intersection(*(reminded(self._records, self._lookups, ledger, one) for one in due))
            others = tuple(one for one in query.where if one.op != "due")
            return [rid for rid in self.rids(replace(query, where=others)) if rid in named]
        ledger, table = self._ledger(query)
        source, order = self._order(query, ledger, table)
        conditions = self._conditions(query, ledger, table)
        if query.as_of is None:
            statement = select(table.c.rid).select_from(source).where(*conditions)
            return [row[0] for row in self._records.execute(statement.order_by(*order))]
        # Records that remember something are asked one by one what they were on that day.
        then = self._then(query, ledger)
        past = table.c[PAST]
        statement = select(table.c.rid, past.is_(None)).select_from(source)
        statement = statement.where(or_(and_(past.is_(None), *conditions), past.is_not(None)))
        answers = self._records.execute(statement.order_by(*order))
        return [rid for rid, plain in answers if plain or rid in then]

    def count(self, query: Query) -> int:
        """How many records match, without regard to the search words."""
        if query.as_of is not None or any(one.op == "due" for one in query.where):
            return len(self.rids(query))
        ledger, table = self._ledger(query)
        statement = select(func.count()).select_from(table).where(*self._conditions(query, ledger, table))
        return int(self._records.execute(statement).scalar_one())

    def _ledger(self, query: Query) -> tuple[Ledger, Table]:
        return self._records.ledgers[query.ledger], self._records.schema.ledgers[query.ledger]

    def _conditions(self, query: Query, ledger: Ledger, table: Table) -> list[ColumnElement[bool]]:
        conditions = [shown(query, ledger, table, query.as_of or self._lookups.today)]
        conditions += [condition(one, ledger, table) for one in query.where]
        inside = self._inside(query)
        if inside is not None:
            # Written out, since the parts of a whole city are more than a statement takes parameters.
            places: BindParameter[Any] = bindparam("places", sorted(inside), expanding=True, literal_execute=True)
            conditions.append(table.c[_placed_by(ledger)].in_(places))
        return conditions

    def _inside(self, query: Query) -> set[int] | None:
        """The organisations asked for; None for all: whoever belongs to none is at home in the office as a whole."""
        if query.scope is None or query.scope == ROOT:
            return None
        return self._lookups.below(scoped_ledger(self._records, query.ledger), query.scope)

    def _then(self, query: Query, ledger: Ledger) -> set[int]:
        """The records with a past that matched on the day."""
        day = query.as_of or self._lookups.today
        inside, place = self._inside(query), _placed_by(ledger)
        asked = {one.key for one in query.where} | {place, ledger.presence.ends, *ledger.presence.begins}
        whole = any(one.op == "incomplete" for one in query.where)
        fields = [field for field in ledger.fields if whole or field.key in asked]
        found = set()
        for rid, values in self._records.with_a_past(ledger, fields):
            then = {**as_of(values, day.isoformat()), "rid": rid}
            if inside is not None and then.get(place) not in inside:
                continue
            if is_shown(query, ledger, then, day) and all(holds(one, ledger, then) for one in query.where):
                found.add(rid)
        return found

    def _order(self, query: Query, ledger: Ledger, table: Table) -> tuple[FromClause, list[Any]]:
        key = query.sort or ledger.sorts[0]
        if key in _ORDERS:
            column: ColumnElement[Any] = table.c[_ORDERS[key]]
            if query.where or query.as_of is not None:
                # What the index in this order does not hold is read faster from end to end, and sorted then.
                column = column.concat("")
            return table, [column.desc() if query.descending else column.asc(), table.c.rid]
        source: FromClause = table
        if key in ledger.by_key:
            rank = _by_rank(ledger.by_key[key], table.c[key])
        else:
            source, rank = self._looked_up(query, ledger, table, key)
        # Blanks come last either way; records of one rank stand in the ledger's further orders.
        own = [
            table.c[_ORDERS.get(one, one)] for one in ledger.sorts if one != key and one not in ledger.derived_by_key
        ]
        return source, [rank.is_(None), rank.desc() if query.descending else rank.asc(), *own, table.c.rid]

    def _looked_up(self, query: Query, ledger: Ledger, table: Table, key: str) -> tuple[FromClause, ColumnElement[Any]]:
        """The table joined with the best rank that the records pointing at each have: the posts that somebody holds."""
        derived = ledger.derived_by_key.get(key)
        if not isinstance(derived, Lookup):
            raise Refused(f"{ledger.title}不能按“{key}”排序，没有执行；请换一种排序。")
        other = self._records.ledgers[derived.ledger]
        target = self._records.schema.ledgers[derived.ledger]
        link, day = target.c[derived.link], query.as_of or self._lookups.today
        best = func.min(_by_rank(other.by_key[derived.field], target.c[derived.field])).label("best")
        present = shown(Query(other.key, as_of=day), other, target, day)
        where = [present, link.is_not(None), *(target.c[name] == code for name, code in derived.where)]
        ranks = select(link.label("link"), best).where(*where).group_by(link).subquery()
        return table.outerjoin(ranks, ranks.c.link == table.c.rid), ranks.c.best


def _placed_by(ledger: Ledger) -> str:
    """The column that says where in the tree a record stands; the records of a tree are its places themselves."""
    return "rid" if ledger.tree or not ledger.scope else ledger.scope


def _by_rank(field: Field, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column in the official order of its code table; codes mostly stand in that order by themselves."""
    if not isinstance(field, Choice):
        return column
    rank = code_table(field.table).rank
    if list(rank) == sorted(rank):
        return column
    return case((column.is_(None), None), else_=case(rank, value=column, else_=_LAST))


def rank_of(ledger: Ledger, key: str, value: Any) -> int:
    """Where a value stands in its code table, for ordering what a lookup found; other kinds keep their order."""
    field = ledger.by_key[key]
    return code_table(field.table).rank.get(value, _LAST) if isinstance(field, Choice) else 0
