"""Photos on a form: in proportion inside their place, or the words that stand there for them."""

import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, UnidentifiedImageError
from reportlab.lib.utils import ImageReader

from taizhang.press.fonts import Typefaces
from taizhang.press.forms.answers import Answers
from taizhang.press.forms.blocks import Block, Manner
from taizhang.press.forms.model import Picture, Place, Ref, Type
from taizhang.press.forms.pen import Outline, Pen, outline
from taizhang.press.page import MM
from taizhang.press.roles import Role

_KINDS = ("JPEG", "PNG", "BMP", "GIF", "TIFF", "WEBP")  # others are read by other programs, or are no photos
_TRAPS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_UNREADABLE = (UnidentifiedImageError, OSError, ValueError, SyntaxError, *_TRAPS)


@dataclass(frozen=True, slots=True)
class PhotoSlot:
    """Sets a photo in the middle of its place (mm), or `words` where there is none."""

    line: int
    place: Place
    ref: Ref
    words: str
    type: Type
    faces: Typefaces

    def outlines(self, _sample: Answers) -> list[Outline]:
        """The whole place."""
        return [outline(self.place, self.ref.name)]

    def __call__(self, pen: Pen, answers: Answers) -> None:
        """Set what the record has."""
        data = answers.photo(self.ref)
        if data is None and self.ref.required and answers.record:
            answers.remarks.say(self.line, answers.name, f"“{self.ref.name}”还没有，补上以后才能打印。")
        picture = _read(data) if data else None
        if data and picture is None:
            answers.remarks.say(self.line, answers.name, f"“{self.ref.name}”的图片读不出来，请换一张。", stops=False)
        if picture is None:
            self._words(pen, answers)
            return
        wide, tall = picture.getSize()
        scale = min(self.place.width * MM / wide, self.place.height * MM / tall)
        x = self.place.x * MM + (self.place.width * MM - wide * scale) / 2
        y = self.place.y * MM + (self.place.height * MM - tall * scale) / 2
        pen.picture(picture, x, y, wide * scale, tall * scale)

    def _words(self, pen: Pen, answers: Answers) -> None:
        manner = Manner(middle=True, even=True)
        Block(self.line, self.place, self.type, (self.words,), self.faces, manner)(pen, answers)


def photo_slot(picture: Picture, faces: Typefaces) -> PhotoSlot:
    """What sets a photo that stands by itself."""
    return PhotoSlot(picture.line, picture.place, picture.ref, picture.words, Type(Role.BODY, 10.5, "center"), faces)


def _read(data: bytes) -> ImageReader | None:
    """The picture; None when it cannot be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=_KINDS) as picture:
                picture.load()
        return ImageReader(BytesIO(data))
    except _UNREADABLE:
        return None
