"""The part of the card that shows records of another ledger which point at this one; each is one press away."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from taizhang.core.privacy import hide
from taizhang.desk.related import Related, RelatedLine, Said
from taizhang.desk.widgets import button, label, row, set_role


class RelatedPart(QWidget):
    """A heading and a line for each record. `opened` carries the ledger and the records to be shown there."""

    opened = Signal(str, object)

    def __init__(self, found: Related, *, masked: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(label(found.title, "section"))
        for line in found.lines:
            made = RelatedButton(line, masked=masked)
            made.clicked.connect(partial(self._open, found.ledger, (line.rid,)))
            layout.addWidget(made)
        if len(found.rids) > len(found.lines):
            every = button(f"全部 {len(found.rids):,} {found.unit}…", role="link")
            every.clicked.connect(partial(self._open, found.ledger, found.rids))
            layout.addLayout(row(every, None))

    def _open(self, ledger: str, rids: tuple[int, ...], _checked: bool = False) -> None:
        self.opened.emit(ledger, list(rids))


class RelatedButton(QPushButton):
    """One record in two lines: what it is called with its day, and what it is about."""

    def __init__(self, line: RelatedLine, *, masked: bool) -> None:
        super().__init__()
        set_role(self, "row")
        self.setAutoDefault(False)
        head, brief = _read(line.head, masked), " · ".join(_read(one, masked) for one in line.brief)
        self.setAccessibleName("，".join(part for part in (head, line.day, brief) if part))
        self.setToolTip("打开这条记录")
        self._head, self._brief = _wrapped(head, "body"), _wrapped(brief, "small")
        day = label(line.day, "small")
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._head, 1)
        first.addWidget(day, 0, Qt.AlignmentFlag.AlignTop)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(8, 5, 8, 5)
        inner.setSpacing(1)
        inner.addLayout(first)
        inner.addWidget(self._brief)
        self._brief.setVisible(bool(brief))
        for part in (self._head, self._brief, day):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Be as high as the words need at this width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if inner := self.layout():
            self.setMinimumHeight(inner.heightForWidth(self.width()))


def _read(one: Said, masked: bool) -> str:
    return hide(one.privacy, one.text) if masked else one.text


def _wrapped(text: str, role: str) -> QLabel:
    made = label(text, role, wrap=True)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return made
