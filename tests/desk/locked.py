"""A locked office for the tests of windows: a real file with an administrator, a recorder and a reader."""

from functools import cache
from pathlib import Path

from taizhang.core.access import Access, Role
from taizhang.desk.office import Facts, Office
from taizhang.desk.worker import Inline
from taizhang.registry import installed
from taizhang.store import keyring
from taizhang.store.keyring import Keyring
from taizhang.store.opening import enter
from taizhang.store.store import Store
from tests.desk.offices import loud
from tests.offices import NOON

PASSWORD = {"王敏": "apricot tree 7", "李静": "plum garden 8", "赵岚": "quiet river 9"}
_OTHERS = {"李静": Role.RECORDER, "赵岚": Role.READER}


@cache
def _ring() -> tuple[Keyring, Access]:
    ring, access, _code = keyring.create("王敏", PASSWORD["王敏"])
    for name, role in _OTHERS.items():
        ring = keyring.with_user(ring, access, name, role, PASSWORD[name])
    return ring, access


def lock_office(folder: Path) -> Path:
    """A new locked office file, closed. 王敏 is its administrator, 李静 its recorder, 赵岚 its reader."""
    path = folder / "office.tz"
    made = Store.create(path, installed(), name="中共杏花社区委员会", kind="社区党委", clock=lambda: NOON, ring=_ring())
    made.close()
    return path


def open_locked(path: Path, name: str = "王敏") -> tuple[Store, Office]:
    """The office as `name` has entered it, and the same as the window sees it."""
    store = Store.open(path, installed(), clock=lambda: NOON, access=enter(path, PASSWORD[name], name))
    return store, Office(lambda: store, Facts.of(store), Inline(loud))
