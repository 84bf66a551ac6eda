"""The last look before an act is done, and what is said after it: what happens, in words, and the paper of it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from taizhang.core.findings import Finding
from taizhang.core.ledger import Ledger
from taizhang.desk.pdf_pane import PdfPane
from taizhang.desk.shown import noun
from taizhang.desk.theme import look
from taizhang.desk.widgets import GAP, Banner, Panel, column, emptied, label, row, scrolled
from taizhang.store.rehearsal import Deed, Shift

_ACTIONS = {"add": "新增", "change": "修改", "void": "作废", "unvoid": "恢复"}
_LONG = 8  # lines
_NAMED = 5  # names of a group that are said
_PAPER = 55  # percent of the width for the paper, where there is one


class DeedsView(QWidget):
    """What happens to which record: the one that the act is about first, line by line, the others each below."""

    def __init__(self, ledgers: Mapping[str, Ledger], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ledgers = ledgers
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(8)

    def show_deeds(self, deeds: Sequence[Deed], *, done: bool = False) -> None:
        """Tell of these; `done`: they have happened."""
        emptied(self._body)
        for at, alike in enumerate(_grouped(deeds)):
            if at:
                self._body.addSpacing(4)
            self._body.addWidget(_wrapped(self._heading(alike, first=not at, done=done), "strong"))
            if not _is_long(alike[0], deeds):
                self._body.addLayout(self._lines(alike[0]))
        for deed in (deed for deed in deeds[:1] if _is_long(deed, deeds)):
            self._body.addSpacing(4)
            self._body.addWidget(label("登记的内容", "strong"))
            self._body.addLayout(self._lines(deed))
        if not deeds:
            self._body.addWidget(label("没有要改动的内容。", "muted"))

    def _heading(self, alike: Sequence[Deed], *, first: bool, done: bool) -> str:
        deed, ledger = alike[0], self._ledgers[alike[0].ledger]
        names = "、".join(deed.name for deed in alike[:_NAMED])
        if len(alike) > 1:
            names = f"{names}{'等' if len(alike) > _NAMED else ''} {len(alike)} {ledger.unit}"
        what = f"{ledger.title}“{names}”" if names else ledger.title
        one = f"{_ACTIONS[deed.action]}{'了' if done else ''}{what}"
        if deed.action == "add" and len(alike) == 1:
            one = f"{'登记了' if done else '登记'}一{ledger.unit}{noun(ledger) or ledger.title}：{deed.name}"
        return one if first else f"同时{one}"

    def _lines(self, deed: Deed) -> QGridLayout:
        """What is changed, that which the ledger puts first before the rest."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        heads = self._ledgers[deed.ledger].heads
        first = sorted(
            (one for one in deed.shifts if one.field.key in heads), key=lambda one: heads.index(one.field.key)
        )
        for at, shift in enumerate((*first, *(one for one in deed.shifts if one not in first))):
            name = label(shift.field.label, "muted", wrap=True)
            name.setFixedWidth(look().size * 8 + 2)
            grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_wrapped(_says(shift, added=deed.action == "add"), "body"), at, 1)
        return grid


class ReviewPage(QWidget):
    """What will happen, what to look at, and the paper that comes of it."""

    def __init__(self, ledgers: Mapping[str, Ledger], about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.deeds = DeedsView(ledgers)
        self.remarks = column(gap=6)
        self.pane = PdfPane()
        for unused in (self.pane.pages, *self.pane.zooms[2:]):
            unused.setParent(self.pane)  # whatever belongs to no window outlives this one
            unused.hide()
        self.no_paper = label("", "finding", wrap=True)
        self.paper = QWidget()
        side = QVBoxLayout(self.paper)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(6)
        side.addLayout(row(label("打印出来的样子（还没有存入）", "muted"), None, *self.pane.zooms[:2]))
        side.addWidget(self.no_paper)
        side.addWidget(self.pane, 1)
        told = Panel(gap=GAP)
        told.body.addWidget(label("办理后会有这些变化", "heading"))
        if about:
            told.body.addWidget(label(about, "muted", wrap=True))
        told.body.addLayout(self.remarks)
        told.body.addWidget(self.deeds)
        told.body.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(scrolled(told), 100 - _PAPER)
        layout.addWidget(self.paper, _PAPER)
        self.show_paper(None)

    def show_review(self, deeds: Sequence[Deed], warnings: Sequence[Finding]) -> None:
        """Tell what would be done and what the rules ask to be looked at."""
        emptied(self.remarks)
        for finding in warnings:
            self.remarks.addWidget(Banner(finding.text, "warning"))
        self.deeds.show_deeds(deeds)

    def show_paper(self, pdf: bytes | None, why: str = "") -> None:
        """Show the paper; None: there is none, or `why` it cannot be shown."""
        self.paper.setVisible(pdf is not None or bool(why))
        self.no_paper.setText(why)
        self.no_paper.setVisible(bool(why))
        self.pane.setVisible(pdf is not None)
        self.pane.show_pdf(pdf or b"")


class DonePage(QWidget):
    """Says what was done, and what can be done with it."""

    def __init__(self, ledgers: Mapping[str, Ledger], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told = label("", "title", wrap=True)
        self.deeds = DeedsView(ledgers)
        self.offers = row()
        panel = Panel(gap=GAP)
        panel.body.addWidget(self.told)
        panel.body.addLayout(self.offers)
        panel.body.addWidget(self.deeds)
        panel.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(panel))


def _grouped(deeds: Sequence[Deed]) -> list[list[Deed]]:
    """The first by itself; of the others those together to which the same happens: forty people of one list."""
    groups: dict[object, list[Deed]] = {}
    for at, deed in enumerate(deeds):
        shifts = tuple((shift.field.key, shift.old, shift.new) for shift in deed.shifts)
        groups.setdefault((not at, deed.ledger, deed.action, shifts), []).append(deed)
    return list(groups.values())


def _is_long(deed: Deed, deeds: Sequence[Deed]) -> bool:
    """Whether a record's many lines would push what happens beside it out of sight."""
    return deed is deeds[0] and len(deeds) > 1 and len(deed.shifts) > _LONG


def _says(shift: Shift, *, added: bool) -> str:
    if added or not shift.old:
        return shift.new
    return f"{shift.old} → {shift.new or '（清空）'}"


def _wrapped(text: str, role: str) -> QLabel:
    made = label(text, role, wrap=True)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return made
