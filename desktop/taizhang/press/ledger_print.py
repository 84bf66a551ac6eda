"""From a ledger and its rows to a sheet of text: the chosen columns, shown and masked for the eyes it is made for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from taizhang.core.day import show
from taizhang.core.derived import Derived
from taizhang.core.field import Field, Names
from taizhang.core.ledger import Ledger
from taizhang.core.privacy import Profile, mask, shows
from taizhang.press.sheet import Align, Column, Notes, Sheet
from taizhang.store.rows import Row

_PICTURES = frozenset({"attachment"})
_PROSE = 10  # full-width characters; wider columns hold sentences and addresses, which read from the left


@dataclass(frozen=True, slots=True)
class Occasion:
    """For whom and when a list is printed: the day it speaks of, the moment, the user, the filter in words, the office.

    `names` gives the names of linked records.
    """

    day: date
    at: datetime
    names: Names
    profile: Profile = Profile.INTERNAL
    user: str = ""
    condition: str = "全部"
    organisation: str = ""


def ledger_sheet(
    ledger: Ledger,
    rows: Sequence[Row],
    occasion: Occasion,
    *,
    columns: Sequence[str] = (),
    blank_columns: Sequence[str] = (),
    title: str = "",
    signatures: tuple[str, ...] = (),
) -> Sheet:
    """A printed table of these rows, numbered in front.

    `columns` are keys of fields and derived columns, by default what the ledger prints; what the profile never shows is
    left out (R-PRIV-01). `blank_columns` are headings of empty columns at the right, to sign or tick.
    """
    wanted = [ledger.column(key) for key in columns or ledger.print_columns or ledger.columns]
    chosen = [column for column in wanted if _printable(column, occasion.profile)]
    keys = [column.key for column in chosen]
    return Sheet(
        title=title or ledger.title,
        columns=(
            Column("序号", 3),
            *(Column(column.label, column.width, _align(column)) for column in chosen),
            *(Column(label, max(5, len(label))) for label in blank_columns),
        ),
        rows=[
            (str(number), *(_shown(column, row, occasion) for column in chosen), *("" for _ in blank_columns))
            for number, row in enumerate(rows, 1)
        ],
        notes=_notes(ledger, len(rows), occasion),
        organisation=occasion.organisation,
        name_column=keys.index(ledger.title_field) + 1 if ledger.title_field in keys else 0,
        signatures=signatures,
    )


def _printable(column: Field | Derived, profile: Profile) -> bool:
    """Whether a column appears in a table for these eyes; pictures never do."""
    return shows(profile, column.privacy) and getattr(column, "kind", "") not in _PICTURES


def _shown(column: Field | Derived, row: Row, occasion: Occasion) -> str:
    """One cell as these eyes may see it."""
    if isinstance(column, Field):
        value = row.values.get(column.key)
        text = column.show(value, occasion.names)
    else:
        value = row.derived.get(column.key)
        text = "" if value is None else str(value)
    return mask(occasion.profile, column.privacy, text, value, occasion.day)


def _align(column: Field | Derived) -> Align:
    """Prose from the left, money from the right, all else in the middle."""
    kind = getattr(column, "kind", "")
    if kind == "money":
        return "right"
    return "left" if column.align == "left" and column.width >= _PROSE and kind != "id_card" else "center"


def _notes(ledger: Ledger, count: int, occasion: Occasion) -> Notes:
    """What stands at the foot of each page."""
    counted = f"人数：{count}" if ledger.unit == "人" else f"数量：{count} {ledger.unit}"
    day = show(occasion.day.isoformat(), "cn")
    return Notes(occasion.at, occasion.condition, day, counted, occasion.user)
