"""The office files opened last on this computer, newest first, and who opened them; for window and command line."""

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
    _keep_users({other: who for other, who in _users().items() if other != str(path.absolute())})


def last_user(path: Path) -> str:
    """Who came into an office with a password last; an empty text when nobody did."""
    return _users().get(str(path.absolute()), "")


def entered(path: Path, who: str) -> None:
    """Remember who came in, for the next time."""
    _keep_users({**_users(), str(path.absolute()): who})


def _keep(paths: list[str]) -> None:
    if paths != recent():
        _write(_file(), paths)


def _users() -> dict[str, str]:
    try:
        found = json.loads(_users_file().read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and all(isinstance(who, str) for who in found.values()) else {}


def _keep_users(users: dict[str, str]) -> None:
    if users != _users():
        _write(_users_file(), users)


def _write(file: Path, kept: object) -> None:
    """Write a list; an old one stays whole until the new one is. No list is better than no work."""
    with suppress(OSError):
        fresh = file.with_suffix(".new")
        fresh.write_bytes(json.dumps(kept, ensure_ascii=False).encode())
        fresh.replace(file)


def _file() -> Path:
    return places.user_data() / "recent.json"


def _users_file() -> Path:
    return places.user_data() / "users.json"
