"""How far a sheet reaches, told from its XML as it streams by, before anything is built in memory.

The fast reader lays a sheet out as a full rectangle, from the first filled cell to the last: one value in XFD1048576
would ask for seventeen thousand million cells. A usual roster is recognised as harmless in one pass of two searches.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# A cell that does not say where it is, or lies beyond column Z or row 99,999. (`<c` and a letter is another element.)
_NOT_NEAR = re.compile(rb'<c(?![a-z]| r="[A-Z]\d{1,5}")')
_LONGEST_TAG = 1 << 16
_NEAR_ROWS, _NEAR_COLUMNS = 99_999, 26
_FILLED = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,9})"[^<>/]*>')
_TAG = re.compile(rb"<(?:\w+:)?(row|c)(\s[^<>]*?)?(/?)>")
_REFERENCE = re.compile(rb"""\br=["']([A-Za-z]{0,3})(\d{1,9})["']""")


@dataclass(slots=True)
class Extent:
    """The last row and column that hold a value, counted from 1; nothing at all is 0 × 0."""

    rows: int = 0
    columns: int = 0

    @property
    def cells(self) -> int:
        """The size of the rectangle from A1."""
        return self.rows * self.columns


def pieces(stream: Iterable[bytes]) -> Iterator[bytes]:
    """The tags of the same bytes, none torn in two; `ValueError` for one that does not end."""
    rest = b""
    for chunk in stream:
        whole = rest + chunk
        end = whole.rfind(b">") + 1
        yield whole[:end]
        begun = whole.find(b"<", end)
        rest = whole[begun:] if begun >= 0 else b""
        if len(rest) > _LONGEST_TAG:
            raise ValueError("a tag without an end")


def near_extent(stream: Iterable[bytes]) -> Extent | None:
    """An upper bound for a usual sheet; None when it must be measured cell by cell. Reads the stream to its end."""
    near = True
    for piece in pieces(stream):
        near = near and b":c" not in piece and not _NOT_NEAR.search(piece)
    return Extent(_NEAR_ROWS, _NEAR_COLUMNS) if near else None


def exact_extent(stream: Iterable[bytes]) -> Extent:
    """Where the last cell with content lies. Cells that carry only a format count for nothing, as with the reader."""
    extent = Extent()
    at = (0, 0)
    for piece in pieces(stream):
        if at == (0, 0) and _all_say_where(piece):
            found = _FILLED.findall(piece)
            for column in {column for column, _ in found}:
                extent.columns = max(extent.columns, column_number(column))
            extent.rows = max(extent.rows, max((int(row) for _, row in found), default=0))
        else:
            at = _follow(piece, at, extent)
    return extent


def _all_say_where(piece: bytes) -> bool:
    return b"<c>" not in piece and b":c" not in piece and piece.count(b"<c ") == piece.count(b'<c r="')


def _follow(piece: bytes, at: tuple[int, int], extent: Extent) -> tuple[int, int]:
    """Count along where cells do not say where they are; returns the position reached."""
    row, column = at
    for match in _TAG.finditer(piece):
        kind, attributes, empty = match.groups()
        reference = _REFERENCE.search(attributes or b"")
        if kind == b"row":
            row, column = int(reference[2]) if reference else row + 1, 0
            continue
        row, column = (int(reference[2]), column_number(reference[1])) if reference else (row, column + 1)
        if not empty:
            extent.rows, extent.columns = max(extent.rows, row), max(extent.columns, column)
    return row, column


def column_number(letters: bytes) -> int:
    """A is 1, XFD is 16,384."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
