"""Days that may lack the day or the month, kept as ISO text: "2004-07-01", "2004-07", "2004"."""

from calendar import monthrange
from datetime import date
from typing import Literal

from taizhang.core.day_reading import BadDay, parse_day

__all__ = [
    "BadDay",
    "Style",
    "add_months",
    "add_years",
    "age_on",
    "before",
    "first_day",
    "is_whole",
    "last_day",
    "months_between",
    "parse_day",
    "show",
    "years_between",
]

Style = Literal["cn", "dot", "dotfull"]


def is_whole(day: str) -> bool:
    """Whether year, month and day are known."""
    return len(day) == 10


def first_day(day: str) -> date:
    """The earliest date that a partial day can mean."""
    return date.fromisoformat((day + "-01-01")[:10])


def last_day(day: str) -> date:
    """The latest date that a partial day can mean."""
    if len(day) == 10:
        return date.fromisoformat(day)
    year, month = int(day[:4]), int(day[5:7] or 12)
    return date(year, month, monthrange(year, month)[1])


def before(a: str, b: str) -> bool | None:
    """Whether `a` comes before `b`; None when what is unknown leaves it open ("2004" and "2004-07")."""
    if last_day(a) < first_day(b):
        return True
    return False if first_day(a) >= last_day(b) else None


def add_months(day: date, months: int) -> date:
    """`months` later (earlier when negative), on the same day or the month's last (domain 12: 31 Aug + 6 = 28 Feb)."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= 28:  # in every month: the calendar need not be asked
        return date(year, month0 + 1, day.day)
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))


def months_between(start: date, end: date) -> int:
    """Full months from `start` to `end`: the largest n with `add_months(start, n) <= end`."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def add_years(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes the 28th where there is none."""
    return add_months(day, 12 * years)


def years_between(start: date, end: date) -> int:
    """Full years from `start` to `end`: the largest n with `add_years(start, n) <= end`, below 0 when end is first."""
    years = end.year - start.year
    if (end.month, end.day) >= (start.month, start.day):
        return years
    return years if add_years(start, years) <= end else years - 1


def age_on(born: str, on: date) -> int | None:
    """Full years of age on a day (domain 2.3), None before birth.

    Of a partial birth date the last day is taken: the age is "at least" that, and exact on a 31 December.
    """
    age = years_between(last_day(born), on)
    return age if age >= 0 else None


def show(day: str, style: Style = "dotfull") -> str:
    """How a day is written on paper (domain 10): cn 2004年7月1日, dot 2004.07, dotfull 2004.07.01; "" stays "".

    What is not known is left out.
    """
    if style == "cn":
        return "".join(f"{int(part)}{unit}" for part, unit in zip(day.split("-"), "年月日", strict=False) if part)
    return (day[:7] if style == "dot" else day).replace("-", ".")
