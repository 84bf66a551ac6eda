"""An empty sheet to be filled in: headings, drop-downs, and one line of hints that an import leaves out."""

from math import ceil
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from taizhang.core.field import Field
from taizhang.core.kinds import Day, Flag, IdCard, Money, Phone, Whole
from taizhang.core.kinds_linked import Attachment, Choice, Link, Links
from taizhang.core.ledger import Ledger
from taizhang.exchange.book_saving import save_book
from taizhang.exchange.write import HEADING_ALIGNMENT, HEADING_FILL, HEADING_FONT, TEXT_FORMAT, sheet_name

_LISTS = "字典"
_LAST_ROW = 5000
_LINE = 15.0  # points from one line of text to the next
_HINT_FONT = Font(italic=True, color="808080")
_REQUIRED_FONT = Font(bold=True, color="B03A2E")
_SAMPLE = "示例（这一行不导入）"
_HINTS: tuple[tuple[type[Field], str], ...] = (
    (Day, "如：2004-07-01，可只写年月"),
    (Flag, "填“是”或“否”"),
    (IdCard, "18 位"),
    (Phone, "手机 11 位，座机带区号"),
    (Money, "元"),
    (Whole, "整数"),
    (Link, "填全称或简称"),
    (Links, "填全称或简称，用“、”分开"),
    (Choice, "从下拉中选"),
)


def write_template(ledger: Ledger, path: Path) -> None:
    """An empty sheet for `ledger` at `path`; `Refused` when the place cannot be written."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):  # a new workbook has one, whatever its type says
        raise TypeError(sheet)
    sheet.title = sheet_name(ledger.title)
    sheet.freeze_panes = "A2"
    lists = book.create_sheet(_LISTS)
    lists.sheet_state = "hidden"
    for number, field in enumerate(_fields(ledger), 1):
        _head(sheet, number, field, is_title=field.key == ledger.title_field)
        _offer(sheet, lists, number, field)
    for row in (1, 2):
        sheet.row_dimensions[row].height = _height(sheet, row)
    save_book(path, book)


def _fields(ledger: Ledger) -> list[Field]:
    return [field for field in ledger.fields if not isinstance(field, Attachment)]


def _head(sheet: Worksheet, number: int, field: Field, *, is_title: bool) -> None:
    """Heading, hint, width and format of one column."""
    heading = sheet.cell(1, number, f"{field.label}*" if field.required else field.label)
    heading.font = _REQUIRED_FONT if field.required else HEADING_FONT
    heading.fill, heading.alignment = HEADING_FILL, HEADING_ALIGNMENT
    hint = sheet.cell(2, number, _SAMPLE if is_title else _hint(field))
    hint.font, hint.alignment = _HINT_FONT, HEADING_ALIGNMENT
    column = sheet.column_dimensions[get_column_letter(number)]
    column.width = 2 * max(field.width, 4) + 2
    if not isinstance(field, (Money, Whole)):
        column.number_format = TEXT_FORMAT


def _hint(field: Field) -> str:
    return field.help or next((hint for kind, hint in _HINTS if isinstance(field, kind)), "")


def _height(sheet: Worksheet, row: int) -> float:
    """Points that the longest text of a row takes when it is broken in its column; not every program sees to that."""
    lines = [
        ceil(2 * len(str(cell.value or "")) / (sheet.column_dimensions[get_column_letter(number)].width - 1))
        for number, cell in enumerate(sheet[row], 1)
    ]
    return _LINE * max(lines, default=1) + _LINE / 2


def _offer(sheet: Worksheet, lists: Worksheet, number: int, field: Field) -> None:
    """A drop-down for what is chosen from a list; where others are allowed too, it only warns."""
    if isinstance(field, Flag):
        source = '"是,否"'
    elif isinstance(field, Choice):
        labels = field.codes.labels()
        for row, label in enumerate((field.label, *labels), 1):
            lists.cell(row, number, label)
        letter = get_column_letter(number)
        source = f"{_LISTS}!${letter}$2:${letter}${len(labels) + 1}"
    else:
        return
    offer = DataValidation(type="list", formula1=source, allow_blank=True, errorStyle="warning")
    offer.error, offer.errorTitle = "不在列表中，仍要填写吗？", field.label
    letter = get_column_letter(number)
    offer.add(f"{letter}3:{letter}{_LAST_ROW}")
    sheet.add_data_validation(offer)
