"""Which rows are records, what merged cells, dittos, titles and sections lend them, and why others are left out."""

import pytest

from taizhang.core.context import Alone
from taizhang.exchange.captions import Captions
from taizhang.exchange.headings import find_tables
from taizhang.exchange.lines import line_kind
from taizhang.exchange.rows import RawRow, RowReader
from taizhang.exchange.vocabulary import Vocabulary
from taizhang.exchange.workbook import Merge
from tests.exchange.books import MEMBERS, Rows, sheet
from tests.offices import TODAY

HEAD = ["序号", "姓名", "性别", "民族", "所在党支部"]


def rows(found: Rows, *merges: Merge, name: str = "Sheet1") -> list[RawRow]:
    """Every row of every table of a sheet."""
    vocabulary = Vocabulary(MEMBERS)
    made = sheet(found, *merges, name=name)
    captions = Captions(MEMBERS, Alone(TODAY), vocabulary, 1)
    return [
        row for table in find_tables(made, vocabulary) for row in RowReader(made, table, MEMBERS, captions, vocabulary)
    ]


def raws(found: Rows, *merges: Merge, name: str = "Sheet1") -> list[dict[str, object]]:
    """What the records carry."""
    return [row.raw for row in rows(found, *merges, name=name) if not row.skip]


@pytest.mark.parametrize(
    "line",
    [
        [],
        ["", " "],
        ["", "小计", "10人"],
        ["合计", "23人"],
        ["", "合　计：", "23"],
        ["", "", "第一党支部小计", ""],
        ["共23人"],
        ["其中：女党员"],
        ["填表人：王敏", "", "审核人：李想"],
        ["填表日期：2026.10.12"],
        ["注：本表一式两份。"],
        ["说明：请填写完整"],
        ["例", "张三", "男", "汉族"],
        ["", "示例", "男", "汉族"],
        ["", "如：张三", "男"],
        ["", "张三（示例）", "男"],
        ["", "必填", "男/女", "请选"],
        ["", "", "男/女", "如：汉族"],
        ["", "与身份证一致", "", ""],
        [1.0, 2.0, 3.0, 4.0, 5.0],
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        HEAD,
        [7.0],
        [8.0, "", "男"],
        ["第1页 共3页"],
        ["", "流动党员名单"],
        ["", "2026年发展对象登记表（2人）"],
    ],
)
def test_a_line_that_is_no_record_is_left_out_with_a_reason(line: list[str | float]) -> None:
    found = rows([HEAD, line, [1.0, "张伟", "男", "汉族", ""]])
    assert [bool(row.skip) for row in found] == [True, False]


def test_the_title_of_a_further_table_is_nobody() -> None:
    further: list[list[str | float]] = [["流动党员名单"], ["姓名", "性别", "外出流向"], ["乙二", "女", "广东"]]
    assert [raw["name"] for raw in raws([["姓名", "性别", "民族"], ["甲一", "男", "汉"], [], *further])] == [
        "甲一",
        "乙二",
    ]


@pytest.mark.parametrize(
    "name", ["张伟", "欧阳明如", "共青", "阿依努尔·哈布力", "Smith", "如意", "石明", "计小红", "例小平"]
)
def test_an_unusual_name_is_still_a_name(name: str) -> None:
    assert raws([HEAD, [1.0, name, "男", "汉族", "第一党支部"]])[0]["name"] == name
    assert line_kind("计小红") == ""


def test_a_row_without_a_name_but_with_facts_is_a_record_to_be_refused() -> None:
    assert raws([HEAD, [1.0, "", "男", "汉族", "第一党支部"]]) == [
        {"sex": "男", "ethnic_group": "汉族", "branch": "第一党支部"}
    ]


def test_merged_cells_and_dittos_carry_down() -> None:
    found = raws(
        [HEAD, [1.0, "甲一", "男", "汉族", "第一党支部"], [2.0, "乙二", "同上", "〃", ""], [3.0, "丙三", '"', "″", ""]],
        (1, 4, 3, 4),
    )
    assert [raw["branch"] for raw in found] == ["第一党支部"] * 3
    assert [(raw["sex"], raw["ethnic_group"]) for raw in found] == [("男", "汉族")] * 3


def test_a_name_is_never_carried_down() -> None:
    first, second = raws([HEAD, [1.0, "甲一", "男", "汉族", ""], [2.0, "同上", "女", "回族", ""]])
    assert (first["name"], second["name"]) == ("甲一", "同上")  # which the judge refuses


def test_the_rows_under_a_merged_name_belong_to_it() -> None:
    found = rows([HEAD, [1.0, "甲一", "男", "汉族", ""], ["", "", "", "回族", "x"]], (1, 1, 2, 1))
    assert [bool(row.skip) for row in found] == [False, True]


@pytest.mark.parametrize(
    "title",
    [
        "第二党支部党员花名册",
        "第二党支部2026年党员名册",
        "党员名册（第二党支部）",
        "所在支部：第二党支部",
        "填报日期：2026年 所属党支部：第二党支部",
    ],
)
def test_a_branch_named_only_in_the_title_goes_to_every_row(title: str) -> None:
    assert raws([[title], HEAD[:3], [1.0, "甲一", "男"]])[0]["branch"] == "第二党支部"


def test_a_title_that_names_no_branch_says_nothing() -> None:
    assert "branch" not in raws([["幸福社区党员名册"], HEAD[:3], [1.0, "甲一", "男"]])[0]


def test_the_name_of_the_sheet_is_the_branch_where_nothing_else_says_it() -> None:
    assert raws([HEAD[:3], [1.0, "甲一", "男"]], name="第三党支部")[0]["branch"] == "第三党支部"


def test_lines_between_the_rows_say_the_branch_and_the_category() -> None:
    found = raws(
        [
            HEAD[:4],
            ["一、第一党支部（2人）"],
            [1.0, "甲一", "男", "汉族"],
            ["预备党员"],
            [2.0, "乙二", "女", "汉族"],
            ["二、第二党支部"],
            [3.0, "丙三", "男", "汉族"],
        ],
        (1, 0, 1, 3),
    )
    assert [(raw["branch"], raw.get("category")) for raw in found] == [
        ("第一党支部", None),
        ("第一党支部", "预备党员"),
        ("第二党支部", None),
    ]


def test_headings_of_several_rows_are_left_out_where_they_come_again() -> None:
    head: list[list[str | float]] = [["姓名", "基本情况", ""], ["", "性别", "民族"]]
    found = rows(
        [*head, ["甲一", "男", "汉"], *head, ["乙二", "女", "回"]],
        (0, 1, 0, 2),
        (0, 0, 1, 0),
        (3, 0, 4, 0),
        (3, 1, 3, 2),
    )
    assert [row.skip for row in found] == ["", "重复的表头", "重复的表头", ""]


def test_the_guard_of_our_own_export_is_taken_off_and_a_number_is_no_record_number() -> None:
    raw = raws([HEAD, [1.0, "甲一", "男", "'=汉族", 3.0]])[0]
    assert raw["ethnic_group"] == "=汉族"
    assert raw["branch"] == "3"
