"""Recognises the record that a row speaks of, and rows of one file that speak of the same."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from taizhang.core.context import Value, Values
from taizhang.core.kinds import Day
from taizhang.core.ledger import Ledger
from taizhang.store.store import Store

_DAY = re.compile("[0-9]{4}(?:-[0-9]{2}){0,2}")
# Values by field key, as the gate has read them; blank ones and those with errors are left out.
Facts = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Match:
    """The records that a row may speak of: none, one for certain, one or several with a question.

    `other`: a record that agrees in everything but in what would tell for certain: the same name and birth date,
    another ID number. `namesakes`: records of which no more is known than that they have the same name.
    """

    rids: tuple[int, ...] = ()
    certain: bool = False
    other: bool = False
    namesakes: bool = False
    by: tuple[str, ...] = ()


NOBODY = Match()


class Matcher:
    """The records of a ledger by the sets of fields that it is recognised by; built once for many rows."""

    def __init__(self, ledger: Ledger, store: Store) -> None:
        self._days = {field.key for field in ledger.fields if isinstance(field, Day)}
        self._sets = ledger.match
        self._indexes = [store.index(ledger.key, keys) for keys in ledger.match]
        self._loose = [
            self._loosened(keys, index) for keys, index in zip(self._sets[1:], self._indexes[1:], strict=True)
        ]
        self._held = [{rid: values for values, rids in index.items() for rid in rids} for index in self._indexes]
        self._title = ledger.title_field
        self._named = store.index(ledger.key, [ledger.title_field]) if ledger.match else {}
        self.surest = ledger.match[0] if ledger.match else ()
        self.others = tuple({key for keys in self._sets[1:] for key in keys} | {self._title} - set(self.surest))
        self.empty = not self._named

    def certain(self, facts: Facts) -> Match:
        """Who a row is by that which tells for certain; a placeholder or a blank never matches anybody."""
        found = self._indexes[0].get(surest) if (surest := _values(facts, self.surest)) else None
        return Match(tuple(found), certain=len(found) == 1, by=self.surest) if found else NOBODY

    def likely(self, facts: Facts) -> Match:
        """Whom a row may mean that is nobody for certain."""
        for keys, loose in zip(self._sets[1:], self._loose, strict=True):
            values = _values(facts, keys)
            near = loose.get(self._outline(keys, values), ()) if values is not None else ()
            rids = [rid for rid, held in near if values is not None and agree(values, held)]
            same = [rid for rid in rids if not self._differs(rid, facts)]
            if rids:
                return Match(tuple(same or rids), other=not same, by=keys)
        named = self._named.get((facts.get(self._title),), ())
        return Match(tuple(rid for rid in named if not self._is_another(rid, facts)), namesakes=True, by=(self._title,))

    def _is_another(self, rid: int, facts: Facts) -> bool:
        """Whether something tells a record from the row; what agrees would have been found before."""
        return any(
            rid in held and _values(facts, keys) is not None for keys, held in zip(self._sets, self._held, strict=True)
        )

    def _differs(self, rid: int, facts: Facts) -> bool:
        held, surest = self._held[0].get(rid), _values(facts, self.surest)
        return held is not None and surest is not None and held != surest

    def _loosened(
        self, keys: Sequence[str], index: Mapping[tuple[Value, ...], list[int]]
    ) -> dict[tuple[Value, ...], list[tuple[int, tuple[Value, ...]]]]:
        """Days by their year only: 1985-06 in a sheet and 1985-06-21 in the record may be one."""
        loose: dict[tuple[Value, ...], list[tuple[int, tuple[Value, ...]]]] = {}
        for values, rids in index.items():
            loose.setdefault(self._outline(keys, values), []).extend((rid, values) for rid in rids)
        return loose

    def _outline(self, keys: Sequence[str], values: Sequence[Value]) -> tuple[Value, ...]:
        return tuple(
            value[:4] if key in self._days and isinstance(value, str) else value
            for key, value in zip(keys, values, strict=True)
        )


class Doubles:
    """Rows of one file that speak of somebody whom an earlier row has spoken of."""

    def __init__(self, ledger: Ledger) -> None:
        self._sets = ledger.match
        self._seen: list[dict[tuple[Value, ...], list[tuple[int, Values]]]] = [{} for _ in self._sets]
        self._matched: dict[int, int] = {}

    def first(self, number: int, rid: int | None, values: Values, *, only_surest: bool = False) -> int | None:
        """The earlier row that speaks of the same; when there is none, this row (`number`) is remembered.

        `only_surest`: the user has looked at it, and a mere likeness counts no more.
        """
        earlier = self._matched.get(rid) if rid is not None else None
        known = [
            (keys, seen, _bucket(found))
            for keys, seen in zip(self._sets, self._seen, strict=True)
            if (found := _values(values, keys)) is not None
        ]
        for keys, seen, bucket in known:
            if earlier is not None or (only_surest and keys is not self._sets[0]):
                break
            earlier = next((row for row, other in seen.get(bucket, ()) if self._same(keys, values, other)), None)
        if earlier is not None:
            return earlier
        if rid is not None:
            self._matched[rid] = number
        for _keys, seen, bucket in known:
            seen.setdefault(bucket, []).append((number, values))
        return None

    def _same(self, keys: Sequence[str], values: Values, other: Values) -> bool:
        surest, others = _values(values, self._sets[0]), _values(other, self._sets[0])
        if surest is not None and others is not None:
            return surest == others
        mine, theirs = _values(values, keys), _values(other, keys)
        return mine is not None and theirs is not None and agree(mine, theirs)


def agree(one: Sequence[Value], other: Sequence[Value]) -> bool:
    """Whether values may mean the same: equal, or one day less exact than the other."""
    return all(
        a == b or (isinstance(a, str) and isinstance(b, str) and _less_exact(a, b))
        for a, b in zip(one, other, strict=True)
    )


def _bucket(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """What values that `agree` have in common: of days the year alone."""
    return tuple([value[:4] if isinstance(value, str) and _is_day(value) else value for value in values])


def _is_day(value: str) -> bool:
    return len(value) in {4, 7, 10} and _DAY.fullmatch(value) is not None


def _less_exact(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return len(short) in {4, 7} and short[:4].isdecimal() and long.startswith(f"{short}-")


def _values(facts: Facts, keys: Sequence[str]) -> tuple[Value, ...] | None:
    """What `facts` holds in `keys`; None with a blank among them."""
    values = tuple(map(facts.get, keys))
    return None if None in values else values
