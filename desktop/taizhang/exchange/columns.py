"""Which column of a table feeds which field: every field from one column, the clearest heading first."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from taizhang.core.text import heading_key
from taizhang.exchange.vocabulary import Sense, Vocabulary, Why, is_generic, of_others


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where it stands in the sheet's rectangle, its heading, the field that it feeds, and why.

    `path` is all that stands over the column, `heading` what of it counts.
    """

    index: int
    heading: str
    field: str | None
    why: Why
    path: str


class _Rank(IntEnum):
    """How sure a reading of a heading is; a field goes to the surest."""

    CHOSEN = 0  # by the user
    WHOLE = 1  # 入党时间, or 入党 over 时间
    LEAF = 2  # 性别 under 基本情况
    PARENT = 3  # 入党时间 over 年月
    GENERIC = 4  # 备注 under 其他


@dataclass(frozen=True, slots=True, order=True)
class _Offer:
    rank: _Rank
    index: int
    heading: str
    field: str
    why: Why


def assign(stacks: Mapping[int, Sequence[str]], vocabulary: Vocabulary) -> tuple[Column, ...]:
    """The columns of a table; `stacks` has for each the headings that stand over it, from the top down."""
    offers = sorted(offer for index, parts in stacks.items() for offer in _offers(index, parts, vocabulary))
    taken: set[str] = set()
    columns: dict[int, Column] = {}
    for offer in offers:
        if offer.index in columns or offer.field in taken:
            continue
        columns[offer.index] = Column(
            offer.index, offer.heading, offer.field or None, offer.why, "/".join(stacks[offer.index])
        )
        taken.update({offer.field} - {""})
    wanted = {offer.index for offer in offers}
    for index, parts in stacks.items():
        why = Why.TAKEN if index in wanted else Why.UNKNOWN
        columns.setdefault(index, Column(index, "/".join(parts), None, why, "/".join(parts)))
    return tuple(columns[index] for index in sorted(columns))


def _offers(index: int, parts: Sequence[str], vocabulary: Vocabulary) -> Iterator[_Offer]:
    """Every reading of the headings over one column that means something."""
    whole, leaf = "/".join(parts), parts[-1]
    for rank, heading, text in _readings(parts):
        sense: Sense = vocabulary.sense(text)
        if sense.why in {Why.CHOSEN, Why.LEFT_OUT}:
            yield _Offer(_Rank.CHOSEN, index, heading, sense.field or "", sense.why)
        elif sense.why is not Why.UNKNOWN:
            yield _Offer(rank, index, leaf if rank is _Rank.LEAF else whole, sense.field or "", sense.why)


def _readings(parts: Sequence[str]) -> Iterator[tuple[_Rank, str, str]]:
    """Rank, heading and text to look up, for each way in which stacked headings can be meant."""
    whole, leaf, above = "/".join(parts), parts[-1], parts[:-1]
    yield _Rank.WHOLE, whole, whole
    if not above:
        return
    yield _Rank.WHOLE, whole, "".join(parts)
    yield from ((_Rank.WHOLE, whole, parent + leaf) for parent in above if len(above) > 1)
    elsewhere = any(of_others(parent) for parent in above)
    if is_generic(leaf) or (elsewhere and heading_key(leaf) == "姓名"):
        yield from ((_Rank.PARENT, whole, parent) for parent in reversed(above))
        if not elsewhere:
            yield _Rank.GENERIC, whole, leaf
    elif not elsewhere:
        yield _Rank.LEAF, leaf, leaf


def fingerprint(columns: Sequence[Column]) -> str:
    """What a set of headings is remembered by, whatever the order of its columns."""
    keys = sorted({heading_key(column.path) for column in columns})
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()[:16]
