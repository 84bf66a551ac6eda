"""What the card shows of a record, made on the file's thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from taizhang.core.derived import Derived
from taizhang.core.errors import Refused
from taizhang.core.field import Field
from taizhang.core.findings import Finding
from taizhang.core.kinds_linked import Choice
from taizhang.core.ledger import Ledger
from taizhang.core.privacy import Privacy, Profile
from taizhang.desk.act_offers import offers
from taizhang.desk.asked import ActAsked
from taizhang.desk.related import Related, related
from taizhang.desk.shown import name_privacy, text
from taizhang.store.rows import Row
from taizhang.store.store import Store

_BRIEF = 8  # characters of a derived value that still goes into a chip
_TONES = {"alarm": "accent", "warning": "warning"}  # of a lane, for a chip


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the card: masked as internal lists are."""

    key: str
    label: str
    text: str
    privacy: Privacy


class Chip(NamedTuple):
    """A word or two beside the name: the value `text`, and what it is called where it needs a name."""

    text: str
    tone: str
    label: str = ""
    privacy: Privacy = Privacy.OPEN


@dataclass(frozen=True)
class CardFacts:
    """A record to look at. `missing` are the wanted fields that are blank, as (key, label).

    `offers`: what can be done with it now; `related`: records of other ledgers that point at it. On a past day neither.
    """

    rid: int
    name: str
    name_privacy: Privacy
    below: str
    chips: tuple[Chip, ...]
    sections: tuple[tuple[str, tuple[Item, ...]], ...]
    missing: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]
    has_photo: bool
    photo: bytes | None
    void: str | None
    gone: bool
    offers: tuple[ActAsked, ...] = ()
    related: tuple[Related, ...] = ()


def sections(ledger: Ledger) -> list[tuple[str, list[Field]]]:
    """The fields in the blocks of the form: a field with a heading begins a new one."""
    blocks: list[tuple[str, list[Field]]] = []
    for field in ledger.fields:
        if field.section or not blocks:
            blocks.append((field.section, []))
        blocks[-1][1].append(field)
    return blocks


def photo_field(ledger: Ledger) -> str:
    """The key of the field that holds the photo, empty when there is none."""
    return next((field.key for field in ledger.fields if getattr(field, "photo", False)), "")


def card_facts(store: Store, ledger_key: str, rid: int, as_of: date | None) -> CardFacts | None:
    """Read a record for the card; None when it is not there any more."""
    ledger = store.ledgers[ledger_key]
    found = store.rows(ledger_key, [rid], None, as_of)
    if not found:
        return None
    row = found[0]
    today = as_of or store.today
    findings = tuple(finding for remark in store.remarks(ledger_key, [rid], as_of) for finding in remark.findings)
    scope = ledger.by_key[ledger.scope] if ledger.scope else None
    photo_key = photo_field(ledger)
    ended = row.values.get(ledger.presence.ends) if ledger.presence.ends else None
    gone = isinstance(ended, str) and ended <= today.isoformat()
    return CardFacts(
        rid,
        ledger.name_of(row.values),
        name_privacy(ledger),
        scope.show(row.values.get(scope.key), store.short_name_of) if scope else "",
        (*_head_chips(store, ledger, row, today), *_chips(ledger, row, len(findings), gone=gone)),
        tuple(_sections(store, ledger, row, today)),
        tuple((field.key, field.label) for field in ledger.missing(row.values)),
        findings,
        bool(photo_key),
        _photo(store, row, photo_key),
        row.void,
        gone,
        offers(store.ledgers, ledger, rid, row.values) if as_of is None and row.void is None else (),
        related(store, ledger, rid, ledger.name_of(row.values)) if as_of is None else (),
    )


def _chips(ledger: Ledger, row: Row, findings: int, *, gone: bool) -> list[Chip]:
    chips = [Chip("已作废", "warning")] if row.void is not None else []
    if gone:
        chips.append(Chip("已减少", "plain"))
    brief = [one for one in ledger.derived if _is_brief(ledger, row, one.key)]
    chips += [Chip(str(row.derived[one.key]), "plain", one.label, one.privacy) for one in brief]
    if any(field.wanted for field in ledger.fields):
        chips.append(Chip(f"{row.completeness}%", "ok" if row.completeness == 100 else "warning", "完整度"))
    if findings:
        chips.append(Chip(f"{findings} 处待核对", "warning"))
    return chips


def _head_chips(store: Store, ledger: Ledger, row: Row, today: date) -> list[Chip]:
    """Where a record stands, from the heads of its ledger: its choices, and how urgent it is by its lane."""
    lane = ledger.board.lane(row.values, today) if ledger.board and row.void is None else None
    chips = []
    for one in map(ledger.column, _chip_heads(ledger)):
        tone = _TONES.get(lane.tone, "plain") if lane and isinstance(one, Derived) else "plain"
        said = text(one, row, today, store.short_name_of)
        chips += [Chip(said, tone, privacy=one.privacy)] if said else []
    return chips


def _chip_heads(ledger: Ledger) -> list[str]:
    return [key for key in ledger.heads if isinstance(ledger.column(key), Choice | Derived)]


def _is_brief(ledger: Ledger, row: Row, key: str) -> bool:
    """Whether a derived value is said in a chip: something short that is there; not where others lead."""
    value = row.derived.get(key)
    return not ledger.heads and value not in {None, ""} and len(str(value)) <= _BRIEF


def _sections(store: Store, ledger: Ledger, row: Row, today: date) -> list[tuple[str, tuple[Item, ...]]]:
    """The lines of the card: what its ledger puts first, under no heading, then block by block."""
    chips = {ledger.title_field, *_chip_heads(ledger)}
    heads = [ledger.column(key) for key in ledger.heads if key not in chips]
    blocks: list[tuple[str, Sequence[Field | Derived]]] = [("", heads)]
    blocks += [
        (heading, [one for one in fields if one.key not in ledger.heads]) for heading, fields in sections(ledger)
    ]
    derived = [one for one in ledger.derived if one.key not in ledger.heads and not _is_brief(ledger, row, one.key)]
    made = []
    for heading, columns in [*blocks, ("自动算出", derived)]:
        shown = [one for one in columns if _is_line(row, one) and one.key not in chips]
        items = [Item(one.key, one.label, text(one, row, today, store.name_of), one.privacy) for one in shown]
        made += [(heading, tuple(items))] if items else []
    return made


def _is_line(row: Row, one: Field | Derived) -> bool:
    """Whether a column is filled with something that reads in a line."""
    if isinstance(one, Derived):
        return row.derived.get(one.key) not in {None, ""}
    return one.kind != "attachment" and row.values.get(one.key) is not None


def _photo(store: Store, row: Row, key: str) -> bytes | None:
    hashes = row.values.get(key) if key else None
    if not isinstance(hashes, tuple) or not hashes:
        return None
    try:
        return store.attachment(str(hashes[0]))
    except Refused:
        return None


def full_texts(store: Store, ledger: Ledger, row: Row) -> dict[str, tuple[object, str]]:
    """For the form: each filled field with its value and how it reads in full."""
    return {
        field.key: (row.values[field.key], text(field, row, store.today, store.name_of, Profile.FULL))
        for field in ledger.fields
        if row.values.get(field.key) is not None
    }
