"""What a board shows of records, made on the file's thread: each as a slip in the lane where it stands that day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from taizhang.core.derived import Derived
from taizhang.core.field import Field
from taizhang.core.ledger import Ledger
from taizhang.core.privacy import Privacy, hide
from taizhang.desk.related import Said
from taizhang.desk.shown import text
from taizhang.store.rows import Row
from taizhang.store.store import Store


@dataclass(frozen=True, slots=True)
class Slip:
    """One record: its name, how urgent it is in words (derived columns that name nobody), and what else is told."""

    rid: int
    name: Said
    due: str
    about: tuple[Said, ...]

    def words(self, *, masked: bool) -> tuple[str, str]:
        """The name and what is told of it, as they may be read now."""
        name, *about = (hide(one.privacy, one.text) if masked else one.text for one in (self.name, *self.about))
        return name, " · ".join(about)


@dataclass(frozen=True, slots=True)
class Slips:
    """The slips by lane, in the order of the list; `others` are on none."""

    lanes: tuple[tuple[Slip, ...], ...]
    others: int


def slips(store: Store, ledger: Ledger, rids: Sequence[int], as_of: date | None) -> Slips:
    """Where each of these records stands; a ledger without a board is our bug (`ValueError`)."""
    board = ledger.board
    if board is None:
        raise ValueError(ledger.key)
    today = as_of or store.today
    found: dict[str, list[Slip]] = {lane.key: [] for lane in board.lanes}
    others = 0
    for row in store.rows(ledger.key, rids, None, as_of):
        lane = board.lane(row.values, today) if row.void is None else None
        if lane is None:
            others += 1
        else:
            found[lane.key].append(_slip(store, ledger, board.columns, row, today))
    return Slips(tuple(tuple(found[lane.key]) for lane in board.lanes), others)


def _slip(store: Store, ledger: Ledger, columns: Sequence[str], row: Row, today: date) -> Slip:
    def said(key: str) -> Said:
        column = ledger.column(key)
        return Said(text(column, row, today, store.short_name_of), column.privacy)

    due = [key for key in columns if _is_open_sum(ledger.column(key))]
    about = [said(key) for key in columns if key not in due and key != ledger.title_field]
    urgent = " ".join(said(key).text for key in due if said(key).text)
    return Slip(row.rid, said(ledger.title_field), urgent, tuple(one for one in about if one.text))


def _is_open_sum(column: Field | Derived) -> bool:
    """Whether it is reckoned from the record and names nobody: what does is told with the rest, which F9 hides."""
    return isinstance(column, Derived) and column.privacy is Privacy.OPEN
