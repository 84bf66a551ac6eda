"""An office file that gets a lock, another key or loses the lock: what is in it, and what lies around it."""

from pathlib import Path
from typing import Any

from taizhang.store import followers, keyring, relock
from taizhang.store.connection import connect
from taizhang.store.migration import shape
from taizhang.store.opening import enter
from tests.store.locked import ADMIN, WORD, around, opened

NAMELESS = "隐姓埋名之人"  # what must not be found in any byte
MARK = NAMELESS.encode()


def files(path: Path) -> dict[str, bytes]:
    """Every byte in the folder."""
    return {name: (path.parent / name).read_bytes() for name in around(path)}


def put_lock(path: Path) -> None:
    """The administrator locks it."""
    ring, access, _code = keyring.create(ADMIN, WORD)
    relock.lock_file(path, ring, access)


def rows_of(path: Path, password: str | None = None) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but what the log says of the keys."""
    key = enter(path, password).key if password else None
    raw = connect(path, read_only=True, key=key)
    tables = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = {table: sorted(raw.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr) for table in tables}  # noqa: S608
    raw.close()
    return {**rows, "log": [row for row in rows["log"] if "keys" not in row]}


def shape_of(path: Path, password: str | None = None) -> object:
    """Its tables and what SQLite knows of it."""
    store = opened(path, password)
    about = [
        str(store._database.pragma(name)) for name in ("application_id", "user_version", "page_size", "journal_mode")
    ]
    found = shape(store._database.connection), about
    store.close(with_backup=False)
    return found


def backups(path: Path) -> list[Path]:
    """What was saved beside it."""
    return followers.backups_of(path)


def at_rest(path: Path) -> None:
    """One file, its backups, and nothing else."""
    assert [name for name in around(path) if not name.endswith(".tz")] == []
    assert {file.name for file in path.parent.iterdir()} - {"elsewhere"} == {"trial.tz", "trial 备份"}
