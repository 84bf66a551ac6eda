"""Beside the rows of an import: all that is said of one row, the repairs that are proposed, and what may be decided."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from taizhang.core.field import Field, as_text
from taizhang.core.findings import Finding
from taizhang.core.ledger import Ledger
from taizhang.desk.import_rows_model import cell_text
from taizhang.desk.widgets import Banner, button, chip, column, emptied, label, row as side_by_side
from taizhang.exchange.plan import Decision, PlanRow

_TONES = {Decision.ADD: "ok", Decision.UPDATE: "ok", Decision.REFUSE: "warning"}
_VERBS = {
    Decision.ADD: "作为新的新增",
    Decision.UPDATE: "更新已登记的",
    Decision.UNCHANGED: "保持不变",
    Decision.SKIP: "跳过这一行",
    Decision.REFUSE: "拒绝",
}


class RowPanel(QWidget):
    """Shows one row of a plan. `mend` carries the row's index, field and text, `decide` the index and a decision."""

    mend = Signal(int, str, str)
    decide = Signal(int, object)

    def __init__(self, ledger: Ledger, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ledger = ledger
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 8, 0)
        self._body.setSpacing(10)
        self.clear()

    def clear(self) -> None:
        """Nothing is chosen."""
        emptied(self._body)
        self._body.addWidget(label("选中一行，这里写明它有什么问题、怎样改。", "muted", wrap=True))
        self._body.addStretch(1)

    def show_row(self, at: int, found: PlanRow, sheet: str, differences: Sequence[tuple[str, str, str]] = ()) -> None:
        """Show row `at` of the plan; `differences` are label, old and new of what an update would change."""
        emptied(self._body)
        name = as_text(found.raw.get(self._ledger.title_field))
        self._body.addWidget(label(f"第 {found.number} 行 {name}", "heading", wrap=True))
        self._body.addWidget(label(sheet, "small"))
        told = chip(found.decision.label, _TONES.get(found.decision, "plain"))
        self._body.addLayout(side_by_side(told, None))
        if found.reason:
            self._body.addWidget(label(found.reason, "muted", wrap=True))
        for key in dict.fromkeys(finding.field for finding in found.findings):
            self._say(at, found, key, [finding for finding in found.findings if finding.field == key])
        if differences:
            self._body.addWidget(label("会改成", "section"))
            for name, old, new in differences:
                self._body.addLayout(
                    column(label(name, "small"), label(f"{old or '（空）'} → {new}", wrap=True), gap=0)
                )
        others = [choice for choice in found.choices if choice is not found.decision]
        if others:
            self._body.addWidget(label("也可以", "section"))
            for choice in others:
                self._body.addWidget(button(_VERBS[choice], on=self._deciding(at, choice)))
        self._body.addStretch(1)

    def _say(self, at: int, found: PlanRow, key: str | None, findings: Sequence[Finding]) -> None:
        """One cell to be mended in place, with what is said of it below and the repairs as buttons."""
        field = self._ledger.by_key.get(key or "")
        if field and found.draft is not None:
            self._body.addLayout(column(label(field.label, "small"), self._cell(at, found, field), gap=2))
        for finding in findings:
            self._body.addWidget(Banner(finding.text, "warning" if finding.is_error else "plain"))
            if field and finding.proposal is not None:
                repair = button(
                    f"改成“{finding.proposal}”", "wrench", on=self._mending(at, field.key, finding.proposal)
                )
                self._body.addLayout(side_by_side(repair, None))

    def _cell(self, at: int, found: PlanRow, field: Field) -> QLineEdit:
        """What stands in the cell; Enter or leaving it puts what is typed in its place."""
        edit = QLineEdit(cell_text(found, field))
        edit.setAccessibleName(field.label)

        def finished() -> None:
            if edit.isModified():  # once: the panel is made anew then, which takes the focus away again
                edit.setModified(False)
                self.mend.emit(at, field.key, edit.text())

        edit.editingFinished.connect(finished)
        return edit

    def _mending(self, at: int, key: str, text: str) -> Callable[[], None]:
        return lambda: self.mend.emit(at, key, text)

    def _deciding(self, at: int, choice: Decision) -> Callable[[], None]:
        return lambda: self.decide.emit(at, choice)
