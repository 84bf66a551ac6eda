"""Forms as PDF: the printed part laid out once, what is filled in set for each record; or looked over beforehand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from taizhang.core.progress import Progress, silent
from taizhang.press.document import open_canvas
from taizhang.press.fonts import Typefaces
from taizhang.press.forms.calibration import calibration_sheet
from taizhang.press.forms.filling import Filled, FormRemark
from taizhang.press.forms.layout import Layout, Printing
from taizhang.press.forms.model import Blank, Form, Grid, Item, Line, Paragraph, Roll
from taizhang.press.forms.pen import Offset
from taizhang.press.ink import Ink
from taizhang.press.roles import Role

__all__ = ["FormPrinted", "Offset", "calibration_sheet", "draw_form", "look_over"]


@dataclass(frozen=True, slots=True)
class FormPrinted:
    """What came of drawing: pages, what is to be said about the records, typefaces that stood in for others.

    `places`: the pages (from 0) of each record; the same for those that share a sheet; one for a whole list.
    """

    pages: int
    remarks: tuple[FormRemark, ...] = ()
    substitutions: tuple[str, ...] = ()
    places: tuple[range, ...] = ()


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
    layout = Layout(form, records, faces, Printing(canvas, ink), overprint)
    for number, sheet in enumerate(layout.sheets(), 1):
        progress(number, layout.count, "正在生成页面")
        layout.draw(sheet)
        ink.end_page()
    canvas.save()
    return FormPrinted(layout.count, layout.remarks.all(), tuple(faces.substitutions(_roles(form))), layout.places)


def look_over(form: Form, records: Sequence[Filled], faces: Typefaces) -> list[FormRemark]:
    """What is to be said before printing: values cut, missing, or with characters that no typeface has."""
    layout = Layout(form, records, faces)
    for sheet in layout.sheets():
        layout.draw(sheet)
    return list(layout.remarks.all())


def _roles(form: Form) -> list[Role]:
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
