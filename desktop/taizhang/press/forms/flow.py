"""Pieces side by side: printed words, values, blanks and options, measured, wrapped and set along a line."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from taizhang.press.fonts import Typefaces
from taizhang.press.forms.answers import Answers
from taizhang.press.forms.blanks import BELOW, ROOM, SEPARATOR, BlankSlot, OptionsSlot
from taizhang.press.forms.model import Blank, Options, Piece, Ref
from taizhang.press.forms.pen import Pen
from taizhang.press.page import MM
from taizhang.press.roles import Role
from taizhang.press.text import Em

_LINE = 0.5  # points: the line below a blank
_FIRST = 0x10F000  # characters for private use stand for what is no text, so that all of it wraps by the same rules
_GAPS = re.compile("(\u3000+)")


class Slot(Protocol):
    """A place where something of a record is set."""

    def __call__(self, pen: Pen, answers: Answers) -> None:
        """Set it."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Room in parts of the size: the wide blanks of a form, which no rule of wrapping may swallow."""

    em: float


Part = Piece | Gap


@dataclass(slots=True)
class Mixed:
    """Pieces as one text: where each begins and ends in it, and which characters stand for what is no text."""

    text: str = ""
    spans: list[tuple[int, int, Part]] = field(default_factory=list)
    special: dict[str, Blank | Options | Gap] = field(default_factory=dict)

    def add(self, part: Part, text: str) -> None:
        """Add a piece, with the text that it amounts to."""
        self.spans.append((len(self.text), len(self.text) + len(text), part))
        self.text += text

    def add_special(self, part: Blank | Options | Gap) -> None:
        """Add what is no text."""
        char = chr(_FIRST + len(self.special))
        self.special[char] = part
        self.add(part, char)

    def within(self, start: int, end: int) -> Iterator[tuple[Part, str]]:
        """The pieces between two places, each with its text there."""
        for begin, until, part in self.spans:
            if begin < end and until > start:
                yield part, self.text[max(begin, start) : min(until, end)]


def fixed(pieces: Sequence[Piece]) -> bool:
    """Whether printed words stand at the same places for every record: no value flows between them."""
    return not any(isinstance(piece, Ref) for piece in pieces)


def mix(pieces: Sequence[Piece], answers: Answers, line: int, *, indent: float = 0) -> Mixed:
    """Pieces as one text, each paragraph begun by `indent` characters of room."""
    mixed = Mixed()
    if indent:
        mixed.add_special(Gap(indent))
    for piece in pieces:
        if isinstance(piece, Blank | Options):
            mixed.add_special(piece)
        elif isinstance(piece, Ref):
            mixed.add(piece, answers.text(piece, line))
        else:
            _add_words(mixed, piece, indent)
    return mixed


def _add_words(mixed: Mixed, words: str, indent: float) -> None:
    for number, paragraph in enumerate(words.split("\n")):
        if number:
            mixed.add("\n", "\n")
            if indent:
                mixed.add_special(Gap(indent))
        for part in _GAPS.split(paragraph):
            if part.startswith("\u3000"):
                mixed.add_special(Gap(len(part)))
            elif part:
                mixed.add(part, part)


@dataclass(frozen=True, slots=True)
class Measure:
    """How wide pieces are in one role."""

    faces: Typefaces
    role: Role

    def em(self, mixed: Mixed, size: float, limit: float = 1e6) -> Em:
        """The width of any stretch of `mixed` at this size, in parts of it; no blank is wider than `limit` points."""
        if not mixed.special:
            return lambda text: self.faces.em(self.role, text)
        widths = {char: self.width(part, size, limit) / size for char, part in mixed.special.items()}
        none = dict.fromkeys(map(ord, widths))

        def em(text: str) -> float:
            return sum(widths.get(char, 0) for char in text) + self.faces.em(self.role, text.translate(none))

        return em

    def width(self, part: Blank | Options | Gap, size: float, limit: float = 1e6) -> float:
        """The width of what is no text, in points."""
        if isinstance(part, Blank):
            return min(part.width * MM, limit)
        if isinstance(part, Options):
            return self.faces.em(self.role, SEPARATOR.join(word for word, _ in part.words)) * size
        return part.em * size


@dataclass(frozen=True, slots=True)
class Setting:
    """How a line is set: `line` is that of the form's text, `room` what a blank may take above its line, in sizes."""

    line: int
    measure: Measure
    size: float
    room: float = ROOM
    limit: float = 1e6

    def set(self, pen: Pen, parts: Iterator[tuple[Part, str]], x: float, base: float) -> list[Slot]:
        """Set printed words and values along a line, and give the places that are filled by record."""
        slots: list[Slot] = []
        for part, text in parts:
            if isinstance(part, Blank | Options | Gap):
                wide = self.measure.width(part, self.size, self.limit)
                if isinstance(part, Blank):
                    slots += self._blank(pen, part, x, base, wide)
                elif isinstance(part, Options):
                    slots.append(self._options(pen, part, x, base))
            else:
                wide = self.measure.faces.em(self.measure.role, text) * self.size
                pen.text(x, base, text, self.measure.role, self.size, value=isinstance(part, Ref))
            x += wide
        return slots

    def _blank(self, pen: Pen, blank: Blank, x: float, base: float, width: float) -> list[Slot]:
        y = base + BELOW * self.size
        pen.line(x, y, x + width, y, _LINE)
        if not blank.ref.name:
            return []  # for a pen
        return [BlankSlot(self.line, blank.ref, x, base, width, self.size, self.room, self.measure.faces)]

    def _options(self, pen: Pen, options: Options, x: float, base: float) -> Slot:
        role, faces = self.measure.role, self.measure.faces
        words = [word for word, _ in options.words]
        pen.text(x, base, SEPARATOR.join(words), role, self.size)
        spans = []
        for word in words:
            right = x + faces.em(role, word) * self.size
            spans.append((x, right))
            x = right + faces.em(role, SEPARATOR) * self.size
        return OptionsSlot(self.line, options, tuple(spans), base, self.size)


Place = Callable[[Pen, Answers], list[Slot]]


@dataclass(frozen=True, slots=True)
class Flowing:
    """Pieces between which values flow: all of them are set anew for each record."""

    place: Place

    def __call__(self, pen: Pen, answers: Answers) -> None:
        """Set the words, then what is filled in."""
        for slot in self.place(pen, answers):
            slot(pen, answers)


def once_or_flowing(pieces: Sequence[Piece], place: Place, pen: Pen, nobody: Answers) -> list[Slot]:
    """Set words that never move on the printed form at once; what stays to be done for each record."""
    return place(pen, nobody) if fixed(pieces) else [Flowing(place)]
