"""Roles, and what is said of a new password."""

import pytest

from taizhang.core.access import Access, Role, must, weakness
from taizhang.core.errors import Refused


@pytest.mark.parametrize("password", ["杏花春雨江南", "a1b2c3d", "１２３４５６７"])
def test_a_short_password_is_warned_of_with_its_length(password: str) -> None:
    assert f"只有 {len(password)} 位" in (weakness(password) or "")


@pytest.mark.parametrize("password", ["11111111", "12345678", "hgfedcba", "１２３４５６７８"])
def test_a_password_that_only_repeats_or_counts_is_warned_of(password: str) -> None:
    assert "重复或连续" in (weakness(password) or "")


@pytest.mark.parametrize("password", ["杏花 春雨 江南", "12345679", "correct horse"])
def test_nothing_speaks_against_any_other(password: str) -> None:
    assert weakness(password) is None


def test_a_role_may_do_what_the_lesser_ones_may_and_no_more() -> None:
    must(Role.ADMIN, be=Role.READER)
    must(Role.RECORDER, be=Role.RECORDER)
    with pytest.raises(Refused, match="只有管理员可以做"):
        must(Role.RECORDER, be=Role.ADMIN)
    with pytest.raises(Refused, match="记录员或管理员"):
        must(Role.READER, be=Role.RECORDER)


def test_the_keys_of_who_has_entered_are_not_printed() -> None:
    assert "secret" not in repr(Access("王敏", Role.ADMIN, b"secret", b"secret"))
