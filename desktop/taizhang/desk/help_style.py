"""How a help page looks: Markdown made into a document with room to breathe, in the colours of the window."""

from PySide6.QtGui import (
    QBrush,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrame,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from taizhang.desk.fonts import chinese_family
from taizhang.desk.theme import colour, look

_LINE_HEIGHT, _CELL_LINE_HEIGHT = 155, 120  # percent
_HEADINGS = {1: 1.55, 2: 1.2}  # level -> size in parts of the body's


def styled(markdown: str) -> QTextDocument:
    """The document of one page, in the look that is on now."""
    document = QTextDocument()
    em = look().size
    font = QFont(chinese_family())
    font.setPixelSize(em)
    document.setDefaultFont(font)
    document.setDocumentMargin(24)
    document.setIndentWidth(20)
    document.setMarkdown(markdown)
    block = document.begin()
    while block.isValid():
        _style_block(block, em)
        block = block.next()
    _style_links(document)
    for frame in document.rootFrame().childFrames():
        _style_table(frame)
    return document


def _style_block(block: QTextBlock, em: int) -> None:
    cursor = QTextCursor(block)
    level = block.blockFormat().headingLevel()
    shape = QTextBlockFormat()
    in_table = cursor.currentTable() is not None
    height = _CELL_LINE_HEIGHT if in_table else _LINE_HEIGHT
    shape.setLineHeight(height, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if level:
        shape.setTopMargin(0 if level == 1 else em * 1.1)
        shape.setBottomMargin(em * 0.4)
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        large = QFont(block.document().defaultFont())
        large.setPixelSize(round(em * _HEADINGS.get(level, 1)))
        large.setBold(True)
        letters = QTextCharFormat()
        letters.setFont(large)
        cursor.setCharFormat(letters)
    elif block.textList() is not None:
        shape.setBottomMargin(em * 0.25)
    else:
        shape.setBottomMargin(0 if in_table else em * 0.6)
    QTextCursor(block).mergeBlockFormat(shape)


def _style_links(document: QTextDocument) -> None:
    """Qt gives links the colour of its own theme when it reads Markdown; ours is the theme's."""
    letters = QTextCharFormat()
    letters.setForeground(colour("accent"))
    letters.setFontUnderline(False)
    block = document.begin()
    while block.isValid():
        pieces = block.begin()
        spans = []
        while not pieces.atEnd():
            piece = pieces.fragment()
            if piece.charFormat().isAnchor():
                spans.append((piece.position(), piece.length()))
            pieces += 1
        for start, length in spans:
            cursor = QTextCursor(document)
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(letters)
        block = block.next()


def _style_table(frame: QTextFrame) -> None:
    if not isinstance(frame, QTextTable):
        return
    shape = frame.format()
    shape.setBorderCollapse(True)
    shape.setBorder(1)
    shape.setBorderBrush(QBrush(colour("line")))
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setCellPadding(7)
    shape.setCellSpacing(0)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    frame.setFormat(shape)
