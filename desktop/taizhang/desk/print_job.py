"""What is printed of a list and how: the choice of the user, the sheet made of it, the PDF drawn of the sheet."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from threading import Lock

import msgspec

from taizhang.core.findings import Finding
from taizhang.core.ledger import Ledger
from taizhang.core.privacy import Profile
from taizhang.core.progress import Progress
from taizhang.press.check import check_glyphs
from taizhang.press.fonts import Typefaces
from taizhang.press.ledger_print import Occasion, ledger_sheet
from taizhang.press.page import Paper
from taizhang.press.sheet import Printed, Sheet
from taizhang.press.table import render
from taizhang.store.query import Query
from taizhang.store.store import Store

_drawing = Lock()  # the typefaces remember what they have loaded and are shared by all threads


class PrintChoice(msgspec.Struct, frozen=True):
    """How a list is printed; kept for each ledger and printer. Empty `columns` and `title` mean the ledger's own."""

    paper: str = "A4"
    landscape: bool = True
    duplex: bool = False
    columns: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()
    profile: Profile = Profile.INTERNAL
    title: str = ""


@dataclass(frozen=True, slots=True)
class Roll:
    """Which records: the query of the list, the same in words, and the moment of printing; `only` these, if any."""

    ledger: Ledger
    query: Query
    condition: str
    at: datetime
    only: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A finished PDF, what the press says of it, and the characters that no typeface here has.

    `profile` are the eyes it is made for, `records` how many records it names: what the log is told when it goes out.
    """

    pdf: bytes
    printed: Printed
    missing: tuple[Finding, ...]
    profile: Profile
    records: int


def make_sheet(store: Store, roll: Roll, choice: PrintChoice) -> Sheet:
    """The table as text; asks the store, so it runs on the file's thread."""
    rids = [rid for rid in store.rids(roll.query) if not roll.only or rid in roll.only]
    rows = store.rows(roll.ledger.key, rids, as_of=roll.query.as_of)
    picked = f"选中的 {len(rids)} {roll.ledger.unit}" if roll.only else ""
    occasion = Occasion(
        day=roll.query.as_of or store.today,
        at=roll.at,
        names=store.name_of,
        profile=choice.profile,
        user=store.who,
        condition="；".join(part for part in (roll.condition, picked) if part) or "全部",
        organisation=store.name,
    )
    return ledger_sheet(
        roll.ledger, rows, occasion, columns=choice.columns, blank_columns=choice.blanks, title=choice.title
    )


def draw(sheet: Sheet, choice: PrintChoice, progress: Progress) -> Drawn:
    """The table as PDF; `Refused` when it does not fit the paper."""
    with typefaces() as faces:
        paper = Paper.of(choice.paper, landscape=choice.landscape)
        paper = Paper(paper.width, paper.height, duplex=choice.duplex)
        missing = tuple(check_glyphs(sheet, faces))
        out = BytesIO()
        printed = render(sheet, paper, faces, out, progress)
    return Drawn(out.getvalue(), printed, missing, choice.profile, len(sheet.rows))


@contextmanager
def typefaces() -> Iterator[Typefaces]:
    """The typefaces of this computer, for one drawing at a time."""
    with _drawing:
        yield _typefaces()


@cache
def _typefaces() -> Typefaces:
    return Typefaces()
