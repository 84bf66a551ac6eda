"""What a list asks of the store, answered on the file's thread: the records, the first lines, the filters in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from taizhang.core.day import show
from taizhang.core.ledger import ORDERS, Ledger
from taizhang.desk.shown import CHUNK, Column, Line, lines
from taizhang.store.query import Filter, Query

if TYPE_CHECKING:
    from taizhang.store.store import Store

SHOWS = {"present": "在册", "gone": "已减少", "void": "已作废", "all": "全部"}
INCOMPLETE = Filter("", "incomplete")
FLAWED = Filter("", "flawed")
_FIXED = {"incomplete": "信息不完整", "flawed": "有待核对"}
_ALL = frozenset[int]()


@dataclass(frozen=True)
class Answer:
    """What a list shows. `base` are the records without regard to the search words, `words` the filters as chips."""

    query: Query
    base: Sequence[int]
    rids: Sequence[int]
    first: list[Line]
    words: tuple[str, ...]


def answer(
    store: Store, query: Query, columns: Sequence[Column], base: Sequence[int] | None, only: frozenset[int] = _ALL
) -> Answer:
    """Answer a list's question; `base`, when it is known, saves asking again for what the words do not change.

    `only` narrows the list to certain records, such as those that an import has just stored.
    """
    ledger = store.ledgers[query.ledger]
    if base is None:
        base = [rid for rid in store.rids(replace(query, search="")) if not only or rid in only]
    rids = store.matching(ledger.key, query.search, base) if query.search.strip() else base
    first = lines(store, ledger, rids[:CHUNK], columns, query.as_of)
    return Answer(query, base, rids, first, tuple(in_words(store, ledger, one) for one in query.where))


def in_words(store: Store, ledger: Ledger, one: Filter) -> str:
    """A filter as the chip says it."""
    if one.op in _FIXED:
        return _FIXED[one.op]
    if one.op == "due":
        return f"提醒：{ledger.reminder_by_id[one.key].title}"
    field = ledger.by_key[one.key]
    if one.op in {"blank", "filled"}:
        return f"{field.label}：{'未填' if one.op == 'blank' else '已填'}"
    values = one.value if isinstance(one.value, tuple) and not field.packed else (one.value,)
    if field.kind == "day":
        shown = "、".join(show(str(value)) for value in values)
    else:
        shown = "、".join(field.show(value, store.name_of) or str(value) for value in values)
    if one.op == "from":
        return f"{field.label}：{shown} 起"
    if one.op == "to":
        return f"{field.label}：到 {shown}"
    return f"{field.label}{'含' if one.op == 'has' else ''}：{shown}"


def sort_words(ledger: Ledger, query: Query) -> str:
    """The order of a list, in words."""
    key = query.sort or ledger.sorts[0]
    name = ORDERS.get(key) or ledger.column(key).label
    return f"{name}{'（倒序）' if query.descending else ''}"
