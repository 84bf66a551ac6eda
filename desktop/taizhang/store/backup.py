"""Backups that prove themselves, their thinning, and restoring into a new file."""

import os
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, text

from taizhang.core.errors import Refused, StoreTrouble
from taizhang.store.database import Database
from taizhang.store.schema import Schema

_NAME = "%Y-%m-%d %H%M%S"
SUFFIX = ".tz"


def folder_of(path: Path) -> Path:
    """Where the backups of an office file lie: a folder beside it."""
    return path.with_name(f"{path.stem} 备份")


def list_backups(path: Path) -> list[tuple[datetime, Path]]:
    """The backups of an office file, latest first."""
    found = []
    for file in folder_of(path).glob(f"*{SUFFIX}"):
        try:
            found.append((datetime.strptime(file.stem, _NAME), file))  # noqa: DTZ007 - local wall time, as in the name
        except ValueError:
            continue  # some other file that a person put there
    return sorted(found, reverse=True)


def back_up(database: Database, schema: Schema, target: Path) -> None:
    """Copy the file to `target`, let SQLite check the copy, and count every table against the original."""
    if target.exists():
        raise Refused(f"“{target.name}”已经存在，没有覆盖；请换一个文件名。")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        database.copy_to(part)
        _prove(database, schema, part)
        part.replace(target)
        _flush(target.parent)
    finally:
        part.unlink(missing_ok=True)


def back_up_beside(database: Database, schema: Schema, now: datetime) -> Path:
    """A backup into the folder beside the file, thinned afterwards."""
    target = folder_of(database.path) / f"{now.strftime(_NAME)}{SUFFIX}"
    if not target.exists():
        back_up(database, schema, target)
    keep = set(thinned([when for when, _file in list_backups(database.path)], now))
    for when, file in list_backups(database.path):
        if when not in keep:
            file.unlink()
    return target


def thinned(times: Iterable[datetime], now: datetime) -> list[datetime]:
    """Which backups to keep: all of two days, one a day for two weeks, one a week for ten, then one a month."""
    kept: dict[object, datetime] = {}
    for when in sorted(times):
        age = now - when
        if age <= timedelta(days=2):
            slot: object = when
        elif age <= timedelta(days=14):
            slot = ("day", when.date())
        elif age <= timedelta(days=70):
            slot = ("week", *when.isocalendar()[:2])
        else:
            slot = ("month", when.year, when.month)
        kept[slot] = when  # the latest of its slot
    return sorted(kept.values(), reverse=True)


def restore(source: Path, target: Path, opened: Callable[[Path], None]) -> None:
    """Bring a backup back as a new file; `opened` proves that the program can use it. The backup stays as it is."""
    if target.exists():
        raise Refused(f"“{target.name}”已经存在，没有覆盖；请换一个文件名。")
    if not source.exists():
        raise Refused(f"找不到备份“{source.name}”，没有恢复；请检查文件是否还在。")
    database = Database(source, read_only=True)
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        if not database.is_office():
            raise Refused(f"“{source.name}”不是台账备份，没有恢复；请另选文件。")
        if database.damage():
            raise StoreTrouble(f"备份“{source.name}”已损坏，没有恢复；请改用另一份备份。")
        database.copy_to(part)
    finally:
        database.close()
    try:
        opened(part)
        part.replace(target)
    finally:
        for leftover in (part, *(part.with_name(part.name + end) for end in ("-wal", "-shm"))):
            leftover.unlink(missing_ok=True)


def _prove(database: Database, schema: Schema, copy: Path) -> None:
    other = Database(copy, read_only=True)
    try:
        if other.damage() or _counts(other, schema) != _counts(database, schema):
            raise StoreTrouble("备份没有通过核对，已删除这份备份，原文件完好；请检查磁盘后再试。")
    finally:
        other.close()


def _counts(database: Database, schema: Schema) -> dict[str, int]:
    """Rows by table, of the tables that are there (an older file lacks some)."""
    with database.reading() as connection:
        there = {row[0] for row in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))}
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in schema.metadata.tables.items()
            if name in there
        }


def _flush(folder: Path) -> None:
    """Make the new name itself durable, where the system lets a folder be flushed."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
