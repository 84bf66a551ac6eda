"""All paper forms of the office: look at one, change it, take it along as a file, let the standard one count again."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from taizhang.core.errors import Refused, StoreTrouble
from taizhang.core.ledger import Ledger
from taizhang.desk.asked import FormAsked
from taizhang.desk.form_editor import FormEditor
from taizhang.desk.form_source import save_text, take
from taizhang.desk.office import Office
from taizhang.desk.save_place import ask_place, documents
from taizhang.desk.theme import look
from taizhang.desk.widgets import GAP, PAD, Banner, button, column, emptied, label, row
from taizhang.desk.window_size import open_at
from taizhang.press.forms.reading import SUFFIX
from taizhang.press.forms.shelf import Entry, shelf_of
from taizhang.store.store import Store

_HEADS = ("表格", "台账", "版式", "用途")
_ABOUT = "打印用的表格都在这里。单位要求不同的，可以改成自己的版式；改坏了随时能恢复标准版式。"


def standing(store: Store) -> list[Entry]:
    """Every form of the office, by ledgers in the order of the navigation."""
    titles = [ledger.title for ledger in store.ledgers.values()]
    found = shelf_of(store).entries()
    return sorted(found, key=lambda one: titles.index(one.ledger) if one.ledger in titles else len(titles))


class FormsDialog(QDialog):
    """Lists the forms; `door` asks the window to show one."""

    door = Signal(str, object)
    help_asked = Signal(str)

    def __init__(
        self, office: Office, now: Callable[[], datetime] = datetime.now, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("forms")
        self.setWindowTitle("表格版式")
        self.setWindowModality(Qt.WindowModality.WindowModal)  # the help stays open beside it
        open_at(self, 900, 560)
        self._office, self._now = office, now
        self._forms: list[Entry] = []
        self.table = QTableWidget(0, len(_HEADS))
        self.said = column(gap=6)
        self.look_button = button("看样子", "eye", tip="用样张看打印出来的样子", on=self.look)
        self.edit_button = button("改版式…", "pencil-simple", role="primary", on=self.edit)
        self.standard_button = button("恢复标准版式", "arrow-counter-clockwise", on=self._ask_standard)
        self.export_button = button("另存为文件…", "export", on=self._save_as)
        self._lay_out()
        self.table.itemSelectionChanged.connect(self._enable)
        self.table.itemDoubleClicked.connect(lambda _item: self.edit() if self.edit_button.isEnabled() else self.look())
        QShortcut(QKeySequence("F1"), self).activated.connect(lambda: self.help_asked.emit("forms"))
        self.refresh()

    def refresh(self) -> None:
        """Read the forms anew."""
        self._office.ask(standing, self._fill, self._failed, self)

    def chosen(self) -> Entry | None:
        """The form whose line is selected."""
        at = self.table.currentRow()
        return self._forms[at] if 0 <= at < len(self._forms) else None

    def look(self) -> None:
        """Close, and show the form with a sample."""
        if (one := self.chosen()) and (ledger := self._ledger(one)):
            self.accept()
            self.door.emit("form", FormAsked(ledger, (), one.key))

    def edit(self) -> None:
        """Change the text of the form."""
        if (one := self.chosen()) and (ledger := self._ledger(one)):
            editor = FormEditor(self._office, one.key, ledger, self._now, self)
            editor.help_asked.connect(self.help_asked)
            editor.exec()
            editor.deleteLater()
            self.refresh()

    def restore(self) -> None:
        """Let the standard text of the form count again."""
        if one := self.chosen():
            key = one.key

            def restore(store: Store) -> str:
                before = shelf_of(store).text(key)
                take(store, key, None)
                return before

            self._office.ask(restore, partial(self._restored, one), self._failed, self)

    def save_to(self, path: Path) -> None:
        """Write the text of the form to a file."""
        if one := self.chosen():
            key = one.key
            self._office.ask(
                lambda store: save_text(path, shelf_of(store).text(key)),
                lambda _none: self._say(f"已另存为“{path.name}”。", "ok"),
                self._failed,
                self,
            )

    def _restored(self, one: Entry, before: str) -> None:
        self._say(f"“{one.title}”已恢复标准版式。", "ok").offer("放回原来的", partial(self._put_back, one, before))
        self.refresh()

    def _put_back(self, one: Entry, text: str) -> None:
        self._office.ask(lambda store: take(store, one.key, text), lambda _source: self._back(one), self._failed, self)

    def _back(self, one: Entry) -> None:
        self._say(f"“{one.title}”已放回本单位的版式。", "ok")
        self.refresh()

    def _ask_standard(self) -> None:
        if one := self.chosen():
            asked = self._say(f"“{one.title}”恢复标准版式以后，本单位自己的改动不再使用。", "warning")
            asked.offer("恢复", self.restore)
            asked.offer("不恢复", lambda: emptied(self.said))

    def _ledger(self, one: Entry) -> Ledger | None:
        return next((ledger for ledger in self._office.ledgers.values() if ledger.title == one.ledger), None)

    def _fill(self, forms: list[Entry]) -> None:
        at = max(self.table.currentRow(), 0)
        self._forms = forms
        self.table.setRowCount(len(forms))
        for line, one in enumerate(forms):
            which = "有错，用不了" if one.faults else "本单位的" if one.own else "标准"
            told = str(one.faults[0]) if one.faults else one.about
            for place, text in enumerate((one.title, one.ledger, which, told)):
                cell = QTableWidgetItem(text)
                cell.setToolTip(text)
                self.table.setItem(line, place, cell)
        if forms:
            self.table.selectRow(min(at, len(forms) - 1))
        self._enable()

    def _enable(self) -> None:
        one, fixed = self.chosen(), self._office.facts.why_fixed
        self.look_button.setEnabled(one is not None and not one.faults)
        self.export_button.setEnabled(one is not None)
        self.edit_button.setEnabled(one is not None and not fixed)
        self.standard_button.setEnabled(one is not None and one.own and not fixed)
        if fixed:
            self.edit_button.setToolTip(fixed)
            self.standard_button.setToolTip(fixed)

    def _say(self, text: str, tone: str) -> Banner:
        emptied(self.said)
        banner = Banner(text, tone)
        self.said.addWidget(banner)
        return banner

    def _failed(self, error: Exception) -> None:
        if isinstance(error, (Refused, StoreTrouble)):
            self._say(str(error), "warning")
        else:
            self._office.worker.unhandled(error)

    def _save_as(self) -> None:
        if (one := self.chosen()) and (path := ask_place(self, "另存为", documents() / f"{one.key}{SUFFIX}")):
            self.save_to(path)

    def _lay_out(self) -> None:
        table = self.table
        table.setAccessibleName("表格版式")
        table.setHorizontalHeaderLabels(list(_HEADS))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(look().size + 18)
        table.setShowGrid(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        head = table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(_HEADS.index("用途"), QHeaderView.ResizeMode.Stretch)
        head.setHighlightSections(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(GAP)
        layout.addWidget(label(_ABOUT, "muted", wrap=True))
        layout.addLayout(self.said)
        layout.addWidget(table, 1)
        layout.addLayout(row(self.look_button, self.export_button, self.standard_button, None, self.edit_button))
