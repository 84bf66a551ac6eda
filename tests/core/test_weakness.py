"""What is said of a new password that is easily guessed; nothing is refused for it."""

import pytest

from taizhang.core.access import weakness


@pytest.mark.parametrize("password", ["杏花春雨江南", "a1b2c3d", "１２３４５６７"])
def test_a_short_password_is_warned_of_with_its_length(password: str) -> None:
    assert f"只有 {len(password)} 位" in (weakness(password) or "")


@pytest.mark.parametrize("password", ["11111111", "12345678", "hgfedcba", "１２３４５６７８"])
def test_a_password_that_only_repeats_or_counts_is_warned_of(password: str) -> None:
    assert "重复或连续" in (weakness(password) or "")


@pytest.mark.parametrize("password", ["杏花 春雨 江南", "12345679", "correct horse"])
def test_nothing_speaks_against_any_other(password: str) -> None:
    assert weakness(password) is None
