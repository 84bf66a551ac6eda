"""Recognises the record that a row speaks of, and rows of one file that speak of the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from taizhang.core.context import Value, Values
from taizhang.core.kinds import Day
from taizhang.core.ledger import Ledger
from taizhang.store.store import Store

# Values by field key, as the gate has read them; blank ones and those with errors are left out.
Facts = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Match:
    """The records that a row may speak of: none, one for certain, one or several with a question.

    `other`: a record that agrees in everything but in what would tell for certain: the same name and birth date,
    another ID number.
    """

    rids: tuple[int, ...] = ()
    certain: bool = False
    other: bool = False
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
        self._surest = {
            rid: values for values, rids in (self._indexes[0] if self._sets else {}).items() for rid in rids
        }
        self.keys = tuple(dict.fromkeys(key for keys in self._sets for key in keys))
        self.empty = not any(self._indexes)

    def match(self, facts: Facts) -> Match:
        """Who a row with these facts is; a placeholder or a blank never matches anybody."""
        if not self._sets:
            return NOBODY
        surest = _values(facts, self._sets[0])
        if surest is not None and (found := self._indexes[0].get(surest)):
            return Match(tuple(found), certain=len(found) == 1, by=self._sets[0])
        for keys, loose in zip(self._sets[1:], self._loose, strict=True):
            values = _values(facts, keys)
            near = loose.get(self._outline(keys, values), ()) if values is not None else ()
            rids = [rid for rid, held in near if values is not None and agree(values, held)]
            same = [rid for rid in rids if not self._differs(rid, facts)]
            if rids:
                return Match(tuple(same or rids), other=not same, by=keys)
        return NOBODY

    def _differs(self, rid: int, facts: Facts) -> bool:
        held = self._surest.get(rid)
        surest = _values(facts, self._sets[0])
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
        for keys, seen in zip(self._sets[: 1 if only_surest else None], self._seen, strict=False):
            found = _values(values, keys)
            if found is None or earlier is not None:
                continue
            earlier = next((row for row, other in seen.get(found[:1], ()) if self._same(keys, values, other)), None)
        if earlier is not None:
            return earlier
        if rid is not None:
            self._matched[rid] = number
        for keys, seen in zip(self._sets, self._seen, strict=True):
            if (found := _values(values, keys)) is not None:
                seen.setdefault(found[:1], []).append((number, values))
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


def _less_exact(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return len(short) in {4, 7} and short[:4].isdecimal() and long.startswith(f"{short}-")


def _values(facts: Facts, keys: Sequence[str]) -> tuple[Value, ...] | None:
    """What `facts` holds in `keys`; None with a blank among them."""
    values = tuple(map(facts.get, keys))
    return None if None in values else values
