"""One lane of a board: its slips below each other, drawn as they come into sight."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPen, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from taizhang.core.board import Lane
from taizhang.desk.board_slips import Slip
from taizhang.desk.theme import colour, look
from taizhang.desk.widgets import button, chip, label, row, set_role

_GAP, _PAD, _EDGE = 6, 9, 3  # pixels: below a slip, inside it, of its coloured edge
_LINES = 2  # lines for what is told of a record
_INK = {"": "muted", "warning": "warning", "alarm": "accent"}
CHIPS = {"": "plain", "warning": "warning", "alarm": "accent"}
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class LaneModel(QAbstractListModel):
    """The slips of a lane."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.slips: Sequence[Slip] = ()
        self.masked = False

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """How many slips."""
        return 0 if parent.isValid() else len(self.slips)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """All that the slip says, for those who hear it and as its tip."""
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            slip = self.slips[index.row()]
            name, about = slip.words(masked=self.masked)
            return "，".join(part for part in (name, slip.due, about) if part)
        return None

    def show_slips(self, slips: Sequence[Slip], *, masked: bool) -> None:
        """Show other slips, or the same with what is personal hidden."""
        self.beginResetModel()
        self.slips, self.masked = slips, masked
        self.endResetModel()


class SlipDrawing(QStyledItemDelegate):
    """Draws a slip: an edge in the colour of the lane, the name, how urgent it is, and what it is about."""

    def __init__(self, tone: str, model: LaneModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._ink, self._model = _INK[tone], model

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 - Qt's name
        """All slips are of one height."""
        del index
        size = look().size
        lines = 2 + _LINES if any(slip.due for slip in self._model.slips) else 1 + _LINES
        return QSize(option.rect.width(), lines * round(size * 1.45) + 2 * _PAD + _GAP - 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one."""
        slip = self._model.slips[index.row()]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        box = option.rect.adjusted(1, 1, -2, -_GAP)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("accent" if chosen else "line"), 1))
        painter.setBrush(colour("selection" if chosen else "panel"))
        painter.drawRoundedRect(box, 7, 7)
        painter.fillRect(QRect(box.left(), box.top() + 8, _EDGE, box.height() - 16), colour(self._ink))
        name, about = slip.words(masked=self._model.masked)
        inner = box.adjusted(_PAD + _EDGE, _PAD - 2, -_PAD, -_PAD + 2)
        high = round(look().size * 1.45)
        self._line(painter, QRect(inner.left(), inner.top(), inner.width(), high), name, "text", bold=True)
        if slip.due:
            inner.adjust(0, high, 0, 0)
            self._line(painter, QRect(inner.left(), inner.top(), inner.width(), high), slip.due, self._ink)
        self._about(painter, inner.adjusted(0, high, 0, 0), about)
        painter.restore()

    def _line(self, painter: QPainter, box: QRect, text: str, ink: str, *, bold: bool = False) -> None:
        font = QFont(painter.font())
        font.setPixelSize(look().size)
        font.setBold(bold)
        painter.setFont(font)
        painter.setPen(colour(ink))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _about(self, painter: QPainter, box: QRect, text: str) -> None:
        font = QFont(painter.font())
        font.setPixelSize(look().size - 2)
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(colour("muted"))
        wraps = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        wraps.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        painter.setClipRect(box)
        room = box.width() * _LINES - look().size
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box.toRectF(), shown, wraps)


class LaneList(QListView):
    """The list of a lane. `moved` carries -1 or 1: to the lane at its left or right; `opened` a record (Enter)."""

    moved = Signal(int)
    opened = Signal(int)
    chosen = Signal(int)

    def __init__(self, tone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slips = LaneModel(self)
        self.setModel(self.slips)
        self.setItemDelegate(SlipDrawing(tone, self.slips, self))
        set_role(self, "plain")
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.clicked.connect(lambda index: self.chosen.emit(self._rid(index.row())))
        self.doubleClicked.connect(lambda index: self.opened.emit(self._rid(index.row())))

    def choose(self, rid: int) -> bool:
        """Mark a record, or none; whether it is here."""
        at = next((at for at, slip in enumerate(self.slips.slips) if slip.rid == rid), -1)
        if at < 0:
            self.clearSelection()
            return False
        self.setCurrentIndex(self.slips.index(at))
        return True

    def enter(self, at: int) -> None:
        """The cursor comes in from the side, to the slip at that place or the last."""
        self.setFocus()
        self._go_to(min(max(at, 0), len(self.slips.slips) - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The arrows lead from slip to slip and from lane to lane; Enter opens."""
        key, at = event.key(), self.currentIndex().row()
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.moved.emit(1 if key == Qt.Key.Key_Right else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.selectedIndexes():
            self.opened.emit(self._rid(at))
        else:
            super().keyPressEvent(event)
            if self.currentIndex().isValid() and (self.currentIndex().row() != at or not self.selectedIndexes()):
                self._go_to(self.currentIndex().row())

    def _go_to(self, at: int) -> None:
        self.setCurrentIndex(self.slips.index(at))
        self.chosen.emit(self._rid(at))

    def _rid(self, at: int) -> int:
        return self.slips.slips[at].rid


class LanePart(QFrame):
    """A lane with its heading, its count and what can be printed of it. `chased` tells that its list is wanted."""

    chased = Signal()

    def __init__(self, lane: Lane, *, chases: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "lane")
        self.lane = lane
        self._chases = chases and lane.chase
        self.setToolTip(lane.help)
        self.list = LaneList(lane.tone)
        self.list.setAccessibleName(lane.title)
        self.count = chip("0", CHIPS[lane.tone])
        self.chase = button(
            "打印催办清单…", "printer", role="compact", on=self.chased.emit, tip=f"打印{lane.title}的清单"
        )
        self._nothing = label("现在没有。", "small", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.list)
        self._middle.addWidget(self._nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 4, 8)
        layout.setSpacing(8)
        layout.addLayout(row(label(lane.title, "strong"), self.count, None))
        layout.addWidget(self._middle, 1)
        layout.addWidget(self.chase)

    def show_slips(self, slips: Sequence[Slip], *, masked: bool) -> None:
        """Show other slips."""
        self.list.slips.show_slips(slips, masked=masked)
        self.count.setText(f"{len(slips):,}")
        self.count.setVisible(bool(slips))
        self._middle.setCurrentIndex(0 if slips else 1)
        self.chase.setVisible(bool(slips) and self._chases)
