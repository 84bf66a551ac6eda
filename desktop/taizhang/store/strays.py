"""A log of SQLite's beside a file that it does not belong to.

A program was cut off, and somebody put an older copy in the place of the file by hand. SQLite would write what it finds
in the log into the copy, page by page, and ruin it.
"""

from contextlib import suppress
from pathlib import Path

from taizhang.store.connection import asked

_ASIDE = ".wal-of-another"  # who misses something may have it looked into; it is worth nothing without its file
_SOUND = "PRAGMA integrity_check(1)"
_OFFICE = "SELECT value FROM meta WHERE key = 'office_id'"


def set_stray_log_aside(path: Path, key: bytes | None) -> None:
    """Do so when the file is sound without the log, but is not with it, or is another office then."""
    log = path.with_name(path.name + "-wal")
    if not log.is_file() or not log.stat().st_size or _belongs(path, key):
        return
    if asked(path, key, _SOUND, alone=True) == "ok":
        log.replace(path.with_name(path.name + _ASIDE))
        with suppress(OSError):
            path.with_name(path.name + "-shm").unlink(missing_ok=True)


def forget_strays(path: Path) -> None:
    """Take away what was set aside: it may tell of somebody who is erased, or be readable beside a locked file."""
    with suppress(OSError):
        path.with_name(path.name + _ASIDE).unlink(missing_ok=True)


def _belongs(path: Path, key: bytes | None) -> bool:
    office = asked(path, key, _OFFICE, alone=True)  # None: it cannot be read without its log
    same = office in {None, asked(path, key, _OFFICE, alone=False)}
    return same and asked(path, key, _SOUND, alone=False) == "ok"
