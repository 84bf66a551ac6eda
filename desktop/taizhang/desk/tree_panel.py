"""The tree of organisations at the left of a list: whose records are shown, and how many each has."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from taizhang.core.ledger import Ledger
from taizhang.desk.widgets import set_role
from taizhang.store.query import Query
from taizhang.store.store import Store


@dataclass(frozen=True, slots=True)
class Node:
    """One organisation: its number, that of the one above (0: none), its name, the records in it and below."""

    rid: int
    above: int
    name: str
    count: int


def nodes(store: Store, ledger: Ledger, as_of: date | None) -> list[Node]:
    """The tree for a ledger, in the order in which the organisations were registered; counted on the day."""
    home = next(one for one in store.ledgers.values() if one.office)
    rids = sorted(store.rids(Query(home.key, as_of=as_of)))
    keys = [home.title_field, *(key for key in (home.short_field, home.tree) if key)]
    rows = store.rows(home.key, rids, keys, as_of)
    there = {row.rid for row in rows}
    above = {row.rid: _number(row.values.get(home.tree), there) or store.root for row in rows} | {store.root: 0}
    counts = summed(above, store.tallies(ledger.key, ledger.scope, as_of))
    # Whoever belongs to no organisation yet is at home in the office as a whole.
    counts[store.root] = store.count(Query(ledger.key, as_of=as_of))
    return [
        Node(
            row.rid, above[row.rid], str(row.values.get(home.short_field) or home.name_of(row.values)), counts[row.rid]
        )
        for row in rows
    ]


def summed(above: Mapping[int, int], own: Mapping[int, int]) -> dict[int, int]:
    """Each one's own count plus those of all below it."""
    total = {rid: own.get(rid, 0) for rid in above}
    for rid in above:
        seen, at = {rid}, above[rid]
        while at and at not in seen:
            seen.add(at)
            total[at] += own.get(rid, 0)
            at = above.get(at, 0)
    return total


class TreePanel(QTreeWidget):
    """Shows the tree; `scoped` carries the organisation chosen (0: the whole office)."""

    scoped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "plain")
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setIndentation(10)
        self.setUniformRowHeights(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("党组织")
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(1)  # Qt's own keeps the names from room that no number needs
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._filling = False
        self.currentItemChanged.connect(self._moved)

    def fill(self, found: list[Node]) -> None:
        """Show these organisations, keeping what was chosen and what was closed."""
        chosen = self.scope()
        closed = {item.data(0, Qt.ItemDataRole.UserRole) for item in self._items() if not item.isExpanded()}
        self._filling = True
        self.clear()
        made = {node.rid: _item(node) for node in found}
        for node in found:
            parent = made.get(node.above)
            if parent is None or node.above == node.rid:
                self.addTopLevelItem(made[node.rid])
            else:
                parent.addChild(made[node.rid])
        for node in found:
            made[node.rid].setExpanded(node.rid not in closed or not self.topLevelItemCount())
        if first := made.get(chosen) or self.topLevelItem(0):
            self.setCurrentItem(first)
        self._filling = False

    def scope(self) -> int:
        """The organisation chosen; 0 for the top, which is the whole office."""
        item = self.currentItem()
        return 0 if item is None or item is self.topLevelItem(0) else int(item.data(0, Qt.ItemDataRole.UserRole))

    def choose(self, rid: int) -> None:
        """Choose an organisation, 0 for the whole office."""
        for item in self._items() if rid else [self.topLevelItem(0)]:
            if item is not None and rid in {0, item.data(0, Qt.ItemDataRole.UserRole)}:
                self.setCurrentItem(item)

    def mark(self, rid: int) -> None:
        """Choose an organisation and tell nobody."""
        self._filling = True
        self.choose(rid)
        self._filling = False

    def _items(self) -> list[QTreeWidgetItem]:
        return self.findItems("*", Qt.MatchFlag.MatchWildcard | Qt.MatchFlag.MatchRecursive)

    def _moved(self, _now: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        if not self._filling:
            self.scoped.emit(self.scope())


def _item(node: Node) -> QTreeWidgetItem:
    item = QTreeWidgetItem([node.name, str(node.count or "")])
    item.setData(0, Qt.ItemDataRole.UserRole, node.rid)
    item.setToolTip(0, node.name)
    item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item


def _number(value: object, there: set[int]) -> int:
    return value if isinstance(value, int) and value in there else 0
