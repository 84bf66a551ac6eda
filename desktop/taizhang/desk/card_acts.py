"""What can be done with the record in the card: the likely act as a button, the others in a menu."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from taizhang.desk.act_offers import fill_menu
from taizhang.desk.asked import ActAsked
from taizhang.desk.icons import icon
from taizhang.desk.widgets import button, emptied, set_role

_SIDE_BY_SIDE = 2  # acts that have room as buttons


class CardActs(QWidget):
    """A line of buttons, invisible while there is nothing to do; `asked` carries the `ActAsked` that was pressed."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(16, 12, 16, 0)
        self._line.setSpacing(8)
        self.hide()

    def show_offers(self, offers: Sequence[ActAsked]) -> None:
        """Offer these acts, the likely one first."""
        emptied(self._line)
        few = offers if len(offers) <= _SIDE_BY_SIDE else offers[:1]
        for at, one in enumerate(few):
            made = button(f"{one.act.label}…", one.act.icon, tip=one.act.help, on=partial(self.asked.emit, one))
            made.setAccessibleName(one.act.label)
            if not at:
                made.setIcon(icon(one.act.icon, "accent"))
            self._add(made, "accent" if not at else "")
        if len(offers) > len(few):
            more = button("办理…", "list-bullets", tip="其他可以办理的事项")
            menu = QMenu(more)
            fill_menu(menu, offers[len(few) :])
            menu.triggered.connect(lambda action: self.asked.emit(action.data()))
            more.setMenu(menu)
            self._add(more, "")
        self.setVisible(bool(offers))

    def _add(self, made: QPushButton, tone: str) -> None:
        set_role(made, "compact", tone)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._line.addWidget(made)
