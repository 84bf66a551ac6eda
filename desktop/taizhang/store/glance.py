"""What an office file remembers for its first page, read before anything else is loaded.

Opening a file in earnest loads the database library, which takes longer than all the rest of the start. What the first
page showed last is kept in the file, and is still true as long as nothing has been done since.
"""

from pathlib import Path

from taizhang.store.connection import APPLICATION_ID, connect
from taizhang.store.driver import driver

FIRST_PAGE = "first page"  # the memo of what it showed
_UNUSUAL = (driver.Error, UnicodeDecodeError)  # the latter where the driver cannot even read what is wrong


def glance(path: Path, memo: str, key: bytes | None = None) -> tuple[int, str] | None:
    """(last operation, what is kept under `memo` as JSON); None for whatever is unusual: opening will say."""
    if not path.is_file():
        return None
    try:
        raw = connect(path, read_only=True, key=key)
    except _UNUSUAL:
        return None
    try:
        if raw.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            return None
        kept = raw.execute("SELECT value FROM memo WHERE key = ?", (memo,)).fetchone()
        last = raw.execute("SELECT max(op) FROM operation").fetchone()
    except _UNUSUAL:
        return None
    finally:
        raw.close()
    return (last[0] or 0, kept[0]) if kept else None
