"""Telephone numbers in the shapes of real rosters."""

import pytest
from hypothesis import given, strategies as st

from taizhang.core.phone import parse_phone


@pytest.mark.parametrize(
    ("raw", "numbers"),
    [
        ("13800000000", "13800000000"),
        ("138 0000 0000", "13800000000"),
        ("138-0000-0000", "13800000000"),
        ("+86 138 0000 0000", "13800000000"),
        ("(+86)13800000000", "13800000000"),
        ("8613800000000", "13800000000"),
        ("008613800000000", "13800000000"),
        ("\u202d１３８００００００００\u202c", "13800000000"),
        ("手机：13800000000", "13800000000"),
        (13800000000, "13800000000"),
        (13800000000.0, "13800000000"),
        ("1.3800000001E+10", "13800000001"),
        ("0571-88880000", "0571-88880000"),
        ("（0571）88880000", "0571-88880000"),
        ("057188880000", "0571-88880000"),
        ("010 88880000", "010-88880000"),
        ("0571-88880000转12", "0571-88880000转12"),
        ("+86-571-88880000", "0571-88880000"),
        ("+86 10 88880000", "010-88880000"),
        ("400-800-8888", "4008008888"),
        ("13800000000/0571-88880000", "13800000000、0571-88880000"),
        ("13800000000\n13900000000", "13800000000、13900000000"),
        ("13800000000 13900000000", "13800000000、13900000000"),
        ("13800000000，13800000000", "13800000000"),
        (None, ""),
        ("", ""),
    ],
)
def test_2_1_item_12_mobiles_and_fixed_lines(raw: object, numbers: str) -> None:
    assert parse_phone(raw) == (numbers, "")


@pytest.mark.parametrize(
    ("raw", "numbers", "hint"),
    [
        ("1380000000", "1380000000", "现有 10 位"),
        ("12800000000", "12800000000", "13–19"),
        ("88880000", "88880000", "区号"),
        ("138****1234", "138****1234", "星号"),
        ("找小王", "找小王", "看不出"),
        ("1.38E+10", "1.38E+10", "看不出"),
        ("13800000000/8888", "13800000000、8888", "不像"),
    ],
)
def test_an_unlikely_number_is_kept_and_asked_about(raw: str, numbers: str, hint: str) -> None:
    kept, problem = parse_phone(raw)
    assert kept == numbers
    assert hint in problem


@given(
    st.text()
    | st.text(st.sampled_from("0123456789138+86-()（）/、 \n转E.*"), max_size=30)
    | st.floats()
    | st.integers()
)
def test_any_cell_is_read_once_for_all(raw: object) -> None:
    numbers, problem = parse_phone(raw)
    assert parse_phone(numbers) == (numbers, problem)


@given(st.from_regex("1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(" -"))
def test_a_mobile_is_found_under_any_grouping(mobile: str, gap: str) -> None:
    assert parse_phone(f"{mobile[:3]}{gap}{mobile[3:7]}{gap}{mobile[7:]}") == (mobile, "")
