"""Draws a roster as offices draw them, and keeps count of what an import should make of each row."""

import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

_STAMP = datetime(2026, 10, 15, 9, 30)  # noqa: DTZ001 - a fixed moment, so that the file comes out the same each time
_ZIP_STAMP = (2026, 10, 15, 9, 30, 0)
_LINE = Side(style="thin", color="999999")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_OUTCOMES = ("added", "updated", "unchanged", "skipped", "refused")


@dataclass
class Roster:
    """One workbook in the making; `said` holds the outcome of each row that an import reads."""

    path: Path
    book: Workbook = field(default_factory=Workbook)
    said: list[tuple[str, int, str]] = field(default_factory=list)
    cached: dict[tuple[str, str], str | int] = field(default_factory=dict)

    def sheet(self, title: str) -> "Page":
        """A new sheet; the first takes the place of the empty one."""
        sheet = self.book.active if not self.said and len(self.book.sheetnames) == 1 and self._untouched() else None
        if not isinstance(sheet, Worksheet):
            sheet = self.book.create_sheet()
        sheet.title = title
        return Page(self, sheet)

    def _untouched(self) -> bool:
        return self.book.worksheets[0].max_row == 1 and self.book.worksheets[0]["A1"].value is None

    def save(self) -> dict[str, object]:
        """Write the file, formulas with the values that they had; returns what an import should count."""
        self.book.properties.creator = "杏花社区"
        self.book.properties.created = self.book.properties.modified = _STAMP
        self.book.save(self.path)
        _settle(self.path, {sheet.title: n for n, sheet in enumerate(self.book.worksheets, 1)}, self.cached)
        counts = Counter(outcome for _sheet, _row, outcome in self.said)
        expected: dict[str, object] = {"read": len(self.said), **{outcome: counts[outcome] for outcome in _OUTCOMES}}
        expected["rows"] = {
            outcome: [f"{sheet}!{row}" for sheet, row, said in self.said if said == outcome] for outcome in _OUTCOMES
        }
        return expected


class Page:
    """One sheet, written from the top down."""

    def __init__(self, roster: Roster, sheet: Worksheet) -> None:
        self.roster, self.sheet = roster, sheet
        self.at = 0

    def title(self, text: str, width: int) -> None:
        """A line across the table, above it."""
        self.line([text])
        self.sheet.merge_cells(start_row=self.at, start_column=1, end_row=self.at, end_column=width)
        self.sheet.cell(self.at, 1).font = Font(size=16, bold=True)
        self.sheet.cell(self.at, 1).alignment = Alignment(horizontal="center")

    def headings(self, rows: Sequence[Sequence[str | None]], merges: Sequence[str] = ()) -> None:
        """Heading rows; None leaves a cell to the merge that covers it. `merges` count rows from 1 in the heading."""
        top = self.at
        for row in rows:
            self.line(row)
            for column in range(1, len(row) + 1):
                cell = self.sheet.cell(self.at, column)
                cell.font, cell.border = Font(bold=True), _GRID
                cell.fill = PatternFill("solid", fgColor="DDEBF7")
                cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        for merge in merges:
            shifted = re.sub(r"\d+", lambda match: str(int(match[0]) + top), merge)
            self.sheet.merge_cells(shifted)

    def line(self, cells: Sequence[object], outcome: str = "") -> int:
        """One row; with an `outcome` it is one that an import reads. Returns its number."""
        self.at += 1
        for column, value in enumerate(cells, 1):
            if value is not None:
                self._put(self.at, column, value)
        if outcome:
            self.roster.said.append((self.sheet.title, self.at, outcome))
            for column in range(1, len(cells) + 1):
                self.sheet.cell(self.at, column).border = _GRID
        return self.at

    def _put(self, row: int, column: int, value: object) -> None:
        cell = self.sheet.cell(row, column)
        if isinstance(value, Formula):
            cell.value = value.text
            self.roster.cached[self.sheet.title, f"{get_column_letter(column)}{row}"] = value.result
        else:
            cell.value = value  # type: ignore[assignment]  # whatever a careless typist puts in
            if isinstance(value, str) and value.isdigit():
                cell.number_format = "@"

    def widths(self, *widths: int) -> None:
        """Column widths in characters."""
        for column, width in enumerate(widths, 1):
            self.sheet.column_dimensions[get_column_letter(column)].width = width

    def hide(self, column: str) -> None:
        """Hide a column, as offices do with what they do not want to print."""
        self.sheet.column_dimensions[column].hidden = True


@dataclass(frozen=True)
class Formula:
    """A formula and the value that it had when the sheet was saved."""

    text: str
    result: str | int


def _settle(path: Path, numbers: dict[str, int], cached: dict[tuple[str, str], str | int]) -> None:
    """Put the results of formulas into the file, and take out what differs from one run to the next."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    for (sheet, place), result in cached.items():
        name = f"xl/worksheets/sheet{numbers[sheet]}.xml"
        kind = ' t="str"' if isinstance(result, str) else ""
        pattern = rf'<c r="{place}"([^>]*)><f>(.*?)</f><v ?/?>(?:</v>)?</c>'
        text, count = re.subn(
            pattern, rf'<c r="{place}"\1{kind}><f>\2</f><v>{result}</v></c>', parts[name].decode("utf-8")
        )
        if count != 1:
            raise ValueError(f"{sheet}!{place} holds no formula")
        parts[name] = text.encode("utf-8")
    core = parts["docProps/core.xml"].decode("utf-8")
    core = re.sub(r"(<dcterms:modified[^>]*>)[^<]*", rf"\g<1>{_STAMP:%Y-%m-%dT%H:%M:%SZ}", core)
    parts["docProps/core.xml"] = core.encode("utf-8")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(zipfile.ZipInfo(name, _ZIP_STAMP), data, zipfile.ZIP_DEFLATED)
