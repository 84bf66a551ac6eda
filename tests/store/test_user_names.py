"""The names of users: told apart at a glance, short enough to be kept, and whatever was typed never loses the keys."""

import msgspec
import pytest

from taizhang.core.access import Role
from taizhang.core.errors import Refused
from taizhang.store import keyplace, keyring
from taizhang.store.opening import enter
from taizhang.store.trouble import Damaged
from tests.store.locked import ADMIN, OTHER, OTHER_WORD, WORD, LockedOffice


@pytest.mark.parametrize("typed", ["李　静", "李 静", "\u200b李静\n", "李\u200d静"])
def test_a_name_is_the_same_by_any_way_of_typing(locked: LockedOffice, typed: str) -> None:
    locked.store.keys.add(typed, Role.READER, OTHER_WORD)
    assert [user.name for user in locked.store.keys.users()] == [ADMIN, OTHER]
    with pytest.raises(Refused, match=f"已经有使用者“{OTHER}”，没有添加"):
        locked.store.keys.add(OTHER, Role.READER, OTHER_WORD)
    assert locked.store.keys.enter(OTHER_WORD, typed).who == OTHER


@pytest.mark.parametrize("name", ["\u200b", "\n\t", "王" * 41, "王" * 400_000])
def test_a_name_that_cannot_be_read_or_kept_is_refused(locked: LockedOffice, name: str) -> None:
    with pytest.raises(Refused, match=r"姓名.*，没有改动"):
        locked.store.keys.add(name, Role.READER, OTHER_WORD)
    locked.close()
    assert enter(locked.path, WORD).who == ADMIN


def test_more_users_than_the_ring_has_room_for_are_refused(locked: LockedOffice) -> None:
    ring, access = locked.ring, locked.access
    for number in range(keyring.MOST_USERS - 1):
        ring = keyring.with_user(ring, access, f"{'值' * 36}{number:04}", Role.READER, WORD)
    with pytest.raises(Refused, match=f"使用者已经有 {keyring.MOST_USERS} 位，没有改动"):
        keyring.with_user(ring, access, OTHER, Role.READER, OTHER_WORD)
    locked.close()
    keyplace.replace(locked.path, ring)
    assert keyplace.read(locked.path) == ring


def test_a_ring_of_more_is_not_one_of_ours(locked: LockedOffice) -> None:
    """Each slot takes its time to try: a file that somebody tampered with must not keep this PC busy for hours."""
    locked.close()
    slots = locked.ring.slots * keyring.MOST_USERS
    keyplace.replace(locked.path, msgspec.structs.replace(locked.ring, slots=slots, generation=9))
    with pytest.raises(Damaged, match="密码无从核对，没有打开"):
        keyplace.read(locked.path)


def test_a_ring_with_too_little_salt_is_no_ring(locked: LockedOffice) -> None:
    locked.close()
    slots = tuple(msgspec.structs.replace(slot, salt=b"") for slot in locked.ring.slots)
    keyplace.replace(locked.path, msgspec.structs.replace(locked.ring, slots=slots))
    with pytest.raises(Damaged, match="密码无从核对，没有打开"):
        enter(locked.path, WORD)


def test_half_a_letter_is_a_wrong_password(locked: LockedOffice) -> None:
    """Windows hands letters beyond the first plane over in halves, and may keep one back."""
    with pytest.raises(Refused, match="密码不对"):
        locked.store.keys.enter(f"{WORD}\ud83d")


def test_a_backup_whose_ring_lies_about_its_place_keeps_nobody_out(locked: LockedOffice) -> None:
    """The place is under no seal: who changed it in a backup must not keep the office from changing or opening."""
    backup = locked.backup()
    base = backup.stat().st_size - len(keyplace._encoded(locked.ring, 0))
    lying = backup.read_bytes()[:base] + keyplace._encoded(locked.ring, 2**63 + 5)
    backup.write_bytes(lying)
    locked.store.keys.add(OTHER, Role.READER, OTHER_WORD)
    locked.close()
    assert locked.open(OTHER_WORD).access.who == OTHER
    assert backup.read_bytes() == lying
