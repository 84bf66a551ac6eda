"""Writes what could be put together of a damaged office into a new file, so that nothing in it contradicts itself."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Table, insert, select, update

from taizhang.core.context import Values
from taizhang.core.ids import Ids
from taizhang.core.ledger import Ledger
from taizhang.core.privacy import Profile
from taizhang.core.progress import Progress
from taizhang.store.coding import moment, to_json
from taizhang.store.database import Database
from taizhang.store.inserting import insert_many
from taizhang.store.logbook import Happening
from taizhang.store.pieces import Piece, Pieces
from taizhang.store.records import Records, batches
from taizhang.store.schema import PAST, VOID, Schema
from taizhang.store.told import Line, Told, is_number, is_text
from taizhang.store.trouble import Damaged
from taizhang.store.wreck import Wreck

TITLE = "抢救损坏的文件"
_UNNAMED = "（这一步的名称已损坏）"
_FIXED = "new"  # the kind of an operation that cannot be undone
_KINDS = frozenset({_FIXED, "do", "undo", "redo", "erase"})
_OPERATION = ("title", "who", "at", "kind", "target", "undone", "count")
_LOG = ("at", "who", "kind", "what", "profile", "count")
_PAPER = ("kind", "title", "at", "who", "sha256", "rid", "op", "first", "pages")


class Part(NamedTuple):
    """How many of something were saved, and how many more are known to have been there."""

    kept: int
    lost: int


_NONE = Part(0, 0)


@dataclass
class Saved:
    """What was written. `lost` counts by title of the ledger, `pieced` the records that are partly from the journal.

    `unlike`: records of which the journal tells something else; `cleared`: links to what is lost.
    """

    records: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    pieced: int = 0
    unlike: int = 0
    cleared: int = 0
    journal: Part = _NONE
    attachments: Part = _NONE


def bring_over(
    wreck: Wreck,
    database: Database,
    schema: Schema,
    ledgers: Mapping[str, Ledger],
    who: str,
    now: datetime,
    progress: Progress,
) -> Saved:
    """Write everything into a new and empty office file, in one transaction; what was saved."""
    rescue = _Rescue(wreck, Records(database, schema, ledgers))
    with database.transaction():
        progress(0, 0, "正在读取损坏的文件")
        hashes = rescue.attachments()
        told = Told(wreck)
        pieces = Pieces(wreck, told, ledgers, hashes, Ids())
        rescue.identity(pieces.owner)
        rescue.records(pieces, progress)
        rescue.journal(pieces, told, who, now)
        rescue.beside(hashes, pieces)
    return rescue.saved


class _Rescue:
    """The parts of the new file, in the order in which they are to be written."""

    def __init__(self, wreck: Wreck, records: Records) -> None:
        self._wreck, self._records = wreck, records
        self._schema, self._connection = records.schema, records.connection
        self.saved = Saved()

    def attachments(self) -> set[str]:
        """The attachments that are what they were; their hashes."""
        hashes, lost = set(), 0
        for _row, sha, mime, data in self._wreck.rows("attachment", ("sha256", "mime", "data")):
            if isinstance(data, bytes) and hashlib.sha256(data).hexdigest() == sha and sha not in hashes:
                hashes.add(sha)
                kind = mime if is_text(mime) else "application/octet-stream"
                self._insert(self._schema.attachment, {"sha256": sha, "mime": kind, "data": data})
            else:
                lost += 1
        self.saved.attachments = Part(len(hashes), lost)
        return hashes

    def identity(self, owner: bytes) -> None:
        """The office stays who it was."""
        meta = self._schema.meta
        self._connection.execute(update(meta).where(meta.c.key == "office_id").values(value=owner.hex()))

    def records(self, pieces: Pieces, progress: Progress) -> None:
        """The register, and the records of every ledger with all that is derived from them."""
        self.saved.lost, self.saved.cleared = pieces.lost, pieces.cleared
        by_ledger: dict[str, list[tuple[int, Piece]]] = defaultdict(list)
        for rid, piece in pieces.records.items():
            by_ledger[piece.ledger.key].append((rid, piece))
            self.saved.pieced += piece.pieced
        done = 0
        for key, those in by_ledger.items():
            self.saved.records[key] = len(those)
            for batch in batches(those):
                progress(done, len(pieces.records), "正在写入")
                self._write(batch[0][1].ledger, dict(batch))
                done += len(batch)

    def journal(self, pieces: Pieces, told: Told, who: str, now: datetime) -> None:
        """The history as far as it goes, and one step more, which says what it cannot account for."""
        lines = [line for line in told.lines if line.rid in pieces.records]
        self._lines((line.seq, line.op, line.rid, line.old, line.new) for line in lines)
        last = max((line.seq for line in lines), default=0)
        self.saved.journal = Part(len(lines), last - len(lines))
        op = self._operations(lines, now) + 1
        missing = list(_untold(pieces, told))
        self.saved.unlike = sum(old is not None for _rid, old, _new in missing)
        self._lines((last + at, op, *line) for at, line in enumerate(missing, 1))
        step = (TITLE, who, now.isoformat(timespec="seconds"), _FIXED, None, 0, len(missing))
        self._insert(self._schema.operation, {"op": op, **dict(zip(_OPERATION, step, strict=True))})

    def beside(self, hashes: AbstractSet[str], pieces: Pieces) -> None:
        """What is no record: the log, papers, drafts and choices."""
        for _seq, *line in self._wreck.rows("log", _LOG):
            if _is_log(*line):
                self._insert(self._schema.log, dict(zip(_LOG, line, strict=True)))
        for number, *paper in self._wreck.rows("paper", _PAPER):
            *said, rid, op, first, pages = paper
            if all(map(is_text, said)) and said[-1] in hashes and _is_moment(said[2]):
                whence = (rid if rid in pieces.records else None, op if is_number(op) else None)
                where = (first, pages) if isinstance(first, int) and is_number(pages) else (None, None)
                row = dict(zip(_PAPER, (*said, *whence, *where), strict=True))
                self._insert(self._schema.paper, {"paper": number, **row})
        for name in ("memo", "meta"):
            table = self._schema.metadata.tables[name]
            there = {row[0] for row in self._connection.execute(select(table.c.key))}
            for _row, key, value in self._wreck.rows(name, ("key", "value")):
                if is_text(key) and key not in there and (_is_json(value) if name == "memo" else is_text(value)):
                    there.add(key)
                    self._insert(table, {"key": key, "value": value})

    def _write(self, ledger: Ledger, those: Mapping[int, Piece]) -> None:
        register = [(rid, piece.id, ledger.key, piece.owner, piece.epoch) for rid, piece in those.items()]
        insert_many(self._connection, self._schema.rec, ("rid", "id", "ledger", "owner", "epoch"), register)
        values = {rid: piece.values for rid, piece in those.items()}
        self._records.insert(ledger, list(values.items()))
        beside = {rid: {key: held[key] for key in (VOID, PAST) if held.get(key)} for rid, held in values.items()}
        self._records.update(ledger, values, [(rid, more) for rid, more in beside.items() if more])

    def _lines(self, lines: Iterable[tuple[int, int, int, Values | None, Values]]) -> None:
        rows = [(seq, op, rid, None if old is None else to_json(old), to_json(new)) for seq, op, rid, old, new in lines]
        insert_many(self._connection, self._schema.journal, ("seq", "op", "rid", "old", "new"), rows)

    def _operations(self, lines: Iterable[Line], now: datetime) -> int:
        """The operations, also those that only the journal knows of. One that is not whole cannot be undone."""
        touched: dict[int, set[int]] = defaultdict(set)
        for line in lines:
            touched[line.op].add(line.rid)
        read = {op: said for op, *said in self._wreck.rows("operation", _OPERATION) if _is_operation(*said)}
        at = now.isoformat(timespec="seconds")
        for op in sorted({*read, *touched}):
            known = dict(zip(_OPERATION, read.get(op, (_UNNAMED, "", at, _FIXED, None, 0, 0)), strict=True))
            at = known["at"]  # an operation of which nothing else is known was done after this one
            if known["count"] != len(touched[op]):
                known |= {"kind": _FIXED, "count": len(touched[op])}
            self._insert(self._schema.operation, {"op": op, **known})
        return max((*read, *touched), default=0)

    def _insert(self, table: Table, row: Mapping[str, Any]) -> None:
        self._connection.execute(insert(table).values(row))


def _untold(pieces: Pieces, told: Told) -> Iterator[tuple[int, Values | None, Values]]:
    """(record, old, new) of what the records hold and the journal does not say."""
    for rid, piece in pieces.records.items():
        if rid not in told.last:
            yield rid, None, {key: value for key, value in piece.values.items() if value is not None}
            continue
        last = told.last[rid]
        new = {key: value for key, value in piece.values.items() if last.get(key) != value}
        if new:
            yield rid, {key: last.get(key) for key in new}, new


def _is_operation(title: Any, who: Any, at: Any, kind: Any, target: Any, undone: Any, count: Any) -> bool:
    numbers = isinstance(undone, int) and isinstance(count, int) and (target is None or is_number(target))
    return is_text(title) and is_text(who) and _is_moment(at) and kind in _KINDS and numbers


def _is_log(at: Any, who: Any, kind: Any, what: Any, profile: Any, count: Any) -> bool:
    known = kind in set(Happening) and (profile is None or profile in set(Profile))
    return known and _is_moment(at) and is_text(who) and is_text(what) and (count is None or isinstance(count, int))


def _is_moment(text: Any) -> bool:
    try:
        return is_text(text) and bool(moment(text))
    except Damaged:
        return False


def _is_json(text: Any) -> bool:
    try:
        return is_text(text) and msgspec.json.decode(text) is not None
    except msgspec.DecodeError:
        return False
