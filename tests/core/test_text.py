"""Typed text becomes one canonical form and nothing is lost on the way."""

import unicodedata

import pytest
from hypothesis import example, given, strategies as st

from taizhang.core.text import BLANKS, clean, clean_name, heading_key, is_blank

ANY_TEXT = st.text(st.characters(exclude_categories=())) | st.text(
    st.sampled_from("张王⽉⺟ \u3000\u200b\n１Ａ（）(.·•-无*")
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("２００４．０７", "2004.07"),
        ("ＡＢｃ＠／－", "ABc@/-"),
        ("住建局，工会：（主席）。", "住建局，工会：（主席）。"),
        ("⼈民⽉⺟⻩⻳", "人民月母黄龟"),
        ("\uf98e\ufa0e\u2f84", "年\ufa0e至"),
        ("\ufeff张\u00a0三\u3000", "张 三"),
        ("\u202d13800000000\u202c", "13800000000"),
        ("幸福\r\n路\t1 \x0b号", "幸福 路 1 号"),
        ("e\u0301", "é"),
        ("\U00020000好", "\U00020000好"),
        ("坏\ud800", "坏\ufffd"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_clean_makes_one_form_of_what_looks_the_same(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(ANY_TEXT)
@example("\u2000\u0301")
def test_clean_text_is_clean(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert once == once.strip()
    assert "  " not in once
    assert unicodedata.is_normalized("NFC", once)
    assert not any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in once)


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)))
def test_plain_han_text_passes_unchanged(text: str) -> None:
    assert clean(text) == text
    assert clean_name(text) == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("张　伟", "张伟"),
        (" 张 三 丰 ", "张三丰"),
        ("阿依古丽 • 买买提", "阿依古丽·买买提"),
        ("阿依古丽・买买提", "阿依古丽·买买提"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("阿依古丽．买买提", "阿依古丽·买买提"),
        ("John  Smith", "John Smith"),
        ("J. R. Smith", "J. R. Smith"),
        ("⾼⽟", "高玉"),
    ],
)
def test_2_1_item_1_a_name_has_no_spaces_and_one_kind_of_dot(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


@given(ANY_TEXT)
def test_a_clean_name_is_clean(text: str) -> None:
    once = clean_name(text)
    assert clean_name(once) == once


@pytest.mark.parametrize("raw", [None, "", " ", "\u3000\n", "无", "—", "－", "Ｎ／Ａ", "n/a", "不详", "暂无", "/"])
def test_wish_3_cells_that_say_nothing_are_blank(raw: object) -> None:
    assert is_blank(raw)


@pytest.mark.parametrize("raw", ["无锡", "无为", "0", 0, 0.0, False, "空军", "-1", "王无", "未知数", "不详细"])
def test_what_says_something_is_not_blank(raw: object) -> None:
    assert not is_blank(raw)


@given(ANY_TEXT)
def test_blankness_does_not_depend_on_width_or_spaces(text: str) -> None:
    assert is_blank(text) == (clean(text).lower() in BLANKS)


@pytest.mark.parametrize(
    "typed",
    [
        "出生日期", "出 生\n日 期", "*出生日期", "出生日期＊", "2. 出生日期（年月日）", "（2）出生日期：",
        "二、出生日期", "②出生日期",
        "出生日期[yyyy-mm-dd]（必填）", "出生日期（如：1985.06（月份两位））", "出生日期必填", "出生日期（年月",
    ],
)  # fmt: skip
def test_wish_10_one_heading_in_many_dresses(typed: str) -> None:
    assert heading_key(typed) == "出生日期"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("（备注）", "备注"),
        ("QQ号", "qq号"),
        ("一线情况", "一线情况"),
        ("学历/学位", "学历/学位"),
        ("《活动证》编号", "活动证编号"),
        ("3", "3"),
        ("", ""),
    ],
)
def test_a_heading_keeps_what_tells_it_apart(typed: str, key: str) -> None:
    assert heading_key(typed) == key


@given(ANY_TEXT)
def test_a_heading_key_is_its_own_key(text: str) -> None:
    key = heading_key(text)
    assert heading_key(key) == key
