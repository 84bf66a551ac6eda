"""The header finder: whatever stands above a table, and however its headings are written (wish 10)."""

import pytest
from hypothesis import given, settings, strategies as st

from taizhang.exchange.columns import fingerprint
from taizhang.exchange.headings import find_tables
from taizhang.exchange.vocabulary import Vocabulary, Why
from tests.exchange.books import MEMBERS, Rows, fields, sheet, tables

PERSON = ["张伟", "男", "1985.06"]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("姓名", "name"),
        ("姓　名*", "name"),
        ("★姓名（必填）", "name"),
        ("1、姓名", "name"),
        ("*姓名\n（与身份证一致）", "name"),
        ("公民身份号码", "id_number"),
        ("居民身份证号（18位）", "id_number"),
        ("出生\n年月", "born_on"),
        ("出生年月日\n（yyyy-mm-dd）", "born_on"),
        ("文化 程度", "education"),
        ("入党时间：", "joined_on"),
        ("⼊党时间", "joined_on"),
        ("年龄", None),
        ("序号", None),
        ("原电话", None),
    ],
)
def test_a_heading_is_known_in_whatever_spelling(heading: str, field: str | None) -> None:
    headings = ["党员姓名", heading] if field != "name" else ["性别", heading]
    assert (
        fields([headings, ["张伟", "男"]])[heading.replace("\n", " ").replace("　", " ").replace("⼊", "入")] == field
    )


def test_titles_and_lines_above_the_headings_are_no_headings() -> None:
    (table,) = tables(
        [["幸福社区党员名册"], ["填报单位：幸福社区", "", "2026年7月"], [], ["姓名", "性别", "出生年月"], PERSON]
    )
    assert (table.top, table.body, table.end) == (3, 4, 5)
    assert table.titles == ("幸福社区党员名册", "填报单位：幸福社区", "2026年7月")


def test_merged_headings_of_three_rows_are_put_together_and_mere_groups_dropped() -> None:
    rows: Rows = [
        ["党员信息采集表"],
        ["序号", "姓名", "基本情况", "", "党内情况", "", "备注"],
        ["", "", "性别", "学历", "入党时间", "", ""],
        ["", "", "", "", "年月", "地点", ""],
        [1.0, "张伟", "男", "大学", "2004.07", "青石", ""],
    ]
    merges = [(0, 0, 0, 6), (1, 0, 3, 0), (1, 1, 3, 1), (1, 2, 1, 3), (1, 4, 1, 5), (1, 6, 3, 6)]
    merges += [(2, 2, 3, 2), (2, 3, 3, 3), (2, 4, 2, 5)]
    (table,) = tables(rows, *merges)
    assert (table.top, table.body) == (1, 4)
    assert {column.heading: column.field for column in table.columns} == {
        "序号": None,
        "姓名": "name",
        "性别": "sex",
        "学历": "education",
        "党内情况/入党时间/年月": "joined_on",
        "党内情况/入党时间/地点": None,
        "备注": "note",
    }


def test_a_group_written_over_its_first_column_only_counts_for_all_of_them() -> None:
    rows: Rows = [
        ["姓名", "入党时间", "", "转正时间", ""],
        ["", "年月", "介绍人", "年月", "文号"],
        ["张伟", "2004", "", "2005", ""],
    ]
    found = fields(rows)
    assert found["入党时间/年月"] == "joined_on"
    assert found["转正时间/年月"] == "confirmed_on"
    assert found["转正时间/文号"] is None


def test_a_day_spread_over_three_columns_is_not_taken_for_its_year() -> None:
    rows: Rows = [["姓名", "性别", "入党时间", "", ""], ["", "", "年", "月", "日"], ["张伟", "男", 2004.0, 7.0, 1.0]]
    assert "joined_on" not in fields(rows, (0, 2, 0, 4)).values()


def test_a_list_of_names_is_a_table_and_a_title_above_one_is_not() -> None:
    (names,) = tables([["姓名"], ["张伟"]])
    assert names.body == 1
    (roster,) = tables([["党员", "", ""], ["姓名", "性别", "学历"], ["张伟", "男", "大学"]])
    assert roster.top == 1


def test_what_is_said_of_somebody_else_is_not_said_of_the_member() -> None:
    rows: Rows = [
        ["姓名", "性别", "配偶", "", "入党介绍人"],
        ["", "", "姓名", "工作单位", "姓名"],
        ["张伟", "男", "李", "厂", "王"],
    ]
    found = fields(rows, (0, 2, 0, 3), (0, 0, 1, 0), (0, 1, 1, 1))
    assert found["配偶/姓名"] is None
    assert found["配偶/工作单位"] is None
    assert found["入党介绍人/姓名"] == "sponsors"


def test_a_field_is_fed_by_one_column_and_the_other_is_said_to_be_left_out() -> None:
    (table,) = tables([["姓名", "联系电话", "手机"], ["张伟", "1", "2"]])
    assert [column.why for column in table.columns] == [Why.MATCHED, Why.MATCHED, Why.TAKEN]


def test_derived_columns_are_recognised_and_not_imported() -> None:
    (table,) = tables([["姓名", "性别", "年龄", "党龄"], ["张伟", "男", 50.0, 20.0]])
    assert [column.why for column in table.columns][2:] == [Why.DERIVED, Why.DERIVED]


def test_a_sheet_of_code_tables_is_no_table() -> None:
    assert tables([["民族", "学历", "人员类别"], ["汉族", "大学本科", "正式党员"]]) == []


def test_the_same_headings_further_down_do_not_end_a_table_and_others_begin_a_new_one() -> None:
    head = ["姓名", "性别", "出生年月"]
    rows: Rows = [
        head,
        PERSON,
        head,
        PERSON,
        ["第二党支部党员名册"],
        ["姓名", "民族", "入党时间"],
        ["李四", "汉族", "2004"],
    ]
    first, second = tables(rows)
    assert (first.body, first.end) == (1, 5)
    assert (second.body, second.end, second.titles) == (6, 7, ("第二党支部党员名册",))


def test_headings_below_the_first_screens_of_rows_are_found() -> None:
    (table,) = tables([["说明"]] * 300 + [["姓名", "性别"], ["张伟", "男"]])
    assert table.top == 300


def test_columns_may_be_assigned_by_hand_or_left_out() -> None:
    rows: Rows = [["姓名", "原电话", "备注"], ["张伟", "1", "x"]]
    (table,) = find_tables(sheet(rows), Vocabulary(MEMBERS, {"原电话": "landline", "备注": None}))
    assert [(column.field, column.why) for column in table.columns[1:]] == [
        ("landline", Why.CHOSEN),
        (None, Why.LEFT_OUT),
    ]


def test_a_sheet_of_unknown_headings_is_found_by_those_assigned_by_hand() -> None:
    rows: Rows = [["XM", "XB"], ["张伟", "男"]]
    assert tables(rows) == []
    (table,) = find_tables(sheet(rows), Vocabulary(MEMBERS, {"XM": "name", "XB": "sex"}))
    assert set(table.by_field) == {"name", "sex"}


def test_a_heading_set_is_the_same_in_any_order() -> None:
    (one,) = tables([["姓名", "性别", "民族"], ["张伟", "男", "汉"]])
    (other,) = tables([["民族", "姓名*", "性 别"], ["汉", "张伟", "男"]])
    (third,) = tables([["民族", "姓名", "学历"], ["汉", "张伟", "男"]])
    assert fingerprint(one.columns) == fingerprint(other.columns) != fingerprint(third.columns)


CELLS = st.one_of(
    st.just(""),
    st.sampled_from(["姓名", "性别", "年月", "入党时间", "基本情况", "张伟", "小计", "同上"]),
    st.text(max_size=6),
    st.floats(),
)
MERGES = st.lists(st.tuples(*[st.integers(0, 7)] * 4), max_size=6)


@settings(max_examples=300, deadline=None)
@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=7), min_size=1, max_size=9), merges=MERGES)
def test_no_sheet_confuses_the_finder(rows: list[list[str | float]], merges: list[tuple[int, int, int, int]]) -> None:
    high, wide = len(rows), max(map(len, rows))
    inside = [(a, b, max(a, c), max(b, d)) for a, b, c, d in merges if max(a, c) < high and max(b, d) < wide]
    for table in tables(rows, *inside):
        assert 0 <= table.top < table.body <= table.end <= high
        assert len({column.field for column in table.columns if column.field}) == len(table.by_field)
