"""Citizens' ID numbers (GB 11643-1999, domain 2.6): 6 region + 8 birth + 3 sequence + 1 check."""

import csv
import re
from collections.abc import Collection
from datetime import date
from functools import cache, lru_cache
from operator import mul
from typing import Literal, NamedTuple

from taizhang.core.day import years_between
from taizhang.core.text import clean
from taizhang.places import resources

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_ZEROS = ord("0") * sum(_WEIGHTS)
_SHAPE = re.compile("[0-9]{17}[0-9X]")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]+")
_EXACT = 10**15  # a spreadsheet keeps 15 digits of a number
_SIGNS_FOR_X = str.maketrans(dict.fromkeys("x×ХхΧχⅩⅹ✕✖", "X"))
_CENTENARIAN = ("996", "997", "998", "999")


class Damaged(ValueError):  # noqa: N818 - it reads as what happened: `raise Damaged(…)`
    """The cell held a number or something else that can no longer be the ID number; `str()` says so to the user."""


class Problem(NamedTuple):
    """What is wrong with a number.

    `code` is one of length, characters, fifteen, centenarian, area, birth, future, age, check, damaged.
    """

    code: str
    text: str
    severity: Literal["error", "warning"] = "error"


def normalise(raw: object) -> str:
    """The number as it is kept: half-width, no spaces, X upper case; nothing else is judged here.

    Raises:
        Damaged: a number cell of more than 15 digits, text such as 4.2282519900101E+17, or no text at all.
    """
    if isinstance(raw, str):
        if raw.isdecimal() and raw.isascii():
            return raw
        text = clean(clean(raw).replace(" ", "")).lstrip("'’‘`").upper().translate(_SIGNS_FOR_X)
        if _SCIENTIFIC.fullmatch(text):
            raise Damaged(_damage())
        return text
    if isinstance(raw, int | float) and not isinstance(raw, bool) and 0 <= raw < _EXACT and raw == int(raw):
        return str(int(raw))
    raise Damaged(_damage())


def check_digit(first17: str) -> str:
    """The last character for the 17 figures before it."""
    return _CHECKS[(sum(map(mul, first17.encode(), _WEIGHTS)) - _ZEROS) % 11]


def problems(number: str, today: date, provinces: Collection[str] | None = None) -> list[Problem]:
    """Everything that is wrong with a normalised number, nothing when it is valid.

    `provinces` are the two-figure prefixes of domain 2.6 (default: the shipped table); county codes are not judged,
    abolished ones stay valid.
    """
    return list(_problems(number, today, _shipped_provinces() if provinces is None else frozenset(provinces)))


@lru_cache(maxsize=1024)  # one row asks of its number several times: the field, what follows from it, the rules
def _problems(number: str, today: date, provinces: frozenset[str]) -> list[Problem]:
    if len(number) == 15 and number.isdecimal() and number.isascii():
        return _fifteen(number)
    if len(number) != 18:
        return [Problem("length", f"身份证号码应为 18 位，现有 {len(number)} 位，请核对。")]
    if not _SHAPE.fullmatch(number):
        return [Problem("characters", "身份证号码应为 17 位数字加 1 位数字或 X，请核对。")]
    found = []
    if number[:2] not in provinces:
        found.append(Problem("area", f"没有以 {number[:2]} 开头的身份证号码，请核对前两位。"))
    if number[17] != check_digit(number[:17]):
        found.append(_bad_check(number))
    return found + _birth_problems(number, today)


def upgrade_15(number15: str) -> str:
    """The number of 18 for an old one of 15: 19 put before the year, check added.

    Raises:
        ValueError: not 15 figures, or a sequence 996–999, which meant a birth in 18xx: the user is asked.
    """
    if len(number15) != 15 or not (number15.isascii() and number15.isdecimal()):
        raise ValueError("旧身份证号码应为 15 位数字。")
    if number15.endswith(_CENTENARIAN):
        raise ValueError("这个 15 位号码的末三位表示百岁老人，出生年份请按原件核对。")
    first17 = f"{number15[:6]}19{number15[6:]}"
    return first17 + check_digit(first17)


def birth(number: str) -> str:
    """The birth date in a number of 18, ISO; `ValueError` when there is no such day."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14])).isoformat()


def sex(number: str) -> Literal["1", "2"]:
    """The sex in a number of 18, as a GB/T 2261.1 code: an odd 17th figure is 1 (男), an even one 2 (女)."""
    return "1" if number[16] in "13579" else "2"


def told(number: object, today: date) -> dict[str, str]:
    """What a number without fault tells of its holder (`sex`, `born_on`); nothing of any other."""
    if not isinstance(number, str) or any(problem.severity == "error" for problem in problems(number, today)):
        return {}
    return {"sex": sex(number), "born_on": birth(number)}


def make(area: str, born: date, seq: int) -> str:
    """A valid number from its parts, for samples and tests; use an area that no county has."""
    first17 = f"{area}{born:%Y%m%d}{seq:03}"
    return first17 + check_digit(first17)


@cache
def _shipped_provinces() -> frozenset[str]:
    with (resources() / "codes" / "area.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["code"][:2] for row in csv.DictReader(file))


def _damage() -> str:
    return "身份证号码在表格里存成了数字，末尾几位已经丢失；请把单元格改为“文本”，再按证件重新填写。"


def _fifteen(number: str) -> list[Problem]:
    if number.endswith(_CENTENARIAN):
        return [Problem("centenarian", "15 位旧号码的末三位表示百岁老人，请按新证件填写 18 位号码。")]
    return [Problem("fifteen", "15 位旧号码 2013 年起已停用，请核对换成 18 位的号码。")]


def _bad_check(number: str) -> Problem:
    if number.endswith("000"):
        return Problem("damaged", "末三位是 000，校验位也不对，像是表格存成数字时丢失的，请按证件重新填写。")
    return Problem("check", "校验位不对，号码里有写错的数字，请按证件核对。")


def _birth_problems(number: str, today: date) -> list[Problem]:
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return [Problem("birth", "第 7 至 14 位不是真实的出生日期，请核对。")]
    if born > today:
        return [Problem("future", "号码里的出生日期晚于今天，请核对。")]
    age = years_between(born, today)
    if not 18 <= age <= 120:
        return [Problem("age", f"按号码计算年龄是 {age} 岁，请核对。", "warning")]
    return []
