"""Pieces side by side: printed words, values, blanks and options, measured, wrapped and set along a line."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from taizhang.press.fonts import Typefaces
from taizhang.press.forms.answers import Answers
from taizhang.press.forms.blanks import BELOW, CAP, ROOM, SEPARATOR, BlankSlot, OptionsSlot
from taizhang.press.forms.model import Blank, Options, Piece, Ref
from taizhang.press.forms.pen import Idle, Outline, Pen
from taizhang.press.page import MM, Paper
from taizhang.press.roles import Role
from taizhang.press.text import Em

_LINE = 0.5  # points: the line below a blank
_FIRST = 0x10F000  # characters for private use stand for what is no text, so that all of it wraps by the same rules
_GAPS = re.compile("(\u3000+)")


class Slot(Protocol):
    """A place where something of a record is set."""

    def __call__(self, pen: Pen, answers: Answers) -> None:
        """Set it."""

    def outlines(self, sample: Answers) -> list[Outline]:
        """Where it is set; values whose room is their own length are as long as those of `sample`."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Room in parts of the size: the wide blanks of a form, which no rule of wrapping may swallow."""

    em: float


Part = Piece | Gap


@dataclass(slots=True)
class Mixed:
    """Pieces as one text: where each begins and ends in it, and which character stands for what is no text."""

    text: str = ""
    spans: list[tuple[int, int, Part]] = field(default_factory=list)
    special: dict[Blank | Options | Gap, str] = field(default_factory=dict)

    def add(self, part: Part, text: str) -> None:
        """Add a piece, with the text that it amounts to."""
        self.spans.append((len(self.text), len(self.text) + len(text), part))
        self.text += text

    def add_special(self, part: Blank | Options | Gap) -> None:
        """Add what is no text; the same stands for the same, as there are only so many such characters."""
        self.add(part, self.special.setdefault(part, chr(_FIRST + len(self.special))))

    def cut(self, start: int, end: int, dots: str) -> tuple[int, int]:
        """Put an ellipsis behind a stretch and leave out what follows; where that stretch stands now."""
        last = next((part for part, _ in self.within(end, end + 1)), "")
        self.spans = [(begin, min(until, end), part) for begin, until, part in self.spans if begin < end]
        self.text = self.text[:end]
        self.add(last if isinstance(last, Ref) else dots, dots)
        return start, len(self.text)

    def within(self, start: int, end: int) -> Iterator[tuple[Part, str]]:
        """The pieces between two places, each with its text there."""
        for begin, until, part in self.spans:
            if begin < end and until > start:
                yield part, self.text[max(begin, start) : min(until, end)]


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
            answers.remarks.read(line, "", "", piece)
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
    """How wide pieces are: printed words in one role, values between them in another or the same."""

    faces: Typefaces
    role: Role
    values: Role

    def em(self, mixed: Mixed, size: float, limit: float = 1e6) -> Em:
        """The width of any stretch of `mixed` at this size, in parts of it; no blank is wider than `limit` points.

        Where two typefaces meet, it is that of the wider one.
        """
        words = self._words
        if not mixed.special:
            return words
        widths = {char: self.width(part, size, limit) / size for part, char in mixed.special.items()}
        none = dict.fromkeys(map(ord, widths))
        return lambda text: sum(widths.get(char, 0) for char in text) + words(text.translate(none))

    def words(self, mixed: Mixed) -> Em:
        """As `em`, with no width for what is no text."""
        none = dict.fromkeys(map(ord, mixed.special.values()))
        return lambda text: self._words(text.translate(none))

    @property
    def _words(self) -> Em:
        return partial(self.faces.em, self.role) if self.role is self.values else self._wider

    def _wider(self, text: str) -> float:
        return max(self.faces.em(self.role, text), self.faces.em(self.values, text))

    def exact(self, parts: Iterable[tuple[Part, str]], size: float, limit: float) -> float:
        """How many points pieces take along a line."""
        return sum(
            self.width(part, size, limit)
            if isinstance(part, Blank | Options | Gap)
            else self.faces.em(self.of(part), text) * size
            for part, text in parts
        )

    def of(self, part: str | Ref) -> Role:
        """In which role words or a value are set."""
        return self.values if isinstance(part, Ref) else self.role

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
                role = self.measure.of(part)
                wide = self.measure.faces.em(role, text) * self.size
                pen.text(x, base, text, role, self.size, value=isinstance(part, Ref))
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


Place = Callable[[Pen, Answers], list[Slot]]  # sets pieces, and gives the places that are filled in afterwards


@dataclass(frozen=True, slots=True)
class Flowing:
    """Pieces between which values flow: all of them are set anew for each record."""

    place: Place
    faces: Typefaces

    def outlines(self, sample: Answers) -> list[Outline]:
        """Around each value of the sample."""
        probe = Probe(self.faces)
        slots = self.place(probe, sample)
        return [*probe.outlines, *(outline for slot in slots for outline in slot.outlines(sample))]

    def __call__(self, pen: Pen, answers: Answers) -> None:
        """Set the words, then what is filled in."""
        for slot in self.place(pen, answers):
            slot(pen, answers)


class Probe(Pen):
    """Draws nothing, but remembers where values would stand."""

    def __init__(self, faces: Typefaces) -> None:
        super().__init__(Idle(), Paper(0, 0))
        self._faces = faces
        self.outlines: list[Outline] = []

    def text(self, x: float, base: float, text: str, role: Role, size: float, *, value: bool = False) -> None:
        """Remember the place of a value."""
        if value:
            wide = self._faces.em(role, text) * size
            self.outlines.append(Outline(x, base - CAP * size, wide, (CAP + BELOW) * size, text))


def once_or_flowing(pieces: Sequence[Piece], place: Place, faces: Typefaces, pen: Pen, nobody: Answers) -> list[Slot]:
    """Set words that never move on the printed form at once; what stays to be done for each record."""
    fixed = not any(isinstance(piece, Ref) for piece in pieces)
    return place(pen, nobody) if fixed else [Flowing(place, faces)]
