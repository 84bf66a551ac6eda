"""Which forms there are for records, and what the records are called: asked before a form is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from taizhang.core.ledger import Ledger
from taizhang.desk.form_options import Offered
from taizhang.press.forms.shelf import shelf_of
from taizhang.press.forms.values import unfit
from taizhang.store.store import Store


@dataclass(frozen=True)
class Offer:
    """The forms of a ledger, those for these records first, and the records by number and name."""

    forms: tuple[Offered, ...]
    names: tuple[tuple[int, str], ...]


def offers(store: Store, ledger: Ledger, rids: Sequence[int]) -> tuple[Offered, ...]:
    """The forms of a ledger: first those that fit the records, of these what counts (the letter) before the rest."""
    forms = [(form, len(unfit(store, form, rids))) for form in shelf_of(store).for_ledger(ledger.title)]
    forms.sort(key=lambda each: (each[1], not each[0].kept))
    return tuple(Offered(form.key, form.title, form.about, form.stock, not others, form.kept) for form, others in forms)


def offer(store: Store, ledger: Ledger, rids: Sequence[int]) -> Offer:
    """What the preview begins with."""
    rows = {row.rid: row for row in store.rows(ledger.key, rids, [ledger.title_field])}
    names = tuple((rid, ledger.name_of(rows[rid].values)) for rid in rids if rid in rows)
    return Offer(offers(store, ledger, [rid for rid, _name in names]), names)
