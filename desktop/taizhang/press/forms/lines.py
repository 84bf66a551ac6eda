"""One line of text that does not wrap, along its base line or from the top down; and rules and boxes."""

from dataclasses import dataclass, replace

from taizhang.press.fonts import Typefaces
from taizhang.press.forms.answers import Answers
from taizhang.press.forms.blanks import MIDDLE, SEPARATOR
from taizhang.press.forms.flow import Gap, Measure, Mixed, Setting, Slot, mix, once_or_flowing
from taizhang.press.forms.model import Blank, Box, Line, Options, Piece, Ref, Rule
from taizhang.press.forms.pen import Pen
from taizhang.press.page import MM, Paper
from taizhang.press.text import LEAST

_DASH = "4 3"  # points
_EDGE = 4 * MM  # what printers leave free
_DOWN = 1.2  # from character to character in a vertical line, in parts of the size


def draw_rule(rule: Rule, pen: Pen) -> None:
    """A straight line, whole or dashed."""
    (x1, y1), (x2, y2) = rule.start, rule.end
    pen.line(x1 * MM, y1 * MM, x2 * MM, y2 * MM, rule.weight, dash=_DASH if rule.dashed else "")


def draw_box(box: Box, pen: Pen) -> None:
    """A rectangle."""
    place = box.place
    dash = _DASH if box.dashed else ""
    pen.box(place.x * MM, place.y * MM, place.width * MM, place.height * MM, box.weight, dash=dash)


def lay_line(line: Line, faces: Typefaces, paper: Paper, pen: Pen, nobody: Answers) -> list[Slot]:
    """Draw what of a line is printed, and give what is filled in."""
    if not line.vertical:
        return once_or_flowing(line.pieces, _Horizontal(line, faces, paper), faces, pen, nobody)
    upright = replace(line, pieces=tuple(map(_plain, line.pieces)))
    return once_or_flowing(upright.pieces, _Vertical(upright, faces, paper), faces, pen, nobody)


def _plain(piece: Piece) -> Piece:
    """A piece of a vertical line, in which there is no room for a blank nor for strokes."""
    if isinstance(piece, Options):
        return SEPARATOR.join(word for word, _ in piece.words)
    if isinstance(piece, Blank):
        return piece.ref if piece.ref.name else "\u3000"
    return piece


def _in_one(line: Line, answers: Answers) -> Mixed:
    """The pieces of a line; a value of several lines goes on in the same."""
    mixed = mix(line.pieces, answers, line.line)
    mixed.text = mixed.text.replace("\n", " ")
    return mixed


def longest(mixed: Mixed) -> tuple[Ref, str] | None:
    """The value that takes most room in a text, which is the one to shorten."""
    values = [(part, mixed.text[start:end]) for start, end, part in mixed.spans if isinstance(part, Ref)]
    return max(values, key=lambda value: len(value[1]), default=None)


@dataclass(frozen=True, slots=True)
class _Horizontal:
    line: Line
    faces: Typefaces
    paper: Paper

    def __call__(self, pen: Pen, answers: Answers) -> list[Slot]:
        line, kind = self.line, self.line.type
        mixed = _in_one(line, answers)
        measure = Measure(self.faces, kind.role, kind.role)
        size, room = kind.size, self._room()
        wide = measure.em(mixed, size)(mixed.text) * size
        while wide > room and size > LEAST and longest(mixed):
            size = max(LEAST, size - 0.5)
            wide = measure.em(mixed, size)(mixed.text) * size
        if wide > room and (value := longest(mixed)):
            answers.too_long(value[0], line.line, value[1])
        elif wide > room + _EDGE:
            said = "这一行太长，会印到纸的外面，没有打印；请把版式里这一行的字缩小，或改用“段”。"
            answers.remarks.say(line.line, "", said)
        x = line.place.x * MM - {"left": 0, "center": wide / 2, "right": wide}[kind.align]
        return Setting(line.line, measure, size).set(pen, mixed.within(0, len(mixed.text)), x, line.place.y * MM)

    def _room(self) -> float:
        """Points from edge to edge of the paper that the line may take."""
        x, width = self.line.place.x * MM, self.paper.width * MM
        return {"left": width - x, "right": x, "center": 2 * min(x, width - x)}[self.line.type.align] - _EDGE


@dataclass(frozen=True, slots=True)
class _Vertical:
    """Each character in the middle of a column one character wide, the first at the top."""

    line: Line
    faces: Typefaces
    paper: Paper

    def __call__(self, pen: Pen, answers: Answers) -> list[Slot]:
        line, role, size = self.line, self.line.type.role, self.line.type.size
        mixed = _in_one(line, answers)
        middle = line.place.x * MM + {"left": 0.5, "center": 0, "right": -0.5}[line.type.align] * size
        y, bottom = line.place.y * MM, self.paper.height * MM - _EDGE
        for part, text in mixed.within(0, len(mixed.text)):
            if isinstance(part, Gap):
                y += part.em * size * _DOWN
                continue
            for char in text:
                x = middle - self.faces.em(role, char) * size / 2
                pen.text(x, y + (0.5 + MIDDLE) * size, char, role, size, value=isinstance(part, Ref))
                y += size * _DOWN
        if y > bottom and (value := longest(mixed)):
            answers.too_long(value[0], line.line, value[1])
        return []
