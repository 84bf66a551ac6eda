"""An office with a password, for tests: who has which, and what lies in its folder."""

from pathlib import Path

from taizhang.core.access import Access
from taizhang.store import keyring
from taizhang.store.opening import enter
from taizhang.store.store import Store
from tests.offices import NOON, Office
from tests.store.trial import trial

ADMIN, WORD = "王敏", "杏花春雨江南"  # the administrator and her password
OTHER, OTHER_WORD = "李静", "小桥流水人家"  # somebody else, and theirs
THIRD_WORD = "古道西风瘦马"


class LockedOffice(Office):
    """An office of the throw-away ledgers that 王敏 has locked."""

    def __init__(self, path: Path) -> None:
        self.ring, self.access, self.code = keyring.create(ADMIN, WORD)
        super().__init__(path, trial(), (self.ring, self.access))

    def close(self) -> None:
        """Let go of the file, without a backup."""
        self.store.close(with_backup=False)

    def open(self, password: str = WORD, *, read_only: bool = False) -> Store:
        """Come in anew; what is opened for writing is the store of this office from now on."""
        store = opened(self.path, password, read_only=read_only)
        if not read_only:
            self.store = store
        return store

    def enter(self, password: str = WORD) -> Access:
        """What a password gives."""
        return enter(self.path, password)

    def backup(self, name: str = "2026-11-20 080000") -> Path:
        """A backup beside the file, as the program makes them."""
        made = self.path.with_name(f"{self.path.stem} 备份") / f"{name}.tz"
        self.store.backup(made)
        return made


def opened(path: Path, password: str | None = None, *, read_only: bool = False) -> Store:
    """Any file of the throw-away ledgers, open."""
    access = None if password is None else enter(path, password)
    return Store.open(path, trial(), access=access, clock=lambda: NOON, read_only=read_only)


def around(path: Path) -> list[str]:
    """The names of all files in the folder of an office and below."""
    return sorted(file.relative_to(path.parent).as_posix() for file in path.parent.rglob("*") if file.is_file())
