"""Locks an office file that is closed, takes the lock off again, or gives it another key: each as a new file.

The new file is written beside the old one, proven, and put in its place in one step; until then the old one is as it
was. Then the backups follow, and at the next opening if that was interrupted.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from taizhang.core.access import Access, Role, must
from taizhang.core.errors import Cancelled, Refused, StoreTrouble
from taizhang.core.progress import Progress, silent
from taizhang.store import followers, keyplace, rewriting
from taizhang.store.connection import is_cut_off, is_locked, is_plain
from taizhang.store.database import Database
from taizhang.store.driver import driver
from taizhang.store.files import discard, left_open, real
from taizhang.store.holder import Holder, InUse
from taizhang.store.keyring import Keyring
from taizhang.store.rewriting import Lock, Note
from taizhang.store.strays import forget_strays
from taizhang.store.trouble import SENTENCES, Damaged, Unwritable, of_disk


def lock_file(path: Path, ring: Keyring, access: Access, progress: Progress = silent) -> None:
    """Give an office file without a password the `ring`, whose first user is `access`; its backups get it, too.

    What was plain is overwritten. On a disk that writes elsewhere what it writes anew (SSD, USB stick) that is no
    promise: who examines such a disk may still find pages of it until they are used again.
    """
    path = real(path)
    if is_locked(path):
        raise Refused(f"“{path.name}”已经有密码，没有改动；要换密码请打开后在设置里更换。")
    with _alone(path, None, access.who), _catching_up(path, access, progress):
        followers.plan(path, ring, access, access, lock=True)
        rewriting.rewrite(path, None, Lock(ring, access), Note(access.who, "设置密码"), progress)
        forget_strays(path)


def unlock_file(path: Path, access: Access, progress: Progress = silent) -> None:
    """Take the password off an office file. The backups beside it keep theirs: they open with it, and only with it."""
    path = real(path)
    _must_be_locked(path, access)
    with _alone(path, access, access.who), _catching_up(path, access, progress):
        rewriting.rewrite(path, access.key, None, Note(access.who, "取消密码"), progress)


def rekey_file(path: Path, old: Access, ring: Keyring, access: Access, progress: Progress = silent) -> None:
    """Encrypt an office file anew: what was copied of it, or of its keys, opens nothing that is written from now on.

    The backups beside it keep the keys that they were written with, but open with the new ring only.
    """
    path = real(path)
    _must_be_locked(path, old)
    with _alone(path, old, old.who), _catching_up(path, access, progress):
        followers.plan(path, ring, access, old)
        rewriting.rewrite(path, old.key, Lock(ring, access), Note(old.who, "更换文件密钥和全部密码"), progress)


def catch_up(path: Path, access: Access | None, progress: Progress = silent) -> None:
    """Finish what a change of the keys has begun, for who holds the file; what cannot be done yet is tried again.

    Nothing is raised: the office itself is as it should be.
    """
    part = rewriting.part_of(path)
    if part.exists():
        discard(part)
    plan = followers.planned(path)
    rewriting.forget_old(path, shred=plan is not None)  # without a plan that came about, it may be the office itself
    if plan is None or access is None:
        followers.done(path)
        return
    left = followers.follow(path, plan)
    if plan.lock:
        left += _lock_backups(path, Lock(plan.ring, access), progress)
    if not left:
        followers.done(path)


def _must_be_locked(path: Path, access: Access) -> None:
    if path.is_file() and not is_locked(path):
        raise Refused(f"“{path.name}”没有密码，没有改动。")
    must(access.role, be=Role.ADMIN)


@contextmanager
def _catching_up(path: Path, access: Access, progress: Progress) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise of_disk(problem) from problem
    finally:
        catch_up(path, access, progress)


@contextmanager
def _alone(path: Path, access: Access | None, who: str) -> Iterator[None]:
    """Hold a file that nobody has open, at rest and whole, without what an earlier try left."""
    if not path.is_file():
        raise Refused(f"找不到台账文件“{path.name}”，没有改动；请检查它是否被移动或改名。")
    if not os.access(path, os.W_OK):
        raise Unwritable
    with _held(path, who):
        _settle(path, access)
        catch_up(path, access)
        yield


@contextmanager
def _held(path: Path, who: str) -> Iterator[None]:
    holder = Holder(path, who, datetime.now())  # noqa: DTZ005 - the wall clock, as whoever waits for it reads it
    try:
        yield
    finally:
        holder.release()


def _settle(path: Path, access: Access | None) -> None:
    """Fold in what a crash left, and see that this is a sound office that nobody reads."""
    if access is None and is_cut_off(path):
        raise Damaged(keyplace.CUT_OFF.format(path.name))
    database = Database(path, key=access.key if access else None)
    try:
        if not database.is_office():
            raise Refused(f"“{path.name}”不是台账文件，没有改动；请另选文件。")
        database.claim()
        if database.damage():
            raise Damaged
    finally:
        database.close()
    if left_open(path):
        raise InUse(path, "另一个程序")
    if keyplace.is_aside(path) and access is not None:
        raise StoreTrouble(SENTENCES[driver.SQLITE_FULL])


def _lock_backups(path: Path, lock: Lock, progress: Progress) -> list[Path]:
    """Lock the backups that are still plain; returns those that could not be locked yet."""
    left = []
    backups = followers.backups_of(path)
    for number, backup in enumerate(backups):
        with suppress(Cancelled):  # the office is locked: its backups must be, too
            progress(number, len(backups), "正在给备份加上密码")
        if not _lock_backup(backup, lock):
            left.append(backup)
    return left


def _lock_backup(backup: Path, lock: Lock) -> bool:
    """Whether there is nothing left to do; a damaged backup stays as it is, for whoever wants to save pieces of it."""
    try:
        with _held(backup, ""):
            discard(rewriting.part_of(backup))
            if is_plain(backup):
                _settle(backup, None)
                rewriting.rewrite(backup, None, lock, None, silent)
            rewriting.forget_old(backup, shred=is_locked(backup))
    except (Refused, Damaged):
        return True
    except (StoreTrouble, OSError):
        return False
    return True
