"""Who has an office file open for writing: one program at a time, which the next one is told of.

The lock is SQLite's own, on a small file beside the office: it works on every system and every share that SQLite works
on, and goes with the program that held it, however that ended.
"""

import getpass
import os
import platform
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from taizhang.core.errors import StoreTrouble
from taizhang.core.ids import Ids
from taizhang.store.driver import driver
from taizhang.store.files import LOCK
from taizhang.store.trouble import Unwritable, in_words

_BUSY = frozenset({driver.SQLITE_BUSY, driver.SQLITE_LOCKED})
_NO_WRITING = frozenset({driver.SQLITE_CANTOPEN, driver.SQLITE_READONLY, driver.SQLITE_PERM})
_TRIES = 100  # each fails only when somebody lets go of the lock, or tears it, at that very moment
_TORN = frozenset({driver.SQLITE_NOTADB, driver.SQLITE_CORRUPT})


class InUse(StoreTrouble):
    """Another program has the file; it may be opened read-only. `by` says who, on which computer, since when."""

    def __init__(self, path: Path, by: str) -> None:
        super().__init__(f"“{path.name}”正由{by}使用，没有打开，内容没有改动；请等对方关闭后再试，或以只读方式打开。")
        self.by = by


class Holder:
    """Holds an office file until `release`."""

    def __init__(self, path: Path, who: str, now: datetime) -> None:
        """Raises `InUse`, which says who has it."""
        self._path = path
        self._lock = path.with_name(path.name + LOCK)
        self._mine = Ids().new()
        with in_words(path):
            try:
                if not any(self._take(who or _login(), now) for _ in range(_TRIES)):
                    raise InUse(path, self._by())
            except driver.Error as problem:
                if getattr(problem, "sqlite_errorcode", 0) & 0xFF in _NO_WRITING:
                    raise Unwritable from problem
                raise

    def release(self) -> None:
        """Let the next one in."""
        if os.name == "posix":  # while it is still held: afterwards it might be the next one's
            with suppress(OSError):
                self._lock.unlink(missing_ok=True)
            self._raw.close()
        else:  # an open file cannot be taken away here, and neither can the next one's
            self._raw.close()
            with suppress(OSError):
                self._lock.unlink(missing_ok=True)

    def _take(self, who: str, now: datetime) -> bool:
        """Whether the lock is ours; False when it was taken away by who held it before, while we took it."""
        self._raw = _connect(self._lock)
        try:
            self._write(who, now)
        except driver.DatabaseError as problem:
            self._raw.close()
            code = getattr(problem, "sqlite_errorcode", 0) & 0xFF
            if code in _BUSY:
                raise InUse(self._path, self._by()) from None
            if code not in _TORN:
                self._forget_empty()
                raise
            with suppress(OSError):  # another program has it open: it will have taken it away by the next try
                self._lock.unlink(missing_ok=True)
            return False
        except BaseException:
            self._raw.close()
            raise
        noted = self._noted()
        if noted and noted[0] == self._mine:
            return True
        self._raw.close()
        return False

    def _forget_empty(self) -> None:
        """Leave nothing where there is no room to say who has it."""
        with suppress(OSError):
            if self._lock.stat().st_size == 0:
                self._lock.unlink()

    def _write(self, who: str, now: datetime) -> None:
        """Write down who has it, and stay in a transaction, which keeps others from writing but not from reading."""
        self._raw.execute("PRAGMA synchronous = OFF")  # who has it is of no use after a power cut
        self._raw.execute("BEGIN IMMEDIATE")
        self._raw.execute("CREATE TABLE IF NOT EXISTS holder (id BLOB, who TEXT, machine TEXT, since TEXT)")
        self._raw.execute("DELETE FROM holder")
        since = now.isoformat(timespec="minutes")
        self._raw.execute("INSERT INTO holder VALUES (?, ?, ?, ?)", (self._mine, who, platform.node(), since))
        self._raw.execute("COMMIT")
        self._raw.execute("BEGIN IMMEDIATE")

    def _by(self) -> str:
        noted = self._noted()
        if not noted:
            return "另一个程序"
        _id, who, machine, since = noted
        return f"{who}在电脑“{machine}”上（{datetime.fromisoformat(since):%m 月 %d 日 %H:%M} 起）"

    def _noted(self) -> tuple[bytes, str, str, str] | tuple[()]:
        with suppress(driver.Error):
            raw = _connect(self._lock)
            try:
                return raw.execute("SELECT id, who, machine, since FROM holder").fetchone() or ()
            finally:
                raw.close()
        return ()


def _connect(lock: Path) -> driver.Connection:
    return driver.connect(lock, isolation_level=None, check_same_thread=False, timeout=0)


def _login() -> str:
    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return "有人"
