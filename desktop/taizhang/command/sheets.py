"""`template`, `import` and `export`: Excel in and out."""

from argparse import Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from taizhang.command.session import column_named, ledger_named, opened
from taizhang.command.teller import Teller
from taizhang.command.usage import WrongUsage
from taizhang.core.errors import Refused
from taizhang.core.privacy import Profile
from taizhang.exchange.apply import apply_plan, as_json
from taizhang.exchange.marked import write_marked
from taizhang.exchange.plan import ImportOptions, ImportPlan
from taizhang.exchange.planner import plan_import
from taizhang.exchange.sources import headings_of
from taizhang.exchange.template import write_template
from taizhang.exchange.workbook import read_workbook
from taizhang.exchange.write import export_rows
from taizhang.store.query import Query

_SOME = 5  # rows that are named where many have the same finding


def template(args: Namespace, teller: Teller) -> None:
    """An empty sheet of a ledger."""
    ledger = ledger_named(args.ledger)
    write_template(ledger, args.out)
    teller.answer(lambda: {"file": str(args.out)}, lambda: [f"已写出{ledger.title}的空白表格：{args.out}"])


def import_(args: Namespace, teller: Teller) -> None:
    """Take what the preview of the window would propose: every row without an error, in one operation."""
    ledger = ledger_named(args.ledger)
    options = ImportOptions(sheet=args.sheet, mapping=_mapping(args.map) if args.map else None)
    with opened(args, writes=not args.dry_run) as store:
        book = read_workbook(args.file)
        plan = plan_import(book, ledger, store, options, teller.progress)
        if args.marked:  # before anything is stored: when it cannot be written, nothing has changed
            write_marked(plan, args.marked)
        result = None if args.dry_run else apply_plan(store, plan, teller.progress)
    for note in plan.notes:
        teller.warn(note)
    teller.answer(
        lambda: {**as_json(plan, result), "notes": plan.notes}, lambda: _told(plan, args.marked, dry=args.dry_run)
    )


def export(args: Namespace, teller: Teller) -> None:
    """The records present today, in the ledger's order."""
    ledger = ledger_named(args.ledger)
    for key in args.columns:
        column_named(ledger, key)
    with opened(args) as store:
        rids = store.rids(Query(ledger.key))
        count = export_rows(
            store, ledger, rids, args.out, args.columns, Profile(args.privacy), progress=teller.progress
        )
    teller.answer(lambda: {"file": str(args.out), "rows": count}, lambda: [f"已导出 {count} {ledger.unit}：{args.out}"])


def _mapping(path: Path) -> Mapping[str, str | None]:
    """Heading to field key, or to null for a column that is not to be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, str | None])
    except OSError as cause:
        raise Refused(f"打不开对应表“{path.name}”，没有导入；请检查文件是否还在、能否读取。") from cause
    except msgspec.MsgspecError:
        raise WrongUsage(f'“{path.name}”不是对应表，没有导入；请写成 {{"表头": "栏目"}}，不要的列写 null。') from None


def _told(plan: ImportPlan, marked: Path | None, *, dry: bool) -> Iterator[str]:
    counts = plan.counts
    yield (
        f"{'试读' if dry else '导入'}{plan.ledger.title}：读到 {counts.read} 行，新增 {counts.added}，"
        f"更新 {counts.updated}，未变 {counts.unchanged}，跳过 {counts.skipped}，拒绝 {counts.refused}"
    )
    unknown = [heading for heading, field in headings_of(plan.sources) if field is None]
    if unknown:
        yield f"没有读入的列：{'、'.join(unknown)}"
    yield from _said(plan)
    if marked:
        yield f"问题已标在原表的副本上：{marked}"
    if dry:
        yield "没有保存。"


def _said(plan: ImportPlan) -> Iterator[str]:
    """Every finding in words, once for all the rows of which it is said."""
    rows: dict[tuple[str, str], list[int]] = {}
    for row, finding in plan.said():
        heading = plan.heading(row, finding.field)
        where = f"{'错误' if finding.is_error else '请核对'}  {plan.sheet_of(row)}"
        what = f"{f' {heading}' if heading else ''}：{finding.text}"
        rows.setdefault((where, what), []).append(row.number)
    for (where, what), numbers in rows.items():
        some = "、".join(map(str, numbers[:_SOME]))
        yield f"{where} 第 {some if len(numbers) <= _SOME else f'{some} 等 {len(numbers)}'} 行{what}"
