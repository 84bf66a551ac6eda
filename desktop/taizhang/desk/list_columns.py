"""The columns of a list: which are shown and how wide they were drawn, remembered by the office."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QPoint, QTimer, Signal

from taizhang.core.ledger import Ledger
from taizhang.desk.column_chooser import ColumnChooser
from taizhang.desk.office import Office
from taizhang.desk.rows_view import RowsView
from taizhang.desk.shown import Column, all_columns, column, usual_columns

_REST = 500  # milliseconds after the last pull at a column until its width is kept


class ListColumns(QObject):
    """`shown` are the columns in their order; `changed`: the list is to be asked for anew."""

    changed = Signal()

    def __init__(self, ledger: Ledger, office: Office, view: RowsView) -> None:
        super().__init__(view)
        self._ledger, self._office, self._view = ledger, office, view
        self._key = f"columns:{ledger.key}"
        self.shown: list[Column] = [column(ledger, key) for key in usual_columns(ledger)]
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self.keep)
        view.drawn.connect(self._rest.start)
        view.header_menu.connect(self.choose)
        office.ask(lambda store: store.recall(self._key), self._recalled, owner=self)

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns by key."""
        return tuple(one.key for one in self.shown)

    def choose(self, _at: QPoint | None = None) -> None:
        """Let the user choose."""
        chooser = ColumnChooser(self._ledger, self.keys, self._view)
        if chooser.exec():
            self._view.set_widths({})
            self.take(chooser.keys)
            self.keep()
            self.changed.emit()
        chooser.deleteLater()

    def take(self, keys: Sequence[str]) -> None:
        """Show these; nobody is told."""
        self.shown = [column(self._ledger, key) for key in keys]

    def keep(self) -> None:
        """Remember the columns and the widths they were drawn to."""
        widths = self._view.widths() if self._view.were_drawn else {}
        self._office.keep(self._key, {"keys": list(self.keys), "widths": widths})

    def _recalled(self, kept: Any) -> None:
        known = set(all_columns(self._ledger))
        if isinstance(kept, dict) and (keys := [key for key in kept.get("keys", []) if key in known]):
            self._view.set_widths(kept.get("widths") or {})
            self.take(keys)
            self.changed.emit()
