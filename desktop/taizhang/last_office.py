"""The office files opened last on this computer, newest first; window and command line share the list."""

import json  # not msgspec, which takes five times as long to load: the list is read before the window is there
from contextlib import suppress
from pathlib import Path

from taizhang import places

_MOST = 8


def recent() -> list[str]:
    """The paths; empty when there are none or the list cannot be read."""
    try:
        found = json.loads(_file().read_bytes())
    except (OSError, ValueError):
        return []
    return found if isinstance(found, list) and all(isinstance(path, str) for path in found) else []


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
        fresh.write_bytes(json.dumps(paths, ensure_ascii=False).encode())
        fresh.replace(_file())


def _file() -> Path:
    return places.user_data() / "recent.json"
