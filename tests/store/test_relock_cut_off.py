"""A lock that is cut off on its way, or that a backup cannot get yet: finished at the next opening, or never begun."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from taizhang.store import followers, keyring, relock, rewriting
from taizhang.store.connection import is_locked
from taizhang.store.holder import Holder
from taizhang.store.opening import enter
from tests.store.locked import ADMIN, OTHER_WORD, WORD, opened
from tests.store.relocking import MARK, at_rest, backups, put_lock, rows_of


class _PowerCut(BaseException):
    """Whatever the program does then, the disk does not see it."""


def _cut(monkeypatch: pytest.MonkeyPatch, what: object, name: str, skip: int) -> None:
    """From now on the `skip`-th call of a step, and everything after it, does not happen."""
    real = getattr(what, name)
    calls: list[object] = []

    def step(*args: Any, **more: Any) -> object:
        calls.append(args)
        if len(calls) > skip:
            raise _PowerCut
        return real(*args, **more)

    monkeypatch.setattr(what, name, step)


STEPS: list[tuple[object, str, int, bool]] = [
    (rewriting, "_export", 0, False),
    (rewriting, "_prove", 0, False),
    (rewriting, "put_in_place", 0, False),
    (rewriting, "_overwrite", 0, True),
    (followers, "follow", 0, True),
    (rewriting, "put_in_place", 1, True),
    (rewriting, "put_in_place", 2, True),
    (rewriting, "_overwrite", 1, True),
    (followers, "done", 1, True),
]


@pytest.mark.parametrize(("what", "name", "skip", "locked_then"), STEPS)
def test_a_lock_that_is_cut_off_is_finished_or_never_was(
    plain: Path, monkeypatch: pytest.MonkeyPatch, what: object, name: str, skip: int, locked_then: bool
) -> None:
    before = rows_of(plain)
    ring, access, _code = keyring.create(ADMIN, WORD)
    with monkeypatch.context() as patched:
        _cut(patched, what, name, skip)
        patched.setattr(relock, "discard", lambda _path: None)
        patched.setattr(rewriting, "discard", lambda _path: None)
        patched.setattr(Holder, "release", lambda self: self._raw.close())
        if not locked_then:
            patched.setattr(relock, "catch_up", _only_before(relock.catch_up))
        with pytest.raises(_PowerCut):
            relock.lock_file(plain, ring, access)
    assert is_locked(plain) is locked_then
    store = opened(plain, WORD if locked_then else None)
    assert store.check() == []
    store.close(with_backup=False)
    assert rows_of(plain, WORD if locked_then else None) == before
    assert [is_locked(backup) for backup in backups(plain)] == [locked_then] * 3
    assert not locked_then or all(MARK not in backup.read_bytes() for backup in backups(plain))
    at_rest(plain)


def _only_before(catch_up: Callable[..., None]) -> Callable[..., None]:
    """The tidying at the beginning happens; the one at the end does not any more."""
    calls = []

    def step(*args: Any) -> None:
        calls.append(args)
        if len(calls) == 1:
            catch_up(*args)

    return step


def test_a_plain_office_is_never_overwritten_by_what_an_interrupted_lock_left(plain: Path) -> None:
    """The second name was made, and then the power failed: it is the office itself."""
    before = plain.read_bytes()
    ring, access, _code = keyring.create(ADMIN, WORD)
    for lock in (True, False):
        os.link(plain, plain.with_name("trial.tz-plain"))
        followers.plan(plain, ring, access, access, lock=lock)
        opened(plain).close()
        assert plain.read_bytes() == before
        at_rest(plain)


def test_a_backup_that_cannot_be_locked_yet_is_locked_at_the_next_opening(
    plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = backups(plain)[0]
    holder = Holder(first, "张三", datetime(2026, 11, 21, 9))  # noqa: DTZ001 - a wall clock
    put_lock(plain)
    assert [is_locked(backup) for backup in backups(plain)] == [False, True, True]
    store = opened(plain, WORD)
    store.keys.set_password(ADMIN, OTHER_WORD)  # what waits is not forgotten for it
    store.close(with_backup=False)
    assert not is_locked(first)
    holder.release()
    monkeypatch.undo()
    opened(plain, OTHER_WORD).close()
    assert is_locked(first)
    for backup in backups(plain):
        assert enter(backup, OTHER_WORD).who == ADMIN
        assert MARK not in backup.read_bytes()
    at_rest(plain)


def test_a_backup_that_is_damaged_stays_for_whoever_wants_to_save_pieces_of_it(plain: Path) -> None:
    torn, other = backups(plain)[0], backups(plain)[1].with_name("2026-11-10 080000.tz")
    torn.write_bytes(torn.read_bytes()[:-4096])
    other.write_text("这不是备份", encoding="utf-8")
    before = torn.read_bytes(), other.read_bytes()
    put_lock(plain)
    assert (torn.read_bytes(), other.read_bytes()) == before
    assert [is_locked(backup) for backup in backups(plain)].count(True) == 2
    at_rest(plain)
