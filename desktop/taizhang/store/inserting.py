"""Many new rows by one prepared statement: an import of ten thousand must not pay for each value twice."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert


def insert_many(connection: Connection, table: Table, keys: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert `rows`, each with a value for every one of `keys`, in that order; the other columns stay blank."""
    if not rows:
        return
    compiled = insert(table).values({key: bindparam(key) for key in keys}).compile(dialect=connection.dialect)
    order = getattr(compiled, "positiontup", None)
    if order is None:  # a database that takes named parameters
        connection.execute(insert(table), [dict(zip(keys, row, strict=True)) for row in rows])
        return
    places = [keys.index(key) for key in order]
    if places != list(range(len(keys))):
        rows = [tuple([row[place] for place in places]) for row in rows]
    connection.exec_driver_sql(str(compiled), list(rows))
