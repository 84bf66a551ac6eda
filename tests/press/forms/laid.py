"""A printed letter as its lines lie on the sheet: text and place in mm from the upper left corner."""

from collections.abc import Iterable
from dataclasses import dataclass

from taizhang.press.page import MM
from tests.press.reading import Page, Word

CELLS = (24.0, 186.0)  # mm: what stands left and right of these is upright, in the narrow cells
STUB = 70.0  # mm: only the stub, which ends here, has such a cell at the left
_SAME = 1.6  # mm: base lines of one line, where a smaller value is set in two


@dataclass(frozen=True)
class Laid:
    """One line: without its spaces, from where to where, and its base line; all in mm."""

    text: str
    left: float
    right: float
    y: float


def lines_of(page: Page) -> list[Laid]:
    """The lines from the top down, what stands in the narrow cells left out."""
    words = sorted((word for word in page.words if not _upright(page, word)), key=lambda word: -word.y)
    rows: list[list[Word]] = []
    for word in words:
        if rows and rows[-1][0].y - word.y < _SAME * MM and not _covers(rows[-1], word):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_line(page, row) for row in rows]


def upright(page: Page, *, left: bool, top: float, bottom: float) -> str:
    """What stands in a narrow cell between two heights (mm)."""
    words = [word for word in page.words if _upright(page, word) and (word.x < CELLS[0] * MM) == left]
    down = sorted((page.height - word.y, word.text) for word in words)
    return "".join(text for y, text in down if top < y / MM < bottom)


def cuts(page: Page) -> list[float]:
    """The heights (mm) of the lines that go over the whole sheet, along which it is cut."""
    wide = {round((page.height - y) / MM, 1) for x, y, to, _ in page.lines if to - x > 190 * MM}
    return sorted(wide)


def strokes(page: Page, words: str) -> list[str]:
    """Which of the words (男/女) are struck out, wherever they are printed."""
    found = []
    for word in (word for word in page.words if word.text == words):
        each = word.width / len(word.text)
        struck = ""
        for number, char in enumerate(word.text):
            middle = word.x + (number + 0.5) * each
            over = [line for line in page.lines if line[0] < middle < line[2] and 0 < line[1] - word.y < word.size]
            struck += char if over else ""
        found.append(struck)
    return found


def _upright(page: Page, word: Word) -> bool:
    """A single character in one of the narrow cells."""
    at_left = word.x < CELLS[0] * MM and page.height - word.y < STUB * MM
    return len(word.text) == 1 and (at_left or word.x > CELLS[1] * MM)


def _covers(row: Iterable[Word], word: Word) -> bool:
    return any(one.x < word.x + word.width - 1 and word.x < one.x + one.width - 1 for one in row)


def _line(page: Page, row: list[Word]) -> Laid:
    row = sorted(row, key=lambda word: word.x)
    text = "".join("".join(word.text.split()) for word in row)
    right = max(word.x + word.width for word in row)
    return Laid(text, row[0].x / MM, right / MM, (page.height - row[0].y) / MM)
