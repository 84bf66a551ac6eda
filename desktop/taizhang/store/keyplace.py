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

from taizhang.store.files import KEYS, NEXT_KEYS, left_open, put_in_place, real, write_durably, write_whole
from taizhang.store.keyring import Keyring
from taizhang.store.peek import look
from taizhang.store.trouble import Damaged

PAGE = 4096  # bytes, as SQLCipher has it
_HELP = "没有打开；请重新复制，或从备份恢复（恢复时会写成新文件）。"
CUT_OFF = "“{}”已损坏：末尾缺了一段（可能没有复制完、U 盘拔早了，或复制时台账还开着），" + _HELP
TORN = "“{}”已损坏：里面有字节和写入时不一样，密码无从核对，" + _HELP
_HEAD = 16  # bytes: the salt of a locked file
_FOOT_MARK = b"TZKEYS01"
_FOOT = len(_FOOT_MARK) + 8 + 4 + 4  # mark, where the pages of the database end, length of the ring, checksum
_MOST = 64 * PAGE  # twice a ring of two hundred users


class _Found(NamedTuple):
    """A ring, and the place where the pages of the database end."""

    ring: Keyring
    base: int


def read(path: Path) -> Keyring:
    """The ring of a locked office; `Damaged` when it is lost with the end of the file, or no longer what it was."""
    path = real(path)
    head = _head(path)
    looks = (_beside(path), _behind(path), _beside(path))  # twice beside: a program may put it aside while we look
    there = [found.ring for found in looks if found and head in {b"", found.ring.file}]
    if not there:
        torn = _behind(path) or _tail(path)[-_FOOT:].startswith(_FOOT_MARK)
        raise Damaged((TORN if torn else CUT_OFF).format(path.name))
    return max(there, key=lambda ring: ring.generation)


def put_aside(path: Path, ring: Keyring | None = None) -> None:
    """Keep the ring beside the file from now on: the one given, or the one there is."""
    ring = ring or read(path)
    beside = _beside(path)
    if beside is None or beside.ring != ring:
        write_whole(_sidecar(path), _encoded(ring, 0))


def prepare(path: Path, ring: Keyring) -> None:
    """Write the ring that `commit` puts in the place of the one beside the file, or `tidy` takes away."""
    write_durably(path.with_name(path.name + NEXT_KEYS), _encoded(ring, 0))


def commit(path: Path) -> None:
    """The ring that was prepared counts from now on."""
    put_in_place(path.with_name(path.name + NEXT_KEYS), _sidecar(path))


def is_aside(path: Path) -> bool:
    """Whether a ring lies beside the file now; a crash may have left there what belongs to another file."""
    return _sidecar(path).exists()


def put_back(path: Path, ring: Keyring, base: int) -> None:
    """Put the ring behind the last page of a file at rest, which ends at byte `base`; nothing stays beside it."""
    if _behind(path) != (ring, base):
        put_aside(path, ring)  # where it must be until it is whole here; somebody may have tidied it away
        append(path, ring, base)
    _sidecar(path).unlink(missing_ok=True)


def tidy(path: Path) -> None:
    """Take away a ring that was prepared and does not come to count; also where a program was cut off."""
    for end in (f"{KEYS}.part", NEXT_KEYS):
        with suppress(OSError):
            path.with_name(path.name + end).unlink(missing_ok=True)


def append(path: Path, ring: Keyring, base: int | None = None) -> None:
    """Write the ring behind the last page, durably; without `base`, the file ends with its last page."""
    base = path.stat().st_size if base is None else base
    _write_at(path, base, _encoded(ring, base))


def replace(path: Path, ring: Keyring) -> None:
    """Give a file that nobody has open another ring; whenever this is interrupted, one of the two is whole."""
    there = _behind(path)
    if there is None or left_open(path) or is_aside(path):  # cut off while it was written: the ring counts from beside
        put_aside(path, ring)
        return
    content = _encoded(ring, there.base)
    # First behind the old one, out of reach of what follows; then over it: what that let in must not be found any more.
    _write_at(path, max(path.stat().st_size, there.base + len(content)), content)
    _write_at(path, there.base, content)


def _head(path: Path) -> bytes:
    with suppress(OSError):
        return look(path, _HEAD)
    return b""


def _tail(path: Path) -> bytes:
    with suppress(OSError):
        return look(path, _MOST, -_MOST)
    return b""


def _behind(path: Path) -> _Found | None:
    found = _last(_tail(path))
    return found if found and found.base <= path.stat().st_size else None


def _beside(path: Path) -> _Found | None:
    with suppress(OSError):
        return _last(_sidecar(path).read_bytes())
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
        if begin >= 0 and zlib.crc32(content + tail[at : at + 20]) == checksum:
            with suppress(msgspec.DecodeError, msgspec.ValidationError):
                return _Found(msgspec.json.decode(content, type=Keyring), base)
    return None


def _encoded(ring: Keyring, base: int) -> bytes:
    """Whole pages: the ring, zeros, and what is needed to find it from the end."""
    content = msgspec.json.encode(ring)
    foot = _FOOT_MARK + base.to_bytes(8) + len(content).to_bytes(4)
    return content.ljust(_padded(len(content)) - _FOOT, b"\0") + foot + zlib.crc32(content + foot).to_bytes(4)


def _padded(length: int) -> int:
    return -(-(length + _FOOT) // PAGE) * PAGE


def _sidecar(path: Path) -> Path:
    return path.with_name(path.name + KEYS)


def _write_at(path: Path, start: int, content: bytes) -> None:
    """Make the file end with `content`, durably: the bytes first, then the length, which cuts off what was before."""
    with path.open("rb+") as file:
        file.seek(start)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
        file.truncate()
        os.fsync(file.fileno())
