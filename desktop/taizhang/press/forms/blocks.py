"""Pieces wrapped inside a rectangle: a paragraph, the text of a cell."""

from dataclasses import dataclass

from taizhang.press.fonts import Typefaces
from taizhang.press.forms.answers import Answers
from taizhang.press.forms.blanks import MIDDLE
from taizhang.press.forms.flow import Measure, Mixed, Setting, Slot, mix, once_or_flowing
from taizhang.press.forms.lines import longest
from taizhang.press.forms.model import Align, Paragraph, Piece, Place
from taizhang.press.forms.pen import Pen
from taizhang.press.page import MM
from taizhang.press.roles import Role
from taizhang.press.text import ELLIPSIS, LEADING, LEAST, balanced, widest_unit, wrap

LOOSE = 1.75  # from line to line where there is room for it, in parts of the size: blanks need it
_SLACK = 0.01  # points, against rounding


@dataclass(frozen=True, slots=True)
class Block:
    """Text inside `place` (mm); `leading`: how loose its lines may be. `alone`: how text stands that takes one line.

    `middle`: half-way down, not from the top; `even`: in lines of about the same length.
    """

    line: int
    place: Place
    role: Role
    size: float
    align: Align
    pieces: tuple[Piece, ...]
    faces: Typefaces
    indent: float = 0
    leading: float = LOOSE
    alone: Align | None = None
    middle: bool = False
    even: bool = False

    def __call__(self, pen: Pen, answers: Answers) -> list[Slot]:
        """Set the text; what goes beyond the place is left out and said."""
        mixed = mix(self.pieces, answers, self.line, indent=self.indent)
        if not mixed.text:
            return []
        measure = Measure(self.faces, self.role)
        width, height = self.place.width * MM, self.place.height * MM
        size, lines = self._fit(mixed, measure, width, height)
        ranges = list(_traced(lines, mixed.text))
        most = max(1, 1 + int((height + _SLACK - size) / (size * LEADING)))
        cut = len(ranges) > most
        if cut:
            self._cut(mixed, answers)
        ranges = ranges[:most]
        leading = self._leading(len(ranges), size, height)
        align = self.alone if self.alone and len(ranges) == 1 else self.align
        tall = size * (1 + (len(ranges) - 1) * leading)
        base = self.place.y * MM + (0.5 + MIDDLE) * size + ((height - tall) / 2 if self.middle else 0)
        setting = Setting(self.line, measure, size, leading - 0.2, width)
        em = measure.em(mixed, size, width)
        slots: list[Slot] = []
        for number, (start, end) in enumerate(ranges):
            dots = ELLIPSIS if cut and number == most - 1 else ""
            while dots and end > start and em(mixed.text[start:end] + dots) * size > width:
                end -= 1  # noqa: PLW2901 - the last line gives way to the ellipsis
            wide = em(mixed.text[start:end] + dots) * size
            x = self.place.x * MM + (width - wide) * {"left": 0, "center": 0.5, "right": 1}[align]
            slots += setting.set(pen, mixed.within(start, end), x, base)
            if dots:
                pen.text(x + wide - em(dots) * size, base, dots, self.role, size, value=longest(mixed) is not None)
            base += size * leading
        return slots

    def _fit(self, mixed: Mixed, measure: Measure, width: float, height: float) -> tuple[float, list[str]]:
        """The size at which the text goes in, `LEAST` at the smallest, and its lines then."""
        size = self.size
        while True:
            em = measure.em(mixed, size, width)
            lines = (balanced if self.even else wrap)(mixed.text, (width + _SLACK) / size, em)
            wide = widest_unit(mixed.text, em)
            whole = wide * size <= width + _SLACK or wide * LEAST > width  # what never goes in may as well be broken
            tall = size * (1 + (len(lines) - 1) * LEADING)
            if (whole and tall <= height + _SLACK) or size <= LEAST:
                return size, lines
            size = max(LEAST, size - 0.5)

    def _leading(self, count: int, size: float, height: float) -> float:
        """From line to line, in parts of the size: as loose as asked for where there is room."""
        if count == 1:
            return LEADING
        return min(self.leading, max(LEADING, (height / size - 1) / (count - 1)))

    def _cut(self, mixed: Mixed, answers: Answers) -> None:
        if value := longest(mixed):
            answers.too_long(value[0], self.line, value[1])
        else:
            answers.remarks.say(self.line, "", "这里的文字太多，地方不够，请把版式里的格子放大，或把字缩小。")


def lay_paragraph(paragraph: Paragraph, faces: Typefaces, pen: Pen, nobody: Answers) -> list[Slot]:
    """Draw what of a paragraph is printed, and give what is filled in."""
    kind = paragraph.type
    block = Block(
        paragraph.line,
        paragraph.place,
        kind.role,
        kind.size,
        kind.align,
        paragraph.pieces,
        faces,
        indent=paragraph.indent,
    )
    return once_or_flowing(paragraph.pieces, block, pen, nobody)


def _traced(lines: list[str], text: str) -> list[tuple[int, int]]:
    """Where each wrapped line stands in the text: only room at its ends was left out."""
    ranges, at = [], 0
    for line in lines:
        start = text.index(line, at)
        at = start + len(line)
        ranges.append((start, at))
    return ranges
