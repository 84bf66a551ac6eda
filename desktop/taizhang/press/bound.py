"""PDFs that are there already: pages taken out of them and put one behind the other, some under a stamp."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    RectangleObject,
    StreamObject,
)

from taizhang.core.errors import Refused
from taizhang.press.document import open_canvas
from taizhang.press.fonts import Typefaces
from taizhang.press.ink import Ink
from taizhang.press.page import MM, Paper
from taizhang.press.roles import Role

_SIZE = 8  # points
_EDGE = 4.6 * MM  # from the upper right corner of the sheet to the stamp: above the frame, where printers reach
_PAD = 0.7 * MM
_MIDDLE = 0.36  # from the base line to the middle of a Chinese character, in parts of the size
_NAME, _DRAWINGS = NameObject("/Stamp"), NameObject("/XObject")


@dataclass(frozen=True)
class Stamp:
    """Words in a small frame in the upper right corner of a page."""

    words: str
    faces: Typefaces = field(repr=False)
    at: datetime

    def sheet(self, wide: float, tall: float) -> bytes:
        """A page of that size (points) with nothing but the stamp."""
        paper = Paper(wide / MM, tall / MM)
        out = BytesIO()
        canvas = open_canvas(out, paper, title=self.words, author="", at=self.at)
        ink = Ink(canvas, self.faces)
        width, height = paper.points
        long = self.faces.em(Role.HEADING, self.words) * _SIZE
        right, top = width - _EDGE, height - _EDGE
        left, bottom = right - long - 2 * _PAD, top - _SIZE - 2 * _PAD
        ink.box(left, bottom, right, top)
        ink.stroke(0.75)
        ink.text(left + _PAD, (top + bottom) / 2 - _MIDDLE * _SIZE, self.words, Role.HEADING, _SIZE)
        ink.end_page()
        canvas.save()
        return out.getvalue()


def excerpt(pdf: bytes, pages: range | None) -> bytes:
    """These pages (from 0) of a document; byte for byte the document itself when that is all that it has."""
    if pages is None or pages == range(len(PdfReader(BytesIO(pdf)).pages)):
        return pdf
    binder = Binder()
    binder.take("", lambda: pdf, pages)
    return binder.bound()


class Binder:
    """One document of pages of others, each of which is read once, however many pages are taken out of it.

    A page that is in it already does not come again: whose parts share a sheet are on paper together.
    """

    def __init__(self) -> None:
        self._writer = PdfWriter()
        self._readers: dict[str, PdfReader] = {}
        self._taken: set[tuple[str, int]] = set()
        self._stamps: dict[tuple[str, float, float], IndirectObject] = {}
        self._before, self._after = (self._object(_stream(code)) for code in (b"q\n", b"\nQ /Stamp Do\n"))

    @property
    def pages(self) -> int:
        """How many pages are in it."""
        return len(self._taken)

    def take(self, name: str, pdf: Callable[[], bytes], pages: range | None = None, stamp: Stamp | None = None) -> None:
        """Append these pages (from 0; or all) of the document called `name`, which `pdf` gives when it is first needed.

        `Refused` when it has not so many.
        """
        if name not in self._readers:
            self._readers[name] = PdfReader(BytesIO(pdf()))
        there = self._readers[name].pages
        if pages and pages.stop > len(there):
            raise Refused("存底的文书里缺了页，没有取出；请检查台账文件，必要时从备份恢复。")
        for number in pages or range(len(there)):
            if (name, number) not in self._taken:
                self._taken.add((name, number))
                page = self._writer.add_page(there[number])
                if stamp:
                    self._put_over(page, stamp)

    def bound(self) -> bytes:
        """The document as it is now."""
        out = BytesIO()
        self._writer.write(out)
        return out.getvalue()

    def _put_over(self, page: PageObject, stamp: Stamp) -> None:
        """The stamp is in the document once, drawn behind what was printed, which keeps its pen to itself."""
        wide, tall = float(page.mediabox.width), float(page.mediabox.height)
        alike = stamp.words, wide, tall
        if alike not in self._stamps:
            self._stamps[alike] = self._drawing(stamp.sheet(wide, tall))
        printed = page.raw_get("/Contents")
        parts = printed if isinstance(printed, ArrayObject) else [printed]
        page[NameObject("/Contents")] = ArrayObject([self._before, *parts, self._after])
        resources = _part(page, NameObject("/Resources"))
        _part(resources, _DRAWINGS)[_NAME] = self._stamps[alike]

    def _drawing(self, sheet: bytes) -> IndirectObject:
        """The only page of a document as a drawing that any page can show."""
        page = PdfReader(BytesIO(sheet)).pages[0]
        contents = page.get_contents()
        drawing = _stream(b"" if contents is None else contents.get_data()).flate_encode()
        drawing[NameObject("/Type")] = _DRAWINGS
        drawing[NameObject("/Subtype")] = NameObject("/Form")
        drawing[NameObject("/BBox")] = RectangleObject(page.mediabox)
        drawing[NameObject("/Resources")] = page["/Resources"].clone(self._writer)
        return self._object(drawing)

    def _object(self, stream: StreamObject) -> IndirectObject:
        return self._writer._add_object(stream)  # noqa: SLF001 - there is no other way to add one


def _stream(code: bytes) -> StreamObject:
    stream = DecodedStreamObject()
    stream.set_data(code)
    return stream


def _part(whole: DictionaryObject, name: NameObject) -> DictionaryObject:
    """A dictionary in another one, which is made where it is not there yet."""
    if name not in whole:
        whole[name] = DictionaryObject()
    found: PdfObject = whole[name]
    if not isinstance(found, DictionaryObject):
        raise TypeError(name)
    return found
