"""Printing a paper form: what may leave is drawn, what counts is kept and logged, and only then is it let out.

Until `release` nothing is kept. A record that has been printed before gives the very bytes of that time, stamped 补打.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from itertools import groupby

from taizhang.core.errors import Refused
from taizhang.core.privacy import Profile
from taizhang.core.progress import Progress, silent
from taizhang.press.bound import bind, pages, stamp
from taizhang.press.fonts import Typefaces
from taizhang.press.forms.draw import FormPrinted, draw_form
from taizhang.press.forms.filling import Filled, FormRemark
from taizhang.press.forms.model import Form
from taizhang.press.forms.pen import Offset
from taizhang.press.forms.values import filled, ledger_of, unfit
from taizhang.store.logbook import Happening
from taizhang.store.papers import Paper
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

    `again` are the records of which the kept paper is in it; `fresh` are to be kept by `release`. `rest` is the last
    operation on these: another number later means that what was drawn is no longer so.
    """

    form: Form
    job: _Job
    pdf: bytes = field(repr=False)
    pages: int
    rids: tuple[int, ...]
    remarks: tuple[str, ...] = ()
    again: tuple[int, ...] = ()
    fresh: Mapping[int, Filled] = field(default_factory=dict, repr=False)
    rest: int = 0

    @property
    def records(self) -> int:
        """How many records are on paper."""
        return len(self.rids)


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
    drawing = _Drawing(store, form, job, dict(zip(new, records, strict=True)), papers, progress)
    pdfs = list(drawing.parts(rids))
    return Made(
        form,
        job,
        bind(pdfs),
        drawing.pages,
        rids,
        remarks=tuple(dict.fromkeys(drawing.remarks)),
        again=tuple(papers),
        fresh=drawing.fresh if form.kept else {},
        rest=store.papers.rest_on(new) if form.kept else 0,
    )


def release(store: Store, made: Made, progress: Progress = silent) -> None:
    """Keep what is printed for the first time, and write down what leaves; its bytes may go only after this.

    `Refused` for eyes that may not see it, and when a record has been changed or printed since it was made.
    """
    if not made.fresh:
        _note(store, made)
        return
    with store.papers.at_once():
        first = store.papers.first(list(made.fresh), made.form.key)
        if first or store.papers.rest_on(made.fresh) != made.rest:
            said = f"“{made.form.title}”的记录刚刚又改过或已经打印过"
            raise Refused(f"{said}，没有打印，也没有存底；请重新预览再打印。")
        for title, rid, pdf in _to_keep(made, store.name, progress):
            store.papers.keep(made.form.key, title, pdf, who=made.job.who, at=made.job.at, rid=rid)
        _note(store, made)


def _note(store: Store, made: Made) -> None:
    title, profile = made.form.title, made.job.profile
    if new := len(made.rids) - len(made.again):
        store.release(Happening.PRINT, title, profile, new)
    if made.again:
        store.release(Happening.PRINT, f"{title}（{AGAIN}）", profile, len(made.again))


def _to_keep(made: Made, office: str, progress: Progress) -> Iterator[tuple[str, int | None, bytes]]:
    """(title, record, PDF) of every paper: each record on its own, a list of all records as one."""
    kind = _ON_STOCK if made.job.overprint else ""
    if made.form.rolls:
        yield f"{made.form.title}{kind}", None, made.pdf
        return
    for number, (rid, record) in enumerate(made.fresh.items(), 1):
        progress(number, len(made.fresh), "正在存底")
        title = f"{made.form.title}：{record.name}{kind}"
        yield title, rid, made.pdf if len(made.rids) == 1 else _draw(made.form, [record], made.job, office)[0]


def _draw(
    form: Form, records: Sequence[Filled], job: _Job, office: str, progress: Progress = silent
) -> tuple[bytes, FormPrinted]:
    out = BytesIO()
    printed = draw_form(
        form, records, job.faces, out, at=job.at, author=office, progress=progress, overprint=job.overprint
    )
    return out.getvalue(), printed


class _Drawing:
    """The parts of one PDF: runs of new records, each drawn as one document, and between them what was kept."""

    def __init__(
        self,
        store: Store,
        form: Form,
        job: _Job,
        fresh: Mapping[int, Filled],
        papers: Mapping[int, Paper],
        progress: Progress,
    ) -> None:
        self._store, self._form, self._job, self._progress = store, form, job, progress
        self.fresh, self._papers = fresh, papers
        self.pages = self._stamped = 0
        self.remarks: list[str] = []

    def parts(self, rids: Sequence[int]) -> Iterator[bytes]:
        """Every part, in the order of the records."""
        if not rids:
            yield self._new([])
        for kept, run in groupby(rids, key=self._papers.__contains__):
            if kept:
                for rid in run:
                    self._stamped += 1
                    self._progress(self._stamped, len(self._papers), "正在取出存底")
                    yield self._again(rid)
            else:
                yield self._new([self.fresh[rid] for rid in run])

    def _new(self, records: Sequence[Filled]) -> bytes:
        pdf, printed = _draw(self._form, records, self._job, self._store.name, self._progress)
        _refuse(self._form, printed.remarks)
        self.pages += printed.pages
        self.remarks += [*map(_said, printed.remarks), *printed.substitutions]
        return pdf

    def _again(self, rid: int) -> bytes:
        """What was kept, as it was, under a stamp that says so."""
        paper = self._papers[rid]
        kept = self._store.papers.pdf(paper)
        self.pages += pages(kept)
        if (on_stock := paper.title.endswith(_ON_STOCK)) is not (self._job.overprint is not None):
            sheet = "预印好的空白单" if on_stock else "白纸"
            self.remarks.append(f"{paper.title}：第一次是打印在{sheet}上的，补打与存底一样，请放{sheet}。")
        words = f"{AGAIN}　{self._job.at.year}年{self._job.at.month}月{self._job.at.day}日"
        return stamp(kept, words, self._job.faces, self._job.at)


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
