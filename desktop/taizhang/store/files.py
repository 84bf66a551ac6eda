"""Files as wholes: durable before anything counts on them, put in place of another, rid of what lies beside them."""

import errno
import os
import time
from contextlib import suppress
from pathlib import Path

# What may lie beside an office file while it is written, or after a crash: the ring of keys, the one that is to take
# its place, and what follows from that; what a file was before it was locked; SQLite's logs; who has the file.
KEYS, NEXT_KEYS, PLAN, PLAIN = "-keys", "-keys.next", "-keys.plan", "-plain"
_LOGS = ("-journal", "-wal")
_ELSE = ("-shm", "-keys.part", "-keys.plan.part")
LOCK = "-lock"
_HOLDER = (LOCK, f"{LOCK}-journal")
_NO_FOLDERS = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES})  # a share that cannot flush them
_WAITS = (0.05, 0.1, 0.2, 0.4, 0.8)  # seconds for a scanner to let go of a file that was just written


def real(path: Path) -> Path:
    """The file itself where the path is only a link to it: what lies beside it does not lie beside the link."""
    return path.resolve() if path.is_symlink() else path


def left_open(path: Path) -> bool:
    """Whether SQLite has a log of the file: it is being written, or a program that wrote it was cut off."""
    return any(path.with_name(path.name + end).exists() for end in _LOGS)


def clear_beside(path: Path) -> None:
    """Take away what belongs to a file that is there no more: another one by that name must not be mixed up with it."""
    _take_away(path, (KEYS, NEXT_KEYS, PLAN, PLAIN, *_LOGS, *_ELSE))


def discard(path: Path) -> None:
    """Take away a file that was never finished, here or by a program that was cut off, and all that lies beside it."""
    _take_away(path, ("", *_HOLDER))
    clear_beside(path)


def _take_away(path: Path, ends: tuple[str, ...]) -> None:
    for end in ends:
        with suppress(OSError):  # a scanner may hold it
            path.with_name(path.name + end).unlink(missing_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """Write a small file, durably and all at once; whatever was there before stays until then."""
    part = path.with_name(path.name + ".part")
    write_durably(part, content)
    put_in_place(part, path)


def write_durably(path: Path, content: bytes) -> None:
    """Write a small file that nobody counts on yet; nothing is left of it when that fails."""
    try:
        path.write_bytes(content)
        flush(path)
    except BaseException:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise


def put_in_place(part: Path, target: Path) -> None:
    """Give a finished file its name, durably; what had the name before is replaced in one step."""
    for wait in _WAITS:
        try:
            part.replace(target)
            break
        except PermissionError:
            if os.name == "posix":
                raise
            time.sleep(wait)
    else:
        part.replace(target)
    flush_folder(target.parent)


def flush(file: Path) -> None:
    """Make the content durable before the name promises it."""
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())


def flush_folder(folder: Path) -> None:
    """Make a new name in a folder durable, where the system lets a folder be flushed."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as problem:
        if problem.errno not in _NO_FOLDERS:
            raise
    finally:
        os.close(handle)
