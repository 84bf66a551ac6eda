"""Bringing back a backup: always as a new file, for the backups themselves are thinned out in time."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from taizhang.desk.worker import Failed, Worker
from taizhang.registry import Registry
from taizhang.store.shelf import SUFFIX, folder_of, list_backups


def office_of(backup: Path) -> tuple[Path, datetime] | None:
    """The office file that an automatic backup was made of, and when; None for any other file."""
    folder = backup.parent
    if not folder.name:
        return None
    office = folder.with_name(f"{folder.name.rpartition(' ')[0]}{SUFFIX}")
    made = [when for when, file in list_backups(office) if file == backup] if folder_of(office) == folder else []
    return (office, made[0]) if made else None


def ask_target(backup: Path, office: Path, when: datetime, parent: QWidget | None) -> Path | None:
    """Where the backup is to be brought back to; None when the user thinks better of it."""
    start = office.with_name(f"{office.stem}（{when:%Y-%m-%d %H%M} 的备份）{SUFFIX}")
    title = f"把备份 {backup.stem} 恢复成新文件"
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(start), f"台账单位文件 (*{SUFFIX})")
    return Path(chosen) if chosen else None


def bring_back(
    worker: Worker, ledgers: Registry, backup: Path, target: Path, then: Callable[[Path], object], failed: Failed
) -> None:
    """Copy the backup to `target`, prove that the program can open it, and hand it on."""
    from taizhang.store.backup import restore
    from taizhang.store.store import Store

    def prove(path: Path) -> None:
        Store.open(path, ledgers).close(with_backup=False)

    def work() -> Path:
        restore(backup, target, prove)
        return target

    worker.run(work, then, failed)
