"""Puts a finished file in its place: whole or not at all."""

from collections.abc import Callable
from pathlib import Path

from taizhang.core.errors import Refused


def save_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Have `write` fill a file beside `path`, then move it there; `Refused` when the place cannot be written."""
    part = path.with_name(f".{path.name}.part")
    try:
        write(part)
        part.replace(path)
    except OSError as cause:
        said = f"写不进“{path.name}”，文件没有改动。请检查它是否正在 Excel 或 WPS 中打开、磁盘是否已满或只读。"
        raise Refused(said) from cause
    finally:
        part.unlink(missing_ok=True)
