"""Plans an import: reads the rows, recognises records, asks the gate. The office is only asked, never changed."""

from taizhang.core.access import Role, must
from taizhang.core.collecting import uncollected
from taizhang.core.ledger import Ledger
from taizhang.core.progress import Progress, silent
from taizhang.exchange.captions import Captions
from taizhang.exchange.growth import Growing
from taizhang.exchange.judge import Judge
from taizhang.exchange.plan import ImportOptions, ImportPlan
from taizhang.exchange.rows import RowReader
from taizhang.exchange.sources import Source, check_mapping, find_sources, memo_key
from taizhang.exchange.workbook import Workbook
from taizhang.store.store import Store

_STEP = 1000  # rows between two reports of progress
NOTHING = ImportOptions()


def plan_import(
    book: Workbook, ledger: Ledger, store: Store, options: ImportOptions = NOTHING, progress: Progress = silent
) -> ImportPlan:
    """What importing `book` into `ledger` would do; raises `Refused` when nothing in it can be read as this ledger.

    Not for readers: the plan tells which numbers the office knows.
    """
    must(store.access.role, be=Role.RECORDER)
    with uncollected():
        return _plan(book, ledger, store, options, progress)


def _plan(book: Workbook, ledger: Ledger, store: Store, options: ImportOptions, progress: Progress) -> ImportPlan:
    if options.mapping is not None:
        check_mapping(ledger, options.mapping)
    sources, notes = find_sources(book, ledger, options.sheet, options.mapping, store.recall(memo_key(ledger)))
    growing = Growing(store)
    found = [
        (number, row) for number, source in enumerate(sources) for row in _rows(source, ledger, growing, store.root)
    ]
    judge = Judge(ledger, store, growing, sources, options)
    records = [(number, row) for number, row in found if not row.skip]
    judge.prepare(records)
    plan = ImportPlan(book, ledger, sources, notes, growing, options, judge, last_operation(store))
    for done, (number, row) in enumerate(found):
        if done % _STEP == 0:
            progress(done, len(found), "正在核对")
        plan.judged.append(judge.line(number, row) if row.skip else judge.first(number, row))
    progress(len(found), len(found), "正在核对")
    plan.settle()
    return plan


def last_operation(store: Store, but: int = 0) -> int:
    """The number of the office's last operation, leaving out the `but` latest; 0 before the first."""
    return max((operation.op for operation in store.operations(but + 1)[but:]), default=0)


def _rows(source: Source, ledger: Ledger, growing: Growing, office: int) -> RowReader:
    captions = Captions(ledger, growing, source.vocabulary, office)
    return RowReader(source.sheet, source.table, ledger, captions, source.vocabulary)
