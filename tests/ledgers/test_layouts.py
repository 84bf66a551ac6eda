"""The official layouts: every column of theirs has its place in the roster."""

import csv
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from taizhang.exchange.apply import apply_plan
from taizhang.exchange.plan import Counts
from taizhang.exchange.planner import plan_import
from taizhang.exchange.vocabulary import Why
from taizhang.exchange.workbook import read_workbook
from tests.offices import Office

LAYOUTS = Path(__file__).parent / "layouts"
COMPUTED = {Why.SERIAL, Why.DERIVED}


def layout(name: str) -> list[list[str]]:
    """The headings of an official sheet and its invented people, row by row."""
    with (LAYOUTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def sheet(book: Workbook) -> Worksheet:
    """The sheet of a new workbook."""
    found = book.active
    assert isinstance(found, Worksheet)
    return found


@pytest.fixture
def branch(office: Office) -> int:
    """The branch that the sheets name."""
    return office.add("organisations", name="第一党支部", kind="党支部", parent=office.store.root)


def imported(office: Office, path: Path) -> Counts:
    """Take a workbook in; what became of its rows. Every column must have found a field, or be computed."""
    plan = plan_import(read_workbook(path), office.registry.ledgers["members"], office.store)
    columns = [column for source in plan.sources for column in source.table.columns]
    assert [column.heading for column in columns if column.field is None and column.why not in COMPUTED] == []
    fields = [column.field for column in columns if column.field]
    assert len(set(fields)) == len(fields)
    return apply_plan(office.store, plan).counts


def test_the_summary_of_24_columns_comes_in_whole(office: Office, branch: int, tmp_path: Path) -> None:
    """《党员基本信息汇总表》: the 16 items in two heading rows, with what communities add (domain 2.1)."""
    upper, lower, *people = layout("summary_24.csv")
    assert len(upper) == 24
    book = Workbook()
    page = sheet(book)
    page.append(["党员基本信息汇总表"])
    page.merge_cells("A1:X1")
    page.append(["党支部（盖章）：", *[""] * 20, "填报时间：2026年10月15日"])
    for row in (upper, lower, *people, ["填表人：王敏", *[""] * 10, "审核人："]):
        page.append(row)
    page.merge_cells("M3:N3")
    book.save(tmp_path / "summary.xlsx")
    assert imported(office, tmp_path / "summary.xlsx") == Counts(read=4, added=3, skipped=1)
    for rid, person in zip(sorted(office.rids("members")), people, strict=True):
        values = office.store.row(rid).values
        assert values["branch"] == branch
        held = {key for key, value in values.items() if value is not None}
        assert len(held) == len([text for text in person if text]) - 1  # the serial number


def test_the_register_of_45_columns_comes_in_whole(office: Office, branch: int, tmp_path: Path) -> None:
    """The register of a province: the items and what belongs to them, in one row (domain 2.2)."""
    headings, person = layout("register_45.csv")
    assert len(headings) == 45
    book = Workbook()
    sheet(book).append(headings)
    sheet(book).append(person)
    book.save(tmp_path / "register.xlsx")
    assert imported(office, tmp_path / "register.xlsx") == Counts(read=1, added=1)
    (rid,) = office.rids("members")
    values = office.store.row(rid).values
    held = {key for key, value in values.items() if value is not None}
    assert len(held) == len([text for text in person if text]) - 3  # the serial number, 年龄 and 党龄
    assert (values["branch"], values["entered_on"], values["sponsors"]) == (branch, "2015-09-01", "卢梅、孟堃")


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        *((text, "joined_on") for text in ("入党时间", "加入党组织日期", "入党日期", "入党年月", "入 党\n时 间")),
        *((text, "id_number") for text in ("身份证", "身份证号码", "公民身份号码", "身份证号*", "身份证号（18位）")),
        *((text, "phone") for text in ("联系方式", "手机", "电话", "手机号码", "1.联系电话")),
        *((text, "branch") for text in ("所在支部", "所在党支部", "党支部", "支部", "所属党支部")),
        *((text, "address") for text in ("现居住地", "住址", "家庭住址", "家庭地址", "现居住地址")),
        *((text, "education") for text in ("学历", "文化程度")),
        *((text, "born_on") for text in ("出生年月", "出生日期", "出生", "出生年月日")),
        *((text, "confirmed_on") for text in ("转正时间", "转正日期", "转为正式党员日期")),
        *((text, "employer") for text in ("工作单位", "工作单位及职务", "单位及职务")),
        *((text, None) for text in ("全日制学历", "原电话", "配偶姓名", "入党介绍人电话")),
    ],
)
def test_the_words_that_sheets_use_are_understood(
    office: Office, tmp_path: Path, heading: str, key: str | None
) -> None:
    book = Workbook()
    page = sheet(book)
    page.append(["姓名", "性别", heading])
    page.append(["卢梅", "女", ""])
    book.save(tmp_path / "roster.xlsx")
    plan = plan_import(read_workbook(tmp_path / "roster.xlsx"), office.registry.ledgers["members"], office.store)
    assert plan.sources[0].table.columns[2].field == key
