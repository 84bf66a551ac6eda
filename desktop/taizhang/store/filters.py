"""What a filter asks: of the database, and of one record's values; both answer alike."""

from typing import Any

from sqlalchemy import ColumnElement, Table, Text, cast, false, func, or_

from taizhang.core.context import Value, Values
from taizhang.core.errors import Refused
from taizhang.core.field import Field
from taizhang.core.kinds import Day
from taizhang.core.ledger import Ledger
from taizhang.store.coding import pack
from taizhang.store.query import Filter
from taizhang.store.schema import COMPLETE, FLAWS


def condition(one: Filter, ledger: Ledger, table: Table) -> ColumnElement[bool]:
    """A filter as the database understands it; `Refused` when the ledger has no such field."""
    if one.op in {"incomplete", "flawed"}:
        return table.c[COMPLETE] < 100 if one.op == "incomplete" else table.c[FLAWS] > 0
    field, column = _field(one, ledger), table.c[one.key]
    if one.op in {"blank", "filled"}:
        return column.is_(None) if one.op == "blank" else column.is_not(None)
    return or_(false(), *(_asked(one.op, field, column, value) for value in _values(one, field)))


def holds(one: Filter, ledger: Ledger, values: Values) -> bool:
    """Whether a record with these values passes a filter."""
    if one.op in {"incomplete", "flawed"}:
        return ledger.completeness(values) < 100 if one.op == "incomplete" else bool(values.get(FLAWS))
    field, now = _field(one, ledger), values.get(one.key)
    if one.op in {"blank", "filled"}:
        return (now is None) == (one.op == "blank")
    return any(_held(one.op, field, now, value) for value in _values(one, field))


def _field(one: Filter, ledger: Ledger) -> Field:
    if one.key not in ledger.by_key:
        raise Refused(f"{ledger.title}没有“{one.key}”这一项，没有执行；请核对栏目名称。")
    return ledger.by_key[one.key]


def _values(one: Filter, field: Field) -> tuple[Any, ...]:
    """The values of which any will do; the tuple of a packed field is one value."""
    return one.value if isinstance(one.value, tuple) and not field.packed else (one.value,)


def _asked(op: str, field: Field, column: ColumnElement[Any], value: Value) -> ColumnElement[bool]:
    if value is None:
        return column.is_(None)
    if op == "has":
        return _contains(column, field, value)
    # Every day within a partial day is that day too: 2004-07-15 is in 2004-07, and not later than it.
    within = column.startswith(f"{value}-", autoescape=True) if isinstance(field, Day) else false()
    if op == "from":
        return column >= pack(value)
    return or_(column == pack(value) if op == "is" else column <= pack(value), within)


def _held(op: str, field: Field, now: Any, value: Any) -> bool:
    if now is None or value is None:
        return now is value
    if op == "has":
        return value in now if isinstance(now, tuple) else str(pack(value)).lower() in str(pack(now)).lower()
    within = isinstance(field, Day) and now.startswith(f"{value}-")
    return bool(now >= value if op == "from" else within or (now == value if op == "is" else now <= value))


def _contains(column: ColumnElement[Any], field: Field, value: Value) -> ColumnElement[bool]:
    """Text within text; of a list, one of its items: 1 is not in [12]."""
    if not field.packed:
        return cast(column, Text).contains(str(pack(value)), autoescape=True)
    item = str(pack((value,)))[1:-1]  # type: ignore[arg-type]  # one item of a list: a number or a hash
    return ("," + func.trim(column, "[]") + ",").contains(f",{item},", autoescape=True)
