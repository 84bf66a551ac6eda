"""Reading a printed PDF back: every piece of text with its place, size and width, and every line."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

_CMAP = re.compile(r"<(\w\w)> <(\w+)>")


@dataclass(frozen=True)
class Word:
    """A piece of text as it was set; x and y of its base line's beginning, widths in points."""

    text: str
    x: float
    y: float
    size: float
    width: float
    font: str


@dataclass
class Page:
    """One page: its text in the order of setting, its lines as (x1, y1, x2, y2), its boxes as their corners.

    `weights` are those of lines and boxes in the order of drawing; `pictures` as x, y, width and height.
    """

    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    lines: list[tuple[float, float, float, float]] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)
    weights: list[tuple[float, tuple[float, float, float, float]]] = field(default_factory=list)
    pictures: list[tuple[float, float, float, float]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text of the page."""
        return "\n".join(word.text for word in self.words)

    @property
    def columns(self) -> list[float]:
        """The x of every vertical line of the table."""
        (box,) = self.boxes
        return sorted({box[0], box[2], *(x1 for x1, _, x2, _ in self.lines if x1 == x2)})

    @property
    def rows(self) -> list[float]:
        """The y of every horizontal line of the table, from above."""
        (box,) = self.boxes
        return sorted({box[1], box[3], *(y1 for _, y1, _, y2 in self.lines if y1 == y2)}, reverse=True)

    def cells(self) -> list[list[list[Word]]]:
        """The words in each cell of each row of the table; the row of headings first."""
        xs, ys = self.columns, self.rows
        cells: list[list[list[Word]]] = [[[] for _ in xs[1:]] for _ in ys[1:]]
        for word in self.words:
            across = [number for number, x in enumerate(xs[:-1]) if x <= word.x < xs[number + 1]]
            down = [number for number, y in enumerate(ys[:-1]) if ys[number + 1] < word.y <= y]
            if across and down:
                cells[down[0]][across[0]].append(word)
        return cells


def read_pdf(data: bytes) -> list[Page]:
    """Every page of a PDF that this program wrote."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [_read(page) for page in pdf.pages]


def _read(page: Any) -> Page:
    _, _, width, height = map(float, page.mediabox)
    read = Page(width, height)
    _read_stream(read, page)
    return read


def _read_stream(read: Page, stream: Any) -> None:
    """Read a page, or a drawing that is shown on it, in the order of drawing."""
    read.words.extend(_words(stream))
    start, weight, matrix = (0.0, 0.0), 0.0, [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
    for operands, operator in _operations(stream):
        numbers = [float(one) for one in operands] if operator in {"m", "l", "re", "w", "cm"} else []
        if operator == "m":
            start = (numbers[0], numbers[1])
        elif operator == "l":
            read.lines.append((*start, numbers[0], numbers[1]))
            read.weights.append((weight, read.lines[-1]))
        elif operator == "re":
            x, y, w, h = numbers
            read.boxes.append((x, round(y + h, 2), round(x + w, 2), y))
            read.weights.append((weight, read.boxes[-1]))
        elif operator == "w":
            weight = numbers[0]
        elif operator == "cm":
            matrix = numbers
        elif operator == "Do":
            drawing = stream.Resources.XObject[operands[0]]
            if drawing.Subtype == "/Form":
                _read_stream(read, drawing)
            else:
                wide, _, _, tall, x, y = matrix
                read.pictures.append((x, y, wide, tall))


def _operations(page: Any) -> Iterator[tuple[Any, str]]:
    for one in pikepdf.parse_content_stream(page):
        yield one.operands, str(one.operator)


def _words(page: Any) -> Iterator[Word]:
    fonts = {name: _Font(font) for name, font in page.Resources.get("/Font", {}).items() if "/ToUnicode" in font}
    font, size, x, y = "", 0.0, 0.0, 0.0
    for operands, operator in _operations(page):
        if operator == "Tf":
            font, size = str(operands[0]), float(operands[1])
        elif operator == "Tm":
            x, y = float(operands[4]), float(operands[5])
        elif operator == "Tj":
            codes = bytes(operands[0])
            width = fonts[font].width(codes) * size
            yield Word(fonts[font].text(codes), x, y, size, width, fonts[font].name)
            x += width


class _Font:
    """What is needed of a font of the document: its codes as text, and their widths in parts of the size."""

    def __init__(self, font: Any) -> None:
        self.name = str(font.BaseFont)
        self._widths = [float(width) / 1000 for width in font.Widths]
        pairs = _CMAP.findall(font.ToUnicode.read_bytes().decode())
        self._chars = {int(code, 16): bytes.fromhex(char).decode("utf-16-be") for code, char in pairs[1:]}

    def width(self, codes: bytes) -> float:
        return sum(self._widths[code] for code in codes)

    def text(self, codes: bytes) -> str:
        return "".join(self._chars[code] for code in codes)
