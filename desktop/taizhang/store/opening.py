"""Making an office file, and opening one: recognised, brought up to date, or refused in words."""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError

from taizhang.core.access import Access
from taizhang.core.errors import Refused, StoreTrouble
from taizhang.core.ids import Ids
from taizhang.core.ledger import Ledger
from taizhang.store import keyplace, keyring
from taizhang.store.backup import back_up
from taizhang.store.connection import is_cut_off, is_locked
from taizhang.store.database import Database
from taizhang.store.files import clear_beside, real
from taizhang.store.holder import Holder
from taizhang.store.keyring import Keyring
from taizhang.store.migration import migrate, pending
from taizhang.store.relock import catch_up
from taizhang.store.schema import Schema, build
from taizhang.store.shelf import folder_of
from taizhang.store.trouble import Damaged, Unwritable, of_disk


class Ledgers(Protocol):
    """What the store must know of the ledgers that are installed."""

    @property
    def ledgers(self) -> Mapping[str, Ledger]:
        """The ledgers by key."""

    @property
    def office_ledger(self) -> Ledger:
        """The ledger whose first record is the office itself."""


@dataclass(frozen=True)
class Facts:
    """What a file says of itself: the identity of the office, which owns what it writes."""

    owner: bytes
    office_ledger: str


class Outdated(Refused):
    """A file of an older program, which may only be read, and so is not brought up to date."""

    def __init__(self) -> None:
        super().__init__("这个文件需要先升级，不能以只读方式打开，内容没有改动；请正常打开一次。")


class Locked(Refused):
    """The file has a password, and nobody has entered."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}”有密码，没有打开；请输入密码（命令行用 --password-file 指明写有密码的文件）。")


def enter(path: Path, password: str, name: str | None = None) -> Access:
    """Come into a locked office, as `name` or as whoever has this password."""
    return keyring.enter(keyplace.read(path), password, name)


def enter_by_code(path: Path, code: str) -> Access:
    """Come into a locked office by its recovery code."""
    return keyring.enter_by_code(keyplace.read(path), code)


def create_file(
    path: Path, registry: Ledgers, now: datetime, who: str, ring: tuple[Keyring, Access] | None
) -> tuple[Database, Schema, Facts]:
    """An empty office file with every table, locked when it is given a ring; nothing is left when that fails."""
    _reserve(path)
    schema = build(registry.ledgers.values())
    database = None
    try:
        holder = Holder(path, who, now)
        database = _held(path, holder, ring, key=(ring[1].key or b"") + ring[0].file if ring else None)
        owner = Ids().new()
        database.claim()
        database.mark()
        migrate(database, schema, registry.ledgers, now)
        with database.transaction() as connection:
            connection.execute(insert(schema.meta), [{"key": "office_id", "value": owner.hex()}])
    except BaseException:
        discard(path, database)
        raise
    return database, schema, Facts(owner, registry.office_ledger.key)


def open_file(
    path: Path, registry: Ledgers, now: datetime, who: str, access: Access | None, *, read_only: bool
) -> tuple[Database, Schema, Facts]:
    """An existing office file, migrated where it is older; a file of another kind or a newer program is refused.

    Raises `Locked` when it has a password and there is no `access`, `InUse` when another program writes it.
    """
    if not os.path.isfile(path):  # noqa: PTH113 - Path.is_file raises where the folder may not be looked into
        raise Refused(f"找不到台账文件“{path.name}”，没有打开；请检查它是否被移动或改名。")
    path = real(path)
    if path.stat().st_size == 0:
        raise Damaged(f"“{path.name}”是空文件，没有打开；请从备份恢复。")
    if is_locked(path) and access is None:
        raise Locked(path)
    if not is_locked(path) and is_cut_off(path):
        raise Damaged(keyplace.CUT_OFF.format(path.name))
    if not read_only and not os.access(path, os.W_OK):  # SQLite would open it to read, and say so only when it writes
        raise Unwritable
    key = access.key if access and is_locked(path) else None
    schema = build(registry.ledgers.values())
    holder = None if read_only else Holder(path, who, now)
    database = _held(path, holder, key=key)
    try:
        _recognise(database, path)
        if not read_only:
            database.claim()
            catch_up(path, access)
        if pending(database, schema, registry.ledgers):
            _bring_up_to_date(database, schema, registry, now)
        owner = _owner(database, schema)
    except BaseException:
        database.close()
        raise
    return database, schema, Facts(owner, registry.office_ledger.key)


def _held(
    path: Path, holder: Holder | None, ring: tuple[Keyring, Access] | None = None, *, key: bytes | None
) -> Database:
    """The file open, for writing if there is a holder, which it lets go of in the end; a new one gets its `ring`."""
    try:
        if ring is not None:
            keyplace.put_aside(path, ring[0])
        database = Database(path, read_only=holder is None, key=key)
    except BaseException as problem:
        if holder is not None:
            holder.release()
        if isinstance(problem, OSError):
            raise of_disk(problem) from problem
        raise
    database.holder = holder
    return database


def discard(path: Path, database: Database | None) -> None:
    """Take away a file whose making failed."""
    if database is not None:
        database.close()
    with suppress(OSError):  # a scanner may hold it
        path.unlink(missing_ok=True)
    clear_beside(path)


def _reserve(path: Path) -> None:
    """Take the name, so that no other file can be overwritten."""
    try:
        path.open("xb").close()
        clear_beside(path)
    except FileExistsError:
        raise Refused(f"“{path.name}”已经存在，没有覆盖；请换一个文件名，或用“打开”。") from None
    except FileNotFoundError:
        raise Refused(f"文件夹“{path.parent.name}”不存在，没有新建；请先建好文件夹，或换一个位置。") from None
    except OSError as problem:
        raise Refused(f"不能在文件夹“{path.parent.name}”里新建“{path.name}”；请换一个位置或文件名。") from problem


def _recognise(database: Database, path: Path) -> None:
    if not database.is_office():
        raise Refused(f"“{path.name}”不是台账文件，没有打开，内容没有改动；请另选文件。")


def _bring_up_to_date(database: Database, schema: Schema, registry: Ledgers, now: datetime) -> None:
    if database.read_only:
        raise Outdated
    saved = folder_of(database.path) / f"升级前 {now:%Y-%m-%d %H%M%S}.tz"
    if not saved.exists():
        back_up(database, saved)
    try:
        migrate(database, schema, registry.ledgers, now)
    except DBAPIError as problem:
        said = f"升级没有成功，文件保持原样，升级前的备份是“{saved.name}”；请继续使用原来版本的程序。"
        raise StoreTrouble(said) from problem


def _owner(database: Database, schema: Schema) -> bytes:
    statement = select(schema.meta.c.value).where(schema.meta.c.key == "office_id")
    value = database.connection.execute(statement).scalar()
    try:
        owner = bytes.fromhex(value or "")
    except ValueError:
        owner = b""
    if len(owner) != 16:
        raise Damaged
    return owner
