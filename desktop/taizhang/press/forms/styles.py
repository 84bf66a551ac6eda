"""How a value is written into a form: days in words and figures, numbers in capitals (domain 3.4, 10)."""

import re
from collections.abc import Callable, Mapping

from taizhang.core.day import show
from taizhang.core.money import capital

_DAY = re.compile(
    r"(\d{4})(?:[-.](\d{2}))?(?:[-.](\d{2}))?", re.ASCII
)  # as it is kept, or as a derived column shows it
_FIGURES = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")
# {人员类别:□正式党员} is a box, ticked where that is what the field shows.
BOX, TICKED = "□", "■"
BARE = "去号"
_MOST = 9999  # what `capital` can write


def _year(day: str) -> str:
    return day[:4]


def _month(day: str) -> str:
    return str(int(day[5:7])) if len(day) > 4 else ""


def _day(day: str) -> str:
    return str(int(day[8:])) if len(day) > 7 else ""


def _capital_year(day: str) -> str:
    return day[:4].translate(_FIGURES)


def _capital_month(day: str) -> str:
    return _capital(_month(day))


def _padded_month(day: str) -> str:
    month = _capital_month(day)
    return f"零{month}" if len(month) == 1 else month


def _capital(number: str) -> str:
    """A number in capitals; what is none, or is too large for them, as it is."""
    return capital(int(number)) if number.isascii() and number.isdigit() and int(number) <= _MOST else number


def _capital_day(day: str) -> str:
    parts = (_capital_year(day), _capital_month(day), _capital(_day(day)))
    return "".join(f"{part}{unit}" for part, unit in zip(parts, "年月日", strict=True) if part)


# What becomes of a day, kept as ISO text of which the day or the month may be missing.
DAYS: Mapping[str, Callable[[str], str]] = {
    "年月日": lambda day: show(day, "cn"),
    "年月": lambda day: show(day[:7], "cn"),
    "年": _year,
    "月": _month,
    "日": _day,
    "点": lambda day: show(day, "dotfull"),
    "大写": _capital_day,
    "大写年": _capital_year,
    "大写月": _capital_month,
    "大写月零": _padded_month,
}


def _bare(number: str) -> str:
    """A number for a form that has 第 and 号 printed around its blank."""
    return number.removeprefix("第").removesuffix("号").strip()


def styled(style: str, value: object) -> str | None:
    """The value in that style; None where the style says nothing about it, an empty text where a part is unknown."""
    day = _DAY.fullmatch(value) if isinstance(value, str) else None
    if day and style in DAYS:
        return DAYS[style]("-".join(filter(None, day.groups())))
    if style == BARE and isinstance(value, str):
        return _bare(value)
    return _capital(str(value)) if style == "大写" and value is not None else None
