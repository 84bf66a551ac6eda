"""Whether an item stands on its paper."""

from collections.abc import Iterator

from taizhang.press.forms.model import Blank, Grid, Item, Line, Paragraph, Roll, Rule

_SLACK = 0.01  # mm, for sums of tenths


def outside(item: Item, width: float, height: float) -> str | None:
    """How far an item goes beyond a sheet (a part of one) of that size in mm, in words; None when it does not."""
    for side, reached, most in (("右", _right(item), width), ("下", _bottom(item), height)):
        if reached > most + _SLACK:
            return f"到了离{'左' if side == '右' else '上'}边 {reached:g} 毫米处，超出纸的{side}边（{most:g} 毫米）"
    left = _left(item)
    return f"超出纸的左边 {-left:g} 毫米" if left < -_SLACK else None


def _right(item: Item) -> float:
    if isinstance(item, Rule):
        return max(item.start[0], item.end[0])
    if isinstance(item, Line):
        share = {"left": 1.0, "center": 0.5, "right": 0.0}[item.type.align]
        return item.place.x + share * _blanks(item)
    return item.place.x + item.place.width


def _left(item: Item) -> float:
    if isinstance(item, Line):
        share = {"left": 0.0, "center": 0.5, "right": 1.0}[item.type.align]
        return item.place.x - share * _blanks(item)
    return 0.0  # no place is written with a minus


def _bottom(item: Item) -> float:
    if isinstance(item, Rule):
        return max(item.start[1], item.end[1])
    return item.place.y + item.place.height


def _blanks(item: Line) -> float:
    """What the blanks of a line take; how wide its words are, only the typeface knows."""
    return 0.0 if item.vertical else sum(piece.width for piece in item.pieces if isinstance(piece, Blank))


def widest_blanks(item: Item) -> Iterator[tuple[int, float, float]]:
    """Each blank in a place of fixed width: its line, its width, and the room that there is, in mm."""
    if isinstance(item, Paragraph):
        yield from ((item.line, piece.width, item.place.width) for piece in item.pieces if isinstance(piece, Blank))
    elif isinstance(item, Grid):
        for cell in item.cells:
            room = sum(item.columns[cell.column : cell.column + cell.across])
            yield from ((cell.line, piece.width, room) for piece in cell.pieces if isinstance(piece, Blank))
    elif isinstance(item, Roll):
        for column in item.columns:
            yield from ((column.line, piece.width, column.width) for piece in column.pieces if isinstance(piece, Blank))
