"""Arithmetic with days that may lack the day or the month."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from taizhang.core.day import (
    Style,
    add_months,
    add_years,
    age_on,
    before,
    first_day,
    is_whole,
    last_day,
    show,
    years_between,
)

DATES = st.dates(date(1900, 1, 1), date(2100, 12, 31))
PARTIAL = st.builds(lambda day, length: day.isoformat()[:length], DATES, st.sampled_from([4, 7, 10]))


def test_13_6_a_letter_of_thirty_days_ends_on_the_thirtieth_day_after() -> None:
    assert date(2026, 7, 1) + timedelta(days=30) == date(2026, 7, 31)
    assert date(2026, 7, 1) + timedelta(days=90) == date(2026, 9, 29)


def test_13_7_probation_ends_a_year_on_and_an_extension_clamps_to_the_end_of_the_month() -> None:
    assert add_years(date(2025, 8, 31), 1) == date(2026, 8, 31)
    assert add_months(date(2026, 8, 31), 6) == date(2027, 2, 28)


def test_12_end_of_month_clamps_to_29_in_a_leap_year() -> None:
    assert add_months(date(2027, 8, 31), 6) == date(2028, 2, 29)
    assert add_months(date(2026, 1, 31), -2) == date(2025, 11, 30)


def test_13_8_lost_contact() -> None:
    assert add_months(date(2025, 12, 15), 6) == date(2026, 6, 15)
    assert add_years(date(2026, 7, 1), 2) == date(2028, 7, 1)


def test_13_10_age_turns_on_the_birthday() -> None:
    assert age_on("1985-06-30", date(2026, 6, 30)) == 41
    assert age_on("1985-07-01", date(2026, 6, 30)) == 40


def test_13_11_fifty_years_in_the_party_on_the_first_of_july() -> None:
    assert years_between(date(1976, 7, 1), date(2026, 7, 1)) == 50
    assert years_between(date(1976, 7, 2), date(2026, 7, 1)) == 49


def test_2_3_the_age_of_a_partial_birth_date_is_at_least_that() -> None:
    assert age_on("1985", date(2026, 6, 30)) == 40
    assert age_on("1985", date(2026, 12, 31)) == 41
    assert age_on("1985-06", date(2026, 6, 29)) == 40
    assert age_on("1985-06", date(2026, 6, 30)) == 41
    assert age_on("2027", date(2026, 6, 30)) is None


def test_who_is_born_on_29_february_ages_on_the_28th_where_there_is_no_29th() -> None:
    assert age_on("2004-02-29", date(2026, 2, 28)) == 22
    assert age_on("2004-02-29", date(2028, 2, 28)) == 23


@given(DATES, st.integers(-1200, 1200))
def test_adding_months_lands_in_that_month_on_the_same_or_the_last_day(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == min(day.day, last_day(f"{moved:%Y-%m}").day)


@given(DATES, DATES)
def test_full_years_are_the_most_that_fit(start: date, end: date) -> None:
    years = years_between(start, end)
    assert add_years(start, years) <= end < add_years(start, years + 1)


@given(PARTIAL)
def test_a_partial_day_lies_between_its_first_and_last(day: str) -> None:
    first, last = first_day(day), last_day(day)
    assert first.isoformat().startswith(day)
    assert last.isoformat().startswith(day)
    assert not (last + timedelta(days=1)).isoformat().startswith(day)
    assert is_whole(day) == (first == last)


@given(PARTIAL, PARTIAL)
def test_before_says_only_what_is_certain(a: str, b: str) -> None:
    possible = {x < y for x in (first_day(a), last_day(a)) for y in (first_day(b), last_day(b))}
    assert before(a, b) == (possible.pop() if len(possible) == 1 else None)


@pytest.mark.parametrize(
    ("a", "b", "answer"),
    [
        ("2004", "2005-01-01", True), ("2005", "2004", False), ("2004", "2004-07", None), ("2004-07", "2004-07", None),
        ("2004-07-01", "2004-07-01", False), ("2004-07-31", "2004-07", False),
    ],
)  # fmt: skip
def test_overlapping_partial_days_leave_the_order_open(a: str, b: str, answer: bool | None) -> None:
    assert before(a, b) is answer


@pytest.mark.parametrize(
    ("day", "style", "text"),
    [
        ("2004-07-01", "cn", "2004年7月1日"), ("2004-07", "cn", "2004年7月"), ("2004", "cn", "2004年"),
        ("2004-07-01", "dot", "2004.07"), ("2004", "dot", "2004"),
        ("2004-07-01", "dotfull", "2004.07.01"), ("2004-07", "dotfull", "2004.07"),
        ("", "cn", ""), ("", "dot", ""), ("", "dotfull", ""),
    ],
)  # fmt: skip
def test_10_days_on_paper(day: str, style: Style, text: str) -> None:
    assert show(day, style) == text
