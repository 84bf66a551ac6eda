"""A form laid out once: what is printed as a drawing of its own, what is filled in as slots; its sheets in order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from reportlab.pdfgen.canvas import Canvas

from taizhang.core.errors import Refused
from taizhang.press.fonts import Typefaces
from taizhang.press.forms.answers import Answers, Remarks
from taizhang.press.forms.blocks import lay_paragraph
from taizhang.press.forms.filling import Filled
from taizhang.press.forms.flow import Slot
from taizhang.press.forms.grids import lay_grid
from taizhang.press.forms.lines import draw_box, draw_rule, lay_line
from taizhang.press.forms.model import Box, Form, Grid, Item, Line, Paragraph, Picture, Roll, Rule
from taizhang.press.forms.pen import Idle, Offset, Pen
from taizhang.press.forms.pictures import photo_slot
from taizhang.press.forms.rolls import lay_roll, sheets
from taizhang.press.ink import Ink


@dataclass(frozen=True, slots=True)
class Printing:
    """A document that is being written."""

    canvas: Canvas
    ink: Ink


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: which page of the form it is, and who answers to each of its parts, if anybody does."""

    page: int
    answers: tuple[Answers | None, ...]


class Layout:
    """The parts of a form, and the records on them. Without `printing`, nothing is drawn, but everything is said."""

    def __init__(
        self,
        form: Form,
        records: Sequence[Filled],
        faces: Typefaces,
        printing: Printing | None = None,
        overprint: Offset | None = None,
    ) -> None:
        if not records and not form.rolls:
            raise Refused(f"没有选中记录，“{form.title}”没有打印。请先选要打印的记录。")
        self._form, self._faces, self._records = form, faces, records
        self._printing, self._overprint = printing, overprint
        self.remarks = Remarks(faces)
        self.slots = [[self._lay_out(page, part) for part in range(self.parts)] for page in range(len(form.pages))]
        self.places = tuple(self._places())
        self.count = self.places[-1].stop

    @property
    def parts(self) -> int:
        """How many records share a sheet."""
        return 1 if self._form.rolls else self._form.parts

    def pen(self, part: int) -> Pen:
        """What draws the values of a part."""
        hand = self._printing.ink if self._printing else Idle()
        return Pen(hand, self._form.paper, down=self._down(part), overprint=self._overprint)

    def sheets(self) -> Iterator[Sheet]:
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
                    yield Sheet(page, tuple(answers))
            first += len(group)

    def draw(self, sheet: Sheet) -> None:
        """Draw one sheet."""
        for part, answers in enumerate(sheet.answers):
            if answers is None:
                continue
            if self._printing and self._overprint is None:
                self._printing.canvas.doForm(_name(sheet.page, part))
            pen = self.pen(part)
            for slot in self.slots[sheet.page][part]:
                slot(pen, answers)

    def _lay_out(self, page: int, part: int) -> list[Slot]:
        """Draw what is printed on one part of a page, once; what is filled in."""
        nobody = Answers(None, self.remarks, {})
        drawn = self._printing if self._overprint is None else None
        if drawn:
            drawn.canvas.beginForm(_name(page, part))
        pen = Pen(drawn.ink if drawn else Idle(), self._form.paper, down=self._down(part))
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

    def _down(self, part: int) -> float:
        """Where a part begins, in mm from the top."""
        return part * self._form.paper.height / self.parts

    def _groups(self) -> Iterator[list[Filled | None]]:
        """The records that share sheets; of a list of all records, the first speaks for what stands around it."""
        if self._form.rolls:
            yield [self._records[0] if self._records else None]
            return
        records = iter(self._records)
        while group := list[Filled | None](islice(records, self.parts)):
            yield group

    def _places(self) -> Iterator[range]:
        """Where each record is: its sheets, from 0. Those that share a sheet have the same, and so has a whole list."""
        first = 0
        for group in self._groups():
            yield from [here := range(first, first + self._group_sheets(group))] * len(group)
            first = here.stop

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
