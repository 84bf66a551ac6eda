"""Backups that prove themselves, and restoring into a new file."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import column, func, select, table

from taizhang.core.access import Access
from taizhang.core.errors import Refused, StoreTrouble
from taizhang.store import keyplace
from taizhang.store.connection import is_locked
from taizhang.store.database import Database
from taizhang.store.files import clear_beside, discard, flush, left_open, put_in_place
from taizhang.store.memo import Memo
from taizhang.store.shelf import NAME, SUFFIX, folder_of, list_backups, thinned
from taizhang.store.trouble import Damaged

_HELD = "backup"  # the memo of what the last backup beside the file holds


class _Unproven(StoreTrouble):
    """A copy that did not stand the check."""


def back_up(database: Database, target: Path) -> None:
    """Copy the file to `target`, open the copy, let SQLite check it, and count every table against the original.

    Raises `Refused` when `target` exists, `StoreTrouble` when the copy fails; the original stays as it is either way.
    """
    if target.exists():
        raise Refused(f"“{target.name}”已经存在，没有覆盖；请换一个文件名。")
    part = target.with_name(target.name + ".part")
    said = f"备份没有做成，台账文件本身完好；请检查文件夹“{_folder(target)}”能否写入、磁盘是否已满，然后再试。"
    with _said(said):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            discard(part)
            database.copy_to(part)
            if database.ring is not None:
                keyplace.append(part, database.ring)
            _prove(database, part)
            flush(part)
            clear_beside(target)
            put_in_place(part, target)
        finally:
            discard(part)


def back_up_beside(database: Database, now: datetime) -> Path:
    """A backup into the folder beside the file, thinned afterwards; what a program left there half-made goes."""
    folder, when = folder_of(database.path), now
    for half_made in folder.glob(f"*{SUFFIX}.part"):
        discard(half_made)
    while (target := folder / f"{when.strftime(NAME)}{SUFFIX}").exists():
        when += timedelta(seconds=1)
    back_up(database, target)
    there = list_backups(database.path)
    keep = set(thinned([moment for moment, _file in there], now))
    for moment, file in there:
        if moment not in keep:
            with suppress(OSError):  # a scanner may hold it: it goes the next time
                file.unlink()
    return target


def back_up_if_changed(database: Database, memo: Memo, now: datetime) -> Path | None:
    """A backup beside the file if anything was done since the last one that is still there; None when nothing was."""
    done, folder = _last_done(database), folder_of(database.path)
    operation, name = memo.recall(_HELD) or (0, "")
    if not done or (done == operation and (folder / name).is_file()):
        return None
    made = back_up_beside(database, now)
    with suppress(StoreTrouble):  # then the next question costs another backup, and nothing else
        memo.keep(_HELD, (done, made.name))
    return made


def restore(source: Path, target: Path, opened: Callable[[Path], None], access: Access | None = None) -> None:
    """Bring a backup back as a new file; `opened` proves that the program can use it. The backup stays as it is.

    A locked backup needs the `access` of somebody who has entered it; the new file has the same passwords.
    """
    if target.exists():
        raise Refused(f"“{target.name}”已经存在，没有覆盖；请换一个文件名。")
    if not source.is_file():
        raise Refused(f"找不到备份“{source.name}”，没有恢复；请检查文件是否还在。")
    part = target.with_name(target.name + ".part")
    said = f"没有恢复，备份完好；请检查文件夹“{_folder(target)}”能否写入、磁盘是否已满。"
    if is_locked(source) and access is None:
        raise Refused(f"备份“{source.name}”有密码，没有恢复；请输入做这份备份时的密码。")
    with _sound(source, access.key if access and is_locked(source) else None) as backup, _said(said):
        discard(part)
        try:
            backup.copy_to(part)
            if backup.ring is not None:
                keyplace.append(part, backup.ring)
            _try_out(part, opened)
            flush(part)
            clear_beside(target)
            put_in_place(part, target)
        finally:
            discard(part)


def _try_out(part: Path, opened: Callable[[Path], None]) -> None:
    """Let the program use the copy; it must be one file again afterwards, all by itself."""
    beside = folder_of(part)
    there = beside.exists()
    opened(part)
    if not there and beside.exists():  # an older one was brought up to date: the backup of before is the backup itself
        shutil.rmtree(beside, ignore_errors=True)
    if left_open(part) or keyplace.is_aside(part):
        raise StoreTrouble


@contextmanager
def _sound(source: Path, key: bytes | None) -> Iterator[Database]:
    """The backup, open; what is no backup or is damaged says so in its own words."""
    database = Database(source, read_only=True, key=key)
    try:
        if not database.is_office():
            raise Refused(f"“{source.name}”不是台账备份，没有恢复；请另选文件。")
        if database.damage():
            raise _Unproven(f"备份“{source.name}”已损坏，没有恢复；请改用另一份备份。")
        yield database
    finally:
        database.close()


def _folder(target: Path) -> str:
    return target.absolute().parent.name


@contextmanager
def _said(sentence: str) -> Iterator[None]:
    """Say of a disk in trouble what was not done; a damaged file speaks for itself."""
    try:
        yield
    except (Damaged, _Unproven):
        raise
    except (OSError, StoreTrouble) as problem:
        raise StoreTrouble(sentence) from problem


def _prove(database: Database, copy: Path) -> None:
    """Open the copy as it will be opened one day, with its own ring of keys, and compare it with the original."""
    other = Database(copy, read_only=True, key=database.key)
    try:
        same = not other.damage() and _counts(other) == _counts(database) and _last_done(other) == _last_done(database)
        if not same or (database.key is not None and not _same_keys(database, copy)):
            raise _Unproven("备份没有通过核对，已删除这份备份，原文件完好；请检查磁盘后再试。")
    finally:
        other.close()


def _same_keys(database: Database, copy: Path) -> bool:
    with suppress(StoreTrouble):
        return keyplace.read(copy) == database.ring
    return False


def _counts(database: Database) -> dict[str, int]:
    """Rows by table."""
    return {
        name: database.connection.execute(select(func.count()).select_from(table(name))).scalar_one()
        for name in database.tables()
    }


def _last_done(database: Database) -> int:
    """The number of the last operation by which anything was done; 0 in an office that was only just made."""
    if "operation" not in database.tables():
        return 0
    operation = table("operation", column("op"), column("kind"))
    last = select(func.max(operation.c.op)).where(operation.c.kind != "new")
    return database.connection.execute(last).scalar() or 0
