"""One input for each kind of field: what was typed goes to the gate as it is, the gate judges."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from taizhang.core.day import BadDay, parse_day, show
from taizhang.core.field import Field
from taizhang.core.kinds_linked import Choice
from taizhang.desk.picker import Option, Picker, from_codes
from taizhang.desk.widgets import set_role


class Input(QWidget):
    """What every input can do. `raw` is what the gate gets; `shown` is how it reads, for the draft that is kept."""

    changed = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.setAccessibleName(field.label)

    def raw(self) -> object:
        """What stands there now, for the gate."""
        raise NotImplementedError

    def shown(self) -> str:
        """What stands there now, for a reader."""
        raise NotImplementedError

    def put(self, raw: object, shown: str) -> None:
        """Fill the input; nobody is told."""
        raise NotImplementedError

    def suggest(self, text: str) -> None:
        """Say, greyed, what will be filled in when this stays blank."""

    def state(self, state: str) -> None:
        """Mark the input: "" fine, "warning", "error"."""
        for part in (*self.findChildren(QLineEdit), *self.findChildren(QPlainTextEdit)):
            if part.property("state") != state:
                part.setProperty("state", state)
                part.style().unpolish(part)
                part.style().polish(part)

    def _hold(self, part: QWidget) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(part)
        part.setAccessibleName(self.field.label)
        if self.field.help:
            part.setToolTip(self.field.help)
        self.setFocusProxy(part)


class LineInput(Input):
    """A line of text, a number, an amount, a telephone or ID number."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.line = QLineEdit()
        self._hold(self.line)
        self.line.textEdited.connect(self.changed)

    def raw(self) -> object:
        """The text as typed."""
        return self.line.text()

    def shown(self) -> str:
        """The text as typed."""
        return self.line.text()

    def put(self, raw: object, shown: str) -> None:
        """Show the text."""
        del raw
        self.line.setText(shown)

    def suggest(self, text: str) -> None:
        """As the greyed text of the empty line."""
        self.line.setPlaceholderText(text)


class DayInput(LineInput):
    """A day typed in any shape; on leaving it is shown in the usual one."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.line.setPlaceholderText("如 2004.07.01、2004年7月、2004")
        self.line.editingFinished.connect(self._normalise)

    def suggest(self, text: str) -> None:
        """The suggestion, else an example."""
        super().suggest(text or "如 2004.07.01、2004年7月、2004")

    def _normalise(self) -> None:
        try:
            day = parse_day(self.line.text())
        except BadDay:
            return
        if (text := show(day, "dotfull")) != self.line.text():
            self.line.setText(text)


class AreaInput(Input):
    """Text of many lines."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.area = QPlainTextEdit()
        self.area.setTabChangesFocus(True)
        self.area.setFixedHeight(92)
        self._hold(self.area)
        self._quiet = False
        self.area.textChanged.connect(self._edited)

    def raw(self) -> object:
        """The text as typed."""
        return self.area.toPlainText()

    def shown(self) -> str:
        """The text as typed."""
        return self.area.toPlainText()

    def put(self, raw: object, shown: str) -> None:
        """Show the text."""
        del raw
        self._quiet = True
        self.area.setPlainText(shown)
        self._quiet = False

    def suggest(self, text: str) -> None:
        """As the greyed text of the empty area."""
        self.area.setPlaceholderText(text)

    def _edited(self) -> None:
        if not self._quiet:
            self.changed.emit()


class FlagInput(Input):
    """是, 否, or neither: pressing what is chosen takes it back."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._buttons = {word: self._button(word) for word in ("是", "否")}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for made in self._buttons.values():
            layout.addWidget(made)
        layout.addStretch(1)
        self.setFocusProxy(self._buttons["是"])

    def raw(self) -> object:
        """是, 否 or nothing."""
        return self.shown()

    def shown(self) -> str:
        """是, 否 or nothing."""
        return next((word for word, made in self._buttons.items() if made.isChecked()), "")

    def put(self, raw: object, shown: str) -> None:
        """Choose the word."""
        del raw
        for word, made in self._buttons.items():
            made.setChecked(word == shown)

    def _button(self, word: str) -> QPushButton:
        made = QPushButton(word)
        set_role(made, "choice")
        made.setCheckable(True)
        made.setAutoDefault(False)
        made.setAccessibleName(f"{self.field.label}：{word}")
        made.clicked.connect(lambda checked: self._pressed(word, checked))
        return made

    def _pressed(self, word: str, checked: bool) -> None:
        self.put(None, word if checked else "")
        self.changed.emit()


class PickInput(Input):
    """One of many, picked by typing; text that fits nothing goes to the gate, which proposes."""

    def __init__(self, field: Field, picker: Picker) -> None:
        super().__init__(field)
        self.picker = picker
        self._hold(picker)
        picker.textEdited.connect(self.changed)
        picker.picked.connect(lambda _option: self.changed.emit())

    def raw(self) -> object:
        """What was picked, else the text."""
        return self.picker.chosen.raw if self.picker.chosen else self.picker.text()

    def shown(self) -> str:
        """The text."""
        return self.picker.text()

    def put(self, raw: object, shown: str) -> None:
        """Show a choice."""
        self.picker.put(Option(raw, shown) if raw is not None and shown else None)

    def suggest(self, text: str) -> None:
        """As the greyed text of the empty line."""
        self.picker.setPlaceholderText(text or "输入编码、名称或拼音")


def choice_input(field: Field) -> Input:
    """The input of a `Choice`."""
    if not isinstance(field, Choice):
        raise TypeError(field.key)
    made = PickInput(field, Picker(from_codes(field.codes)))
    made.suggest("")
    return made


PLAIN: dict[str, Callable[[Field], Input]] = {
    "text": LineInput,
    "name": LineInput,
    "phone": LineInput,
    "id_card": LineInput,
    "whole": LineInput,
    "money": LineInput,
    "day": DayInput,
    "long_text": AreaInput,
    "flag": FlagInput,
    "choice": choice_input,
}
