"""The text of a paper form, to be edited: line numbers at its side, the lines that are at fault marked."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent, QTextCursor, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from taizhang.desk.fonts import chinese_family
from taizhang.desk.theme import colour, look

_EVEN = ("Consolas", "DejaVu Sans Mono", "Noto Sans Mono")  # with letters of one width; Chinese has it anyway
_EDGE = 8  # pixels at either side of a number


class FormText(QPlainTextEdit):
    """A plain text with the numbers of its lines; `mark` shows which are at fault."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("版式的文字")
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self._marked = frozenset[int]()
        self._numbers = _Numbers(self)
        self.blockCountChanged.connect(lambda _count: self._make_room())
        self.updateRequest.connect(self._follow)
        self._dress()

    def mark(self, lines: Iterable[int]) -> None:
        """Mark these lines, counted from 1, and no others."""
        self._marked = frozenset(lines)
        marks = []
        for line in self._marked:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = self._at(line)
            mark.format.setBackground(colour("warning_soft"))
            mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
            marks.append(mark)
        self.setExtraSelections(marks)
        self._numbers.update()

    def go_to(self, line: int) -> None:
        """Put the cursor at the beginning of a line, counted from 1, and the line into the middle."""
        self.setTextCursor(self._at(line))
        self.centerCursor()
        self.setFocus()

    def put_in(self, text: str) -> None:
        """Set a text where the cursor is, as one step that Ctrl+Z takes back."""
        self.textCursor().insertText(text)
        self.setFocus()

    def replace_all(self, text: str) -> None:
        """Put another text in the place of the whole, as one step that Ctrl+Z takes back."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.go_to(1)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the size of the type and the colours."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._make_room()
            self.mark(self._marked)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the numbers as high as the text."""
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._numbers.setGeometry(QRect(inside.left(), inside.top(), self.numbers_width(), inside.height()))

    def numbers_width(self) -> int:
        """How much room the numbers take, in pixels."""
        digits = max(len(str(self.blockCount())), 2)
        return self.fontMetrics().horizontalAdvance("9") * digits + 2 * _EDGE

    def paint_numbers(self, painter: QPainter, part: QRect) -> None:
        """Draw the numbers of the lines that are in sight."""
        painter.fillRect(part, colour("ground"))
        painter.setFont(self.font())
        block = self.firstVisibleBlock()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(self.contentOffset()).toRect()
            if place.top() > part.bottom():
                return
            number = block.blockNumber() + 1
            painter.setPen(colour("warning" if number in self._marked else "muted"))
            room = QRect(0, place.top(), self.numbers_width() - _EDGE, place.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(number))
            block = block.next()

    def _dress(self) -> None:
        font = QFont()
        font.setFamilies([*_EVEN, chinese_family()])
        font.setPixelSize(look().size)
        font.setStyleHint(QFont.StyleHint.Monospace)
        self.setFont(font)
        self._make_room()

    def _make_room(self) -> None:
        self.setViewportMargins(self.numbers_width() + 4, 0, 0, 0)

    def _follow(self, part: QRect, scrolled: int) -> None:
        if scrolled:
            self._numbers.scroll(0, scrolled)
        else:
            self._numbers.update(0, part.y(), self._numbers.width(), part.height())

    def _at(self, line: int) -> QTextCursor:
        last = self.blockCount() - 1
        return QTextCursor(self.document().findBlockByNumber(min(max(line - 1, 0), last)))


class _Numbers(QWidget):
    """The strip at the left of the text."""

    def __init__(self, text: FormText) -> None:
        super().__init__(text)
        self._text = text

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the numbers."""
        return QSize(self._text.numbers_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Let the text draw them: it knows where its lines are."""
        painter = QPainter(self)
        self._text.paint_numbers(painter, event.rect())
        painter.end()
