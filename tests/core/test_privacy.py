"""Who may see what (R-PRIV-01 and the masking table of domain 11.2)."""

from itertools import product

import pytest
from hypothesis import given, strategies as st

from taizhang.core.privacy import PROFILE_LABELS, Privacy, Profile, hide, mask, mask_id, mask_name, mask_phone, shows
from tests.core.offices import TODAY

_ID, _PHONE, _ADDRESS = "11019919700101001X", "13812341234", "杏花路12号3栋2单元501室"
_SHOWN = {
    Privacy.OPEN: "大学本科",
    Privacy.NAME: "张伟民",
    Privacy.ID: _ID,
    Privacy.PHONE: _PHONE,
    Privacy.ADDRESS: _ADDRESS,
    Privacy.BIRTH: "1970.01.01",
    Privacy.PHOTO: "0" * 64,
    Privacy.SENSITIVE: "已婚",
}


def _mask(profile: Profile, privacy: Privacy, shown: str | None = None) -> str:
    return mask(profile, privacy, _SHOWN[privacy] if shown is None else shown, "1970-01-01", TODAY)


@pytest.mark.parametrize(
    ("profile", "name", "number", "phone", "address", "birth", "sensitive"),
    [
        (Profile.FULL, "张伟民", _ID, _PHONE, _ADDRESS, "1970.01.01", "已婚"),
        (Profile.INTERNAL, "张伟民", "110199********001X", _PHONE, "杏花路12号3栋", "1970.01", "已婚"),
        (Profile.POSTING, "张伟民", "", "138****1234", "", "56岁", ""),
        (Profile.WALL, "张**", "", "", "", "", ""),
    ],
)
def test_r_priv_01_each_profile_shows_just_this(
    profile: Profile, name: str, number: str, phone: str, address: str, birth: str, sensitive: str
) -> None:
    kinds = (Privacy.NAME, Privacy.ID, Privacy.PHONE, Privacy.ADDRESS, Privacy.BIRTH, Privacy.SENSITIVE)
    assert [_mask(profile, kind) for kind in kinds] == [name, number, phone, address, birth, sensitive]
    assert _mask(profile, Privacy.OPEN) == "大学本科"
    assert PROFILE_LABELS[profile]


@pytest.mark.parametrize(("profile", "privacy"), list(product(Profile, Privacy)))
def test_a_column_that_does_not_appear_says_nothing(profile: Profile, privacy: Privacy) -> None:
    assert shows(profile, privacy) or _mask(profile, privacy) == ""
    assert _mask(profile, privacy, "") == ""


@pytest.mark.parametrize(("profile", "privacy"), list(product([Profile.POSTING, Profile.WALL], Privacy)))
def test_a_stricter_profile_never_shows_more(profile: Profile, privacy: Privacy) -> None:
    wider = {Profile.POSTING: Profile.INTERNAL, Profile.WALL: Profile.POSTING}[profile]
    assert len(_mask(profile, privacy).replace("*", "")) <= len(_mask(wider, privacy).replace("*", ""))


@pytest.mark.parametrize("profile", [profile for profile in Profile if profile is not Profile.FULL])
def test_a_remark_tells_no_id_number_r_priv_01(profile: Profile) -> None:
    said = "证件 110199197001010038，另见 110199700101003；档案 20261121。"
    hidden = "证件 110199********0038，另见 110199*****1003；档案 20261121。"
    assert mask(profile, Privacy.OPEN, said, said, TODAY) == hidden
    assert mask(Profile.FULL, Privacy.OPEN, said, said, TODAY) == said


def test_a_posted_age_is_of_today_and_a_birth_to_come_shows_nothing() -> None:
    assert mask(Profile.POSTING, Privacy.BIRTH, "1970.12", "1970-12", TODAY) == "55岁"
    assert mask(Profile.POSTING, Privacy.BIRTH, "2027.01", "2027-01", TODAY) == ""
    assert mask(Profile.POSTING, Privacy.BIRTH, "1970.12", None, TODAY) == ""


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("杏花路12号3栋2单元501室", "杏花路12号3栋"),
        ("杏花路12号501室", "杏花路12号"),
        ("杏花里8号楼3门201", "杏花里8号楼"),
        ("杏花苑5幢1201", "杏花苑5幢"),
        ("杏花村三组", "杏花村三组"),
    ],
)
def test_internal_lists_show_the_building_and_no_door(address: str, shown: str) -> None:
    assert _mask(Profile.INTERNAL, Privacy.ADDRESS, address) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812341234", "138****1234"),
        ("0571-88880000", "057****0000"),
        ("13812341234、0571-88880000", "138****1234、057****0000"),
        ("88880000", "****"),
        ("123", "****"),
    ],
)
def test_a_phone_is_masked_in_the_middle(phone: str, shown: str) -> None:
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [("张伟", "张*"), ("张", "张"), ("古丽娜尔·买买提", "古*******"), ("张伟、王芳芳", "张*、王**"), ("", "")],
)
def test_a_name_keeps_its_first_character(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@given(st.text("0123456789Xx", max_size=20))
def test_of_a_number_six_and_four_remain_at_most(number: str) -> None:
    masked = mask_id(number)
    assert len(masked) == len(number)
    assert len(number) <= 10 or masked == number[:6] + "*" * (len(number) - 10) + number[-4:]
    assert len(number) > 10 or set(masked) <= {"*"}


@pytest.mark.parametrize("privacy", list(Privacy))
def test_f9_hides_whatever_is_personal(privacy: Privacy) -> None:
    hidden = hide(privacy, _SHOWN[privacy])
    assert hidden == {Privacy.OPEN: "大学本科", Privacy.NAME: "张**"}.get(privacy, "••••")
    assert hide(privacy, "") == ""


@pytest.mark.parametrize(("profile", "seen"), [("internal", "41"), ("posting", "41"), ("wall", "")])
def test_an_age_is_for_the_party_and_not_for_the_wall(profile: str, seen: str) -> None:
    assert mask(Profile(profile), Privacy.BIRTH, "41", 41, TODAY) == seen
