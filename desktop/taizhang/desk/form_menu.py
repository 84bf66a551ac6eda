"""The menu of paper forms: those of a ledger for the records that are chosen, asked for when it is opened."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from taizhang.core.ledger import Ledger
from taizhang.desk.asked import FormAsked, FormsAsked
from taizhang.desk.icons import icon
from taizhang.desk.office import Office

if TYPE_CHECKING:
    from taizhang.desk.form_offer import FormLine
    from taizhang.store.store import Store

Rids = Sequence[int]


class FormMenu(QMenu):
    """Offers forms below whatever the menu holds already. `asked` carries a `FormAsked` or `FormsAsked`."""

    asked = Signal(object)

    def __init__(
        self, office: Office, ledger: Ledger, which: Callable[[], tuple[Rids, Rids]], parent: QWidget | None = None
    ) -> None:
        """`which` says the records that are chosen, and those that are listed, which forms that list them all take."""
        super().__init__(parent)
        self._office, self._ledger, self._which = office, ledger, which
        self._shown: list[QAction] = []
        self._turn = 0
        self.setToolTipsVisible(True)
        self._last = self.addSeparator()
        self.addAction(icon("layout"), "表格版式…", self._list)
        self.aboutToShow.connect(self.refresh)

    def lead(self, text: str, on: Callable[[], object]) -> None:
        """Put something before the forms."""
        first = QAction(icon("list-dashes"), text, self)
        first.triggered.connect(lambda _checked=False: on())
        self.insertAction(self._last, first)
        self.insertSeparator(self._last)

    def refresh(self) -> None:
        """Ask which forms there are for the records that are chosen now."""
        self._turn += 1
        turn, ledger, (chosen, listed) = self._turn, self._ledger, self._which()

        def ask(store: "Store") -> "list[FormLine]":
            from taizhang.desk.form_offer import form_lines  # a page opens without it

            return form_lines(store, ledger, chosen, listed)

        def arrived(lines: "list[FormLine]") -> None:
            if turn == self._turn:
                self._fill(lines)

        self._office.ask(ask, arrived, owner=self)

    def _list(self) -> None:
        self.asked.emit(FormsAsked())

    def _fill(self, lines: "Sequence[FormLine]") -> None:
        for old in self._shown:
            self.removeAction(old)
        self._shown = []
        for line in lines:
            action = QAction(icon("file-text"), _said(line, self._ledger.unit), self)
            action.setToolTip(line.about)
            action.setEnabled(line.fits)
            action.triggered.connect(partial(self._ask, line))
            self._shown.append(action)
        if not lines:
            none = QAction("这本台账没有表格", self)
            none.setEnabled(False)
            self._shown.append(none)
        self.insertActions(self._last, self._shown)

    def _ask(self, line: "FormLine", _checked: bool = False) -> None:
        self.asked.emit(FormAsked(self._ledger, line.rids, line.key))


def _said(line: "FormLine", unit: str) -> str:
    if not line.rids:
        return f"{line.title}（看样张）"
    if not line.fits:
        return f"{line.title}（不适用）"
    return f"{line.title}（{len(line.rids)} {unit}）" if len(line.rids) > 1 or line.rolls else line.title
