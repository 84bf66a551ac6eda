"""Carries a plan out: one operation in the journal, so that one undo takes the whole import back."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from taizhang.core.check import Draft
from taizhang.core.context import Value
from taizhang.core.errors import Refused, StoreTrouble
from taizhang.core.kinds_linked import Link
from taizhang.core.progress import Progress, silent
from taizhang.exchange.plan import Counts, Decision, ImportPlan, PlanRow
from taizhang.exchange.planner import last_operation
from taizhang.exchange.settling import TAKEN, inward_links, levels_of
from taizhang.exchange.sources import headings_of, memo_key, remember
from taizhang.store.store import Store
from taizhang.store.work import Work


@dataclass(frozen=True)
class ImportResult:
    """What an import did; `operation` is its number in the journal, None when there was nothing to store."""

    counts: Counts
    operation: int | None


def apply_plan(store: Store, plan: ImportPlan, progress: Progress = silent) -> ImportResult:
    """Store what the plan says, all of it or nothing; `Refused` when the office has changed since it was made.

    What was done before is backed up first; raises `StoreTrouble` when that cannot be.
    """
    counts, operation = plan.counts, None
    if counts.added or counts.updated:
        _safeguard(store, progress)

        def write(work: Work) -> None:
            # Asked while nobody else can write; the latest is this very operation.
            if last_operation(store, but=1) != plan.stand:
                raise Refused("预览之后台账又有改动，没有导入任何内容。请重新预览后再导入。")
            _Writing(work, plan, progress).run()

        operation = store.do(f"导入{plan.ledger.title}", write).op
        plan.stand = operation
    if plan.options.mapping is not None:
        key = memo_key(plan.ledger)
        store.keep(key, remember(store.recall(key), plan.sources, plan.options.mapping))
    return ImportResult(counts, operation)


def as_json(plan: ImportPlan, result: ImportResult | None) -> dict[str, object]:
    """The object that the command line prints; `result` is None after a dry run."""
    counts = plan.counts
    return {
        "read": counts.read,
        "added": counts.added,
        "updated": counts.updated,
        "unchanged": counts.unchanged,
        "skipped": counts.skipped,
        "refused": counts.refused,
        "operation": None if result is None or result.operation is None else str(result.operation),
        "columns": [{"heading": heading, "field": field} for heading, field in headings_of(plan.sources)],
        "findings": [
            {
                "sheet": plan.sheet_of(row),
                "row": row.number,
                "heading": plan.heading(row, finding.field),
                "field": finding.field,
                "severity": finding.severity.value,
                "value": finding.value,
                "text": finding.text,
                "proposal": finding.proposal,
            }
            for row, finding in plan.said()
        ],
    }


def _safeguard(store: Store, progress: Progress) -> None:
    """Back up what an import is about to change: a promise, so without a backup there is no import."""
    progress(0, 0, "正在备份")
    try:
        store.safeguard()
    except StoreTrouble as trouble:
        raise StoreTrouble(f"没有导入任何内容：{trouble}") from trouble


class _Writing:
    """The work of one import inside `store.do`; placeholders become record numbers as the records are stored."""

    def __init__(self, work: Work, plan: ImportPlan, progress: Progress) -> None:
        self._work, self._plan, self._progress = work, plan, progress
        self._links = [field.key for field in plan.ledger.fields if isinstance(field, Link)]
        self._real = {row.place: row.rid for row in plan.rows if row.place is not None and row.rid is not None}

    def run(self) -> None:
        """Store what the rows are the first to name, then new records, each after what it points at, then changes."""
        rows = self._plan.rows
        self._sow([row for row in rows if row.decision in TAKEN])
        inward = inward_links(self._plan.ledger)
        for level in levels_of(rows, inward):
            self._add([rows[at] for at in level if rows[at].decision is Decision.ADD])
        changed = [row for row in rows if row.decision is Decision.UPDATE]
        pairs = [(row.rid, self._real_draft(row.draft)) for row in changed if row.rid is not None and row.draft]
        self._work.change_many(pairs, self._progress)

    def _sow(self, rows: Sequence[PlanRow]) -> None:
        """Create the records that rows which are taken point at."""
        wanted = {
            value
            for row in rows
            if row.draft is not None
            for key in self._links
            if isinstance(value := row.draft.values.get(key), int) and value < 0
        }
        planned = map(self._plan.growing.seedling, sorted(wanted, reverse=True))
        for _ledger, alike in groupby(filter(None, planned), lambda seedling: seedling.draft.ledger.key):
            seedlings = list(alike)
            rids = self._work.add_many([seedling.draft for seedling in seedlings])
            self._real |= zip([seedling.rid for seedling in seedlings], rids, strict=True)

    def _add(self, rows: Sequence[PlanRow]) -> None:
        drafts = [self._real_draft(row.draft) for row in rows if row.draft is not None]
        for row, rid in zip(rows, self._work.add_many(drafts, self._progress), strict=True):
            if row.place is not None:
                self._real[row.place] = rid

    def _real_draft(self, draft: Draft) -> Draft:
        """The draft with record numbers in place of placeholders."""
        real: dict[str, Value] = {
            key: self._real[value]
            for key in self._links
            if isinstance(value := draft.values.get(key), int) and value < 0
        }
        return Draft(draft.ledger, {**draft.values, **real}, draft.findings) if real else draft
