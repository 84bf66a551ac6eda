"""Finds the tables of a sheet: where their headings stand, in how many rows, and where their rows end.

Sheets come with titles above, with headings in one to four rows, merged or only written over the first of several
columns, and with further tables below. Nothing here asks what a ledger is about; it knows the ledger's words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from taizhang.core.field import as_text
from taizhang.core.text import clean
from taizhang.exchange.columns import Column, assign
from taizhang.exchange.vocabulary import Vocabulary, Why, is_generic
from taizhang.exchange.workbook import Cell, Merge, Sheet

_HEADING = re.compile(r"[^\d:：]{1,30}")
_DEEPEST = 4  # rows of headings
_SEARCHED = 60  # rows in which every cell is looked at; below, only rows that carry one of the known words


@dataclass(frozen=True)
class Table:
    """A table of a sheet; rows are indexes into the sheet's rectangle, `end` is the first row after it."""

    top: int
    body: int
    end: int
    columns: tuple[Column, ...]
    titles: tuple[str, ...] = ()

    @property
    def by_field(self) -> dict[str, Column]:
        """The columns that feed a field, by its key."""
        return {column.field: column for column in self.columns if column.field is not None}


def find_tables(sheet: Sheet, vocabulary: Vocabulary) -> list[Table]:
    """The tables of `sheet` that list records of this ledger, from the top down."""
    grid = _Grid(sheet, vocabulary)
    blocks: list[tuple[int, int]] = []
    for row in _heading_rows(sheet.rows, vocabulary):
        if blocks and row < blocks[-1][1]:
            continue
        blocks.append(grid.block(row, blocks[-1][1] if blocks else 0))
    tables: list[Table] = []
    for number, (top, body) in enumerate(blocks):
        columns = assign(grid.stacks(top, body), vocabulary)
        if not _lists_records(columns, vocabulary):
            continue
        if tables and tables[-1].columns == columns:
            continue  # the same headings once more: the table above goes on, and its rows skip them
        if tables:
            tables[-1] = replace(tables[-1], end=top)
        first = _first_title(sheet.rows, top) if number else 0
        tables.append(Table(top, body, len(sheet.rows), columns, tuple(_texts(sheet.rows[first:top]))))
    return tables


def _first_title(rows: Sequence[Sequence[Cell]], top: int) -> int:
    """The first of the lines just above a further table that consist of one text."""
    first = top
    while first and len(texts := set(rows[first - 1]) - {""}) == 1 and all(isinstance(text, str) for text in texts):
        first -= 1
    return first


def _heading_rows(rows: Sequence[Sequence[Cell]], vocabulary: Vocabulary) -> Iterator[int]:
    """Rows that read like headings: two known ones at least, and no less than a third of what stands there."""
    words = set(vocabulary.words)
    alone = None
    seen = False
    for index, row in enumerate(rows):
        if index >= _SEARCHED and words.isdisjoint(row):
            continue
        texts = set(row) - {""}
        found = vocabulary.fields_in(texts)
        if len(found) >= 2 and 3 * len(found) >= len(texts):
            seen = True
            words.update(text for text in texts if isinstance(text, str))
            yield index
        elif alone is None and len(texts) <= 3 and vocabulary.title in found:
            alone = index
    if alone is not None and not seen:
        yield alone  # a list of names and nothing else that we know


def _lists_records(columns: Sequence[Column], vocabulary: Vocabulary) -> bool:
    """Whether a record could be made of these columns; a sheet of code tables has headings too, but names nobody."""
    fields = {column.field for column in columns}
    return vocabulary.title in fields or bool(vocabulary.required and vocabulary.required <= fields)


def _texts(rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    return (clean(cell) for row in rows for cell in row if isinstance(cell, str) and cell.strip())


class _Grid:
    """The headings of a sheet with its merged cells spread out."""

    def __init__(self, sheet: Sheet, vocabulary: Vocabulary) -> None:
        self._rows, self._vocabulary = sheet.rows, vocabulary
        self._width = max(map(len, sheet.rows), default=0)
        self._merges: dict[int, list[Merge]] = {}
        for merge in sheet.merges:
            for row in range(merge[0], min(merge[2], merge[0] + _DEEPEST) + 1):
                self._merges.setdefault(row, []).append(merge)

    def block(self, row: int, floor: int) -> tuple[int, int]:
        """The heading rows around `row`: the first, and the one after the last; nothing above `floor` belongs to it."""
        top = bottom = row
        while top > floor and row - top < 2 and self._is_above(top - 1, floor):
            top -= 1
        while bottom - top < _DEEPEST - 1 and bottom + 1 < len(self._rows):
            merged = max((merge[2] for merge in self._merges.get(bottom, ()) if merge[0] >= top), default=bottom)
            if merged > bottom or self._is_below(top, bottom):
                bottom += 1
            else:
                break
        return top, bottom + 1

    def stacks(self, top: int, body: int) -> dict[int, list[str]]:
        """For each column with a heading, what stands over it in the rows from `top` to before `body`."""
        stacks: dict[int, list[str]] = {}
        for column in range(self._width):
            parts: list[str] = []
            for row in range(top, body):
                text = self._text(row, column) or self._from_left(row, column, body)
                if text and (not parts or parts[-1] != text):
                    parts.append(text)
            if parts:
                stacks[column] = parts
        return stacks

    def _text(self, row: int, column: int) -> str:
        for first_row, first_column, last_row, last_column in self._merges.get(row, ()):
            if first_row <= row <= last_row and first_column <= column <= last_column:
                row, column = first_row, first_column
                break
        cells = self._rows[row]
        return as_text(cells[column]) if column < len(cells) else ""

    def _from_left(self, row: int, column: int, body: int) -> str:
        """A heading written over the first of its columns only, without merging the cells."""
        under = range(row + 1, body)
        if not under or any(merge[0] == merge[2] == row for merge in self._merges.get(row, ())):
            return ""
        for left in range(column, -1, -1):
            if not any(self._text(below, left) for below in under):
                return ""
            if text := self._text(row, left):
                return text
        return ""

    def _is_above(self, row: int, floor: int) -> bool:
        """Whether a row above known headings groups them, rather than being a title, or the last record before."""
        texts = [cell for cell in self._rows[row] if cell != ""]
        if not texts or not all(isinstance(text, str) and _HEADING.fullmatch(clean(text)) for text in texts):
            return False
        own = [merge for merge in self._merges.get(row, ()) if merge[0] == row]
        reaches_down = any(merge[2] > row for merge in own)
        groups = any(1 < merge[3] - merge[1] + 1 <= self._width // 2 for merge in own)
        return reaches_down or groups or (not floor and 2 <= len(texts) < self._width)

    def _is_below(self, top: int, bottom: int) -> bool:
        """Whether the next row holds headings under headings, and no record yet."""
        row = bottom + 1
        filled = [column for column, cell in enumerate(self._rows[row]) if cell != ""]
        if not filled or not all(isinstance(self._rows[row][column], str) for column in filled):
            return False
        for column in filled:
            above = [self._vocabulary.sense(self._text(over, column)).field for over in range(top, row)]
            if self._vocabulary.title in above:
                return False
        known = sum(self._says_something(self._text(row, column)) for column in filled)
        grouped = sum(self._in_group(bottom, column) for column in filled)
        return known >= 1 and 2 * max(known, grouped) >= len(filled)

    def _in_group(self, row: int, column: int) -> bool:
        """Whether the heading in `row` stands over more columns than this one."""
        merges = [merge for merge in self._merges.get(row, ()) if merge[0] == row and merge[1] < merge[3]]
        if merges:
            return any(merge[1] <= column <= merge[3] for merge in merges)
        cells = [*self._rows[row], ""]
        return "" in cells[column : column + 2]

    def _says_something(self, heading: str) -> bool:
        return self._vocabulary.sense(heading).why is not Why.UNKNOWN or is_generic(heading)
