"""USB sticks: which are plugged in, and a backup onto one of them in a single step."""

import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from taizhang.core.errors import Refused, StoreTrouble
from taizhang.store.shelf import NAME, SUFFIX

if TYPE_CHECKING:
    from taizhang.store.store import Store

FOLDER = "台账备份"
_REMOVABLE_DRIVE = 2  # DRIVE_REMOVABLE of GetDriveTypeW
_PLACES = ("/media/", "/run/media/", "/mnt/")  # where the desktops of Linux put what is plugged in
_STICKS = frozenset({"vfat", "exfat", "msdos"})  # what sticks are sold with, and fixed disks hardly ever
_SPARE = 1_000_000  # bytes left free, so that the stick itself can keep its books
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')  # on the file systems of sticks


@dataclass(frozen=True)
class OnStick:
    """A backup on a stick; `said` tells what was done, `warning` what is to be minded, or is empty."""

    file: Path
    said: str
    warning: str


def sticks() -> list[Path]:
    """The roots of the removable drives that are plugged in."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - Windows only

        kernel = ctypes.windll.kernel32
        return drives(kernel.GetLogicalDrives(), kernel.GetDriveTypeW)
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return mounted(mounts, _can_be_taken_out)


def drives(present: int, kind: Callable[[str], int]) -> list[Path]:
    """The removable ones of the Windows drives: a bit of `present` for each letter, `kind` as GetDriveTypeW has it."""
    roots = [f"{chr(ord('A') + at)}:\\" for at in range(26) if present >> at & 1]
    return [Path(root) for root in roots if root[0] not in "AB" and kind(root) == _REMOVABLE_DRIVE]  # A, B: floppies


def mounted(mounts: str, can_be_taken_out: Callable[[str], bool]) -> list[Path]:
    """The removable ones in a table of mounts as in /proc/mounts; the question is put with the name of the device."""
    found = []
    for line in mounts.splitlines():
        device, folder, kind, *_rest = [*line.split(" "), "", ""]
        folder = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), folder)
        if folder.startswith(_PLACES) and (kind in _STICKS or can_be_taken_out(device)):
            found.append(Path(folder))
    return found


def name_of(stick: Path) -> str:
    """What a user calls a stick: its letter, or its label."""
    return stick.drive or stick.name or str(stick)


def back_up_to_stick(store: "Store", stick: Path, now: datetime) -> OnStick:
    """A proven backup in the folder `FOLDER` of a stick, which can be pulled out afterwards.

    Raises `Refused` when there is no stick or no room on it, `StoreTrouble` when the copy fails; nothing is changed.
    """
    try:
        free = shutil.disk_usage(stick).free
    except OSError:
        raise Refused("没有找到这个 U 盘，没有备份；请插好 U 盘，再点一次“备份到 U 盘”。") from None
    need = _size(store.path) + _SPARE
    if free < need:
        lacks = f"需要 {_megabytes(need)} MB，只剩 {_megabytes(free)} MB"
        raise Refused(f"U 盘 {name_of(stick)} 空间不够（{lacks}），没有备份；请删掉 U 盘上不用的文件，或换一个 U 盘。")
    file = _free_name(stick / FOLDER, store.path.stem, now)
    try:
        store.backup(file)
    except StoreTrouble as trouble:
        raise StoreTrouble(f"没有备份到 U 盘 {name_of(stick)}：{trouble}") from trouble
    return OnStick(file, f"已备份到 U 盘 {name_of(stick)}，已核对，可以拔出。", _warning(store, stick))


def _warning(store: "Store", stick: Path) -> str:
    if store.path.absolute().is_relative_to(stick.absolute()):
        return "台账文件自己也在这个 U 盘上：U 盘丢了，两样会一起没有；请把台账文件放到电脑里，或换一个 U 盘备份。"
    if not store.keys.locked:
        return "这个单位没有密码：谁捡到这个 U 盘，谁就能看到里面的全部内容。请收好 U 盘，或先给单位设密码再备份。"
    return ""


def _size(path: Path) -> int:
    """The bytes of an office file and of its log; a backup has hardly ever more."""
    log = path.with_name(path.name + "-wal")
    return path.stat().st_size + (log.stat().st_size if log.exists() else 0)


def _free_name(folder: Path, stem: str, now: datetime) -> Path:
    stem = _NOT_IN_NAMES.sub("-", stem)
    while (file := folder / f"{stem} {now.strftime(NAME)}{SUFFIX}").exists():
        now += timedelta(seconds=1)
    return file


def _megabytes(size: int) -> int:
    return -(-size // 1_000_000)


def _can_be_taken_out(device: str) -> bool:
    """What Linux says of the disk that a device (/dev/sdb1) is a part of."""
    block = Path("/sys/class/block") / Path(device).name
    try:
        disk = block.resolve(strict=True)
    except OSError:
        return False
    flags = (disk / "removable", disk.parent / "removable")
    return any(flag.is_file() and flag.read_text(encoding="ascii").strip() == "1" for flag in flags)
