"""The work inside `store.do`: the only calls that add, change or void records; each is journalled."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, func, insert, select

from taizhang.core.check import Draft
from taizhang.core.context import Value, Values
from taizhang.core.errors import Refused
from taizhang.core.ids import Ids
from taizhang.core.ledger import Ledger
from taizhang.core.progress import Progress, silent
from taizhang.store.attachments import take_in
from taizhang.store.coding import to_json
from taizhang.store.past import remembered
from taizhang.store.records import Records
from taizhang.store.schema import FLAWS, VOID

_CHUNK = 2000  # rows between two reports of progress, where a cancel is noticed


class Work:
    """One operation in the making. Nothing is kept unless the whole of it succeeds."""

    def __init__(self, records: Records, connection: Connection, ids: Ids, owner: bytes, op: int, today: date) -> None:
        self.connection = connection
        self._records = records
        self._ids = ids
        self._owner = owner
        self._op = op
        self._today = today
        self.touched: dict[str, set[int]] = defaultdict(set)

    def add(self, draft: Draft) -> int:
        """Store a new record; returns its number."""
        return self.add_many([draft])[0]

    def add_many(self, drafts: Sequence[Draft], progress: Progress = silent) -> list[int]:
        """Store new records of one ledger, in order; returns their numbers."""
        if not drafts:
            return []
        ledger = drafts[0].ledger
        first = self._next_rid()
        for start in range(0, len(drafts), _CHUNK):
            progress(start, len(drafts), "正在写入")
            self._add_chunk(ledger, first + start, drafts[start : start + _CHUNK])
        progress(len(drafts), len(drafts), "正在写入")
        rids = list(range(first, first + len(drafts)))
        self.touched[ledger.key].update(rids)
        return rids

    def change(self, rid: int, draft: Draft, since: str | None = None) -> None:
        """Change a record; `since` is the ISO day from which fields that remember their past hold the new value."""
        self.change_many([(rid, draft)], since=since)

    def change_many(
        self, pairs: Sequence[tuple[int, Draft]], progress: Progress = silent, *, since: str | None = None
    ) -> None:
        """Change records of one ledger; values that stay as they were are not journalled."""
        if not pairs:
            return
        ledger = pairs[0][1].ledger
        before = self._records.values(ledger, [rid for rid, _draft in pairs])
        changes: list[tuple[int, Mapping[str, Value]]] = []
        for rid, draft in pairs:
            _refuse_errors(draft)
            old = before[rid]
            new = {key: value for key, value in draft.values.items() if old.get(key) != value}
            if not new:
                continue
            new |= remembered(ledger, old, new, since, self._today.isoformat())
            flaws = len(draft.findings)
            if old[FLAWS] != flaws:
                new[FLAWS] = flaws
            changes.append((rid, new))
        self.write(ledger, before, changes, progress)

    def void(self, rid: int, reason: str) -> None:
        """Take a mistaken record out of every list; it stays in the history."""
        if not reason.strip():
            raise Refused("没有写明作废原因，记录没有改动；请填写原因后再作废。")
        ledger = self._records.ledger_of(rid)
        before = self._records.values(ledger, [rid])
        if before[rid][VOID] is not None:
            raise Refused("这条记录已经作废，没有再改动。")
        self.write(ledger, before, [(rid, {VOID: reason.strip()})])

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
        self.touched[ledger.key].update(rid for rid, _new in changes)

    def _add_chunk(self, ledger: Ledger, first: int, drafts: Sequence[Draft]) -> None:
        for draft in drafts:
            _refuse_errors(draft)
        rows = [(first + index, draft) for index, draft in enumerate(drafts)]
        self.connection.execute(
            insert(self._records.schema.rec),
            [
                {"rid": rid, "id": self._ids.new(), "ledger": ledger.key, "owner": self._owner, "epoch": 0}
                for rid, _ in rows
            ],
        )
        full = [
            (
                rid,
                {
                    **{key: value for key, value in draft.values.items() if value is not None},
                    FLAWS: len(draft.findings),
                },
            )
            for rid, draft in rows
        ]
        self._records.insert(ledger, full)
        self._journal((rid, None, values) for rid, values in full)

    def _journal(self, entries: Iterable[tuple[int, Values | None, Values]]) -> None:
        rows = [
            {"op": self._op, "rid": rid, "old": None if old is None else to_json(old), "new": to_json(new)}
            for rid, old, new in entries
        ]
        if rows:
            self.connection.execute(insert(self._records.schema.journal), rows)

    def _next_rid(self) -> int:
        rec = self._records.schema.rec
        last = self.connection.execute(select(func.max(rec.c.rid))).scalar()
        return (last or 0) + 1


def _refuse_errors(draft: Draft) -> None:
    errors = draft.errors()
    if errors:
        raise Refused(f"{draft.ledger.title}：{errors[0].text.rstrip('。')}；没有保存，请改正后再试。")
