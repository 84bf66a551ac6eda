"""Between the values of the core and what the database stores; what cannot be read back says that it is damaged."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from taizhang.core.context import Value, Values
from taizhang.core.field import Field
from taizhang.core.kinds import Flag
from taizhang.core.ledger import Ledger
from taizhang.store.trouble import Damaged

_Stored = str | int | bool | list[str | int] | None  # a value in JSON; only a tuple looks different
_encoder = msgspec.json.Encoder()
_values = msgspec.json.Decoder(dict[str, _Stored])
_items = msgspec.json.Decoder(list[str | int])
_spells = msgspec.json.Decoder(list[tuple[str, str, _Stored]])


def pack(value: Value) -> str | int | None:
    """A value as a column holds it: tuples as JSON, yes/no as 1/0."""
    if isinstance(value, tuple):
        return _encoder.encode(value).decode()
    return int(value) if isinstance(value, bool) else value


def unpack(field: Field, stored: Any) -> Value:
    """A column as the core knows it."""
    if stored is None:
        return None
    if field.packed:
        return _value(_decoded(_items, stored))
    return bool(stored) if isinstance(field, Flag) else stored


def special(ledger: Ledger) -> list[Field]:
    """The fields whose stored form differs from their value; all others need no unpacking."""
    return [field for field in ledger.fields if field.packed or isinstance(field, Flag)]


def to_json(values: Values) -> str:
    """Values as the journal holds them."""
    return _encoder.encode(values).decode()


def from_json(text: Any) -> dict[str, Value]:
    """Values from the journal; an empty mapping for none."""
    found: dict[str, _Stored] = {} if text is None else _decoded(_values, text)
    return {key: _value(value) for key, value in found.items()}


def spells_to_json(spells: Sequence[tuple[str, str, Value]]) -> str:
    """A past as its column holds it."""
    return _encoder.encode(spells).decode()


def spells_from_json(text: str) -> list[tuple[str, str, Value]]:
    """(key, until, value) of a past."""
    found: list[tuple[str, str, _Stored]] = _decoded(_spells, text)
    return [(key, until, _value(value)) for key, until, value in found]


def moment(text: Any) -> datetime:
    """A moment as an operation holds it."""
    try:
        return datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise Damaged from None


def _decoded(decoder: msgspec.json.Decoder[Any], stored: Any) -> Any:
    try:
        return decoder.decode(stored)
    except (TypeError, msgspec.DecodeError):
        raise Damaged from None


def _value(stored: _Stored) -> Value:
    return tuple(stored) if isinstance(stored, list) else stored  # type: ignore[return-value]  # all of one kind
