"""Puts the records of a damaged office together: from their rows, and from the journal where a row is lost."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NoReturn, TypeGuard

from taizhang.core.context import Value
from taizhang.core.ids import Ids
from taizhang.core.kinds import Flag
from taizhang.core.kinds_linked import Attachment, Link, Links
from taizhang.core.ledger import Ledger
from taizhang.store.coding import spells_from_json, unpack
from taizhang.store.rows import ROOT
from taizhang.store.schema import FLAWS, JOURNALLED, PAST, VOID
from taizhang.store.told import Told, is_number, is_text
from taizhang.store.trouble import Damaged
from taizhang.store.wreck import Wreck

_ID = 16  # bytes
_NAMELESS = "（名称已损坏，请改正）"
_Row = dict[str, Value]  # what can be read of a row, by column


@dataclass(frozen=True)
class Piece:
    """One record. `pieced`: some of it, or all, is from the journal."""

    id: bytes
    ledger: Ledger
    owner: bytes
    epoch: int
    values: _Row
    pieced: bool


class Pieces:
    """What could be put together of an office.

    `lost` counts records by the title of their ledger, an empty one where not even that is known; `cleared` the links
    that pointed at what is lost.
    """

    def __init__(
        self, wreck: Wreck, told: Told, ledgers: Mapping[str, Ledger], hashes: AbstractSet[str], ids: Ids
    ) -> None:
        """`hashes` are the attachments that were saved."""
        self._told, self._ledgers, self._ids = told, ledgers, ids
        self._register = {rid: about for rid, *about in wreck.rows("rec", ("id", "ledger", "owner", "epoch"))}
        self._rows = {key: _read(wreck, ledger) for key, ledger in ledgers.items()}
        self._idents = {rid: ident for rid, ident in _idents(wreck, self._register) if is_number(rid) and _is_id(ident)}
        self.owner = _owner(wreck, self._register) or ids.new()
        self.records: dict[int, Piece] = {}
        self.lost: Counter[str] = Counter()
        self.cleared = 0
        self._gather()
        for piece in self.records.values():
            self._clear(piece, hashes)

    def _gather(self) -> None:
        seen = {ROOT, *self._register, *self._idents, *self._told.last}.union(*self._rows.values())
        rids = {rid for rid in seen if is_number(rid)}
        taken: set[bytes] = set()
        for rid in sorted(rids):
            piece = self._piece(rid, taken)
            if piece:
                taken.add(piece.id)
                self.records[rid] = piece
        if len(rids) < max(rids) <= 2 * len(rids):  # numbers are given without gaps; beyond that one of them is garbled
            self.lost[""] += max(rids) - len(rids)

    def _piece(self, rid: int, taken: AbstractSet[bytes]) -> Piece | None:
        _ident, key, owner, epoch = self._register.get(rid, (None, None, None, None))
        ledger = self._ledger_of(rid, key)
        row = self._rows[ledger.key].get(rid) if ledger else None
        values = self._values(ledger, rid, row) if ledger else None
        if ledger is None or values is None:
            self.lost[ledger.title if ledger else ""] += 1
            if rid != ROOT or ledger is None:
                return None
            values = {ledger.title_field: _NAMELESS, FLAWS: 0}
        ident = self._idents.get(rid)
        return Piece(
            ident if ident and ident not in taken else self._ids.new(),
            ledger,
            owner if _is_id(owner) else self.owner,
            epoch if isinstance(epoch, int) else 0,
            values,
            pieced=row is None or any(key not in row for key, value in values.items() if value is not None),
        )

    def _ledger_of(self, rid: int, key: Any) -> Ledger | None:
        if rid == ROOT:
            return next((ledger for ledger in self._ledgers.values() if ledger.office), None)
        if key in self._ledgers:
            return self._ledgers[key]
        return next((self._ledgers[key] for key, rows in self._rows.items() if rid in rows), None)

    def _values(self, ledger: Ledger, rid: int, row: _Row | None) -> _Row | None:
        """The row, with what the journal says in place of what cannot be read."""
        last = {key: value for key, value in self._told.last.get(rid, {}).items() if _fits(ledger, key, value)}
        if row is None and rid not in self._told.begun and not ledger.name_of(last):
            return None
        found = {**last, **(row or {})}
        values = {key: found.get(key) for key in (*ledger.by_key, *JOURNALLED)}
        return {**values, FLAWS: values[FLAWS] or 0}

    def _clear(self, piece: Piece, hashes: AbstractSet[str]) -> None:
        """Nothing may point at what is not there."""
        for field in piece.ledger.fields:
            value = piece.values.get(field.key)
            if not isinstance(field, (Link, Links, Attachment)) or value is None:
                continue
            items = value if isinstance(value, tuple) else (value,)
            kept = tuple(item for item in items if self._is_there(field, item, hashes))
            if kept != items:
                self.cleared += len(items) - len(kept)
                piece.values[field.key] = kept or None  # type: ignore[assignment]  # all of one kind

    def _is_there(self, field: Link | Links | Attachment, item: Any, hashes: AbstractSet[str]) -> bool:
        if isinstance(field, Attachment):
            return item in hashes
        return item in self.records and self.records[item].ledger.key == field.ledger


def _read(wreck: Wreck, ledger: Ledger) -> dict[int, _Row]:
    """What can be read of the rows of a ledger; a value that cannot be what was written is left out."""
    there = wreck.tables.get(f"ledger_{ledger.key}", [])
    columns = [key for key in (*ledger.by_key, *JOURNALLED) if key in there]
    found: dict[int, _Row] = {}
    for rid, *stored in wreck.rows(f"ledger_{ledger.key}", columns):
        row = found[rid] = {}
        for key, value in zip(columns, stored, strict=True):
            with suppress(Damaged):
                row[key] = _value(ledger, key, value)
    return found


def _value(ledger: Ledger, key: str, stored: Any) -> Value:
    """The value in a column; raises `Damaged` when that cannot be what was written."""
    field = ledger.by_key.get(key)
    if stored is None:
        return None
    text = key in {VOID, PAST} if field is None else field.storage == "text"
    if not (is_text(stored) if text else isinstance(stored, int)):
        return _damaged()
    value: Value = unpack(field, stored) if field else stored
    return value if _fits(ledger, key, value) else _damaged()


def _damaged() -> NoReturn:
    raise Damaged


def _fits(ledger: Ledger, key: str, value: Value) -> bool:
    """Whether a record of this ledger may hold the value, from a column or from the journal."""
    field = ledger.by_key.get(key)
    if value is None:
        return field is not None or key in JOURNALLED
    if field is None:
        return isinstance(value, int) if key == FLAWS else key in {VOID, PAST} and _is_past_or_reason(key, value)
    if field.packed:
        one = int if isinstance(field, Links) else str
        return isinstance(value, tuple) and all(isinstance(item, one) for item in value)
    if field.storage == "integer":
        return isinstance(value, int) and isinstance(value, bool) == isinstance(field, Flag)
    return is_text(value)


def _is_past_or_reason(key: str, value: Value) -> bool:
    if not isinstance(value, str) or not is_text(value):
        return False
    try:
        return key == VOID or bool(spells_from_json(value))
    except Damaged:
        return False


def _idents(wreck: Wreck, register: Mapping[int, Sequence[Any]]) -> list[tuple[Any, Any]]:
    """(record number, identity): the index has a copy of what the register says, which counts first."""
    return [*wreck.copies("rec", "id"), *((rid, ident) for rid, (ident, *_) in register.items())]


def _owner(wreck: Wreck, register: Mapping[int, Sequence[Any]]) -> bytes | None:
    """The identity of the office: as the file says it, or as its records do."""
    owners = Counter(owner for _ident, _key, owner, _epoch in register.values() if _is_id(owner))
    said = {key: value for _row, key, value in wreck.rows("meta", ("key", "value"))}.get("office_id")
    try:
        named = bytes.fromhex(said if isinstance(said, str) else "")
    except ValueError:
        named = b""
    if _is_id(named) and (named in owners or not owners):
        return named
    return owners.most_common(1)[0][0] if owners else None


def _is_id(stored: Any) -> TypeGuard[bytes]:
    return isinstance(stored, bytes) and len(stored) == _ID
