"""Reading a day in any shape that people type: "2004.07", "二〇〇四年七月一日", a spreadsheet's number."""

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from functools import lru_cache

from taizhang.core.text import clean

FIRST_YEAR, LAST_YEAR = 1900, 2100
_EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet's 1900 system, right for every serial above 60
_SERIALS = range(20_000, 60_001)  # 1954-10-03 to 2064-04-08

_SEP = r"[-./\\年月、。·,，‐–—−]"
_SMALL = "([0-9]{1,2}|[〇零一二三四五六七八九十廿卅]{1,3})"
_YEAR = "([0-9]{2,4}|[〇零一二三四五六七八九]{2,4})"
_ISO = re.compile("([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_DOTTED = re.compile("([0-9]{4})[./]([0-9]{1,2})(?:[./]([0-9]{1,2}))?")  # what most sheets write
_PARTS = re.compile(f"{_YEAR}{_SEP}(?:{_SMALL}(?:月份|{_SEP})?(?:(?<={_SEP}){_SMALL}[日号.]?)?)?")
_DIGITS = re.compile(r"([0-9]{4})(?:\.?([0-9]{2})([0-9]{2})?)?")
_TIME = re.compile(r"(?<=[0-9日])[T ]?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:\+08:?00)?$")
_GAP = re.compile("(?<=[0-9]) (?=[0-9])")
_TENS = re.compile("(?:([二三])?十|([廿卅]))([一二三四五六七八九])?")
_FORMS = str.maketrans("零○壹贰叁肆伍陆柒捌玖拾", "〇〇一二三四五六七八九十")
_FIGURES = str.maketrans("〇一二三四五六七八九廿卅", "012345678923")
_HINT = "请写成 2004-07-01、2004-07 或 2004。"


class BadDay(ValueError):  # noqa: N818 - it reads as what is wrong: `raise BadDay(…)`
    """What was written is no day. `str()` is a sentence for the user; `guesses` are days that may have been meant."""

    def __init__(self, text: str, *guesses: str) -> None:
        super().__init__(text)
        self.guesses = guesses


def parse_day(raw: object) -> str:
    """The partial day that `raw` says, as ISO text, which reads back as itself.

    Text in any usual shape, a spreadsheet's number (a year, 200407, 2004.07, a serial of the 1900 system) or a date.

    Raises:
        BadDay: what is impossible, outside 1900–2100 or could mean two days is asked about and never corrected.
    """
    if isinstance(raw, str):
        return _from_text(raw)
    if isinstance(raw, date):
        return _from_date(raw)
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _from_number(raw)
    raise BadDay(f"看不出是哪一天，{_HINT}")


@lru_cache(maxsize=16_384)
def _from_text(raw: str) -> str:
    if match := _ISO.fullmatch(raw) or _DOTTED.fullmatch(raw):
        return _checked(*match.groups())
    text = clean(raw).lstrip("'’‘`").translate(_FORMS).replace("元月", "一月")
    text = _GAP.sub("-", _TIME.sub("", text)).replace(" ", "")
    if match := _DIGITS.fullmatch(text):
        return _checked(*match.groups())
    match = _PARTS.fullmatch(text)
    if not match:
        raise BadDay(*_unclear(text))
    if len(match[1]) == 2:
        raise BadDay("年份只写了两位，不知是哪个世纪，请写四位年份，如 2004.07。")
    return _checked(*(part and _cn_numeral(part) for part in match.groups()))


def _from_date(raw: date) -> str:
    """A date cell. A number typed into a cell that is formatted as a date shows as a day of 1905, or far ahead."""
    day = raw.date() if isinstance(raw, datetime) else raw
    serial: float = (day - _EPOCH).days
    if isinstance(raw, datetime):
        serial += round((raw.hour * 3600 + raw.minute * 60 + raw.second) / 86_400, 4)
    if FIRST_YEAR <= serial <= LAST_YEAR or day.year > LAST_YEAR:
        guesses = _guesses(round(serial, 4))
        if guesses:
            raise BadDay(f"单元格的格式是日期，里面的数却像是 {' 或 '.join(guesses)}，{_HINT}", *guesses)
    return _checked(str(day.year), str(day.month), str(day.day))


def _from_number(raw: float) -> str:
    """A number cell; a serial may carry the time of day behind the point."""
    text = repr(raw).removesuffix(".0")
    whole, _, tail = text.partition(".")
    if len(whole) == 5 and whole.isdecimal():
        return _from_serial(int(whole))
    if tail == "1" and whole.isdecimal() and FIRST_YEAR <= int(whole) <= LAST_YEAR:
        both = f"{whole}-01", f"{whole}-10"
        raise BadDay(f"{text} 是 1 月还是 10 月？数字会丢掉末尾的 0，请写成 {both[0]} 或 {both[1]}。", *both)
    return _from_text(text)


def _from_serial(serial: int) -> str:
    day = (_EPOCH + timedelta(days=serial)).isoformat()
    if 20_000 < serial < 20_500 and serial % 10:
        month = f"{serial // 10}-0{serial % 10}"
        raise BadDay(f"{serial} 是 {month} 还是 Excel 的日期序号（{day}）？请写清楚。", month, day)
    if serial in _SERIALS:
        return day
    if day > f"{LAST_YEAR}-12-31":
        raise BadDay(f"看不出是哪一天，{_HINT}")
    raise BadDay(f"{serial} 像是 Excel 的日期序号（{day}），请核对后写成日期。", day)


def _checked(year: str, month: str | None, day: str | None) -> str:
    """The ISO text of a day that exists; 00 stands for what is not known."""
    y, m, d = int(year), int(month or 0), int(day or 0)
    if not FIRST_YEAR <= y <= LAST_YEAR:
        raise BadDay(f"年份 {year} 不在 {FIRST_YEAR}–{LAST_YEAR} 之间，请核对。")
    if m > 12:
        raise BadDay(f"一年没有 {m} 月，请核对。")
    if not m and d:
        raise BadDay(f"只有日、没有月，{_HINT}")
    if not m:
        return f"{y}"
    if d > 28 and d > monthrange(y, m)[1]:  # the calendar is asked only where it matters
        raise BadDay(f"{y} 年 {m} 月没有 {d} 日，请核对。")
    return f"{y}-{m:02}-{d:02}" if d else f"{y}-{m:02}"


def _cn_numeral(text: str) -> str:
    """Figures for 二〇〇四 (read one by one) and for 十, 二十一, 廿一 (read as a number)."""
    if match := _TENS.fullmatch(text):
        tens = (match[1] or match[2] or "一").translate(_FIGURES)
        return tens + (match[3] or "〇").translate(_FIGURES)
    if "十" in text or "廿" in text or "卅" in text:
        raise BadDay(f"看不出是哪一天，{_HINT}")
    return text.translate(_FIGURES)


def _unclear(text: str) -> tuple[str, ...]:
    """What to say of text that is no day, and the day that it seems to begin with ("2004.07入党")."""
    if len(text) == 5 and text.isascii() and text.isdecimal():
        guesses = _guesses(int(text))
    else:
        start = _PARTS.match(text) or re.match("[0-9]{4}", text)
        rest = text[start.end() :] if start else text
        guesses = _guesses(start[0]) if start and not re.search(f"[0-9]|{_SEP}", rest) else ()
    question = f"是 {' 还是 '.join(guesses)} 吗？" if guesses else ""
    return f"看不出是哪一天，{question}{_HINT}", *guesses


def _guesses(raw: str | float) -> tuple[str, ...]:
    """The days that `raw` may mean, for a question."""
    try:
        return (parse_day(raw),)
    except BadDay as bad:
        return bad.guesses
