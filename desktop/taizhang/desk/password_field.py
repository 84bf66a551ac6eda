"""Inputs for passwords: hidden, without an input method, and a new one twice, with a word on its strength."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from taizhang.core.access import weakness
from taizhang.desk.widgets import column, label, row, set_role

_HINTS = (
    Qt.InputMethodHint.ImhHiddenText
    | Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
    | Qt.InputMethodHint.ImhPreferLatin
)
_MOST = 128  # characters
CAPITALS = "大写锁定（Caps Lock）开着。"


class PasswordField(QLineEdit):
    """A line for a password, called `name`. No input method: it would remember what is typed, and guess at it.

    `capitals`: Caps Lock is on, as far as the letters typed tell; `typed` with each key.
    """

    typed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMaxLength(_MOST)
        self.capitals = False
        self.textChanged.connect(self._emptied)
        self.show_typed(shown=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """A letter tells whether Caps Lock is on: a capital without Shift, or a small one with it."""
        letter = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self.capitals = False  # the next letter will tell
        elif len(letter) == 1 and letter.isascii() and letter.isalpha():
            self.capitals = letter.isupper() != bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.typed.emit()
        super().keyPressEvent(event)

    def _emptied(self, text: str) -> None:
        self.capitals = self.capitals and bool(text)

    def show_typed(self, *, shown: bool) -> None:
        """Show what is typed, or dots."""
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.setInputMethodHints(_HINTS)  # a change of the echo gives them away
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)


class NewPassword(QWidget):
    """A new password, typed twice. `changed` with every key; `finished` when Enter is pressed in the second line."""

    changed = Signal()
    finished = Signal()

    def __init__(self, empty: str = "", user: QLineEdit | None = None, parent: QWidget | None = None) -> None:
        """`empty`: what it means to type none, where that may be.

        With `user`, the line for the name, all three stand side by side to save height, and `shown` is left to place.
        """
        super().__init__(parent)
        self._empty = empty
        self.first, self.again = PasswordField("密码"), PasswordField("再输一次密码")
        self.hint = label("", "small", wrap=True)
        self.shown = QCheckBox("显示密码")
        named = {"使用者姓名": user, "密码": self.first, "再输一次": self.again}
        lines = (row if user else column)()
        for text, line in named.items():
            if line is not None:
                lines.addLayout(column(label(text, "muted"), line, gap=4))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(lines)
        layout.addWidget(self.hint)
        if user is None:
            layout.addWidget(self.shown)
        for line in (self.first, self.again):
            line.textChanged.connect(self._typed)
            line.typed.connect(self._typed)
        self.first.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self.finished.emit)
        self.shown.toggled.connect(self._show)
        self._typed()

    @property
    def text(self) -> str:
        """The password as typed in the first line."""
        return self.first.text()

    def problem(self) -> str | None:
        """Why this is no password yet; None when it is one, or when nothing is typed and nothing is needed."""
        if not self.text and not self.again.text():
            return None if self._empty else "请输入密码。"
        if self.text != self.again.text():
            return "两次输入的密码不一样。" if self.again.text() else "请把密码再输一次。"
        return None

    def forget(self) -> None:
        """Empty both lines."""
        self.first.clear()
        self.again.clear()

    def _show(self, on: bool) -> None:
        for line in (self.first, self.again):
            line.show_typed(shown=on)

    def _typed(self) -> None:
        typed, again = self.text, self.again.text()
        if not typed and not again:
            self._say(self._empty or "8 位以上；几个不相干的词最好记，也最难猜。", "")
        elif self.first.capitals or self.again.capitals:
            self._say(f"{CAPITALS}以后也要开着才能打开；不是有意的，请关掉重输。", "warning")
        elif again and not typed.startswith(again):
            self._say("两次输入的密码不一样。", "warning")
        elif weak := weakness(typed):
            self._say(weak, "warning")
        else:
            self._say("两次一样，可以用。" if again == typed else "够长了，请再输一次。", "ok")
        self.changed.emit()

    def _say(self, text: str, tone: str) -> None:
        self.hint.setText(text)
        set_role(self.hint, "small", tone)
