"""What is missing in a ledger, counted by the database."""

from collections.abc import Callable, Iterator, Mapping

from sqlalchemy import ColumnElement, func, select

from taizhang.core.context import Value, Values
from taizhang.core.field import Field
from taizhang.core.ledger import Ledger
from taizhang.store.coding import unpack
from taizhang.store.records import Records


def missing(records: Records, ledger: Ledger, among: ColumnElement[bool]) -> dict[str, int]:
    """How many of the records `among` lack each wanted field."""
    table = records.schema.ledgers[ledger.key]
    always = [field.key for field in ledger.fields if field.wanted is True]
    statement = select(func.count(), *(func.count(table.c[key]) for key in always)).where(among)
    total, *filled = records.execute(statement.select_from(table)).one()
    counts = {key: total - count for key, count in zip(always, filled, strict=True)}
    for field in ledger.fields:
        if callable(field.wanted):
            counts[field.key] = _sometimes(records, ledger, field, field.wanted, among)
    return counts


def _sometimes(
    records: Records, ledger: Ledger, field: Field, wanted: Callable[[Values], bool], among: ColumnElement[bool]
) -> int:
    """How many lack a field that only some must have.

    Which other fields decide is found by asking: the records are grouped by those that the function has looked at so
    far, until it looks at no other. So 100,000 records are a handful of groups.
    """
    table = records.schema.ledgers[ledger.key]
    keys = _first_asked(ledger, field, wanted)
    while True:
        columns = [table.c[key] for key in keys]
        statement = select(func.count(), *columns).where(among, table.c[field.key].is_(None)).group_by(*columns)
        count = 0
        try:
            for number, *stored in records.execute(statement.select_from(table)).all():
                values = {key: unpack(ledger.by_key[key], item) for key, item in zip(keys, stored, strict=True)}
                count += number if wanted(_Known(ledger, {**values, field.key: None})) else 0
        except _Asked as asked:
            keys += asked.keys
        else:
            return count


def _first_asked(ledger: Ledger, field: Field, wanted: Callable[[Values], bool]) -> list[str]:
    """What the function looks at first; spares a round."""
    try:
        wanted(_Known(ledger, {field.key: None}))
    except _Asked as asked:
        return asked.keys
    return []


class _Asked(Exception):  # noqa: N818 - it reads as what happened
    """Values were asked for that are not there yet."""

    def __init__(self, keys: list[str]) -> None:
        super().__init__(keys)
        self.keys = keys


class _Known(Mapping[str, Value]):
    """The values that are known so far; asking for others raises `_Asked`."""

    def __init__(self, ledger: Ledger, values: dict[str, Value]) -> None:
        self._ledger = ledger
        self._values = values

    def __getitem__(self, key: str) -> Value:
        if key in self._ledger.by_key and key not in self._values:
            raise _Asked([key])
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        self._ask_all()
        return iter(self._values)

    def __len__(self) -> int:
        self._ask_all()
        return len(self._values)

    def _ask_all(self) -> None:
        if lacking := [key for key in self._ledger.by_key if key not in self._values]:
            raise _Asked(lacking)
