"""KEY=VALUE as a person writes it: raw values for the gate, conditions for a list."""

from collections.abc import Sequence
from uuid import UUID

from taizhang.command.session import field_named, record
from taizhang.command.usage import WrongUsage
from taizhang.core.errors import Refused
from taizhang.core.field import Field
from taizhang.core.kinds_linked import Link
from taizhang.core.ledger import Ledger
from taizhang.store.query import Filter
from taizhang.store.store import Store

Pair = tuple[str, str]
_REMIND = "remind"  # no ledger has a field of that name


def raw_values(store: Store, ledger: Ledger, pairs: Sequence[Pair]) -> dict[str, object]:
    """What the gate is to check; an empty value clears."""
    return {key: _raw(store, field_named(ledger, key), text) for key, text in pairs}


def filters(store: Store, ledger: Ledger, pairs: Sequence[Pair]) -> tuple[Filter, ...]:
    """Conditions that must all hold; a value is read as the field reads it, an empty one asks for blanks.

    `remind=口袋党员` asks for the records that a reminder speaks of today, by its title or its id.
    """
    return tuple(
        _reminder(ledger, text) if key == _REMIND else _filter(store, field_named(ledger, key), text)
        for key, text in pairs
    )


def _reminder(ledger: Ledger, text: str) -> Filter:
    for one in ledger.reminders:
        if text in {one.id, one.title}:
            return Filter(one.id, "due")
    there = "、".join(one.title for one in ledger.reminders) or "没有提醒"
    raise WrongUsage(f"{ledger.title}没有“{text}”这一条提醒，没有执行；现有：{there}。")


def _filter(store: Store, field: Field, text: str) -> Filter:
    value, findings = field.read(_raw(store, field, text), store.context())
    if value is None and findings:
        raise Refused(f"{findings[0].text.rstrip('。')}；没有列出。")
    return Filter(field.key, "blank") if value is None else Filter(field.key, "is", value)


def _raw(store: Store, field: Field, text: str) -> object:
    """The text; for a link also the identifier of a record, since two people may have one name."""
    if isinstance(field, Link) and _is_identifier(text):
        return record(store, store.ledgers[field.ledger], text).rid
    return text


def _is_identifier(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
