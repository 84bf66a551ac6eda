"""A block of the form that folds."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from taizhang.desk.form_field import FormField
from taizhang.desk.icons import icon
from taizhang.desk.widgets import button


class FormSection(QWidget):
    """A heading that opens and closes, and the fields below it."""

    def __init__(self, heading: str, fields: Sequence[FormField]) -> None:
        super().__init__()
        self.fields = list(fields)
        self._body = QWidget()
        inner = QVBoxLayout(self._body)
        inner.setContentsMargins(0, 4, 0, 8)
        inner.setSpacing(8)
        for field in fields:
            inner.addWidget(field)
        self._head = button(heading, "caret-down", role="section", on=self._turn)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self._body)

    @property
    def is_open(self) -> bool:
        """Whether its fields are shown."""
        return not self._body.isHidden()

    def open(self, *, opened: bool) -> None:
        """Show or fold the fields."""
        self._body.setVisible(opened)
        self._head.setIcon(icon("caret-down" if opened else "caret-right", "muted"))

    def _turn(self) -> None:
        self.open(opened=not self.is_open)
