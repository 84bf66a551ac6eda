"""Filters under a name, kept in the office file beside the records."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from taizhang.desk.office import Office
from taizhang.store.query import Filter, Query, Show

Apply = Callable[[tuple[Filter, ...], Show], None]


class SavedFilters(QObject):
    """The saved filters of one ledger."""

    def __init__(self, ledger: str, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._key = f"filters:{ledger}"
        self._office = office
        self._saved: dict[str, Any] = {}
        office.ask(lambda store: store.recall(self._key), self._recalled, owner=self)

    def names(self) -> list[str]:
        """What is saved, oldest first."""
        return list(self._saved)

    def keep(self, name: str, query: Query) -> None:
        """Keep the filters of a question under a name; the same name is written over."""
        self._saved[name] = packed(query)
        self._office.keep(self._key, self._saved)
        self._office.said.emit(f"已存筛选“{name}”。")

    def fill(self, menu: QMenu, apply: Apply) -> None:
        """Offer what is saved, to apply or to forget."""
        menu.clear()
        for name, value in self._saved.items():
            where, show = unpacked(value)
            menu.addAction(name, partial(apply, where, show))
        if not self._saved:
            menu.addAction("还没有存过").setEnabled(False)
            return
        forget = menu.addMenu("删除")
        for name in self._saved:
            forget.addAction(name, partial(self._forget, name))

    def _forget(self, name: str) -> None:
        del self._saved[name]
        self._office.keep(self._key, self._saved)

    def _recalled(self, value: object) -> None:
        self._saved = dict(value) if isinstance(value, dict) else {}


def packed(query: Query) -> dict[str, object]:
    """The filters of a question as JSON can hold them."""
    return {"show": query.show, "where": [[one.key, one.op, one.value] for one in query.where]}


def unpacked(value: dict[str, Any]) -> tuple[tuple[Filter, ...], Show]:
    """The filters that `packed` wrote."""
    where = tuple(Filter(key, op, tuple(it) if isinstance(it, list) else it) for key, op, it in value["where"])
    return where, cast("Show", value["show"])
