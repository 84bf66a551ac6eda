"""A document of strips below one another: headings, lines of text and rows of tables, dealt out to numbered pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, pairwise

from taizhang.press.fonts import Typefaces
from taizhang.press.ink import Ink
from taizhang.press.page import Frame, Paper
from taizhang.press.roles import Role
from taizhang.press.sheet import Align
from taizhang.press.text import LEADING, LEAST, Fit, clean, fit

TITLE, HEADING, TEXT, CELL, NOTE = 22, 12, 10.5, 9.5, 8.5  # points
_FLOOR = 7  # points; smaller than this is not read on paper
_STROKE = 0.5
_MIDDLE = 0.36  # from the base line to the middle of a character, in parts of the size
_PAD = 0.4  # between a line and the text beside it, in parts of the size
_ROW_PAD = 4  # points above and below the text of a row, together twice that
_FOOT = 22  # points kept for the page number
_TALLEST = 200  # points that a row may take


@dataclass(frozen=True, slots=True)
class Strip:
    """A part that no page break cuts. `draw` gets the height at which it begins.

    `stays`: on the page of the next one; `again`: what is repeated above it where it begins a page.
    """

    height: float
    draw: Callable[[float], None]
    stays: bool = False
    again: "Strip | None" = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its heading, its share of the width, how its texts stand and are set."""

    label: str
    share: float
    align: Align = "center"
    role: Role = Role.BODY


class Strips:
    """Collects strips for one document, then draws them; lengths in points."""

    def __init__(self, paper: Paper, faces: Typefaces, ink: Ink) -> None:
        self._paper, self._faces, self._ink = paper, faces, ink
        self._frame: Frame = paper.frame(1)
        self._strips: list[Strip] = []

    @property
    def width(self) -> float:
        """The room from left to right."""
        return self._frame.width

    def space(self, height: float, *, stays: bool = False) -> None:
        """Some room."""
        self._strips.append(Strip(height, _nothing, stays))

    def title(self, text: str) -> None:
        """The title of the whole, in the middle."""
        self._paragraph(text, Role.TITLE, TITLE, "center", calm=2)

    def heading(self, text: str) -> None:
        """The title of what follows, on the same page."""
        self.space(8)
        self._paragraph(text, Role.HEADING, HEADING, "left", stays=True)
        self.space(3, stays=True)

    def text(self, text: str, *, stays: bool = False, align: Align = "left", role: Role = Role.BODY) -> None:
        """A paragraph."""
        self._paragraph(text, role, TEXT, align, stays=stays)

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, headed: bool = True) -> None:
        """A ruled table whose headings stand on every page that it reaches; its first row is not left behind them."""
        whole = sum(column.share for column in columns)
        shares = (column.share * self.width / whole for column in columns)
        edges = list(accumulate(shares, initial=self._frame.left))
        above = None
        if headed:
            labels = [Column("", column.share, role=Role.HEADING) for column in columns]
            above = self._row(labels, edges, [column.label for column in columns], stays=True)
            self._strips.append(above)
        for number, row in enumerate(rows):
            self._strips.append(self._row(columns, edges, row, again=above if number else None))

    def blanks(self, words: Sequence[Sequence[str]], *, height: float = 26, stays: bool = False) -> None:
        """Lines of words with room to write behind each, which stay together, and with what follows if it `stays`."""
        for number, line in enumerate(words):
            draw = partial(self._blank, line)
            self._strips.append(Strip(height, draw, stays=stays or number < len(words) - 1))

    def draw(self, note: str) -> int:
        """Deal everything out to pages and draw them, `note` at the foot of each; how many they are."""
        pages = deal(self._strips, self._frame.height - _FOOT)
        for number, page in enumerate(pages, 1):
            y = self._frame.top
            for strip in page:
                strip.draw(y)
                y -= strip.height
            self._foot(f"第 {number} 页 共 {len(pages)} 页", note)
            self._ink.end_page()
        return len(pages)

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _paragraph(
        self, text: str, role: Role, size: float, align: Align, *, stays: bool = False, calm: int = 99
    ) -> None:
        em = partial(self._faces.em, role)
        whole = fit(clean(text), em, width=self.width, size=size, floor=_FLOOR, height=1e6, calm=calm)
        for number, line in enumerate(whole.lines):
            one = Fit((line,), whole.size)
            draw = partial(self._block, self._frame.left, self._frame.right, one, role, align, one.height)
            self._strips.append(Strip(one.height + 1, draw, stays=stays or number == 0 < len(whole.lines) - 1))

    def _row(
        self,
        columns: Sequence[Column],
        edges: Sequence[float],
        texts: Sequence[str],
        *,
        stays: bool = False,
        again: Strip | None = None,
    ) -> Strip:
        pad = _PAD * CELL
        fits = [
            fit(
                clean(text),
                partial(self._faces.em, column.role),
                width=right - left - 2 * pad,
                size=CELL,
                floor=_FLOOR,
                height=_TALLEST,
                even=column.align == "center",
            )
            for column, text, (left, right) in zip(columns, texts, pairwise(edges), strict=True)
        ]
        height = max(fitted.height for fitted in fits) + 2 * _ROW_PAD
        return Strip(height, partial(self._cells, columns, edges, fits, height), stays, again)

    def _cells(
        self, columns: Sequence[Column], edges: Sequence[float], fits: Sequence[Fit], height: float, top: float
    ) -> None:
        pad = _PAD * CELL
        for column, fitted, (left, right) in zip(columns, fits, pairwise(edges), strict=True):
            self._block(left + pad, right - pad, fitted, column.role, column.align, height, top)
            self._ink.line(right, top, right, top - height)
        self._ink.box(edges[0], top, edges[-1], top - height)
        self._ink.stroke(_STROKE)

    def _blank(self, words: Sequence[str], top: float) -> None:
        each = self.width / len(words)
        base = top - 18
        for number, word in enumerate(words):
            left = self._frame.left + number * each
            begin = left + (self._faces.em(Role.BODY, word) + 0.3) * TEXT
            self._ink.text(left, base, word, Role.BODY, TEXT)
            self._ink.line(begin, base - 2, left + each - 10, base - 2)
        self._ink.stroke(_STROKE)

    def _block(
        self, left: float, right: float, fitted: Fit, role: Role, align: Align, height: float, top: float
    ) -> None:
        """Lines of text in the middle of a height."""
        size = fitted.size
        y = top - height / 2 + (len(fitted.lines) - 1) / 2 * size * LEADING - _MIDDLE * size
        for line in fitted.lines:
            self._line(left, right, y, line, role, size, align)
            y -= size * LEADING

    def _line(self, left: float, right: float, y: float, text: str, role: Role, size: float, align: Align) -> None:
        spare = right - left - self._faces.em(role, text) * size
        x = left if align == "left" else left + spare if align == "right" else left + spare / 2
        if text:
            self._ink.text(x, y, text, role, size)

    def _foot(self, number: str, note: str) -> None:
        frame = self._frame
        em = partial(self._faces.em, Role.BODY)
        said = fit(clean(note), em, width=frame.width - 100, size=NOTE, floor=LEAST, height=NOTE * LEADING)
        self._line(frame.left, frame.right, frame.bottom, said.lines[0], Role.BODY, said.size, "left")
        self._line(frame.left, frame.right, frame.bottom, number, Role.BODY, NOTE, "right")


def deal(strips: Sequence[Strip], height: float) -> list[list[Strip]]:
    """Strips page by page, each page `height` points high: those that stay with the next one go with it."""
    pages: list[list[Strip]] = [[]]
    room = height
    for group in _groups(strips):
        if sum(strip.height for strip in group) > room and pages[-1]:
            pages.append([group[0].again] if group[0].again else [])
            room = height - sum(strip.height for strip in pages[-1])
        pages[-1] += group
        room -= sum(strip.height for strip in group)
    return pages


def _groups(strips: Sequence[Strip]) -> list[list[Strip]]:
    groups: list[list[Strip]] = [[]]
    for strip in strips:
        groups[-1].append(strip)
        if not strip.stays:
            groups.append([])
    return [group for group in groups if group]


def _nothing(_top: float) -> None:
    """Room is not drawn."""
