"""Telephone numbers: mobiles, fixed lines with their area code, several in one cell."""

import re

from taizhang.core.text import clean

_MOBILE = re.compile("1[3-9][0-9]{9}")
_FIXED = re.compile("(?:010|02[0-9]|0[3-9][0-9]{2})-[2-9][0-9]{6,7}(?:转[0-9]{1,6})?")
_SERVICE = re.compile("[48]00[0-9]{7}")
_PARTS = re.compile(r"[/、,，;；|\n\r]+|(?<=[0-9])\s*[和或]\s*(?=[0-9(（+])|(?<=[0-9]{11}) +(?=1[3-9])")
_CHINA_MOBILE = re.compile(r"^\(?(?:\+|00)?86\)?(?=1[3-9][0-9]{9}$)")
_CHINA_FIXED = re.compile(r"^\(?(?:\+|00)86\)?0?(?=(?:10|[2-9][0-9])[0-9]{8,9}$)")
_AREA = re.compile(r"^\(?(010|02[0-9]|0[3-9][0-9]{2})\)?([2-9][0-9]{6,7})(?:(?:转|分机|EXT|#)+([0-9]{1,6}))?$")
_SCIENTIFIC = re.compile(r"([0-9])\.?([0-9]+)E\+?10", re.IGNORECASE)
_LABEL = re.compile(r"^(?:手机|电话|联系电话|座机|固话|宅电|家|宅|办|TEL)[:：.]?", re.IGNORECASE)


def parse_phone(raw: object) -> tuple[str, str]:
    """The numbers of a cell, joined by "、", and a sentence on what seems wrong with them ("" when nothing does).

    138 0000 0000, +86-138…, 13800000000.0 become 13800000000; (0571)88880000 becomes 0571-88880000. What is no number
    stays as typed, so that nothing is lost. `parse_phone(numbers)[0] == numbers`.
    """
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = raw if isinstance(raw, str) else "" if raw is None else str(raw)
    if len(text) == 11 and _MOBILE.fullmatch(text):
        return text, ""
    if match := _SCIENTIFIC.fullmatch(clean(text)):
        text = match[1] + match[2] if len(match[2]) == 10 else text
    numbers = list(dict.fromkeys(filter(None, map(_one, _PARTS.split(_outer(text))))))
    return "、".join(numbers), next(filter(None, map(_problem, numbers)), "")


def _outer(text: str) -> str:
    """Clean lines kept apart: people press Alt+Enter between two numbers."""
    return "\n".join(clean(line) for line in re.split(r"[\r\n]+", text))


def _one(part: str) -> str:
    number = _LABEL.sub("", clean(part).lstrip("'’‘` "))
    bare = re.sub(r"[\s\-‐–—−.·_]", "", number).replace("（", "(").replace("）", ")").upper()
    bare = _CHINA_FIXED.sub("0", _CHINA_MOBILE.sub("", bare))
    if match := _AREA.fullmatch(bare):
        return f"{match[1]}-{match[2]}" + (f"转{match[3]}" if match[3] else "")
    if _MOBILE.fullmatch(bare) or _SERVICE.fullmatch(bare):
        return bare
    return bare if bare.isdecimal() and bare.isascii() else number


def _problem(number: str) -> str:
    if _MOBILE.fullmatch(number) or _FIXED.fullmatch(number) or _SERVICE.fullmatch(number):
        return ""
    if "*" in number:
        return "电话号码里有星号，像是遮盖过的，请填写完整的号码。"
    if not (number.isdecimal() and number.isascii()):
        return "看不出是电话号码，请核对。"
    if 7 <= len(number) <= 8:
        return "固定电话请写上区号，如 0571-88880000。"
    if number[0] == "1":
        return f"手机号码应为 11 位、以 13–19 开头，现有 {len(number)} 位，请核对。"
    return "不像手机号码，也不像带区号的固定电话，请核对。"
