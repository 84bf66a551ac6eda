"""How far the values are moved on pre-printed paper: typed, or pushed by arrows, a tenth of a millimetre each."""

from functools import partial
from unicodedata import normalize

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from taizhang.desk.widgets import button, label

_STEP, _MOST = 0.1, 30.0  # mm


class OffsetPicker(QWidget):
    """Two lengths in mm, to the right and down; `changed` tells of each change by the user."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.across, self.down = _Length("左右", "右", "左"), _Length("上下", "下", "上")
        self.arrows = {
            name: button("", icon, role="quiet", tip=tip, key=f"Alt+{name}", on=partial(part.push, by))
            for name, icon, tip, part, by in (
                ("Left", "arrow-left", "往左 0.1 毫米", self.across, -1),
                ("Right", "arrow-right", "往右 0.1 毫米", self.across, 1),
                ("Up", "arrow-up", "往上 0.1 毫米", self.down, -1),
                ("Down", "arrow-down", "往下 0.1 毫米", self.down, 1),
            )
        }
        self.said = label("", "small", wrap=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(6)
        for line, (part, names) in enumerate(((self.across, ("Left", "Right")), (self.down, ("Up", "Down")))):
            parts = (
                label(part.accessibleName(), "muted"),
                part,
                label("毫米", "muted"),
                *(self.arrows[name] for name in names),
            )
            for place, one in enumerate(parts):
                grid.addWidget(one, line, place)
            part.changed.connect(self._moved)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.said, 2, 0, 1, 5)
        self._say()

    def offset(self) -> tuple[float, float]:
        """How far to the right and how far down, in mm; less than nothing is to the left and up."""
        return self.across.value, self.down.value

    def put(self, across: float, down: float) -> None:
        """Show these lengths; nobody is told."""
        self.across.put(across)
        self.down.put(down)
        self._say()

    def _moved(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        parts = [
            f"向{words[0] if length > 0 else words[1]}挪 {abs(length):.1f} 毫米"
            for length, words in ((self.across.value, "右左"), (self.down.value, "下上"))
            if length
        ]
        self.said.setText("、".join(parts) or "没有挪动")


class _Length(QLineEdit):
    """A length in mm, to the tenth. What is no number counts as it was before, and is shown so on leaving."""

    changed = Signal()

    def __init__(self, name: str, more: str, less: str) -> None:
        super().__init__("0.0")
        self.value = 0.0
        self.setAccessibleName(name)
        self.setToolTip(f"正数往{more}，负数往{less}；按 ↑ ↓ 键每次 0.1 毫米")
        self.setMinimumWidth(50)
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(lambda: self.put(self.value))

    def put(self, value: float) -> None:
        """Show this length; nobody is told."""
        self.value = round(min(max(value, -_MOST), _MOST), 1) + 0.0  # no minus before nothing
        self.setText(f"{self.value:.1f}")

    def push(self, by: int) -> None:
        """Make it longer or shorter by so many tenths."""
        before = self.value
        self.put(self.value + by * _STEP)
        if self.value != before:
            self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """↑ and ↓ count up and down."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.push(step)
        else:
            super().keyPressEvent(event)

    def _typed(self, text: str) -> None:
        try:
            value = float(normalize("NFKC", text).replace("。", ".").replace("−", "-") or 0)
        except ValueError:
            return
        value = round(min(max(value, -_MOST), _MOST), 1) if value == value else self.value  # noqa: PLR0124 - not NaN
        if value != self.value:
            self.value = value + 0.0
            self.changed.emit()
