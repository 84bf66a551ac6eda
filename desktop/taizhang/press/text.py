"""Breaking Chinese text into lines, and making it fit into a box."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

LEADING = 1.28  # from line to line, in parts of the size
_CLOSING = r"，。、；：？！）〕】〗》〉」』”’…—·％℃,;:!?)\]}%"
_OPENING = r"（〔【〖《〈「『“‘(\[{￥$"
_WORD = r"[0-9A-Za-z.\-/*@_#+&'~=]"
_COUNTED = "号栋幢座楼层室户年月日岁"  # stay with the figures before them
_UNIT = re.compile(rf"\n| +|[{_OPENING}]*(?:{_WORD}+[{_COUNTED}]?|[^\s])?[{_CLOSING}]*")
_WORDS = re.compile(f"{_WORD}{{4,}}[{_COUNTED}]?")
LEAST = 5.5  # points: 七号, the smallest size that Chinese type is cast in
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_BESIDE = " " * 4
ELLIPSIS = "……"

Em = Callable[[str], float]  # the width of a text in parts of its size


@dataclass(frozen=True, slots=True)
class Fit:
    """A text made to fit: its lines, the size of type in points, and whether something had to be left out."""

    lines: tuple[str, ...]
    size: float
    cut: bool = False

    @property
    def height(self) -> float:
        """Points from the top of the first line to the bottom of the last."""
        return len(self.lines) * self.size * LEADING


def clean(text: str) -> str:
    """The text as it can be set: odd blanks become spaces, and what has no shape of its own goes."""
    if text.isprintable():
        return text if not _SELECTORS.search(text) else _SELECTORS.sub("", text)
    text = _SELECTORS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(map(_settable, text)).strip()


def _settable(char: str) -> str:
    if char == "\n":
        return char
    kind = unicodedata.category(char)
    if char == "\t" or kind in {"Zs", "Zl", "Zp"}:
        return " "
    return "" if kind in {"Cc", "Cf", "Cs"} else char


def units(text: str) -> list[str]:
    """Pieces between which a line may end: figures whole, no closing mark at the start, no opening one at the end."""
    return [unit for unit in _UNIT.findall(text) if unit]


def widest_unit(text: str, em: Em) -> float:
    """The width of the widest piece that should not be broken, in parts of the size."""
    return max(map(em, units(text)), default=0.0)


def widest_word(text: str, em: Em) -> float:
    """The width of the widest figure or word of some length; quicker than `widest_unit`, enough for whole columns."""
    return max(map(em, _WORDS.findall(text)), default=0.0)


def wrap(text: str, limit: float, em: Em) -> list[str]:
    """Lines no wider than `limit` (in parts of the size); a piece that is wider by itself is broken anywhere."""
    lines: list[str] = []
    line, width = "", 0.0
    for unit in units(text):
        if unit == "\n":
            lines.append(line.rstrip())
            line, width = "", 0.0
            continue
        more = em(unit)
        if line and width + more > limit and not unit.isspace():
            lines.append(line.rstrip())
            line, width = "", 0.0
        if more > limit and not unit.isspace():
            *full, unit = _broken(unit, limit, em)  # noqa: PLW2901 - what is left of the piece goes on as the line
            lines += full
            more = em(unit)
        if line or not unit.isspace():
            line, width = line + unit, width + more
    lines.append(line.rstrip())
    return lines


def balanced(text: str, limit: float, em: Em) -> list[str]:
    """As `wrap`, with lines of about the same length where that costs no further line."""
    lines = wrap(text, limit, em)
    even = em(text) / len(lines)
    for more in (0, 0.5, 1) if len(lines) > 1 and "\n" not in text else ():
        if even + more < limit and len(shorter := wrap(text, even + more, em)) == len(lines):
            return shorter
    return lines


def joined(phrases: Iterable[str], limit: float, em: Em) -> str:
    """Phrases side by side, and on a new line where the next would go beyond `limit`."""
    lines: list[str] = []
    for phrase in phrases:
        if lines and em(beside := f"{lines[-1]}{_BESIDE}{phrase}") <= limit:
            lines[-1] = beside
        else:
            lines.append(phrase)
    return "\n".join(lines)


def fit(
    text: str, em: Em, *, width: float, size: float, floor: float, height: float, calm: int = 4, even: bool = False
) -> Fit:
    """Set a text inside `width` × `height` points.

    It is wrapped at `size`. Where more than `calm` lines would come of it, the type shrinks by half points down to
    `floor`; where a figure or word is too wide, or the lines are too many for `height`, down to `LEAST`. What still
    does not go in is left out, with an ellipsis. `even` asks for lines of the same length.
    """
    wide = widest_unit(text, em)
    whole = wide if wide * LEAST <= width else 0.0  # what never goes in may as well be broken
    while True:
        lines = (balanced if even else wrap)(text, width / size, em)
        tall = len(lines) * size * LEADING
        good = whole * size <= width and tall <= height and (len(lines) <= calm or size <= floor)
        if good or size <= LEAST:
            break
        size = max(LEAST, size - 0.5)
    most = max(1, int(height / (size * LEADING)))
    if len(lines) <= most:
        return Fit(tuple(lines), size)
    return Fit((*lines[: most - 1], _shortened(lines[most - 1], width / size, em)), size, cut=True)


def _broken(unit: str, limit: float, em: Em) -> list[str]:
    """A piece cut between characters into parts no wider than `limit`, each of one character at least."""
    parts, part = [], ""
    for char in unit:
        if part and em(part + char) > limit:
            parts.append(part)
            part = ""
        part += char
    return [*parts, part]


def _shortened(line: str, limit: float, em: Em) -> str:
    """The line with an ellipsis at its end, no wider than `limit`."""
    while line and em(line + ELLIPSIS) > limit:
        line = line[:-1]
    return line + ELLIPSIS
