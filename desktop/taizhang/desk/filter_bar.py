"""The line above a list: what it is narrowed to, how it is sorted, as of which day."""

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QDate, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QMenu, QPushButton, QSizePolicy, QWidget

from taizhang.core.kinds import Text
from taizhang.core.ledger import ORDERS, Ledger
from taizhang.core.privacy import Privacy
from taizhang.desk.asking import FLAWED, INCOMPLETE, SHOWS, sort_words
from taizhang.desk.filter_editor import DayChooser, FilterEditor
from taizhang.desk.flow import FlowLayout
from taizhang.desk.icons import icon
from taizhang.desk.office import Office
from taizhang.desk.saved_filters import SavedFilters
from taizhang.desk.shown import measures
from taizhang.desk.theme import look
from taizhang.desk.widgets import button, chip, emptied
from taizhang.store.query import Filter, Query, Show

_ROOMY = 32  # letters: a line that holds everything it has to say


class FilterBar(QWidget):
    """Shows a `Query` as chips and changes it; `asked` carries the new one."""

    asked = Signal(object)
    columns_asked = Signal()
    all_asked = Signal()  # no longer only certain records

    def __init__(self, ledger: Ledger, office: Office, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ledger, self._office, self._today = ledger, office, today
        self._query, self._words, self._only = Query(ledger.key), tuple[str, ...](), 0
        self._incomplete = 0
        self.setMinimumWidth(1)  # it makes itself smaller instead of pushing the record out of the window
        self._saved = SavedFilters(ledger.key, office, self)
        self._chips = FlowLayout()
        self._add = button("筛选", "plus", role="chip", tip="添加筛选", key="Ctrl+Shift+F")
        self._add.setMenu(self._filters_menu())
        self.incomplete = chip("", "warning", on=partial(self._with, INCOMPLETE))
        self.incomplete.hide()
        self._sort = button("", "sort-ascending", role="quiet", tip="排序")
        self._sort.setMenu(self._sort_menu())
        self._columns = button("", "columns", role="quiet", tip="选择列", on=self.columns_asked.emit)
        self.day = button("", "calendar-blank", role="chip", tip="截至哪一天", on=self._choose_day)
        for made in (self._add, self.day):
            made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for made in (self._sort, self._columns):
            made.setFixedWidth(32)
        left = QWidget()
        left.setLayout(self._chips)
        self._chips.setContentsMargins(0, 3, 0, 3)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(left, 1)
        for made in (self.incomplete, self.day, self._sort, self._columns):
            layout.addWidget(made)
        self._chips.addWidget(self._add)
        self.show_query(self._query, ())
        office.hidden.connect(lambda _masked: self.show_query(self._query, self._words, self._only))

    def show_query(self, query: Query, words: tuple[str, ...], only: int = 0) -> None:
        """Show a question; `words` are its filters as chips say them, `only` how many certain records it is about."""
        self._query, self._words, self._only = query, words, only
        self._chips.takeAt(self._chips.count() - 1)
        emptied(self._chips)
        if only:
            text = f"刚才的 {only} {self._ledger.unit}"
            self._chips.addWidget(chip(text, "accent", closes=True, on=self.all_asked.emit))
        elif query.show != "present":
            self._chips.addWidget(chip(SHOWS[query.show], "accent", closes=True, on=partial(self._show, "present")))
        for one, text in zip(query.where, words, strict=False):
            self._chips.addWidget(
                chip(self._readable(one, text), "accent", closes=True, on=partial(self._without, one))
            )
        self._chips.addWidget(self._add)
        self._chips.invalidate()
        self._crowd()
        self._tone(self.day, "warning" if query.as_of else "plain")
        self._sort.setToolTip(f"排序：{sort_words(self._ledger, query)}")

    def _readable(self, one: Filter, text: str) -> str:
        """What a chip says while F9 hides what is personal: the field, and not what is asked of it."""
        field = self._ledger.by_key.get(one.key)
        personal = isinstance(field, Text) or (field is not None and field.privacy is not Privacy.OPEN)
        return f"{text.partition('：')[0]}：••••" if personal and self._office.masked else text

    def show_incomplete(self, count: int) -> None:
        """Say how many of the list lack something."""
        self._incomplete = 0 if INCOMPLETE in self._query.where else count
        self.incomplete.setText(f"{count} {self._ledger.unit}信息不完整")
        self._crowd()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Where there is little room, the chips keep it and the rest says less."""
        super().resizeEvent(event)
        self._crowd()

    def _crowd(self) -> None:
        letters = self.width() // look().size
        self.incomplete.setVisible(self._incomplete > 0 and letters >= _ROOMY)
        day = self._query.as_of or self._today
        brief = letters < _ROOMY and self._query.as_of is None
        self.day.setText("今天" if brief else f"截至 {day.year}年{day.month}月{day.day}日")

    def _tone(self, made: QPushButton, tone: str) -> None:
        if made.property("tone") != tone:
            made.setProperty("tone", tone)
            made.setIcon(icon("calendar-blank", tone if tone == "warning" else "text"))
            made.style().unpolish(made)
            made.style().polish(made)

    def _filters_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction("按项目筛选…", self._edit)
        menu.addSeparator()
        if measures(self._ledger):
            menu.addAction("信息不完整", partial(self._with, INCOMPLETE))
        menu.addAction("有待核对", partial(self._with, FLAWED))
        if self._ledger.reminders:
            due = menu.addMenu("提醒的")
            for one in self._ledger.reminders:
                due.addAction(one.title, partial(self._with, Filter(one.id, "due")))
        menu.addSeparator()
        for show in ("gone", "void", "all"):
            if show != "gone" or self._ledger.presence.ends:
                menu.addAction(f"看{SHOWS[show]}的", partial(self._show, show))
        menu.addSeparator()
        saved = menu.addMenu("已存的筛选")
        saved.aboutToShow.connect(lambda: self._saved.fill(saved, self._apply_saved))
        menu.addAction("把现在的筛选存起来…", self._keep)
        menu.addAction("清除全部筛选", self._clear)
        return menu

    def _sort_menu(self) -> QMenu:
        menu = QMenu(self)
        for key in self._ledger.sorts:
            name = ORDERS.get(key) or self._ledger.column(key).label
            menu.addAction(f"按{name}", partial(self._sorted, key))
        menu.addSeparator()
        menu.addAction("倒过来", self._reversed)
        return menu

    def _sorted(self, key: str) -> None:
        self.asked.emit(replace(self._query, sort=key, descending=False))

    def _reversed(self) -> None:
        self.asked.emit(replace(self._query, descending=not self._query.descending))

    def _with(self, *filters: Filter) -> None:
        more = tuple(one for one in filters if one not in self._query.where)
        self.asked.emit(replace(self._query, where=(*self._query.where, *more)))

    def _without(self, one: Filter) -> None:
        self.asked.emit(replace(self._query, where=tuple(other for other in self._query.where if other != one)))

    def _show(self, show: Show) -> None:
        self.asked.emit(replace(self._query, show=show))

    def _clear(self) -> None:
        self.asked.emit(replace(self._query, where=(), show="present"))

    def _edit(self) -> None:
        editor = FilterEditor(self._ledger, self._office, self)
        if editor.exec():
            self._with(*editor.made)

    def _choose_day(self) -> None:
        day = self._query.as_of or self._today
        chooser = DayChooser(QDate(day.year, day.month, day.day), _qdate(self._today), self)
        if chooser.exec():
            chosen = chooser.day
            as_of = None if chosen is None else date(chosen.year(), chosen.month(), chosen.day())
            self.asked.emit(replace(self._query, as_of=None if as_of == self._today else as_of))

    def _keep(self) -> None:
        if not self._query.where and self._query.show == "present":
            self._office.said.emit("现在没有筛选，没有可存的。")
            return
        name, taken = QInputDialog.getText(self, "存筛选", "给这组筛选起个名字")
        if taken and name.strip():
            self._saved.keep(name.strip(), self._query)

    def _apply_saved(self, where: tuple[Filter, ...], show: Show) -> None:
        self.asked.emit(replace(self._query, where=where, show=show))


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
