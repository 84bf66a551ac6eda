"""Writes a list into a workbook that the program reads back one to one."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from taizhang.core.context import Value
from taizhang.core.derived import Derived
from taizhang.core.errors import Refused
from taizhang.core.field import Field, Names
from taizhang.core.kinds import Money, Whole
from taizhang.core.kinds_linked import Attachment
from taizhang.core.ledger import Ledger
from taizhang.core.privacy import Profile, mask, shows
from taizhang.core.progress import Progress, silent
from taizhang.exchange.book_saving import save_book
from taizhang.exchange.formulas import guard
from taizhang.store.logbook import Happening
from taizhang.store.rows import Row
from taizhang.store.store import Store

_BATCH = 2000  # rows
TEXT_FORMAT, _MONEY_FORMAT = "@", "0.00"
HEADING_FONT, HEADING_FILL = Font(bold=True), PatternFill("solid", fgColor="F2E6E6")
HEADING_ALIGNMENT = Alignment(horizontal="center", vertical="center", wrap_text=True)
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))

Column = Field | Derived


def export_rows(
    store: Store,
    ledger: Ledger,
    rids: Sequence[int],
    path: Path,
    columns: Sequence[str] = (),
    profile: Profile = Profile.FULL,
    progress: Progress = silent,
) -> int:
    """Write the records `rids`, in this order, to `path`; returns how many.

    `columns` are field and derived keys in the order wanted (none: every field). For eyes that may not see everything,
    `profile` leaves columns out and masks others. What is written is entered in the log of the office (R-PRIV-02).
    """
    wanted = [column for column in chosen(ledger, columns) if shows(profile, column.privacy)]
    if not wanted:
        raise Refused("选定的栏在这个用途下都不能出现，没有导出。请另选几栏或换一种用途。")
    book = Workbook(write_only=True)
    sheet = _sheet(book, ledger.title, wanted)
    writer = _Writer(sheet, wanted, profile, store.name_of, store.today)
    keys = [column.key for column in wanted]

    def lines() -> Iterator[list[Cell]]:
        yield writer.heading()
        for start in range(0, len(rids), _BATCH):
            progress(start, len(rids), "正在导出")
            yield from map(writer.line, store.rows(ledger.key, rids[start : start + _BATCH], keys))
        progress(len(rids), len(rids), "正在保存")
        store.release(Happening.EXPORT, ledger.title, profile, len(rids))  # nobody can stop it from here on

    save_book(path, book, lines)
    return len(rids)


def chosen(ledger: Ledger, keys: Sequence[str]) -> list[Column]:
    """The columns of these keys; every field that a sheet can carry when there are none."""
    unknown = [key for key in keys if key not in ledger.by_key and key not in ledger.derived_by_key]
    if unknown:
        raise Refused(f"{ledger.title}没有“{unknown[0]}”这一栏，没有导出。请改正后再试。")
    found = [ledger.column(key) for key in keys] or list(ledger.fields)
    return [column for column in found if not isinstance(column, Attachment)]


def sheet_name(title: str) -> str:
    """A title as a sheet may be called: 31 characters, without those that references use."""
    return title.translate(_NOT_IN_NAMES)[:31]


def _sheet(book: Workbook, title: str, columns: Sequence[Column]) -> Any:
    """An empty sheet; openpyxl does not say what kind of sheet a write-only book gives."""
    sheet = book.create_sheet(sheet_name(title))
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = 2 * max(column.width, 3) + 2
    return sheet


class _Writer:
    """Makes the lines of a sheet; the cells are made once and used again for each."""

    def __init__(self, sheet: Any, columns: Sequence[Column], profile: Profile, names: Names, today: date) -> None:
        self._sheet, self._profile, self._names, self._today = sheet, profile, names, today
        self._columns = columns
        self._cells = [WriteOnlyCell(sheet) for _ in columns]
        for cell, column in zip(self._cells, columns, strict=True):
            cell.number_format = _format(column)

    def heading(self) -> list[Cell]:
        """The first line."""
        cells = [WriteOnlyCell(self._sheet, column.label) for column in self._columns]
        for cell in cells:
            cell.font, cell.fill, cell.alignment = HEADING_FONT, HEADING_FILL, HEADING_ALIGNMENT
        return cells

    def line(self, row: Row) -> list[Cell]:
        """One record, until the next one is asked for."""
        for cell, column in zip(self._cells, self._columns, strict=True):
            cell.value = self._content(column, row)
        return self._cells

    def _content(self, column: Column, row: Row) -> str | float | None:
        value: Value
        if isinstance(column, Derived):
            value = row.derived.get(column.key)
            shown = "" if value is None else str(value)
        else:
            value = row.values.get(column.key)
            if isinstance(value, int) and isinstance(column, (Whole, Money)) and self._profile is Profile.FULL:
                return value / 100 if isinstance(column, Money) else value
            shown = column.show(value, self._names)
        text = mask(self._profile, column.privacy, shown, value, self._today)
        return guard(text) if text else None


def _format(column: Column) -> str:
    if isinstance(column, Money):
        return _MONEY_FORMAT
    return "General" if isinstance(column, Whole) else TEXT_FORMAT
