"""What a record held before: fields that remember their past, and the record as it was on any day."""

from collections.abc import Mapping
from typing import NamedTuple

from taizhang.core.context import Value, Values
from taizhang.core.field import Field
from taizhang.core.ledger import Ledger
from taizhang.store.coding import spells_from_json, spells_to_json
from taizhang.store.schema import PAST


class Spell(NamedTuple):
    """`key` held `value` until the ISO day `until`, that day excluded."""

    key: str
    until: str
    value: Value


def spells(values: Values) -> list[Spell]:
    """The past of a record, in the order of its days."""
    text = values.get(PAST)
    if not isinstance(text, str):
        return []
    return [Spell(*spell) for spell in spells_from_json(text)]


def remembered(
    ledger: Ledger, old: Values, new: Mapping[str, Value], since: str | None, today: str
) -> dict[str, Value]:
    """What to add to a change so that the past is kept: the spells that end, and the day the new value holds from.

    The day is `since`, else what was typed into the field's `since` partner, else today; from it on the new value
    holds, whatever was known before of later days. A value that is replaced from the very day it began was a mistake
    and is not remembered. A field without partner remembers only what is cleared (somebody returned): what it begins
    to hold says its day itself, and another day for it is a correction.
    """
    more: dict[str, Value] = {}
    before = kept = spells(old)
    for field in ledger.fields:
        if not field.dated:
            continue
        began = old.get(field.since) if field.since else None
        typed = new.get(field.since) if field.since else None
        if field.key not in new:
            if isinstance(began, str) and isinstance(typed, str):
                kept = _redated(kept, field, began, typed)
            continue
        if not field.since and new[field.key] is not None:
            continue
        day = since or (typed if isinstance(typed, str) else None) or today
        if _ends(kept, field.key, day, old.get(field.key), began):
            kept = _ended(kept, field.key, day, old.get(field.key))
            kept = _ended(kept, field.since, day, began) if field.since else kept
        elif old.get(field.key) is None and not since:
            continue  # filled in for the first time: nobody said since when
        holds_from = day if new[field.key] is not None else None
        if field.since and field.since not in new and began != holds_from:
            more[field.since] = holds_from
    kept = sorted(kept, key=lambda spell: spell.until)
    if kept != before:
        more[PAST] = pack(kept)
    return more


def merged(now: Values, start: Values, end: Values) -> str | None:
    """The past of a record without what one operation did to it, which led from `start` to `end`."""
    before, after = spells(start), spells(end)
    kept = [spell for spell in spells(now) if spell not in after or spell in before]
    kept += [spell for spell in before if spell not in after and spell not in kept]
    return pack(sorted(kept, key=lambda spell: spell.until))


def pack(past: list[Spell]) -> str | None:
    """A past as it is stored."""
    return spells_to_json(past) if past else None


def as_of(values: Values, day: str) -> dict[str, Value]:
    """The record as it was on that ISO day."""
    then = dict(values)
    for spell in reversed(spells(values)):
        # Latest first, so that the earliest spell still running on the day is the one that stays.
        if spell.until > day:
            then[spell.key] = spell.value
    return then


def _ends(kept: list[Spell], key: str, day: str, value: Value, began: Value) -> bool:
    """Whether something that `key` held comes to its end on `day`."""
    mine = [spell for spell in kept if spell.key == key]
    if any(spell.until > day for spell in mine):
        return True
    if value is None and not mine:
        return False  # it was not known before
    return not (isinstance(began, str) and began >= day)  # what began on that very day held nothing before it


def _ended(kept: list[Spell], key: str, day: str, value: Value) -> list[Spell]:
    """`kept`, with what `key` held just before `day` ending there; `value` is what it holds now."""
    mine = [spell for spell in kept if spell.key == key]
    earlier = [spell for spell in mine if spell.until <= day]
    running = next((spell.value for spell in mine if spell.until > day), value)
    last = [] if earlier and earlier[-1].until == day else [Spell(key, day, running)]
    return [*(spell for spell in kept if spell.key != key), *earlier, *last]


def _redated(kept: list[Spell], field: Field, began: str, typed: str) -> list[Spell]:
    """`kept`, where what `field` holds turns out to have begun on another day than was known."""
    if typed > began:
        mine = {field.key, field.since}
        return [spell._replace(until=typed) if spell.key in mine and spell.until == began else spell for spell in kept]
    for key in (field.key, field.since):
        if any(spell.key == key and spell.until > typed for spell in kept):
            kept = _ended(kept, key, typed, None)
    return kept
