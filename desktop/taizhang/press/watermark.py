"""Words across every page that say what it is not: a sample is no paper."""

from datetime import datetime
from io import BytesIO

from pypdf import PageObject, PdfReader, PdfWriter

from taizhang.press.document import open_canvas
from taizhang.press.fonts import Typefaces
from taizhang.press.ink import Ink
from taizhang.press.page import MM, Paper
from taizhang.press.roles import Role

_SIZE = 90  # points
_APART = 260  # points between two of them
_FAINT = 0.22  # of full ink


def mark(pdf: bytes, words: str, faces: Typefaces, at: datetime) -> bytes:
    """A copy with these words large, faint and slanting over every page."""
    writer = PdfWriter(clone_from=BytesIO(pdf))
    for page in writer.pages:
        page.merge_page(_words(page, words, faces, at))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _words(page: PageObject, words: str, faces: Typefaces, at: datetime) -> PageObject:
    paper = Paper(float(page.mediabox.width) / MM, float(page.mediabox.height) / MM)
    out = BytesIO()
    canvas = open_canvas(out, paper, title=words, author="", at=at)
    width, height = paper.points
    half = faces.em(Role.HEADING, words) * _SIZE / 2
    ink = Ink(canvas, faces)
    canvas.setFillAlpha(_FAINT)
    canvas.translate(width / 2, height / 2)
    canvas.rotate(30)
    for number in range(-1, 2):
        ink.text(-half, number * _APART - _SIZE / 3, words, Role.HEADING, _SIZE)
    ink.end_page()
    canvas.save()
    return PdfReader(out).pages[0]
