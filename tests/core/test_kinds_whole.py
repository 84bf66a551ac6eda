"""A whole number as people write it."""

from datetime import date

import pytest

from taizhang.core.context import Alone
from taizhang.core.kinds import Whole

_FIELD = Whole("term_years", "任期年数", least=1, most=5)


@pytest.mark.parametrize(("typed", "kept"), [("3", 3), ("3年", 3), ("３ 年", 3), (5.0, 5), ("", None)])
def test_a_unit_behind_the_number_is_understood(typed: object, kept: int | None) -> None:
    assert _FIELD.read(typed, Alone(date(2026, 11, 21))).value == kept


@pytest.mark.parametrize("typed", ["三年", "3.5", "3年半", "0", "9"])
def test_what_is_no_such_number_is_refused(typed: str) -> None:
    assert any(finding.is_error for finding in _FIELD.read(typed, Alone(date(2026, 11, 21))).findings)
