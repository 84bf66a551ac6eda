"""Drawing on a sheet in points from its upper left corner: everything, or only what is filled in."""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from reportlab.lib.utils import ImageReader

from taizhang.press.forms.model import Place
from taizhang.press.page import MM, Paper
from taizhang.press.roles import Role


@dataclass(frozen=True, slots=True)
class Offset:
    """By how much a print on pre-printed stock is moved, in mm: `dx` to the right, `dy` down."""

    dx: float = 0.0
    dy: float = 0.0


class Outline(NamedTuple):
    """Where something is filled in, in points from the upper left corner of the part, and what."""

    x: float
    y: float
    width: float
    height: float
    name: str


def outline(place: Place, name: str) -> Outline:
    """That of a place in mm."""
    return Outline(place.x * MM, place.y * MM, place.width * MM, place.height * MM, name)


class Hand(Protocol):
    """What carries out the drawing; points from the lower left corner, as in a PDF."""

    def text(self, x: float, y: float, text: str, role: Role, size: float) -> None:
        """One line of text."""

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """A line to be stroked."""

    def box(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """A rectangle to be stroked."""

    def stroke(self, width: float, dash: str = "") -> None:
        """Stroke what was collected."""

    def picture(self, picture: ImageReader, x: float, y: float, width: float, height: float) -> None:
        """A picture."""


class Idle:
    """A hand that draws nothing: for looking over what would be printed."""

    def text(self, x: float, y: float, text: str, role: Role, size: float) -> None:
        """Nothing."""

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Nothing."""

    def box(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Nothing."""

    def stroke(self, width: float, dash: str = "") -> None:
        """Nothing."""

    def picture(self, picture: ImageReader, x: float, y: float, width: float, height: float) -> None:
        """Nothing."""


class Pen:
    """Draws one part of a sheet, whose upper edge lies `down` mm below that of the paper.

    With an `overprint`, only values are drawn, moved by it: the paper has the rest.
    """

    def __init__(self, hand: Hand, paper: Paper, *, down: float = 0, overprint: Offset | None = None) -> None:
        shift = overprint or Offset()
        self._hand = hand
        self._left = shift.dx * MM
        self._top = (paper.height - down - shift.dy) * MM
        self._all = overprint is None

    def text(self, x: float, base: float, text: str, role: Role, size: float, *, value: bool = False) -> None:
        """One line of text; `value`: it is filled in."""
        if value or self._all:
            self._hand.text(self._left + x, self._top - base, text, role, size)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, weight: float, *, dash: str = "", value: bool = False
    ) -> None:
        """A straight line, `weight` points thick."""
        if value or self._all:
            self._hand.line(self._left + x1, self._top - y1, self._left + x2, self._top - y2)
            self._hand.stroke(weight, dash)

    def box(
        self, x: float, y: float, width: float, height: float, weight: float, *, dash: str = "", value: bool = False
    ) -> None:
        """A rectangle, `weight` points thick."""
        if value or self._all:
            self._hand.box(self._left + x, self._top - y - height, self._left + x + width, self._top - y)
            self._hand.stroke(weight, dash)

    def picture(self, picture: ImageReader, x: float, y: float, width: float, height: float) -> None:
        """A picture, which is always filled in."""
        self._hand.picture(picture, self._left + x, self._top - y - height, width, height)
