"""Text and lines written straight into a PDF page: the quick way for pages that hold thousands of strings."""

from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from taizhang.press.fonts import Typefaces
from taizhang.press.roles import Role

Piece = tuple[str, str]  # a font of the document, and the codes of a string in it, in hexadecimal


class Ink:
    """Collects what is drawn on one page after the other; lengths in points from the lower left corner."""

    def __init__(self, canvas: Canvas, faces: Typefaces) -> None:
        self._canvas = canvas
        # Fonts are numbered per document, which the canvas shows nowhere else.
        self._document: Any = vars(canvas)["_doc"]
        self._faces = faces
        self._pieces: dict[tuple[Role, str], list[Piece]] = {}
        self._texts: list[str] = []
        self._lines: list[str] = []
        self._font = ""

    def text(self, x: float, y: float, text: str, role: Role, size: float) -> None:
        """Set one line of text with its base line beginning at (x, y)."""
        key = role, text
        pieces = self._pieces.get(key)
        if pieces is None:
            pieces = self._pieces[key] = self._encode(role, text)
        place = f"1 0 0 1 {x:.2f} {y:.2f} Tm "
        for font, codes in pieces:
            setting = f"{font} {size:g} Tf "
            if setting == self._font:
                setting = ""
            else:
                self._font = setting
            self._texts.append(f"{setting}{place}<{codes}> Tj")
            place = ""

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """A straight line of the present width."""
        self._lines.append(f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l")

    def box(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """A rectangle of the present width."""
        self._lines.append(f"{x1:.2f} {y1:.2f} {x2 - x1:.2f} {y2 - y1:.2f} re")

    def stroke(self, width: float, dash: str = "") -> None:
        """Draw the lines and boxes collected so far, `width` points thick; `dash`: lengths of strokes and gaps."""
        dashes = (f"[{dash}] 0 d", "[] 0 d") if dash else ("", "")
        self._canvas.addLiteral("\n".join(filter(None, (f"{width:g} w", dashes[0], *self._lines, "S", dashes[1]))))
        self._lines.clear()

    def picture(self, picture: ImageReader, x: float, y: float, width: float, height: float) -> None:
        """A picture with its lower left corner at (x, y); the same one is stored once."""
        self._canvas.drawImage(picture, x, y, width, height)

    def end_form(self) -> None:
        """Write the text of what is drawn once and shown on many pages, begun by the canvas's `beginForm`."""
        self._write()
        self._canvas.endForm()

    def end_page(self) -> None:
        """Write the text of this page, and turn to the next."""
        self._write()
        self._canvas.showPage()

    def _write(self) -> None:
        self._canvas.addLiteral("\n".join(("BT", *self._texts, "ET")))
        self._texts.clear()
        self._font = ""

    def _encode(self, role: Role, text: str) -> list[Piece]:
        """The codes of a text in the fonts of this document."""
        return [
            (font.getSubsetInternalName(subset, self._document), codes.hex())
            for face, run in self._faces.runs(role, text)
            for font in (face.font,)
            for subset, codes in font.splitString(run, self._document)
        ]
