"""The paper of an act, drawn from what is about to be stored, to be looked at before it is."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from taizhang.core.context import Values
from taizhang.core.ledger import Ledger
from taizhang.core.privacy import Profile
from taizhang.desk.print_job import typefaces
from taizhang.press.forms.draw import draw_form
from taizhang.press.forms.filling import Filled
from taizhang.press.forms.model import Form
from taizhang.press.forms.shelf import shelf_of
from taizhang.press.forms.values import filled_values
from taizhang.store.store import Store


@dataclass(frozen=True)
class PaperWanted:
    """A form, and what goes into it."""

    form: Form
    filled: Filled
    at: datetime
    who: str


@dataclass(frozen=True)
class PaperDrawn:
    """The pages, what is to be said of them, and whether that keeps them from being printed."""

    pdf: bytes
    said: str
    stops: bool


def paper_wanted(store: Store, ledger: Ledger, key: str, values: Values, at: datetime) -> PaperWanted:
    """Read what the paper needs, on the file's thread; `Refused` when the office's own form is broken."""
    form = shelf_of(store).form(key)
    return PaperWanted(
        form, filled_values(store, form, ledger, values, profile=Profile.FULL, at=at, who=store.who), at, store.who
    )


def draw_paper(wanted: PaperWanted) -> PaperDrawn:
    """Draw it, in the pool."""
    out = BytesIO()
    with typefaces() as faces:
        printed = draw_form(wanted.form, [wanted.filled], faces, out, at=wanted.at, author=wanted.who)
    said = "".join(dict.fromkeys(remark.text for remark in printed.remarks))
    return PaperDrawn(out.getvalue(), said, any(remark.stops for remark in printed.remarks))
