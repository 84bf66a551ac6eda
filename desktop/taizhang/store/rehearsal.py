"""What a piece of work would do, by doing it and taking it back: told before anything is stored."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

from taizhang.core.context import Value
from taizhang.core.field import Field
from taizhang.store import journal
from taizhang.store.records import Records
from taizhang.store.schema import VOID
from taizhang.store.store import Store
from taizhang.store.work import Work


class Shift(NamedTuple):
    """A field that changes, as it reads before and after."""

    field: Field
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Deed:
    """What happens to one record: `action` is "add", "change", "void" or "unvoid"."""

    ledger: str
    rid: int
    name: str
    action: str
    shifts: tuple[Shift, ...]


class _EnoughError(Exception):
    """Takes the work back."""


def rehearse(store: Store, work: Callable[[Work], object]) -> tuple[Deed, ...]:
    """What `work` would do; nothing of it is kept. `Refused` when it would be refused."""
    found: list[Deed] = []

    def run(at_work: Work) -> None:
        work(at_work)
        found.extend(deeds(store, at_work.op))
        raise _EnoughError

    with suppress(_EnoughError):
        store.do("预演", run)
    return tuple(found)


def deeds(store: Store, op: int) -> tuple[Deed, ...]:
    """What an operation did, record by record in the order in which it came to them."""
    records = store.records
    old: dict[int, dict[str, Value]] = {}
    new: dict[int, dict[str, Value]] = {}
    made: set[int] = set()
    for touch in journal.touches(records, op):
        if touch.rid not in new:
            old[touch.rid], new[touch.rid] = {}, {}
            if touch.old is None:
                made.add(touch.rid)
        for key, value in touch.new.items():
            old[touch.rid].setdefault(key, (touch.old or {}).get(key))
            new[touch.rid][key] = value
    told = (_deed(store, records, rid, old[rid], new[rid], added=rid in made) for rid in new)
    return tuple(deed for deed in told if deed.shifts or deed.action != "change")


def alike(one: Sequence[Deed], other: Sequence[Deed]) -> bool:
    """Whether the same is told of both; a new record may come to another number."""

    def bare(deed: Deed) -> tuple[object, ...]:
        return (deed.ledger, deed.name, deed.action, deed.shifts, deed.action == "add" or deed.rid)

    return list(map(bare, one)) == list(map(bare, other))


def _deed(
    store: Store, records: Records, rid: int, old: dict[str, Value], new: dict[str, Value], *, added: bool
) -> Deed:
    ledger = records.ledger_of(rid)
    action = "add" if added else "change"
    if VOID in new and not added:
        action = "void" if new[VOID] is not None else "unvoid"
    shifts = []
    for field in ledger.fields:
        if field.key in new and old[field.key] != new[field.key]:
            was, now = (field.show(values[field.key], store.name_of) for values in (old, new))
            shifts.append(Shift(field, was, now))
    return Deed(ledger.key, rid, store.name_of(ledger.key, rid), action, tuple(shifts))
