"""Which records count on a day: of the database, and of one record's values."""

from datetime import date

from sqlalchemy import ColumnElement, Table, and_, func, or_

from taizhang.core.context import Values
from taizhang.core.ledger import Ledger
from taizhang.store.query import Query
from taizhang.store.schema import VOID


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


def is_shown(query: Query, ledger: Ledger, values: Values, day: date) -> bool:
    """`shown` for one record's values."""
    if query.show == "void" or values.get(VOID) is not None:
        return query.show == "void" and values.get(VOID) is not None
    ends = values.get(ledger.presence.ends) if ledger.presence.ends else None
    gone = isinstance(ends, str) and ends <= day.isoformat()
    if query.show != "present":
        return gone or query.show == "all"
    begins = next((str(values[key]) for key in ledger.presence.begins if values.get(key) is not None), "")
    return not gone and (query.as_of is None or begins <= day.isoformat())
