"""Values that at most one live record may hold, held against what the database has in the end."""

from collections.abc import Iterable

from sqlalchemy import select

from taizhang.core.context import Value
from taizhang.core.field import Field
from taizhang.core.ledger import Ledger
from taizhang.store.coding import pack
from taizhang.store.records import Records, batches
from taizhang.store.schema import VOID


def unique_fields(ledger: Ledger) -> list[Field]:
    """The fields of which no two live records hold the same."""
    return [field for field in ledger.fields if field.unique]


def newly_doubled(records: Records, ledger: Ledger, field: Field, first: int) -> bool:
    """Whether a live record from the number `first` on holds what another live record holds as well."""
    table = records.schema.ledgers[ledger.key]
    other = table.alias("other")
    column = table.c[field.key]
    statement = select(table.c.rid).where(
        table.c.rid >= first,
        table.c[VOID].is_(None),
        column == other.c[field.key],
        other.c.rid != table.c.rid,
        other.c[VOID].is_(None),
    )
    return records.execute(statement.limit(1)).first() is not None


def holders(records: Records, ledger: Ledger, field: Field, values: Iterable[Value]) -> dict[Value, list[int]]:
    """Live records by the value that they hold, of those values."""
    table = records.schema.ledgers[ledger.key]
    column = table.c[field.key]
    found: dict[Value, list[int]] = {}
    for batch in batches([pack(value) for value in values]):
        statement = select(column, table.c.rid).where(column.in_(batch), table.c[VOID].is_(None))
        for value, rid in records.execute(statement):
            found.setdefault(value, []).append(rid)
    return found
