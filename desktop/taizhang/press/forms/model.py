"""What a form is once its text has been read: items at places in millimetres, with what is to be filled in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from taizhang.press.page import Paper
from taizhang.press.roles import Role

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands, in mm from the upper left corner of the sheet (of the part, where several share one)."""

    x: float
    y: float
    width: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Type:
    """How text is set: its role, which says the typeface, its size in points, and to which side."""

    role: Role = Role.BODY
    size: float = 12.0
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Ref:
    """A value by its Chinese name: `path` as the ledgers say it (党员, 籍贯), `style` how it is written (大写)."""

    path: tuple[str, ...]
    style: str = ""
    required: bool = False

    @property
    def name(self) -> str:
        """As the form writes it."""
        return ".".join(self.path)


OWN = "本单位"  # heads the names of what the office itself is
EMPTY = "空"  # what 适用 says of a field that must be blank
BY_HAND = Ref(("",))  # what a blank holds that is left for a pen


@dataclass(frozen=True, slots=True)
class Blank:
    """Room of a fixed width in a line (mm), with a line below, in which a value is set; without a name: by hand."""

    ref: Ref
    width: float


@dataclass(frozen=True, slots=True)
class Options:
    """Words of which one holds (男/女): the others are struck out. `words` pairs what is printed with the value."""

    ref: Ref
    words: tuple[tuple[str, str], ...]


# A line or a cell in pieces: printed text; a value that flows with the text; a blank; options.
Piece = str | Ref | Blank | Options


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line from `start` to `end` (mm), `weight` points thick."""

    line: int
    start: tuple[float, float]
    end: tuple[float, float]
    weight: float = 0.5
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    line: int
    place: Place
    weight: float = 0.5
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text on the base line `place.y`, which does not wrap; `place.x` is its left, right or middle."""

    line: int
    place: Place
    type: Type
    pieces: tuple[Piece, ...]
    vertical: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text that wraps inside its place and shrinks to a floor; `indent` is that of the first line, in characters."""

    line: int
    place: Place
    type: Type
    pieces: tuple[Piece, ...]
    indent: float = 0.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo, kept in proportion inside its place; where there is none, `words` stand there."""

    line: int
    place: Place
    ref: Ref
    words: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid: `across` columns wide and `down` rows high, with text, or with a photo alone."""

    line: int
    row: int
    column: int
    across: int
    down: int
    pieces: tuple[Piece, ...]
    picture: Ref | None = None
    heading: bool = False  # a label: it holds no value


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled grid; `columns` and `rows` are widths and heights in mm."""

    line: int
    place: Place
    type: Type
    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list."""

    line: int
    heading: str
    width: float
    pieces: tuple[Piece, ...]
    align: Align = "center"


@dataclass(frozen=True, slots=True)
class Roll:
    """A ruled list with a row for each record, from `place.y` down to `bottom` and on over the next pages.

    `source`: the field of the record that names those listed (整建制); without it, the records that are printed.
    `least`: rows on the last page at least, so that blank ones can be filled by hand.
    """

    line: int
    place: Place
    type: Type
    columns: tuple[ListColumn, ...]
    row: float
    bottom: float
    source: Ref | None = None
    least: int = 0


Item = Rule | Box | Line | Paragraph | Picture | Grid | Roll


@dataclass(frozen=True)
class Form:
    """One form. `ledger` is the title of the ledger whose records fill it.

    `parts`: so many records share one sheet, each `part_height` mm high. `fits`: the record is one for this form when
    these fields show these texts. `kept`: what is printed counts, and is kept byte for byte. `stock`: there is
    pre-printed paper for it, on which only the values are printed. `pages`: items by page.
    """

    key: str
    title: str
    ledger: str
    paper: Paper
    pages: tuple[tuple[Item, ...], ...]
    parts: int = 1
    fits: tuple[tuple[str, tuple[str, ...]], ...] = ()
    kept: bool = False
    stock: bool = False
    about: str = ""
    text: str = field(default="", repr=False, compare=False)  # as it was written
    file: str = field(default="", compare=False)
    lines: Mapping[str, int] = field(default_factory=dict, repr=False, compare=False)  # where 名称, 台账 … stand

    def items(self) -> Iterator[Item]:
        """Every item of every page."""
        for page in self.pages:
            yield from page

    @property
    def rolls(self) -> bool:
        """Whether all records together make one list, instead of a sheet for each."""
        return any(isinstance(item, Roll) and item.source is None for item in self.items())
