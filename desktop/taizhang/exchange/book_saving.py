"""Saves a workbook straight into its place.

openpyxl would write every sheet, readable and whole, into the temporary folder of the computer first, and leave it
there when the program is stopped; what an office keeps under a password must lie only where the user has put it.
"""

import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from taizhang.exchange.saving import save_whole

_BUFFER = 1 << 18  # bytes


def save_book(path: Path, book: Workbook, rows: Callable[[], Iterable[list[Any]]] = tuple) -> None:
    """Write the book to `path`, whole or not at all; the one sheet of a write-only book is filled with `rows` then."""

    def write(part: Path) -> None:
        with ZipFile(part, "w", ZIP_DEFLATED) as archive:
            _Straight(book, archive, rows).write_data()

    save_whole(path, write)


class _Straight(ExcelWriter):
    def __init__(self, book: Workbook, archive: ZipFile, rows: Callable[[], Iterable[list[Any]]]) -> None:
        super().__init__(book, archive)
        self._into, self._rows = archive, rows

    def write_worksheet(self, ws: Any) -> None:
        """As its parent does it, but for the place; openpyxl does not say what kind of sheet it is."""
        ws._drawing = SpreadsheetDrawing()  # noqa: SLF001
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images  # noqa: SLF001
        with self._into.open(ws.path[1:], "w", force_zip64=True) as part, io.BufferedWriter(part, _BUFFER) as out:
            writer: Any = WorksheetWriter(ws, out)
            if self.workbook.write_only:
                self._fill(ws, writer)
            else:
                writer.write()
        ws._rels = writer._rels  # noqa: SLF001
        self.manifest.append(ws)

    def _fill(self, ws: Any, writer: Any) -> None:
        ws._writer = writer  # noqa: SLF001
        writer.write_top()
        try:
            for row in self._rows():
                ws.append(row)
        finally:
            ws.close()  # dropped half-way, when the user stops, it would complain on stderr
