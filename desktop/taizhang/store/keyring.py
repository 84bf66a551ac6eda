"""The ring of keys of a locked office: who may open it, by password, and the recovery code.

The file is encrypted with a random data key. That is sealed under a random ring key, and the ring key once under each
password and once under the recovery code; so a password changes without touching the file, and a backup that was made
under an older data key can be given today's passwords. Names and roles can be read without a password (the lock screen
asks who comes in), but they cannot be changed: a seal over all of them is checked on entering.
"""

import hashlib
from collections.abc import Sequence
from typing import Annotated

import msgspec

from taizhang.core import recovery_code
from taizhang.core.access import Access, Role
from taizhang.core.errors import Refused
from taizhang.core.text import clean_name
from taizhang.store.connection import LOCK_MARK
from taizhang.store.crypto import KEY_SIZE, Cost, fresh, plain, seal, stretch, tuned, unseal
from taizhang.store.trouble import Damaged

MOST_USERS = 200  # the end of a file is searched no further for its ring than this many take
_LONGEST = 40  # characters of a name
_LEAST_SALT = 8  # bytes; Argon2id takes no less
_CODE = ""  # the slot of the recovery code has no name
_DATA, _SLOT, _SEAL = b"taizhang data key", b"taizhang slot", b"taizhang ring"


class Slot(msgspec.Struct, frozen=True):
    """One way in: a user by password, or the recovery code."""

    name: str
    role: Role
    salt: Annotated[bytes, msgspec.Meta(min_length=_LEAST_SALT)]
    cost: Cost
    sealed: bytes  # the ring key


class Keyring(msgspec.Struct, frozen=True):
    """All ways in. `file` are the first 16 bytes of the file it opens; the highest `generation` counts."""

    file: bytes
    slots: Annotated[tuple[Slot, ...], msgspec.Meta(max_length=MOST_USERS + 1)]
    data: bytes  # the data key, sealed under the ring key
    whole: bytes  # an empty text sealed under the ring key, about all the rest
    generation: int = 1

    @property
    def users(self) -> tuple[Slot, ...]:
        """The users, without the recovery code."""
        return tuple(slot for slot in self.slots if slot.name != _CODE)


def create(name: str, password: str) -> tuple[Keyring, Access, str]:
    """A ring with one administrator; (ring, their access, the recovery code)."""
    name = _named(name, password)
    access = Access(name, Role.ADMIN, fresh(KEY_SIZE), fresh(KEY_SIZE))
    code = fresh(recovery_code.SIZE)
    slots = (_slot(access, name, Role.ADMIN, plain(password)), _slot(access, _CODE, Role.ADMIN, code))
    ring = _sealed(access, LOCK_MARK + fresh(8), slots, seal(access.ring_key, access.key or b"", _DATA), 1)
    return ring, access, recovery_code.written(code)


def enter(ring: Keyring, password: str, name: str | None = None) -> Access:
    """Come in by password, as `name` or as whoever has this password; `Refused` when nobody has."""
    name = None if name is None else spelled(name)
    for slot in ring.users:
        if name in {None, slot.name} and (access := _entered(ring, slot, plain(password))):
            return access
    if name is not None and name not in {slot.name for slot in ring.users}:
        raise Refused(f"这个单位没有使用者“{name}”，没有打开；请核对姓名，或请管理员添加。")
    raise Refused("密码不对，没有打开，内容没有改动；请检查大小写和输入法后再试，忘记密码可以用恢复码。")


def enter_by_code(ring: Keyring, code: str) -> Access:
    """Come in by the recovery code, as an administrator without a name."""
    secret = recovery_code.read(code)
    for slot in ring.slots:
        if slot.name == _CODE and (access := _entered(ring, slot, secret)):
            return access
    raise Refused("这不是这个单位现在的恢复码，没有打开；换过恢复码或交接过的，请用最近封存的那一张。")


def with_user(ring: Keyring, access: Access, name: str, role: Role, password: str) -> Keyring:
    """The ring with a user added, or with another password or role for the one who is there."""
    name = _named(name, password)
    made = _slot(access, name, role, plain(password))
    slots = [made if slot.name == name else slot for slot in ring.slots]
    return _changed(ring, access, slots if made in slots else [*slots, made])


def role_of(ring: Keyring, name: str) -> Role:
    """What a user may do; `Refused` when there is none of that name."""
    return _user(ring, name).role


def with_role(ring: Keyring, access: Access, name: str, role: Role) -> Keyring:
    """The ring with another role for a user, whose password stays."""
    found = _user(ring, name)
    slots = [msgspec.structs.replace(slot, role=role) if slot is found else slot for slot in ring.slots]
    return _changed(ring, access, slots)


def without_user(ring: Keyring, access: Access, name: str) -> Keyring:
    """The ring without a user."""
    gone = _user(ring, name)
    return _changed(ring, access, [slot for slot in ring.slots if slot is not gone])


def with_code(ring: Keyring, access: Access) -> tuple[Keyring, str]:
    """The ring with a new recovery code, which is returned as it is printed; the old one opens nothing any more."""
    code = fresh(recovery_code.SIZE)
    slots = [slot for slot in ring.slots if slot.name != _CODE]
    made = _changed(ring, access, [*slots, _slot(access, _CODE, Role.ADMIN, code)])
    return made, recovery_code.written(code)


def fitted(ring: Keyring, access: Access, other: Keyring, key: bytes) -> Keyring:
    """The ways in of `ring` for the file of `other`, whose data key is `key`."""
    _must_be_sealed(ring, access.ring_key)
    data = seal(access.ring_key, key, _DATA)
    return _sealed(access, other.file, ring.slots, data, max(ring.generation, other.generation + 1))


def data_key(ring: Keyring, access: Access) -> bytes | None:
    """The data key of a ring whose ring key is the same as in `access`; None when it is another."""
    return unseal(access.ring_key, ring.data, _DATA)


def spelled(name: str) -> str:
    """A name as it is kept: two that look the same are the same."""
    return clean_name(name)


def _named(name: str, password: str) -> str:
    """The name of somebody who gets this password; the name of the recovery code is nobody's."""
    name = spelled(name)
    if not name:
        raise Refused("没有写使用者的姓名，没有改动；请填写姓名。")
    if len(name) > _LONGEST:
        raise Refused(f"使用者的姓名有 {len(name)} 个字，没有改动；请写得不超过 {_LONGEST} 个字。")
    if not password:
        raise Refused("密码是空的，没有改动；请输入密码。")
    return name


def _user(ring: Keyring, name: str) -> Slot:
    for slot in ring.users:
        if slot.name == spelled(name):
            return slot
    raise Refused(f"这个单位没有使用者“{name}”，没有改动；请核对姓名。")


def _entered(ring: Keyring, slot: Slot, secret: bytes) -> Access | None:
    key = stretch(secret, slot.salt, slot.cost)
    ring_key = unseal(key, slot.sealed, _SLOT + slot.name.encode())
    if ring_key is None:
        return None
    _must_be_sealed(ring, ring_key)
    return Access(slot.name, slot.role, unseal(ring_key, ring.data, _DATA), ring_key)


def _must_be_sealed(ring: Keyring, ring_key: bytes) -> None:
    """Refuse a ring that somebody changed who had only the file: names, roles and all the rest are under the seal."""
    if unseal(ring_key, ring.whole, _about(ring.file, ring.slots, ring.data, ring.generation)) is None:
        raise Damaged("文件里的使用者名单被改动过或已损坏，没有打开；请从备份恢复（恢复时会写成新文件）。")


def _slot(access: Access, name: str, role: Role, secret: bytes) -> Slot:
    salt, cost = fresh(16), tuned()
    sealed = seal(stretch(secret, salt, cost), access.ring_key, _SLOT + name.encode())
    return Slot(name, role, salt, cost, sealed)


def _changed(ring: Keyring, access: Access, slots: Sequence[Slot]) -> Keyring:
    if not any(slot.role is Role.ADMIN and slot.name != _CODE for slot in slots):
        raise Refused("至少要有一位管理员，没有改动；请先让另一位使用者当管理员。")
    if len(slots) > MOST_USERS + 1:
        raise Refused(f"使用者已经有 {MOST_USERS} 位，没有改动；请先移除不再使用的人。")
    _must_be_sealed(ring, access.ring_key)
    return _sealed(access, ring.file, tuple(slots), ring.data, ring.generation + 1)


def _sealed(access: Access, file: bytes, slots: tuple[Slot, ...], data: bytes, generation: int) -> Keyring:
    about = _about(file, slots, data, generation)
    return Keyring(file, slots, data, seal(access.ring_key, b"", about), generation)


def _about(file: bytes, slots: Sequence[Slot], data: bytes, generation: int) -> bytes:
    return hashlib.sha256(_SEAL + msgspec.json.encode((file, slots, data, generation))).digest()
