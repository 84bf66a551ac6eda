"""The numbers of letters: a row for each series and year of the letter, going on in the office's own style."""

import re
from collections.abc import Iterator, Mapping, Set as AbstractSet
from typing import NamedTuple

from taizhang.core.context import RID, Context, Value, Values
from taizhang.core.errors import Refused
from taizhang.ledgers.transfers.facts import CREDENTIAL_LABELS, LETTER, credential, is_paper, record, stored
from taizhang.ledgers.transfers.states import OUT, UNDERWAY

_PARTS = re.compile(r"(.*?(?:20\d\d(?=\d{2,}\D*$))?)(\d+)(\D*)", re.ASCII | re.DOTALL)  # 2026012: of a year, 12
_STANDARD = "〔{year}〕001"
_FURTHEST = 100  # numbers that are looked back over for a gap


class Style(NamedTuple):
    """A number taken apart: 青党介〔2026〕012号 is 青党介〔2026〕, 12, 号, written with three digits."""

    prefix: str
    ordinal: int
    suffix: str
    digits: int

    def at(self, count: int) -> str:
        """Another number of the same style."""
        return f"{self.prefix}{count:0{self.digits}d}{self.suffix}"

    @property
    def row(self) -> tuple[str, str]:
        """What all numbers of one row have in common."""
        return self.prefix, self.suffix


class Used(NamedTuple):
    """A number that a letter of the series has."""

    issued_on: str
    rid: int
    style: Style


def style_of(number: str) -> Style | None:
    """A number taken apart; None for one that does not count."""
    match = _PARTS.fullmatch(number)
    if match is None or len(match[2]) > 9:
        return None
    digits = match[2]
    return Style(match[1], int(digits), match[3], len(digits) if digits.startswith("0") else 1)


def next_number(context: Context, series: str, year: str) -> str:
    """The next number of a series in a year: after the last one, in its style; a new year begins again at 1."""
    used = sorted(_used(context, series))
    last = used[-1] if used else None
    this_year = [one for one in used if one.issued_on.startswith(year)]
    if this_year:
        style = this_year[-1].style
        return style.at(max(one.style.ordinal for one in this_year if one.style.row == style.row) + 1)
    if last is None:
        return _STANDARD.format(year=year)
    return _in_year(last.style, last.issued_on[:4], year).at(1)


def same_number(values: Values, context: Context) -> list[int]:
    """Other letters of the same series and year that have this number."""
    number, own = values.get("number"), series_of(values)
    if not isinstance(number, str) or not is_paper(values):
        return []
    others = []
    for rid in context.holders("transfers", "number", number):
        other = context.values("transfers", rid) or {}
        same = is_paper(other) and (series_of(other), _year(other)) == (own, _year(values))
        if same and rid != values.get(RID):
            others.append(rid)
    return others


def given_once(values: Values, context: Context) -> None:
    """Domain 3.4: also of two letters in one sheet, and of one that comes back by undo."""
    for rid in same_number(values, context):
        others = f"“{record(context, 'transfers', rid).get('name')}”和“{values.get('name')}”"
        raise Refused(f"编号 {values.get('number')} 给了{others}两封信，没有改动；请给其中一封另写一个编号再试。")


def gap(values: Values, context: Context) -> list[str]:
    """The numbers that are missing right before this one; none when nothing of the row comes earlier."""
    number = values.get("number")
    style = style_of(number) if isinstance(number, str) and is_paper(values) else None
    missing: list[str] = []
    for count in range(style.ordinal - 1, max(style.ordinal - _FURTHEST, 0), -1) if style else ():
        before = style.at(count) if style else ""
        if same_number({**values, "number": before}, context):
            return missing[::-1]
        missing.append(before)
    return []


def skipped(values: Values, context: Context) -> str | None:
    """The same for a register (domain 3.4: gaps must be explained)."""
    missing = gap(values, context)
    return f"前缺{missing[0]}{f'至{missing[-1]}' if len(missing) > 1 else ''}" if missing else None


def replaced(values: Values, context: Context) -> str | None:
    """The number of the letter instead of which this one was issued (R-TR-04)."""
    number = record(context, "transfers", values.get("replaces")).get("number")
    return number if isinstance(number, str) else None


def series_of(values: Values) -> str:
    """The row in which a letter is numbered."""
    series = values.get("series")
    return series if isinstance(series, str) else CREDENTIAL_LABELS.get(credential(values), CREDENTIAL_LABELS[LETTER])


def numbered(values: Values, given: AbstractSet[str], context: Context) -> Mapping[str, Value]:
    """A letter that is issued gets its series and, where none was given, the next number."""
    del given
    if not is_paper(values):
        return {}
    found: dict[str, Value] = {}
    issued = values.get("issued_on")
    issuing = values.get("state") == UNDERWAY and stored(values, context).get("state") != UNDERWAY
    if values.get("number") is None and issuing and isinstance(issued, str):
        found["number"] = next_number(context, series_of(values), issued[:4])
    if values.get("series") is None and (found or values.get("number") is not None):
        found["series"] = series_of(values)
    return found


def _used(context: Context, series: str) -> Iterator[Used]:
    index = context.index("transfers", ("direction", "series", "issued_on", "number"))
    for (direction, own, issued, number), rids in index.items():
        style = style_of(str(number))
        if direction == OUT and own == series and style is not None:
            yield from (Used(str(issued), rid, style) for rid in rids)


def _in_year(style: Style, old: str, new: str) -> Style:
    return style._replace(prefix=style.prefix.replace(old, new))


def _year(values: Values) -> str:
    return str(values.get("issued_on") or "")[:4]
