"""What the first page shows: counted from the store, and kept in the file so that the next start shows it at once.

Whoever comes next may be a reader: no number stands in it.
"""

from __future__ import annotations

import json  # not msgspec, which takes five times as long to load: this is read before the window is there
from collections import Counter
from collections.abc import Collection, Mapping, Sequence, Set as AbstractSet
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from taizhang.core.ledger import Ledger
from taizhang.core.privacy import mask_numbers
from taizhang.core.reminder import Level
from taizhang.core.reminding import Due
from taizhang.desk.asking import INCOMPLETE
from taizhang.desk.shown import measures
from taizhang.store.glance import FIRST_PAGE, glance
from taizhang.store.query import Query

if TYPE_CHECKING:
    from taizhang.store.store import Store

_MOST_GAPS, _MOST_STEPS, _MOST_REMARKS = 8, 8, 8
_MANY, _NAMED = 4, 3  # so many things alike are one line, which names the first of them
_MOST_RIDS = 50  # records of one line that are remembered; for more the reminder is asked again


class Count(NamedTuple):
    """One ledger: its records, and those among them that lack something."""

    ledger: str
    records: int
    incomplete: int


class Lack(NamedTuple):
    """A wanted field that some records of a ledger lack."""

    ledger: str
    key: str
    label: str
    records: int


class Said(NamedTuple):
    """What a rule says today of one record."""

    ledger: str
    rid: int
    name: str
    text: str


class Item(NamedTuple):
    """Something that is due. `rids` are its records, none where they are too many to remember; `names` F9 hides."""

    ledger: str
    reminder: str
    level: str
    title: str
    text: str
    rids: tuple[int, ...]
    names: tuple[str, ...]


class Badge(NamedTuple):
    """How much of a ledger is due, and whether some of it is past its day."""

    ledger: str
    items: int
    late: bool


class Step(NamedTuple):
    """Something that was done."""

    op: int
    title: str
    who: str
    at: datetime
    records: int
    undone: bool


class Figures(NamedTuple):
    """The whole page. `name` is the office's, so that the window can be named before the file is opened in earnest."""

    name: str
    day: date
    counts: tuple[Count, ...]
    items: tuple[Item, ...] = ()
    badges: tuple[Badge, ...] = ()
    lacks: tuple[Lack, ...] = ()
    remarks: tuple[Said, ...] = ()
    steps: tuple[Step, ...] = ()
    backup: datetime | None = None


def count(store: Store) -> Figures:
    """Count everything, and let the file remember it."""
    from taizhang.store.review import review  # loads the database library, which the first picture does not wait for

    due = store.reminders()
    lacks = _lacks(store)
    said = {(one.ledger, rid, one.source, one.field) for one in due for rid in one.rids}
    remarks = [
        Said(key, remark.rid, remark.name, mask_numbers(finding.text))
        for key, ledger in store.ledgers.items()
        if ledger.volatile
        for remark in review(store, key)
        for finding in remark.findings
        if (key, remark.rid, finding.rule, finding.field) not in said
    ]
    figures = Figures(
        store.name,
        store.today,
        tuple(_count(store, key) for key in store.ledgers),
        items(due, store.ledgers, {(lack.ledger, lack.key) for lack in lacks}),
        badges(due),
        lacks,
        tuple(remarks[:_MOST_REMARKS]),
        tuple(
            Step(step.op, mask_numbers(step.title), step.who, step.at, step.count, step.undone)
            for step in store.operations(_MOST_STEPS)
        ),
        store.last_backup(),
    )
    kept = json.loads(json.dumps((_last(figures), figures), default=_iso))
    if store.recall(FIRST_PAGE) != kept:
        store.keep(FIRST_PAGE, kept)
    return figures


def items(due: Sequence[Due], ledgers: Mapping[str, Ledger], lacks: AbstractSet[tuple[str, str]]) -> tuple[Item, ...]:
    """What is due, as the page shows it: what many wait for is one line, what stands among the gaps is none."""
    found: dict[tuple[str, str], list[Due]] = {}
    for one in due:
        gap = ledgers[one.ledger].reminder_by_id[one.id].gap
        if not (gap and (one.ledger, one.field) in lacks):
            found.setdefault((one.level, one.id), []).append(one)
    made: dict[tuple[str, str], list[Item]] = {
        key: [_item(alike)] if len(alike) > _MANY else [_item([one]) for one in alike] for key, alike in found.items()
    }
    return tuple(made[one.level, one.id].pop(0) for one in due if made.get((one.level, one.id)))


def badges(due: Sequence[Due]) -> tuple[Badge, ...]:
    """For the navigation: what is past its day or soon to be."""
    urgent = [one for one in due if one.level != Level.INFO]
    late = {one.ledger for one in urgent if one.level == Level.RED}
    return tuple(Badge(key, count, key in late) for key, count in Counter(one.ledger for one in urgent).items())


def _item(alike: Sequence[Due]) -> Item:
    first, rids = alike[0], tuple(rid for one in alike for rid in one.rids)
    text, names = first.text, first.names
    if len(alike) > 1:
        text = f"{first.title}：{'、'.join(one.name for one in alike[:_NAMED])}等 {len(alike)} 项。"
        names = tuple(name for one in alike[:_NAMED] for name in one.names)
    rids = rids if len(rids) <= _MOST_RIDS else ()
    return Item(first.ledger, first.id, first.level.value, first.title, mask_numbers(text), rids, names)


def _lacks(store: Store) -> tuple[Lack, ...]:
    found = [
        Lack(key, gap.key, gap.label, gap.count)
        for key, ledger in store.ledgers.items()
        if measures(ledger)
        for gap in store.gaps(key)
    ]
    return tuple(sorted(found, key=lambda lack: -lack.records)[:_MOST_GAPS])


def remembered(path: Path, ledgers: Collection[str], key: bytes | None = None) -> Figures | None:
    """What the page showed last, if nothing has been done to the file since; None also when it was never shown.

    `ledgers` are the keys of those installed: a page that knows others was made by another edition of the program.
    `key` opens a locked file.
    """
    found = glance(path, FIRST_PAGE, key)
    if found is None:
        return None
    try:
        op, kept = json.loads(found[1])
        figures = _figures(*kept)
    except (TypeError, ValueError):  # another edition of the program kept something else
        return None
    fits = op == found[0] and {one.ledger for one in figures.counts} == set(ledgers)
    return figures if fits else None


def _figures(
    name: str,
    day: str,
    counts: list[Any],
    due: list[Any],
    marks: list[Any],
    lacks: list[Any],
    remarks: list[Any],
    steps: list[Any],
    backup: str | None,
) -> Figures:
    """The page as it was before it became JSON; `TypeError` or `ValueError` when it is not such a page."""
    return Figures(
        name,
        date.fromisoformat(day),
        tuple(Count(*one) for one in counts),
        tuple(Item(*one)._replace(rids=tuple(one[5]), names=tuple(one[6])) for one in due),
        tuple(Badge(*one) for one in marks),
        tuple(Lack(*one) for one in lacks),
        tuple(Said(*one) for one in remarks),
        tuple(Step(op, title, who, datetime.fromisoformat(at), *rest) for op, title, who, at, *rest in steps),
        datetime.fromisoformat(backup) if backup else None,
    )


def _iso(day: date) -> str:
    """A day or a moment as JSON holds it."""
    return day.isoformat()


def _last(figures: Figures) -> int:
    return figures.steps[0].op if figures.steps else 0


def _count(store: Store, key: str) -> Count:
    lacking = store.count(Query(key, where=(INCOMPLETE,))) if measures(store.ledgers[key]) else 0
    return Count(key, store.count(Query(key)), lacking)
