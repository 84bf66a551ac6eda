"""Which records point at which: nothing that is pointed at may go."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqlalchemy import select

from taizhang.core.field import Field
from taizhang.core.kinds_linked import Link
from taizhang.core.ledger import Ledger
from taizhang.store.records import Records, batches
from taizhang.store.schema import VOID


class Reference(NamedTuple):
    """The live record `rid` of `ledger` points at `target` by `field`."""

    target: int
    ledger: Ledger
    field: Field
    rid: int


def references_to(records: Records, ledger: str, rids: Iterable[int]) -> Iterator[Reference]:
    """Every single link from a live record to one of these records of `ledger`."""
    targets = sorted(rids)
    for other in records.ledgers.values():
        table = records.schema.ledgers[other.key]
        for field in other.fields:
            if not isinstance(field, Link) or field.ledger != ledger:
                continue
            link = table.c[field.key]
            for batch in batches(targets):
                statement = select(link, table.c.rid).where(link.in_(batch), table.c[VOID].is_(None))
                for target, rid in records.execute(statement):
                    yield Reference(target, other, field, rid)
