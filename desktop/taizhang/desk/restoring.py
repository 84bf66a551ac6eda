"""Bringing back a backup: always as a new file, for the backups themselves are thinned out in time."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from taizhang.core.access import Access
from taizhang.core.errors import Refused, StoreTrouble
from taizhang.desk.save_place import documents
from taizhang.desk.worker import Failed, Worker
from taizhang.store.shelf import NAME, SUFFIX, folder_of

if TYPE_CHECKING:
    from taizhang.registry import Registry
    from taizhang.store.difference import Difference
    from taizhang.store.store import Store

_OLDER = "这份备份是旧版程序做的，现在不能比较有什么不同；恢复时会自动升级成新文件，备份本身不动。"
_MOMENT = re.compile(r"(?:.* )?(\d{4}-\d{2}-\d{2} \d{6})")  # how the name of a backup ends, whoever made it


@dataclass(frozen=True)
class Contents:
    """What is in a backup: the office's name, its last change, records by ledger in words; and what it differs in.

    `difference` is None without an office to compare it with; `said` tells why it could not be compared. Of a backup
    that must be brought up to date first, no more than that is known.
    """

    name: str = ""
    changed: datetime | None = None
    records: tuple[str, ...] = ()
    difference: Difference | None = None
    said: str = ""


def made_at(backup: Path) -> datetime | None:
    """When a backup was made, as its name tells; None for a file of another name."""
    named = _MOMENT.fullmatch(backup.stem)
    if named is None:
        return None
    try:
        return datetime.strptime(named[1], NAME)  # noqa: DTZ007 - local wall time, as in the name
    except ValueError:
        return None


def office_of(backup: Path) -> tuple[Path, datetime] | None:
    """The office file that a backup was made of, and when; None for a file that is no backup by its place and name.

    Those beside the office and those that the program put onto a stick; opened as they are, they would be changed.
    """
    from taizhang.store.removable import FOLDER

    folder, when = backup.parent, made_at(backup)
    if when is None or not folder.name or not backup.is_file():
        return None
    if folder.name == FOLDER:
        return documents() / f"{backup.stem.removesuffix(when.strftime(NAME)).strip()}{SUFFIX}", when
    office = folder.with_name(f"{folder.name.rpartition(' ')[0]}{SUFFIX}")
    return (office, when) if folder_of(office) == folder else None


def beside(office: Path, what: str) -> Path:
    """A name for a new file beside an office, such as `what` tells (… 的备份) and as there is none yet."""
    path, number = office.with_name(f"{office.stem}（{what}）{SUFFIX}"), 2
    while path.exists():
        path, number = office.with_name(f"{office.stem}（{what}，{number}）{SUFFIX}"), number + 1
    return path


def way_into(backup: Path, access: Access) -> Access | None:
    """The way of somebody who has entered the office into one of its backups; None when that has other keys by now."""
    from taizhang.store import keyplace, keyring

    with suppress(StoreTrouble):
        key = keyring.data_key(keyplace.read(backup), access)
        return replace(access, key=key) if key else None
    return None


def look_into(backup: Path, ledgers: Registry, access: Access | None, now: Store | None) -> Contents:
    """What is in a backup, and what restoring it would change in the office `now`."""
    from taizhang.store.difference import compare
    from taizhang.store.opening import Outdated
    from taizhang.store.query import Query
    from taizhang.store.store import Store

    try:
        then = Store.open(backup, ledgers, access=access, read_only=True)
    except Outdated:
        return Contents(said=_OLDER)
    try:
        last = next(iter(then.operations(limit=1)), None)
        counts = [(ledger, then.count(Query(key, show="all"))) for key, ledger in then.ledgers.items()]
        records = tuple(f"{ledger.title} {count} {ledger.unit}" for ledger, count in counts)
        contents = Contents(then.name, last.at if last else None, records)
        if now is None:
            return contents
        try:
            return replace(contents, difference=compare(now, then))
        except Refused as reason:
            return replace(contents, said=str(reason))
    finally:
        then.close(with_backup=False)


def bring_back(
    worker: Worker,
    ledgers: Registry,
    backup: Path,
    target: Path,
    then: Callable[[Path], object],
    failed: Failed,
    access: Access | None = None,
) -> None:
    """Copy the backup to `target`, prove that the program can open it, and hand it on."""
    from taizhang.store.backup import restore
    from taizhang.store.logbook import Happening
    from taizhang.store.store import Store

    def prove(path: Path) -> None:
        store = Store.open(path, ledgers, access=access)
        try:
            store.log.note(Happening.RESTORE, "由备份恢复成的新文件")
        finally:
            store.close(with_backup=False)

    def work() -> Path:
        restore(backup, target, prove, access)
        return target

    worker.run(work, then, failed)
