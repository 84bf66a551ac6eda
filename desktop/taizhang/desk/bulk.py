"""One field, one value, many records: previewed, counted, and one step to take back."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from taizhang.core.check import Draft, Gate
from taizhang.core.field import Field
from taizhang.core.ledger import Ledger
from taizhang.core.privacy import hide
from taizhang.desk.inputs import Input
from taizhang.desk.inputs_linked import input_for
from taizhang.desk.latest import Latest
from taizhang.desk.office import Office
from taizhang.desk.shown import name_privacy
from taizhang.desk.widgets import GAP, PAD, Panel, button, label, row, scrolled
from taizhang.store.rows import Changes
from taizhang.store.store import Store
from taizhang.store.work import Work

_CALM = 200  # milliseconds after the last key until the preview is made
_NOT_IN_BULK = {"attachment", "id_card", "name"}  # nobody shares these with others


@dataclass(frozen=True)
class Plan:
    """What a bulk edit would do: the drafts that change something, how many stay as they are, who cannot be changed."""

    drafts: tuple[tuple[int, Draft], ...]
    same: int
    refused: tuple[tuple[str, str], ...]  # (name, why)


def plan(store: Store, ledger: Ledger, rids: Sequence[int], key: str, raw: object) -> Plan:
    """Let the gate look at each of the records with the new value."""
    gate = Gate(ledger, store.context())
    drafts, same, refused = [], 0, []
    for found in store.rows(ledger.key, rids, list(ledger.by_key)):
        draft = gate.check({key: raw}, found.values, found.rid)
        blocked = [one for one in draft.errors() if one.field in {key, None}]
        if blocked or not draft.ok:
            refused.append((ledger.name_of(found.values), (blocked or draft.errors())[0].text))
        elif draft.values.get(key) == found.values.get(key):
            same += 1
        else:
            drafts.append((found.rid, draft))
    return Plan(tuple(drafts), same, tuple(refused))


def fields_for(ledger: Ledger) -> list[Field]:
    """The fields that many records may share a value of."""
    return [field for field in ledger.fields if field.kind not in _NOT_IN_BULK and not field.unique]


class BulkPanel(Panel):
    """Changes one field of the selected records. `done` says that it is over."""

    done = Signal()

    def __init__(self, ledger: Ledger, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent, pad=0, gap=0)
        self._ledger, self._office = ledger, office
        self._rids: list[int] = []
        self._plan: Plan | None = None
        self._entry: Input | None = None
        self._latest = Latest(office, self)
        self._calm = QTimer(self, singleShot=True, interval=_CALM)
        self._calm.timeout.connect(self._preview)
        self._title = label("", "heading")
        self.field = QComboBox()
        self.field.setMaxVisibleItems(16)
        self.field.setPlaceholderText("选一项")
        for one in fields_for(ledger):
            self.field.addItem(one.label, one.key)
        self._place = QVBoxLayout()
        self.said = label("", "muted", wrap=True)
        self.take = button("修改", role="primary", on=self._do)
        content = QVBoxLayout()
        content.setContentsMargins(PAD, PAD, PAD, PAD)
        content.setSpacing(GAP)
        content.addWidget(self._title)
        content.addWidget(label("给选中的记录填同一个值；空着就是清空这一项。", "muted", wrap=True))
        content.addWidget(label("修改哪一项", "section"))
        content.addWidget(self.field)
        self._to = label("改成", "section")
        content.addWidget(self._to)
        content.addLayout(self._place)
        content.addWidget(self.said)
        content.addStretch(1)
        inner = QWidget()
        inner.setLayout(content)
        foot = QHBoxLayout()
        foot.setContentsMargins(PAD, 10, PAD, GAP)
        foot.addLayout(row(None, button("取消", on=self.done.emit, tip="取消（Esc）", key="Esc"), self.take))
        self.body.addWidget(scrolled(inner), 1)
        self.body.addLayout(foot)
        self.field.currentIndexChanged.connect(self._chosen)
        office.hidden.connect(lambda _masked: self._plan and self._planned(self._plan))

    def show_records(self, rids: list[int]) -> None:
        """Begin with these records."""
        self._rids = rids
        self._title.setText(f"已选 {len(rids)} {self._ledger.unit}")
        self.field.setCurrentIndex(-1)  # nothing is proposed: a press too many must not empty a field
        self._chosen()

    def _chosen(self) -> None:
        if self._entry is not None:
            self._place.removeWidget(self._entry)
            self._entry.deleteLater()
            self._entry = None
        self._plan = None
        self.take.setEnabled(False)
        self.take.setText("修改")
        self.said.clear()
        key = self.field.currentData()
        self._to.setVisible(key is not None)
        if key is not None:
            self._entry = input_for(self._ledger.by_key[key], self._office)
            self._entry.changed.connect(self._calm.start)
            self._place.addWidget(self._entry)
            self._calm.start()

    def _preview(self) -> None:
        if self._entry is None:
            return
        raw, key, rids, ledger = self._entry.raw(), self._entry.field.key, self._rids, self._ledger
        self._latest.ask(lambda store: plan(store, ledger, rids, key, raw), self._planned)

    def _planned(self, made: Plan) -> None:
        unit = self._ledger.unit
        self._plan = made
        privacy = name_privacy(self._ledger)
        self.take.setEnabled(bool(made.drafts))
        does = "修改" if self._entry and self._entry.shown() else "清空"
        self.take.setText(f"{does} {len(made.drafts)} {unit}")
        lines = [f"将{does} {len(made.drafts)} {unit}，{made.same} {unit}已是这个值。"]
        lines += [f"{len(made.refused)} {unit}不能改，会跳过："] if made.refused else []
        hidden = self._office.masked
        lines += [f"· {hide(privacy, name) if hidden else name}：{why}" for name, why in made.refused[:5]]
        self.said.setText("\n".join(lines))

    def _do(self) -> None:
        made = self._plan
        if made is None:
            return
        title = f"批量修改{self._ledger.title}的{self.field.currentText()}"
        self._office.do(title, partial(_change, made), self._changed)

    def _changed(self, _changes: Changes) -> None:
        self.done.emit()


def _change(made: Plan, work: Work) -> None:
    work.change_many(list(made.drafts))
