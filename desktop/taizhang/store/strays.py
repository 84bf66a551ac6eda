"""A log of SQLite's beside a file that it does not belong to.

A program was cut off, and somebody put an older copy in the place of the file by hand. SQLite would write what it finds
in the log into the copy, page by page, and ruin it.
"""

from contextlib import suppress
from pathlib import Path

from taizhang.store.connection import asked
from taizhang.store.rows import ROOT

_ASIDE = ".wal-of-another"  # who misses something may have it looked into; it is worth nothing without its file
_SOUND = "PRAGMA integrity_check(1)"
_OFFICE = "SELECT value FROM meta WHERE key = 'office_id'"
# Who a record is never changes, and the page of the latest ones is in the log of whatever adds more: where two offices
# are built alike, page by page, their records tell them apart.
_LATEST = "SELECT max(rid) FROM rec"
_WHO = "SELECT hex(id) FROM rec WHERE rid = {}"


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
    same = office in {None, asked(path, key, _OFFICE, alone=False)} and _has_its_records(path, key)
    return same and asked(path, key, _SOUND, alone=False) == "ok"


def _has_its_records(path: Path, key: bytes | None) -> bool:
    """Whether the first and the latest record of the file are, with the log, those that they are without it."""
    latest = asked(path, key, _LATEST, alone=True)
    if not isinstance(latest, int):
        return True  # it cannot be read without its log
    asking = [_WHO.format(rid) for rid in (ROOT, latest)]
    return all(asked(path, key, one, alone=True) == asked(path, key, one, alone=False) for one in asking)
