"""The office files opened last on this computer, newest first; window and command line share the list."""

from contextlib import suppress
from pathlib import Path

import msgspec

from taizhang import places

_MOST = 8


def recent() -> list[str]:
    """The paths; empty when there are none or the list cannot be read."""
    try:
        return msgspec.json.decode(_file().read_bytes(), type=list[str])
    except (OSError, msgspec.MsgspecError):
        return []


def last() -> Path | None:
    """The office file that was opened last, whether or not it is still there."""
    return next(map(Path, recent()), None)


def opened(path: Path) -> None:
    """Put an office file first."""
    text = str(path.absolute())
    _keep([text, *(other for other in recent() if other != text)][:_MOST])


def forget(path: Path) -> None:
    """Take a file off the list; the file itself stays."""
    _keep([other for other in recent() if other != str(path.absolute())])


def _keep(paths: list[str]) -> None:
    """Write the list; an old one stays whole until the new one is. No list is better than no work."""
    if paths == recent():
        return
    with suppress(OSError):
        fresh = _file().with_suffix(".new")
        fresh.write_bytes(msgspec.json.encode(paths))
        fresh.replace(_file())


def _file() -> Path:
    return places.user_data() / "recent.json"
