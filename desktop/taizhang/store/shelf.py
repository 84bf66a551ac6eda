"""Where the backups of an office file lie, what they are called, and which of them are kept."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

NAME = "%Y-%m-%d %H%M%S"
SUFFIX = ".tz"
_ALWAYS = 5  # the latest stay whatever the clock says: one that once ran years ahead must not empty the folder


def folder_of(path: Path) -> Path:
    """Where the backups of an office file lie: a folder beside it."""
    return path.with_name(f"{path.stem} 备份")


def list_backups(path: Path) -> list[tuple[datetime, Path]]:
    """The backups of an office file, latest first."""
    found = []
    for file in folder_of(path).glob(f"*{SUFFIX}"):
        try:
            found.append((datetime.strptime(file.stem, NAME), file))  # noqa: DTZ007 - local wall time, as in the name
        except ValueError:
            continue  # some other file that a person put there
    return sorted(found, reverse=True)


def thinned(times: Iterable[datetime], now: datetime) -> list[datetime]:
    """Which backups to keep, latest first.

    All of two days, one a day for two weeks, one a week for ten, then one a month; and the latest five in any case.
    """
    in_order = sorted(times)
    kept: dict[object, datetime] = {}
    for when in in_order:
        age = now - when
        if age <= timedelta(days=2):
            slot: object = when
        elif age <= timedelta(days=14):
            slot = ("day", when.date())
        elif age <= timedelta(days=70):
            slot = ("week", *when.isocalendar()[:2])
        else:
            slot = ("month", when.year, when.month)
        kept[slot] = when  # the latest of its slot
    return sorted({*kept.values(), *in_order[-_ALWAYS:]}, reverse=True)
