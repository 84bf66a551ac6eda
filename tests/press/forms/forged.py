"""Records made up for tests of forms, and short ways to write a form and to read what was drawn."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from taizhang.press.fonts import Typefaces
from taizhang.press.forms.draw import FormPrinted, Offset, draw_form
from taizhang.press.forms.filling import Filled
from taizhang.press.forms.model import Blank, Form, Item, Options, Ref, Type
from taizhang.press.page import MM, Paper
from taizhang.press.roles import Role
from tests.press.reading import Page, Word, read_pdf

AT = datetime(2026, 11, 21, 9, 0)  # noqa: DTZ001 - the office's own clock


@dataclass(frozen=True)
class Forged:
    """A record that answers from a mapping."""

    values: Mapping[str, str] = field(default_factory=dict)
    photos: Mapping[str, bytes] = field(default_factory=dict)
    lists: Mapping[str, Sequence[Filled]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.values.get("姓名", "")

    def text(self, ref: Ref) -> str:
        return self.values.get(f"{ref.name}:{ref.style}" if ref.style else ref.name, "")

    def raw(self, ref: Ref) -> str:
        return self.values.get(ref.name, "")

    def photo(self, ref: Ref) -> bytes | None:
        return self.photos.get(ref.name)

    def rows(self, ref: Ref) -> Sequence[Filled]:
        return self.lists.get(ref.name, ())


def ref(name: str, style: str = "", *, required: bool = False) -> Ref:
    """A value by its name."""
    return Ref(tuple(name.split(".")), style, required)


def form(*items: Item, paper: Paper | None = None, more: Sequence[tuple[Item, ...]] = (), parts: int = 1) -> Form:
    """A form of these items; `more`: those of further pages."""
    return Form("trial", "试验表", "党员名册", paper or Paper.of("A4"), (items, *more), parts=parts)


SEX = Options(Ref(("性别",)), (("男", "男"), ("女", "女")))
BODY = Type(Role.BODY, 14)
SMALL = Type(Role.BODY, 10.5)


def blank(name: str, width: float, *, required: bool = False) -> Blank:
    """A blank of so many mm."""
    return Blank(ref(name, required=required), width)


def drawn(
    one: Form, records: Sequence[Filled], faces: Typefaces, overprint: Offset | None = None
) -> tuple[list[Page], FormPrinted]:
    """Draw a form and read its pages back."""
    out = io.BytesIO()
    done = draw_form(one, records, faces, out, at=AT, author="中共和平社区委员会", overprint=overprint)
    return read_pdf(out.getvalue()), done


def the(page: Page, text: str) -> Word:
    """The one word that reads so."""
    (word,) = (word for word in page.words if word.text == text)
    return word


def mm(page: Page, word: Word) -> tuple[float, float]:
    """Where a word begins, in mm from the left and from the top to its base line."""
    return word.x / MM, (page.height - word.y) / MM


def line_at(page: Page, y: float) -> str:
    """What stands on the base line `y` mm from the top, from left to right."""
    words = [word for word in page.words if abs(mm(page, word)[1] - y) < 0.1]
    return "".join(word.text for word in sorted(words, key=lambda word: word.x))
