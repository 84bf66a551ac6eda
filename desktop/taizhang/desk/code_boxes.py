"""Eight boxes of six digits for the recovery code: one goes on into the next, a wrong group is said at once."""

import re
from unicodedata import normalize

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from taizhang.core.recovery_code import DIGITS, GROUPS, is_group
from taizhang.desk.theme import look
from taizhang.desk.widgets import GAP, column, label

_ACROSS = 4
_MOST = 120  # characters: a whole code may be pasted into any box
_WRONG = "这一组不对，请核对"


class CodeBoxes(QWidget):
    """`finished`: Enter was pressed in the last box."""

    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes = [QLineEdit(maxLength=_MOST) for _group in range(GROUPS)]
        self.notes = [label(" ", "finding") for _group in range(GROUPS)]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP + 4)
        for at, box in enumerate(self.boxes):
            box.setAccessibleName(f"第 {at + 1} 组")
            box.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
            box.setFixedWidth(look().size * 9)
            box.installEventFilter(self)
            box.textEdited.connect(lambda text, at=at: self._typed(at, text))
            box.returnPressed.connect(lambda at=at: self._on(at))
            block = column(label(f"第 {at + 1} 组", "small"), box, self.notes[at], gap=2)
            grid.addLayout(block, at // _ACROSS, at % _ACROSS)
        grid.setColumnStretch(_ACROSS, 1)
        self.setFocusProxy(self.boxes[0])

    def code(self) -> str:
        """The code as it stands."""
        return "-".join(box.text() for box in self.boxes)

    def look_again(self) -> None:
        """Go to the first group that cannot be right."""
        wrong = (box for box in self.boxes if not is_group(box.text()))
        (box := next(wrong, self.boxes[0])).setFocus()
        box.selectAll()

    def forget(self) -> None:
        """Empty every box."""
        for at, box in enumerate(self.boxes):
            box.clear()
            self._judge(at)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Backspace in an empty box goes on in the one before."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QLineEdit):
            at = self.boxes.index(watched)
            if event.key() == Qt.Key.Key_Backspace and not watched.text() and at:
                self.boxes[at - 1].setFocus()
        return super().eventFilter(watched, event)

    def _typed(self, at: int, text: str) -> None:
        """Keep the digits, half or full width; what is too long for this box goes into those that follow."""
        place = self.boxes[at].cursorPosition()
        digits = re.sub(r"[^0-9]", "", normalize("NFKC", text))
        if digits != text or len(digits) > DIGITS:
            self.boxes[at].setText(digits[:DIGITS])
            self.boxes[at].setCursorPosition(min(place, len(digits), DIGITS))
        self._judge(at)
        rest, full = digits[DIGITS:], len(digits) >= DIGITS and self.boxes[at].cursorPosition() == DIGITS
        if at + 1 == GROUPS or not (full or rest):
            return
        if len(rest) > 1 or (rest and not self.boxes[at + 1].text()):
            self.boxes[at + 1].setText(rest)
            self.boxes[at + 1].setFocus()
            self._typed(at + 1, rest)
        elif is_group(digits[:DIGITS]):
            self.boxes[at + 1].setFocus()

    def _on(self, at: int) -> None:
        if at + 1 == GROUPS:
            self.finished.emit()
        else:
            self.boxes[at + 1].setFocus()

    def _judge(self, at: int) -> None:
        box = self.boxes[at]
        wrong = len(box.text()) == DIGITS and not is_group(box.text())
        self.notes[at].setText(_WRONG if wrong else " ")
        box.setProperty("state", "error" if wrong else "")
        box.style().unpolish(box)
        box.style().polish(box)
