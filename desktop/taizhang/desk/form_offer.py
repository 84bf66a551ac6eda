"""Which forms there are for records, and what the records are called: asked before a form is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from taizhang.core.ledger import Ledger
from taizhang.desk.form_options import Offered
from taizhang.press.forms.shelf import shelf_of
from taizhang.press.forms.values import fitting, unfit
from taizhang.store.store import Store


@dataclass(frozen=True)
class Offer:
    """The forms of a ledger, those for these records first, and the records by number and name."""

    forms: tuple[Offered, ...]
    names: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class FormLine:
    """A form in a menu, with the records that it would be printed for; `rolls`: it lists them, `kept`: it counts."""

    key: str
    title: str
    about: str
    rids: tuple[int, ...]
    fits: bool
    rolls: bool
    kept: bool


def form_lines(store: Store, ledger: Ledger, chosen: Sequence[int], listed: Sequence[int]) -> list[FormLine]:
    """The forms of a ledger for the records `chosen`; those that list records take all of `listed` if one is chosen."""
    lines = []
    for form in shelf_of(store).for_ledger(ledger.title):
        wanted = listed if form.rolls and len(chosen) <= 1 else chosen
        fit = fitting(store, form, wanted)
        rids = tuple(fit if form.rolls else wanted)
        lines.append(FormLine(form.key, form.title, form.about, rids, bool(fit) or not wanted, form.rolls, form.kept))
    return sorted(lines, key=lambda line: (not line.fits, not line.kept))


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
