"""A lock, another key or no lock that is refused, stopped, or not proven: every file is as it was."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from taizhang.core.access import Access, Role
from taizhang.core.errors import Cancelled, Refused, StoreTrouble
from taizhang.core.progress import Progress, silent
from taizhang.store import keyplace, keyring, relock, rewriting
from taizhang.store.connection import is_locked
from taizhang.store.holder import Holder, InUse
from taizhang.store.opening import enter
from taizhang.store.trouble import Damaged
from tests.offices import NOON
from tests.store.locked import ADMIN, OTHER, OTHER_WORD, THIRD_WORD, WORD, LockedOffice, around, opened
from tests.store.relocking import at_rest, backups, files, put_lock


def _unlock(path: Path) -> None:
    relock.unlock_file(path, enter(path, WORD))


def _rekey(path: Path) -> None:
    ring, access, _code = keyring.create(ADMIN, THIRD_WORD)
    relock.rekey_file(path, enter(path, WORD), ring, access)


def _do(
    do: Callable[[Path], None],
    path: Path,
    entered: Access | None,
    made: tuple[keyring.Keyring, Access],
    progress: Progress = silent,
) -> None:
    """The same with all its arguments."""
    if entered is None:
        relock.lock_file(path, *made, progress)
    elif do is _unlock:
        relock.unlock_file(path, entered, progress)
    else:
        relock.rekey_file(path, entered, *made, progress)


DOING: list[tuple[bool, Callable[[Path], None]]] = [(False, put_lock), (True, _unlock), (True, _rekey)]
doing = pytest.mark.parametrize(("has_lock", "do"), DOING, ids=["lock", "unlock", "rekey"])


@pytest.fixture
def path(plain: Path, has_lock: bool) -> Path:
    """The file, locked or not."""
    if has_lock:
        put_lock(plain)
    return plain


@doing
def test_a_file_that_a_program_has_open_is_refused(path: Path, do: Callable[[Path], None]) -> None:
    holder = Holder(path, "张三", NOON)
    before = files(path)
    with pytest.raises(InUse, match=r"“trial\.tz”正由张三在电脑“.+”上.*使用"):
        do(path)
    assert files(path) == before
    holder.release()
    do(path)
    at_rest(path)


@doing
def test_a_file_that_a_program_reads_in_the_middle_of_its_log_is_refused(
    path: Path, has_lock: bool, do: Callable[[Path], None]
) -> None:
    writer = opened(path, WORD if has_lock else None)
    writer.do("放入", lambda work: work.attach(b"%PDF-1.7"))
    reader = opened(path, WORD if has_lock else None, read_only=True)
    writer.close(with_backup=False)
    with pytest.raises(InUse, match="另一个程序"):
        do(path)
    assert reader.check() == []
    reader.close()
    do(path)
    at_rest(path)


@doing
def test_a_missing_file_is_said(path: Path, has_lock: bool, do: Callable[[Path], None]) -> None:
    access = enter(path, WORD) if has_lock else None
    ring, made, _code = keyring.create(ADMIN, WORD)
    missing = path.with_name("missing.tz")
    with pytest.raises(Refused, match=r"找不到台账文件“missing\.tz”，没有改动"):
        _do(do, missing, access, (ring, made))
    assert "missing" not in "".join(around(path))


def test_a_lock_on_a_lock_and_no_lock_to_take_off_are_refused(plain: Path) -> None:
    ring, access, _code = keyring.create(ADMIN, WORD)
    before = files(plain)
    with pytest.raises(Refused, match="没有密码，没有改动"):
        relock.unlock_file(plain, access)
    with pytest.raises(Refused, match="没有密码，没有改动"):
        relock.rekey_file(plain, access, ring, access)
    assert files(plain) == before
    put_lock(plain)
    before = files(plain)
    with pytest.raises(Refused, match="已经有密码，没有改动"):
        relock.lock_file(plain, ring, access)
    assert files(plain) == before


def test_only_an_administrator_takes_the_lock_off_or_changes_the_key(locked: LockedOffice) -> None:
    locked.store.keys.add(OTHER, Role.RECORDER, OTHER_WORD)
    locked.close()
    before = files(locked.path)
    ring, access, _code = keyring.create(OTHER, OTHER_WORD)
    with pytest.raises(Refused, match="只有管理员可以做"):
        relock.unlock_file(locked.path, locked.enter(OTHER_WORD))
    with pytest.raises(Refused, match="只有管理员可以做"):
        relock.rekey_file(locked.path, locked.enter(OTHER_WORD), ring, access)
    assert files(locked.path) == before


def test_what_is_no_office_gets_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "songs.tz"
    raw = sqlite3.connect(path)
    raw.executescript("CREATE TABLE songs (name TEXT); INSERT INTO songs VALUES ('东方红');")
    raw.close()
    (tmp_path / "text.tz").write_text("亲爱的同志们" * 2000, encoding="utf-8")
    before = files(path)
    for name in ("songs.tz", "text.tz"):
        with pytest.raises((Refused, StoreTrouble), match="不是台账文件"):
            put_lock(tmp_path / name)
    assert files(path) == before


@doing
def test_a_damaged_file_is_left_as_it_is(path: Path, do: Callable[[Path], None]) -> None:
    content = bytearray(path.read_bytes())
    content[20 * 4096 : 21 * 4096] = os.urandom(4096)
    path.write_bytes(content)
    before = files(path)
    with pytest.raises(StoreTrouble, match="已损坏"):
        do(path)
    assert files(path) == before


def test_a_file_that_was_cut_off_gets_no_lock(plain: Path) -> None:
    plain.write_bytes(plain.read_bytes()[:-4096])
    before = files(plain)
    with pytest.raises(Damaged, match="末尾缺了一段"):
        put_lock(plain)
    assert files(plain) == before


@doing
@pytest.mark.parametrize("at", [0, 1, 2])
def test_stopping_leaves_everything_as_it_was(path: Path, do: Callable[[Path], None], at: int) -> None:
    def stop(done: int, _total: int, _what: str) -> None:
        if done == at:
            raise Cancelled

    before = files(path)
    ring, access, _code = keyring.create(OTHER, OTHER_WORD)
    entered = None if do is put_lock else enter(path, WORD)
    with pytest.raises(Cancelled):
        _do(do, path, entered, (ring, access), stop)
    assert files(path) == before


def test_once_the_file_is_locked_its_backups_are_locked_whoever_wants_to_stop(plain: Path) -> None:
    told: list[tuple[int, int, str]] = []

    def stop(done: int, total: int, what: str) -> None:
        told.append((done, total, what))
        if "备份" in what:
            raise Cancelled

    ring, access, _code = keyring.create(ADMIN, WORD)
    relock.lock_file(plain, ring, access, stop)
    assert [what for _done, _total, what in told] == [
        "正在写成新文件",
        "正在核对新文件",
        "正在换成新文件",
        *["正在给备份加上密码"] * 3,
    ]
    assert all(is_locked(file) for file in (plain, *backups(plain)))


@doing
@pytest.mark.parametrize("fault", ["DELETE FROM made.ledger_people", "DROP INDEX made.ix_people_in_order"])
def test_a_new_file_that_is_not_like_the_old_one_is_thrown_away(
    path: Path, do: Callable[[Path], None], fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = rewriting._content

    def spoilt(raw: Any, name: str) -> object:
        if name == "made":
            raw.execute(fault)
        return content(raw, name)

    before = files(path)
    monkeypatch.setattr(rewriting, "_content", spoilt)
    with pytest.raises(StoreTrouble, match="没有通过核对，已删除，原来的文件没有改动"):
        do(path)
    assert files(path) == before


@pytest.mark.parametrize(("has_lock", "do"), [DOING[0], DOING[2]], ids=["lock", "rekey"])
def test_a_new_file_that_its_keys_do_not_open_is_thrown_away(
    path: Path, do: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    other, _access, _code = keyring.create(ADMIN, WORD)
    before = files(path)
    monkeypatch.setattr(rewriting, "keyplace", _Swapped(other))
    with pytest.raises(Damaged):
        do(path)
    assert files(path) == before


class _Swapped:
    """Puts the keys of another file behind this one."""

    def __init__(self, ring: keyring.Keyring) -> None:
        self._ring = ring

    def append(self, path: Path, _ring: keyring.Keyring) -> None:
        keyplace.append(path, self._ring)

    @staticmethod
    def read(path: Path) -> keyring.Keyring:
        return keyplace.read(path)
