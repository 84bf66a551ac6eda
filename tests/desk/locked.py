"""An office with a password, three users and the sample records, as a closed file."""

import tempfile
from functools import cache
from pathlib import Path

from taizhang.core.access import Role
from taizhang.desk.first_figures import count
from taizhang.desk.office import Facts, Office
from taizhang.desk.worker import Inline
from taizhang.registry import installed
from taizhang.store import keyring
from taizhang.store.opening import enter
from taizhang.store.store import Store
from tests.desk.offices import loud
from tests.offices import NOON, Office as Filed

WANG, LI, ZHAO = "王敏", "李静", "赵阅"
Locked = tuple[Store, Office]
PASSWORDS = {WANG: "apricot tree 7", LI: "plum blossom 8", ZHAO: "pear orchard 9"}


@cache
def _made() -> tuple[bytes, str]:
    """The file and its recovery code; each password takes its time, so it is made once."""
    with tempfile.TemporaryDirectory() as folder:
        ring, access, code = keyring.create(WANG, PASSWORDS[WANG])
        filed = Filed(Path(folder) / "office.tz", ring=(ring, access))
        filed.fill()
        filed.store.keys.add(LI, Role.RECORDER, PASSWORDS[LI])
        filed.store.keys.add(ZHAO, Role.READER, PASSWORDS[ZHAO])
        count(filed.store)
        filed.store.close(with_backup=False)
        return filed.path.read_bytes(), code


def locked_file(folder: Path) -> Path:
    """The file, fresh in `folder`."""
    path = folder / "青石街道.tz"
    path.write_bytes(_made()[0])
    return path


def recovery_code() -> str:
    """The code on its sealed sheet."""
    return _made()[1]


def open_locked(path: Path, name: str = WANG) -> Locked:
    """The office as `name` has entered it, and the same as the window sees it."""
    store = Store.open(path, installed(), clock=lambda: NOON, access=enter(path, PASSWORDS[name], name))
    return store, Office(lambda: store, Facts.of(store), Inline(loud))
