"""Amounts: typed in yuan, kept in fen."""

import pytest
from hypothesis import given, strategies as st

from taizhang.core.money import BadMoney, capital, parse_fen, show_fen


@pytest.mark.parametrize(
    ("raw", "fen"),
    [
        ("12", 1200), ("12.5", 1250), ("1,234.50元", 123450), ("￥１２．５０", 1250), ("¥ 12 元整", 1200),
        ("1.5万", 1_500_000),
        ("0.00015万元", 150), ("人民币3元", 300), ("-5", -500), ("1，234", 123400), ("0", 0),
        (30, 3000), (30.5, 3050), (0.1 + 0.2, 30), (30.000000000004, 3000), (-3, -300),
    ],
)  # fmt: skip
def test_what_people_type_for_an_amount(raw: object, fen: int) -> None:
    assert parse_fen(raw) == fen


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "一百",
        "12.345",
        "1,23",
        "1,5",
        "--5",
        "12元5",
        1.005,
        float("nan"),
        float("inf"),
        1e300,
        True,
        None,
        "9" * 40,
    ],
)
def test_what_is_no_amount_is_refused(raw: object) -> None:
    with pytest.raises(BadMoney, match="元"):
        parse_fen(raw)


@given(st.integers(-(10**14), 10**14))
def test_what_is_shown_reads_back(fen: int) -> None:
    assert parse_fen(show_fen(fen)) == fen


@given(st.integers(-(10**9), 10**9))
def test_a_number_cell_of_yuan_and_fen_is_exact(fen: int) -> None:
    assert parse_fen(fen / 100) == fen


@given(st.text() | st.text(st.sampled_from("0123456789,.，万元¥-+ "), max_size=12) | st.floats() | st.integers())
def test_any_cell_is_an_amount_or_refused(raw: object) -> None:
    try:
        fen = parse_fen(raw)
    except BadMoney:
        return
    assert parse_fen(show_fen(fen)) == fen


def test_show() -> None:
    assert show_fen(123450) == "1,234.50"
    assert show_fen(-5) == "-0.05"


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (30, "叁拾"), (90, "玖拾"), (10, "壹拾"), (15, "壹拾伍"), (0, "零"), (105, "壹佰零伍"), (2006, "贰仟零陆"),
        (1050, "壹仟零伍拾"),
    ],
)  # fmt: skip
def test_13_12_numbers_in_capitals(n: int, text: str) -> None:
    assert capital(n) == text


@given(st.integers(0, 9999))
def test_capitals_keep_every_figure(n: int) -> None:
    figures = capital(n)
    assert [f"{'零壹贰叁肆伍陆柒捌玖'.index(char)}" for char in figures if char in "壹贰叁肆伍陆柒捌玖"] == [
        figure for figure in str(n) if figure != "0"
    ]


@pytest.mark.parametrize("n", [-1, 10_000])
def test_capitals_are_for_small_numbers(n: int) -> None:
    with pytest.raises(ValueError, match=str(n)):
        capital(n)
