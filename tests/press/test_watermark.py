"""A sample says on every page that it is one, and hides nothing of what is below."""

from datetime import datetime
from functools import partial
from io import BytesIO

from pypdf import PdfReader

from taizhang.press.bound import Binder
from taizhang.press.document import open_canvas
from taizhang.press.fonts import Typefaces
from taizhang.press.page import Paper
from taizhang.press.watermark import mark

AT = datetime(2026, 11, 21, 12)  # noqa: DTZ001 - the office's own clock


def _page(text: str, paper: Paper) -> bytes:
    out = BytesIO()
    canvas = open_canvas(out, paper, title=text, author="", at=AT)
    canvas.drawString(40, 40, text)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_every_page_is_marked_whatever_its_size_and_keeps_its_words() -> None:
    faces = Typefaces(installed=[])
    binder = Binder()
    for word, paper in (("first", Paper.of("A4")), ("second", Paper.of("A3", landscape=True))):
        binder.take(word, partial(_page, word, paper))
    pdf = binder.bound()
    marked = PdfReader(BytesIO(mark(pdf, "样　张", faces, AT)))
    assert len(marked.pages) == 2
    for page, word in zip(marked.pages, ("first", "second"), strict=True):
        text = page.extract_text()
        assert word in text
        assert text.count("样") == 3
    assert mark(pdf, "样　张", faces, AT) == mark(pdf, "样　张", faces, AT)
