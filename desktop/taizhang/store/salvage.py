"""Saves what is left of a damaged office file into a new one; the damaged file stays as it is."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from taizhang.core.access import Access
from taizhang.core.errors import Refused, StoreTrouble
from taizhang.core.ledger import Ledger
from taizhang.core.progress import Progress, silent
from taizhang.store import integrity, keyplace, keyring
from taizhang.store.connection import is_locked
from taizhang.store.database import Database
from taizhang.store.driver import driver
from taizhang.store.files import clear_beside, left_open, put_in_place
from taizhang.store.keyring import Keyring
from taizhang.store.opening import Ledgers, Locked, create_file, discard
from taizhang.store.peek import look
from taizhang.store.records import Records
from taizhang.store.rescue import TITLE, Saved, bring_over
from taizhang.store.schema import build
from taizhang.store.shelf import folder_of, list_backups
from taizhang.store.trouble import Damaged, trouble_of
from taizhang.store.wreck import Wreck

_FOREIGN = "“{}”里有这一版程序不认识的内容，没有抢救，文件没有改动；请用写它的那一版程序，或从备份恢复。"
_FAILED = "没有抢救成功，损坏的文件没有改动；请检查文件夹“{}”能否写入、磁盘是否已满，或改从备份恢复。"


@dataclass(frozen=True)
class Salvaged:
    """What came of it: how many records are in the new file, how many are known to be lost, and all of it in words."""

    target: Path
    records: int
    lost: int
    told: tuple[str, ...]


def salvage(
    source: Path,
    target: Path,
    registry: Ledgers,
    access: Access | None,
    now: datetime,
    progress: Progress = silent,
) -> Salvaged:
    """Read all that can still be read of `source`, and write it into the new file `target`, under the same passwords.

    `access` is what `enter` gives for a locked file. Raises `Refused` when `target` exists or `source` is no office
    file, `StoreTrouble` when so little is left that only a backup can help; no new file is left then.
    """
    if target.exists():
        raise Refused(f"“{target.name}”已经存在，没有覆盖；请换一个文件名。")
    if not source.is_file():
        raise Refused(f"找不到文件“{source.name}”，没有抢救；请检查文件是否还在。")
    if is_locked(source) and access is None:
        raise Locked(source)
    ring = ring_of(source) if is_locked(source) else None
    part = target.with_name(target.name + ".part")
    opens = (ring, access) if ring and access else None
    key = (access.key or b"") + ring.file if ring and access else None
    with _said(target), _opened(source, registry, key) as wreck:
        saved = _write(wreck, part, registry, opens, now, progress)
        clear_beside(target)
        put_in_place(part, target)
    return Salvaged(target, saved.records.total(), saved.lost.total(), tuple(_told(saved, registry.ledgers)))


def enter(source: Path, password: str, name: str | None = None) -> Access:
    """Come into a damaged office that is locked, also when its keys are lost with its end and a backup has them."""
    return keyring.enter(ring_of(source), password, name)


def ring_of(source: Path) -> Keyring:
    """The ring of keys of a damaged file: its own, or that of the latest backup beside it that has the same data key.

    Raises `Damaged` when there is none.
    """
    try:
        return keyplace.read(source)
    except Damaged:
        for _when, backup in list_backups(source):
            with suppress(Damaged):
                ring = keyplace.read(backup)
                if look(source, len(ring.file)) == ring.file:
                    return ring
        raise


@contextmanager
def _opened(source: Path, registry: Ledgers, key: bytes | None) -> Iterator[Wreck]:
    """The damaged file, as far as it goes; what is beyond saving or none of ours says so."""
    try:
        wreck = Wreck(source, key)
    except (driver.Error, UnicodeDecodeError) as problem:
        raise _beyond(source, problem) from problem
    try:
        known = build(registry.ledgers.values()).metadata.tables
        if not {"rec", "journal"} & set(wreck.tables):
            raise Refused(f"“{source.name}”不是台账文件，没有抢救，文件没有改动；请另选文件。")
        if any(name not in known or set(there) - set(known[name].c.keys()) for name, there in wreck.tables.items()):
            raise Refused(_FOREIGN.format(source.name))
        yield wreck
    finally:
        wreck.close()


def _beyond(source: Path, problem: Exception) -> StoreTrouble:
    """Of a file of which not even the list of its tables can be read, nothing else can be."""
    trouble = trouble_of(problem, source, locked=True)
    if trouble is not None and not isinstance(trouble, Damaged):
        return trouble
    backups = list_backups(source)
    latest = f"最近的一份是 {backups[0][0]:%Y-%m-%d %H:%M} 的，在文件夹“{folder_of(source).name}”里" if backups else ""
    where = latest or "旁边没有自动备份，请找 U 盘或别的电脑上的备份"
    return Damaged(f"“{source.name}”最要紧的一段已损坏，没有能抢救的内容，文件没有改动；请从备份恢复：{where}。")


def _write(
    wreck: Wreck,
    part: Path,
    registry: Ledgers,
    ring: tuple[Keyring, Access] | None,
    now: datetime,
    progress: Progress,
) -> Saved:
    """The new file under a name of its own, closed and found to be sound."""
    who = ring[1].who if ring else ""
    discard(part, None)
    database, schema, _facts = create_file(part, registry, now, who, ring)
    try:
        saved = bring_over(wreck, database, schema, registry.ledgers, who, now, progress)
        progress(0, 0, "正在核对")
        _close_sound(database, Records(database, schema, registry.ledgers))
    except BaseException:
        discard(part, database)
        raise
    return saved


def _close_sound(database: Database, records: Records) -> None:
    """The new file must stand the whole-file check, and be one file all by itself."""
    if integrity.problems(database, records):
        raise StoreTrouble("抢救出来的内容没有通过核对，没有留下新文件，损坏的文件没有改动；请改从备份恢复。")
    database.close()
    if left_open(database.path) or keyplace.is_aside(database.path):
        raise OSError


@contextmanager
def _said(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise StoreTrouble(_FAILED.format(target.absolute().parent.name)) from problem


def _told(saved: Saved, ledgers: Mapping[str, Ledger]) -> Iterator[str]:
    """What was saved and what was not, in words."""
    for key, ledger in ledgers.items():
        lost = saved.lost[ledger.title]
        if saved.records[key] or lost:
            yield f"{ledger.title}：找回 {saved.records[key]} {ledger.unit}{_lost(lost, ledger.unit)}。"
    if saved.lost[""]:
        yield f"另有 {saved.lost['']} 条记录丢失，已分不清是哪本台账的。"
    if saved.pieced:
        yield f"其中 {saved.pieced} 条记录（或它们的部分内容）是从修改历史补回来的。"
    yield f"修改历史：找回 {saved.journal.kept} 行{_lost(saved.journal.lost, '行')}。"
    if any(saved.attachments):
        yield f"附件：找回 {saved.attachments.kept} 个{_lost(saved.attachments.lost, '个')}。"
    if saved.unlike:
        yield f"有 {saved.unlike} 条记录和修改历史对不上，已按记录里的内容保留；请在“最近的操作”里点“{TITLE}”逐条核对。"
    if saved.cleared:
        yield f"有 {saved.cleared} 处内容指向已丢失的记录或附件，已清空；请补填。"
    if saved.lost:
        yield "丢失的内容，请对照最近的备份或纸质材料补上。"


def _lost(count: int, unit: str) -> str:
    return f"，丢失 {count} {unit}" if count else ""
