"""Reads and writes whole records; what is derived from their values is kept right on the way."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import CursorResult, Executable, bindparam, select, update

from taizhang.core.context import Value, Values
from taizhang.core.errors import Refused
from taizhang.core.field import Field
from taizhang.core.hanzi import pinyin_key, stroke_key
from taizhang.core.ledger import Ledger
from taizhang.store.coding import pack, special, unpack
from taizhang.store.database import Database
from taizhang.store.inserting import insert_many
from taizhang.store.schema import COMPLETE, FLAWS, JOURNALLED, PAST, PINYIN, STROKES, Schema
from taizhang.store.search import line_of
from taizhang.store.trouble import Damaged

_Item = TypeVar("_Item")
_BATCH = 500  # record numbers in one IN (…): below every database's limit


class Records:
    """The records of an office over one connection."""

    def __init__(self, database: Database, schema: Schema, ledgers: Mapping[str, Ledger]) -> None:
        self.connection = database.connection
        self.schema = schema
        self.ledgers = ledgers

    def execute(self, statement: Executable) -> CursorResult[*tuple[Any, ...]]:
        """Ask the database."""
        return self.connection.execute(statement)

    def ledger_of(self, rid: int) -> Ledger:
        """The ledger of a record; `Refused` when there is no such record."""
        rec = self.schema.rec
        key = self.execute(select(rec.c.ledger).where(rec.c.rid == rid)).scalar()
        if key is None:
            raise Refused("没有找到这条记录，没有改动；它可能属于另一个台账文件。")
        return self.ledger(key)

    def ledger(self, key: str) -> Ledger:
        """The ledger that the file names; the files of a newer program are refused before, so it is one of ours."""
        if key not in self.ledgers:
            raise Damaged
        return self.ledgers[key]

    def values(self, ledger: Ledger, rids: Sequence[int]) -> dict[int, dict[str, Value]]:
        """Every field of these records, with the journalled columns; a missing record is refused."""
        found = self.found(ledger, rids)
        if len(found) != len(set(rids)):
            raise Refused("有的记录已经不在了，没有改动；请刷新后再试。")
        return found

    def found(self, ledger: Ledger, rids: Sequence[int]) -> dict[int, dict[str, Value]]:
        """`values` of those records that there are."""
        table = self.schema.ledgers[ledger.key]
        columns = [table.c.rid, *(table.c[field.key] for field in ledger.fields), *(table.c[key] for key in JOURNALLED)]
        odd = special(ledger)
        found: dict[int, dict[str, Value]] = {}
        for batch in batches(rids):
            for row in self.execute(select(*columns).where(table.c.rid.in_(batch))).mappings():
                values: dict[str, Any] = dict(row)
                for field in odd:
                    values[field.key] = unpack(field, values[field.key])
                found[values.pop("rid")] = values
        return found

    def with_a_past(self, ledger: Ledger, fields: Sequence[Field]) -> Iterator[tuple[int, Values]]:
        """(rid, these fields and the journalled columns) of every record that remembers something."""
        table = self.schema.ledgers[ledger.key]
        keys = [*(field.key for field in fields), *JOURNALLED]
        statement = select(table.c.rid, *(table.c[key] for key in keys)).where(table.c[PAST].is_not(None))
        odd = [field for field in special(ledger) if field in fields]
        for rid, *stored in self.execute(statement):
            values = dict(zip(keys, stored, strict=True))
            for field in odd:
                values[field.key] = unpack(field, values[field.key])
            yield rid, values

    def insert(self, ledger: Ledger, rows: Sequence[tuple[int, Values]]) -> None:
        """New records. `rows` holds (rid, values with `FLAWS`)."""
        named = set().union(*(values for _rid, values in rows))
        keys = [field.key for field in ledger.fields if field.key in named] + [FLAWS]
        odd = [field.key for field in special(ledger) if field.key in named]
        packed = []
        for rid, values in rows:
            stored = {**values, **{key: pack(values.get(key)) for key in odd}} if odd else values
            packed.append((rid, *map(stored.get, keys), *self.derived(ledger, values)))
        columns = ["rid", *keys, COMPLETE, PINYIN, STROKES]
        insert_many(self.connection, self.schema.ledgers[ledger.key], columns, packed)
        lines = [(rid, line_of(ledger, values)) for rid, values in rows]
        insert_many(self.connection, self.schema.found[ledger.key], ["rid", "text"], lines)

    def update(
        self, ledger: Ledger, before: Mapping[int, Values], changes: Sequence[tuple[int, Mapping[str, Value]]]
    ) -> None:
        """Change records; those with the same changed columns go together."""
        table = self.schema.ledgers[ledger.key]
        found = self.schema.found[ledger.key]
        groups: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        lines = []
        for rid, new in changes:
            whole = {**before[rid], **new}
            complete, pinyin, strokes = self.derived(ledger, whole)
            row = {f"new{key}": pack(value) for key, value in new.items()}
            row |= {f"new{COMPLETE}": complete, f"new{PINYIN}": pinyin, f"new{STROKES}": strokes}
            groups[tuple(sorted(new))].append({"the_rid": rid, **row})
            lines.append({"the_rid": rid, "new_text": line_of(ledger, whole)})
        for keys, rows in groups.items():
            columns: dict[str, Any] = {key: bindparam(f"new{key}") for key in (*keys, COMPLETE, PINYIN, STROKES)}
            self.connection.execute(update(table).where(table.c.rid == bindparam("the_rid")).values(columns), rows)
        if lines:
            statement = update(found).where(found.c.rid == bindparam("the_rid")).values(text=bindparam("new_text"))
            self.connection.execute(statement, lines)

    def derived(self, ledger: Ledger, values: Values) -> tuple[int, str, str]:
        """Completeness and the two sort keys of a record with these values."""
        name = ledger.name_of(values)
        return ledger.completeness(values), pinyin_key(name), stroke_key(name)


def batches(items: Sequence[_Item]) -> list[Sequence[_Item]]:
    """Record numbers (or other items) in portions that one statement can carry."""
    return [items[start : start + _BATCH] for start in range(0, len(items), _BATCH)]
