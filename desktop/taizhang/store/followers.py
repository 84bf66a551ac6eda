"""The backups beside a locked office follow its keys: they open with today's passwords, and with no others.

What is to follow is written down before the office changes, and taken up again at the next opening when a program was
cut off half-way, or a backup could not be written. The rings written down are sealed, as those in the files are.
"""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

from taizhang.core.access import Access
from taizhang.core.errors import StoreTrouble
from taizhang.store import keyplace, keyring
from taizhang.store.connection import is_locked
from taizhang.store.files import PLAN, write_whole
from taizhang.store.holder import Holder
from taizhang.store.keyring import Keyring
from taizhang.store.shelf import SUFFIX, folder_of
from taizhang.store.trouble import Damaged


class Plan(msgspec.Struct, frozen=True):
    """What follows once the office has this ring; `before` is what still had to follow when it had not."""

    ring: Keyring
    backups: dict[str, Keyring]  # by the name of the file
    lock: bool = False  # backups without a password get one, too
    before: "Plan | None" = None


def backups_of(path: Path) -> list[Path]:
    """Every office file in the folder of backups: the usual ones, and those that were made before an upgrade."""
    return sorted(folder_of(path).glob(f"*{SUFFIX}"))


def plan(path: Path, ring: Keyring, access: Access, entered: Access, *, lock: bool = False) -> Plan:
    """Write down what follows when the office gets the `ring` of `access`; `entered` opens the backups now."""
    before = planned(path)
    if before:
        before = msgspec.structs.replace(before, before=None)
    waiting = before.backups if before else {}
    rings = {}
    for backup in backups_of(path):
        with suppress(Damaged):  # opens for nobody
            if is_locked(backup):
                theirs = waiting.get(backup.name) or keyplace.read(backup)
                if (key := keyring.data_key(theirs, entered)) is not None:
                    rings[backup.name] = keyring.fitted(ring, access, theirs, key)
    made = Plan(ring, rings, lock or (before is not None and before.lock), before)
    write_whole(_file(path), msgspec.json.encode(made))
    return made


def planned(path: Path) -> Plan | None:
    """What is still to follow; of a change that did not come about, what was to follow before it."""
    try:
        found = msgspec.json.decode(_file(path).read_bytes(), type=Plan)
    except (OSError, msgspec.DecodeError, msgspec.ValidationError):
        return None
    with suppress(Damaged):
        ring = keyplace.read(path) if is_locked(path) else None
        return next((one for one in (found, found.before) if one and one.ring == ring), None)
    return None


def follow(path: Path, plan: Plan) -> list[Path]:
    """Give the backups their rings; returns those that could not have them yet."""
    rings = plan.backups
    return [backup for backup in backups_of(path) if backup.name in rings and not _given(backup, rings[backup.name])]


def done(path: Path) -> None:
    """Nothing is to follow any more."""
    for end in (PLAN, f"{PLAN}.part"):
        with suppress(OSError):
            path.with_name(path.name + end).unlink(missing_ok=True)


def _given(backup: Path, ring: Keyring) -> bool:
    try:
        holder = Holder(backup, "", datetime.now())  # noqa: DTZ005 - the wall clock, as whoever waits for it reads it
    except StoreTrouble:
        return False
    try:
        if keyplace.read(backup) != ring:
            keyplace.replace(backup, ring)
    except OSError:
        return False
    except Damaged:
        return True  # it opens for nobody
    finally:
        holder.release()
    return True


def _file(path: Path) -> Path:
    return path.with_name(path.name + PLAN)
