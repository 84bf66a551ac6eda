"""What goes out: columns in the order chosen, numbers as text, no formulas, nothing that these eyes may not see."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from taizhang.core.errors import Cancelled, Refused
from taizhang.core.privacy import Profile
from taizhang.exchange.formulas import guard, unguard
from taizhang.exchange.planner import plan_import
from taizhang.exchange.template import write_template
from taizhang.exchange.workbook import read_workbook
from taizhang.exchange.write import export_rows
from tests.exchange.books import MEMBERS
from tests.offices import Office

ID = "110199198506300027"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "office.tz")
    made.add(
        "members",
        name="张伟",
        sex="女",
        id_number=ID,
        phone="13800000000",
        address="=杏花路8号3栋404",
        joined_on="2004-07",
    )
    made.add("members", name="李四", note="+1\n-2")
    yield made
    made.store.close(with_backup=False)


def exported(office: Office, path: Path, *columns: str, profile: Profile = Profile.FULL) -> Worksheet:
    """Everybody, in a sheet read again."""
    assert export_rows(office.store, MEMBERS, sorted(office.rids("members")), path, columns, profile) == 2
    return load_workbook(path).worksheets[0]


def test_chosen_columns_stand_in_the_order_chosen(office: Office, tmp_path: Path) -> None:
    sheet = exported(office, tmp_path / "a.xlsx", "phone", "age", "name")
    assert [cell.value for cell in sheet[1]] == ["联系电话", "年龄", "姓名"]
    assert [cell.value for cell in sheet[2]] == ["13800000000", "41", "张伟"]
    assert sheet.freeze_panes == "A2"


def test_long_numbers_are_text_and_stay_so(office: Office, tmp_path: Path) -> None:
    sheet = exported(office, tmp_path / "a.xlsx", "id_number", "phone")
    assert [(cell.value, cell.data_type, cell.number_format) for cell in sheet[2]] == [
        (ID, "s", "@"),
        ("13800000000", "s", "@"),
    ]


def test_no_text_becomes_a_formula_and_what_went_out_reads_back(office: Office, tmp_path: Path) -> None:
    sheet = exported(office, tmp_path / "a.xlsx")
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    assert not [cell for cell in cells if cell.data_type == "f" or str(cell.value)[0] in "=+-@"]
    plan = plan_import(read_workbook(tmp_path / "a.xlsx"), MEMBERS, office.store)
    assert plan.rows[0].raw["address"] == "=杏花路8号3栋404"
    assert (plan.counts.read, plan.counts.unchanged) == (2, 2)


@given(text=st.text())
def test_the_guard_against_formulas_is_taken_off_exactly(text: str) -> None:
    assert unguard(guard(text)) == text
    assert not guard(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_eyes_that_may_see_less_get_less(office: Office, tmp_path: Path) -> None:
    """R-PRIV: the masking profiles."""
    keys = ("name", "id_number", "phone", "address", "born_on")
    internal = exported(office, tmp_path / "a.xlsx", *keys, profile=Profile.INTERNAL)
    posting = exported(office, tmp_path / "b.xlsx", *keys, profile=Profile.POSTING)
    wall = exported(office, tmp_path / "c.xlsx", *keys, profile=Profile.WALL)
    shown = ["张伟", "110199********0027", "13800000000", "'=杏花路8号3栋", "1985.06"]
    assert [cell.value for cell in internal[2]] == shown
    assert [cell.value for cell in posting[1]] == ["姓名", "联系电话", "出生日期"]
    assert [cell.value for cell in posting[2]] == ["张伟", "138****0000", "41岁"]
    assert [cell.value for cell in wall[2]] == ["张*"]
    with pytest.raises(Refused, match="没有导出"):
        exported(office, tmp_path / "d.xlsx", "id_number", profile=Profile.WALL)


def test_an_unknown_column_is_refused_and_no_file_is_left(office: Office, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="nickname"):
        exported(office, tmp_path / "a.xlsx", "nickname")

    def stop(_done: int, _total: int, _what: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        export_rows(office.store, MEMBERS, office.rids("members"), tmp_path / "a.xlsx", progress=stop)
    assert list(tmp_path.glob("*xlsx*")) == []


def test_a_template_offers_its_choices_and_its_hint_row_is_nobody(office: Office, tmp_path: Path) -> None:
    write_template(MEMBERS, tmp_path / "t.xlsx")
    book = load_workbook(tmp_path / "t.xlsx")
    sheet = book.worksheets[0]
    headings = {str(cell.value).rstrip("*"): get_column_letter(cell.column) for cell in sheet[1] if cell.column}
    offers = {
        str(offer.sqref).split(":")[0].rstrip("0123456789"): offer.formula1
        for offer in sheet.data_validations.dataValidation
    }
    assert "字典" in offers[headings["民族"]]
    assert sheet.column_dimensions[headings["公民身份号码"]].number_format == "@"
    assert book["字典"].sheet_state == "hidden"
    letter = headings["姓名"]
    sheet[f"{letter}3"], sheet[f"{headings['民族']}3"] = "张伟", "回族"
    book.save(tmp_path / "filled.xlsx")
    plan = plan_import(read_workbook(tmp_path / "filled.xlsx"), MEMBERS, office.store)
    assert [row.raw for row in plan.rows if not row.reason] == [{"name": "张伟", "ethnic_group": "回族"}]
