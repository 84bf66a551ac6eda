"""Undo and redo: brings records back to what they held before an operation, and leaves what was edited since."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import select

from taizhang.core.context import Value, Values
from taizhang.core.ledger import Ledger
from taizhang.store.journal import Touch
from taizhang.store.past import merged
from taizhang.store.records import Records, batches
from taizhang.store.references import references_to
from taizhang.store.schema import FLAWS, PAST, VOID
from taizhang.store.uniqueness import holders, unique_fields
from taizhang.store.work import Work

_FOLLOW = frozenset({FLAWS, PAST})  # never edited by themselves: they go where the fields go


class Net(NamedTuple):
    """What one operation did to one record, all its lines taken together."""

    created: bool
    start: dict[str, Value]
    end: dict[str, Value]


def net(lines: Iterable[Touch]) -> dict[int, Net]:
    """The lines of one operation, by record."""
    found: dict[int, Net] = {}
    for line in lines:
        so_far = found.setdefault(line.rid, Net(line.old is None, {}, {}))
        for key, value in (line.old or {}).items():
            so_far.start.setdefault(key, value)
        so_far.end.update(line.new)
    return found


class Undoing:
    """Takes one operation back: what it changed gets its old values, what it created is voided.

    `kept` says, in Chinese, what stays because it was edited since, or because something else now needs it.
    """

    def __init__(self, work: Work, records: Records, nets: Mapping[int, Net], title: str) -> None:
        self._work = work
        self._records = records
        self._nets = nets
        self._reason = f"撤销：{title}"
        self.kept: list[str] = []

    def run(self) -> None:
        """Take it back; `Refused` where what comes back cannot stand beside what is there now."""
        by_ledger = self._by_ledger()
        for ledger, rids in by_ledger:
            self._change_back(ledger, [rid for rid in rids if not self._nets[rid].created])
        self._void([(ledger, [rid for rid in rids if self._nets[rid].created]) for ledger, rids in by_ledger])
        for ledger, rids in by_ledger:
            self._work.guard(ledger, rids)

    def _by_ledger(self) -> list[tuple[Ledger, list[int]]]:
        rec = self._records.schema.rec
        found: dict[str, list[int]] = defaultdict(list)
        for batch in batches(sorted(self._nets)):
            for rid, key in self._records.execute(select(rec.c.rid, rec.c.ledger).where(rec.c.rid.in_(batch))):
                found[key].append(rid)
        return [(self._records.ledger(key), rids) for key, rids in found.items()]

    def _change_back(self, ledger: Ledger, rids: list[int]) -> None:
        before = self._records.values(ledger, rids)
        plans: dict[int, dict[str, Value]] = {}
        for rid, now in before.items():
            one = self._nets[rid]
            edited = [key for key in one.end if key not in _FOLLOW and now.get(key) != one.end[key]]
            back = {key: one.start.get(key) for key in one.end if key not in edited and key not in _FOLLOW}
            plans[rid] = {key: value for key, value in back.items() if now.get(key) != value}
            self._keep(ledger, now, edited)
        self._spare_taken(ledger, before, plans)
        changes = [(rid, {**plan, **self._following(rid, before[rid])}) for rid, plan in plans.items() if plan]
        self._work.write(ledger, before, changes)

    def _following(self, rid: int, now: Values) -> dict[str, Value]:
        """The past without what the operation added to it, and the count of warnings if nobody counted since."""
        one = self._nets[rid]
        more: dict[str, Value] = {}
        if PAST in one.end:
            more[PAST] = merged(now, one.start, one.end)
        if FLAWS in one.end and now.get(FLAWS) == one.end[FLAWS]:
            more[FLAWS] = one.start.get(FLAWS)
        return {key: value for key, value in more.items() if now.get(key) != value}

    def _spare_taken(self, ledger: Ledger, before: Mapping[int, Values], plans: dict[int, dict[str, Value]]) -> None:
        """A number that another record has been given since is not given back."""
        for field in unique_fields(ledger):
            wanted: dict[int, Value] = {}
            for rid, plan in plans.items():
                after = {**before[rid], **plan}
                if (field.key in plan or VOID in plan) and after[field.key] is not None and after[VOID] is None:
                    wanted[rid] = after[field.key]
            taken = holders(self._records, ledger, field, set(wanted.values()))
            for rid, value in wanted.items():
                # A record of this very undo that lets the number go is no obstacle.
                if any(other != rid and field.key not in plans.get(other, ()) for other in taken.get(value, ())):
                    plans[rid] = {}
                    name = ledger.name_of(before[rid])
                    self.kept.append(f"“{name}”没有恢复原样：原来的{field.label}已由另一条记录使用。")

    def _void(self, created: list[tuple[Ledger, list[int]]]) -> None:
        doomed: dict[str, dict[int, Values]] = {}
        for ledger, rids in created:
            doomed[ledger.key] = {}
            for rid, now in self._records.values(ledger, rids).items():
                end = self._nets[rid].end
                edited = [key for key, value in now.items() if key != FLAWS and value != end.get(key)]
                if edited:
                    self._keep(ledger, now, edited)
                else:
                    doomed[ledger.key][rid] = now
        self._spare_needed(doomed)
        for key, before in doomed.items():
            self._work.write(self._records.ledgers[key], before, [(rid, {VOID: self._reason}) for rid in before])

    def _spare_needed(self, doomed: dict[str, dict[int, Values]]) -> None:
        """What a record that stays points at stays too, and so on."""
        pointing = [
            (key, reference.target, reference.rid)
            for key, rids in doomed.items()
            for reference in references_to(self._records, key, rids)
        ]
        going = {rid for rids in doomed.values() for rid in rids}
        while needed := [(key, target) for key, target, rid in pointing if rid not in going and target in going]:
            for key, target in needed:
                if target in going:
                    going.remove(target)
                    now = doomed[key].pop(target)
                    name = self._records.ledgers[key].name_of(now)
                    self.kept.append(f"“{name}”后来被别的记录用到，予以保留。")

    def _keep(self, ledger: Ledger, now: Values, edited: list[str]) -> None:
        if edited:
            labels = "、".join(ledger.by_key[key].label for key in edited if key in ledger.by_key) or "状态"
            self.kept.append(f"“{ledger.name_of(now)}”的{labels}后来又改过，保留现在的内容。")
