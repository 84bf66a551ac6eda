"""A page to print on plain paper and to hold against pre-printed stock: crosses, rulers, and where values will fall."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import BinaryIO

from taizhang.press.document import open_canvas
from taizhang.press.fonts import Typefaces
from taizhang.press.forms.answers import Answers, Remarks
from taizhang.press.forms.blanks import MIDDLE
from taizhang.press.forms.filling import Filled
from taizhang.press.forms.layout import Layout
from taizhang.press.forms.model import Form, Ref
from taizhang.press.forms.pen import Offset, Outline, Pen
from taizhang.press.ink import Ink
from taizhang.press.page import MM
from taizhang.press.roles import Role
from taizhang.press.text import LEADING, LEAST, fit

_AT = datetime(2000, 1, 1)  # noqa: DTZ001 - the page is the same whenever it is made
_CROSS, _ARM = 10, 4  # mm: from the edges of the paper to the middle of a cross, and half of it
_HAIR, _FINE = 0.3, 0.6  # points
_NAME, _FIGURE, _TEXT = 7.0, 6.0, 10.5  # points
_SIDE = 24  # mm to the left and right of the words
_AIR = 2 * MM  # above and below them
_TICKS = ((10, 3.2), (5, 2.2), (1, 1.2))  # every so many mm, so many mm long


def calibration_sheet(form: Form, faces: Typefaces, out: BinaryIO, offset: Offset) -> None:
    """Write a page for each one of the form as a PDF to `out`; `offset` is the one that holds now."""
    canvas = open_canvas(out, form.paper, title=f"{form.title} 校准页", author="", at=_AT)
    ink = Ink(canvas, faces)
    named = _Named()
    layout = Layout(form, [named], faces)
    sample = Answers(named, Remarks(faces), {})
    for parts in layout.slots:
        sheet = _Sheet(form, faces, ink, offset)
        for number, slots in enumerate(parts):
            outlines = [outline for slot in slots for outline in slot.outlines(sample)]
            sheet.outlines(outlines, number * form.paper.height / layout.parts)
        sheet.finish()
        ink.end_page()
    canvas.save()


class _Named:
    """A record whose values are their own names."""

    name = ""

    def text(self, ref: Ref) -> str:
        """The name of the field."""
        return ref.name

    def raw(self, _ref: Ref) -> str:
        """Nothing is chosen."""
        return ""

    def photo(self, _ref: Ref) -> bytes | None:
        """No picture."""
        return None

    def rows(self, _ref: Ref) -> Sequence[Filled]:
        """Nobody."""
        return ()


class _Sheet:
    """Draws one page; points from the upper left corner of the paper."""

    def __init__(self, form: Form, faces: Typefaces, ink: Ink, offset: Offset) -> None:
        self._form, self._faces, self._ink, self._offset = form, faces, ink, offset
        self._paper = Pen(ink, form.paper)
        self._width, self._height = form.paper.points
        self._taken: list[tuple[float, float]] = []

    def outlines(self, outlines: Sequence[Outline], down: float) -> None:
        """Those of a part that begins `down` mm below the top, where they will fall, each with its name."""
        pen = Pen(self._ink, self._form.paper, down=down, overprint=self._offset)
        for place in outlines:
            pen.box(place.x, place.y, place.width, place.height, _FINE, value=True)
            size = min(_NAME, place.width / max(self._faces.em(Role.BODY, place.name), 1))
            base = place.y + place.height / 2 + MIDDLE * size
            x = place.x + (place.width - self._faces.em(Role.BODY, place.name) * size) / 2
            pen.text(x, base, place.name, Role.BODY, size, value=True)
            top = place.y + (down + self._offset.dy) * MM
            self._taken.append((top, top + place.height))

    def finish(self) -> None:
        """The crosses, the rulers and the words."""
        for x in (_CROSS * MM, self._width - _CROSS * MM):
            for y in (_CROSS * MM, self._height - _CROSS * MM):
                self._paper.line(x - _ARM * MM, y, x + _ARM * MM, y, _FINE)
                self._paper.line(x, y - _ARM * MM, x, y + _ARM * MM, _FINE)
        self._ruler(self._form.paper.width, across=True)
        self._ruler(self._form.paper.height, across=False)
        self._words()

    def _ruler(self, length: float, *, across: bool) -> None:
        """Ticks in mm along the upper or the left edge, with figures every 10 mm."""
        for mm in range(1, int(length)):
            long = next(long for every, long in _TICKS if mm % every == 0) * MM
            line = (mm * MM, 0.0, mm * MM, long) if across else (0.0, mm * MM, long, mm * MM)
            self._paper.line(*line, _HAIR)
            if mm % _TICKS[0][0] == 0:
                wide = self._faces.em(Role.BODY, str(mm)) * _FIGURE
                x, base = (mm * MM - wide / 2, long + _FIGURE) if across else (long + 1, mm * MM + MIDDLE * _FIGURE)
                self._paper.text(x, base, str(mm), Role.BODY, _FIGURE)

    def _words(self) -> None:
        """What to measure and where to type it, in the highest band that no outline takes."""
        top, bottom = self._band()
        em = partial(self._faces.em, Role.BODY)
        hang = em("1. ") * _TEXT
        width = self._width - 2 * _SIDE * MM - hang
        height = bottom - top - 2 * _AIR
        text = fit("\n".join(self._sentences()), em, width=width, size=_TEXT, floor=LEAST, height=height, calm=99)
        base = top + (bottom - top - text.height) / 2 + text.size
        for number, line in enumerate(text.lines):
            role = Role.BODY if number else Role.HEADING
            left = _SIDE * MM + (0 if not number or line[0].isdigit() else hang)
            self._paper.text(left, base, line, role, text.size)
            base += text.size * LEADING

    def _sentences(self) -> list[str]:
        offset = self._offset
        return [
            f"“{self._form.title}”校准页。现在的偏移：左右 {offset.dx:.1f} 毫米，上下 {offset.dy:.1f} 毫米",
            "1. 用普通白纸打印，选“实际大小”。打好后用尺量：四角十字的中心到纸边都应是 10 毫米。",
            "2. 和印好的纸叠在一起，纸边对齐，对着光看：每个方框应正好落在印好的空里。",
            "3. 对不准，就量一个方框离它该在的地方差多少（量到 0.1 毫米），填在校准窗口里。",
            "方框偏左，“左右”填正数，偏右填负数；方框偏高，“上下”填正数，偏低填负数。",
            "4. 点“记下”，再打一张看，直到对准。",
        ]

    def _band(self) -> tuple[float, float]:
        """From where to where the page is free, between what is drawn at its upper and lower edge."""
        edge = (_CROSS + _ARM) * MM
        taken = sorted([(0.0, edge), *self._taken, (self._height - edge, self._height)])
        reached, bands = 0.0, list[tuple[float, float, float]]()
        for top, bottom in taken:
            bands.append((top - reached, reached, top))
            reached = max(reached, bottom)
        _, top, bottom = max(bands)
        return top, bottom
