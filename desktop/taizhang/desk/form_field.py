"""One field of the form: its label, its input, and beneath it what the gate says while one types."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from taizhang.core.context import Alone
from taizhang.core.field import Field, nobody
from taizhang.core.findings import Finding
from taizhang.desk.inputs import Input
from taizhang.desk.theme import look
from taizhang.desk.widgets import button, emptied, label


class FormField(QWidget):
    """A label, an input, and findings with the proposed repair as a button."""

    changed = Signal()

    def __init__(self, field: Field, entry: Input) -> None:
        super().__init__()
        self.field = field
        self.entry = entry
        self.touched = False
        self.findings: tuple[Finding, ...] = ()
        name = label(f"{field.label} ＊" if field.required else field.label, "muted", wrap=True)
        name.setFixedWidth(look().size * 8 + 4)
        name.setAlignment(Qt.AlignmentFlag.AlignTop)
        name.setContentsMargins(0, 7, 0, 0)
        name.setBuddy(entry)
        if field.help:
            name.setToolTip(field.help)
        self._said = QVBoxLayout()
        self._said.setSpacing(2)
        right = QVBoxLayout()
        right.setSpacing(3)
        right.addWidget(entry)
        right.addLayout(self._said)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(name)
        layout.addLayout(right, 1)
        entry.changed.connect(self._changed)

    def say(self, findings: Sequence[Finding]) -> None:
        """Show these findings, and no others."""
        found = tuple(findings)
        if found == self.findings:
            return
        self.findings = found
        emptied(self._said)
        for finding in found:
            self._said.addWidget(label(finding.text, "finding", wrap=True))
            if finding.proposal is not None:
                self._said.addLayout(self._repair(finding.proposal))
        self.entry.state("error" if any(one.is_error for one in found) else "warning" if found else "")

    def _repair(self, proposal: str) -> QHBoxLayout:
        line = QHBoxLayout()
        line.addWidget(button(f"改为 {self._shown(proposal)}", "check", role="link", on=lambda: self._take(proposal)))
        line.addStretch(1)
        return line

    def _shown(self, proposal: str) -> str:
        """The proposal as the field itself writes it (2026.11 for 2026-11); the name of a record stays as it is."""
        return self.field.show(self.field.read(proposal, Alone(date.max)).value, nobody) or proposal

    def _take(self, proposal: str) -> None:
        self.entry.put(proposal, self._shown(proposal))
        self.entry.setFocus()
        self._changed()

    def _changed(self) -> None:
        self.touched = True
        self.changed.emit()
