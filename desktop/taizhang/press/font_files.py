"""Finding typefaces on this computer by the names inside the files, TrueType outlines only."""

import os
import struct
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_SUFFIXES = frozenset({".ttf", ".ttc", ".otf"})
_FAMILY, _FULL, _POSTSCRIPT = 1, 4, 6
_MAC, _WINDOWS = 1, 3
_PRC_ENCODING = 3
_MOST_FONTS = 64  # more in one collection is no font file that anybody has


@dataclass(frozen=True, slots=True)
class FontFile:
    """One typeface on disk: the file, and which one of it where the file is a collection."""

    path: Path
    index: int = 0


def font_folders() -> tuple[Path, ...]:
    """Where this system keeps typefaces, the user's own last."""
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"))
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
        return windows / "Fonts", local / "Microsoft" / "Windows" / "Fonts"
    if sys.platform == "darwin":
        return Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts"
    return Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts"


def find_fonts(folders: Iterable[Path], wanted: Iterable[str]) -> dict[str, FontFile]:
    """The file of each wanted name (family, full or PostScript name) that is there, by `plain`; the first counts."""
    missing = {plain(name) for name in wanted}
    found: dict[str, FontFile] = {}
    for path in _files(folders):
        for index, names in enumerate(_names_in(path)):
            for name in names & missing:
                found[name] = FontFile(path, index)
            missing -= names
        if not missing:
            break
    return found


def plain(name: str) -> str:
    """A typeface's name without spaces, hyphens and case: as people write it in many ways."""
    return name.replace(" ", "").replace("-", "").replace("_", "").casefold()


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    """Every font file below the folders, in a fixed order."""
    for folder in folders:
        for here, inner, files in os.walk(folder):
            inner.sort()
            for name in sorted(files):
                if os.path.splitext(name)[1].lower() in _SUFFIXES:  # noqa: PTH122 - a thousand Path objects cost more than the reading
                    yield Path(here, name)


def _names_in(path: Path) -> list[set[str]]:
    """The plain names of each typeface in a file; empty where ReportLab could not embed it, or no font."""
    try:
        with path.open("rb") as file:
            return [_names_at(file, start) for start in _starts(file)]
    except (OSError, struct.error):
        return []


def _starts(file: BinaryIO) -> tuple[int, ...]:
    """Where in the file each typeface begins."""
    tag = file.read(4)
    if tag != b"ttcf":
        return (0,)
    (count,) = struct.unpack(">4xL", file.read(8))
    count = min(count, _MOST_FONTS)
    starts: tuple[int, ...] = struct.unpack(f">{count}L", file.read(4 * count))
    return starts


def _names_at(file: BinaryIO, start: int) -> set[str]:
    """The plain names of the typeface that begins at `start`."""
    file.seek(start)
    version, count = struct.unpack(">4sH6x", file.read(12))
    if version not in {b"\0\1\0\0", b"true"}:
        return set()
    tables = {}
    for _ in range(count):
        tag, offset, length = struct.unpack(">4s4xLL", file.read(16))
        tables[tag] = offset, length
    if b"glyf" not in tables or b"name" not in tables:
        return set()
    offset, length = tables[b"name"]
    file.seek(offset)
    return set(_read_names(file.read(min(length, 1 << 16))))


def _read_names(table: bytes) -> Iterator[str]:
    """Family, full and PostScript names out of a name table."""
    _, count, storage = struct.unpack_from(">HHH", table)
    for number in range(count):
        platform, encoding, _, kind, length, offset = struct.unpack_from(">6H", table, 6 + 12 * number)
        if kind in {_FAMILY, _FULL, _POSTSCRIPT}:
            raw = table[storage + offset : storage + offset + length]
            if platform == _MAC:
                codec = "gb18030"
            else:
                codec = "gb18030" if (platform, encoding) == (_WINDOWS, _PRC_ENCODING) else "utf-16-be"
            yield plain(raw.decode(codec, "ignore"))
