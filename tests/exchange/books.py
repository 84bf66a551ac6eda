"""Small workbooks, as offices keep them, for tests."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from taizhang.core.context import Alone
from taizhang.core.ledger import Ledger
from taizhang.exchange.headings import Table, find_tables
from taizhang.exchange.vocabulary import Vocabulary
from taizhang.exchange.workbook import Cell, Merge, Sheet
from taizhang.registry import installed
from tests.offices import TODAY

MEMBERS: Ledger = installed().ledgers["members"]
NOBODY = Alone(TODAY)
Rows = Sequence[Sequence[Cell]]


def sheet(rows: Rows, *merges: Merge, name: str = "Sheet1") -> Sheet:
    """A sheet in memory; short rows are filled up."""
    width = max(map(len, rows), default=0)
    return Sheet(name, [[*row, *[""] * (width - len(row))] for row in rows], merges=merges)


def tables(rows: Rows, *merges: Merge, ledger: Ledger = MEMBERS) -> list[Table]:
    """The tables found in such a sheet."""
    return find_tables(sheet(rows, *merges), Vocabulary(ledger))


def fields(rows: Rows, *merges: Merge) -> dict[str, str | None]:
    """Heading → field of the only table."""
    (table,) = tables(rows, *merges)
    return {column.heading: column.field for column in table.columns}


def write_book(path: Path, **sheets: Rows) -> Path:
    """An .xlsx file with these sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        made = book.create_sheet(name)
        for row in rows:
            made.append([None if cell == "" else cell for cell in row])
    book.save(path)
    return path


def first_sheet(book: Workbook) -> Worksheet:
    """The first sheet of a workbook that was read."""
    return book.worksheets[0]
