"""The ring of keys: every way in, no other, and nobody who has only the file can change who may what."""

from collections.abc import Callable

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from taizhang.core.access import Access, Role
from taizhang.core.errors import Refused
from taizhang.store import keyring
from taizhang.store.crypto import KEY_SIZE, plain, seal, unseal
from taizhang.store.keyring import Keyring
from taizhang.store.trouble import Damaged
from tests.store.locked import ADMIN, OTHER, OTHER_WORD, THIRD_WORD, WORD

Ring = tuple[Keyring, Access, str]


@pytest.fixture
def made() -> Ring:
    """A new ring of one administrator."""
    return keyring.create(ADMIN, WORD)


def test_the_cipher_is_the_one_of_the_standard() -> None:
    """McGrew and Viega, test cases 13 and 14 of GCM: a program of another day must still read today's files."""
    for content, sealed in (
        (b"", "530f8afbc74536b9a963b4f1c4cb738b"),
        (bytes(16), "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"),
    ):
        assert unseal(bytes(KEY_SIZE), bytes(12) + bytes.fromhex(sealed), b"") == content


@given(content=st.binary(max_size=80), about=st.binary(max_size=20), place=st.integers(0, 2**16), bit=st.integers(0, 7))
def test_what_is_sealed_opens_only_as_it_was(content: bytes, about: bytes, place: int, bit: int) -> None:
    key = b"k" * KEY_SIZE
    sealed = bytearray(seal(key, content, about))
    assert unseal(key, bytes(sealed), about) == content
    assert unseal(b"x" * KEY_SIZE, bytes(sealed), about) is None
    assert unseal(key, bytes(sealed), about + b"x") is None
    sealed[place % len(sealed)] ^= 1 << bit
    assert unseal(key, bytes(sealed), about) is None


def test_the_password_and_the_code_open_the_same(made: Ring) -> None:
    ring, access, code = made
    assert keyring.enter(ring, WORD) == keyring.enter(ring, WORD, ADMIN) == access
    assert keyring.enter_by_code(ring, code) == Access("", Role.ADMIN, access.key, access.ring_key)
    assert keyring.data_key(ring, access) == access.key
    assert len(access.key or b"") == KEY_SIZE


def test_two_rings_share_nothing(made: Ring) -> None:
    ring, access, code = made
    other, others, others_code = keyring.create(ADMIN, WORD)
    assert {access.key, access.ring_key}.isdisjoint({others.key, others.ring_key})
    assert ring.file != other.file
    assert code != others_code
    assert keyring.data_key(other, access) is None
    with pytest.raises(Refused, match=r"这不是这个单位现在的恢复码，没有打开；.*请用最近封存的那一张"):
        keyring.enter_by_code(other, code)


@pytest.mark.parametrize("word", [WORD[:-1], WORD + " ", WORD.upper() + "a", "", THIRD_WORD])
def test_a_wrong_password_says_so(made: Ring, word: str) -> None:
    for name in (None, ADMIN):
        with pytest.raises(Refused, match=r"密码不对，没有打开，内容没有改动；.*忘记密码可以用恢复码"):
            keyring.enter(made[0], word, name)


def test_a_name_that_nobody_has_says_so(made: Ring) -> None:
    with pytest.raises(Refused, match="没有使用者“张三”，没有打开；请核对姓名"):
        keyring.enter(made[0], WORD, "张三")
    with pytest.raises(Refused, match="没有使用者“”"):
        keyring.enter(made[0], WORD, "")  # the recovery code is nobody's password


@pytest.mark.parametrize(
    ("set_as", "typed"), [("Abc123！", "Ａｂｃ１２３!"), ("\u00e9t\u00e9", "e\u0301te\u0301"), ("一 二", "一\u3000二")]
)
def test_a_password_is_the_same_by_any_way_of_typing(set_as: str, typed: str) -> None:
    ring, access, _code = keyring.create(ADMIN, set_as)
    assert plain(set_as) == plain(typed)
    assert keyring.enter(ring, typed) == access


@pytest.mark.usefixtures("full_cost")
def test_a_password_costs_at_least_what_the_standard_asks_for() -> None:
    """R-PRIV-02; RFC 9106, second recommendation: 3 passes in 4 lanes over 64 MiB."""
    ring, access, code = keyring.create(ADMIN, WORD)
    for slot in ring.slots:
        assert (slot.cost.passes >= 3, slot.cost.lanes, slot.cost.memory) == (True, 4, 64 * 1024)
    assert keyring.enter(ring, WORD) == access
    assert keyring.enter_by_code(ring, code).key == access.key


def test_each_user_comes_in_as_themselves(made: Ring) -> None:
    ring, access, code = made
    ring = keyring.with_user(ring, access, f" {OTHER} ", Role.READER, OTHER_WORD)
    assert [(slot.name, slot.role) for slot in ring.users] == [(ADMIN, Role.ADMIN), (OTHER, Role.READER)]
    assert keyring.enter(ring, OTHER_WORD) == Access(OTHER, Role.READER, access.key, access.ring_key)
    assert keyring.enter(ring, WORD) == access
    with pytest.raises(Refused, match="密码不对"):
        keyring.enter(ring, WORD, OTHER)
    assert keyring.enter_by_code(ring, code).key == access.key


def test_a_new_password_is_the_only_one(made: Ring) -> None:
    ring, access, _code = made
    ring = keyring.with_user(ring, access, ADMIN, Role.ADMIN, OTHER_WORD)
    assert keyring.enter(ring, OTHER_WORD) == access
    with pytest.raises(Refused, match="密码不对"):
        keyring.enter(ring, WORD)


def test_a_new_role_leaves_the_password(made: Ring) -> None:
    ring, access, _code = made
    ring = keyring.with_user(ring, access, OTHER, Role.READER, OTHER_WORD)
    ring = keyring.with_role(ring, access, OTHER, Role.RECORDER)
    assert keyring.enter(ring, OTHER_WORD).role is Role.RECORDER is keyring.role_of(ring, OTHER)


def test_who_is_removed_is_out(made: Ring) -> None:
    ring, access, _code = made
    ring = keyring.with_user(ring, access, OTHER, Role.ADMIN, OTHER_WORD)
    ring = keyring.without_user(ring, access, OTHER)
    with pytest.raises(Refused, match="密码不对"):
        keyring.enter(ring, OTHER_WORD)
    said = f"没有使用者“{OTHER}”，没有改动"
    with pytest.raises(Refused, match=said):
        keyring.without_user(ring, access, OTHER)
    with pytest.raises(Refused, match=said):
        keyring.with_role(ring, access, OTHER, Role.READER)


def test_a_new_code_replaces_the_old_one(made: Ring) -> None:
    ring, access, code = made
    ring, fresh = keyring.with_code(ring, access)
    assert keyring.enter_by_code(ring, fresh).key == access.key
    with pytest.raises(Refused, match="恢复码"):
        keyring.enter_by_code(ring, code)
    assert keyring.enter(ring, WORD) == access


def test_the_last_administrator_stays(made: Ring) -> None:
    ring, access, _code = made
    ring = keyring.with_user(ring, access, OTHER, Role.RECORDER, OTHER_WORD)
    said = "至少要有一位管理员，没有改动"
    with pytest.raises(Refused, match=said):
        keyring.without_user(ring, access, ADMIN)
    with pytest.raises(Refused, match=said):
        keyring.with_role(ring, access, ADMIN, Role.RECORDER)
    with pytest.raises(Refused, match=said):
        keyring.with_user(ring, access, ADMIN, Role.READER, WORD)


@pytest.mark.parametrize(
    ("name", "word", "said"), [("", WORD, "没有写使用者的姓名"), ("  ", WORD, "姓名"), (ADMIN, "", "密码是空的")]
)
def test_nobody_without_a_name_or_a_password(made: Ring, name: str, word: str, said: str) -> None:
    with pytest.raises(Refused, match=f"{said}.*，没有改动"):
        keyring.create(name, word)
    with pytest.raises(Refused, match=f"{said}.*，没有改动"):
        keyring.with_user(made[0], made[1], name, Role.READER, word)


def _role(ring: Keyring) -> Keyring:
    slots = (msgspec.structs.replace(slot, role=Role.ADMIN) if slot.name == OTHER else slot for slot in ring.slots)
    return _with(ring, tuple(slots))


def _with(ring: Keyring, slots: tuple[keyring.Slot, ...]) -> Keyring:
    return msgspec.structs.replace(ring, slots=slots)


CHANGED: dict[str, Callable[[Keyring], Keyring]] = {
    "role": _role,
    "slot added": lambda ring: _with(ring, (*ring.slots, ring.slots[0])),
    "slot removed": lambda ring: _with(ring, ring.slots[:-1]),
    "order": lambda ring: _with(ring, ring.slots[::-1]),
    "file": lambda ring: msgspec.structs.replace(ring, file=ring.file[:-1] + b"x"),
    "data key": lambda ring: msgspec.structs.replace(ring, data=ring.data[:-1] + bytes([ring.data[-1] ^ 1])),
    "generation": lambda ring: msgspec.structs.replace(ring, generation=ring.generation + 1),
    "seal": lambda ring: msgspec.structs.replace(ring, whole=ring.whole[:-1] + bytes([ring.whole[-1] ^ 1])),
}


@pytest.mark.parametrize("change", CHANGED)
def test_who_has_only_the_file_cannot_change_who_may_what(made: Ring, change: str) -> None:
    ring, access, code = made
    ring = keyring.with_user(ring, access, OTHER, Role.READER, OTHER_WORD)
    changed = CHANGED[change](ring)
    assert changed != ring
    said = "使用者名单被改动过或已损坏，没有打开；请从备份恢复"
    with pytest.raises(Damaged, match=said):
        keyring.enter(changed, WORD)
    with pytest.raises(Damaged, match=said):
        keyring.enter_by_code(changed, code)
    with pytest.raises(Damaged, match=said):  # nor is it sealed anew by whoever was in before
        keyring.with_user(changed, access, "张三", Role.READER, THIRD_WORD)
    with pytest.raises(Damaged, match=said):
        keyring.fitted(changed, access, ring, access.key or b"")


def test_a_name_cannot_take_over_anothers_password(made: Ring) -> None:
    ring, access, _code = made
    ring = keyring.with_user(ring, access, OTHER, Role.READER, OTHER_WORD)
    swapped = {ADMIN: OTHER, OTHER: ADMIN}
    slots = tuple(msgspec.structs.replace(slot, name=swapped.get(slot.name, slot.name)) for slot in ring.slots)
    with pytest.raises(Refused, match="密码不对"):
        keyring.enter(_with(ring, slots), OTHER_WORD)


def test_an_older_backup_opens_with_todays_passwords_and_no_others(made: Ring) -> None:
    old, olds, old_code = made
    new, access, code = keyring.create(OTHER, OTHER_WORD)
    key = keyring.data_key(old, olds)
    assert key is not None
    both = keyring.fitted(new, access, old, key)
    assert both.file == old.file
    assert both.generation > old.generation
    entered = keyring.enter(both, OTHER_WORD)
    assert (entered.key, entered.ring_key) == (olds.key, access.ring_key)
    assert keyring.enter_by_code(both, code).key == olds.key
    with pytest.raises(Refused, match="密码不对"):
        keyring.enter(both, WORD)
    with pytest.raises(Refused, match="恢复码"):
        keyring.enter_by_code(both, old_code)


class _Choices:
    """Changes of a ring as hypothesis makes them up, and who should have which password after each."""

    def __init__(self, ring: Keyring, access: Access) -> None:
        self.ring, self.access = ring, access
        self.expected = {ADMIN: (Role.ADMIN, WORD)}

    def do(self, what: str, name: str, role: Role, word: str) -> None:
        """One change; what is refused changes nothing."""
        expected = dict(self.expected)
        try:
            if what == "set":
                ring = keyring.with_user(self.ring, self.access, name, role, word)
                expected[name] = (role, word)
            elif what == "role":
                ring = keyring.with_role(self.ring, self.access, name, role)
                expected[name] = (role, expected[name][1])
            else:
                ring = keyring.without_user(self.ring, self.access, name)
                del expected[name]
        except Refused:
            return
        assert ring.generation == self.ring.generation + 1
        self.ring, self.expected = ring, expected


_CHANGES = st.tuples(
    st.sampled_from(["set", "role", "remove"]),
    st.sampled_from([ADMIN, OTHER, "张三"]),
    st.sampled_from(list(Role)),
    st.sampled_from([WORD, OTHER_WORD, THIRD_WORD]),
)


@given(changes=st.lists(_CHANGES, max_size=8))
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_changes_exactly_the_users_come_in(made: Ring, changes: list[tuple[str, str, Role, str]]) -> None:
    choices = _Choices(made[0], made[1])
    for change in changes:
        choices.do(*change)
    users = {slot.name: slot.role for slot in choices.ring.users}
    assert users == {name: role for name, (role, _word) in choices.expected.items()}
    assert Role.ADMIN in users.values()
    for name, (role, word) in choices.expected.items():
        assert keyring.enter(choices.ring, word, name).role is role
        for other in {WORD, OTHER_WORD, THIRD_WORD} - {word}:
            with pytest.raises(Refused, match="密码不对"):
                keyring.enter(choices.ring, other, name)
    assert keyring.enter_by_code(choices.ring, made[2]).role is Role.ADMIN
