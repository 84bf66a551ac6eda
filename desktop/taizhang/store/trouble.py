"""Turns the database's result codes into what happened, what is safe and what to do."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from taizhang.core.errors import StoreTrouble
from taizhang.store.driver import driver
from taizhang.store.files import left_open


class Damaged(StoreTrouble):
    """Bytes of the file are not what was written."""

    def __init__(self, said: str = "") -> None:
        usual = "台账文件已损坏，没有再写入任何内容；请从备份恢复（恢复时会写成新文件，不覆盖原文件）。"
        super().__init__(said or usual)


class Unwritable(StoreTrouble):
    """The file, its folder or its disk may only be read; opened read-only, the office can be looked at."""

    def __init__(self) -> None:
        super().__init__(SENTENCES[driver.SQLITE_READONLY])


SENTENCES = {
    driver.SQLITE_BUSY: "台账文件正被另一个程序使用，刚才的操作没有执行；请关闭另一个程序后再试。",
    driver.SQLITE_LOCKED: "台账文件正被另一个程序使用，刚才的操作没有执行；请关闭另一个程序后再试。",
    driver.SQLITE_FULL: "磁盘已满，刚才的操作没有执行，原有内容完好；请清理磁盘后再试。",
    driver.SQLITE_READONLY: "台账文件或所在文件夹是只读的，刚才的操作没有执行；请把文件复制到可写的文件夹后再打开。",
    driver.SQLITE_PERM: "没有读写台账文件的权限，刚才的操作没有执行；请把文件放到本人的“文档”文件夹后再打开。",
    driver.SQLITE_CANTOPEN: "打不开台账文件，内容没有改动；请检查文件是否还在、所在文件夹是否可写。",
    driver.SQLITE_NOTADB: "这个文件不是台账文件，或已损坏，内容没有改动；请另选文件，或从备份恢复。",
    driver.SQLITE_IOERR: "读写磁盘出错，刚才的操作没有执行；请检查磁盘或 U 盘是否接好，然后再试。",
}
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_HARDLY_ANY = 1_000_000  # bytes
_GONE = frozenset({driver.SQLITE_CANTOPEN, driver.SQLITE_IOERR})


def trouble_of(problem: BaseException, path: Path, *, locked: bool = False) -> StoreTrouble | None:
    """The trouble of the file at `path` that a database error stands for; None when the error is our own mistake.

    Of a `locked` file the key is known to be right: what cannot be read with it is damaged.
    """
    code = getattr(problem, "sqlite_errorcode", None)
    if not isinstance(code, int):
        # The driver alone speaks, without a code, when stored text or what it says of it is not UTF-8.
        garbled = isinstance(problem, UnicodeDecodeError) or type(problem) is driver.OperationalError
        return Damaged() if garbled else None
    if code & 0xFF == driver.SQLITE_CORRUPT or (locked and code & 0xFF == driver.SQLITE_NOTADB):
        return Damaged()
    if code & 0xFF in _GONE and not path.exists():
        return StoreTrouble(f"找不到台账文件“{path.name}”；请检查它是否被移动或 U 盘是否接好。")
    if code & 0xFF == driver.SQLITE_READONLY and left_open(path) and os.access(path, os.W_OK):
        return StoreTrouble(f"“{path.name}”上次没有正常关闭，以只读方式打不开，内容没有改动；请先正常打开一次。")
    if code & 0xFF == driver.SQLITE_READONLY:
        return Unwritable()
    full = code & 0xFF == driver.SQLITE_IOERR and _is_full(path)
    said = SENTENCES.get(driver.SQLITE_FULL if full else code & 0xFF)
    return None if said is None else StoreTrouble(said)


def _is_full(path: Path) -> bool:
    """Whether the disk has hardly any room; SQLite calls it an error of the disk when its index of the log has none."""
    with suppress(OSError):
        return shutil.disk_usage(path.parent).free < _HARDLY_ANY
    return False


def of_disk(problem: OSError) -> StoreTrouble:
    """The trouble that an error of the system itself stands for, while something was written beside the file."""
    if isinstance(problem, PermissionError):
        return Unwritable()
    return StoreTrouble(SENTENCES[driver.SQLITE_FULL if problem.errno in _NO_ROOM else driver.SQLITE_IOERR])


@contextmanager
def in_words(path: Path, *, locked: bool = False) -> Iterator[None]:
    """For statements that cannot be wrong themselves: any error is trouble of the file at `path`."""
    try:
        yield
    except (driver.Error, UnicodeDecodeError) as problem:
        raise trouble_of(problem, path, locked=locked) or Damaged() from problem
