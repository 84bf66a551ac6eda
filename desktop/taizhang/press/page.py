"""Paper: sizes in millimetres, margins, and the side where it is bound."""

import re
from dataclasses import dataclass, replace
from typing import Self

from taizhang.core.errors import Refused

MM = 72 / 25.4  # points in a millimetre
_NAMED = {"A5": (148, 210), "A4": (210, 297), "A3": (297, 420), "A2": (420, 594), "A1": (594, 841), "A0": (841, 1189)}
_FREE = re.compile(r"(\d+(?:\.\d+)?)[xX×*](\d+(?:\.\d+)?)(?:mm)?")
_SMALLEST, _LARGEST = 50, 5000  # mm; PDF pages end at 5080 mm


@dataclass(frozen=True, slots=True)
class Paper:
    """One sheet of paper in mm. `left` is where it is bound; with `duplex`, even pages mirror left and right."""

    width: float
    height: float
    top: float = 16
    right: float = 12
    bottom: float = 12
    left: float = 25
    duplex: bool = False

    @classmethod
    def of(cls, name: str, *, landscape: bool = False) -> Self:
        """A4, A3 … or 宽x高 in mm; `landscape` turns it on its side. An unknown size is refused, never invented."""
        free = _FREE.fullmatch(name.strip())
        known = _NAMED.get(name.strip().upper())
        if free:
            width, height = float(free[1]), float(free[2])
        elif known:
            width, height = known
        else:
            raise Refused(
                f"不认识纸张“{name}”，没有打印。请用 {'、'.join(_NAMED)}，或写成 宽x高（毫米），例如 297x420。"
            )
        if not all(_SMALLEST <= side <= _LARGEST for side in (width, height)):
            raise Refused(f"纸张 {name} 的边长要在 {_SMALLEST} 到 {_LARGEST} 毫米之间，没有打印。")
        if landscape:
            width, height = max(width, height), min(width, height)
        return cls(width, height)

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.width * MM, self.height * MM

    def frame(self, number: int) -> "Frame":
        """Where page `number`, counted from 1, may be printed."""
        mirrored = self.duplex and number % 2 == 0
        paper = replace(self, left=self.right, right=self.left) if mirrored else self
        return Frame(
            paper.left * MM, paper.bottom * MM, (paper.width - paper.right) * MM, (paper.height - paper.top) * MM
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle on the page in points, from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom
