"""The rows of a table measured, made to fit their cells, and dealt out to pages."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from taizhang.core.progress import Progress
from taizhang.press.columns import FLOOR, Need, Plan, need
from taizhang.press.fonts import Typefaces
from taizhang.press.roles import Role
from taizhang.press.sheet import Column, Sheet
from taizhang.press.text import LEADING, Fit, clean, fit, units, widest_word

_ROW_PAD = 0.42  # above and below the text of a row, in parts of the size
_HEADING_PAD = 0.55
_HEADING_LINES = 3
_SHORT = 4.2  # em: most names, and choices such as 正式党员
_STEP = 500  # rows between two reports of progress


@dataclass(slots=True)
class Measured:
    """The rows as they can be set, and the width of every cell in em, column by column."""

    rows: list[tuple[str, ...]] = field(default_factory=list)
    widths: list["array[float]"] = field(default_factory=list)
    words: list[float] = field(default_factory=list)
    shorts: list[float] = field(default_factory=list)

    def needs(self, sheet: Sheet, faces: Typefaces) -> list[Need]:
        """What each column asks for; names are broken last of all."""
        columns, words = sheet.columns, list(self.words)
        words[sheet.name_column] = max(words[sheet.name_column], self.shorts[sheet.name_column])
        headings = (_tightest_heading(clean(column.label), faces) for column in columns)
        declared = (column.width for column in columns)
        return list(map(need, declared, headings, words, self.shorts, self.widths))


def measure(sheet: Sheet, faces: Typefaces, progress: Progress) -> Measured:
    """Clean and measure every cell, once."""
    wide = faces.face(Role.BODY).__getitem__
    em = partial(faces.em, Role.BODY)
    count = len(sheet.columns)
    words, shorts = [0.0] * count, [0.0] * count
    measured = Measured(widths=[array("d") for _ in range(count)], words=words, shorts=shorts)
    for number, raw in enumerate(sheet.rows):
        if number % _STEP == 0:
            progress(number, len(sheet.rows), "正在量取文字")
        row = tuple(map(clean, raw))
        measured.rows.append(row)
        for column, text in enumerate(row):
            try:
                width = sum(map(wide, text))
            except KeyError:
                width = em(text)
            measured.widths[column].append(width)
            if width > words[column]:
                words[column] = max(words[column], widest_word(text, em))
            if shorts[column] < width <= _SHORT:
                shorts[column] = width
    return measured


def _tightest_heading(label: str, faces: Typefaces) -> float:
    """The width in em at which a heading takes no more than three lines."""
    whole = faces.em(Role.HEADING, label)
    widest = max((faces.em(Role.HEADING, unit) for unit in units(label)), default=0)
    return max(widest, min(whole, 2), whole / _HEADING_LINES)


@dataclass(slots=True)
class Row:
    """One row to draw: its height in points, and those of its cells that are not one line at the usual size."""

    height: float
    fits: dict[int, Fit]


def fit_heading(columns: Sequence[Column], plan: Plan, faces: Typefaces, height: float) -> Row:
    """The row of headings, no higher than `height`."""
    em = partial(faces.em, Role.HEADING)
    room, size = height - 2 * _HEADING_PAD * plan.size, plan.size
    fits = {
        number: fit(clean(column.label), em, width=width - 2 * plan.pad, size=size, floor=FLOOR, height=room, even=True)
        for number, (column, width) in enumerate(zip(columns, plan.widths, strict=True))
    }
    return Row(max(fit.height for fit in fits.values()) + 2 * _HEADING_PAD * plan.size, fits)


def fit_rows(
    columns: Sequence[Column], measured: Measured, plan: Plan, faces: Typefaces, height: float
) -> Iterator[Row]:
    """Each row made to fit its cells, none higher than `height`."""
    em = partial(faces.em, Role.BODY)
    pad, size = 2 * _ROW_PAD * plan.size, plan.size
    inner = [width - 2 * plan.pad for width in plan.widths]
    even = [column.align == "center" for column in columns]
    single = Row(LEADING * size + pad, {})
    for row, widths in zip(measured.rows, zip(*measured.widths, strict=True), strict=True):
        fits = {
            number: fit(
                row[number], em, width=inner[number], size=size, floor=FLOOR, height=height - pad, even=even[number]
            )
            for number, width in enumerate(widths)
            if width * size > inner[number] or "\n" in row[number]
        }
        if fits:
            yield Row(max(LEADING * size, *(fit.height for fit in fits.values())) + pad, fits)
        else:
            yield single


def deal(rows: Sequence[Row], first: float, other: float, last: float) -> list[range]:
    """Row numbers page by page: `first` and `other` points for rows on the first and on each other page.

    `last` points are kept below the last row. No row is cut; there is one page at least.
    """
    pages, start, room = [], 0, first
    for number, row in enumerate(rows):
        wanted = row.height + (last if number == len(rows) - 1 else 0)
        if wanted > room and number > start:
            pages.append(range(start, number))
            start, room = number, other
        room -= row.height
    return [*pages, range(start, len(rows))]
