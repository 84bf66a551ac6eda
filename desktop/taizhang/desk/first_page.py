"""The first page: what each ledger holds, what is due, what is missing, what was done lately, the last backup."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from taizhang.core.privacy import hide
from taizhang.desk.asking import INCOMPLETE
from taizhang.desk.first_due import DuePanel
from taizhang.desk.first_figures import Badge, Count, Figures, Lack, Said, Step, badges, count
from taizhang.desk.icons import pixmap
from taizhang.desk.moments import moment
from taizhang.desk.office import Office
from taizhang.desk.page import Page, PageBar
from taizhang.desk.shown import measures, name_privacy
from taizhang.desk.widgets import GAP, Panel, button, column, emptied, label, row, scrolled, set_role
from taizhang.store.query import Filter, Query
from taizhang.store.rows import Changes

_FOUNDING = 1  # the step that made the file, which cannot be taken back
_CALM = 250  # milliseconds: several changes at once are counted once
_LATER = 1500  # milliseconds until what is due is counted anew while another page is in sight
_DAY = 600_000  # milliseconds between two looks at the calendar


class FirstPage(Page):
    """`query` asks to open a list, `page` a ledger, `record` (ledger, rid) a record, `records` several.

    `due` carries how much is due in each ledger, as `Badge`s.
    """

    query = Signal(object)  # Query
    page = Signal(str)
    record = Signal(str, int)
    records = Signal(str, object)
    due = Signal(object)

    def __init__(self, office: Office, figures: Figures | None = None, parent: QWidget | None = None) -> None:
        """`figures` are what the file remembers; they are shown until everything is counted anew."""
        super().__init__("first", PageBar("首页"), parent)
        self.office = office
        self._stale = True
        self._calm = QTimer(self, singleShot=True, interval=_CALM)
        self._calm.timeout.connect(self.refresh)
        self._later = QTimer(self, singleShot=True, interval=_LATER)
        self._later.timeout.connect(self._count_due)
        self._daily = QTimer(self, interval=_DAY)
        self._daily.timeout.connect(self._look_at_day)
        self._daily.start()
        self.badges: tuple[Badge, ...] = ()
        self._due = DuePanel()
        self._due.records.connect(self.records.emit)
        self._due.query.connect(self.query.emit)
        self._figures = QGridLayout()
        self._figures.setSpacing(GAP)
        self._gaps = column(gap=2)
        self._remarks = column(gap=2)
        self._steps = column(gap=2)
        self._attention = _titled("请留意", self._remarks)
        self._attention.hide()
        self._start = _titled("从这里开始", self._ways_in())
        self._start.hide()
        self._shown: Figures | None = None
        self.backup = label("", "muted")
        self._lay_out()
        self.bar.pressed.connect(lambda _action: office.undo())
        office.changed.connect(self._heard)
        office.hidden.connect(self._hide_names)
        if figures is None:
            self._draw_counts([Count(key, -1, 0) for key in office.ledgers])
        else:
            self.draw(figures)

    @property
    def filled(self) -> bool:
        """Whether figures are shown, remembered or counted."""
        return self._shown is not None

    def shown(self) -> None:
        """See `Page.shown`."""
        if self._stale:
            self.refresh()
        else:
            self._look_at_day()

    def refresh(self) -> None:
        """Count everything anew."""
        self._stale = False
        self.office.ask(count, self.draw, owner=self)

    def _heard(self, _changes: Changes) -> None:
        if self.isVisible():
            self._calm.start()
        else:
            self._stale = True
            self._later.start()

    def _count_due(self) -> None:
        """The navigation says what is due also while this page is not in sight."""
        self.office.ask(lambda store: badges(store.reminders()), self._mark, owner=self)

    def _mark(self, found: tuple[Badge, ...]) -> None:
        self.badges = found
        self.due.emit(found)

    def _look_at_day(self) -> None:
        """Days go by while the program is open, and more falls due."""
        self.office.ask(lambda store: store.today, self._on_day, owner=self)

    def _on_day(self, day: date) -> None:
        if self._shown and self._shown.day != day:
            self.refresh()

    # -- drawing -------------------------------------------------------------------------------------------------------

    def draw(self, figures: Figures) -> None:
        """Show what was counted."""
        if figures == self._shown:
            return
        self._shown = figures
        self._mark(figures.badges)
        self._draw_counts(figures.counts)
        self._due.draw(figures.items, masked=self.office.masked)
        self._draw_lacks(figures.lacks)
        self._start.setVisible(sum(one.records for one in figures.counts) <= 1)
        self._draw_remarks(figures.remarks)
        self._draw_steps(figures.steps)
        at = figures.backup
        self.backup.setText(f"上次备份：{moment(at)}" if at else "还没有备份。关闭程序时，有改动会自动备份。")

    def _draw_counts(self, found: Sequence[Count]) -> None:
        emptied(self._figures)
        for at, one in enumerate(found):
            self._figures.addWidget(self._figure(one), at // 4, at % 4)

    def _figure(self, one: Count) -> QWidget:
        ledger = self.office.ledgers[one.ledger]
        panel = Panel(pad=16, gap=2)
        title = label(ledger.title, "muted")
        picture = label()
        picture.setPixmap(pixmap(ledger.icon, "muted", 18, self.devicePixelRatioF()))
        head = row(picture, title, None)
        number = button(
            f"{one.records:,}" if one.records >= 0 else "…", role="figure", on=partial(self.page.emit, one.ledger)
        )
        number.setToolTip(f"打开{ledger.title}")
        unit = label(ledger.unit, "muted")
        unit.setContentsMargins(0, 10, 0, 0)
        panel.body.addLayout(head)
        panel.body.addLayout(row(number, unit, None, gap=4))
        incomplete = Query(one.ledger, where=(INCOMPLETE,))
        if one.incomplete:
            text = f"{one.incomplete:,} {ledger.unit}信息不完整"
            opens = button(text, role="link", on=partial(self.query.emit, incomplete))
            set_role(opens, "link", "warning")
            panel.body.addLayout(row(opens, None))
        else:
            said = "" if one.records < 0 else "信息完整" if one.records and measures(ledger) else " "
            rest = label(said, "small")
            rest.setContentsMargins(5, 3, 0, 3)
            panel.body.addWidget(rest)
        return panel

    def _draw_lacks(self, found: Sequence[Lack]) -> None:
        emptied(self._gaps)
        for lack in found:
            unit = self.office.ledgers[lack.ledger].unit
            query = Query(lack.ledger, where=(Filter(lack.key, "blank"), INCOMPLETE))
            text = f"{self.office.ledgers[lack.ledger].title}：{lack.label}未填"
            self._gaps.addWidget(_line(text, f"{lack.records:,} {unit}", partial(self.query.emit, query)))
        if not found:
            self._gaps.addWidget(label("该填的都填了。", "muted"))

    def _hide_names(self, _masked: bool) -> None:
        if self._shown:
            self._due.draw(self._shown.items, masked=self.office.masked)
            self._draw_remarks(self._shown.remarks)
            self._draw_steps(self._shown.steps)

    def _ways_in(self) -> QVBoxLayout:
        """What an office without records can do first: each ledger says what it is for, and opens."""
        ways = column(gap=2)
        for ledger in self.office.ledgers.values():
            opens = partial(self.page.emit, ledger.key)
            ways.addWidget(_line(f"{ledger.title}：{ledger.purpose.partition('。')[0]}", "打开", opens))
        return ways

    def _draw_remarks(self, found: Sequence[Said]) -> None:
        emptied(self._remarks)
        for said in found:
            name, text = said.name, said.text
            if self.office.masked:
                name = hide(name_privacy(self.office.ledgers[said.ledger]), said.name)
                text = text.replace(said.name, name)
            self._remarks.addWidget(_remark(name, text, partial(self.record.emit, said.ledger, said.rid)))
        self._attention.setVisible(bool(found))

    def _draw_steps(self, found: Sequence[Step]) -> None:
        emptied(self._steps)
        for step in found:
            self._steps.addWidget(self._step(step))
        if not found:
            self._steps.addWidget(label("还没有改动。", "muted"))

    def _step(self, step: Step) -> QWidget:
        made = QWidget()
        told = self.office.told(step.title)
        title = label(told, "muted" if step.undone else "body")
        title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        when = " · ".join(part for part in (moment(step.at), step.who, f"{step.records} 条") if part)
        tip = self.office.facts.why_fixed or f"撤销：{told}"
        undo = button("撤销", role="quiet", tip=tip, on=partial(self.office.undo, step.op))
        undo.setEnabled(not step.undone and not self.office.facts.why_fixed)
        undo.setText("已撤销" if step.undone else "撤销")
        if step.op == _FOUNDING:
            undo.hide()
        layout = QHBoxLayout(made)
        layout.setContentsMargins(8, 4, 0, 4)
        layout.addLayout(column(title, label(when, "small"), gap=2), 1)
        layout.addWidget(undo)
        return made

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        content = QVBoxLayout()
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(GAP)
        content.addLayout(self._figures)
        content.addWidget(self._due)
        below = QHBoxLayout()
        below.setSpacing(GAP)
        left = column(self._start, self._attention, _titled("待补的信息", self._gaps), gap=GAP)
        left.addStretch(1)
        below.addLayout(left, 1)
        below.addWidget(_titled("最近的改动", self._steps), 1, Qt.AlignmentFlag.AlignTop)
        content.addLayout(below)
        content.addWidget(self.backup)
        content.addStretch(1)
        for layout in (self._gaps, self._steps):
            for width in (240, 180, 210):
                layout.addWidget(_bone(width))
        inner = QWidget()
        inner.setLayout(content)
        self.body.addWidget(scrolled(inner), 1)


def _titled(title: str, lines: QVBoxLayout) -> Panel:
    panel = Panel(pad=12, gap=8)
    heading = label(title, "heading")
    heading.setContentsMargins(8, 4, 0, 0)
    panel.body.addWidget(heading)
    panel.body.addLayout(lines)
    return panel


def _line(text: str, figure: str, on: partial[None]) -> QPushButton:
    made = button("", role="row", tip=text, on=on)
    layout = QHBoxLayout(made)
    layout.setContentsMargins(8, 6, 8, 6)
    layout.addWidget(label(text))
    layout.addStretch(1)
    layout.addWidget(label(figure, "muted"))
    made.setMinimumHeight(34)
    return made


def _remark(name: str, said: str, on: partial[None]) -> QPushButton:
    """What is said of a record; the whole of it when the mouse rests there."""
    made = button("", role="row", tip=said, on=on)
    layout = QVBoxLayout(made)
    layout.setContentsMargins(8, 6, 8, 6)
    layout.setSpacing(2)
    layout.addWidget(label(name))
    text = label(said, "finding")
    text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    layout.addWidget(text)
    made.setMinimumHeight(54)
    return made


def _bone(width: int) -> QFrame:
    """A grey bar where text is about to come."""
    made = QFrame()
    set_role(made, "skeleton")
    made.setFixedSize(QSize(width, 14))
    return made
