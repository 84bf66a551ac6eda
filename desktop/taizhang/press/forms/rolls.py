"""A ruled list with a row for each record, on over the sheets, its headings repeated on each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from taizhang.press.fonts import Typefaces
from taizhang.press.forms.answers import Answers
from taizhang.press.forms.blocks import Block, Manner
from taizhang.press.forms.filling import Filled
from taizhang.press.forms.flow import Slot
from taizhang.press.forms.grids import LOOSE, PAD_X, PAD_Y, THICK, THIN, TIGHT
from taizhang.press.forms.model import ListColumn, Piece, Place, Roll, Type
from taizhang.press.forms.pen import Outline, Pen, outline
from taizhang.press.page import MM
from taizhang.press.roles import Role

_SHOWN = 3  # rows on a sheet for calibration
_SLACK = 0.01  # mm, against rounding


def capacity(roll: Roll) -> int:
    """How many rows go on one sheet below the headings, one at least."""
    return max(1, int((roll.bottom - roll.place.y + _SLACK) / roll.row) - 1)


def sheets(roll: Roll, rows: Sequence[Filled]) -> int:
    """Over how many sheets the list goes."""
    return max(1, -(-len(rows) // capacity(roll)))


def lay_roll(roll: Roll, faces: Typefaces, pen: Pen, nobody: Answers) -> list[Slot]:
    """Draw the headings, and give what sets the rows of a sheet."""
    slot, heading = RollSlot(roll, faces), Type(Role.HEADING, roll.type.size, "center")
    for edges, column in zip(slot.columns(), roll.columns, strict=True):
        slot.block(column, edges, roll.place.y, (column.heading,), heading)(pen, nobody)
    return [slot]


@dataclass(frozen=True, slots=True)
class RollSlot:
    """Sets the rows of one sheet, and the lines around them."""

    roll: Roll
    faces: Typefaces

    def outlines(self, _sample: Answers) -> list[Outline]:
        """The first rows of each column: the others follow at the same distance."""
        roll = self.roll
        top, tall = roll.place.y + roll.row, min(_SHOWN, capacity(roll)) * roll.row
        return [
            outline(Place(left, top, right - left, tall), column.heading)
            for (left, right), column in zip(self.columns(), roll.columns, strict=True)
        ]

    def __call__(self, pen: Pen, answers: Answers) -> None:
        """The rows that fall on the sheet of `answers`, and blank ones down to the least that is asked for."""
        roll, most = self.roll, capacity(self.roll)
        rows = answers.rows(roll.source)
        first = answers.sheet * most
        shown = rows[first : first + most]
        for number, record in enumerate(shown, 1):
            row = answers.under(record, first + number, len(rows))
            y = roll.place.y + number * roll.row
            for edges, column in zip(self.columns(), roll.columns, strict=True):
                block = self.block(column, edges, y, column.pieces, replace(roll.type, align=column.align))
                for slot in block(pen, row):
                    slot(pen, row)
        self._grid(pen, max(len(shown), min(roll.least, most)))

    def columns(self) -> list[tuple[float, float]]:
        """Left and right of each column, in mm."""
        return list(pairwise(accumulate((column.width for column in self.roll.columns), initial=self.roll.place.x)))

    def block(
        self, column: ListColumn, edges: tuple[float, float], y: float, text: tuple[Piece, ...], kind: Type
    ) -> Block:
        """The text of one cell."""
        left, right = edges
        place = Place(left + PAD_X, y + PAD_Y, right - left - 2 * PAD_X, self.roll.row - 2 * PAD_Y)
        manner = Manner(tight=TIGHT, loose=LOOSE, middle=True, even=kind.align == "center")
        return Block(column.line, place, kind, text, self.faces, manner)

    def _grid(self, pen: Pen, count: int) -> None:
        """The lines of the headings and of `count` rows."""
        roll, edges = self.roll, [left for left, _ in self.columns()]
        right = self.columns()[-1][1]
        top, bottom = roll.place.y, roll.place.y + (count + 1) * roll.row
        for edge in edges[1:]:
            pen.line(edge * MM, top * MM, edge * MM, bottom * MM, THIN)
        for number in range(1, count + 1):
            y = (top + number * roll.row) * MM
            pen.line(edges[0] * MM, y, right * MM, y, THIN)
        pen.box(edges[0] * MM, top * MM, (right - edges[0]) * MM, (bottom - top) * MM, THICK)
