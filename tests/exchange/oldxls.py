"""Writes small .xls files (BIFF8 in a compound file), which no library of ours can."""

import struct
from collections.abc import Sequence
from pathlib import Path

_SECTOR, _END, _FREE, _FAT = 512, 0xFFFF_FFFE, 0xFFFF_FFFF, 0xFFFF_FFFD


def write_xls(
    path: Path, rows: Sequence[Sequence[str | float]], *, locked: bool = False, stream: str = "Workbook"
) -> Path:
    """One sheet with texts and numbers; `locked` as if a password were set."""
    cells = [(row, column, cell) for row, line in enumerate(rows) for column, cell in enumerate(line) if cell != ""]
    path.write_bytes(compound({stream: book(cells, locked=locked)}))
    return path


def book(cells: Sequence[tuple[int, int, str | float]], *, locked: bool = False) -> bytes:
    """The records of a workbook with one sheet."""
    name = "名册".encode("utf-16-le")
    head = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    if locked:
        head += _record(0x002F, bytes(54))
    bound_length = 4 + 8 + len(name)
    at = len(head) + bound_length + 4
    head += _record(0x0085, struct.pack("<IHBB", at, 0, 2, 1) + name) + _record(0x000A, b"")
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for row, column, cell in cells:
        if isinstance(cell, str):
            text = struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le")
            sheet += _record(0x0204, struct.pack("<HHH", row, column, 0) + text)
        else:
            sheet += _record(0x0203, struct.pack("<HHHd", row, column, 0, cell))
    return head + sheet + _record(0x000A, b"")


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file with these streams, each long enough to need no mini stream."""
    contents = {
        name: data.ljust(max(4096, -(-len(data) // _SECTOR) * _SECTOR), b"\0") for name, data in streams.items()
    }
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    fat: list[int] = [_FAT, _END]
    body = b""
    for number, (name, data) in enumerate(contents.items(), 1):
        start, count = len(fat), len(data) // _SECTOR
        fat += [*range(start + 1, start + count), _END]
        entries.append(_entry(name, 2, start, len(data), right=number + 1 if number < len(contents) else _FREE))
        body += data
    directory = b"".join(entries).ljust(_SECTOR, b"\0")
    if len(fat) > _SECTOR // 4 or len(directory) > _SECTOR:
        raise ValueError("too much for one sector of numbers")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<109I", 0, *[_FREE] * 108)
    numbers = struct.pack(f"<{_SECTOR // 4}I", *fat, *[_FREE] * (_SECTOR // 4 - len(fat)))
    return header + numbers + directory + body


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _entry(name: str, kind: int, start: int, size: int, *, child: int = _FREE, right: int = _FREE) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    entry = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    return entry + struct.pack("<III", _FREE, right, child) + bytes(36) + struct.pack("<IQ", start, size)
