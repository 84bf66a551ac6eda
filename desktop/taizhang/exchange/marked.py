"""A copy of the user's own file with what was found beside the cells."""

import warnings
from pathlib import Path

from openpyxl import Workbook as Book, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from taizhang.core.errors import Refused
from taizhang.core.findings import Finding
from taizhang.exchange.book_saving import save_book
from taizhang.exchange.formulas import guard
from taizhang.exchange.plan import Decision, ImportPlan, PlanRow
from taizhang.exchange.sources import Source

HEADING = "核对结果"
_ERROR, _WARNING = PatternFill("solid", fgColor="F8C9C4"), PatternFill("solid", fgColor="FCEBB6")
_GREY = Font(color="808080")
_LARGEST_WITH_FORMATS = 40 << 20  # bytes unpacked; beyond, a million formatted rows would take minutes
_LONGEST_COMMENT = 2000


def write_marked(plan: ImportPlan, path: Path) -> None:
    """Write the copy to `path`: formats kept, macros dropped; an .xls comes back as .xlsx with its values only.

    Each cell in question is coloured and carries the reason as a note; a last column tells for every row what became
    of it. `Refused` when the place cannot be written, or is that of their file itself.
    """
    if path.exists() and path.samefile(plan.book.path):
        raise Refused(f"“{path.name}”就是要导入的原表，没有覆盖，也没有导入；带标记的副本请另取文件名。")
    book = _copy(plan)
    for source in plan.sources:
        head = _cell(book[source.sheet.name], source.sheet.number(source.table.body - 1), _after(source))
        head.value, head.font = HEADING, Font(bold=True)
    for row in plan.rows:
        source = plan.sources[row.source]
        sheet = book[source.sheet.name]
        result = _cell(sheet, row.number, _after(source))
        result.value = _result(plan, row)
        if row.decision is Decision.SKIP:
            result.font = _GREY
        columns = source.table.by_field
        for finding in row.findings:
            if column := columns.get(finding.field or ""):
                _remark(_cell(sheet, row.number, source.sheet.left + column.index + 1), finding)
    save_book(path, book)


def _after(source: Source) -> int:
    """The first column after everything in the sheet, from 1."""
    return source.sheet.left + max(map(len, source.sheet.rows)) + 1


def _result(plan: ImportPlan, row: PlanRow) -> str:
    """What became of a row, and why."""
    said = [row.reason] if row.reason else []
    for finding in row.findings:
        heading = plan.heading(row, finding.field)
        proposal = f"建议：{finding.proposal}。" if finding.proposal else ""
        said.append(f"{heading}：{finding.text}{proposal}" if heading else f"{finding.text}{proposal}")
    return f"{row.decision.label}：{' '.join(said)}" if said else row.decision.label


def _remark(cell: Cell, finding: Finding) -> None:
    before = cell.comment.text + "\n" if cell.comment else ""
    text = f"{before}{finding.text}"[:_LONGEST_COMMENT]
    cell.comment = Comment(text, "台账", width=260, height=60 + 20 * (len(text) // 18))
    if finding.is_error or cell.fill.fgColor.rgb != _ERROR.fgColor.rgb:
        cell.fill = _ERROR if finding.is_error else _WARNING


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell that can be written: of merged ones the first."""
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        merged = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
        cell = sheet.cell(merged.min_row, merged.min_col)
    if not isinstance(cell, Cell):  # the first of merged cells is a plain one
        raise TypeError(cell)
    return cell


def _copy(plan: ImportPlan) -> Book:
    """The file with its formats where they can be read, or else what was read of it."""
    if plan.book.kind == "xlsx" and plan.book.size <= _LARGEST_WITH_FORMATS:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that the copy does without
            try:
                return load_workbook(plan.book.path, keep_links=False)
            except Exception:  # noqa: BLE001 - whatever a foreign program has written: the values are there
                return _values_only(plan)
    return _values_only(plan)


def _values_only(plan: ImportPlan) -> Book:
    book = Book()
    book.remove(book.worksheets[0])
    for source in plan.book.sheets:
        sheet = book.create_sheet(source.name)
        for index, cells in enumerate(source.rows):
            for column, cell in enumerate(cells):
                if cell != "":
                    value = guard(ILLEGAL_CHARACTERS_RE.sub("", cell)) if isinstance(cell, str) else cell
                    sheet.cell(source.number(index), source.left + column + 1, value)
    return book
