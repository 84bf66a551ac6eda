"""How an office file is opened: the one place for pragmas, and for the key."""

import sqlite3
from pathlib import Path
from urllib.parse import quote

from taizhang.store.location import is_network

APPLICATION_ID = 0x545A3031  # "TZ01": tells an office file from any other SQLite file
_BUSY_MS = 3000
_NO_WRITING = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY})
_CACHE_KB = 32_000  # holds the roster of a large office, so that counting it does not go to the disk each time


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """Open an existing file with every pragma it needs; the place where a key will be given."""
    if not read_only:
        return _opened(path, "mode=rw")
    try:
        return _opened(path, "mode=ro")
    except sqlite3.OperationalError as problem:
        # A file that was closed in good order can be read on a disk that cannot be written, where no lock is possible.
        code = getattr(problem, "sqlite_errorcode", 0)
        if code & 0xFF not in _NO_WRITING or path.with_name(path.name + "-wal").exists():
            raise
        return _opened(path, "immutable=1")


def _opened(path: Path, how: str) -> sqlite3.Connection:
    # Three slashes and no authority: the path of a share (//server/…) must not be taken for one.
    name = path.absolute().as_posix()
    uri = f"file://{quote(name if name.startswith('/') else '/' + name)}?{how}"
    raw = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    try:
        raw.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA secure_delete = ON")
        raw.execute("PRAGMA trusted_schema = OFF")
        raw.execute("PRAGMA temp_store = MEMORY")
        raw.execute("PRAGMA synchronous = FULL")
        raw.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        if is_network(path):
            raw.execute("PRAGMA locking_mode = EXCLUSIVE")  # a share has no shared memory for the log's index
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()  # whatever is wrong shows here
    except BaseException:
        raw.close()
        raise
    return raw
