"""Computes derived columns for the rows that are shown."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from taizhang.core.context import RID, Values
from taizhang.core.derived import Compared, Computed, Lookup, Tally
from taizhang.core.ledger import Ledger
from taizhang.store.eyes import Eyes
from taizhang.store.listing import rank_of
from taizhang.store.lookups import Lookups
from taizhang.store.presence import shown
from taizhang.store.query import Query
from taizhang.store.records import Records, batches
from taizhang.store.rows import Derivation


def derive(
    records: Records,
    lookups: Lookups,
    eyes: Eyes,
    ledger: Ledger,
    rows: Mapping[int, Values],
    keys: Sequence[str],
    day: date,
) -> dict[int, dict[str, Derivation]]:
    """The derived columns `keys` for these rows (rid to values, unmasked) on that day, as these eyes may see them."""
    found: dict[int, dict[str, Derivation]] = {rid: {} for rid in rows}
    for key in keys:
        column = ledger.derived_by_key[key]
        if isinstance(column, Computed):
            for rid, values in rows.items():
                found[rid][key] = column.compute(values, day)
        elif isinstance(column, Compared):
            for rid, values in rows.items():
                found[rid][key] = column.compare({**values, RID: rid}, lookups)
        elif isinstance(column, Tally):
            counted = {rid: lookups.below(ledger.key, rid) if column.below else {rid} for rid in rows}
            counts = lookups.tallies(column.ledger, column.link, column.where, day)
            for rid, inside in counted.items():
                found[rid][key] = sum(counts.get(one, 0) for one in inside)
        elif isinstance(column, Lookup):
            texts = _lookup(records, lookups, eyes, column, list(rows), day)
            for rid in rows:
                found[rid][key] = texts.get(rid)
    return {rid: eyes.derived(ledger, columns) for rid, columns in found.items()}


def _lookup(
    records: Records, lookups: Lookups, eyes: Eyes, column: Lookup, rids: Sequence[int], day: date
) -> dict[int, str]:
    other = records.ledgers[column.ledger]
    table = records.schema.ledgers[column.ledger]
    link, wanted = table.c[column.link], table.c[column.field]
    found: dict[int, list[Any]] = defaultdict(list)
    for batch in batches(rids):
        statement = select(link, wanted).where(link.in_(batch), wanted.is_not(None), *_pointing(records, column, day))
        for rid, value in records.execute(statement):
            found[rid].append(value)
    field = other.by_key[column.field]
    texts = {}
    for rid, values in found.items():
        values.sort(key=lambda value: rank_of(other, column.field, value))
        texts[rid] = "、".join(dict.fromkeys(field.show(eyes.value(field, value), lookups.name) for value in values))
    return texts


def _pointing(records: Records, column: Lookup, day: date) -> list[Any]:
    """Present on the day, and with one of the codes that the column asks for."""
    table = records.schema.ledgers[column.ledger]
    present = shown(Query(column.ledger, as_of=day), records.ledgers[column.ledger], table, day)
    return [present, *(table.c[key].in_([code] if isinstance(code, str) else code) for key, code in column.where)]
