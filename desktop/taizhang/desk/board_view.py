"""The board of a ledger: its lanes side by side, the records in each as slips, by keyboard as by mouse."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from taizhang.core.ledger import Ledger
from taizhang.desk.asked import FormAsked
from taizhang.desk.board_lane import CHIPS, LanePart
from taizhang.desk.board_slips import Slips, slips
from taizhang.desk.flow import FlowLayout
from taizhang.desk.latest import Latest
from taizhang.desk.office import Office
from taizhang.desk.theme import look
from taizhang.desk.widgets import button, chip, emptied, label, set_role

_WIDE, _NARROW = 11.5, 6  # letters: a lane with slips, and an empty one
_CHASE = "chase_list"  # the form of a list to chase, where there is one


class BoardView(QWidget):
    """Shows records of a ledger that has a board. `current` carries the one chosen, `opened` the one to be edited.

    `asked` carries a `FormAsked`: the list of a lane is to be printed.
    """

    current = Signal(int)
    opened = Signal(int)
    asked = Signal(object)

    def __init__(self, ledger: Ledger, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ledger, self._office = ledger, office
        self._slips = Slips((), 0)
        self._chosen = 0
        self._latest = Latest(office, self)
        lanes = ledger.board.lanes if ledger.board else ()
        self.lanes = [LanePart(lane, chases=True) for lane in lanes]
        self.others = label("", "small")
        # Where not all lanes are in sight, these say how many each holds, and lead there.
        self.overview = QWidget()
        self._jumps = FlowLayout(self.overview, gap=6)
        inner = QWidget()
        self._line = QHBoxLayout(inner)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(8)
        for at, lane in enumerate(self.lanes):
            self._line.addWidget(lane, 1)
            lane.list.chosen.connect(self._choose)
            lane.list.opened.connect(self.opened)
            lane.list.moved.connect(partial(self._move, at))
            lane.chased.connect(partial(self._chase, at))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inner)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.overview)
        layout.addWidget(self._area, 1)
        layout.addWidget(self.others)
        office.hidden.connect(lambda _masked: self._draw())
        self._draw()

    def follow(self, rids: Sequence[int], as_of: date | None, chosen: int) -> None:
        """Show these records, as of a day, and mark one."""
        self._chosen = chosen
        ledger = self._ledger
        self._latest.ask(lambda store: slips(store, ledger, rids, as_of), self._arrived)

    def choose(self, rid: int) -> None:
        """Mark a record, tell nobody."""
        self._chosen = rid
        for lane in self.lanes:
            lane.list.choose(rid)

    def take_focus(self) -> None:
        """Put the cursor on the record that is marked, else on the first."""
        marked = next((lane for lane in self.lanes if lane.list.selectedIndexes()), None)
        filled = next((lane for lane in self.lanes if lane.list.slips.slips), None)
        if lane := marked or filled:
            lane.list.setFocus()

    def fit(self) -> None:
        """Give the lanes the width that goes with the size of the type."""
        for at, lane in enumerate(self.lanes):
            filled = bool(lane.list.slips.slips)
            lane.setMinimumWidth(round(look().size * (_WIDE if filled else _NARROW)))
            self._line.setStretch(at, 3 if filled else 1)
        wanted = sum(lane.minimumWidth() for lane in self.lanes) + self._line.spacing() * (len(self.lanes) - 1)
        self.overview.setVisible(wanted > self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show the overview where there is not room for all lanes."""
        super().resizeEvent(event)
        self.fit()

    def _arrived(self, found: Slips) -> None:
        self._slips = found
        self._draw()

    def _draw(self) -> None:
        for lane, found in zip(self.lanes, self._slips.lanes or [()] * len(self.lanes), strict=True):
            lane.show_slips(found, masked=self._office.masked)
        emptied(self._jumps)
        for at, lane in enumerate(self.lanes):
            if count := len(lane.list.slips.slips):
                text, tone = f"{lane.lane.title} {count:,}", CHIPS[lane.lane.tone]
                self._jumps.addWidget(chip(text, tone, on=partial(self._jump, at)))
        others = self._slips.others
        self.others.setText(f"另有 {others:,} {self._ledger.unit}不在看板上，在列表里看。" if others else "")
        self.others.setVisible(bool(others))
        self.fit()
        self.choose(self._chosen)

    def _choose(self, rid: int) -> None:
        self.choose(rid)
        if lane := next((lane for lane in self.lanes if lane.list.selectedIndexes()), None):
            self._area.ensureWidgetVisible(lane, 0, 0)
        self.current.emit(rid)

    def _jump(self, at: int) -> None:
        self._area.ensureWidgetVisible(self.lanes[at], 0, 0)
        self.lanes[at].list.enter(0)

    def _move(self, at: int, by: int) -> None:
        """To the next lane on that side that holds something."""
        height = self.lanes[at].list.currentIndex().row()
        aim = at + by
        while 0 <= aim < len(self.lanes):
            if self.lanes[aim].list.slips.slips:
                self.lanes[aim].list.enter(height)
                return
            aim += by

    def _chase(self, at: int) -> None:
        rids = tuple(slip.rid for slip in self.lanes[at].list.slips.slips)
        self.asked.emit(FormAsked(self._ledger, rids, _CHASE))


class ViewToggle(QWidget):
    """列表 or 看板; `turned` tells whether the board is wanted."""

    turned = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons = [
            button("列表", role="chip", tip="一行一条", on=partial(self.turn, board=False, tells=True)),
            button("看板", role="chip", tip="按办到哪一步分列", on=partial(self.turn, board=True, tells=True)),
        ]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 3, 0, 3)
        layout.setSpacing(4)
        for made in self._buttons:
            layout.addWidget(made)
        self.turn(board=False)

    def turn(self, *, board: bool, tells: bool = False) -> None:
        """Mark which is shown."""
        for made, on in zip(self._buttons, (not board, board), strict=True):
            set_role(made, "chip", "accent" if on else "plain")
        if tells:
            self.turned.emit(board)
