"""The right side of a ledger page: card, form, history or bulk edit of what is chosen in the list."""

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QInputDialog, QStackedWidget, QWidget

from taizhang.core.access import Role
from taizhang.core.ledger import Ledger
from taizhang.desk.bulk import BulkPanel
from taizhang.desk.card import Card
from taizhang.desk.card_facts import CardFacts, card_facts
from taizhang.desk.erase_dialog import EraseDialog
from taizhang.desk.form import Form
from taizhang.desk.form_menu import FormMenu
from taizhang.desk.history import HistoryPanel
from taizhang.desk.latest import Latest
from taizhang.desk.office import Office
from taizhang.desk.theme import look
from taizhang.desk.widgets import Panel, empty_state
from taizhang.store.traces import is_erased
from taizhang.store.work import Work

_PAST = "这是过去那一天的样子，不能修改；回到今天再改"
_WIDTH, _FORM_WIDTH = 21.5, 33  # in letters: the panel grows with the size of the type


class Side(QStackedWidget):
    """Shows one record in one of its ways. `saved` carries its number; `closed`: the list has the focus again.

    `asked` carries an act to be done or a form to be printed, `opened` a ledger and records to be shown there.
    """

    saved = Signal(int)
    closed = Signal()
    asked = Signal(object)
    opened = Signal(str, object)

    def __init__(self, ledger: Ledger, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ledger, self._office = ledger, office
        self._rid = 0
        self._as_of: date | None = None
        self._coming = False  # a record was asked for and is to take the place of whatever is shown
        self._latest = Latest(office, self)
        ends = ledger.presence.ends
        self.card = Card(leaves=ledger.by_key[ends].label.removesuffix("日期") if ends else "")
        self.nothing = Panel()
        self.nothing.body.addWidget(empty_state(f"在左边选一{ledger.unit}，这里显示详情。", icon_name="cursor"))
        self.bulk = BulkPanel(ledger, office)
        self.history = HistoryPanel(ledger, office)
        self._form: Form | None = None
        for made in (self.nothing, self.card, self.bulk, self.history):
            self.addWidget(made)
        self.fit()
        self.card.edit.connect(self.edit)
        self.card.history.connect(self._show_history)
        self.card.leave.connect(lambda: self.edit(ledger.presence.ends))
        self.card.void.connect(self._void)
        self.card.erase.connect(self._erase)
        self.card.asked.connect(self.asked)
        self.prints = FormMenu(office, ledger, lambda: ([self._rid], [self._rid]), self)
        self.prints.asked.connect(self.asked)
        self.card.opened.connect(self.opened)
        self.history.left.connect(self.back)
        self.bulk.done.connect(self.back)
        self.card.hide_personal(masked=office.masked)
        office.hidden.connect(self.card.hide_personal)

    @property
    def rid(self) -> int:
        """The record shown, 0 for none."""
        return self._rid

    @property
    def editing(self) -> bool:
        """Whether the form is open."""
        return self._form is not None and self.currentWidget() is self._form

    @property
    def form(self) -> Form:
        """The form; made when it is first needed, since its inputs are many."""
        if self._form is None:
            self._form = Form(self._ledger, self._office)
            self._form.saved.connect(self._saved)
            self._form.left.connect(self.back)
            self.addWidget(self._form)
        return self._form

    def show_record(self, rid: int, as_of: date | None) -> None:
        """Show the card of a record, 0 for none; an open form keeps its draft and gives way."""
        if self.editing:
            self.form.keep_draft()
        self._rid, self._as_of, self._coming = rid, as_of, bool(rid)
        if not rid:
            self._turn(self.nothing)
            return
        self.refresh()

    def refresh(self) -> None:
        """Read the record of the card anew."""
        rid, as_of, ledger = self._rid, self._as_of, self._ledger.key
        if rid:
            self._latest.ask(lambda store: card_facts(store, ledger, rid, as_of), self._arrived)

    def show_many(self, rids: list[int]) -> None:
        """Offer to change many records at once."""
        self._coming = False
        if self.editing:
            self.form.keep_draft()
        self.bulk.show_records(rids)
        self._turn(self.bulk)

    def edit(self, key: str = "") -> None:
        """Open the form for the record of the card, with the cursor in a field."""
        if self._rid and self._as_of is None and not self._office.facts.why_fixed:
            self._coming = False
            self.form.begin(self._rid, key)
            self._turn(self.form)

    def add(self, scope: tuple[int, str] | None) -> None:
        """Open the form for a new record, which belongs to the organisation `scope` (number, name) already."""
        preset = {self._ledger.scope: scope} if scope and self._ledger.scope else {}
        self._coming = False
        self.form.begin(None, preset=preset)
        self._turn(self.form)

    def back(self) -> None:
        """Back to the card."""
        self._turn(self.card if self._rid else self.nothing)
        self.refresh()
        self.closed.emit()

    def _turn(self, page: QWidget) -> None:
        self.setCurrentWidget(page)
        self.fit()

    def fit(self) -> None:
        """Take the width that goes with what is shown and with the size of the type."""
        self.setFixedWidth(round(look().size * (_FORM_WIDTH if self.editing else _WIDTH)))

    def _arrived(self, facts: CardFacts | None) -> None:
        if facts is None or facts.rid != self._rid:
            if facts is None:
                self._turn(self.nothing)
            return
        fixed = self._office.facts.why_fixed or (_PAST if self._as_of else "")
        erasable = not fixed and facts.rid != self._office.facts.root and not is_erased(facts.void)
        self.card.offer_prints(None if self._as_of or facts.void is not None else self.prints)
        self.card.show_facts(facts, fixed=fixed, erasable=erasable and self._office.facts.role is Role.ADMIN)
        if self._coming:
            self._coming = False
            self._turn(self.card)

    def _show_history(self, key: str) -> None:
        self.history.show_record(self._rid, key)
        self._turn(self.history)

    def _saved(self, rid: int) -> None:
        self._rid = rid
        self._turn(self.card)
        self.refresh()
        self.saved.emit(rid)

    def _void(self) -> None:
        text = "登记错了才作废；作废的记录不再出现在名单里，但仍在历史里。\n作废原因："
        reason, taken = QInputDialog.getText(self, f"作废{self._ledger.title}记录", text)
        if taken and reason.strip():
            title = f"作废{self._ledger.title}记录"
            self._office.do(title, partial(_void, self._rid, reason.strip()))

    def _erase(self, name: str) -> None:
        dialog = EraseDialog(self._office, self._ledger, self._rid, name, self.window())
        dialog.exec()
        dialog.deleteLater()


def _void(rid: int, reason: str, work: Work) -> None:
    work.void(rid, reason)
