"""Lines of the log that a file opened for reading could not take: they wait until it is opened for writing.

Each is a small file of its own in the user's folder: several programs may add some while another takes them in.
"""

from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import msgspec

from taizhang import places
from taizhang.core.errors import Refused


class Line(msgspec.Struct, frozen=True):
    """One line of the log, as its table holds it."""

    at: str
    who: str
    kind: str
    what: str
    profile: str | None
    count: int | None


def owe(office: str, line: Line) -> None:
    """Keep a line for the office of this id; `Refused` when even that cannot be."""
    try:
        target = _file(office, uuid4().hex)
        part = target.with_suffix(".part")
        part.write_bytes(msgspec.json.encode(line))
        part.replace(target)
    except OSError as problem:
        raise Refused("这一步不能留下记录，没有执行；请检查磁盘是否已满，再试一次。") from problem


def owed(office: str) -> dict[str, Line]:
    """What waits for this office, by the id of each line; what cannot be read is left where it is."""
    found = {}
    with suppress(OSError):
        for file in places.user_data().glob(_file(office, "*").name):
            with suppress(OSError, msgspec.DecodeError):
                found[file.stem.rpartition("-")[2]] = msgspec.json.decode(file.read_bytes(), type=Line)
    return dict(sorted(found.items(), key=lambda pair: pair[1].at))


def settle(office: str, lines: list[str]) -> None:
    """Let go of lines that the office has taken in."""
    for line in lines:
        with suppress(OSError):  # taken in once more it is not: the office knows its id
            _file(office, line).unlink(missing_ok=True)


def _file(office: str, line: str) -> Path:
    return places.user_data() / f"log-{office}-{line}.json"
