"""The hand-over in five steps: people, counts, open items, keys, the list. Nothing changes before 完成移交."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from taizhang.core.access import Access, Role, must
from taizhang.core.errors import Cancelled, Refused, StoreTrouble
from taizhang.desk.handover_wizard_counts import CountsPage
from taizhang.desk.handover_wizard_items import ItemsPage
from taizhang.desk.handover_wizard_keys import KeysPage
from taizhang.desk.handover_wizard_people import Between, PeoplePage
from taizhang.desk.handover_wizard_sheet import KeptSheetDialog, SheetPage
from taizhang.desk.office import Office
from taizhang.desk.print_job import typefaces
from taizhang.desk.recovery_sheet_dialog import RecoveryCodeDialog
from taizhang.desk.way import WhileClosed
from taizhang.desk.widgets import GAP, PAD, Banner, button, label, row
from taizhang.desk.window_size import open_at
from taizhang.desk.wizard_steps import Steps
from taizhang.desk.work_bar import WorkBar
from taizhang.handover import MEMO, PAPER, Counted, NewKeys, Person, count, hand_over, keep, mark, new_keys
from taizhang.press.handover_sheet import Handover, handover_sheet_pdf
from taizhang.registry import installed
from taizhang.store.inventory import Inventory, Item
from taizhang.store.keys import User
from taizhang.store.papers import Paper

if TYPE_CHECKING:
    from taizhang.store.store import Store

PEOPLE, COUNTS, ITEMS, KEYS, SHEET = range(5)
_DONE = "移交已完成，移交清单存进了台账；以前的密码和恢复码都作废了。"
_STEPS = ("谁交给谁", "清点", "未办事项", "密钥", "清单")


class _Begin(NamedTuple):
    """What the wizard begins with."""

    users: list[User]
    papers: list[Paper]
    kept: object
    day: date


class HandoverWizard(QDialog):
    """Hands an office over.

    `door` asks for what only the program can do: ("while_closed", work). `query` and `records` (ledger, numbers) ask
    for a list to be looked at; the wizard closes for that and remembers what was typed. `help_asked` names a help page.
    """

    door = Signal(str, object)
    query = Signal(object)
    records = Signal(str, object)
    help_asked = Signal(str)

    def __init__(
        self, office: Office, now: Callable[[], datetime] = datetime.now, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("handoverWizard")
        self.setWindowTitle("交接")
        self.setWindowModality(Qt.WindowModality.WindowModal)  # the help stays open beside it
        open_at(self, 1080, 700)
        self._office, self._now = office, now
        self._locked = office.facts.locked
        self._users: list[User] = []
        self._counted: Counted | None = None
        self._keys: tuple[list[Person], NewKeys] | None = None
        self._sheet: tuple[Handover, bytes] | None = None
        self._begun = self._over = False
        self.steps, self.pages, self.work = Steps(_STEPS), QStackedWidget(), WorkBar()
        self.people, self.counts = PeoplePage(locked=self._locked), CountsPage()
        self.items, self.keys = ItemsPage(office.ledgers), KeysPage(locked=self._locked)
        self.sheet = SheetPage(office)
        self.warning = Banner("", "warning")
        self.told = label("", "muted")
        self.back = button("上一步", "caret-left", on=lambda: self._go(self.pages.currentIndex() - 1))
        self.next = button("下一步", role="primary", on=self.forward)
        self.leave = button("取消", on=self.reject)
        self._lay_out()
        self._listen()
        self._go(PEOPLE)
        self._busy("正在读取")
        office.ask(_begin, self._begin, self._failed, self)

    def forward(self) -> None:
        """On to the next step, when this one is complete; from the last, hand over."""
        step = self.pages.currentIndex()
        problem = {PEOPLE: self.people.problem, KEYS: self.keys.problem}.get(step, lambda: None)()
        if problem:
            self._say(problem)
        elif step == PEOPLE:
            self._busy("正在清点")
            self._office.ask(count, self._have_counted, self._failed, self)
        elif step == ITEMS:
            self.keys.open(self._users, self._leaver(), self.people.typed().taker)
            self._go(KEYS)
        elif step == KEYS:
            self._prepare()
        elif step == SHEET:
            self._finish()
        else:
            self._go(step + 1)

    def done(self, result: int) -> None:
        """Keep what was typed unless all is over, and forget every password."""
        if self._begun and not self._over:
            self._office.keep(MEMO, msgspec.to_builtins(self.people.typed()))
        self.people.new.forget()
        self.keys.forget()
        self._keys = None
        super().done(result)

    # -- from the beginning to the list --------------------------------------------------------------------------------

    def _begin(self, begin: _Begin) -> None:
        try:
            kept = msgspec.convert(begin.kept, Between) if begin.kept else Between()
        except msgspec.ValidationError:  # another edition of the program kept something else
            kept = Between()
        self._users, self._begun = begin.users, True
        self.people.open(begin.users, self._office.facts.who, begin.day, kept)
        self.people.show_sheets(begin.papers)
        self._idle()

    def _have_counted(self, counted: Counted) -> None:
        self._counted = counted
        self.counts.show_inventory(counted.inventory)
        self.items.show_items(counted.inventory.items)
        self._go(COUNTS)

    def _prepare(self) -> None:
        """Make the keys, if others are needed than there are, and then the list."""
        people = [self.people.person(), *self.keys.people()]
        if not self._locked:
            self._draw(None)
        elif self._keys and self._keys[0] == people:
            self._draw(self._keys[1])
        else:
            self._busy("正在做新密钥")

            def made(keys: NewKeys) -> None:
                self._keys = people, keys
                self._draw(keys)

            self._office.worker.pool(lambda: new_keys(people), made, self._failed, self)

    def _draw(self, keys: NewKeys | None) -> None:
        if self._counted is None:
            return
        self._busy("正在做清单")
        handover, counted = self._handover(self._counted, keys), self._counted.inventory
        self._office.worker.pool(lambda: (handover, _drawn(counted, handover)), self._have_drawn, self._failed, self)

    def _have_drawn(self, drawn: tuple[Handover, bytes]) -> None:
        self._sheet = drawn
        records = len(self._counted.inventory.items) if self._counted else 0
        self.sheet.show_sheet(drawn[1], drawn[0].title.replace("：", " "), records)
        self._go(SHEET)

    def _handover(self, counted: Counted, keys: NewKeys | None) -> Handover:
        typed, now = self.people.typed(), self._now()
        users = tuple(User(slot.name, slot.role) for slot in keys.ring.users) if keys else ()
        marks = (counted.mark, mark(keys.ring)) if keys else None
        day = self.people.handed_on() or now.date()
        return Handover(typed.giver, typed.taker, typed.witness, day, now, users, marks)

    def _leaver(self) -> str:
        """The user whose password ends; empty when the giver stays, or never had one."""
        typed = self.people.typed()
        return typed.giver if typed.leaves and typed.giver in {user.name for user in self._users} else ""

    # -- handing over --------------------------------------------------------------------------------------------------

    def _finish(self) -> None:
        if self._keys is None:
            self._keep()
            return
        shown = RecoveryCodeDialog(self._office.facts.name, self._keys[1].code, self._now, self)
        shown.accepted.connect(self._sealed)
        shown.finished.connect(shown.deleteLater)
        shown.open()

    def _keep(self) -> None:
        """Without passwords there is nothing to change: the list is kept, and that is all."""
        if self._sheet is None:
            return
        handover, pdf = self._sheet
        self._busy("正在存放清单")
        self._office.ask(lambda store: keep(store, handover, pdf), self._kept, self._failed, self)

    def _kept(self, number: int) -> None:
        self._over = True
        self._office.said.emit(f"移交已完成，移交清单存为第 {number} 号文书")
        self.accept()

    def _sealed(self) -> None:
        """The new recovery code is on paper: now the keys may change."""
        self._busy("正在关闭台账")
        self._office.ask(lambda store: store.access, self._go_through_the_door, self._failed, self)

    def _go_through_the_door(self, old: Access) -> None:
        if self._keys is None or self._sheet is None:
            return
        worker = self._office.worker

        def missed(trouble: StoreTrouble) -> None:  # called on the file's thread, and told in the window's
            worker.run(partial(_raise, trouble), lambda _none: None)

        (handover, pdf), keys, ledgers = self._sheet, self._keys[1], installed()
        self._over = True
        self.accept()
        self.door.emit(
            "while_closed",
            WhileClosed(lambda path: hand_over(path, ledgers, old, keys, handover, pdf, missed), _DONE),
        )

    # -- the window ----------------------------------------------------------------------------------------------------

    def _failed(self, error: Exception) -> None:
        self._idle()
        if isinstance(error, (Refused, StoreTrouble)):
            self._say(str(error))
            self.next.setEnabled(self._begun)
        elif not isinstance(error, Cancelled):
            self._office.worker.unhandled(error)

    def _say(self, text: str) -> None:
        self.warning.text.setText(text)
        self.warning.setVisible(bool(text))

    def _go(self, step: int) -> None:
        self._say("")
        self.told.clear()
        self.pages.setCurrentIndex(step)
        self.steps.go_to(step)
        self._idle()

    def _busy(self, what: str) -> None:
        self.work.start(what)
        self.work.stop.hide()  # seconds at most
        for part in (self.pages, self.back, self.next):
            part.setEnabled(False)

    def _idle(self) -> None:
        self.work.finish()
        step = self.pages.currentIndex()
        for part in (self.pages, self.back, self.next):
            part.setEnabled(True)
        self.back.setVisible(step > PEOPLE)
        self.next.setText("完成移交" if step == SHEET else "下一步")

    def _open_query(self, query: object) -> None:
        self.reject()
        self.query.emit(query)

    def _open_records(self, ledger: str, rids: object) -> None:
        self.reject()
        self.records.emit(ledger, rids)

    def _open_item(self, item: Item) -> None:
        self._open_records(item.ledger, list(item.rids))

    def _show_kept(self, paper: Paper) -> None:
        shown = KeptSheetDialog(self._office, paper.title, paper.sha256, self)
        shown.finished.connect(shown.deleteLater)
        shown.open()

    def _listen(self) -> None:
        self.people.changed.connect(lambda: self._say(""))
        self.keys.changed.connect(lambda: self._say(""))
        self.people.sheet_asked.connect(self._show_kept)
        self.counts.query.connect(self._open_query)
        self.counts.records.connect(self._open_records)
        self.items.opened.connect(self._open_item)
        self.sheet.said.connect(self.told.setText)
        self._office.hidden.connect(self.items.hide_names)
        self.items.hide_names(self._office.masked)
        for key, act in (("F1", lambda: self.help_asked.emit("handover")), ("F9", self._mask)):
            QShortcut(QKeySequence(key), self).activated.connect(act)

    def _mask(self) -> None:
        self._office.mask(not self._office.masked)

    def _lay_out(self) -> None:
        for page in (self.people, self.counts, self.items, self.keys, self.sheet):
            self.pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(GAP)
        layout.addLayout(row(self.steps, None))
        layout.addWidget(self.warning)
        layout.addWidget(self.pages, 1)
        layout.addLayout(row(self.work, self.told, None, self.leave, self.back, self.next))


def _begin(store: "Store") -> _Begin:
    must(store.access.role, be=Role.ADMIN)
    return _Begin(store.keys.users(), store.papers.kept(PAPER), store.recall(MEMO), store.today)


def _drawn(counted: Inventory, handover: Handover) -> bytes:
    with typefaces() as faces:
        return handover_sheet_pdf(counted, handover, faces)


def _raise(trouble: StoreTrouble) -> None:
    raise trouble
