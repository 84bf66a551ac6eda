"""The middle of a ledger page: the list, the board where there is one, or why there is nothing to show."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from taizhang.core.ledger import Ledger
from taizhang.desk.board_view import BoardView, ViewToggle
from taizhang.desk.office import Office
from taizhang.desk.widgets import empty_state

LIST, NONE, BLANK, BOARD = range(4)


class LedgerMiddle(QStackedWidget):
    """Shows `view` or the board, as was chosen the last time; the board shows what the list shows."""

    def __init__(
        self,
        ledger: Ledger,
        office: Office,
        view: QWidget,
        current: Callable[[], int],
        clear: QPushButton,
        offers: Sequence[QPushButton],
        parent: QWidget | None = None,
    ) -> None:
        """`current` tells which record is chosen; `clear` and `offers` lead on where there is nothing to show."""
        super().__init__(parent)
        self.setMinimumWidth(1)  # in a narrow window the list gives way, not the form's own buttons
        self._office, self._view, self._current = office, view, current
        self._key = f"board:{ledger.key}"
        self._way = LIST
        self._rids: Sequence[int] = ()
        self._as_of: date | None = None
        self.board = BoardView(ledger, office) if ledger.board else None
        self.toggle = ViewToggle()
        self.toggle.turned.connect(self._turned)
        self.toggle.setVisible(self.board is not None)
        self.addWidget(view)
        self.addWidget(empty_state("没有符合条件的记录。", clear, icon_name="magnifying-glass"))
        self.addWidget(empty_state(ledger.purpose, *offers, icon_name=ledger.icon))
        if self.board:
            self.addWidget(self.board)
            office.ask(lambda store: store.recall(self._key), self._recalled, owner=self)

    def settle(self, rids: Sequence[int], as_of: date | None, *, blank: bool) -> None:
        """Show these records; `blank`: the ledger holds none at all."""
        self._rids, self._as_of = rids, as_of
        self.setCurrentIndex(BLANK if blank else self._way if rids else NONE)
        self._follow()

    def turn(self, *, board: bool) -> None:
        """Show the board, or the list; the record chosen stays so."""
        self._way = BOARD if board and self.board else LIST
        self.toggle.turn(board=board)
        if self._rids:
            self.setCurrentIndex(self._way)
        self._follow()

    def take_focus(self) -> None:
        """Put the cursor into what is shown."""
        if self.board and self._way == BOARD:
            self.board.take_focus()
        else:
            self._view.setFocus()

    def _turned(self, board: bool) -> None:
        self.turn(board=board)
        self._office.keep(self._key, board)
        self.take_focus()

    def _follow(self) -> None:
        if self.board and self._way == BOARD:
            self.board.follow(self._rids, self._as_of, self._current())

    def _recalled(self, kept: Any) -> None:
        if kept is True:
            self.turn(board=True)
