"""A new PDF document: the same content gives the same bytes, whatever the clock says."""

from datetime import datetime
from typing import BinaryIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from taizhang.press.page import Paper

rl_config.useA85 = 0  # streams as bytes, not as ASCII: a fifth smaller, and quicker


def open_canvas(out: BinaryIO, paper: Paper, *, title: str, author: str, at: datetime) -> Canvas:
    """A canvas for `paper` that writes to `out` when saved; `at` is when the document was made."""
    canvas = Canvas(out, pagesize=paper.points, pageCompression=1, invariant=1, lang="zh-CN")
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setCreator("台账")
    canvas.setSubject("")
    canvas.setDateFormatter(lambda *_clock: f"D:{at:%Y%m%d%H%M%S}")
    return canvas
