"""Days that may lack the day or the month, kept as ISO text: "2004-07-01", "2004-07", "2004"."""

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from taizhang.core.text import clean

FIRST_YEAR, LAST_YEAR = 1900, 2100
_EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet's 1900 system, right for every serial above 60
_SERIALS = range(20_000, 60_001)

Style = Literal["cn", "dot", "dotfull"]

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_SEPARATOR = r"[-./\\年月、。·,，–—−]"  # noqa: RUF039  # no escapes but the backslash itself
_NUMBER = "[0-9〇零○一二三四五六七八九十廿卅]{1,4}"
_PARTS = re.compile(rf"({_NUMBER}){_SEPARATOR}(?:({_NUMBER})(?:月份|{_SEPARATOR})?(?:({_NUMBER})[日号.]?)?)?")
_DIGITS = re.compile(r"(\d{4})(?:\.?(\d\d)(\d\d)?)?", re.ASCII)
_TIME = re.compile(r"(?<=[\d日])(?:T| ?)\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?:\+08:?00)?$", re.ASCII)
_GAP = re.compile(r"(?<=\d) (?=\d)", re.ASCII)
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾○", "一二三四五六七八九十〇")
_FIGURES = {figure: value for value, figure in enumerate("〇一二三四五六七八九")} | {"零": 0} | {str(n): n for n in range(10)}
_LOOSE = re.compile(rf"{_NUMBER}(?:{_SEPARATOR}{_NUMBER}){{1,2}}|\d{{4}}")


class BadDay(ValueError):
    """What was written is no day. `str()` is a sentence for the user; `guesses` are days that may have been meant."""

    def __init__(self, text: str, *guesses: str) -> None:
        super().__init__(text)
        self.guesses = guesses


def parse_day(raw: object) -> str:
    """The partial day that `raw` says: text in any usual shape, a spreadsheet's number, a date.

    Raises:
        BadDay: what is impossible, out of 1900–2100 or could mean two days; it is asked about and never corrected.
    """
    if isinstance(raw, str):
        return _from_text(raw)
    if isinstance(raw, date):
        return _from_date(raw)
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return _from_number(raw)
    raise BadDay("不是日期，请写成 2004-07-01、2004-07 或 2004。")


@lru_cache(maxsize=16_384)
def _from_text(raw: str) -> str:
    if match := _ISO.fullmatch(raw):
        return _checked(*match.groups())
    text = clean(raw).lstrip("'’‘`")
    text = _GAP.sub("-", _TIME.sub("", text)).replace(" ", "").translate(_CAPITALS)
    if match := _DIGITS.fullmatch(text):
        return _checked(*match.groups())
    if not (match := _PARTS.fullmatch(text)):
        raise _not_a_day(text)
    year, month, day = match.groups()
    if len(year) != 4 or "十" in year:
        if len(_plain(year)) == 2:
            raise BadDay("年份只写了两位，请写四位年份，如 2004.07。")
        raise _not_a_day(text)
    return _checked(_plain(year), month and _plain(month), day and _plain(day))


def _from_date(raw: date) -> str:
    """A date cell; a number typed into a cell formatted as a date became a day in 1905, or one far ahead."""
    day = raw.date() if isinstance(raw, datetime) else raw
    serial: float = (day - _EPOCH).days
    if isinstance(raw, datetime):
        serial = round(serial + (raw.hour * 3600 + raw.minute * 60 + raw.second) / 86_400, 4)
    if FIRST_YEAR <= serial <= LAST_YEAR + 1 or day.year > LAST_YEAR:
        raise BadDay(f"单元格格式是日期，里面的数却像是直接写的 {serial:g}，请写成 2004-07 这样的文字。", *_guess(f"{serial:g}"))
    return _checked(f"{day.year:04}", f"{day.month:02}", f"{day.day:02}")


def _from_number(raw: float) -> str:
    """A number cell: a year, 200407, 20040701, 2004.07, or a spreadsheet's serial of a day."""
    text = repr(raw).removesuffix(".0")
    whole, _, tail = text.partition(".")
    if not tail and int(whole) in _SERIALS if whole.isdigit() and len(whole) == 5 else False:
        return _from_serial(whole)
    if len(whole) == 5 and whole.isdigit() and int(whole) in _SERIALS:  # a serial with the time of day
        return _iso(_EPOCH + timedelta(days=int(whole)))
    if len(whole) == 4 and len(tail) == 1:
        if tail == "1":
            raise BadDay(f"{text} 是 1 月还是 10 月？数字会丢掉末尾的 0，请写成 {whole}-01 或 {whole}-10。", f"{whole}-01", f"{whole}-10")
        tail = f"0{tail}"
    if len(tail) not in (0, 2, 4):
        raise _not_a_day(text)
    return _from_text(f"{whole}.{tail}" if tail else whole)
