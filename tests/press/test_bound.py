"""Pages are taken out of documents as they are, and nothing of the others with them; some under a stamp."""

from datetime import datetime
from functools import partial
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import StreamObject

from taizhang.core.errors import Refused
from taizhang.press.bound import Binder, Stamp, excerpt
from taizhang.press.document import open_canvas
from taizhang.press.fonts import Typefaces
from taizhang.press.page import Paper

AT = datetime(2026, 11, 21, 12)  # noqa: DTZ001 - the office's own clock
WORDS = ("first", "second", "third")


def _document(*words: str, paper: Paper | None = None) -> bytes:
    out = BytesIO()
    canvas = open_canvas(out, paper or Paper.of("A4"), title="letters", author="", at=AT)
    for word in words:
        canvas.drawString(40, 40, word)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _texts(pdf: bytes) -> list[str]:
    return [page.extract_text().strip() for page in PdfReader(BytesIO(pdf)).pages]


def _streams(pdf: bytes) -> bytes:
    """All that is said anywhere in the file, on a page or not."""
    reader = PdfReader(BytesIO(pdf))
    objects = (reader.get_object(number) for number in reader.xref[0])
    return b"".join(found.get_data() for found in objects if isinstance(found, StreamObject))


def test_the_pages_of_one_are_taken_out_and_the_file_says_nothing_of_the_others() -> None:
    whole = _document(*WORDS)
    assert all(word.encode() in _streams(whole) for word in WORDS)
    part = excerpt(whole, range(1, 2))
    assert _texts(part) == ["second"]
    assert [word for word in WORDS if word.encode() in _streams(part)] == ["second"]


def test_what_is_the_whole_document_stays_it_byte_for_byte() -> None:
    whole = _document(*WORDS)
    assert excerpt(whole, None) == excerpt(whole, range(3)) == whole


def test_a_page_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refused, match="存底的文书里缺了页"):
        excerpt(_document(*WORDS), range(2, 4))


def test_pages_come_in_the_order_asked_for_and_each_once() -> None:
    read: list[str] = []

    def document(*words: str) -> bytes:
        read.extend(words)
        return _document(*words)

    binder = Binder()
    for name, pages in (("a", range(2, 3)), ("b", range(1)), ("a", range(2)), ("a", range(2, 3)), ("b", None)):
        binder.take(name, partial(document, *(WORDS if name == "a" else ("other",))), pages)
    assert _texts(binder.bound()) == ["third", "other", "first", "second"]
    assert binder.pages == 4
    assert read == [*WORDS, "other"], "each document is asked for once"


def test_a_stamp_is_on_every_page_that_is_to_have_it_and_twice_the_same_bytes() -> None:
    def stamped() -> bytes:
        binder, stamp = Binder(), Stamp("补打　2026年12月21日", Typefaces(installed=[]), AT)
        binder.take("a", lambda: _document(*WORDS), range(2), stamp)
        binder.take("wide", lambda: _document("wide", paper=Paper.of("A3", landscape=True)), None, stamp)
        binder.take("plain", lambda: _document("plain"))
        return binder.bound()

    pages = _texts(stamped())
    assert ["补打　2026年12月21日" in page for page in pages] == [True, True, True, False]
    assert [word in page for word, page in zip(("first", "second", "wide", "plain"), pages, strict=True)] == [True] * 4
    assert stamped() == stamped()
