"""What an import asks of the office's file, apart from any window: a plan, a change to it, carrying it out."""

from collections.abc import Callable
from pathlib import Path

from taizhang.core.field import as_text
from taizhang.core.ledger import Ledger
from taizhang.core.progress import Progress
from taizhang.exchange.apply import apply_plan
from taizhang.exchange.plan import Counts, ImportOptions, ImportPlan, PlanRow
from taizhang.exchange.planner import plan_import
from taizhang.exchange.workbook import Workbook, read_workbook
from taizhang.store.rows import Changes
from taizhang.store.store import Store

Judged = tuple[list[PlanRow], Counts]


def read(path: Path, progress: Progress) -> Workbook:
    """Read the file; `Refused` says in words why it cannot be read."""
    progress(0, 0, "正在读取文件")
    return read_workbook(path)


def planned(
    book: Workbook, ledger: Ledger, options: ImportOptions, progress: Progress
) -> Callable[[Store], ImportPlan]:
    """The question to the store that gives a plan."""
    return lambda store: plan_import(book, ledger, store, options, progress)


def after(plan: ImportPlan, change: Callable[[], PlanRow]) -> Callable[[Store], Judged]:
    """Change a plan on the file's thread, as its gate asks the office; the rows and counts that come of it."""

    def changed(_store: Store) -> Judged:
        change()
        return plan.rows, plan.counts

    return changed


def carry_out(store: Store, plan: ImportPlan, progress: Progress) -> Changes:
    """Store what the plan says in one step; what changed comes back for the pages."""
    heard: list[Changes] = []
    stop = store.subscribe(heard.append)
    try:
        apply_plan(store, plan, progress)
    finally:
        stop()
    return heard[0]


def differences(store: Store, ledger: Ledger, row: PlanRow) -> list[tuple[str, str, str]]:
    """Label, old and new of each field that an update would change."""
    if row.rid is None or row.draft is None:
        return []
    held = store.row(row.rid).values
    found = []
    for key, value in row.draft.values.items():
        field = ledger.by_key[key]
        new = as_text(row.raw.get(key)) if isinstance(value, int) and value < 0 else field.show(value, store.name_of)
        found.append((field.label, field.show(held.get(key), store.name_of), new))
    return found


def said(counts: Counts) -> str:
    """The line for the status line: five numbers that add up to the first."""
    parts = f"新增 {counts.added}，更新 {counts.updated}，未变 {counts.unchanged}"
    return f"已导入 {counts.read} 行：{parts}，跳过 {counts.skipped}，拒绝 {counts.refused}"
