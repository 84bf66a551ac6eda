"""A ruled grid of cells: thin lines inside, a thick one around, labels and what is filled in beside them."""

from collections.abc import Sequence
from itertools import accumulate

from taizhang.press.fonts import Typefaces
from taizhang.press.forms.answers import Answers
from taizhang.press.forms.blocks import Block
from taizhang.press.forms.flow import Slot, once_or_flowing
from taizhang.press.forms.model import Cell, Grid, Place, Ref
from taizhang.press.forms.pen import Pen
from taizhang.press.forms.pictures import PhotoSlot
from taizhang.press.page import MM
from taizhang.press.roles import Role

THIN, THICK = 0.5, 1.5  # points
PAD_X, PAD_Y = 0.9, 0.5  # mm between a line and what stands beside it
_LEADING = 1.4


def lay_grid(grid: Grid, faces: Typefaces, pen: Pen, nobody: Answers) -> list[Slot]:
    """Draw the lines and labels of a grid, and give what is filled in."""
    xs = list(accumulate(grid.columns, initial=grid.place.x))
    ys = list(accumulate(grid.rows, initial=grid.place.y))
    slots: list[Slot] = []
    for cell in grid.cells:
        place = _place(cell, xs, ys)
        _lines(place, xs[-1], ys[-1], pen)
        if cell.picture:
            slots.append(PhotoSlot(cell.line, _inside(place), cell.picture, _words(cell), grid.type, faces))
        else:
            block = cell_block(grid, cell, _inside(place), faces)
            slots += once_or_flowing(cell.pieces, block, pen, nobody)
    pen.box(xs[0] * MM, ys[0] * MM, (xs[-1] - xs[0]) * MM, (ys[-1] - ys[0]) * MM, THICK)
    return slots


def cell_block(grid: Grid, cell: Cell, place: Place, faces: Typefaces) -> Block:
    """The text of a cell: labels are centred; values, set as what is filled in, are if they take one line."""
    value = any(isinstance(piece, Ref) for piece in cell.pieces)
    words = any(isinstance(piece, str) and piece.strip() for piece in cell.pieces)
    return Block(
        cell.line,
        place,
        Role.FORM if value and not words else grid.type.role,
        grid.type.size,
        "center" if cell.heading else grid.type.align,
        cell.pieces,
        faces,
        leading=_LEADING,
        alone="center" if grid.type.align == "left" else None,
        middle=True,
        even=cell.heading,
    )


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
