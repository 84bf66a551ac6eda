"""What a paper form is drawn from and how: read on the file's thread, drawn beside it, let out only when it is kept."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

from PySide6.QtCore import QObject

from taizhang.core.access import widest
from taizhang.core.check import check
from taizhang.core.context import Values
from taizhang.core.errors import Refused
from taizhang.core.ledger import Ledger
from taizhang.core.privacy import Profile
from taizhang.core.progress import Progress, silent
from taizhang.desk.office import Office
from taizhang.desk.print_job import typefaces
from taizhang.desk.worker import Failed
from taizhang.exchange.saving import save_whole
from taizhang.form_printing import Made, make, release
from taizhang.press.forms.draw import draw_form
from taizhang.press.forms.filling import Filled, FormRemark
from taizhang.press.forms.model import EMPTY, Form, Grid, Picture, Ref
from taizhang.press.forms.pen import Offset
from taizhang.press.forms.values import filled, filled_values, fitting, ledger_of, unfit
from taizhang.press.watermark import mark
from taizhang.registry import installed
from taizhang.store.papers import Paper
from taizhang.store.store import Store

SAMPLE = "样　张"


@dataclass(frozen=True)
class Sheaf:
    """Records ready to be set into a form, and what is known of them before anything is drawn.

    `unfit` says which the form is not for, `misfits` are these, which are not drawn where others are. `again` are the
    papers that were printed before; where there are such, and nothing stands against it, `pdf` is what would be
    printed. `sample`: nobody real, for looking at the form only.
    """

    form: Form
    records: Sequence[Filled]
    at: datetime
    author: str
    unfit: tuple[FormRemark, ...] = ()
    misfits: tuple[int, ...] = ()
    again: tuple[Paper, ...] = ()
    pdf: bytes = field(default=b"", repr=False)
    said: tuple[str, ...] = ()
    sample: bool = False

    @property
    def pictured(self) -> bool:
        """Whether photos are drawn: they lie in the file, whose thread alone may read them."""
        cells = (cell for item in self.form.items() if isinstance(item, Grid) for cell in item.cells)
        return any(isinstance(item, Picture) for item in self.form.items()) or any(cell.picture for cell in cells)


@dataclass(frozen=True, slots=True)
class DrawnForm:
    """A finished PDF, what stands against printing it, and what else is said (typefaces that were not there)."""

    pdf: bytes
    remarks: tuple[FormRemark, ...] = ()
    said: tuple[str, ...] = ()


def gather(
    store: Store,
    form: Form,
    rids: Sequence[int],
    at: datetime,
    offset: tuple[float, float] | None,
    progress: Progress = silent,
) -> Sheaf:
    """Read the records and what stands against printing them; without any, a sample stands for them."""
    sheaf = anew(store, form, rids, at)
    if sheaf.sample:
        return sheaf
    printed = store.papers.first(rids, form.key) if form.kept and not form.rolls else {}
    against = tuple(unfit(store, form, [rid for rid in rids if rid not in printed]))
    if against:
        fit = {*fitting(store, form, rids), *printed}
        sheaf = anew(store, form, [rid for rid in rids if rid in fit] or rids, at)
        return replace(sheaf, unfit=against, misfits=tuple(rid for rid in rids if rid not in fit))
    sheaf = replace(sheaf, again=tuple(printed.values()))
    if printed and widest(store.access.role) is Profile.FULL:
        with suppress(Refused):  # they are drawn as they are now, with what stands against printing them
            made = _made(store, Leaving(form, rids, at, offset), progress)
            return replace(sheaf, pdf=made.pdf, said=made.remarks)
    return sheaf


def anew(store: Store, form: Form, rids: Sequence[int], at: datetime) -> Sheaf:
    """Read the records as they are now, whatever was printed of them before; without any, a sample."""
    records = filled(store, form, rids, profile=widest(store.access.role), at=at, who=store.who)
    return Sheaf(form, records, at, store.name) if records else sample(store, form, at)


def sample(store: Store, form: Form, at: datetime) -> Sheaf:
    """An invented record that the form is for; nothing is stored."""
    ledger = ledger_of(store, form)
    invented = [
        filled_values(store, form, ledger, values, profile=Profile.FULL, at=at, who=store.who)
        for values in (*_good(store, ledger), {})
    ]
    fitting = (record for record in invented if _fits(form, record))
    return Sheaf(form, [next(fitting, invented[0])], at, store.name, sample=True)


def draw(sheaf: Sheaf, offset: tuple[float, float] | None = None, progress: Progress = silent) -> DrawnForm:
    """Draw all pages; on pre-printed paper only the values, moved by `offset` (mm to the right, down)."""
    if sheaf.pdf:
        return DrawnForm(sheaf.pdf, said=sheaf.said)
    out = BytesIO()
    with typefaces() as faces:
        printed = draw_form(
            sheaf.form,
            sheaf.records,
            faces,
            out,
            at=sheaf.at,
            author=sheaf.author,
            progress=progress,
            overprint=_moved(offset),
        )
        pdf = mark(out.getvalue(), SAMPLE, faces, sheaf.at) if sheaf.sample else out.getvalue()
    return DrawnForm(pdf, printed.remarks, tuple(printed.substitutions))


def draw_beside(
    office: Office,
    sheaf: Sheaf,
    then: Callable[[DrawnForm], object],
    failed: Failed,
    owner: QObject,
    offset: tuple[float, float] | None = None,
    progress: Progress = silent,
) -> None:
    """Draw without keeping the window waiting; on the file's thread where photos are read on the way."""
    if sheaf.pictured:
        office.ask(lambda _store: draw(sheaf, offset, progress), then, failed, owner)
    else:
        office.worker.pool(lambda: draw(sheaf, offset, progress), then, failed, owner)


@dataclass(frozen=True)
class Leaving:
    """What is to leave: these records on this form, drawn at that moment, as they were `seen`."""

    form: Form
    rids: Sequence[int]
    at: datetime
    offset: tuple[float, float] | None
    seen: bytes = field(default=b"", repr=False)


def let_out(store: Store, leaving: Leaving, progress: Progress = silent) -> bytes:
    """The PDF that may leave the office: what counts has been kept and logged. `Refused` where something stops it."""
    made = _as_seen(store, leaving, progress)
    release(store, made)
    return made.pdf


def save_out(store: Store, leaving: Leaving, path: Path, progress: Progress = silent) -> None:
    """Write the PDF to a file, which leaves the office; what counts is kept and logged when nothing else can fail."""
    made = _as_seen(store, leaving, progress)
    save_whole(path, lambda part: part.write_bytes(made.pdf), allow=lambda: release(store, made))


def _as_seen(store: Store, leaving: Leaving, progress: Progress) -> Made:
    made = _made(store, leaving, progress)
    if made.pdf != leaving.seen:
        raise Refused("记录刚刚又改过，没有打印，也没有存底；请看过新的样子，再打印一次。")
    return made


def _made(store: Store, what: Leaving, progress: Progress) -> Made:
    profile, moved = widest(store.access.role), _moved(what.offset)
    with typefaces() as faces:
        return make(
            store,
            what.form,
            what.rids,
            at=what.at,
            who=store.who,
            faces=faces,
            profile=profile,
            overprint=moved,
            progress=progress,
        )


def _moved(offset: tuple[float, float] | None) -> Offset | None:
    return None if offset is None else Offset(*offset)


def _fits(form: Form, record: Filled) -> bool:
    return all((record.text(Ref(tuple(name.split(".")))) or EMPTY) in texts for name, texts in form.fits)


def _good(store: Store, ledger: Ledger) -> Iterator[Values]:
    part = installed().part(ledger.key, "samples")
    for raw in part.GOOD if part else ():
        yield check(ledger, raw, store.context()).values
