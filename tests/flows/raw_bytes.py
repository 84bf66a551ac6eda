"""Reads the raw bytes of folders while a program works in them, and says where something can be read."""

import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Self

_PACKED = {b"PK\x03\x04": "a zip", b"%PDF": "a PDF", b"\x1f\x8b": "a gzip"}  # what they hold does not show in bytes
_PAUSE = 0.005  # seconds


class Watcher:
    """Looks into `folders` again and again, from the beginning of a `with` block to its end, and once more after it."""

    def __init__(self, marks: Mapping[bytes, str], *folders: Path) -> None:
        self._marks, self._folders = marks, folders
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.looks = 0
        self.seen: set[str] = set()  # names of files
        self.found: set[tuple[str, str]] = set()  # (name of a file, what could be read in it)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_problem: object) -> None:
        self._ended.set()
        self._thread.join()
        self.look()

    def look(self) -> None:
        """Read everything once; what goes away meanwhile was read as far as it was there."""
        for path in [path for folder in self._folders for path in folder.rglob("*")]:
            with suppress(OSError):
                if path.is_file():
                    self._read(path.name, path.read_bytes())
        self.looks += 1

    def _watch(self) -> None:
        while not self._ended.wait(_PAUSE):
            self.look()

    def _read(self, name: str, content: bytes) -> None:
        self.seen.add(name)
        if packed := _PACKED.get(content[:4]):
            self.found.add((name, packed))
        self.found |= {(name, text) for mark, text in self._marks.items() if mark in content}
