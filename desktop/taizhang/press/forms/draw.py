"""Forms as PDF: the printed part laid out once, what is filled in set for each record; or looked over beforehand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import BinaryIO

from reportlab.pdfgen.canvas import Canvas

from taizhang.core.errors import Refused
from taizhang.core.progress import Progress, silent
from taizhang.press.document import open_canvas
from taizhang.press.fonts import Typefaces
from taizhang.press.forms.answers import Answers, Remarks
from taizhang.press.forms.blocks import lay_paragraph
from taizhang.press.forms.filling import Filled, FormRemark
from taizhang.press.forms.flow import Slot
from taizhang.press.forms.grids import lay_grid
from taizhang.press.forms.lines import draw_box, draw_rule, lay_line
from taizhang.press.forms.model import Blank, Box, Form, Grid, Item, Line, Paragraph, Picture, Roll, Rule
from taizhang.press.forms.pen import Hand, Idle, Offset, Pen
from taizhang.press.forms.pictures import photo_slot
from taizhang.press.forms.rolls import lay_roll, sheets
from taizhang.press.ink import Ink
from taizhang.press.roles import Role


@dataclass(frozen=True, slots=True)
class FormPrinted:
    """What came of drawing: pages, what is to be said about the records, typefaces that stood in for others."""

    pages: int
    remarks: tuple[FormRemark, ...] = ()
    substitutions: tuple[str, ...] = ()


def draw_form(
    form: Form,
    records: Sequence[Filled],
    faces: Typefaces,
    out: BinaryIO,
    *,
    at: datetime,
    author: str,
    progress: Progress = silent,
    overprint: Offset | None = None,
) -> FormPrinted:
    """Write the form with these records as a PDF to `out`; the same arguments give the same bytes.

    With `overprint`, only what is filled in is drawn, at the same places, moved by it. The remarks are those of
    `look_over`; whether they keep anything from being printed is for the caller to decide. Raises `Refused` when
    there are no records for a form that needs one, and what `progress` raises; nothing is written then.
    """
    canvas = open_canvas(out, form.paper, title=form.title, author=author, at=at)
    ink = Ink(canvas, faces)
    layout = _Layout(form, records, faces, _Printing(canvas, ink), overprint)
    for number, sheet in enumerate(layout.sheets(), 1):
        progress(number, layout.count, "正在生成页面")
        layout.draw(sheet)
        ink.end_page()
    canvas.save()
    return FormPrinted(layout.count, layout.remarks.all(), tuple(faces.substitutions(roles(form))))


def look_over(form: Form, records: Sequence[Filled], faces: Typefaces) -> list[FormRemark]:
    """What is to be said before printing: values cut, missing, or with characters that no typeface has."""
    layout = _Layout(form, records, faces, None, None)
    for sheet in layout.sheets():
        layout.draw(sheet)
    return list(layout.remarks.all())


def roles(form: Form) -> list[Role]:
    """The uses of type in a form, those of its values with them."""
    used = {item.type.role for item in form.items() if isinstance(item, Line | Paragraph | Grid | Roll)}
    if any(isinstance(item, Roll) for item in form.items()):
        used.add(Role.HEADING)
    if any(isinstance(item, Grid) or _has_blank(item) for item in form.items()):
        used.add(Role.FORM)
    return [role for role in Role if role in used]


def _has_blank(item: Item) -> bool:
    pieces = item.pieces if isinstance(item, Line | Paragraph) else ()
    return any(isinstance(piece, Blank) for piece in pieces)


@dataclass(frozen=True, slots=True)
class _Printing:
    """A document that is being written."""

    canvas: Canvas
    ink: Ink


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One sheet: which page of the form, over which sheet its lists have come, and what stands on its parts."""

    page: int
    answers: tuple[Answers | None, ...]


class _Layout:
    """A form laid out once: what is printed as a drawing of its own, what is filled in as slots."""

    def __init__(
        self,
        form: Form,
        records: Sequence[Filled],
        faces: Typefaces,
        printing: _Printing | None,
        overprint: Offset | None,
    ) -> None:
        if not records and not form.rolls:
            raise Refused(f"没有选中记录，“{form.title}”没有打印。请先选要打印的记录。")
        self._form, self._faces, self._records = form, faces, records
        self._printing, self._overprint = printing, overprint
        self.remarks = Remarks(faces)
        self._hand: Hand = printing.ink if printing else Idle()
        self._parts = 1 if form.rolls else form.parts
        self._slots = [[self._lay_out(page, part) for part in range(self._parts)] for page in range(len(form.pages))]
        self.count = sum(self._group_sheets(group) for group in self._groups())

    def sheets(self) -> Iterator[_Sheet]:
        """Every sheet in the order of printing."""
        first = 1
        for group in self._groups():
            total, number = self._group_sheets(group), 0
            for page in range(len(self._form.pages)):
                over = [self._over(page, record) for record in group]
                for sheet in range(max(over)):
                    number += 1
                    here = {"页码": str(number), "页数": str(total)}
                    answers = [
                        self._answers(record, first + place, sheet, here) if sheet < over[place] else None
                        for place, record in enumerate(group)
                    ]
                    yield _Sheet(page, tuple(answers))
            first += len(group)

    def draw(self, sheet: _Sheet) -> None:
        """Draw one sheet."""
        for part, answers in enumerate(sheet.answers):
            if answers is None:
                continue
            if self._printing and self._overprint is None:
                self._printing.canvas.doForm(_name(sheet.page, part))
            pen = self._pen(part, self._hand)
            for slot in self._slots[sheet.page][part]:
                slot(pen, answers)

    def _lay_out(self, page: int, part: int) -> list[Slot]:
        """Draw what is printed on one part of a page, once; what is filled in."""
        nobody = Answers(None, self.remarks, {})
        drawn = self._printing if self._overprint is None else None
        if drawn:
            drawn.canvas.beginForm(_name(page, part))
        pen = Pen(drawn.ink if drawn else Idle(), self._form.paper, down=part * self._height())
        slots = [slot for item in self._form.pages[page] for slot in self._lay(item, pen, nobody)]
        if drawn:
            drawn.ink.end_form()
        return slots

    def _lay(self, item: Item, pen: Pen, nobody: Answers) -> list[Slot]:
        faces = self._faces
        match item:
            case Rule():
                draw_rule(item, pen)
            case Box():
                draw_box(item, pen)
            case Line():
                return lay_line(item, faces, self._form.paper, pen, nobody)
            case Paragraph():
                return lay_paragraph(item, faces, pen, nobody)
            case Picture():
                return [photo_slot(item, faces)]
            case Grid():
                return lay_grid(item, faces, pen, nobody)
            case Roll():
                return lay_roll(item, faces, pen, nobody)
        return []

    def _pen(self, part: int, hand: Hand) -> Pen:
        return Pen(hand, self._form.paper, down=part * self._height(), overprint=self._overprint)

    def _height(self) -> float:
        """Of one part, in mm."""
        return self._form.paper.height / self._parts

    def _groups(self) -> Iterator[list[Filled | None]]:
        """The records that share sheets; of a list of all records, the first speaks for what stands around it."""
        if self._form.rolls:
            yield [self._records[0] if self._records else None]
            return
        records = iter(self._records)
        while group := list[Filled | None](islice(records, self._parts)):
            yield group

    def _over(self, page: int, record: Filled | None) -> int:
        """Over how many sheets a page of the form goes for this record."""
        answers = Answers(record, self.remarks, {}, rows=self._records)
        rolls = [item for item in self._form.pages[page] if isinstance(item, Roll)]
        return max((sheets(roll, answers.rows(roll.source)) for roll in rolls), default=1)

    def _group_sheets(self, group: Sequence[Filled | None]) -> int:
        return sum(max(self._over(page, record) for record in group) for page in range(len(self._form.pages)))

    def _answers(self, record: Filled | None, number: int, sheet: int, here: dict[str, str]) -> Answers:
        numbers = {"序号": str(number), "总数": str(len(self._records)), **here}
        return Answers(record, self.remarks, numbers, sheet=sheet, rows=self._records)


def _name(page: int, part: int) -> str:
    """What the printed part is called in the document."""
    return f"printed-{page + 1}-{part + 1}"
