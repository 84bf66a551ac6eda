"""Handing an office over: what is counted for it, the new keys, and the list that is kept once they count.

Until `hand_over` nothing changes. There the file gets its new keys first, whole or not at all, and then the list:
whatever happens in between, the office can be opened by those who are on the list.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from taizhang.core.access import Access, Role, must
from taizhang.core.errors import Refused, StoreTrouble
from taizhang.core.progress import Progress, silent
from taizhang.press.handover_sheet import Handover
from taizhang.store import keyplace, keyring
from taizhang.store.inventory import Inventory, inventory
from taizhang.store.keyring import Keyring
from taizhang.store.logbook import Happening
from taizhang.store.opening import Ledgers
from taizhang.store.relock import rekey_file
from taizhang.store.store import Store

PAPER = "handover"  # the kind under which the lists are kept
MEMO = "handover"  # where a hand-over that was left half-way is remembered, without its passwords
_SHORT = 8  # hexadecimal digits; enough to tell two keys apart on paper


class Counted(NamedTuple):
    """What is there to be handed over, and the mark of the keys that count now; empty without passwords."""

    inventory: Inventory
    mark: str


@dataclass(frozen=True)
class Person:
    """Somebody who may come in afterwards. A new key forgets all passwords, so everybody needs one."""

    name: str
    role: Role
    password: str = field(repr=False)


@dataclass(frozen=True)
class NewKeys:
    """A ring with everybody who stays, the access of its first administrator, and the recovery code."""

    ring: Keyring
    access: Access
    code: str = field(repr=False)


def count(store: Store) -> Counted:
    """Count what an administrator hands over; `Refused` for anybody else."""
    must(store.access.role, be=Role.ADMIN)
    return Counted(inventory(store), mark(keyplace.read(store.path)) if store.keys.locked else "")


def mark(ring: Keyring) -> str:
    """Tells one key of a file from another on paper, and nothing else about it."""
    return hashlib.sha256(ring.file).hexdigest()[:_SHORT].upper()


def new_keys(people: Sequence[Person]) -> NewKeys:
    """Keys for these people, the first administrator among them first; takes its time for each.

    `Refused` without an administrator, with two of one name, without a name or a password.
    """
    names = [keyring.spelled(person.name) for person in people]
    if doubled := next((name for name in names if names.count(name) > 1), None):
        raise Refused(f"有两位使用者都叫“{doubled}”，没有改动；请写成能分清的称呼。")
    first = next((person for person in people if person.role is Role.ADMIN), None)
    if first is None:
        raise Refused("至少要有一位管理员，没有改动；请让接交人或留下的一位当管理员。")
    if not keyring.spelled(first.name) or not first.password:
        raise Refused("接交后的管理员还没有姓名或密码，没有改动；请填好再试。")
    ring, access, code = keyring.create(first.name, first.password)
    for person in people:
        if person is not first:
            ring = keyring.with_user(ring, access, person.name, person.role, person.password)
    return NewKeys(ring, access, code)


def keep(store: Store, handover: Handover, pdf: bytes) -> int:
    """Keep the list byte for byte and write down that it was handed over; the number of the list."""
    number = store.papers.keep(PAPER, handover.title, pdf, who=store.who, at=handover.at)
    store.log.note(Happening.HANDOVER, f"{handover.giver} 移交给 {handover.taker}，移交清单存为第 {number} 号文书")
    store.keep(MEMO, None)
    return number


def hand_over(
    path: Path,
    registry: Ledgers,
    old: Access,
    keys: NewKeys,
    handover: Handover,
    pdf: bytes,
    missed: Callable[[StoreTrouble], object],
    progress: Progress = silent,
) -> Access:
    """Give a closed office file its new keys, then keep the list in it; whose access opens it from now on.

    When the keys cannot be changed, all stays as it was, and this raises. When they are changed and only the list
    cannot be kept, `missed` is told: the access that opens the file must not be lost for that.
    """
    rekey_file(path, old, keys.ring, keys.access, progress)
    try:
        store = Store.open(path, registry, access=keys.access)
        try:
            keep(store, handover, pdf)
        finally:
            store.close(with_backup=False)
    except (Refused, StoreTrouble) as trouble:
        said = "移交已经完成，新密码已经生效，只是移交清单没有存进台账文件，请保管好打印的那一份；原因："
        missed(StoreTrouble(f"{said}{trouble}"))
    return keys.access
