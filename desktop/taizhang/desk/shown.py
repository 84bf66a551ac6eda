"""Records as a user reads them: made on the file's thread, so that the window only draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from taizhang.core.context import Value
from taizhang.core.derived import Align, Derived
from taizhang.core.field import Field, Names
from taizhang.core.ledger import Ledger
from taizhang.core.privacy import Privacy, Profile, mask
from taizhang.store.rows import Row

if TYPE_CHECKING:
    from taizhang.store.store import Store

CHUNK = 32  # records whose lines a list fetches at once: a screen and a half
COMPLETENESS = "completeness"  # the key of the column that every ledger with wanted fields has


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list: `width` in Chinese characters."""

    key: str
    label: str
    width: int
    align: Align
    privacy: Privacy


@dataclass(frozen=True, slots=True)
class Line:
    """One record of a list as text, one for each column, masked as internal lists are."""

    rid: int
    texts: tuple[str, ...]
    completeness: int
    flaws: int
    void: bool


def column(ledger: Ledger, key: str) -> Column:
    """The list column of a field, a derived column or the completeness."""
    if key == COMPLETENESS:
        return Column(key, "完整度", 4, "right", Privacy.OPEN)
    found = ledger.column(key)
    return Column(key, found.label, found.width, found.align, found.privacy)


def all_columns(ledger: Ledger) -> list[str]:
    """Every key that a list can show, the ledger's own choice first."""
    keys = [*ledger.columns, *ledger.by_key, *ledger.derived_by_key]
    keys = [key for key in dict.fromkeys(keys) if getattr(ledger.by_key.get(key), "kind", "") != "attachment"]
    return [*keys, COMPLETENESS] if measures(ledger) else keys


def usual_columns(ledger: Ledger) -> list[str]:
    """What a list shows until the user chooses."""
    keys = list(ledger.columns) or [ledger.title_field]
    return [*keys, COMPLETENESS] if measures(ledger) else keys


def measures(ledger: Ledger) -> bool:
    """Whether records of this ledger can be more or less complete."""
    return any(field.wanted for field in ledger.fields)


def name_privacy(ledger: Ledger) -> Privacy:
    """What kind of personal data the name of a record is: that of a person, or of an organisation that all may see."""
    return ledger.column(ledger.title_field).privacy


def noun(ledger: Ledger) -> str:
    """What one record of a ledger is called: 党员名册 holds 党员; empty where its title gives no such word."""
    for end in ("名册", "记录", "台账", "登记"):
        if ledger.title.endswith(end) and len(ledger.title) > len(end):
            return ledger.title.removesuffix(end)
    return "" if "与" in ledger.title else ledger.title


def lines(
    store: Store, ledger: Ledger, rids: Sequence[int], columns: Sequence[Column], as_of: date | None
) -> list[Line]:
    """The records `rids`, in their order, as lines of a list."""
    keys = [column.key for column in columns if column.key != COMPLETENESS]
    readers = [None if column.key == COMPLETENESS else ledger.column(column.key) for column in columns]
    today, names = as_of or store.today, store.short_name_of
    return [
        Line(
            row.rid,
            tuple(text(reader, row, today, names) if reader else f"{row.completeness}%" for reader in readers),
            row.completeness,
            row.flaws,
            row.void is not None,
        )
        for row in store.rows(ledger.key, rids, keys, as_of)
    ]


def text(column: Field | Derived, row: Row, today: date, names: Names, profile: Profile = Profile.INTERNAL) -> str:
    """What one column of a record says to the eyes of `profile`."""
    value: Value
    if isinstance(column, Field):
        value = row.values.get(column.key)
        shown = column.show(value, names)
    else:
        value = row.derived.get(column.key)
        shown = "" if value is None else str(value)
    return mask(profile, column.privacy, shown, value, today)
