"""What a user chose the last time, as the file remembers it."""

from typing import TypeVar

import msgspec

C = TypeVar("C", bound=msgspec.Struct)


def choice_of(kept: object, kind: type[C]) -> C:
    """The choice that was kept, or the usual one: none was, or another edition of the program kept something else."""
    try:
        return msgspec.convert(kept, kind) if kept else kind()
    except msgspec.ValidationError:
        return kind()
