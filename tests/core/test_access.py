"""The three roles: each may do what the next one may, and a reader sees no number in full (R-PRIV)."""

import pytest

from taizhang.core.access import ROLE_HELP, ROLE_LABELS, Access, Role, must, widest
from taizhang.core.errors import Refused
from taizhang.core.privacy import Profile

_MAY = {
    (Role.ADMIN, Role.ADMIN),
    (Role.ADMIN, Role.RECORDER),
    (Role.ADMIN, Role.READER),
    (Role.RECORDER, Role.RECORDER),
    (Role.RECORDER, Role.READER),
    (Role.READER, Role.READER),
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("needed", Role)
def test_each_role_may_do_what_the_next_one_may(role: Role, needed: Role) -> None:
    if (role, needed) in _MAY:
        must(role, be=needed)
        return
    with pytest.raises(Refused) as refusal:
        must(role, be=needed)
    said = str(refusal.value)
    assert said.startswith(f"这一步只有{ROLE_LABELS[needed]}")
    assert f"您现在是“{ROLE_LABELS[role]}”" in said
    assert said.endswith("来做。")


def test_only_a_reader_sees_less_than_all() -> None:
    assert {role: widest(role) for role in Role} == {
        Role.ADMIN: Profile.FULL,
        Role.RECORDER: Profile.FULL,
        Role.READER: Profile.INTERNAL,
    }


def test_every_role_has_a_name_and_an_explanation() -> None:
    assert set(ROLE_LABELS) == set(ROLE_HELP) == set(Role)


def test_a_key_is_never_shown() -> None:
    access = Access("王敏", Role.ADMIN, b"\x01" * 32, b"\x02" * 32)
    for shown in (repr(access), str(access), f"{access}", f"{[access]}"):
        assert "王敏" in shown
        assert "\\x01" not in shown
        assert "\\x02" not in shown
        assert "key" not in shown
