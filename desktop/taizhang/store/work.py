"""The work inside `store.do`: the only calls that add, change or void records; each is journalled."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from sqlalchemy import Connection, func, select

from taizhang.core.check import Draft, check
from taizhang.core.context import RID, Context, Value, Values
from taizhang.core.errors import Refused
from taizhang.core.field import Field
from taizhang.core.ids import Ids
from taizhang.core.ledger import Consequence, Ledger
from taizhang.core.progress import Progress, silent
from taizhang.store.attachments import take_in
from taizhang.store.coding import pack, to_json
from taizhang.store.inserting import insert_many
from taizhang.store.papers import printed_from
from taizhang.store.past import remembered
from taizhang.store.records import Records, batches
from taizhang.store.references import references_to
from taizhang.store.rows import ROOT
from taizhang.store.schema import FLAWS, VOID
from taizhang.store.traces import VOIDED, is_erased
from taizhang.store.uniqueness import holders, newly_doubled, unique_fields

_CHUNK = 2000  # rows between two reports of progress, where a cancel is noticed


class Work:
    """One operation in the making. Nothing is kept unless the whole of it succeeds."""

    def __init__(
        self, records: Records, ids: Ids, owner: bytes, op: int, context: Context, wrote: Callable[[str], None]
    ) -> None:
        self.connection: Connection = records.connection
        self._records = records
        self._ids = ids
        self._owner = owner
        self.op = op
        self._context = context
        self._wrote = wrote
        self.touched: dict[str, set[int]] = defaultdict(set)

    def add(self, draft: Draft) -> int:
        """Store a new record; returns its number."""
        return self.add_many([draft])[0]

    def add_many(self, drafts: Sequence[Draft], progress: Progress = silent) -> list[int]:
        """Store new records of one ledger, in order; returns their numbers."""
        if not drafts:
            return []
        ledger = drafts[0].ledger
        if any(draft.ledger is not ledger for draft in drafts):
            raise ValueError("drafts of several ledgers in one add_many")
        first = self._next_rid()
        for start in range(0, len(drafts), _CHUNK):
            progress(start, len(drafts), "正在写入")
            self._add_chunk(ledger, first + start, drafts[start : start + _CHUNK])
        progress(len(drafts), len(drafts), "正在写入")
        for field in unique_fields(ledger):
            if newly_doubled(self._records, ledger, field, first):
                raise _doubled(ledger, field)
        rids = list(range(first, first + len(drafts)))
        self.touch(ledger, rids)
        self.guard(ledger, rids)
        if ledger.effects:
            for rid, draft in zip(rids, drafts, strict=True):
                self._have_effect(ledger, rid, {}, draft.values)
        return rids

    def change(self, rid: int, draft: Draft, since: str | None = None) -> None:
        """Change a record; `since` is the ISO day from which fields that remember their past hold the new value."""
        self.change_many([(rid, draft)], since=since)

    def change_many(
        self, pairs: Sequence[tuple[int, Draft]], progress: Progress = silent, *, since: str | None = None
    ) -> None:
        """Change records of one ledger; values that stay as they were are not journalled."""
        for drafts in _rounds(pairs):
            ledger = next(iter(drafts.values())).ledger
            before = self._own(ledger, list(drafts))
            changes: list[tuple[int, Mapping[str, Value]]] = []
            for rid, draft in drafts.items():
                _refuse_errors(draft)
                new = self._difference(draft, before[rid], since)
                if new:
                    changes.append((rid, new))
            self.write(ledger, before, changes, progress)
            self._refuse_doubles(ledger, [values for _rid, values in changes])
            self.guard(ledger, [rid for rid, _values in changes])
            if ledger.effects:
                for rid, changed in changes:
                    self._have_effect(ledger, rid, before[rid], {**before[rid], **changed})

    def void(self, rid: int, reason: str) -> None:
        """Take a mistaken record out of every list; it stays in the history. Not while others point at it."""
        if not reason.strip():
            raise Refused("没有写明作废原因，记录没有改动；请填写原因后再作废。")
        if is_erased(reason.strip()):
            raise Refused(f"作废原因不能以“{VOIDED}”开头，记录没有改动；请改写原因，要抹除请用“依法抹除”。")
        if rid == ROOT:
            raise Refused("这是本单位自己的记录，不能作废，没有改动；名称有误请直接修改。")
        ledger = self._records.ledger_of(rid)
        before = self._own(ledger, [rid])
        for reference in references_to(self._records, ledger.key, [rid]):
            if reference.rid != rid:
                where = f"“{reference.ledger.title}”中还有记录的“{reference.field.label}”"
                raise Refused(f"{where}是“{ledger.name_of(before[rid])}”，没有作废；请先改掉那里再作废。")
        if paper := printed_from(self._records, rid):
            raise Refused(f"打印过“{paper}”，这条记录没有作废，没有改动；要更正，请在这条记录上办理作废或补开。")
        self.write(ledger, before, [(rid, {VOID: reason.strip()})])
        self._have_effect(ledger, rid, before[rid], {})

    def attach(self, data: bytes, *, photo: bool = False) -> str:
        """Take a file into the office file; returns its SHA-256. Photos are re-encoded, originals stay untouched."""
        return take_in(self.connection, self._records.schema, data, photo=photo)

    def write(
        self,
        ledger: Ledger,
        before: Mapping[int, Values],
        changes: Sequence[tuple[int, Mapping[str, Value]]],
        progress: Progress = silent,
    ) -> None:
        """Write and journal changes that are known to differ from `before`; undo comes this way too."""
        for start in range(0, len(changes), _CHUNK):
            progress(start, len(changes), "正在更新")
            chunk = changes[start : start + _CHUNK]
            self._records.update(ledger, before, chunk)
            self._journal((rid, {key: before[rid][key] for key in new}, new) for rid, new in chunk)
        self.touch(ledger, [rid for rid, _new in changes])

    def guard(self, ledger: Ledger, rids: Sequence[int]) -> None:
        """Refuse what cannot stand beside other records, now that all of these are written; undo asks this too."""
        for rid, values in self._records.values(ledger, rids).items() if ledger.guards else ():
            for guard in ledger.guards if values[VOID] is None else ():
                guard({**values, RID: rid}, self._context)

    def touch(self, ledger: Ledger, rids: Iterable[int]) -> None:
        """Say that records were written, so that nobody goes on with what they held before."""
        self.touched[ledger.key].update(rids)
        self._wrote(ledger.key)

    def _have_effect(self, ledger: Ledger, rid: int, before: Values, after: Values) -> None:
        """Let happen elsewhere what follows from a record that was just written."""
        was: Values = {**before, RID: rid} if before else {}
        now: Values = {**after, RID: rid} if after else {}
        for effect in ledger.effects:
            for one in effect(was, now, self._context):
                self._carry_out(ledger, rid, one)

    def _carry_out(self, cause: Ledger, rid: int, one: Consequence) -> None:
        ledger = self._records.ledger(one.ledger)
        if one.rid is not None:
            before = self._own(ledger, [one.rid])[one.rid]
            self.change(one.rid, check(ledger, one.raw, self._context, before, one.rid), one.since)
            return
        made = self.add(check(ledger, one.raw, self._context))
        if one.link:
            self.write(cause, self._own(cause, [rid]), [(rid, {one.link: made})])

    def _own(self, ledger: Ledger, rids: Sequence[int]) -> dict[int, dict[str, Value]]:
        """What live records of this office hold; others are refused."""
        before = self._records.values(ledger, rids)
        if any(values[VOID] is not None for values in before.values()):
            raise Refused("这条记录已经作废，没有改动；如果作废有误，请先撤销作废。")
        rec = self._records.schema.rec
        for batch in batches(rids):
            foreign = select(rec.c.rid).where(rec.c.rid.in_(batch), rec.c.owner != self._owner).limit(1)
            if self._records.execute(foreign).first() is not None:
                raise Refused("这条记录由另一个单位登记，这里没有改动；请由那个单位更正后重新上报。")
        return before

    def _difference(self, draft: Draft, old: Values, since: str | None) -> dict[str, Value]:
        new = {key: value for key, value in draft.values.items() if old.get(key) != value}
        if not new:
            return new
        new |= remembered(draft.ledger, old, new, since, self._context.today.isoformat())
        flaws = len(draft.findings)
        if old[FLAWS] != flaws:
            new[FLAWS] = flaws
        return new

    def _add_chunk(self, ledger: Ledger, first: int, drafts: Sequence[Draft]) -> None:
        for draft in drafts:
            _refuse_errors(draft)
        rec = self._records.schema.rec
        who = [(first + index, self._ids.new(), ledger.key, self._owner, 0) for index in range(len(drafts))]
        insert_many(self.connection, rec, ("rid", "id", "ledger", "owner", "epoch"), who)
        full = [(first + index, _filled(draft)) for index, draft in enumerate(drafts)]
        self._records.insert(ledger, full)
        self._journal((rid, None, values) for rid, values in full)

    def _refuse_doubles(self, ledger: Ledger, rows: Sequence[Mapping[str, Value]]) -> None:
        """Two rows of one piece of work cannot know of each other at the gate."""
        for field in unique_fields(ledger):
            values = {pack(row[field.key]) for row in rows if row.get(field.key) is not None}
            if any(len(rids) > 1 for rids in holders(self._records, ledger, field, values).values()):
                raise _doubled(ledger, field)

    def _journal(self, entries: Iterable[tuple[int, Values | None, Values]]) -> None:
        rows = [(self.op, rid, None if old is None else to_json(old), to_json(new)) for rid, old, new in entries]
        insert_many(self.connection, self._records.schema.journal, ("op", "rid", "old", "new"), rows)

    def _next_rid(self) -> int:
        rec = self._records.schema.rec
        last = self.connection.execute(select(func.max(rec.c.rid))).scalar()
        return (last or 0) + 1


def _rounds(pairs: Sequence[tuple[int, Draft]]) -> list[dict[int, Draft]]:
    """The changes in rounds, so that a record that is changed twice starts its second from what the first left."""
    rounds: list[dict[int, Draft]] = []
    for rid, draft in pairs:
        free = next((drafts for drafts in rounds if rid not in drafts), None)
        if free is None:
            rounds.append({rid: draft})
        else:
            free[rid] = draft
    return rounds


def _filled(draft: Draft) -> dict[str, Value]:
    return {**{key: value for key, value in draft.values.items() if value is not None}, FLAWS: len(draft.findings)}


def _doubled(ledger: Ledger, field: Field) -> Refused:
    return Refused(f"有两条{ledger.title}的{field.label}相同，没有保存；请核对后再试。")


def _refuse_errors(draft: Draft) -> None:
    errors = draft.errors()
    if errors:
        raise Refused(f"{draft.ledger.title}：{errors[0].text.rstrip('。')}；没有保存，请改正后再试。")
