"""Puts a finished file in its place: whole or not at all."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from taizhang.core.errors import Refused


def save_whole(
    path: Path, write: Callable[[Path], object], *, alike: bool = True, allow: Callable[[], object] | None = None
) -> None:
    """Have `write` fill a file beside `path`, then move it there.

    `allow` is called in between, when nothing stands against the file any more: what it raises keeps it from leaving.

    Raises `Refused` when the place cannot be written, or when a file of another kind stands there: a slip in a name
    must not cost an office its records. `alike` False: files of this kind do not all begin alike, as plain text does.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        write(part)
        if alike and path.is_file() and _kind(path) not in {b"", _kind(part)}:
            raise Refused(f"“{path.name}”已经存在，而且是另一种文件，没有覆盖；请换一个文件名。")
        if allow is not None:
            allow()
        part.replace(path)
    except OSError as cause:
        said = f"写不进“{path.name}”，文件没有改动。请检查它是否正被别的程序打开、文件夹能否写入、磁盘是否已满。"
        raise Refused(said) from cause
    finally:
        with suppress(OSError):  # a disk that cannot be written has none either
            part.unlink(missing_ok=True)


def _kind(path: Path) -> bytes:
    """The mark that a file begins with: `%PDF`, `PK` of a workbook, `SQLite`; nothing of an empty file."""
    with path.open("rb") as file:
        return file.read(4)
