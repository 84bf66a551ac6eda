"""Between the values of the core and what the database stores."""

from typing import Any

import msgspec

from taizhang.core.context import Value, Values
from taizhang.core.field import Field
from taizhang.core.kinds import Flag
from taizhang.core.ledger import Ledger

_encoder = msgspec.json.Encoder()


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
        return tuple(msgspec.json.decode(stored))
    return bool(stored) if isinstance(field, Flag) else stored


def special(ledger: Ledger) -> list[Field]:
    """The fields whose stored form differs from their value; all others need no unpacking."""
    return [field for field in ledger.fields if field.packed or isinstance(field, Flag)]


def to_json(values: Values) -> str:
    """Values as the journal holds them."""
    return _encoder.encode(values).decode()


def from_json(text: str | None) -> dict[str, Value]:
    """Values from the journal; an empty mapping for none."""
    if text is None:
        return {}
    return {key: tuple(value) if isinstance(value, list) else value for key, value in msgspec.json.decode(text).items()}
