"""Many records chosen from a list: by organisation, by name, all at once or one by one."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from taizhang.core.hanzi import pinyin_forms
from taizhang.core.ledger import Ledger
from taizhang.core.privacy import hide
from taizhang.desk.office import Office
from taizhang.desk.picker import Option
from taizhang.desk.shown import name_privacy
from taizhang.desk.theme import look
from taizhang.desk.tree_panel import Node, TreePanel, nodes
from taizhang.desk.widgets import GAP, PAD, SearchBox, button, column, label, row
from taizhang.desk.window_size import open_at
from taizhang.store.query import Query
from taizhang.store.store import Store

_TREE = 13  # letters
_AT = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Choices:
    """Everyone who can be chosen, and the tree of organisations with those who are in each and below it."""

    options: tuple[Option, ...]
    tree: tuple[Node, ...]
    inside: dict[int, frozenset[int]]  # organisation -> records


def choices(store: Store, ledger: Ledger, more: Sequence[int]) -> Choices:
    """Those present, and `more`: those chosen already, though they may have gone."""
    present = store.rids(Query(ledger.key))
    rids = [*present, *(rid for rid in more if rid not in set(present))]
    scope = ledger.by_key.get(ledger.scope)
    rows = store.rows(ledger.key, rids, [ledger.title_field, *([scope.key] if scope else [])])
    options = tuple(
        Option(row.rid, ledger.name_of(row.values), scope.show(row.values[scope.key], store.short_name_of))
        if scope
        else Option(row.rid, ledger.name_of(row.values))
        for row in rows
    )
    if scope is None:
        return Choices(options, (), {})
    home = next(one for one in store.ledgers.values() if one.office)
    tree = nodes(store, ledger, None)
    inside = {}
    for node in tree:
        below = store.below(home.key, node.rid)
        inside[node.rid] = frozenset(row.rid for row in rows if row.values[scope.key] in below)
    inside[store.root] = frozenset(rids)
    return Choices(options, tuple(tree), inside)


class PickMany(QDialog):
    """Ticks in a list. `picked` carries the `Option`s, in the order in which they were ticked."""

    picked = Signal(object)

    def __init__(self, office: Office, ledger: Ledger, chosen: Sequence[Option], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pickMany")
        self.setWindowTitle(f"从{ledger.title}中选")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        open_at(self, 820, 620)
        self._office, self._ledger = office, ledger
        self._chosen = {option.raw: option for option in chosen}
        self._found = Choices((), (), {})
        self._words: dict[object, tuple[str, ...]] = {}
        self._filling = False
        self.tree = TreePanel()
        self.search = SearchBox("姓名或拼音首字母")
        self.list = QListWidget()
        self.list.setAccessibleName("名单")
        self.list.setUniformItemSizes(True)
        self.count = label("", "strong")
        self.all = button("", "check-square", on=self._tick_all)
        self.none = button("全部取消", role="quiet", on=self._tick_none)
        self.take = button("选好了", role="primary", on=self.accept)
        self._lay_out()
        self.tree.scoped.connect(lambda _rid: self._fill())
        self.search.textChanged.connect(self._looked_for)
        self.search.returnPressed.connect(self._tick_first)
        self.list.itemChanged.connect(self._ticked)
        self.list.itemActivated.connect(self._turn)
        office.hidden.connect(self._hide_names)
        QShortcut(QKeySequence("F9"), self).activated.connect(lambda: office.mask(not office.masked))
        self._hide_names(office.masked)
        rids = [rid for rid in self._chosen if isinstance(rid, int)]
        office.ask(lambda store: choices(store, ledger, rids), self._arrived, owner=self)

    def accept(self) -> None:
        """Hand over what is ticked."""
        self.picked.emit(list(self._chosen.values()))
        super().accept()

    def _arrived(self, found: Choices) -> None:
        self._found = found
        self._words = {one.raw: (one.text, *pinyin_forms(one.text)) for one in found.options}
        self.tree.setVisible(bool(found.tree))
        self.tree.fill(list(found.tree))
        self._fill()
        self.search.setFocus()

    def _shown(self) -> list[Option]:
        scope, typed = self.tree.scope(), self.search.text().strip().lower().replace(" ", "")
        inside = self._found.inside.get(scope)
        return [
            option
            for option in self._found.options
            if (inside is None or not scope or option.raw in inside)
            and (not typed or any(typed in form for form in self._words[option.raw]))
        ]

    def _fill(self) -> None:
        self._filling = True
        self.list.clear()
        privacy, masked = name_privacy(self._ledger), self._office.masked
        for option in self._shown():
            name = hide(privacy, option.text) if masked else option.text
            item = QListWidgetItem(f"{name}　{option.hint}" if option.hint else name)
            item.setData(_AT, option)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if option.raw in self._chosen else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self._filling = False
        self._say()

    def _hide_names(self, masked: bool) -> None:
        """Hide the names (F9) and, until another is typed, what was looked for; or show them again."""
        hides = masked and self.search.text()
        self.search.setEchoMode(SearchBox.EchoMode.Password if hides else SearchBox.EchoMode.Normal)
        self._fill()

    def _looked_for(self, text: str) -> None:
        if not text:
            self.search.setEchoMode(SearchBox.EchoMode.Normal)
        self._fill()

    def _ticked(self, item: QListWidgetItem) -> None:
        if self._filling:
            return
        option: Option = item.data(_AT)
        if item.checkState() is Qt.CheckState.Checked:
            self._chosen.setdefault(option.raw, option)
        else:
            self._chosen.pop(option.raw, None)
        self._say()

    def _turn(self, item: QListWidgetItem) -> None:
        """Enter or a double click ticks, or takes the tick away."""
        on = item.checkState() is Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)

    def _tick_first(self) -> None:
        """Enter after a name ticks it and makes room for the next."""
        if self.list.count():
            self.list.item(0).setCheckState(Qt.CheckState.Checked)
            self.search.clear()

    def _tick_all(self) -> None:
        for option in self._shown():
            self._chosen.setdefault(option.raw, option)
        self._fill()

    def _tick_none(self) -> None:
        self._chosen.clear()
        self._fill()

    def _say(self) -> None:
        unit, shown = self._ledger.unit, self.list.count()
        self.count.setText(f"已选 {len(self._chosen)} {unit}")
        self.all.setText(f"全选这 {shown} {unit}")
        self.all.setEnabled(shown > 0)
        self.none.setEnabled(bool(self._chosen))

    def _lay_out(self) -> None:
        self.tree.setFixedWidth(round(look().size * _TREE))
        right = column(gap=8)
        right.addLayout(row(self.search, self.all))
        right.addWidget(self.list, 1)
        sides = QHBoxLayout()
        sides.setSpacing(GAP)
        sides.addWidget(self.tree)
        sides.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(GAP)
        layout.addLayout(sides, 1)
        layout.addLayout(row(self.count, self.none, None, button("取消", on=self.reject), self.take))
