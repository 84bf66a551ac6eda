"""Where the ring of keys of a locked office lies: behind the last page of the file, or beside it while it is written.

SQLite never looks behind its last page, but writes there when the file grows. So the ring is put aside, durably,
before the first change, and put back when the file is closed: a file at rest is one file. After a crash both may be
there; the one with the highest generation counts.
"""

import os
import zlib
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from taizhang.store.keyring import Keyring
from taizhang.store.trouble import Damaged

PAGE = 4096  # bytes, as SQLCipher has it
CUT_OFF = (
    "“{}”已损坏：末尾缺了一段（可能没有复制完，或 U 盘拔早了），没有打开；"
    "请重新复制，或从备份恢复（恢复时会写成新文件）。"
)
_HEAD = 16  # bytes: the salt of a locked file
_FOOT_MARK = b"TZKEYS01"
_FOOT = len(_FOOT_MARK) + 8 + 4 + 4  # mark, where the ring begins, its length, its checksum
_MOST = 64 * PAGE  # a ring of two hundred users is smaller
_SIDECAR = "-keys"


class _Found(NamedTuple):
    """A ring behind a file, and the place where the pages of the database end."""

    ring: Keyring
    base: int


def read(path: Path) -> Keyring:
    """The ring of a locked office; `Damaged` when it is lost with the end of the file."""
    head = _head(path)
    there = [found.ring for found in (_behind(path), _beside(path)) if found and found.ring.file == head]
    if not there:
        raise Damaged(CUT_OFF.format(path.name))
    return max(there, key=lambda ring: ring.generation)


def put_aside(path: Path, ring: Keyring | None = None) -> None:
    """Keep the ring beside the file from now on: the one given, or the one there is."""
    beside = _beside(path)
    if ring is None and beside is not None and _head(path) in {b"", beside.ring.file}:
        return
    _write_whole(_sidecar(path), _encoded(ring or read(path), 0))


def is_aside(path: Path) -> bool:
    """Whether the ring lies beside the file now."""
    return _sidecar(path).exists()


def put_back(path: Path, end: int) -> None:
    """Put the ring that lies beside the file behind its last page, which ends at byte `end`."""
    if (beside := _beside(path)) is not None:
        append(path, beside.ring, end)
        _sidecar(path).unlink(missing_ok=True)


def append(path: Path, ring: Keyring, end: int | None = None) -> None:
    """Write the ring behind the last page, durably; without `end`, the file ends with its last page."""
    with path.open("rb+") as file:
        file.seek(0, os.SEEK_END)
        end = file.tell() if end is None else end
        file.seek(end)
        file.write(_encoded(ring, end))
        file.truncate()
        file.flush()
        os.fsync(file.fileno())


def replace(path: Path, ring: Keyring) -> None:
    """Put another ring behind a file at rest; whenever this is interrupted, one of the two is whole."""
    found = _behind(path)
    base = found.base if found else path.stat().st_size
    if found:  # first behind the old one, then over it: what the old one let in must not be found any more
        size = path.stat().st_size
        with path.open("rb+") as file:
            file.seek(size)
            file.write(_encoded(ring, base))
            file.flush()
            os.fsync(file.fileno())
    append(path, ring, base)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError:
        return b""


def _behind(path: Path) -> _Found | None:
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _MOST))
            tail = file.read()
    except OSError:
        return None
    return _last(tail)


def _beside(path: Path) -> _Found | None:
    try:
        return _last(_sidecar(path).read_bytes())
    except OSError:
        return None


def _last(tail: bytes) -> _Found | None:
    """The last ring in these bytes that is whole."""
    at = len(tail)
    while (at := tail.rfind(_FOOT_MARK, 0, at)) >= 0:
        base, length, checksum = (
            int.from_bytes(tail[at + start : at + end]) for start, end in ((8, 16), (16, 20), (20, 24))
        )
        begin = at + _FOOT - _padded(length)
        content = tail[begin : begin + length]
        if begin >= 0 and zlib.crc32(content) == checksum:
            with suppress(msgspec.DecodeError, msgspec.ValidationError):
                return _Found(msgspec.json.decode(content, type=Keyring), base)
    return None


def _encoded(ring: Keyring, base: int) -> bytes:
    """Whole pages: the ring, zeros, and where it begins."""
    content = msgspec.json.encode(ring)
    numbers = base.to_bytes(8) + len(content).to_bytes(4) + zlib.crc32(content).to_bytes(4)
    return content.ljust(_padded(len(content)) - _FOOT, b"\0") + _FOOT_MARK + numbers


def _padded(length: int) -> int:
    return -(-(length + _FOOT) // PAGE) * PAGE


def _sidecar(path: Path) -> Path:
    return path.with_name(path.name + _SIDECAR)


def _write_whole(path: Path, content: bytes) -> None:
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make a new name in a folder durable, where the system lets a folder be flushed."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
