"""Turns the database's result codes into what happened, what is safe and what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from taizhang.core.errors import StoreTrouble

_SENTENCES = {
    sqlite3.SQLITE_BUSY: "台账文件正被另一个程序使用，刚才的操作没有执行；请关闭另一个程序后再试。",
    sqlite3.SQLITE_LOCKED: "台账文件正被另一个程序使用，刚才的操作没有执行；请关闭另一个程序后再试。",
    sqlite3.SQLITE_FULL: "磁盘已满，刚才的操作没有执行，原有内容完好；请清理磁盘后再试。",
    sqlite3.SQLITE_READONLY: "台账文件或所在文件夹是只读的，刚才的操作没有执行；请把文件复制到可写的文件夹后再打开。",
    sqlite3.SQLITE_PERM: "没有读写台账文件的权限，刚才的操作没有执行；请把文件放到本人的“文档”文件夹后再打开。",
    sqlite3.SQLITE_CANTOPEN: "打不开台账文件，内容没有改动；请检查文件是否还在、所在文件夹是否可写。",
    sqlite3.SQLITE_CORRUPT: "台账文件已损坏，没有再写入任何内容；请从备份恢复（恢复时会写成新文件，不覆盖原文件）。",
    sqlite3.SQLITE_NOTADB: "这个文件不是台账文件，或已损坏，内容没有改动；请另选文件，或从备份恢复。",
    sqlite3.SQLITE_IOERR: "读写磁盘出错，刚才的操作没有执行；请检查磁盘或 U 盘是否接好，然后再试。",
}


def trouble_of(problem: BaseException) -> StoreTrouble | None:
    """The trouble that a database error stands for; None when the error is our own mistake."""
    original = problem.orig if isinstance(problem, DBAPIError) else problem
    code = getattr(original, "sqlite_errorcode", None)
    if isinstance(code, int) and code & 0xFF in _SENTENCES:
        return StoreTrouble(_SENTENCES[code & 0xFF])
    if isinstance(original, OSError):
        return StoreTrouble(f"读写文件出错（{original.strerror}），刚才的操作没有执行；请检查磁盘后再试。")
    return None


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Let no database error out but as a `StoreTrouble`; a missing file is said as such."""
    try:
        yield
    except (DBAPIError, sqlite3.Error, OSError) as problem:
        if not path.exists():
            raise StoreTrouble(f"找不到台账文件“{path.name}”；请检查它是否被移动或 U 盘是否接好。") from problem
        trouble = trouble_of(problem)
        if trouble is None:
            raise
        raise trouble from problem
