"""Icons: Phosphor's glyphs from QtAwesome, drawn in the colour that a token has at the moment of drawing.

The font and its table are read from QtAwesome's folder without importing it: that import alone costs as much as an
empty window takes to open.
"""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from taizhang.desk.theme import colour


def icon(name: str, ink: str = "text", on: str = "") -> QIcon:
    """The Phosphor icon `name` ("users", "ph.users") in the colour of the token `ink`; of `on` while checked."""
    return QIcon(_Glyph(glyph(name), ink, on or ink))


def pixmap(name: str, ink: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of `size` logical pixels, for labels; `ratio` is the device pixel ratio."""
    return icon(name, ink).pixmap(QSize(size, size), ratio)


def glyph(name: str) -> str:
    """The character that draws `name`; an icon that Phosphor does not have is our bug (`KeyError`)."""
    return chr(int(_table()[name.removeprefix("ph.")], 16))


class _Glyph(QIconEngine):
    """Draws one character of the icon font; keeps no pixels, so that a change of look needs no new icons."""

    def __init__(self, char: str, ink: str, on: str) -> None:
        super().__init__()
        self._char, self._ink, self._on = char, ink, on

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the glyph in the middle of `rect`."""
        ink = self._on if state == QIcon.State.On else self._ink
        font = QFont(_family())
        font.setPixelSize(max(round(rect.height() * 0.96), 1))
        painter.save()
        painter.setFont(font)
        painter.setPen(colour("muted" if mode == QIcon.Mode.Disabled else ink))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._char)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The glyph as a transparent picture of `size` device pixels."""
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        """Another engine that draws the same."""
        return _Glyph(self._char, self._ink, self._on)


@cache
def _table() -> dict[str, str]:
    """Every icon's name and the code of its character, in hexadecimal figures."""
    table: dict[str, str] = json.loads(next(_folder().glob("phosphor-charmap-*.json")).read_text(encoding="utf-8"))
    return table


def _folder() -> Path:
    found = find_spec("qtawesome")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("qtawesome")
    return Path(found.origin).parent / "fonts"


@cache
def _family() -> str:
    number = QFontDatabase.addApplicationFont(str(next(_folder().glob("phosphor-*.ttf"))))
    return QFontDatabase.applicationFontFamilies(number)[0]
