"""The history of a record, for the whole of it and for one field: who changed what from what to what, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from taizhang.core.ledger import Ledger
from taizhang.core.privacy import Privacy, Profile, hide, mask
from taizhang.desk.moments import moment
from taizhang.desk.office import Office
from taizhang.desk.widgets import Panel, button, emptied, hairline, label, scrolled
from taizhang.store.rows import Changes, Entry

if TYPE_CHECKING:
    from taizhang.store.store import Store

ACTIONS = {"add": "新增", "change": "修改", "void": "作废", "unvoid": "恢复"}


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one step, as it reads."""

    key: str
    label: str
    old: str
    new: str
    privacy: Privacy


@dataclass(frozen=True)
class Past:
    """One step of a record's history."""

    title: str
    who: str
    at: datetime
    action: str
    changes: tuple[Change, ...]


def history(store: Store, ledger_key: str, rid: int) -> list[Past]:
    """The history of a record, latest first, masked as internal lists are."""
    ledger = store.ledgers[ledger_key]
    return [_past(store, ledger, entry) for entry in store.history(rid)]


def _past(store: Store, ledger: Ledger, entry: Entry) -> Past:
    changes = []
    for key, (old, new) in entry.fields.items():
        if (field := ledger.by_key.get(key)) is None:
            continue
        was, now = (
            mask(Profile.INTERNAL, field.privacy, field.show(value, store.name_of), value, store.today)
            for value in (old, new)
        )
        if field.kind == "attachment":
            was, now = ("有" if value else "" for value in (old, new))
        changes.append(Change(key, field.label, was, now, field.privacy))
    return Past(entry.title, entry.who, entry.at, ACTIONS.get(entry.action, entry.action), tuple(changes))


class HistoryPanel(Panel):
    """Shows what happened to a record; the fields that ever changed can be looked at one by one."""

    left = Signal()

    def __init__(self, ledger: Ledger, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent, pad=0, gap=0)
        self._ledger, self._office = ledger, office
        self._rid = 0
        self._past: list[Past] = []
        self.fields = QComboBox()
        self.fields.setAccessibleName("看哪一项的历史")
        self.fields.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.fields.setMaximumWidth(170)
        self.fields.currentIndexChanged.connect(self._draw)
        self._content = QVBoxLayout()
        self._content.setContentsMargins(16, 12, 16, 12)
        self._content.setSpacing(4)
        inner = QWidget()
        inner.setLayout(self._content)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 12)
        head.setSpacing(8)
        head.addWidget(button("", "arrow-left", role="quiet", tip="返回（Esc）", key="Esc", on=self.left.emit))
        head.addWidget(label("历史", "heading"))
        head.addStretch(1)
        head.addWidget(self.fields)
        self.body.addLayout(head)
        self.body.addWidget(hairline())
        self.body.addWidget(scrolled(inner), 1)
        office.changed.connect(self._heard)
        office.hidden.connect(lambda _masked: self._draw())

    def show_record(self, rid: int, key: str = "") -> None:
        """Show the history of a record, of one field when `key` names it."""
        self._rid = rid
        ledger = self._ledger.key
        self._office.ask(lambda store: history(store, ledger, rid), partial(self._arrived, rid, key), owner=self)

    def _arrived(self, rid: int, key: str, past: list[Past]) -> None:
        if rid != self._rid:
            return
        self._past = past
        self.fields.blockSignals(True)
        self.fields.clear()
        self.fields.addItem("全部项目", "")
        for one, text in {change.key: change.label for entry in past for change in entry.changes}.items():
            self.fields.addItem(text, one)
        self.fields.setCurrentIndex(max(self.fields.findData(key), 0))
        self.fields.blockSignals(False)
        self._draw()

    def _heard(self, changes: Changes) -> None:
        if self.isVisible() and self._rid in changes.touched.get(self._ledger.key, ()):
            self.show_record(self._rid, str(self.fields.currentData() or ""))

    def _draw(self) -> None:
        emptied(self._content)
        only = self.fields.currentData() or ""
        for entry in self._past:
            changes = [change for change in entry.changes if not only or change.key == only]
            if changes or not only:
                self._draw_entry(entry, changes)
        self._content.addStretch(1)

    def _draw_entry(self, entry: Past, changes: Sequence[Change]) -> None:
        self._content.addWidget(_line(self._office.told(entry.title), "strong"))
        self._content.addWidget(label(" · ".join(part for part in (moment(entry.at), entry.who) if part), "small"))
        for change in changes:
            old, new = (
                hide(change.privacy, text) if self._office.masked else text for text in (change.old, change.new)
            )
            self._content.addWidget(label(change.label, "muted"))
            self._content.addWidget(_line(f"{old} → {new or '（清空）'}" if old else new, "body"))
        self._content.addSpacing(12)


def _line(text: str, role: str) -> QWidget:
    made = label(text, role, wrap=True)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
