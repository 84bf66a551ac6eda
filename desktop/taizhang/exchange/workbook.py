"""A workbook read into memory: every sheet a rectangle of typed cells, with what is merged and what is hidden."""

import datetime as dt
import io
from dataclasses import dataclass, replace
from pathlib import Path

import python_calamine

from taizhang.core.collecting import uncollected
from taizhang.core.errors import Refused
from taizhang.exchange.commas import read_commas
from taizhang.exchange.guard import LARGEST_FILE, Kind, vet

Cell = str | float | bool | dt.date | dt.time | dt.timedelta
# First row, first column, last row, last column; within the sheet's rectangle, counted from 0.
Merge = tuple[int, int, int, int]


@dataclass(frozen=True)
class Sheet:
    """One sheet. `rows` begins at the first filled cell, which is row `top` and column `left` of the file (from 0)."""

    name: str
    rows: list[list[Cell]]
    top: int = 0
    left: int = 0
    merges: tuple[Merge, ...] = ()
    hidden: bool = False

    def number(self, row: int) -> int:
        """The row number that the user sees in the file, for an index into `rows`."""
        return self.top + row + 1


@dataclass(frozen=True)
class Workbook:
    """What a file holds; `size` is what it unpacks to in bytes, `notes` what the user should know about it."""

    path: Path
    kind: Kind
    size: int
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()


def read_workbook(path: Path) -> Workbook:
    """Read an .xlsx, .xls or .csv file; raises `Refused`, in one sentence, for what cannot be read within bounds."""
    data = _content(path)
    if path.suffix.lower() == ".csv":
        cells: list[list[Cell]] = [list(row) for row in read_commas(data)]
        return Workbook(path, "csv", len(data), (Sheet(path.stem, cells),))
    vetted = vet(data)
    try:
        with uncollected():
            sheets = _sheets(data)
    except BaseException as cause:
        # A torn file makes the reader panic, which is no Exception; only real interruptions go on.
        if isinstance(cause, (KeyboardInterrupt, SystemExit, MemoryError, Refused)):
            raise
        raise Refused(_sentence(cause)) from cause
    return Workbook(path, vetted.kind, vetted.size, sheets, vetted.notes)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Refused(f"文件超过 {LARGEST_FILE >> 20} MB，没有导入任何内容。请只保留要导入的工作表，另存后再试。")
        return path.read_bytes()
    except OSError as cause:
        said = f"打不开“{path.name}”，没有导入任何内容。请确认文件还在，并已在 Excel 或 WPS 中关闭。"
        raise Refused(said) from cause


def _sentence(cause: BaseException) -> str:
    if isinstance(cause, python_calamine.PasswordError):
        return "文件设有打开密码，没有导入任何内容。请先用 Excel 或 WPS 打开，取消密码并另存后再导入。"
    return "文件不完整或已损坏，没有导入任何内容。请用 Excel 或 WPS 打开它，另存为 .xlsx 后再导入。"


def _sheets(data: bytes) -> tuple[Sheet, ...]:
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        return tuple(
            _sheet(book.get_sheet_by_name(about.name), hidden=about.visible != python_calamine.SheetVisibleEnum.Visible)
            for about in book.sheets_metadata
            if about.typ == python_calamine.SheetTypeEnum.WorkSheet
        )


def _sheet(read: python_calamine.CalamineSheet, *, hidden: bool) -> Sheet:
    rows: list[list[Cell]] = read.to_python()
    top, left = read.start or (0, 0)
    sheet = Sheet(read.name, rows, top, left, hidden=hidden)
    width, height = len(rows[0]) if rows else 0, len(rows)
    merges = (
        (max(row - top, 0), max(column - left, 0), min(end - top, height - 1), min(edge - left, width - 1))
        for (row, column), (end, edge) in read.merged_cell_ranges or ()
    )
    return replace(sheet, merges=tuple(merge for merge in merges if merge[0] <= merge[2] and merge[1] <= merge[3]))
