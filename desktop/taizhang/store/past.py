"""What a record held before: fields that remember their past, and the record as it was on any day."""

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from taizhang.core.context import Value, Values
from taizhang.core.ledger import Ledger
from taizhang.store.schema import PAST


class Spell(NamedTuple):
    """`key` held `value` until the ISO day `until`, that day excluded."""

    key: str
    until: str
    value: Value


def spells(values: Values) -> list[Spell]:
    """The past of a record, oldest first."""
    text = values.get(PAST)
    if not isinstance(text, str):
        return []
    return [Spell(*spell) for spell in msgspec.json.decode(text)]


def remembered(
    ledger: Ledger, old: Values, new: Mapping[str, Value], since: str | None, today: str
) -> dict[str, Value]:
    """What to add to a change so that the past is kept: the spell that ends, and the day the new value holds from.

    The day is `since`, else what was typed into the field's `since` partner, else today. A field without partner
    remembers only what is cleared or replaced, since what it begins to hold says its day itself.
    """
    more: dict[str, Value] = {}
    kept = spells(old)
    for field in ledger.fields:
        if not field.dated or field.key not in new or old.get(field.key) is None:
            continue
        if not field.since and new[field.key] is not None:
            continue
        typed = new.get(field.since) if field.since else None
        day = since or (typed if isinstance(typed, str) else None) or today
        kept.append(Spell(field.key, day, old[field.key]))
        if field.since and field.since not in new:
            more[field.since] = day
    if len(kept) > len(spells(old)):
        kept.sort(key=lambda spell: spell.until)
        more[PAST] = msgspec.json.encode(kept).decode()
    return more


def as_of(values: Values, day: str) -> dict[str, Value]:
    """The record as it was on that ISO day."""
    then = dict(values)
    for spell in reversed(spells(values)):
        # Latest first, so that the earliest spell still running on the day is the one that stays.
        if spell.until > day:
            then[spell.key] = spell.value
    return then
