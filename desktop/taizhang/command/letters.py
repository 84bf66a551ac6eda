"""`print` of a paper form, and `papers`: what was printed and kept."""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from taizhang.command.asked import filters
from taizhang.command.columns import aligned
from taizhang.command.session import ledger_named, opened, record
from taizhang.command.teller import Teller
from taizhang.command.usage import WrongUsage
from taizhang.core.errors import Refused
from taizhang.core.privacy import Profile
from taizhang.exchange.saving import save_whole
from taizhang.form_printing import AGAIN, Made, make, release
from taizhang.press.bound import excerpt
from taizhang.press.fonts import Typefaces
from taizhang.press.forms.model import Form
from taizhang.press.forms.pen import Offset
from taizhang.press.forms.values import fitting, ledger_of
from taizhang.store.logbook import Happening
from taizhang.store.papers import Paper
from taizhang.store.query import Query
from taizhang.store.store import Store


def print_form(store: Store, form: Form, args: Namespace, teller: Teller) -> None:
    """Print the named records on a form, each on its own; a list takes all that it is for."""
    overprint = _overprint(form, args)
    rids = _chosen(store, form, args)
    made = make(
        store,
        form,
        rids,
        at=datetime.combine(store.today, datetime.now().time()),  # noqa: DTZ005 - the day is the command's
        who=store.who,
        faces=Typefaces(),
        profile=Profile(args.privacy or Profile.FULL),
        overprint=overprint,
        progress=teller.progress,
    )
    _give(store, made, args.out, teller)


def papers(args: Namespace, teller: Teller) -> None:
    """The papers that were kept, of one record or of all; or one of them as it was printed.

    That is the very file, byte for byte, or of what was printed together the pages that are its own.
    """
    with opened(args) as store:
        if args.save:
            _save(store, args.save, teller)
            return
        if args.ledger and not args.id:
            raise WrongUsage("只写了台账，没有执行；请在台账后面写记录的编号，或什么都不写，列出全部文书。")
        row = record(store, ledger_named(args.ledger), args.id) if args.ledger else None
        kept = store.papers.of(row.rid) if row else store.papers.kept()
        teller.answer(lambda: {"papers": [_plain(store, paper) for paper in kept]}, lambda: _listed(kept))


def _chosen(store: Store, form: Form, args: Namespace) -> list[int]:
    ledger = ledger_of(store, form)
    if args.as_of:
        raise WrongUsage("表格印的是记录现在的内容，没有执行；请去掉 --as-of，某一天的名册请打印台账。")
    if args.id:
        return list(map(store.rid, args.id))  # those of another ledger are refused when they are read
    if not form.rolls:
        raise WrongUsage(f"“{form.title}”一条记录一份，没有执行；请用 --id 写明{ledger.title}里记录的编号。")
    where = filters(store, ledger, args.where)
    return fitting(store, form, store.rids(Query(ledger.key, where=where)))


def _overprint(form: Form, args: Namespace) -> Offset | None:
    if args.paper or args.landscape:
        raise WrongUsage(f"“{form.title}”的纸张由表格规定，没有执行；请去掉 --paper 和 --landscape。")
    if not args.overprint:
        if args.offset is not None:
            raise WrongUsage("--offset 只在套打时有用，没有执行；请加上 --overprint。")
        return None
    if not form.stock:
        raise WrongUsage(f"“{form.title}”没有预印的空白单，没有执行；请去掉 --overprint，打印在白纸上。")
    return Offset(*(args.offset or (0.0, 0.0)))


def _give(store: Store, made: Made, out: Path, teller: Teller) -> None:
    """Keep and write down what is printed, when nothing stands against the file any more; then let it out."""
    save_whole(out, lambda part: part.write_bytes(made.pdf), allow=lambda: release(store, made))
    for line in made.remarks:
        teller.warn(line)
    ledger = ledger_of(store, made.form).key
    again = f"，其中 {len(made.again)} 份是{AGAIN}" if made.again else ""
    teller.answer(
        lambda: {
            "file": str(out),
            "pages": made.pages,
            "records": made.records,
            "remarks": made.remarks,
            "reprinted": [row.id for row in store.rows(ledger, made.again, ())],
        },
        lambda: [f"已打印“{made.form.title}”{made.records} 条，共 {made.pages} 页{again}：{out}"],
    )


def _save(store: Store, asked: Sequence[str], teller: Teller) -> None:
    number, out = asked
    paper = next((one for one in store.papers.kept() if str(one.number) == number), None)
    if paper is None:
        raise Refused(f"没有第 {number} 号文书，没有另存；用 taizhang papers 查看编号。")
    pdf, what = excerpt(store.papers.pdf(paper), paper.pages), paper.title.partition("：")[0]
    save_whole(
        Path(out),
        lambda part: part.write_bytes(pdf),
        allow=lambda: store.release(Happening.EXPORT, f"{what}（存底）", Profile.FULL, 1),
    )
    teller.answer(lambda: {"file": out, **_plain(store, paper)}, lambda: [f"已另存第 {number} 号文书：{out}"])


def _plain(store: Store, paper: Paper) -> dict[str, object]:
    return {
        "number": paper.number,
        "kind": paper.kind,
        "title": paper.title,
        "at": paper.at.isoformat(),
        "who": paper.who,
        "id": None if paper.rid is None else store.row(paper.rid).id,
        "sha256": paper.sha256,
    }


def _listed(kept: Sequence[Paper]) -> Iterator[str]:
    rows = [(str(one.number), f"{one.at:%Y-%m-%d %H:%M}", one.title, one.who) for one in kept]
    yield from aligned([("编号", "时间", "文书", "经办人"), *rows], frozenset({0}))
    yield f"共 {len(kept)} 份"
