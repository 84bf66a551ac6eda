"""Identifiers: UUID version 7 (RFC 9562), each greater than the one before, whatever the clock does."""

from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from taizhang.core.ids import Ids, as_text, from_text

_MOST = 2**73 - 1


@given(st.lists(st.tuples(st.integers(0, 2**48 - 1), st.integers(0, _MOST)), min_size=2, max_size=50))
def test_each_is_greater_than_the_one_before_even_when_the_clock_runs_back(ticks: list[tuple[int, int]]) -> None:
    clock, chance = iter([tick for tick, _ in ticks]), iter([bits for _, bits in ticks])
    ids = Ids(lambda: next(clock), lambda _bits: next(chance))
    made = [ids.new() for _ in ticks]
    assert made == sorted(set(made))
    assert all(UUID(bytes=one).version == 7 and UUID(bytes=one).variant == "specified in RFC 4122" for one in made)


def test_the_time_stands_in_front() -> None:
    identifier = Ids(lambda: 0x0190_B3F0_1234, lambda _bits: 0).new()
    assert as_text(identifier) == "0190b3f0-1234-7000-8000-000000000000"
    assert from_text(as_text(identifier)) == identifier


def test_two_offices_do_not_collide() -> None:
    one, other = Ids(lambda: 7), Ids(lambda: 7)
    made = [ids.new() for _ in range(1000) for ids in (one, other)]
    assert len(set(made)) == 2000


@pytest.mark.parametrize("text", ["", "0190b3f0", "卢梅", "0190b3f0-1234-7000-8000-00000000000g"])
def test_what_is_no_identifier_is_said(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_text(text)
