"""What is filled in between printed words: a value above its line, and the strokes through the options not chosen."""

from dataclasses import dataclass
from functools import partial

from taizhang.press.fonts import Typefaces
from taizhang.press.forms.answers import Answers
from taizhang.press.forms.model import Options, Ref
from taizhang.press.forms.pen import Outline, Pen
from taizhang.press.roles import Role
from taizhang.press.text import ELLIPSIS, LEAST, Em, Fit, balanced, wrap

MIDDLE = 0.36  # from the base line to the middle of a Chinese character, in parts of the size
BELOW = 0.2  # from the base line to the line of a blank, in parts of the size
ROOM = 1.4  # what two lines in a blank may take above its line, in parts of the size
SEPARATOR = "/"
_CALM = 0.75  # type shrinks so far before it takes two lines
_TIGHT = 1.12  # between those two
CAP = 0.88  # from the base line to the top of a character
_STROKE = 0.9  # points


@dataclass(frozen=True, slots=True)
class BlankSlot:
    """Sets a value centred above the line of a blank; points from the upper left corner of the part."""

    line: int
    ref: Ref
    x: float
    base: float
    width: float
    size: float
    room: float
    faces: Typefaces

    def outlines(self, _sample: Answers) -> list[Outline]:
        """From the line up to the top of one line of text."""
        return [Outline(self.x, self.base - CAP * self.size, self.width, (CAP + BELOW) * self.size, self.ref.name)]

    def __call__(self, pen: Pen, answers: Answers) -> None:
        """Set what the record answers."""
        text = answers.text(self.ref, self.line)
        if not text:
            return
        em = partial(self.faces.em, Role.FORM)
        wide = em(text) * self.size
        if wide <= self.width and "\n" not in text:
            x = self.x + (self.width - wide) / 2
            pen.text(x, self.base, text, Role.FORM, self.size, value=True)
            return
        fitted = fit_blank(text, em, width=self.width, size=self.size, room=self.room)
        base = self.base - (len(fitted.lines) - 1) * fitted.size * _TIGHT
        for line in fitted.lines:
            x = self.x + (self.width - em(line) * fitted.size) / 2
            pen.text(x, base, line, Role.FORM, fitted.size, value=True)
            base += fitted.size * _TIGHT
        if fitted.cut:
            answers.too_long(self.ref, self.line, text)


def fit_blank(text: str, em: Em, *, width: float, size: float, room: float = ROOM) -> Fit:
    """A value made to fit a blank `width` points wide: smaller in one line or in two short ones, then cut."""
    text = text.replace("\n", " ")
    one = min(size, _half(width / em(text)))
    two = max(LEAST, min(size, _half(room * size / (CAP + _TIGHT))))
    if one >= max(LEAST, _CALM * size):
        return Fit((text,), one)
    while len(lines := wrap(text, width / two, em)) > 2 and two > LEAST:
        two = max(LEAST, two - 0.5)
    if one >= max(two, LEAST):
        return Fit((text,), one)
    if len(lines) <= 2:
        return Fit(tuple(balanced(text, width / two, em)), two)
    last = lines[1]
    while last and em(last + ELLIPSIS) * two > width:
        last = last[:-1]
    return Fit((lines[0], last + ELLIPSIS), two, cut=True)


def _half(size: float) -> float:
    """Down to the next half point."""
    return int(size * 2) / 2


@dataclass(frozen=True, slots=True)
class OptionsSlot:
    """Strikes out the words of options that do not hold; `spans` are from where to where each stands."""

    line: int
    options: Options
    spans: tuple[tuple[float, float], ...]
    base: float
    size: float

    def outlines(self, _sample: Answers) -> list[Outline]:
        """Around each of the words."""
        top, tall = self.base - CAP * self.size, self.size
        spans = zip(self.spans, self.options.words, strict=True)
        return [Outline(left, top, right - left, tall, word) for (left, right), (word, _) in spans]

    def __call__(self, pen: Pen, answers: Answers) -> None:
        """Strike out what does not hold; nothing, as long as nobody knows what does."""
        ref = self.options.ref
        value = answers.raw(ref)
        holds = [word == value for _, word in self.options.words]
        if not any(holds):
            self._unknown(value, answers)
            return
        y = self.base - MIDDLE * self.size
        for (left, right), held in zip(self.spans, holds, strict=True):
            if not held:
                pen.line(left, y, right, y, _STROKE, value=True)

    def _unknown(self, value: str, answers: Answers) -> None:
        ref, words = self.options.ref, SEPARATOR.join(word for word, _ in self.options.words)
        if value:
            said = f"“{ref.name}”是“{value}”，表上的“{words}”里没有这一项，请核对，或打印后手工划去。"
            answers.remarks.say(self.line, answers.name, said, stops=ref.required)
        elif ref.required and answers.record:
            said = f"“{ref.name}”还没有填，不知道“{words}”里该划去哪一项。"
            answers.remarks.say(self.line, answers.name, said)
