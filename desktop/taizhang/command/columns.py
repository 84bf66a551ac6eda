"""Text in columns on a terminal, where a Chinese character is two places wide."""

import unicodedata
from collections.abc import Iterable, Sequence

_GAP = "  "


def width(text: str) -> int:
    """Places that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(_places(char) for char in text)


def aligned(rows: Iterable[Sequence[str]], right: frozenset[int] = frozenset()) -> Iterable[str]:
    """The rows, the first of them headings, as lines of equal columns; `right` are the columns of figures."""
    cells = [[" ".join(cell.split()) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = [_pad(cell, widths[at], right=at in right) for at, cell in enumerate(row)]
        yield _GAP.join(padded).rstrip()


def _pad(text: str, places: int, *, right: bool) -> str:
    blank = " " * (places - width(text))
    return blank + text if right else text + blank


def _places(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
