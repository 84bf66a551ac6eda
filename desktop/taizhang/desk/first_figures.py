"""What the first page shows: counted from the store, and kept in the file so that the next start shows it at once.

Whoever comes next may be a reader: no number stands in it.
"""

from __future__ import annotations

import json  # not msgspec, which takes five times as long to load: this is read before the window is there
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from taizhang.core.privacy import mask_numbers
from taizhang.desk.asking import INCOMPLETE
from taizhang.desk.shown import measures
from taizhang.store.glance import FIRST_PAGE, glance
from taizhang.store.query import Query

if TYPE_CHECKING:
    from taizhang.store.store import Store

_MOST_GAPS, _MOST_STEPS, _MOST_REMARKS = 8, 8, 8


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
    counts: tuple[Count, ...]
    lacks: tuple[Lack, ...] = ()
    remarks: tuple[Said, ...] = ()
    steps: tuple[Step, ...] = ()
    backup: datetime | None = None


def count(store: Store) -> Figures:
    """Count everything, and let the file remember it."""
    from taizhang.store.review import review  # loads the database library, which the first picture does not wait for

    lacks = [
        Lack(key, gap.key, gap.label, gap.count)
        for key, ledger in store.ledgers.items()
        if measures(ledger)
        for gap in store.gaps(key)
    ]
    remarks = [
        Said(key, remark.rid, remark.name, mask_numbers(finding.text))
        for key, ledger in store.ledgers.items()
        if ledger.volatile
        for remark in review(store, key)
        for finding in remark.findings
    ]
    figures = Figures(
        store.name,
        tuple(_count(store, key) for key in store.ledgers),
        tuple(sorted(lacks, key=lambda lack: -lack.records)[:_MOST_GAPS]),
        tuple(remarks[:_MOST_REMARKS]),
        tuple(
            Step(step.op, mask_numbers(step.title), step.who, step.at, step.count, step.undone)
            for step in store.operations(_MOST_STEPS)
        ),
        store.last_backup(),
    )
    kept = json.loads(json.dumps((_last(figures), figures), default=datetime.isoformat))
    if store.recall(FIRST_PAGE) != kept:
        store.keep(FIRST_PAGE, kept)
    return figures


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
    counts: list[Any],
    lacks: list[Any],
    remarks: list[Any],
    steps: list[Any],
    backup: str | None,
) -> Figures:
    """The page as it was before it became JSON; `TypeError` or `ValueError` when it is not such a page."""
    return Figures(
        name,
        tuple(Count(*one) for one in counts),
        tuple(Lack(*one) for one in lacks),
        tuple(Said(*one) for one in remarks),
        tuple(Step(op, title, who, datetime.fromisoformat(at), *rest) for op, title, who, at, *rest in steps),
        datetime.fromisoformat(backup) if backup else None,
    )


def _last(figures: Figures) -> int:
    return figures.steps[0].op if figures.steps else 0


def _count(store: Store, key: str) -> Count:
    lacking = store.count(Query(key, where=(INCOMPLETE,))) if measures(store.ledgers[key]) else 0
    return Count(key, store.count(Query(key)), lacking)
