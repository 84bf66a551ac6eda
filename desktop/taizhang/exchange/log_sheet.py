"""Writes the log of an office into a workbook, for whoever has to show what left it (R-PRIV-02)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from taizhang.core.access import Role, must
from taizhang.exchange.book_saving import save_book
from taizhang.exchange.formulas import guard
from taizhang.exchange.log_words import HEADS, TITLE, in_words
from taizhang.exchange.write import HEADING_ALIGNMENT, HEADING_FILL, HEADING_FONT
from taizhang.store.logbook import Happening
from taizhang.store.store import Store

_WIDTHS = (18, 12, 14, 30, 12, 8)


def write_log(store: Store, path: Path, kind: Happening | None = None) -> int:
    """Write the log, or what it says of one `kind`, to `path`; returns how many lines. Administrators only."""
    must(store.access.role, be=Role.ADMIN)
    lines = store.log.lines(kind=kind)
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(TITLE)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width

    def rows() -> Iterator[list[Any]]:
        heads = [WriteOnlyCell(sheet, head) for head in HEADS]
        for head in heads:
            head.font, head.fill, head.alignment = HEADING_FONT, HEADING_FILL, HEADING_ALIGNMENT
        yield heads
        yield from ([*map(guard, in_words(line)[:-1]), line.records] for line in lines)
        store.log.note(Happening.EXPORT, TITLE, count=len(lines))  # nobody can stop it from here on

    save_book(path, book, rows)
    return len(lines)
