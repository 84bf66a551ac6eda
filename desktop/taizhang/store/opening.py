"""Making an office file, and opening one: recognised, brought up to date, or refused in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import insert, select

from taizhang.core.errors import Refused, StoreTrouble
from taizhang.core.ids import Ids
from taizhang.core.ledger import Ledger, Step
from taizhang.store.backup import back_up, folder_of
from taizhang.store.database import Database
from taizhang.store.migration import migrate, pending
from taizhang.store.schema import Schema, build

ROOT = 1  # the first record of a file is the office's own organisation


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


def create_file(path: Path, registry: Ledgers, now: datetime) -> tuple[Database, Schema, Facts]:
    """An empty office file with every table."""
    if path.exists():
        raise Refused(f"“{path.name}”已经存在，没有覆盖；请换一个文件名，或用“打开”。")
    if not path.parent.is_dir():
        raise Refused(f"文件夹“{path.parent.name}”不存在，没有新建；请先建好文件夹，或换一个位置。")
    schema = build(registry.ledgers.values())
    database = Database(path)
    owner = Ids().new()
    database.mark()
    migrate(database, schema, _steps(registry), now)
    with database.transaction() as connection:
        connection.execute(insert(schema.meta), [{"key": "office_id", "value": owner.hex()}])
    return database, schema, Facts(owner, registry.office_ledger.key)


def open_file(path: Path, registry: Ledgers, now: datetime, *, read_only: bool) -> tuple[Database, Schema, Facts]:
    """An existing office file, migrated where it is older; a file of another kind or a newer program is refused."""
    if not path.is_file():
        raise Refused(f"找不到台账文件“{path.name}”，没有打开；请检查它是否被移动或改名。")
    schema = build(registry.ledgers.values())
    database = Database(path, read_only=read_only)
    try:
        _recognise(database, path)
        todo = pending(database, schema, _steps(registry))
        if todo:
            _bring_up_to_date(database, schema, registry, now)
        with database.reading() as connection:
            value = connection.execute(select(schema.meta.c.value).where(schema.meta.c.key == "office_id")).scalar()
    except BaseException:
        database.close()
        raise
    return database, schema, Facts(bytes.fromhex(value or ""), registry.office_ledger.key)


def _bring_up_to_date(database: Database, schema: Schema, registry: Ledgers, now: datetime) -> None:
    if database.read_only:
        raise Refused("这个文件需要先升级，不能以只读方式打开，内容没有改动；请正常打开一次。")
    back_up(database, schema, folder_of(database.path) / f"升级前 {now:%Y-%m-%d %H%M%S}.tz")
    migrate(database, schema, _steps(registry), now)


def _recognise(database: Database, path: Path) -> None:
    if path.stat().st_size == 0:
        raise StoreTrouble(f"“{path.name}”是空文件，没有打开；请从备份恢复。")
    if not database.is_office():
        raise Refused(f"“{path.name}”不是台账文件，没有打开；请另选文件。")


def _steps(registry: Ledgers) -> list[Step]:
    return [step for ledger in registry.ledgers.values() for step in ledger.steps]
