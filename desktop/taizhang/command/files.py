"""Files that a command writes: whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from taizhang.core.errors import Refused


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A path beside `target` to write to; becomes `target` when all went well; an older file stays till then."""
    if not target.parent.is_dir():
        raise Refused(f"文件夹“{target.parent.name}”不存在，没有写出文件；请先建好文件夹，或换一个位置。")
    if target.is_dir():
        raise Refused(f"“{target.name}”是文件夹，没有写出文件；请写上文件名。")
    part = target.with_name(f"{target.stem}.part{target.suffix}")
    try:
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
