"""An office that is opened by a link to its file: one file, one writer, and nothing of it left behind in the clear."""

import os
from pathlib import Path

import pytest

from taizhang.core.errors import Refused
from taizhang.store import keyring
from taizhang.store.connection import is_held, is_locked
from taizhang.store.holder import InUse
from taizhang.store.opening import enter
from taizhang.store.relock import lock_file, rekey_file, unlock_file
from tests.offices import Office
from tests.store.locked import ADMIN, OTHER_WORD, WORD, LockedOffice, around, opened

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a link to a file needs an administrator on Windows")


def _link(path: Path) -> Path:
    """A link to a file, in a folder of its own."""
    link = path.parent / "desk" / "link.tz"
    link.parent.mkdir()
    link.symlink_to(path)
    return link


def test_by_a_link_and_by_its_name_a_file_has_one_writer(locked: LockedOffice) -> None:
    link = _link(locked.path)
    assert is_held(link)
    with pytest.raises(InUse, match=f"正由{ADMIN}"):
        opened(link, WORD)
    locked.close()
    store = opened(link, WORD)
    store.keep("columns", ["name"])
    with pytest.raises(InUse, match=f"正由{ADMIN}"):
        opened(locked.path, WORD)
    assert enter(link, WORD).key == enter(locked.path, WORD).key  # while the keys lie beside the file
    store.close()
    assert around(link) == ["link.tz"]
    assert around(locked.path) == ["desk/link.tz", "trial.tz"]


def test_by_a_link_the_file_itself_is_locked_and_unlocked(office: Office) -> None:
    link = _link(office.path)
    office.store.close(with_backup=False)
    ring, access, _code = keyring.create(ADMIN, WORD)
    lock_file(link, ring, access)
    assert is_locked(office.path)
    other, others, _code = keyring.create(ADMIN, OTHER_WORD)
    rekey_file(link, access, other, others)
    with pytest.raises(Refused, match="密码不对"):
        enter(office.path, WORD)
    unlock_file(link, others)
    assert not is_locked(office.path)
    assert link.is_symlink()
    assert around(office.path) == ["desk/link.tz", "trial.tz"]
