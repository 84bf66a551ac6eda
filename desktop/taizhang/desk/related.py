"""Records of other ledgers that point at the one in the card: its history there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from taizhang.core.day import show
from taizhang.core.derived import Derived, Tally
from taizhang.core.field import Field
from taizhang.core.kinds import Day
from taizhang.core.kinds_linked import Link, Links
from taizhang.core.ledger import Ledger
from taizhang.core.privacy import Privacy
from taizhang.desk.shown import text
from taizhang.store.query import Filter, Query
from taizhang.store.rows import Row
from taizhang.store.store import Store

_MOST = 4  # records of a ledger that the card names
_BRIEF = 3  # values that say what a record is about
_TELLING = {"choice", "link", ""}  # kinds that say it best; derived columns have none


class Said(NamedTuple):
    """A value as lists show it."""

    text: str
    privacy: Privacy


@dataclass(frozen=True, slots=True)
class RelatedLine:
    """One record: what it is called, what it is about, and its day."""

    rid: int
    head: Said
    brief: tuple[Said, ...]
    day: str


@dataclass(frozen=True, slots=True)
class Related:
    """The records of one ledger that point at a record: all of them by number, the first as lines.

    The newest come first where the ledger goes by days (letters), else its own order (posts), with those gone last.
    """

    ledger: str
    title: str
    unit: str
    rids: tuple[int, ...]
    lines: tuple[RelatedLine, ...]


def related(store: Store, ledger: Ledger, rid: int, name: str) -> tuple[Related, ...]:
    """What points at a record; left out is what its own columns count already."""
    found = []
    for other in store.ledgers.values():
        links = _links(other, ledger)
        rids = _pointing(store, other, links, rid) if links else []
        if rids:
            rows = _ordered(other, store.rows(other.key, rids), store.today)
            keys = {link.key for link in links}
            lines = tuple(_line(store, other, row, keys, name) for row in rows[:_MOST])
            found.append(Related(other.key, other.title, other.unit, tuple(row.rid for row in rows), lines))
    return tuple(found)


def _ordered(other: Ledger, rows: Sequence[Row], today: date) -> list[Row]:
    if isinstance(other.by_key.get(other.sorts[0]), Day):
        return sorted(rows, key=lambda row: (_day(other, row), row.rid), reverse=True)
    return sorted(rows, key=lambda row: bool(_gone(other, row, today)))


def _gone(other: Ledger, row: Row, today: date) -> str:
    """Since when a record counts no longer; empty while it does."""
    ended = row.values.get(other.presence.ends) if other.presence.ends else None
    return ended if isinstance(ended, str) and ended <= today.isoformat() else ""


def _links(other: Ledger, ledger: Ledger) -> list[Link | Links]:
    counted = {(one.ledger, one.link) for one in ledger.derived if isinstance(one, Tally)}
    return [
        field
        for field in other.fields
        if isinstance(field, Link | Links)
        and field.ledger == ledger.key
        and field.key != other.tree
        and (other.key, field.key) not in counted
    ]


def _pointing(store: Store, other: Ledger, links: Sequence[Field], rid: int) -> list[int]:
    found: dict[int, None] = {}
    for link in links:
        where = Filter(link.key, "has" if link.packed else "is", rid)
        found |= dict.fromkeys(store.rids(Query(other.key, where=(where,), show="all")))
    return list(found)


def _day(other: Ledger, row: Row) -> str:
    """The day from which a record counts, or by which its ledger orders; else the last of those that it prints."""
    ordered = [key for key in other.sorts if isinstance(other.by_key.get(key), Day)]
    days = (row.values.get(key) for key in (*other.presence.begins, *ordered[:1]))
    printed = (row.values.get(key) for key in other.print_columns if isinstance(other.by_key.get(key), Day))
    own = next((day for day in days if isinstance(day, str)), "")
    return own or max((day for day in printed if isinstance(day, str)), default="")


def _line(store: Store, other: Ledger, row: Row, links: set[str], name: str) -> RelatedLine:
    day = _day(other, row)
    columns = [other.column(key) for key in (other.title_field, *other.columns) if key not in links]
    said = {column.key: _said(store, column, row) for column in columns if not isinstance(column, Day)}
    said = {key: one for key, one in said.items() if one.text and one.text != name}
    head = said.pop(next(iter(said), ""), Said(other.title, Privacy.OPEN))
    telling = [key for key in said if getattr(other.column(key), "kind", "") in _TELLING]
    keys = sorted([*telling, *(key for key in said if key not in telling)][:_BRIEF], key=list(said).index)
    gone = _gone(other, row, store.today)
    brief = [said[key] for key in keys] + ([Said(f"到 {show(gone)}", Privacy.OPEN)] if gone else [])
    return RelatedLine(row.rid, head, tuple(brief), show(day) if day else "")


def _said(store: Store, column: Field | Derived, row: Row) -> Said:
    return Said(text(column, row, store.today, store.short_name_of), column.privacy)
