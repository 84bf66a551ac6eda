"""PDFs that are there already: put one behind the other, and stamped on every page."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from io import BytesIO

from pypdf import PdfReader, PdfWriter

from taizhang.press.document import open_canvas
from taizhang.press.fonts import Typefaces
from taizhang.press.ink import Ink
from taizhang.press.page import MM, Paper
from taizhang.press.roles import Role

_SIZE = 8  # points
_EDGE = 4.6 * MM  # from the upper right corner of the sheet to the stamp: above the frame, where printers reach
_PAD = 0.7 * MM
_MIDDLE = 0.36  # from the base line to the middle of a Chinese character, in parts of the size


def pages(pdf: bytes) -> int:
    """How many pages it has."""
    return len(PdfReader(BytesIO(pdf)).pages)


def bind(pdfs: Sequence[bytes]) -> bytes:
    """One document with all their pages, in this order; a single one stays what it is, byte for byte."""
    if len(pdfs) == 1:
        return pdfs[0]
    writer = PdfWriter()
    for pdf in pdfs:
        writer.append(BytesIO(pdf), import_outline=False)
    return _written(writer)


def stamp(pdf: bytes, words: str, faces: Typefaces, at: datetime) -> bytes:
    """A copy with these words in a small frame in the upper right corner of every page."""
    writer = PdfWriter(clone_from=BytesIO(pdf))
    for page in writer.pages:
        sheet = _stamp(float(page.mediabox.width), float(page.mediabox.height), words, faces, at)
        page.merge_page(PdfReader(BytesIO(sheet)).pages[0])
    return _written(writer)


@lru_cache(maxsize=8)  # of many papers that are printed again, all have the same
def _stamp(wide: float, tall: float, words: str, faces: Typefaces, at: datetime) -> bytes:
    """A sheet of that size (points) with nothing but the stamp."""
    paper = Paper(wide / MM, tall / MM)
    out = BytesIO()
    canvas = open_canvas(out, paper, title=words, author="", at=at)
    ink = Ink(canvas, faces)
    width, height = paper.points
    long = faces.em(Role.HEADING, words) * _SIZE
    right, top = width - _EDGE, height - _EDGE
    left, bottom = right - long - 2 * _PAD, top - _SIZE - 2 * _PAD
    ink.box(left, bottom, right, top)
    ink.stroke(0.75)
    ink.text(left + _PAD, (top + bottom) / 2 - _MIDDLE * _SIZE, words, Role.HEADING, _SIZE)
    ink.end_page()
    canvas.save()
    return out.getvalue()


def _written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
