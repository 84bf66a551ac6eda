"""`print`: a ledger as PDF."""

from argparse import Namespace
from datetime import datetime
from io import BytesIO

from taizhang.command.session import ledger_named, opened, record
from taizhang.command.teller import Teller
from taizhang.core.ledger import Ledger
from taizhang.core.privacy import Profile
from taizhang.exchange.saving import save_whole
from taizhang.press.check import check_glyphs
from taizhang.press.fonts import Typefaces
from taizhang.press.ledger_print import Occasion, ledger_sheet
from taizhang.press.page import Paper
from taizhang.press.sheet import Sheet
from taizhang.press.table import render
from taizhang.store.logbook import Happening
from taizhang.store.query import Query
from taizhang.store.store import Store


def print_(args: Namespace, teller: Teller) -> None:
    """Print the records present on the day, or the named ones, in the ledger's order."""
    ledger = ledger_named(args.what)
    paper = Paper.of(args.paper, landscape=args.landscape)
    pdf, faces = BytesIO(), Typefaces()
    with opened(args) as store:
        sheet = _sheet(store, ledger, args)
        missing = [finding.text for finding in check_glyphs(sheet, faces)]
        printed = render(sheet, paper, faces, pdf, teller.progress)
        store.release(Happening.PRINT, ledger.title, Profile(args.privacy), len(sheet.rows))
        save_whole(args.out, lambda part: part.write_bytes(pdf.getvalue()))
    said = [*missing, *printed.substitutions, *printed.remarks]
    for line in said:
        teller.warn(line)
    teller.answer(
        lambda: {"file": str(args.out), "rows": len(sheet.rows), "pages": printed.pages, "remarks": said},
        lambda: [f"已打印 {len(sheet.rows)} {ledger.unit}，共 {printed.pages} 页：{args.out}"],
    )


def _sheet(store: Store, ledger: Ledger, args: Namespace) -> Sheet:
    chosen = [record(store, ledger, identifier).rid for identifier in args.id]
    query = Query(ledger.key, as_of=args.as_of)
    rows = store.rows(ledger.key, chosen or store.rids(query), as_of=args.as_of)
    occasion = Occasion(
        day=args.as_of or store.today,
        at=datetime.now(),  # noqa: DTZ005 - the paper says the wall clock's time
        names=store.name_of,
        profile=Profile(args.privacy),
        user=store.who,
        condition="选定的记录" if chosen else "全部",
        organisation=store.name,
    )
    return ledger_sheet(ledger, rows, occasion)
