"""The small parts every page is built of; all their colours come from the style sheet, by `role` and `tone`."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from taizhang.desk.icons import icon, pixmap

PAD, GAP = 18, 12
HIDDEN = "个人信息已遮盖，按 F9 显示。"
_Box = TypeVar("_Box", QHBoxLayout, QVBoxLayout)


def set_role(widget: QWidget, role: str, tone: str = "") -> None:
    """Give a widget its place in the style sheet, and dress it anew when it already had one."""
    widget.setProperty("role", role)
    widget.setProperty("tone", tone)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else it is dressed when it is first shown
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def label(text: str = "", role: str = "body", *, wrap: bool = False) -> QLabel:
    """A line of text: "title", "heading", "body", "muted", "small", "figure" or "section"."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    set_role(made, role)
    return made


def button(
    text: str,
    icon_name: str = "",
    *,
    role: str = "",
    on: Callable[[], object] | None = None,
    key: str = "",
    tip: str = "",
) -> QPushButton:
    """A button: `role` "" (framed), "primary", "quiet" (no frame), "link". `key`: its shortcut, said in the tip."""
    made = QPushButton(text)
    if icon_name:
        made.setIcon(icon(icon_name, "on_accent" if role == "primary" else "text"))
        made.setIconSize(QSize(16, 16))
    set_role(made, role)
    made.setAutoDefault(False)
    if key:
        made.setShortcut(QKeySequence(key))
    made.setToolTip(" ".join(part for part in (tip or text, key and f"（{key}）") if part))
    made.setAccessibleName(tip or text)
    if on:
        _press(made, on)
    return made


def chip(
    text: str, tone: str = "plain", *, closes: bool = False, on: Callable[[], object] | None = None
) -> QPushButton:
    """A rounded word: `tone` "plain", "accent", "warning", "ok"; `closes` shows ✕; `on`: what pressing does."""
    made = QPushButton(text)
    set_role(made, "chip", tone)
    made.setAutoDefault(False)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    if closes:
        made.setIcon(icon("x", tone if tone in {"accent", "warning", "ok"} else "text"))
        made.setIconSize(QSize(12, 12))
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    if on:
        _press(made, on)
    else:
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return made


def _press(made: QPushButton, on: Callable[[], object]) -> None:
    def pressed(_checked: bool = False) -> None:
        on()

    made.clicked.connect(pressed)


class Panel(QFrame):
    """A framed surface with a layout, the card that most things lie on."""

    def __init__(self, parent: QWidget | None = None, *, pad: int = PAD, gap: int = GAP, flat: bool = False) -> None:
        super().__init__(parent)
        set_role(self, "flat" if flat else "panel")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(pad, pad, pad, pad)
        self.body.setSpacing(gap)


class SearchBox(QLineEdit):
    """A line to search in: magnifier at the left, ✕ once something stands there, Esc empties it."""

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.addAction(icon("magnifying-glass", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._empty = self.addAction(icon("x", "muted"), QLineEdit.ActionPosition.TrailingPosition)
        self._empty.setToolTip("清空")
        self._empty.setVisible(False)
        self._empty.triggered.connect(self.clear)
        self.textChanged.connect(lambda text: self._empty.setVisible(bool(text)))


class Banner(QFrame):
    """A line that says something in place, with what can be done about it; `tone` "warning", "ok" or "plain"."""

    def __init__(self, text: str, tone: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "banner", tone)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP, 8, 8, 8)
        self.text = label(text, wrap=True)
        self.text.setProperty("tone", tone)
        row.addWidget(self.text, 1)
        self._row = row

    def say(self, text: str, tone: str = "") -> None:
        """Say something else."""
        self.text.setText(text)
        set_role(self.text, "body", tone)
        set_role(self, "banner", tone)

    def offer(self, text: str, on: Callable[[], object]) -> QPushButton:
        """Add a button for what can be done."""
        made = button(text, role="quiet", on=on)
        self._row.addWidget(made)
        return made


def hairline(*, vertical: bool = False) -> QFrame:
    """One line of one pixel between two areas."""
    made = QFrame()
    set_role(made, "hairline")
    if vertical:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


def row(*parts: QWidget | int | None, gap: int = 8) -> QHBoxLayout:
    """Parts side by side; a number is that much room, None is room that stretches."""
    return _filled(QHBoxLayout(), parts, gap)


def column(*parts: QWidget | int | None, gap: int = GAP) -> QVBoxLayout:
    """Parts one below the other; a number is that much room, None is room that stretches."""
    return _filled(QVBoxLayout(), parts, gap)


def _filled(layout: _Box, parts: tuple[QWidget | int | None, ...], gap: int) -> _Box:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        else:
            layout.addWidget(part)
    return layout


def scrolled(content: QWidget) -> QScrollArea:
    """`content` in a frameless area that scrolls downwards only."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    return area


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif inner := item.layout():
            emptied(inner)


def empty_state(text: str, *offers: QPushButton, icon_name: str = "tray") -> QWidget:
    """What an empty page shows: what it is for, and the first things to do."""
    page = QWidget()
    picture = QLabel()
    picture.setPixmap(pixmap(icon_name, "muted", 40, page.devicePixelRatioF()))
    picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
    words = label(text, "muted", wrap=True)
    words.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
    layout = QVBoxLayout(page)
    layout.setContentsMargins(PAD, 0, PAD, 0)
    layout.setSpacing(GAP)
    layout.addStretch(2)
    layout.addWidget(picture)
    layout.addWidget(words)
    layout.addLayout(row(None, *offers, None))
    layout.addStretch(3)
    return page
