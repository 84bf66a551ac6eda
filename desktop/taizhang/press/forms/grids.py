"""A ruled grid of cells: thin lines inside, a thick one around, labels and what is filled in beside them."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from taizhang.press.fonts import Typefaces
from taizhang.press.forms.answers import Answers
from taizhang.press.forms.blocks import Block, Manner
from taizhang.press.forms.flow import Slot, once_or_flowing
from taizhang.press.forms.model import Align, Cell, Grid, Place
from taizhang.press.forms.pen import Pen
from taizhang.press.forms.pictures import PhotoSlot
from taizhang.press.page import MM
from taizhang.press.roles import Role

THIN, THICK = 0.5, 1.5  # points
PAD_X, PAD_Y = 0.9, 0.7  # mm between a line and what stands beside it
TIGHT, LOOSE = 1.16, 1.4  # from line to line in a cell, in parts of the size


def lay_grid(grid: Grid, faces: Typefaces, pen: Pen, nobody: Answers) -> list[Slot]:
    """Draw the lines and labels of a grid, and give what is filled in."""
    xs = list(accumulate(grid.columns, initial=grid.place.x))
    ys = list(accumulate(grid.rows, initial=grid.place.y))
    kind = replace(grid.type, align="center")
    slots: list[Slot] = []
    for cell in grid.cells:
        place = _place(cell, xs, ys)
        _lines(place, xs[-1], ys[-1], pen)
        if cell.picture:
            slots.append(PhotoSlot(cell.line, _inside(place), cell.picture, _words(cell), kind, faces))
        else:
            block = Block(
                cell.line,
                _inside(place),
                kind if cell.heading else grid.type,
                cell.pieces,
                faces,
                _manner(cell, grid.type.align),
            )
            slots += once_or_flowing(cell.pieces, block, faces, pen, nobody)
    pen.box(xs[0] * MM, ys[0] * MM, (xs[-1] - xs[0]) * MM, (ys[-1] - ys[0]) * MM, THICK)
    return slots


def _manner(cell: Cell, align: Align) -> Manner:
    """How a cell is set: what takes one line stands in the middle, more lines begin at the left, if nothing is said."""
    alone: Align | None = "center" if align == "left" else None
    return Manner(Role.FORM, TIGHT, LOOSE, alone=alone, middle=True, even=cell.heading)


def _place(cell: Cell, xs: Sequence[float], ys: Sequence[float]) -> Place:
    x, y = xs[cell.column], ys[cell.row]
    return Place(x, y, xs[cell.column + cell.across] - x, ys[cell.row + cell.down] - y)


def _inside(place: Place) -> Place:
    return Place(place.x + PAD_X, place.y + PAD_Y, place.width - 2 * PAD_X, place.height - 2 * PAD_Y)


def _lines(place: Place, right: float, bottom: float, pen: Pen) -> None:
    """The lines at the right of a cell and below it, unless it stands at the edge: so each is drawn once."""
    x, y = place.x + place.width, place.y + place.height
    if x < right:
        pen.line(x * MM, place.y * MM, x * MM, y * MM, THIN)
    if y < bottom:
        pen.line(place.x * MM, y * MM, x * MM, y * MM, THIN)


def _words(cell: Cell) -> str:
    """What stands in the place of a photo."""
    return "".join(piece for piece in cell.pieces if isinstance(piece, str))
