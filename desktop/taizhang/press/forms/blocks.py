"""Pieces wrapped inside a rectangle: a paragraph, the text of a cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from taizhang.press.fonts import Typefaces
from taizhang.press.forms.answers import Answers
from taizhang.press.forms.blanks import MIDDLE
from taizhang.press.forms.flow import Measure, Mixed, Setting, Slot, mix, once_or_flowing
from taizhang.press.forms.lines import longest
from taizhang.press.forms.model import Align, Paragraph, Piece, Place, Type
from taizhang.press.forms.pen import Pen
from taizhang.press.page import MM
from taizhang.press.roles import Role
from taizhang.press.text import ELLIPSIS, LEADING, LEAST, balanced, widest_unit, wrap

LOOSE = 1.75  # from line to line where there is room for it, in parts of the size: blanks need it
_AIR = 0.8  # kept above and below lines in a cell, together, in parts of the size
_SLACK = 0.01  # points, against rounding
_SIDE = {"left": 0, "center": 0.5, "right": 1}


@dataclass(frozen=True, slots=True)
class Manner:
    """How text stands in its place. `values`: the role of values, if it is another than that of the words.

    `tight` and `loose`: from line to line, in parts of the size; `alone`: how text stands that takes one line;
    `middle`: half-way down, not from the top; `even`: in lines of about the same length.
    """

    values: Role | None = None
    tight: float = LEADING
    loose: float = LOOSE
    alone: Align | None = None
    middle: bool = False
    even: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Text inside `place` (mm), set smaller until it goes in, to `LEAST` at the smallest."""

    line: int
    place: Place
    type: Type
    pieces: tuple[Piece, ...]
    faces: Typefaces
    manner: Manner = Manner()
    indent: float = 0

    def __call__(self, pen: Pen, answers: Answers) -> list[Slot]:
        """Set the text; what goes beyond the place is left out and said."""
        mixed = mix(self.pieces, answers, self.line, indent=self.indent)
        if not mixed.text:
            return []
        measure = Measure(self.faces, self.type.role, self.manner.values or self.type.role)
        size, lines = self._fit(mixed, measure)
        ranges = _traced(lines, mixed.text)
        most = max(1, self._most(size))
        if len(ranges) > most:
            self._say_cut(mixed, answers)
            start, end = ranges[most - 1]
            em = measure.em(mixed, size, self._width)
            while end > start and em(mixed.text[start:end] + ELLIPSIS) * size > self._width:
                end -= 1
            ranges[most - 1 :] = [mixed.cut(start, end, ELLIPSIS)]
        return self._set(pen, mixed, ranges, measure, size)

    def _set(
        self, pen: Pen, mixed: Mixed, ranges: Sequence[tuple[int, int]], measure: Measure, size: float
    ) -> list[Slot]:
        """Set the lines one below the other."""
        manner, count = self.manner, len(ranges)
        leading = self._leading(count, size)
        side = _SIDE[manner.alone if manner.alone and count == 1 else self.type.align]
        above = (self._height - size * (1 + (count - 1) * leading)) / 2 if manner.middle else 0
        base = self.place.y * MM + above + (0.5 + MIDDLE) * size
        setting = Setting(self.line, measure, size, leading - 0.2, self._width)
        slots: list[Slot] = []
        for start, end in ranges:
            spare = self._width - measure.exact(mixed.within(start, end), size, self._width)
            slots += setting.set(pen, mixed.within(start, end), self.place.x * MM + spare * side, base)
            base += size * leading
        return slots

    def _fit(self, mixed: Mixed, measure: Measure) -> tuple[float, list[str]]:
        """The size at which the text goes in, and its lines then."""
        text, width, size = mixed.text, self._width + _SLACK, self.type.size
        if (em := measure.em(mixed, size, self._width))(text) * size <= width and self._most(size) and "\n" not in text:
            return size, [text]
        wide = widest_unit(text, measure.words(mixed))
        whole = wide if wide * LEAST <= width else 0  # what never goes in may as well be broken
        while True:
            em = measure.em(mixed, size, self._width)
            if size <= LEAST:
                break
            most = self._most(size)
            if whole * size <= width and em(text.replace("\n", "")) * size <= width * most:
                lines = wrap(text, width / size, em)
                if len(lines) <= most:
                    break
            size = max(LEAST, size - 0.5)
        return size, (balanced if self.manner.even else wrap)(text, width / size, em)

    def _most(self, size: float) -> int:
        """How many lines of this size go into the height."""
        spare = self._height + _SLACK - size
        return 1 + int(spare / (size * self.manner.tight)) if spare >= 0 else 0

    def _leading(self, count: int, size: float) -> float:
        """From line to line, in parts of the size: as loose as asked for where that leaves air around."""
        spare = self._height / size - 1 - (_AIR if self.manner.middle else 0)
        return min(self.manner.loose, max(self.manner.tight, spare / max(1, count - 1)))

    def _say_cut(self, mixed: Mixed, answers: Answers) -> None:
        if value := longest(mixed):
            answers.too_long(value[0], self.line, value[1])
        else:
            answers.remarks.say(self.line, "", "这里的文字太多，地方不够，请把版式里的格子放大，或把字缩小。")

    @property
    def _width(self) -> float:
        return self.place.width * MM

    @property
    def _height(self) -> float:
        return self.place.height * MM


def lay_paragraph(paragraph: Paragraph, faces: Typefaces, pen: Pen, nobody: Answers) -> list[Slot]:
    """Draw what of a paragraph is printed, and give what is filled in."""
    place, pieces = paragraph.place, paragraph.pieces
    block = Block(paragraph.line, place, paragraph.type, pieces, faces, indent=paragraph.indent)
    return once_or_flowing(pieces, block, faces, pen, nobody)


def _traced(lines: list[str], text: str) -> list[tuple[int, int]]:
    """Where each wrapped line stands in the text: only room at its ends was left out."""
    ranges, at = [], 0
    for line in lines:
        start = text.index(line, at)
        at = start + len(line)
        ranges.append((start, at))
    return ranges
