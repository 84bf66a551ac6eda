"""A marked copy of the user's own file comes back: formats kept, reasons beside the cells (wish 1)."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from taizhang.core.errors import Refused
from taizhang.exchange.marked import HEADING, write_marked
from taizhang.exchange.planner import plan_import
from taizhang.exchange.workbook import read_workbook
from tests.exchange.books import MEMBERS
from tests.exchange.oldxls import write_xls
from tests.offices import Office

ROWS: list[list[str | float]] = [
    ["姓名", "性别", "入党时间"],
    ["甲一", "男", "2004.07"],
    ["乙二", "很女", "2016.02.30"],
    ["", "小计", "2人"],
]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "office.tz")
    yield made
    made.store.close(with_backup=False)


def roster(path: Path) -> Path:
    """Their file: a merged title, a bold heading, a second sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "名册"
    sheet["B2"] = "幸福社区党员名册"
    sheet.merge_cells("B2:D2")
    for row, cells in enumerate(ROWS, 3):
        for column, cell in enumerate(cells, 2):
            sheet.cell(row, column, cell)
    sheet["B3"].font = Font(bold=True, name="黑体")
    sheet.column_dimensions["B"].width = 33
    book.create_sheet("别的")["A1"] = "=1+1"
    book.save(path)
    return path


def marked(office: Office, path: Path) -> Workbook:
    """The marked copy of a file, read again."""
    target = path.with_name("marked.xlsx")
    write_marked(plan_import(read_workbook(path), MEMBERS, office.store), target)
    return load_workbook(target)


def test_reasons_stand_beside_the_cells_and_formats_stay(office: Office, tmp_path: Path) -> None:
    book = marked(office, roster(tmp_path / "a.xlsx"))
    sheet = book["名册"]
    assert [sheet.cell(row, 5).value for row in (3, 4)] == [HEADING, "新增"]
    refused, skipped = str(sheet.cell(5, 5).value), str(sheet.cell(6, 5).value)
    assert refused.startswith("拒绝：")
    assert "性别" in refused
    assert "入党时间" in refused
    assert skipped == "跳过：合计行"
    for cell in (sheet["C5"], sheet["D5"]):
        assert cell.comment is not None
        assert cell.fill.fill_type == "solid"
    assert sheet["C4"].comment is None
    assert (sheet["B3"].font.bold, sheet["B3"].font.name) == (True, "黑体")
    assert sheet.column_dimensions["B"].width == 33
    assert [str(merge) for merge in sheet.merged_cells.ranges] == ["B2:D2"]
    assert book["别的"]["A1"].value == "=1+1"


def test_their_own_file_is_left_as_it_was(office: Office, tmp_path: Path) -> None:
    path = roster(tmp_path / "a.xlsx")
    before = path.read_bytes()
    marked(office, path)
    assert path.read_bytes() == before
    assert {file.name for file in tmp_path.glob("*.xlsx*")} == {"a.xlsx", "marked.xlsx"}


def test_macros_do_not_come_along(office: Office, tmp_path: Path) -> None:
    path = roster(tmp_path / "a.xlsm")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    marked(office, path)
    with zipfile.ZipFile(tmp_path / "marked.xlsx") as archive:
        assert not [name for name in archive.namelist() if "vba" in name.lower()]


def test_an_xls_file_comes_back_as_its_values(office: Office, tmp_path: Path) -> None:
    path = write_xls(tmp_path / "a.xls", [*ROWS, ["=1+1", "男", 2004.0]])
    sheet = marked(office, path).worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["姓名", "性别", "入党时间", HEADING]
    assert sheet["A5"].value == "'=1+1"
    assert sheet["C5"].value == 2004


def test_a_file_whose_formats_cannot_be_read_comes_back_as_its_values(office: Office, tmp_path: Path) -> None:
    path = roster(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(
        b"<fonts", b'<fonts><font><sz val="?"/></font></fonts><fonts'
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert marked(office, path)["名册"]["B4"].value == "甲一"


def test_a_place_that_cannot_be_written_is_said(office: Office, tmp_path: Path) -> None:
    plan = plan_import(read_workbook(roster(tmp_path / "a.xlsx")), MEMBERS, office.store)
    with pytest.raises(Refused, match="写不进"):
        write_marked(plan, tmp_path / "missing" / "marked.xlsx")
