"""Privacy profiles: what of a personal value may be seen where (R-PRIV-01; the masking table of the reference)."""

import re
from datetime import date
from enum import StrEnum

from taizhang.core.context import Value
from taizhang.core.day import age_on, show


class Privacy(StrEnum):
    """What kind of personal data a field holds."""

    OPEN = "open"
    NAME = "name"
    ID = "id"
    PHONE = "phone"
    ADDRESS = "address"
    BIRTH = "birth"
    PHOTO = "photo"
    SENSITIVE = "sensitive"


class Profile(StrEnum):
    """For whose eyes a list, an export or a page is made; each sees no more than the one before."""

    FULL = "full"
    INTERNAL = "internal"
    POSTING = "posting"
    WALL = "wall"


PROFILE_LABELS = {
    Profile.FULL: "内部完整",
    Profile.INTERNAL: "内部名单",
    Profile.POSTING: "党内公示",
    Profile.WALL: "对外上墙",
}

_NOWHERE = {
    Profile.FULL: frozenset[Privacy](),
    Profile.INTERNAL: frozenset[Privacy](),
    Profile.POSTING: frozenset({Privacy.ID, Privacy.ADDRESS, Privacy.SENSITIVE}),
    Profile.WALL: frozenset({Privacy.ID, Privacy.PHONE, Privacy.ADDRESS, Privacy.BIRTH, Privacy.SENSITIVE}),
}

_MONTH, _PHONE = len("2004-07"), len("13800001234")
_DATE = "(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_ID = f"[1-9][0-9]{{5}}(?:(?:18|19|20)[0-9]{{2}}{_DATE}[0-9]{{3}}[0-9Xx]|[0-9]{{2}}{_DATE}[0-9]{{3}})"
_NUMBER = re.compile(f"(?<![0-9A-Za-z])(?:{_ID}|1[3-9][0-9]{{9}})(?![0-9A-Za-z])")
_ID_NUMBER, _SHORTEST = re.compile(f"(?<![0-9A-Za-z]){_ID}(?![0-9A-Za-z])"), 15


def shows(profile: Profile, privacy: Privacy) -> bool:
    """Whether a column of this kind appears at all for these eyes."""
    return privacy not in _NOWHERE[profile]


def within(profile: Profile, widest: Profile) -> bool:
    """Whether the eyes of `profile` see no more than those of `widest`."""
    order = list(Profile)
    return order.index(profile) >= order.index(widest)


def mask(profile: Profile, privacy: Privacy, shown: str, value: Value, today: date) -> str:
    """The text that these eyes may see instead of `shown`; `today` tells the age where only the age may be seen."""
    if profile is Profile.FULL or not shown:
        return shown
    seen = shown if privacy is Privacy.OPEN else _masked(profile, privacy, shown, value, today)
    # A remark, or whatever else is free text, may hold the number that its own field hides.
    return seen if len(seen) < _SHORTEST else _ID_NUMBER.sub(lambda found: mask_id(found[0]), seen)


def _masked(profile: Profile, privacy: Privacy, shown: str, value: Value, today: date) -> str:
    if not shows(profile, privacy):
        return ""
    if privacy is Privacy.BIRTH:
        return shown if isinstance(value, int) else _birth(profile, value, today)  # an age stays one
    if profile is Profile.INTERNAL:
        return _INTERNAL.get(privacy, _same)(shown)
    if privacy is Privacy.PHONE:
        return mask_phone(shown)
    return mask_name(shown) if profile is Profile.WALL and privacy is Privacy.NAME else shown


def mask_value(privacy: Privacy, value: Value) -> Value:
    """What a reader may hold of a value: one of the same field, which reads as internal lists do, less its numbers."""
    if not isinstance(value, str):
        return value
    if privacy is Privacy.BIRTH:
        return value[:_MONTH]
    return _READERS.get(privacy, mask_numbers)(value)


def mask_numbers(text: str) -> str:
    """A sentence whose ID and telephone numbers nobody can read."""
    return _NUMBER.sub(lambda found: (mask_id if len(found[0]) > _PHONE else mask_phone)(found[0]), text)


def hide(privacy: Privacy, shown: str) -> str:
    """What stays readable of a personal value while a visitor looks at the screen (F9)."""
    if privacy is Privacy.OPEN or not shown:
        return shown
    return mask_name(shown) if privacy is Privacy.NAME else "••••"


def mask_id(number: str) -> str:
    """110105********002X: six digits and four."""
    return f"{number[:6]}{'*' * max(len(number) - 10, 0)}{number[-4:]}" if len(number) > 10 else "*" * len(number)


def mask_phone(phone: str) -> str:
    """138****1234; several numbers each."""
    return "、".join(f"{one[:3]}****{one[-4:]}" if len(one) >= 9 else "****" for one in phone.split("、"))


def mask_name(name: str) -> str:
    """张*: the first character, and a star for each that follows; several names each."""
    return "、".join(one[:1] + "*" * (len(one) - 1) for one in name.split("、"))


def _building(address: str) -> str:
    """The address up to the building: what follows 栋, 幢 or 楼, or else the house number, is left out."""
    for marks in ("栋幢楼", "号"):
        ends = [address.find(mark) for mark in marks if mark in address]
        if ends:
            return address[: min(ends) + 1]
    return address


def _birth(profile: Profile, value: Value, today: date) -> str:
    """The month of birth in internal lists, the age alone where a list is posted."""
    if not isinstance(value, str):
        return ""
    if profile is Profile.INTERNAL:
        return show(value, "dot")
    age = age_on(value, today)
    return "" if age is None else f"{age}岁"


def _same(shown: str) -> str:
    """What internal lists show in full."""
    return shown


_INTERNAL = {Privacy.ID: mask_id, Privacy.ADDRESS: _building}
_READERS = {Privacy.ID: mask_id, Privacy.PHONE: mask_phone, Privacy.ADDRESS: _building}
