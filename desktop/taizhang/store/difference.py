"""What restoring a backup would bring back, lose and change, told before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import msgspec
from sqlalchemy import func, select

from taizhang.core.errors import Refused
from taizhang.core.ledger import Ledger
from taizhang.store.coding import moment
from taizhang.store.records import Records
from taizhang.store.rows import Operation
from taizhang.store.schema import PAST, VOID
from taizhang.store.store import Store

EXAMPLES = 5  # records told by name
OPERATIONS = 50  # operations told one by one
_encode = msgspec.json.Encoder().encode


class Change(NamedTuple):
    """A record that both have, by its name now, and the labels of the fields in which they differ."""

    name: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class LedgerDifference:
    """Of one ledger: how many records, and some of them by name.

    `back` are only in the backup, or were voided since; `gone` were made since; `changed` are in both.
    """

    ledger: Ledger
    back: int
    gone: int
    changed: int
    back_names: tuple[str, ...]
    gone_names: tuple[str, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Difference:
    """Between an office as it is and a backup of it; `ledgers` only those in which something differs.

    `operations` are the latest of the `since` operations that the backup does not know; `other` counts those that only
    the backup knows, because work went on in a copy that was restored from it. `made`: the last operation it knows.
    `papers` were printed and kept since, and are not in the backup.
    """

    ledgers: tuple[LedgerDifference, ...]
    operations: tuple[Operation, ...]
    since: int
    other: int
    made: datetime | None
    papers: int = 0

    @property
    def nothing(self) -> bool:
        """Whether both hold the same."""
        return not self.ledgers and not self.since and not self.other and not self.papers


class _Known(NamedTuple):
    """One record as one of the two files has it."""

    rid: int
    void: bool
    content: int  # of all that it holds, in one number


_Found = dict[bytes, _Known]


def compare(now: Store, then: Store) -> Difference:
    """What the backup `then` differs in from the office `now`, both open; `Refused` when it is another office's."""
    if _identity(now.records) != _identity(then.records):
        said = f"这份备份是另一个单位“{then.name}”的，不能和现在的单位比较；恢复时会写成新文件，现在的单位不动。"
        raise Refused(said)
    pairs = (_of_ledger(now.records, then.records, ledger) for ledger in now.ledgers.values())
    mine, theirs = _operations(now.records), _operations(then.records)
    since = sorted(set(mine) - set(theirs), reverse=True)
    made = moment(max(theirs)[1]) if theirs else None
    latest = _told(now.records, [op for op, *_rest in since[:OPERATIONS]])
    other = len(set(theirs) - set(mine))
    papers = len(_papers(now.records) - _papers(then.records))
    return Difference(tuple(filter(None, pairs)), latest, len(since), other, made, papers)


def operations_since(store: Store, when: datetime) -> int:
    """How many operations were done after a moment; what a list of backups says beside each."""
    table = store.records.schema.operation
    later = select(func.count()).where(table.c.at > when.isoformat(timespec="seconds"))
    return int(store.records.execute(later).scalar_one())


def _identity(records: Records) -> str:
    meta = records.schema.meta
    return str(records.execute(select(meta.c.value).where(meta.c.key == "office_id")).scalar())


def _operations(records: Records) -> list[tuple[int, str, str, str]]:
    table = records.schema.operation
    return [tuple(row) for row in records.execute(select(table.c.op, table.c.at, table.c.who, table.c.title))]


def _papers(records: Records) -> set[tuple[str, str, str, int | None]]:
    """Every paper as it is known anywhere; those that were printed together differ by their record."""
    table = records.schema.paper
    found = records.execute(select(table.c.kind, table.c.at, table.c.sha256, table.c.rid))
    return {(kind, at, sha, rid) for kind, at, sha, rid in found}


def _told(records: Records, ops: Sequence[int]) -> tuple[Operation, ...]:
    table = records.schema.operation
    columns = (table.c.op, table.c.title, table.c.who, table.c.at, table.c["count"], table.c.undone)
    rows = records.execute(select(*columns).where(table.c.op.in_(ops)).order_by(table.c.op.desc()))
    return tuple(Operation(op, title, who, moment(at), n, bool(undone)) for op, title, who, at, n, undone in rows)


def _of_ledger(now: Records, then: Records, ledger: Ledger) -> LedgerDifference | None:
    mine, theirs = _found(now, ledger), _found(then, ledger)
    live = {key for key, known in mine.items() if not known.void}
    lived = {key for key, known in theirs.items() if not known.void}
    back = sorted(lived - live, key=lambda key: theirs[key].rid)
    gone = sorted(live - lived, key=lambda key: mine[key].rid)
    changed = sorted(
        (key for key in live & lived if mine[key].content != theirs[key].content), key=lambda key: mine[key].rid
    )
    if not back and not gone and not changed:
        return None
    return LedgerDifference(
        ledger,
        len(back),
        len(gone),
        len(changed),
        _names(then, ledger, [theirs[key].rid for key in back[:EXAMPLES]]),
        _names(now, ledger, [mine[key].rid for key in gone[:EXAMPLES]]),
        tuple(_change(now, then, ledger, mine[key].rid, theirs[key].rid) for key in changed[:EXAMPLES]),
    )


def _found(records: Records, ledger: Ledger) -> _Found:
    """Every record by its identity. Only a number stands for what it holds: two large offices must fit into memory."""
    table, rec = records.schema.ledgers[ledger.key], records.schema.rec
    columns = [table.c[field.key] for field in ledger.fields]
    rows = records.execute(
        select(rec.c.id, rec.c.rid, table.c[VOID], table.c[PAST], *columns).join(table, table.c.rid == rec.c.rid)
    )
    return {row[0]: _Known(row[1], row[2] is not None, hash(_encode(tuple(row[2:])))) for row in rows}


def _names(records: Records, ledger: Ledger, rids: Sequence[int]) -> tuple[str, ...]:
    found = records.found(ledger, rids)
    return tuple(ledger.name_of(found[rid]) or f"（第 {rid} 号）" for rid in rids)


def _change(now: Records, then: Records, ledger: Ledger, rid: int, rid_then: int) -> Change:
    mine, theirs = now.found(ledger, [rid])[rid], then.found(ledger, [rid_then])[rid_then]
    labels = tuple(field.label for field in ledger.fields if mine[field.key] != theirs[field.key])
    return Change(ledger.name_of(mine) or f"（第 {rid} 号）", labels or ("以往的情况",))
