"""Writes an office file anew under another key, or under none, proves it, and puts it in the place of the old one."""

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from taizhang.core.access import Access
from taizhang.core.errors import StoreTrouble
from taizhang.core.progress import Progress
from taizhang.store import keyplace, keyring
from taizhang.store.connection import connect, is_locked
from taizhang.store.database import Database
from taizhang.store.driver import driver
from taizhang.store.files import PLAIN, discard, flush, put_in_place
from taizhang.store.keyring import Keyring
from taizhang.store.logbook import Happening

_BLOCK = bytes(1 << 20)
_UNWRITTEN = "新文件没有写成，原来的文件没有改动；请检查文件夹“{}”能否写入、磁盘是否已满，然后再试。"
_UNPROVEN = "新文件没有通过核对，已删除，原来的文件没有改动；请检查磁盘后再试。"


class Lock(NamedTuple):
    """What the new file is locked with: a ring, and somebody who has entered it."""

    ring: Keyring
    access: Access


class Note(NamedTuple):
    """The line that the new file has more than the old one, in its log."""

    who: str
    what: str


def part_of(path: Path) -> Path:
    """Where the new file is written."""
    return path.with_name(path.name + ".part")


def rewrite(path: Path, key: bytes | None, lock: Lock | None, note: Note | None, progress: Progress) -> None:
    """Write the file at rest, which `key` opens, anew under `lock`; whoever calls holds it."""
    part = part_of(path)
    try:
        progress(0, 3, "正在写成新文件")
        try:
            _export(path, key, part, lock, note)
        except driver.Error as problem:  # the old file has been read through: it is the new one that cannot be written
            raise StoreTrouble(_UNWRITTEN.format(path.absolute().parent.name)) from problem
        if lock:
            keyplace.append(part, lock.ring)
        progress(1, 3, "正在核对新文件")
        _prove(part, lock)
        flush(part)
        progress(2, 3, "正在换成新文件")
        if key is None:
            _keep_old(path)
        put_in_place(part, path)
    finally:
        discard(part)


def forget_old(path: Path, *, shred: bool) -> None:
    """Let go of what the file was before it was locked; `shred` overwrites it, once the locked one has its place."""
    old = path.with_name(path.name + PLAIN)
    with suppress(OSError):  # then nothing is there, or the next opening tries again
        if shred and not is_locked(old) and not old.samefile(path):
            _overwrite(old)
        old.unlink()


def _keep_old(path: Path) -> None:
    """Another name for what is about to lose its name, so that it can be overwritten."""
    with suppress(OSError):  # a stick has no second names: there it is only let go of
        os.link(path, path.with_name(path.name + PLAIN))


def _overwrite(file: Path) -> None:
    with file.open("rb+") as handle:
        left = handle.seek(0, os.SEEK_END)
        handle.seek(0)
        while left > 0:
            left -= handle.write(_BLOCK[:left])
        handle.flush()
        os.fsync(handle.fileno())


def _export(path: Path, key: bytes | None, part: Path, lock: Lock | None, note: Note | None) -> None:
    raw = connect(path, read_only=False, key=key)
    try:
        raw.execute("ATTACH ? AS made KEY ?", (str(part.absolute()), _spelled(lock)))
        raw.execute("PRAGMA made.journal_mode = OFF")  # it is flushed as a whole, or thrown away
        raw.execute("PRAGMA made.synchronous = OFF")
        raw.execute("SELECT sqlcipher_export('made')")
        for name in ("application_id", "user_version"):
            raw.execute(f"PRAGMA made.{name} = {raw.execute(f'PRAGMA main.{name}').fetchone()[0]}")
        if _content(raw, "main") != _content(raw, "made"):
            raise StoreTrouble(_UNPROVEN)
        if note is not None and _has_log(raw):
            at = datetime.now().isoformat(timespec="seconds")  # noqa: DTZ005 - the wall clock of the office
            values = (at, note.who, Happening.KEYS.value, note.what)
            raw.execute("INSERT INTO made.log (at, who, kind, what) VALUES (?, ?, ?, ?)", values)
    finally:
        raw.close()


def _spelled(lock: Lock | None) -> str:
    """The key as SQLCipher wants it: with the salt, by which the file is known to be locked."""
    return f"x'{((lock.access.key or b'') + lock.ring.file).hex()}'" if lock else ""


def _content(raw: driver.Connection, name: str) -> tuple[list[tuple[Any, ...]], dict[str, int]]:
    """Every table and index as it was declared, and the rows of each table."""
    declared = raw.execute(
        f"SELECT type, name, sql FROM {name}.sqlite_master WHERE name NOT LIKE 'sqlite%' ORDER BY 1, 2"  # noqa: S608
    ).fetchall()
    counts = {}
    for kind, table, _sql in declared:
        if kind == "table":
            counts[table] = raw.execute(f'SELECT count(*) FROM {name}."{table}"').fetchone()[0]  # noqa: S608
    return declared, counts


def _has_log(raw: driver.Connection) -> bool:
    return raw.execute("SELECT 1 FROM made.sqlite_master WHERE type = 'table' AND name = 'log'").fetchone() is not None


def _prove(part: Path, lock: Lock | None) -> None:
    """Open the new file as it will be opened, with the keys behind it, and let SQLite read every page."""
    key = keyring.data_key(keyplace.read(part), lock.access) if lock else None
    made = Database(part, read_only=True, key=key)
    try:
        if is_locked(part) != (lock is not None) or not made.is_office() or made.damage():
            raise StoreTrouble(_UNPROVEN)
    finally:
        made.close()
