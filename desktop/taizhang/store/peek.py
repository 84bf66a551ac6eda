"""Looks into a file that SQLite may have open in this program.

POSIX takes all locks of a program off a file as soon as the program closes that file anywhere, SQLite's own among them:
another program would then believe that nobody uses it. So what is opened here stays open as long as the database is.
"""

import os
from contextlib import suppress
from pathlib import Path
from threading import Lock

Inode = tuple[int, int]

_guard = Lock()
_users: dict[Inode, int] = {}  # how many databases of this program a file is open as
_parked: dict[Inode, int] = {}  # what was opened beside them


def look(path: Path, size: int, start: int = 0) -> bytes:
    """The bytes from `start` on, `size` at most; a negative `start` counts from the end. Raises `OSError`."""
    with _guard:
        inode = _inode(path)
        handle = _parked.get(inode, -1)
        if handle < 0:
            handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            length = os.fstat(handle).st_size
            os.lseek(handle, start if start >= 0 else max(0, length + start), os.SEEK_SET)
            return _read(handle, size)
        finally:
            if os.name == "posix" and inode in _users:
                _parked[inode] = handle
            else:
                os.close(handle)


def hold(path: Path) -> Inode | None:
    """A database is about to be opened; what this returns goes to `let_go` when it is closed."""
    with _guard, suppress(OSError):  # opening it will say what is wrong
        inode = _inode(path)
        _users[inode] = _users.get(inode, 0) + 1
        return inode
    return None


def let_go(inode: Inode | None) -> None:
    """A database has been closed."""
    with _guard:
        if inode is None:
            return
        _users[inode] -= 1
        if not _users[inode]:
            del _users[inode]
            if (handle := _parked.pop(inode, -1)) >= 0:
                os.close(handle)


def _inode(path: Path) -> Inode:
    about = path.stat()
    return about.st_dev, about.st_ino


def _read(handle: int, size: int) -> bytes:
    """As many bytes as there are; a single call may return fewer."""
    found = bytearray()
    while len(found) < size and (more := os.read(handle, size - len(found))):
        found += more
    return bytes(found)
