"""Days in every shape that people type; nothing impossible is accepted and nothing is invented."""

import re
from datetime import date, datetime, timedelta

import pytest
from hypothesis import example, given, strategies as st

from taizhang.core.day import BadDay, first_day, parse_day

TYPED = st.text(st.sampled_from("0123456789.-/年月日 ００１〇零一二三十廿Tt:'入党\u3000"), max_size=14)
ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("2004", "2004"), ("2004年", "2004"), (2004, "2004"), (2004.0, "2004"), ("1998-00-00", "1998"),
        ("19980000", "1998"),
        *((raw, "2004-07") for raw in (
            "2004-07", "2004.07", "2004.7", "2004/7", "2004年7月", "2004 年 7 月", "2004年07月份", "200407",
            "２００４．０７",
            "二〇〇四年七月", "二零零四年七月", "二○○四年七月", "2004。7", "2004-07-00", "'2004.07",
            " 2004.07\n", 200407, 200407.0,
            2004.07, 2004.7,
        )),
        *((raw, "2004-07-01") for raw in (
            "2004-07-01", "2004-7-1", "2004.7.1", "2004.07.01", "2004/07/01", "20040701", "2004年7月1日",
            "2004年7月1号",
            "二〇〇四年七月一日", "二零零四年七月一日", "贰零零肆年柒月壹日", "2004-07-01 00:00:00",
            "2004-07-01T00:00:00", "2004/7/1 0:00",
            "2004 7 1", "2004、7、1", 20040701, 20040701.0, 2004.0701, 38169, 38169.0, 38169.75, date(2004, 7, 1),
            datetime(2004, 7, 1, 8, 30),  # noqa: DTZ001 - as a workbook gives it
        )),
        ("二〇〇四年十二月三十一日", "2004-12-31"), ("二〇二四年二月廿九日", "2024-02-29"),
        ("二〇〇四年十月二十日", "2004-10-20"),
        ("2004年元月", "2004-01"), ("二〇〇四年元月五日", "2004-01-05"),
        (2004.12, "2004-12"), ("2004.1", "2004-01"), ("2004.10", "2004-10"),
    ],
)  # fmt: skip
def test_every_shape_that_people_type(raw: object, day: str) -> None:
    assert parse_day(raw) == day


@pytest.mark.parametrize(
    "raw",
    [
        "2004-02-30", "2003-02-29", "2004-13", "20041301", "2004-00-05", "1899-12-31", "2101-01-01", "2004年4月31日",
        "2004-07-32",
    ],
)  # fmt: skip
def test_an_impossible_date_is_refused_never_corrected(raw: str) -> None:
    with pytest.raises(BadDay, match="请"):
        parse_day(raw)


@pytest.mark.parametrize(
    "raw",
    [
        "", "十月", "入党", "7/1/2004", "2004年上半年", "2004-2005", "2004~2005",
        "2004.071", 2004.071, -5, 1e300, True, None,
        float("nan"), float("inf"), b"2004", "2004--07", "2004年十七八月", "2004-07-01T16:00:00.000Z", "200471",
        12345678901,
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused(raw: object) -> None:
    with pytest.raises(BadDay, match="请"):
        parse_day(raw)


def test_a_date_cell_out_of_reach_is_a_slip_in_the_year() -> None:
    with pytest.raises(BadDay, match="2104") as caught:
        parse_day(date(2104, 7, 1))
    assert caught.value.guesses == ()


@pytest.mark.parametrize("raw", ["04.7", "'04.7", "85年6月", "八五年六月", "85-06-01"])
def test_a_year_of_two_figures_is_asked_about(raw: str) -> None:
    with pytest.raises(BadDay, match="四位年份"):
        parse_day(raw)


@pytest.mark.parametrize(
    ("raw", "guesses"),
    [
        (2004.1, ("2004-01", "2004-10")),  # the number 2004.10 has lost its 0
        (20047, ("2004-07", "1954-11-19")),
        (14611, ("1940-01-01",)),
        ("38169", ("2004-07-01",)),
        ("2004.07入党", ("2004-07",)),
        ("2004年7月左右", ("2004-07",)),
        ("2004年7月1日 星期四", ("2004-07-01",)),
        (date(1905, 6, 26), ("2004",)),  # 2004 typed into a cell formatted as a date
        (datetime(1905, 6, 26, 1, 40, 48), ("2004-07",)),  # noqa: DTZ001 - 2004.07 in such a cell
        (date(1899, 12, 30) + timedelta(days=200407), ("2004-07",)),
    ],
)  # fmt: skip
def test_what_may_mean_two_days_is_asked_with_the_days_it_may_mean(raw: object, guesses: tuple[str, ...]) -> None:
    with pytest.raises(BadDay) as caught:
        parse_day(raw)
    assert caught.value.guesses == guesses


def read(raw: object) -> str | None:
    """The day, or None when it is refused; any other exception fails the test."""
    try:
        return parse_day(raw)
    except BadDay as bad:
        refusal = bad
    assert str(refusal).endswith(("。", "？"))
    assert all(parse_day(guess) == guess for guess in refusal.guesses)
    return None


@given(st.text() | TYPED | st.floats() | st.integers() | st.dates() | st.datetimes() | st.none() | st.binary())
@example("2004-07-01 00:00")
@example(date(2101, 1, 1))
@example(9999.1)
@example(73_416)
@example("99999")
def test_reading_gives_a_real_day_or_a_sentence(raw: object) -> None:
    day = read(raw)
    if day is not None:
        assert ISO.fullmatch(day)
        assert 1900 <= first_day(day).year <= 2100
        assert parse_day(day) == day


@given(TYPED)
def test_no_figure_is_invented(text: str) -> None:
    """Where only Arabic figures were typed, the day's figures are those typed, but for zeros."""
    day = read(text) if not re.search("[〇零一二三十廿:]", text) else None
    if day:
        typed = "".join(str(int(char)) for char in text if char.isdecimal())
        assert typed.replace("0", "") == day.replace("-", "").replace("0", "")


@given(st.dates(date(1906, 1, 1), date(2100, 12, 31)))
def test_one_date_in_every_shape_is_that_date(day: date) -> None:
    iso = day.isoformat()
    y, m, d = day.year, day.month, day.day
    for raw in (
        day,
        iso,
        f"{y}年{m}月{d}日",
        f"{y}.{m}.{d}",
        f"{y}{m:02}{d:02}",
        f"{y} {m} {d}",
        float(f"{y}{m:02}{d:02}"),
    ):
        assert parse_day(raw) == iso


@given(st.dates(date(1955, 6, 1), date(2064, 4, 8)))
def test_a_spreadsheets_serial_is_its_date(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    if serial >= 20_500:
        assert parse_day(serial) == parse_day(float(serial)) == parse_day(serial + 0.5) == day.isoformat()
