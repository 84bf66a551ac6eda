"""Trying the text of a form out: what is wrong with it, else the records to draw it with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from taizhang.desk.paper_job import Sheaf, anew
from taizhang.press.forms.faults import Fault
from taizhang.press.forms.language import examine
from taizhang.press.forms.reading import SUFFIX
from taizhang.store.store import Store


@dataclass(frozen=True)
class Trial:
    """What came of a text: its faults, or the sheaf that can be drawn."""

    faults: tuple[Fault, ...]
    sheaf: Sheaf | None


def try_out(store: Store, key: str, text: str, rids: Sequence[int], at: datetime) -> Trial:
    """Read a text as a form and look for records for it; nothing is stored."""
    form, faults = examine(key, text, f"{key}{SUFFIX}", store.ledgers)
    return Trial(faults, None if form is None else anew(store, form, rids, at))
