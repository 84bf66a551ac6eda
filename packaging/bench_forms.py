"""Letters by the thousand as one PDF, and the same strings and lines drawn straight on a canvas."""

import io
import time
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import bench_data
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from taizhang import places
from taizhang.press.fonts import Typefaces
from taizhang.press.forms.draw import draw_form
from taizhang.press.forms.filling import Filled
from taizhang.press.forms.language import read_form
from taizhang.press.forms.layout import Layout, Printing
from taizhang.press.forms.model import Form, Ref
from taizhang.press.roles import Role

LETTERS = 2_000
_FORM = "introduction_letter"
_FIXED = {
    "抬头党组织": "中共青石市杏花区委组织部",
    "去往党支部": "中共青石市杏花区杏花街道幸福里社区第二支部委员会",
    "转出党组织": bench_data.OFFICE,
    "党费交至:大写年": "贰零贰陆",
    "党费交至:大写月": "拾壹",
    "有效期:大写": "叁拾",
    "开具日期:年": "2026",
    "开具日期:月": "11",
    "开具日期:日": "21",
    "民族:简称": "汉",
    "原党委通讯地址": "青石市青石区杏花路1号",
    "原党委电话": "0731-00000000",
    "原党委传真": "0731-00000001",
    "原党委邮编": "000000",
}

Stroke = Callable[[Canvas], None]


class Traveller:
    """An invented member with a letter."""

    def __init__(self, number: int, row: Sequence[str]) -> None:
        told = dict(zip(bench_data.HEADINGS, row, strict=True))
        self.name = told["姓名"]
        self._values = _FIXED | {
            "姓名": self.name,
            "性别": told["性别"],
            "人员类别": told["人员类别"],
            "公民身份号码": told["公民身份号码"],
            "转出党支部": f"中共青石街道杏花社区{told['所在党支部']}",
            "党员联系电话": told["联系电话"],
            "介绍信编号": f"〔2026〕{number:04d}",
            "年龄": str(2026 - int(told["出生日期"][:4])),
        }

    def text(self, ref: Ref) -> str:
        """The value as it is printed."""
        plain = self._values.get(ref.name, "")
        return self._values.get(f"{ref.name}:{ref.style}", plain)

    def raw(self, ref: Ref) -> str:
        """The value by which options are chosen."""
        return self._values.get(ref.name, "")

    def photo(self, _ref: Ref) -> bytes | None:
        """A letter has none."""
        return None

    def rows(self, _ref: Ref) -> Sequence[Filled]:
        """A letter lists nobody."""
        return ()


def letters(count: int = LETTERS) -> float:
    """Seconds from records to a finished PDF."""
    form, records, faces = _form(), _travellers(count), _faces()
    start = time.perf_counter()
    done = draw_form(form, records, faces, io.BytesIO(), at=bench_data.NOW, author=bench_data.OFFICE)
    seconds = time.perf_counter() - start
    if done.pages != count or done.remarks:
        raise RuntimeError(f"{done.pages} pages, {done.remarks[:3]}")
    return seconds


def floor(count: int = LETTERS) -> float:
    """Seconds for the same strings and lines at the same places, drawn by the canvas itself: what is printed, once."""
    form, (printed, pages) = _form(), _strokes(count)
    for role in Role:
        pdfmetrics.registerFont(_faces().face(role).font)
    start = time.perf_counter()
    canvas = Canvas(io.BytesIO(), pagesize=form.paper.points, pageCompression=1)
    for name, strokes in printed.items():
        canvas.beginForm(name)
        for stroke in strokes:
            stroke(canvas)
        canvas.endForm()
    for page in pages:
        for stroke in page:
            stroke(canvas)
        canvas.showPage()
    canvas.save()
    return time.perf_counter() - start


class _Memory:
    """Stands for a document and its ink, and remembers what is to be drawn on each page."""

    def __init__(self, faces: Typefaces) -> None:
        self._faces = faces
        self.printed: dict[str, list[Stroke]] = {}
        self._lines: list[Stroke] = []
        self._form = ""
        self.page: list[Stroke] = []

    def text(self, x: float, y: float, text: str, role: Role, size: float) -> None:
        """A string; each has its own typeface and size, which a canvas must be told."""
        font = self._faces.face(role).font.fontName

        def draw(canvas: Canvas) -> None:
            canvas.setFont(font, size)
            canvas.drawString(x, y, text)

        self.page.append(draw)

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """A line."""
        self._lines.append(lambda canvas: canvas.line(x1, y1, x2, y2))

    def box(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """A rectangle."""
        self._lines.append(lambda canvas: canvas.rect(x1, y1, x2 - x1, y2 - y1))

    def stroke(self, width: float, dash: str = "") -> None:
        """The lines collected so far."""
        lines, dashes = tuple(self._lines), [float(part) for part in dash.split()]
        self._lines.clear()

        def draw(canvas: Canvas) -> None:
            canvas.setLineWidth(width)
            canvas.setDash(dashes)
            for line in lines:
                line(canvas)

        self.page.append(draw)

    def beginForm(self, name: str) -> None:  # noqa: N802 - the canvas's own name
        """What follows is drawn once."""
        self._form = name

    def end_form(self) -> None:
        """It can be shown now."""
        self.printed[self._form], self.page = self.page, []

    def doForm(self, name: str) -> None:  # noqa: N802 - the canvas's own name
        """Show it."""
        self.page.append(lambda canvas: canvas.doForm(name))


@cache
def _strokes(count: int) -> tuple[dict[str, list[Stroke]], list[list[Stroke]]]:
    """What is drawn once by the name of its drawing, and what is drawn on each page."""
    memory: Any = _Memory(_faces())
    layout = Layout(_form(), _travellers(count), _faces(), Printing(memory, memory))
    pages = []
    for sheet in layout.sheets():
        layout.draw(sheet)
        pages.append(memory.page)
        memory.page = []
    return memory.printed, pages


@cache
def _faces() -> Typefaces:
    return Typefaces()


@cache
def _form() -> Form:
    file = places.forms() / f"{_FORM}.form"
    form = read_form(_FORM, file.read_text(encoding="utf-8"), file.name).form
    if form is None:
        raise RuntimeError(f"{file.name} is broken")
    return form


@cache
def _travellers(count: int) -> list[Traveller]:
    return [Traveller(number, row) for number, row in enumerate(bench_data.people(count), 1)]
