"""Printing a paper form: what may leave is drawn, what counts is kept and logged, and only then is it let out.

Until `release` nothing is kept. What is new in a run is drawn, and kept, as one document; each record's paper is its
pages there. A record that has been printed before gives these very pages, stamped 补打. Records that share a sheet have
the same page: what was printed is the sheet, so a reprint is the whole of it, once, whoever of them was asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from io import BytesIO

from taizhang.core.errors import Refused
from taizhang.core.privacy import Profile
from taizhang.core.progress import Progress, silent
from taizhang.press.bound import Binder, Stamp
from taizhang.press.fonts import Typefaces
from taizhang.press.forms.draw import FormPrinted, draw_form
from taizhang.press.forms.filling import Filled, FormRemark
from taizhang.press.forms.model import Form
from taizhang.press.forms.pen import Offset
from taizhang.press.forms.values import filled, ledger_of, unfit
from taizhang.store.logbook import Happening
from taizhang.store.papers import Leaf, Paper
from taizhang.store.store import Store

AGAIN = "补打"
_ON_STOCK = "（套打）"  # ends the title of a paper of which only the values were printed
_SAID = 3  # reasons that are told one by one


@dataclass(frozen=True)
class _Job:
    """How a form is printed: by whom, for whose eyes, in which typefaces, and where on pre-printed stock."""

    at: datetime
    who: str
    faces: Typefaces = field(repr=False)
    profile: Profile = Profile.FULL
    overprint: Offset | None = None


@dataclass(frozen=True)
class Made:
    """A printing that is ready and has not left yet: the whole as one PDF, and what was said about it.

    `again` are the records of which the kept pages are in it. `drawn` is what is new, a document of its own, in which
    `leaves` are the papers that `release` is to keep. `rest` is the last operation on the new records: another number
    later means that what was drawn is no longer so.
    """

    form: Form
    job: _Job
    pdf: bytes = field(repr=False)
    pages: int
    rids: tuple[int, ...]
    remarks: tuple[str, ...] = ()
    again: tuple[int, ...] = ()
    drawn: bytes = field(default=b"", repr=False)
    leaves: tuple[Leaf, ...] = ()
    rest: int = 0

    @property
    def records(self) -> int:
        """How many records are on paper."""
        return len(self.rids)

    @property
    def new(self) -> list[int]:
        """Those that are printed for the first time."""
        again = set(self.again)
        return [rid for rid in self.rids if rid not in again]


def make(
    store: Store,
    form: Form,
    rids: Sequence[int],
    *,
    at: datetime,
    who: str,
    faces: Typefaces,
    profile: Profile = Profile.FULL,
    overprint: Offset | None = None,
    progress: Progress = silent,
) -> Made:
    """Draw the form with these records, in this order; nothing is kept, and nothing is changed.

    `Refused` in one sentence where something `stops`: a record that is not for this form, a blank that must be filled.
    """
    job = _Job(at, who, faces, profile, overprint)
    rids = tuple(dict.fromkeys(rids))
    _refuse_strangers(store, form, rids)
    if form.kept and profile is not Profile.FULL:
        raise Refused(f"“{form.title}”要存底，不能遮住号码打印，没有打印；请改选“内部完整”。")
    papers = {} if form.rolls or not form.kept else store.papers.first(rids, form.key)
    new = [rid for rid in rids if rid not in papers]
    _refuse_misfits(unfit(store, form, new))
    records = filled(store, form, new, profile=profile, at=at, who=who)
    pdf, printed = b"", FormPrinted(0)
    if new or not papers:
        pdf, printed = _draw(form, records, job, store.name, progress)
        _refuse(form, printed.remarks)
    made = Made(
        form,
        job,
        pdf,
        printed.pages,
        rids,
        remarks=tuple(dict.fromkeys([*map(_said, printed.remarks), *printed.substitutions])),
        drawn=pdf,
        leaves=_leaves(form, job, new, records, printed.places) if new and form.kept else (),
        rest=store.papers.rest_on(new) if form.kept else 0,
    )
    return _with_kept(store, made, papers, dict(zip(new, printed.places, strict=True)), progress) if papers else made


def release(store: Store, made: Made) -> None:
    """Keep what is printed for the first time, and write down what leaves; its bytes may go only after this.

    `Refused` for eyes that may not see it, and when a record has been changed or printed since it was made.
    """
    if not made.leaves:
        _note(store, made)
        return
    with store.papers.at_once():
        new, job = made.new, made.job
        if store.papers.first(new, made.form.key) or store.papers.rest_on(new) != made.rest:
            said = f"“{made.form.title}”的记录刚刚又改过或已经打印过"
            raise Refused(f"{said}，没有打印，也没有存底；请重新预览再打印。")
        store.papers.keep_all(made.form.key, made.leaves, made.drawn, who=job.who, at=job.at)
        _note(store, made)


def _note(store: Store, made: Made) -> None:
    title, profile = made.form.title, made.job.profile
    if made.new:
        store.release(Happening.PRINT, title, profile, len(made.new))
    if made.again:
        store.release(Happening.PRINT, f"{title}（{AGAIN}）", profile, len(made.again))


def _leaves(
    form: Form, job: _Job, rids: Sequence[int], records: Sequence[Filled], places: Sequence[range]
) -> tuple[Leaf, ...]:
    """What is to be kept: the paper of each record, or a list of all records as one."""
    stock = _ON_STOCK if job.overprint else ""
    if form.rolls:
        return (Leaf(f"{form.title}{stock}"),)
    return tuple(
        Leaf(f"{form.title}：{record.name}{stock}", rid, pages if len(rids) > 1 else None)
        for rid, record, pages in zip(rids, records, places, strict=True)
    )


def _draw(
    form: Form, records: Sequence[Filled], job: _Job, office: str, progress: Progress
) -> tuple[bytes, FormPrinted]:
    out = BytesIO()
    printed = draw_form(
        form, records, job.faces, out, at=job.at, author=office, progress=progress, overprint=job.overprint
    )
    return out.getvalue(), printed


def _with_kept(
    store: Store, made: Made, papers: Mapping[int, Paper], places: Mapping[int, range], progress: Progress
) -> Made:
    """The whole in the order of the records: a sheet comes where the first of its records stands, and only once."""
    binder, at, remarks = Binder(), made.job.at, list(made.remarks)
    stamp = Stamp(f"{AGAIN}　{at.year}年{at.month}月{at.day}日", made.job.faces, at)
    for number, rid in enumerate(made.rids, 1):
        progress(number, len(made.rids), "正在取出存底")
        if paper := papers.get(rid):
            name = paper.sha256 if paper.pages else str(paper.number)  # two that are alike are still two papers
            binder.take(name, partial(store.papers.pdf, paper), paper.pages, stamp)
            remarks += _other_sheet(paper, made.job)
        else:
            binder.take("new", lambda: made.drawn, places[rid])
    return replace(
        made, pdf=binder.bound(), pages=binder.pages, remarks=tuple(dict.fromkeys(remarks)), again=tuple(papers)
    )


def _other_sheet(paper: Paper, job: _Job) -> list[str]:
    if (on_stock := paper.title.endswith(_ON_STOCK)) is (job.overprint is not None):
        return []
    sheet = "预印好的空白单" if on_stock else "白纸"
    return [f"{paper.title}：第一次是打印在{sheet}上的，补打与存底一样，请放{sheet}。"]


def _refuse_strangers(store: Store, form: Form, rids: Sequence[int]) -> None:
    """Records of another ledger, and records that were taken out as mistakes, fill no form."""
    if not rids and not form.rolls:
        raise Refused(f"没有选中记录，“{form.title}”没有打印；请先选要打印的记录。")
    ledger = ledger_of(store, form)
    rows = store.rows(ledger.key, rids, (ledger.title_field,))
    if len(rows) < len(rids):
        raise Refused(f"“{form.title}”只用于{form.ledger}的记录，没有打印；请从那里选记录。")
    if void := next((row for row in rows if row.void is not None), None):
        name = ledger.name_of(void.values)
        raise Refused(f"“{name}”的这条记录已经作废，“{form.title}”没有打印；存底的那一份可以另存查看。")


def _refuse_misfits(misfits: Sequence[FormRemark]) -> None:
    if misfits:
        more = f"（另有 {len(misfits) - 1} 条也不合）" if len(misfits) > 1 else ""
        raise Refused(f"{misfits[0].record}{more}：{misfits[0].text}")


def _refuse(form: Form, remarks: Sequence[FormRemark]) -> None:
    stops = [remark for remark in remarks if remark.stops]
    if not stops:
        return
    told, name = list[str](), ""
    for remark in stops[:_SAID]:  # several of one person name them once
        told.append((remark.text if remark.record == name else _said(remark)).rstrip("。"))
        name = remark.record
    more = f"；另有 {len(stops) - _SAID} 处" if len(stops) > _SAID else ""
    raise Refused(f"“{form.title}”没有打印，也没有存底：{'；'.join(told)}{more}。")


def _said(remark: FormRemark) -> str:
    return f"{remark.record}：{remark.text}" if remark.record else remark.text
