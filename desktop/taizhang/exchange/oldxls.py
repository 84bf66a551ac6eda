"""Looks into an .xls file (a compound file that holds BIFF records) without reading it: locked, broken, how large.

The fast reader lays each sheet out as a full rectangle and trusts the file, so its bounds are measured here first.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from taizhang.exchange.extent import Extent

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR = 0xFFFF_FFFA  # from here on a sector number is a mark
_BOF, _FILEPASS, _MULRK = 0x0809, 0x002F, 0x00BD
# Records that put a value into a cell, each beginning with row and column.
_CELLS = frozenset({0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E})


@dataclass(slots=True)
class Look:
    """What a glance at an .xls file tells."""

    locked: bool = False
    broken: bool = False
    macros: bool = False
    extents: list[Extent] = field(default_factory=list)


def look(data: bytes) -> Look:
    """Glance at a compound file; `broken` where it does not hold together."""
    try:
        file = _Compound(data)
        if "encryptedpackage" in file.streams:
            return Look(locked=True)
        book = file.read("workbook") or file.read("book")
        return _scan(book, Look(broken=not book, macros="_vba_project_cur" in file.streams))
    except (struct.error, IndexError, OverflowError, ValueError):
        return Look(broken=True)


def _scan(book: bytes, seen: Look) -> Look:
    for kind, at, length in _records(book):
        if kind == _FILEPASS:
            seen.locked = True
            break
        if kind == _BOF:
            seen.extents.append(Extent())
        elif kind in _CELLS and length >= 6 and seen.extents:
            row, column = struct.unpack_from("<HH", book, at)
            if kind == _MULRK:
                column = max(column, struct.unpack_from("<H", book, at + length - 2)[0])
            extent = seen.extents[-1]
            extent.rows, extent.columns = max(extent.rows, row + 1), max(extent.columns, column + 1)
    return seen


def _records(book: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, position and length of each record's content."""
    at, end = 0, len(book)
    while at + 4 <= end:
        kind, length = struct.unpack_from("<HH", book, at)
        at += 4
        if at + length > end:
            raise ValueError("a record reaches beyond the end")
        yield kind, at, length
        at += length


class _Compound:
    """The streams of a compound file (the container of old Office files), by lower-case name."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if not 7 <= shift <= 16 or mini_shift > shift:
            raise ValueError("no such sector size")
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        first_directory, self._cutoff = struct.unpack_from("<I4xI", data, 48)
        self._fat = self._sector_numbers()
        mini_fat, directory = self._chain(struct.unpack_from("<I", data, 60)[0]), self._chain(first_directory)
        self._mini_fat = struct.unpack(f"<{len(mini_fat) // 4}I", mini_fat)
        self.streams: dict[str, tuple[int, int]] = {}
        self._mini = b""
        for at in range(0, len(directory) - 127, 128):
            self._enter(directory[at : at + 128])

    def _enter(self, entry: bytes) -> None:
        length, kind = struct.unpack_from("<HB", entry, 64)
        start, size = struct.unpack_from("<II", entry, 116)
        if kind == 5:
            self._mini = self._chain(start)[:size]
        elif kind in (1, 2):
            name = entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace").lower()
            self.streams[name] = (start, size)

    def read(self, name: str) -> bytes:
        """The content of a stream; nothing when there is none, `ValueError` when it is torn."""
        if name not in self.streams:
            return b""
        start, size = self.streams[name]
        content = self._chain(start) if size >= self._cutoff else self._mini_chain(start)
        if len(content) < size:
            raise ValueError("a stream ends early")
        return content[:size]

    def _sector_numbers(self) -> tuple[int, ...]:
        """Which sector follows which, gathered from the sectors that the header and its continuations list."""
        data, each = self._data, self._size // 4
        listed = list(struct.unpack_from("<109I", data, 76))
        following, count = struct.unpack_from("<II", data, 68)
        for _ in range(min(count, len(data) // self._size)):
            if following >= _LAST_SECTOR:
                break
            *more, following = struct.unpack_from(f"<{each}I", data, (following + 1) * self._size)
            listed += more
        sectors = [number for number in listed if number < _LAST_SECTOR]
        if len(sectors) > len(data) // self._size:
            raise ValueError("more sectors listed than there are")
        return tuple(
            number for sector in sectors for number in struct.unpack_from(f"<{each}I", data, (sector + 1) * self._size)
        )

    def _chain(self, sector: int) -> bytes:
        """The sectors that follow each other from `sector` on; a ring is an error."""
        pieces: list[bytes] = []
        while sector < _LAST_SECTOR:
            at = (sector + 1) * self._size
            if at >= len(self._data) or len(pieces) > len(self._fat):
                raise ValueError("a chain leaves the file")
            pieces.append(self._data[at : at + self._size])
            sector = self._fat[sector]
        return b"".join(pieces)

    def _mini_chain(self, sector: int) -> bytes:
        pieces: list[bytes] = []
        while sector < _LAST_SECTOR:
            if len(pieces) > len(self._mini_fat):
                raise ValueError("a chain is a ring")
            pieces.append(self._mini[sector * self._mini_size : (sector + 1) * self._mini_size])
            sector = self._mini_fat[sector]
        return b"".join(pieces)
