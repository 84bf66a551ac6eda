"""Where everything stands on the pages of a table: worked out in full before the first line is drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

from taizhang.core.errors import Refused
from taizhang.core.progress import Progress
from taizhang.press.columns import Plan, plan
from taizhang.press.fonts import Typefaces
from taizhang.press.page import Frame, Paper
from taizhang.press.roles import Role
from taizhang.press.rows import Measured, Row, deal, fit_heading, fit_rows, measure
from taizhang.press.sheet import Sheet
from taizhang.press.text import LEADING, Fit, clean, fit, joined

TITLE, TITLE_AGAIN, LINE = 18, 12, 10.5  # 小二, 小四, 五号; points
PAGE_NUMBER_ROOM = 92  # points at the right of the notes
_NOTE, _NOTE_FLOOR, _NOTE_LINES = 8.5, 6.5, 3
_GAP = 6  # points between the parts of a page
_SIGN_ROOM = 34  # points below the last row for signatures
_LEAST_ROOM = 40  # points for rows without which a page is no table
_MOST_REMARKS = 20


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole print, measured; lengths in points."""

    sheet: Sheet
    paper: Paper
    plan: Plan
    title: Fit
    again: Fit
    notes: Fit
    heading: Row
    cells: Measured
    rows: list[Row]
    pages: list[range]

    def top(self, number: int) -> float:
        """Where the table begins on page `number`."""
        return self.paper.frame(number).top - (
            _above_first(self.sheet, self.title) if number == 1 else _above(self.again)
        )

    def remarks(self) -> Iterator[str]:
        """What the reader of the print should be told."""
        if self.plan.remark:
            yield self.plan.remark
        cut = ((row, column) for row, fitted in enumerate(self.rows) for column, fit in fitted.fits.items() if fit.cut)
        for row, column in islice(cut, _MOST_REMARKS):
            name, label = self.cells.rows[row][self.sheet.name_column], self.sheet.columns[column].label
            yield f"第 {row + 1} 行（{name}）的“{label}”太长，一格放不下，末尾已省略。"
        more = sum(1 for _ in cut)
        if more:
            yield f"另有 {more} 格内容太长，末尾已省略。"


def lay_out(sheet: Sheet, paper: Paper, faces: Typefaces, progress: Progress) -> Layout:
    """Measure and place everything; `Refused` when columns or headings leave no room on this paper."""
    frame = paper.frame(1)
    if frame.width < 2 * PAGE_NUMBER_ROOM or frame.height < 2 * _LEAST_ROOM:
        raise Refused("纸太小，放不下表格，没有打印。请换用更大的纸。")
    title, again, notes = _words(sheet, frame, faces)
    cells = measure(sheet, faces, progress)
    widths = plan(cells.needs(sheet, faces), frame.width)
    height = frame.height - notes.height - _GAP
    above, above_again = _above_first(sheet, title), _above(again)
    heading = fit_heading(sheet.columns, widths, faces, height / 3)
    first, other = height - above - heading.height, height - above_again - heading.height
    last = _SIGN_ROOM if sheet.signatures else 0
    if min(first, other) - last < _LEAST_ROOM:
        raise Refused("标题和表头已占满一页，没有打印。请换用更大的纸，或少选几栏。")
    rows = list(fit_rows(sheet.columns, cells, widths, faces, min(first, other) - last))
    return Layout(sheet, paper, widths, title, again, notes, heading, cells, rows, deal(rows, first, other, last))


def _words(sheet: Sheet, frame: Frame, faces: Typefaces) -> tuple[Fit, Fit, Fit]:
    """The title, the title as it stands on the following pages, and the notes."""
    title, body = partial(faces.em, Role.TITLE), partial(faces.em, Role.BODY)
    said = clean(sheet.title)
    first = fit(
        said, title, width=frame.width, size=TITLE, floor=TITLE_AGAIN, height=3 * TITLE * LEADING, calm=2, even=True
    )
    again = fit(
        f"{said}（续）", title, width=frame.width, size=TITLE_AGAIN, floor=7, height=TITLE_AGAIN * LEADING, calm=1
    )
    room = frame.width - PAGE_NUMBER_ROOM
    notes = fit(
        joined(map(clean, sheet.notes.phrases()), room / _NOTE, body),
        body,
        width=room,
        size=_NOTE,
        floor=_NOTE_FLOOR,
        height=_NOTE_LINES * _NOTE * LEADING,
        calm=_NOTE_LINES,
    )
    return first, again, notes


def _above_first(sheet: Sheet, title: Fit) -> float:
    """Points above the table on the first page: the title, and the line with office and day."""
    line = LINE * LEADING + _GAP / 2 if sheet.organisation or sheet.notes.as_of else 0
    return title.height + _GAP + line


def _above(again: Fit) -> float:
    """Points above the table on the following pages."""
    return again.height + _GAP
