"""What one hands over to the next: all that an office file holds, counted, and what is still to be done in it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from taizhang.core.day import add_years
from taizhang.core.ledger import Ledger
from taizhang.store.holdings import Attached, HalfDone, Step
from taizhang.store.keys import User
from taizhang.store.logbook import Happening
from taizhang.store.query import Filter, Query
from taizhang.store.review import review
from taizhang.store.shelf import folder_of, list_backups
from taizhang.store.store import Store

_INCOMPLETE, _FLAWED = Filter("", "incomplete"), Filter("", "flawed")
_NAMED = 5  # records of an open item that are named; the others are counted
_UNSAID = "登记时有提醒，请打开核对。"


class Kind(StrEnum):
    """Why something is open."""

    RULE = "rule"
    FLAW = "flaw"
    GAP = "gap"
    DRAFT = "draft"


KIND_LABELS = {Kind.RULE: "请留意", Kind.FLAW: "有待核对", Kind.GAP: "没有填全", Kind.DRAFT: "填了一半"}
_SAID = frozenset({Kind.RULE, Kind.FLAW})


@dataclass(frozen=True, slots=True)
class Item:
    """Something to be done: what is said of which records of a ledger. A half-typed new record has no number yet.

    `count` are those that lack something or of whom it is said; `rids` are what opens; `names` the first of them.
    """

    kind: Kind
    ledger: str
    text: str
    count: int
    rids: tuple[int, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerCount:
    """One ledger: its records by what became of them, what is amiss with those present, and the work done in it."""

    key: str
    title: str
    unit: str
    present: int
    gone: int
    void: int
    incomplete: int
    flawed: int
    steps: int
    last: Step | None


@dataclass(frozen=True, slots=True)
class Inventory:
    """The whole office on a day. What was done is counted in all, and from `since` on, which is a year before.

    `file` is the name of the office file without its ending, `size` its bytes. `left` counts what went out since then.
    """

    name: str
    file: str
    size: int
    day: date
    since: date
    ledgers: tuple[LedgerCount, ...]
    items: tuple[Item, ...]
    papers: int
    attached: Attached
    steps: int
    steps_since: int
    locked: bool
    users: tuple[User, ...]
    backup: datetime | None
    backups: int
    folder: Path
    left: Mapping[Happening, int]


def inventory(store: Store) -> Inventory:
    """Count everything; asks the rules anew of whatever they had something to say about."""
    since = add_years(store.today, -1)
    work, last = store.holdings.work(since), store.holdings.last()
    items = tuple(item for ledger in store.ledgers.values() for item in _items(store, ledger))
    there = list_backups(store.path)
    return Inventory(
        name=store.name,
        file=store.path.stem,
        size=store.path.stat().st_size,
        day=store.today,
        since=since,
        ledgers=tuple(
            _counted(store, ledger, items, work.get(key, 0), last.get(key)) for key, ledger in store.ledgers.items()
        ),
        items=items,
        papers=len(store.papers.kept()),
        attached=store.holdings.attached(),
        steps=store.holdings.operations(),
        steps_since=store.holdings.operations(since),
        locked=store.keys.locked,
        users=tuple(store.keys.users()),
        backup=there[0][0] if there else None,
        backups=len(there),
        folder=folder_of(store.path),
        left=Counter(line.kind for line in store.log.lines() if line.at.date() >= since),
    )


def remarked(items: Iterable[Item], ledger: str) -> list[int]:
    """The records of a ledger of which something is said."""
    return sorted({rid for item in items if item.ledger == ledger and item.kind in _SAID for rid in item.rids})


def _counted(store: Store, ledger: Ledger, items: Sequence[Item], steps: int, last: Step | None) -> LedgerCount:
    key = ledger.key
    return LedgerCount(
        key,
        ledger.title,
        ledger.unit,
        present=store.count(Query(key)),
        gone=store.count(Query(key, show="gone")),
        void=store.count(Query(key, show="void")),
        incomplete=store.count(Query(key, where=(_INCOMPLETE,))),
        flawed=len(remarked(items, key)),
        steps=steps,
        last=last,
    )


def _items(store: Store, ledger: Ledger) -> Iterator[Item]:
    """What is open in one ledger: what is said of its records, what they lack, what is half typed."""
    yield from _remarks(store, ledger)
    for gap in store.gaps(ledger.key):
        rids = store.rids(Query(ledger.key, where=(Filter(gap.key, "blank"), _INCOMPLETE)))
        yield _item(store, Kind.GAP, ledger, f"{gap.label}未填", rids, gap.count)
    for draft in store.holdings.drafts():
        if draft.ledger == ledger.key:
            yield _draft(store, ledger, draft)


def _remarks(store: Store, ledger: Ledger) -> Iterator[Item]:
    """What the rules say today, of all records or of those that were remarked when they were stored."""
    flawed = None if ledger.volatile else store.rids(Query(ledger.key, where=(_FLAWED,)))
    said: dict[str, list[int]] = {}
    for remark in review(store, ledger.key, flawed) if flawed != [] else ():
        for text in dict.fromkeys(finding.text for finding in remark.findings):
            said.setdefault(text, []).append(remark.rid)
    heard = {rid for rids in said.values() for rid in rids}
    if unsaid := [rid for rid in flawed or () if rid not in heard]:
        said[_UNSAID] = unsaid
    kind = Kind.RULE if ledger.volatile else Kind.FLAW
    for text, rids in sorted(said.items(), key=lambda one: -len(one[1])):
        yield _item(store, kind, ledger, text, rids, len(rids))


def _item(store: Store, kind: Kind, ledger: Ledger, text: str, rids: Sequence[int], count: int) -> Item:
    names = tuple(store.name_of(ledger.key, rid) for rid in rids[:_NAMED])
    return Item(kind, ledger.key, text, count, tuple(rids), names)


def _draft(store: Store, ledger: Ledger, draft: HalfDone) -> Item:
    act = next((f"“{act.label}”没有办完" for act in ledger.acts if act.key == draft.act), "")
    if draft.rid is not None:
        return _item(store, Kind.DRAFT, ledger, act or "修改没有存完", [draft.rid], 1)
    typed = store.recall(draft.key) or {}
    name = str(typed.get(ledger.title_field, ("", ""))[-1] or "")
    return Item(Kind.DRAFT, ledger.key, act or "新增没有存完", 1, names=(name,) if name else ())
