"""A ruled ledger table as PDF: headings on every page, rows that are never cut, notes and page x / y at the foot."""

from collections.abc import Sequence
from itertools import accumulate
from typing import BinaryIO

from taizhang.core.progress import Progress, silent
from taizhang.press.document import open_canvas
from taizhang.press.fonts import Typefaces
from taizhang.press.ink import Ink
from taizhang.press.layout import LINE, Layout, lay_out
from taizhang.press.page import Paper
from taizhang.press.roles import Role
from taizhang.press.rows import Row
from taizhang.press.sheet import Align, Printed, Sheet
from taizhang.press.text import LEADING, Fit, clean

_ROLES = (Role.TITLE, Role.HEADING, Role.BODY)
_THIN, _THICK = 0.5, 1.5  # the grid and its outer line; points
_MIDDLE = 0.36  # from the base line to the middle of a Chinese character, in parts of the size
_EMPTY = "（没有符合条件的记录）"
_EMPTY_HEIGHT = 40
_SIGN_DROP = 22  # from the last line of the table to the base line of the signatures


def render(sheet: Sheet, paper: Paper, faces: Typefaces, out: BinaryIO, progress: Progress = silent) -> Printed:
    """Write the table as a PDF to `out`; the same arguments give the same bytes.

    Raises `Refused` when the columns or the headings leave no room on this paper, and what `progress` raises; nothing
    is written then.
    """
    layout = lay_out(sheet, paper, faces, progress)
    canvas = open_canvas(out, paper, title=sheet.title, author=sheet.organisation, at=sheet.notes.printed_at)
    drawing = _Drawing(layout, faces, Ink(canvas, faces))
    for number in range(1, len(layout.pages) + 1):
        progress(number, len(layout.pages), "正在生成页面")
        drawing.page(number)
    canvas.save()
    return Printed(len(layout.pages), tuple(faces.substitutions(_ROLES)), tuple(layout.remarks()))


class _Drawing:
    """Draws the pages of a layout."""

    def __init__(self, layout: Layout, faces: Typefaces, ink: Ink) -> None:
        self._layout = layout
        self._faces = faces
        self._ink = ink
        self._aligns: list[Align] = [column.align for column in layout.sheet.columns]

    def page(self, number: int) -> None:
        """Draw page `number`, counted from 1."""
        layout, rows = self._layout, self._layout.pages[number - 1]
        left = layout.paper.frame(number).left
        edges = list(accumulate(layout.plan.widths, initial=left))
        self._head(number)
        levels = [layout.top(number)]
        labels = [clean(column.label) for column in layout.sheet.columns]
        self._row(edges, levels, layout.heading, labels, ())
        for index in rows:
            widths = [column[index] for column in layout.cells.widths]
            self._row(edges, levels, layout.rows[index], layout.cells.rows[index], widths)
        if not rows:
            levels.append(levels[-1] - _EMPTY_HEIGHT)
            self._line(edges[0], edges[-1], sum(levels[-2:]) / 2 - _MIDDLE * LINE, _EMPTY, Role.BODY, LINE, "center")
        self._grid(edges, levels, ruled=bool(rows))
        if number == len(layout.pages):
            self._signatures(edges[0], edges[-1], levels[-1] - _SIGN_DROP)
        self._foot(number)
        self._ink.end_page()

    def _head(self, number: int) -> None:
        """The title, and on the first page the line below it."""
        layout, frame = self._layout, self._layout.paper.frame(number)
        title = layout.title if number == 1 else layout.again
        self._block(frame.left, frame.right, frame.top - title.height / 2, title, Role.TITLE, "center")
        if number > 1:
            return
        y = layout.top(1) + 6
        sheet = layout.sheet
        if sheet.organisation:
            self._line(frame.left, frame.right, y, f"单位：{clean(sheet.organisation)}", Role.BODY, LINE, "left")
        if sheet.notes.as_of:
            self._line(frame.left, frame.right, y, f"截止日期：{clean(sheet.notes.as_of)}", Role.BODY, LINE, "right")

    def _row(
        self, edges: Sequence[float], levels: list[float], row: Row, texts: Sequence[str], widths: Sequence[float]
    ) -> None:
        """The texts of one row below the last level; adds a level. `widths` in em: empty for the row of headings."""
        plan, ink = self._layout.plan, self._ink
        levels.append(levels[-1] - row.height)
        middle = levels[-1] + row.height / 2
        role = Role.BODY if widths else Role.HEADING
        base, pad, size = middle - _MIDDLE * plan.size, plan.pad, plan.size
        for column, text in enumerate(texts):
            if not text:
                continue
            fitted = row.fits.get(column)
            align: Align = self._aligns[column] if widths else "center"
            if fitted:
                self._block(edges[column] + pad, edges[column + 1] - pad, middle, fitted, role, align)
            elif align == "left":
                ink.text(edges[column] + pad, base, text, role, size)
            else:
                spare = edges[column + 1] - edges[column] - 2 * pad - widths[column] * size
                ink.text(edges[column] + pad + (spare if align == "right" else spare / 2), base, text, role, size)

    def _block(self, left: float, right: float, middle: float, fitted: Fit, role: Role, align: Align) -> None:
        """Lines of text around the height `middle`."""
        size = fitted.size
        y = middle + (len(fitted.lines) - 1) / 2 * size * LEADING - _MIDDLE * size
        for line in fitted.lines:
            self._line(left, right, y, line, role, size, align)
            y -= size * LEADING

    def _line(self, left: float, right: float, y: float, text: str, role: Role, size: float, align: Align) -> None:
        """One line of text between two borders."""
        spare = right - left - self._faces.em(role, text) * size if align != "left" else 0
        self._ink.text(left + (spare if align == "right" else spare / 2), y, text, role, size)

    def _grid(self, edges: Sequence[float], levels: Sequence[float], *, ruled: bool) -> None:
        """The lines between the cells and the outer line; without rows, the band below the headings is one cell."""
        bottom = levels[-1] if ruled else levels[1]
        for edge in edges[1:-1]:
            self._ink.line(edge, levels[0], edge, bottom)
        for level in levels[1:-1]:
            self._ink.line(edges[0], level, edges[-1], level)
        self._ink.stroke(_THIN)
        self._ink.box(edges[0], levels[0], edges[-1], levels[-1])
        self._ink.stroke(_THICK)

    def _signatures(self, left: float, right: float, y: float) -> None:
        """The words to sign beside, spread over the width."""
        words = self._layout.sheet.signatures
        for number, word in enumerate(words):
            x = left + number * (right - left) / len(words)
            self._line(x, right, y, f"{clean(word)}：", Role.BODY, LINE, "left")

    def _foot(self, number: int) -> None:
        """The notes, and page x / y at the right."""
        layout, frame = self._layout, self._layout.paper.frame(number)
        notes = layout.notes
        self._block(frame.left, frame.right, frame.bottom + notes.height / 2, notes, Role.BODY, "left")
        first = frame.bottom + notes.height - (LEADING / 2 + _MIDDLE) * notes.size
        page = f"第 {number} 页  共 {len(layout.pages)} 页"
        self._line(frame.left, frame.right, first, page, Role.BODY, notes.size, "right")
