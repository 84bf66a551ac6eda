"""Records made up for tests of forms, and short ways to write a form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from taizhang.press.forms.filling import Filled
from taizhang.press.forms.model import Form, Item, Ref
from taizhang.press.page import Paper

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
