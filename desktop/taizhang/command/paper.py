"""`print`: a ledger or a paper form as PDF."""

from argparse import Namespace
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

from taizhang.command.asked import filters
from taizhang.command.letters import print_form
from taizhang.command.session import opened, record
from taizhang.command.teller import Teller
from taizhang.command.usage import WrongUsage
from taizhang.core.ledger import Ledger
from taizhang.core.privacy import Profile
from taizhang.exchange.saving import save_whole
from taizhang.press.check import check_glyphs
from taizhang.press.fonts import Typefaces
from taizhang.press.forms.shelf import shelf_of
from taizhang.press.ledger_print import Occasion, ledger_sheet
from taizhang.press.page import Paper
from taizhang.press.sheet import Sheet
from taizhang.press.table import render
from taizhang.store.logbook import Happening
from taizhang.store.query import Query
from taizhang.store.store import Store


def print_(args: Namespace, teller: Teller) -> None:
    """Print what is named: the records of a ledger in a table, or each of them on a form."""
    with opened(args) as store:
        shelf = shelf_of(store)
        if args.what in store.ledgers:
            _print_ledger(store, store.ledgers[args.what], args, teller)
        elif args.what in (forms := {entry.key: entry.title for entry in shelf.entries()}):
            print_form(store, shelf.form(args.what), args, teller)
        else:
            ledgers = {ledger.key: ledger.title for ledger in store.ledgers.values()}
            raise WrongUsage(
                f"没有“{args.what}”这个台账或表格，没有执行；台账有：{_named(ledgers)}；表格有：{_named(forms)}。"
            )


def _print_ledger(store: Store, ledger: Ledger, args: Namespace, teller: Teller) -> None:
    """The records present on the day, or the named ones, in the ledger's order."""
    if args.overprint or args.plain:
        raise WrongUsage(f"{ledger.title}没有预印的空白单，没有执行；--overprint 和 --plain 只用于表格。")
    profile = Profile(args.privacy or Profile.INTERNAL)
    paper = Paper.of(args.paper or "A4", landscape=args.landscape)
    pdf, faces = BytesIO(), Typefaces()
    sheet = _sheet(store, ledger, args, profile)
    missing = [finding.text for finding in check_glyphs(sheet, faces)]
    printed = render(sheet, paper, faces, pdf, teller.progress)
    store.release(Happening.PRINT, ledger.title, profile, len(sheet.rows))
    save_whole(args.out, lambda part: part.write_bytes(pdf.getvalue()))
    said = [*missing, *printed.substitutions, *printed.remarks]
    for line in said:
        teller.warn(line)
    teller.answer(
        lambda: {"file": str(args.out), "rows": len(sheet.rows), "pages": printed.pages, "remarks": said},
        lambda: [f"已打印 {len(sheet.rows)} {ledger.unit}，共 {printed.pages} 页：{args.out}"],
    )


def _sheet(store: Store, ledger: Ledger, args: Namespace, profile: Profile) -> Sheet:
    chosen = [record(store, ledger, identifier).rid for identifier in args.id]
    where = filters(store, ledger, args.where)
    rids = chosen or store.rids(Query(ledger.key, where=where, as_of=args.as_of))
    occasion = Occasion(
        day=args.as_of or store.today,
        at=datetime.now(),  # noqa: DTZ005 - the paper says the wall clock's time
        names=store.name_of,
        profile=profile,
        user=store.who,
        condition=_condition(ledger, args) if not chosen else "选定的记录",
        organisation=store.name,
    )
    return ledger_sheet(ledger, store.rows(ledger.key, rids, as_of=args.as_of), occasion)


def _condition(ledger: Ledger, args: Namespace) -> str:
    """Whom the list holds, as its foot says it."""
    labels = {field.key: field.label for field in ledger.fields}
    return "，".join(f"{labels.get(key, '提醒')}：{text or '空'}" for key, text in args.where) or "全部"


def _named(titles: Mapping[str, str]) -> str:
    return "、".join(f"{key}（{title}）" for key, title in titles.items())
