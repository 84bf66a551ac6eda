"""A field: one column, declared once, from which input, check, list, paper, Excel and storage are read off."""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from datetime import datetime, time
from typing import ClassVar, Literal, NamedTuple

from taizhang.core.context import Context, Value, Values
from taizhang.core.findings import Finding
from taizhang.core.privacy import Privacy
from taizhang.core.text import clean


class Reading(NamedTuple):
    """What a field made of a raw value: the value that is kept, and what is to be said about it."""

    value: Value
    findings: tuple[Finding, ...] = ()


BLANK = Reading(None)

# (ledger, rid) -> the name a user reads for that record.
Names = Callable[[str, int], str]


def nobody(_ledger: str, _rid: int) -> str:
    """A `Names` that knows no record."""
    return ""


@dataclass(frozen=True)
class Field:
    """One column of a ledger; the kinds below say what it holds.

    `label` is the wording of the official form, `aliases` the other headings under which sheets carry it, `width` the
    room it wants in list and print, in Chinese characters. `required`: no record without it. `wanted`: counts into the
    completeness of a record, always or where the function says so. `unique`: at most one live record may hold a value.
    `since` names the day field from which a change takes effect; such a field remembers what it held before (`dated`).
    `remembers` is for a field that is dated without such a partner. `section` heads a block of the form.
    """

    key: str
    label: str
    _: KW_ONLY
    aliases: tuple[str, ...] = ()
    required: bool = False
    wanted: bool | Callable[[Values], bool] = False
    unique: bool = False
    width: int = 8
    help: str = ""
    privacy: Privacy = Privacy.OPEN
    section: str = ""
    since: str = ""
    remembers: bool = False

    kind: ClassVar[str] = ""  # the name of the kind, as the command line prints it
    storage: ClassVar[Literal["text", "integer"]] = "text"
    packed: ClassVar[bool] = False  # the value is a tuple, stored as JSON
    numbered: ClassVar[bool] = False  # people look for it by its last digits
    repeats: ClassVar[bool] = False  # few distinct values: the gate remembers what it made of each
    align: ClassVar[Literal["left", "center", "right"]] = "left"

    @property
    def dated(self) -> bool:
        """Whether the record remembers what this field held before, and until when."""
        return bool(self.since) or self.remembers

    def is_wanted(self, values: Values) -> bool:
        """Whether a record with these values is incomplete without this field."""
        return self.wanted(values) if callable(self.wanted) else self.wanted

    def read(self, raw: object, context: Context) -> Reading:
        """Make a value of what was typed, found in a cell, or kept before; blank gives `BLANK`. Never raises."""
        raise NotImplementedError

    def show(self, value: Value, names: Names) -> str:
        """What a user reads in list, form, paper and Excel; `read` understands it and gives `value` back."""
        del names
        return "" if value is None else str(value)


def as_text(raw: object) -> str:
    """A raw value as clean text; whole numbers lose the `.0` that a sheet gives them."""
    if isinstance(raw, str):
        return clean(raw)
    if raw is None:
        return ""
    if isinstance(raw, datetime) and raw.time() == time():
        return raw.date().isoformat()  # a date cell: a sheet has no dates without a time
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    return clean(str(raw).upper() if isinstance(raw, float) else str(raw))  # a sheet shows 1.1E+17
