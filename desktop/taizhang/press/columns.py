"""How wide each column of a table becomes, and how large its type, so that the table fills the width of the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from taizhang.core.errors import Refused

SIZES = (10.5, 10, 9.5, 9, 8.5, 8, 7.5, 7)  # points; 五号 first, and the smallest that people read without a glass
FLOOR = SIZES[-1]
_PAD, _SLIM = 0.4, 0.25  # between a vertical line and the text beside it, in parts of the size
_EASY = tuple(size for size in SIZES if size >= 9)
# Lines that the contents of a column may take: wished for, before smaller type, and before words give way.
_ONE_LINE, _LINES, _LINES_AT_FLOOR = 1.15, 1.8, 4.0
_TO_WRITE = 5  # em: a column without contents is left room for a word by hand, no more
_BEYOND_DECLARED = 3  # how often its declared width a column may grow for the sake of long contents
_LONGEST_WHOLE = 12  # em; a longer piece (an address of a web page) may be broken
_MOST_LINES = 1e6
_SMALL = f"栏目较多，字已缩到 {FLOOR:g} 磅；少选几栏，或改用横向、A3，会更清楚。"
_BROKEN = "栏目太多，号码、日期要缩得很小或断开才排得下；请少选几栏，或改用 A3 横向。"
_SHORTEST = 2  # em: Chinese text may be broken into pairs where there is no other way


@dataclass(frozen=True, slots=True)
class Need:
    """The room that one column asks for, in parts of the size of type.

    `bare`: its widest figure or word; `tight`: names and short choices in one line as well; `natural`: nearly all
    contents in one line.
    """

    bare: float
    tight: float
    natural: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Column widths, which add up to the width of the page, the size of type, and the pad beside each line; in points.

    `remark`: what to tell the user where the smallest type was not small enough to set it well.
    """

    widths: tuple[float, ...]
    size: float
    pad: float
    remark: str = ""


def need(declared: float, heading: float, word: float, short: float, widths: Sequence[float]) -> Need:
    """What a column needs, in em.

    `declared`: its declared width; `heading`: its heading's tightest form; `word`: its widest figure or word; `short`:
    its widest short text; `widths`: those of all its contents.
    """
    bare = max(min(word, _LONGEST_WHOLE), heading, _SHORTEST)
    tight = max(bare, short)
    usual = sorted(widths)[int(0.95 * (len(widths) - 1))] if any(widths) else min(declared, _TO_WRITE)
    return Need(bare, tight, max(tight, min(usual, _BEYOND_DECLARED * declared)))


def plan(needs: Sequence[Need], available: float) -> Plan:
    """The largest type at which the columns fit into `available` points; `Refused` when they never do."""
    # Nearly everything in one line in type that is still easy to read comes before large type in broken lines.
    for lines, sizes in ((_ONE_LINE, _EASY), (_LINES, SIZES)):
        for size in sizes:
            _, tight, natural = _points(needs, size, _PAD)
            if _sum_at(lines, tight, natural) <= available:
                return Plan(_shared(tight, natural, available), size, _PAD * size)
    bare, tight, natural = _points(needs, FLOOR, _SLIM)
    remark = _SMALL
    one = [_outer(1, FLOOR, _SLIM)] * len(needs)
    if _sum_at(_LINES_AT_FLOOR, tight, natural) <= available:
        widths = _shared(tight, natural, available)
    elif sum(bare) <= available:
        widths = _shared(bare, natural, available)
    elif sum(one) <= available:
        widths = _shared(one, bare, available)
        remark = _BROKEN
    else:
        raise Refused(f"{len(needs)} 栏在这张纸上排不下，没有打印。请少选几栏，或换用更大的纸、横向打印。")
    return Plan(widths, FLOOR, _SLIM * FLOOR, remark)


def _points(needs: Sequence[Need], size: float, pad: float) -> tuple[list[float], list[float], list[float]]:
    """Bare, tight and natural widths of the columns in points."""
    return (
        [_outer(need.bare, size, pad) for need in needs],
        [_outer(need.tight, size, pad) for need in needs],
        [_outer(need.natural, size, pad) for need in needs],
    )


def _outer(em: float, size: float, pad: float) -> float:
    """The width of a column in points that holds `em` of text."""
    return (em + 2 * pad) * size + 0.1  # the rest keeps rounding on our side


def _at(lines: float, low: Sequence[float], natural: Sequence[float]) -> list[float]:
    """Widths at which the contents of each column take about so many lines, none narrower than `low`."""
    return [max(least, whole / lines) for least, whole in zip(low, natural, strict=True)]


def _sum_at(lines: float, low: Sequence[float], natural: Sequence[float]) -> float:
    return sum(_at(lines, low, natural))


def _shared(low: Sequence[float], natural: Sequence[float], available: float) -> tuple[float, ...]:
    """Widths that fill the page, at which all columns take about the same number of lines: that keeps the rows low."""
    few, many = 1.0, 2.0
    while _sum_at(many, low, natural) > available and many < _MOST_LINES:
        many *= 2
    for _ in range(30):
        middle = (few + many) / 2
        few, many = (middle, many) if _sum_at(middle, low, natural) > available else (few, middle)
    widths = _at(few if _sum_at(few, low, natural) <= available else many, low, natural)
    # What is left over goes to the wider columns: a running number or 男/女 looks lost in a wide one.
    spare, narrowest = available - sum(widths), 0.8 * min(natural)
    share = spare / sum(whole - narrowest for whole in natural)
    return tuple(width + share * (whole - narrowest) for width, whole in zip(widths, natural, strict=True))
