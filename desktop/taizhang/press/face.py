"""One typeface, loaded from its file: what it can print, and how wide."""

import re
from typing import Any

from reportlab.pdfbase.ttfonts import TTFont

from taizhang.press.font_files import FontFile

_BEYOND = re.compile(r"<(\w\w)> <(\w{5,6})>")


class _Outlines:
    """The outlines of a typeface, cut out of its file one by one: ReportLab copies all of them for each document."""

    def __init__(self, file: bytes, start: int) -> None:
        self._file, self._start = file, start

    def __getitem__(self, cut: slice) -> bytes:
        return self._file[self._start + cut.start : self._start + cut.stop]


class _Font(TTFont):
    """ReportLab's TrueType font, with characters beyond U+FFFF copied out of the PDF as what they are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        face: Any = self.face
        whole = face.get_table
        outlines = _Outlines(vars(face)["_ttf_data"], face.get_table_pos("glyf")[0])
        face.get_table = lambda tag: outlines if tag == "glyf" else whole(tag)

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - ReportLab's own name
        """Add the font to the document, then write such characters as surrogate pairs, as the PDF standard asks."""
        super().addObjects(doc)
        for name, stream in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:"):
                stream.content = _BEYOND.sub(_as_pair, stream.content)


def _as_pair(found: re.Match[str]) -> str:
    """One line of a ToUnicode map in UTF-16."""
    return f"<{found[1]}> <{chr(int(found[2], 16)).encode('utf-16-be').hex().upper()}>"


class Face(dict[str, float]):
    """A loaded typeface: the width of each character that it has, in parts of the size; KeyError for the others."""

    def __init__(self, label: str, file: FontFile) -> None:
        super().__init__()
        self.label = label
        # Only the characters that are used go into a document: a letter that is kept is a quarter smaller for it.
        self.font = _Font(label, str(file.path), subfontIndex=file.index, asciiReadable=False)

    def __missing__(self, char: str) -> float:
        code = ord(char)
        if not self.font.face.charToGlyph.get(code):
            raise KeyError(char)
        width: float = self.font.face.charWidths[code] / 1000
        self[char] = width
        return width

    def has(self, char: str) -> bool:
        """Whether the typeface can print this character."""
        return char in self or bool(self.font.face.charToGlyph.get(ord(char)))
