"""The recovery code: what is printed can be typed, and a slip of the pen is found where it was made."""

import re

import pytest
from hypothesis import given, strategies as st

from taizhang.core.errors import Refused
from taizhang.core.recovery_code import DIGITS, GROUPS, SIZE, is_group, read, written

SECRETS = st.binary(min_size=SIZE, max_size=SIZE)
PLACES = st.integers(0, GROUPS * DIGITS - 1)


def test_a_code_as_it_was_always_printed() -> None:
    """A sheet that was sealed years ago must still open the office."""
    secret = bytes.fromhex("0001ffff7fff8000123456789abcdef0")
    code = "000011-720885-360437-360448-051260-243496-435732-627792"
    assert written(secret) == code
    assert read(code) == secret


@given(secret=SECRETS, between=st.sampled_from(["-", " ", "", "  ", "—", "－", "\n", " - "]), wide=st.booleans())
def test_what_is_printed_can_be_typed_in_any_way(secret: bytes, between: str, wide: bool) -> None:
    typed = written(secret).replace("-", between)
    if wide:
        typed = typed.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert read(f" {typed}\n") == secret


@given(secret=SECRETS, place=PLACES, digit=st.sampled_from("0123456789"))
def test_any_wrong_digit_is_found_in_its_group(secret: bytes, place: int, digit: str) -> None:
    digits = written(secret).replace("-", "")
    slipped = digits[:place] + digit + digits[place + 1 :]
    if slipped == digits:
        assert read(slipped) == secret
        return
    with pytest.raises(Refused, match=f"恢复码的第 {place // DIGITS + 1} 组抄错了，没有打开；请对照封存的那张纸"):
        read(slipped)


@given(secret=SECRETS, place=PLACES.filter(lambda place: place % DIGITS))
def test_two_neighbours_in_the_wrong_order_are_found_in_their_group(secret: bytes, place: int) -> None:
    digits = written(secret).replace("-", "")
    turned = digits[: place - 1] + digits[place] + digits[place - 1] + digits[place + 1 :]
    if turned == digits:
        return
    with pytest.raises(Refused, match=f"第 {place // DIGITS + 1} 组"):
        read(turned)


@pytest.mark.parametrize("typed", ["", "1", "000011-720885", "0" * 47, "0" * 49, "O" * 48, "000011 " * 7 + "00001l"])
def test_what_is_no_code_says_what_one_looks_like(typed: str) -> None:
    with pytest.raises(Refused, match="恢复码应是 8 组、每组 6 个数字，没有打开"):
        read(typed)


@given(secret=SECRETS)
def test_each_group_can_be_checked_alone(secret: bytes) -> None:
    code = written(secret)
    assert re.fullmatch(r"\d{6}(-\d{6}){7}", code)
    assert all(is_group(group) for group in code.split("-"))
    assert not is_group("720896")  # one more than the greatest, and a multiple of eleven too many
    assert not is_group("000012")


@pytest.mark.parametrize("size", [0, SIZE - 1, SIZE + 1])
def test_a_secret_of_another_size_is_our_mistake(size: int) -> None:
    with pytest.raises(ValueError, match=str(size)):
        written(bytes(size))
