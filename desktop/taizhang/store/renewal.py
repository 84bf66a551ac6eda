"""What is computed from records when they are written, made anew when the way of computing it has changed."""

from collections.abc import Mapping

import msgspec
from sqlalchemy import Connection, delete, insert, select

from taizhang.core.context import Value
from taizhang.core.ledger import Ledger
from taizhang.store.database import Database
from taizhang.store.records import Records, batches
from taizhang.store.schema import Schema

_VERSION = 1  # to be raised when readings, stroke orders or the form of a search line change


def stale(connection: Connection, schema: Schema, ledgers: Mapping[str, Ledger]) -> list[Ledger]:
    """The ledgers whose completeness, sort keys and search lines were made by other rules than today's."""
    meta = schema.meta
    noted = dict(connection.execute(select(meta.c.key, meta.c.value)).all())
    return [ledger for key, ledger in ledgers.items() if noted.get(_note(key)) != _rules(ledger)]


def renew(database: Database, schema: Schema, ledger: Ledger) -> None:
    """Compute everything of this ledger anew."""
    records = Records(database, schema, {ledger.key: ledger})
    rids = [row[0] for row in records.execute(select(schema.ledgers[ledger.key].c.rid))]
    unchanged: Mapping[str, Value] = {}
    for batch in batches(rids):
        records.update(ledger, records.values(ledger, batch), [(rid, unchanged) for rid in batch])


def note_rules(connection: Connection, schema: Schema, ledger: Ledger) -> None:
    """Write down by which rules this ledger's columns are made."""
    key, meta = _note(ledger.key), schema.meta
    connection.execute(delete(meta).where(meta.c.key == key))
    connection.execute(insert(meta).values(key=key, value=_rules(ledger)))


def _note(ledger: str) -> str:
    return f"rules of {ledger}"


def _rules(ledger: Ledger) -> str:
    """What completeness, sort keys and search lines depend on."""
    wanted = [(field.key, getattr(field.wanted, "__qualname__", "")) for field in ledger.fields if field.wanted]
    found = (ledger.title_field, ledger.short_field, ledger.search_fields, ledger.numbered)
    return msgspec.json.encode((_VERSION, wanted, found)).decode()
