"""A line in which one picks from many by typing: code, label, pinyin or initials."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from taizhang.core.codes import CodeTable
from taizhang.core.hanzi import pinyin_forms
from taizhang.core.text import clean
from taizhang.desk.icons import icon


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to pick: `raw` is what the gate gets, `text` what the line shows, `hint` follows it in the list."""

    raw: object
    text: str
    hint: str = ""


# (typed text, deliver): deliver the options that fit, at once or later; an empty text asks for all.
Source = Callable[[str, Callable[[list[Option]], None]], None]


class Picker(QLineEdit):
    """Type to narrow the list, arrow keys and Enter to pick; what is typed and not picked stays as text."""

    picked = Signal(object)  # Option

    def __init__(self, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._options: list[Option] = []
        self._chosen: Option | None = None
        self._model = QStringListModel(self)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(10)
        completer.setWidget(self)
        completer.activated[QModelIndex].connect(self._activated)  # type: ignore[index]  # PySide's stubs know no overloads
        self._completer = completer
        self.textEdited.connect(self._typed)
        opens = self.addAction(icon("caret-down", "muted"), QLineEdit.ActionPosition.TrailingPosition)
        opens.triggered.connect(self._open)

    @property
    def chosen(self) -> Option | None:
        """What was picked, None while the text is only typed."""
        return self._chosen

    def put(self, option: Option | None) -> None:
        """Show a choice without telling anyone."""
        self._chosen = option
        self.setText(option.text if option else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """↓ opens the whole list; Enter and Esc belong to the open list first."""
        popup = self._completer.popup()
        if popup and popup.isVisible() and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
            event.ignore()
            return
        if event.key() == Qt.Key.Key_Down:
            self._ask("")
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click opens the whole list."""
        super().mousePressEvent(event)
        self._ask("")

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """What was typed in full counts as picked when one leaves."""
        super().focusOutEvent(event)
        if self._chosen is None and (text := clean(self.text())):
            same = [option for option in self._options if text == option.text]
            if len(same) == 1:
                self._take(same[0])

    def _open(self) -> None:
        self.setFocus()
        self._ask("")

    def _typed(self, text: str) -> None:
        self._chosen = None
        self._ask(clean(text))

    def _ask(self, text: str) -> None:
        self._source(text, self._offer)

    def _offer(self, options: list[Option]) -> None:
        if not self.hasFocus():
            return
        self._options = options
        self._model.setStringList([_shown(option) for option in options])
        if options:
            self._completer.complete()
        elif popup := self._completer.popup():
            popup.hide()

    def _activated(self, index: QModelIndex) -> None:
        self._take(self._options[index.row()])

    def _take(self, option: Option) -> None:
        self.put(option)
        self.picked.emit(option)


def from_codes(table: CodeTable) -> Source:
    """The lines of a code table; "nothing" is offered first, so that a choice can be emptied."""
    options = [Option(code.code, code.label, code.code) for code in table.codes]
    words = [(option, (option.text, option.hint, *pinyin_forms(option.text))) for option in options]

    def source(text: str, deliver: Callable[[list[Option]], None]) -> None:
        typed = text.lower().replace(" ", "")
        if not typed:
            deliver([Option("", "", "（不填）"), *options])
            return
        begins = [option for option, forms in words if any(form.startswith(typed) for form in forms)]
        within = [option for option, forms in words if typed in forms[0] and option not in begins]
        deliver([*begins, *within])

    return source


def _shown(option: Option) -> str:
    return f"{option.text}　{option.hint}" if option.text and option.hint else option.text or option.hint
