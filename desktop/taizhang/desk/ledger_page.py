"""The page of a ledger: whose records at the left, the list in the middle, the record at the right."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from taizhang.core.ledger import Ledger
from taizhang.desk.act_offers import start_menu, starting
from taizhang.desk.asked import ActAsked, Asked, FormAsked, FormsAsked
from taizhang.desk.asking import INCOMPLETE, SHOWS, Answer, answer, sort_words
from taizhang.desk.copying import Copies
from taizhang.desk.filter_bar import FilterBar
from taizhang.desk.form_menu import FormMenu
from taizhang.desk.latest import Latest
from taizhang.desk.ledger_middle import LedgerMiddle
from taizhang.desk.list_columns import ListColumns
from taizhang.desk.office import Office
from taizhang.desk.page import Page, PageBar
from taizhang.desk.rows_view import RowsView
from taizhang.desk.shown import Line, column, lines, measures, noun
from taizhang.desk.side import Side
from taizhang.desk.table_model import RowsModel
from taizhang.desk.theme import look
from taizhang.desk.tree_panel import Node, TreePanel, nodes
from taizhang.desk.widgets import GAP, button, row
from taizhang.store.query import Query
from taizhang.store.rows import Changes
from taizhang.store.store import Store

_TREE_WIDTH = 11.7  # letters
_NARROW = 62  # letters: a page narrower than this has no room for the tree
_CARD_LATER = 60  # milliseconds after the last answer until the card follows
_PAST = "表格印的是记录现在的内容，没有打印；请先把“截至”改回今天，那一天的名册请打印台账。"
_COUNT_LATER = 150  # milliseconds after the last answer until the side questions are asked


class LedgerPage(Page):
    """One ledger. `asked` carries what only the window can open, as `desk.asked` says; `opened` (ledger, records)."""

    asked = Signal(object)
    opened = Signal(str, object)

    def __init__(self, ledger: Ledger, office: Office, today: date, parent: QWidget | None = None) -> None:
        self._starts = starting(ledger)
        self._adds = self._starts[0].label if self._starts else f"新增{noun(ledger)}"
        super().__init__(ledger.key, PageBar(ledger.title, _hint(ledger), self._adds), parent)
        self.ledger, self.office = ledger, office
        self.query = Query(ledger.key)
        self._base: Sequence[int] | None = None
        self._words: tuple[str, ...] = ()
        self._only = frozenset[int]()  # the records that the list is narrowed to, all when empty
        self._stale = True
        self._wanted = 0
        self._latest = Latest(office, self)
        self.model = RowsModel(self._fetch, self)
        self.view = RowsView(self.model)
        self.columns = ListColumns(ledger, office, self.view)
        self.filters = FilterBar(ledger, office, today)
        self.tree = TreePanel()
        self.side = Side(ledger, office)
        self._later = QTimer(self, singleShot=True, interval=_COUNT_LATER)
        self._card = QTimer(self, singleShot=True, interval=_CARD_LATER)
        self._many = QTimer(self, singleShot=True, interval=_COUNT_LATER)
        self._lay_out()
        self._connect()
        Copies(self, office, ledger.title)
        self.model.mask(office.masked)

    # -- what the window asks ------------------------------------------------------------------------------------------

    def shown(self) -> None:
        """See `Page.shown`."""
        if self._stale:
            self.refresh()

    def show_query(self, query: Query) -> None:
        """Show what another page counted."""
        self._ask(query)
        self.bar.search.setText(query.search)

    def show_records(self, rids: Sequence[int]) -> None:
        """Show these records and no others, until the chip that says so is closed."""
        self._only = frozenset(rids)
        self._base = None
        self.show_query(Query(self.ledger.key, show="all" if rids else "present"))

    def refresh(self) -> None:
        """Ask everything anew, keeping what is chosen."""
        self._stale = False
        self._base = None
        self._ask(self.query)

    def keep_draft(self) -> None:
        """Keep what is typed into an open form."""
        if self.side.editing:
            self.side.form.keep_draft()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the size of the type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()
            if not self._stale:
                self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the tree out where there is no room for it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.tree.setFixedWidth(round(look().size * _TREE_WIDTH))
        self.tree.setVisible(bool(self.ledger.scope) and self.width() >= look().size * _NARROW)
        self.side.fit()
        self.view.fit_rows()
        if self.middle.board:
            self.middle.board.fit()

    # -- asking --------------------------------------------------------------------------------------------------------

    def _ask(self, query: Query) -> None:
        if replace(query, search="") != replace(self.query, search=""):
            self._base = None
        self.query = query
        columns, base, only = self.columns.shown, self._base, self._only
        self._latest.ask(lambda store: answer(store, query, columns, base, only), self._answered)

    def _answered(self, found: Answer) -> None:
        wanted = self._wanted or self._current()
        fresh = self._base is None
        self._base, self._words = found.base, found.words
        self.model.show(found.rids, self.columns.shown, found.first)
        if fresh:
            self.view.fit(self.columns.shown, found.first)
            self.filters.show_query(found.query, found.words, len(self._only))
            self.tree.mark(found.query.scope or 0)
            self._later.start()
        self.bar.say_count(f"{len(found.rids):,} {self.ledger.unit}")
        blank = not found.base and not self._only and self.query == Query(self.ledger.key)
        self._put_back(wanted)
        self.middle.settle(found.rids, found.query.as_of, blank=blank)

    def _put_back(self, wanted: int) -> None:
        """The cursor returns to where it was; an open form stays open, a record just saved stays in the card."""
        asked, self._wanted = self._wanted, 0
        if self.side.editing:
            self.view.show_quietly(wanted)
            return
        self.view.show_quietly(wanted)
        if self._current() == 0 and not asked and self.model.rids:
            self.view.show_quietly(self.model.rids[0])
        # The list is painted before the card is read: one who types sees the list keep up.
        if self._current() or not asked:
            self._card.start()

    def _fetch(self, chunk: int, rids: Sequence[int]) -> None:
        ledger, columns, as_of, whole = self.ledger, self.columns.shown, self.query.as_of, self.model.rids

        def arrived(found: list[Line]) -> None:
            if self.model.rids is whole and columns is self.columns.shown:
                self.model.receive(chunk, found)

        self.office.ask(lambda store: lines(store, ledger, rids, columns, as_of), arrived, owner=self)

    def _side_questions(self) -> None:
        ledger, query = self.ledger, self.query

        def ask(store: Store) -> tuple[int, list[Node]]:
            count = 0
            if measures(ledger):
                count = store.count(replace(query, search="", where=(*query.where, INCOMPLETE)))
            store.prepare_search(ledger.key)
            return count, nodes(store, ledger, query.as_of) if ledger.scope else []

        self.office.ask(ask, self._side_answers, owner=self)

    def _side_answers(self, answers: tuple[int, list[Node]]) -> None:
        count, found = answers
        self.filters.show_incomplete(count)
        if self.ledger.scope:
            self.tree.fill(found)

    def _heard(self, changes: Changes) -> None:
        del changes  # any ledger may be looked up or counted here
        if self.isVisible():
            self.refresh()
            if not self.side.editing:
                self.side.refresh()
        else:
            self._stale = True

    def _recolumned(self) -> None:
        if not self._stale:
            self.refresh()

    # -- what the user does --------------------------------------------------------------------------------------------

    def _pressed(self, action: str) -> None:
        if action == "undo":
            self.office.undo()
        elif action == "add" and self._starts:
            self.asked.emit(ActAsked(self.ledger, self._starts[0]))
        elif action == "add":
            self._add_plainly()
        else:
            self.asked.emit(self.what(action))

    def _add_plainly(self) -> None:
        self._card.stop()
        self.side.add(self._scope_for_new())

    def _start(self, chosen: QAction) -> None:
        """One of the other ways to begin; the plain form asks for nothing."""
        if (asked := chosen.data()) is None:
            self._add_plainly()
        else:
            self.asked.emit(asked)

    def what(self, action: str) -> Asked:
        """The list as it stands, for import, export and print."""
        keys = self.columns.keys
        chosen = self.view.selected()
        return Asked(action, self.ledger, self.query, self.condition(), keys, tuple(chosen) if len(chosen) > 1 else ())

    def ask_form(self) -> None:
        """Have the paper form shown that is for the records selected."""
        self._ask_paper(FormAsked(self.ledger, self._for_forms()[0]))

    def _ask_paper(self, asked: FormAsked | FormsAsked) -> None:
        """Forms say what records hold now: nobody who looks at a past day shall take it for that."""
        if isinstance(asked, FormAsked) and asked.rids and self.query.as_of is not None:
            self.office.said.emit(_PAST)
        else:
            self.asked.emit(asked)

    def _for_forms(self) -> tuple[tuple[int, ...], Sequence[int]]:
        """The records selected, and all that are listed."""
        current = self._current()
        return tuple(self.view.selected()) or ((current,) if current else ()), self.model.rids

    def condition(self) -> str:
        """The question in words, as a printed list says it."""
        scope = self._scope_for_new()
        search = f"查找“{self.query.search}”" if self.query.search else ""
        show = SHOWS[self.query.show] if self.query.show != "present" else ""
        return "；".join(part for part in (scope[1] if scope else "", show, *self._words, search) if part)

    def _scope_for_new(self) -> tuple[int, str] | None:
        item = self.tree.currentItem()
        return (self.query.scope, item.text(0)) if self.query.scope and item else None

    def _typed(self, text: str) -> None:
        if not text:
            self._hide_words(masked=False)
        if text != self.query.search:
            self._ask(replace(self.query, search=text))

    def _hide_words(self, masked: bool) -> None:
        """Hide the name that was looked for (F9) until another is typed."""
        hides = masked and self.bar.search.text()
        self.bar.search.setEchoMode(QLineEdit.EchoMode.Password if hides else QLineEdit.EchoMode.Normal)

    def _scoped(self, rid: int) -> None:
        self._ask(replace(self.query, scope=rid or None))

    def _sorted(self, key: str) -> None:
        known = key in self.ledger.by_key or key in self.ledger.sorts
        if not known:
            self.office.said.emit(f"不能按{column(self.ledger, key).label}排序。")
            return
        again = (self.query.sort or self.ledger.sorts[0]) == key
        self._ask(replace(self.query, sort=key, descending=again and not self.query.descending))
        self.office.said.emit(f"已按{sort_words(self.ledger, self.query)}排序。")

    def _current(self) -> int:
        index = self.view.currentIndex()
        return self.model.rid(index.row()) if index.isValid() else 0

    def _show_card(self, rid: int) -> None:
        self.side.show_record(rid, self.query.as_of)

    def _edit(self, rid: int) -> None:
        self._card.stop()
        if self.side.rid != rid:  # Enter was faster than the card
            self._show_card(rid)
        self.side.edit()

    def _chosen(self, count: int) -> None:
        if count > 1:
            self._many.start()
        elif count == 1 and self.side.currentWidget() is self.side.bulk:
            self._show_card(self._current())

    def _open_many(self) -> None:
        if len(chosen := self.view.selected()) > 1 and self.query.as_of is None and not self.office.facts.why_fixed:
            self.side.show_many(chosen)

    def _saved(self, rid: int) -> None:
        self._wanted = rid
        if self._current() != rid:
            self.refresh()
        self.middle.take_focus()

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.bar.pressed.connect(self._pressed)
        self.bar.search.textChanged.connect(self._typed)
        self.bar.search.returnPressed.connect(self.view.setFocus)
        self.filters.asked.connect(self._ask)
        self.filters.all_asked.connect(lambda: self.show_records(()))
        self.filters.columns_asked.connect(self.columns.choose)
        self.columns.changed.connect(self._recolumned)
        self.tree.scoped.connect(self._scoped)
        self.view.current.connect(self._show_card)
        if board := self.middle.board:
            board.current.connect(self.view.show_current)
            board.opened.connect(self._edit)
            board.asked.connect(self._ask_paper)
        self.view.chosen.connect(self._chosen)
        self.view.opened.connect(self._edit)
        self.view.sorted_by.connect(self._sorted)
        self.side.saved.connect(self._saved)
        self.side.asked.connect(self.asked)
        self.side.opened.connect(self.opened)
        self.side.closed.connect(self.middle.take_focus)
        self._card.timeout.connect(lambda: self._show_card(self._current()))
        self._later.timeout.connect(self._side_questions)
        self._many.timeout.connect(self._open_many)
        self.office.hidden.connect(self.model.mask)
        self.office.hidden.connect(self._hide_words)
        self.office.changed.connect(self._heard)

    def _lay_out(self) -> None:
        clear = button("清除查找和筛选", "x", on=self._clear)
        add = button(self._adds, "plus", on=partial(self.bar.press, "add"))
        if self._starts:
            menu = start_menu(self.ledger, self)
            menu.triggered.connect(self._start)
            self.bar.offer_more(menu)
        prints = FormMenu(self.office, self.ledger, self._for_forms, self)
        prints.lead(f"打印{self.ledger.title}…\tCtrl+P", partial(self.bar.press, "print"))
        prints.asked.connect(self._ask_paper)
        self.bar.open_menu("print", prints)
        bring = button("从 Excel 导入", "download-simple", on=partial(self.bar.press, "import"))
        offers = () if self.office.facts.why_fixed else (bring, add)
        self.middle = LedgerMiddle(self.ledger, self.office, self.view, self._current, clear, offers)
        above = row(self.middle.toggle, gap=GAP)
        above.addWidget(self.filters, 1)
        middle = QVBoxLayout()
        middle.setSpacing(10)
        middle.addLayout(above)
        middle.addWidget(self.middle, 1)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.tree)
        line.addLayout(middle, 1)
        line.addWidget(self.side)
        self.body.addLayout(line, 1)
        self.tree.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _clear(self) -> None:
        self._only = frozenset()
        self.show_query(Query(self.ledger.key, scope=self.query.scope, as_of=self.query.as_of))


def _hint(ledger: Ledger) -> str:
    people = any(field.kind == "id_card" for field in ledger.fields)
    return "姓名、拼音首字母、证件或电话尾号" if people else "名称、拼音首字母"
