"""An office file gets a lock, another key, or loses the lock: whole or not at all, and nothing plain is left behind."""

import os
import sqlite3
from pathlib import Path

import pytest

from taizhang.core.access import Access, Role
from taizhang.core.check import check
from taizhang.core.errors import Refused
from taizhang.store import keyplace, keyring, relock
from taizhang.store.connection import is_locked
from taizhang.store.logbook import Happening
from taizhang.store.opening import Locked, enter, enter_by_code
from taizhang.store.query import Query
from taizhang.store.store import Store
from taizhang.store.trouble import Damaged
from tests.store.locked import ADMIN, OTHER, OTHER_WORD, THIRD_WORD, WORD, LockedOffice, opened
from tests.store.relocking import MARK, NAMELESS, at_rest, backups, rows_of, shape_of


def test_a_locked_file_holds_the_same_and_opens_with_the_password_only(plain: Path) -> None:
    before, like = rows_of(plain), shape_of(plain)
    ring, access, code = keyring.create(ADMIN, WORD)
    relock.lock_file(plain, ring, access)
    assert is_locked(plain)
    assert keyplace.read(plain) == ring
    assert rows_of(plain, WORD) == before
    assert shape_of(plain, WORD) == like
    with pytest.raises(Locked):
        opened(plain)
    with pytest.raises(Refused, match="密码不对"):
        opened(plain, OTHER_WORD)
    assert enter_by_code(plain, code).key == access.key
    store = opened(plain, WORD)
    assert store.check() == []
    line = store.log.lines()[0]
    assert (line.who, line.kind, line.what) == (ADMIN, Happening.KEYS, "设置密码")
    assert store.redo().title == "恢复：修改"
    store.undo()
    store.close(with_backup=False)
    at_rest(plain)


def test_nothing_plain_is_left_in_the_folder(plain: Path, tmp_path: Path) -> None:
    """R-PRIV-02: neither in the file, nor in a backup, nor where the plain ones were."""
    assert all(MARK in file.read_bytes() for file in (plain, *backups(plain)))
    old = tmp_path / "kept"  # a second name shows what became of the bytes
    olds = []
    for number, file in enumerate((plain, *backups(plain))):
        olds.append(old.with_name(f"kept{number}"))
        os.link(file, olds[-1])
    sizes = [file.stat().st_size for file in olds]
    ring, access, _code = keyring.create(ADMIN, WORD)
    relock.lock_file(plain, ring, access)
    assert [file.read_bytes() for file in olds] == [bytes(size) for size in sizes]
    for file in olds:
        file.unlink()
    assert len(backups(plain)) == 3
    for file in (plain, *backups(plain)):
        assert is_locked(file)
        assert MARK not in file.read_bytes()
        store = opened(file, WORD, read_only=True)
        assert store.check() == []
        assert store.page(Query("people"))[1][0].values["note"] == NAMELESS
        store.close()
    at_rest(plain)


def test_backups_that_were_locked_with_the_file_follow_its_keys(plain: Path) -> None:
    ring, access, _code = keyring.create(ADMIN, WORD)
    relock.lock_file(plain, ring, access)
    store = opened(plain, WORD)
    store.keys.set_password(ADMIN, THIRD_WORD)
    store.close(with_backup=False)
    for backup in backups(plain):
        assert enter(backup, THIRD_WORD).who == ADMIN
        with pytest.raises(Refused, match="密码不对"):
            enter(backup, WORD)


def test_a_stick_without_second_names_gets_its_lock_too(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_names: object) -> None:
        raise OSError(1, "not supported")

    monkeypatch.setattr(os, "link", none)
    ring, access, _code = keyring.create(ADMIN, WORD)
    relock.lock_file(plain, ring, access)
    assert all(MARK not in file.read_bytes() for file in (plain, *backups(plain)))
    at_rest(plain)


def test_what_a_crash_left_in_the_log_is_locked_with_the_rest(plain: Path) -> None:
    store = opened(plain)
    draft = check(store.ledgers["people"], {"name": "孟堃"}, store.context())
    store.do("新增", lambda work: work.add(draft))
    crashed = {end: Path(f"{plain}{end}").read_bytes() for end in ("", "-wal")}
    store.close(with_backup=False)
    for end, content in crashed.items():
        Path(f"{plain}{end}").write_bytes(content)
    ring, access, _code = keyring.create(ADMIN, WORD)
    relock.lock_file(plain, ring, access)
    store = opened(plain, WORD)
    assert store.count(Query("people")) == 2
    store.close(with_backup=False)
    at_rest(plain)


def test_an_older_file_without_a_log_is_locked_too(plain: Path) -> None:
    raw = sqlite3.connect(plain)
    raw.execute("DROP TABLE log")
    raw.close()
    ring, access, _code = keyring.create(ADMIN, WORD)
    relock.lock_file(plain, ring, access)
    store = opened(plain, WORD)
    assert store.check() == []
    store.close(with_backup=False)


def test_the_lock_comes_off_and_the_backups_keep_theirs(locked: LockedOffice) -> None:
    locked.add("people", name="卢梅", note=NAMELESS)
    backup = locked.backup()
    locked.close()
    before, like = rows_of(locked.path, WORD), shape_of(locked.path, WORD)
    relock.unlock_file(locked.path, locked.enter())
    assert not is_locked(locked.path)
    assert rows_of(locked.path) == before
    assert shape_of(locked.path) == like
    assert MARK in locked.path.read_bytes()
    assert enter(backup, WORD).who == ADMIN
    store = opened(locked.path)
    assert store.check() == []
    assert (store.log.lines()[0].who, store.log.lines()[0].what) == (ADMIN, "取消密码")
    store.close(with_backup=False)
    at_rest(locked.path)


def test_a_file_that_was_unlocked_can_be_locked_again(locked: LockedOffice) -> None:
    locked.close()
    before = rows_of(locked.path, WORD)
    relock.unlock_file(locked.path, locked.enter())
    ring, access, _code = keyring.create(OTHER, OTHER_WORD)
    relock.lock_file(locked.path, ring, access)
    assert rows_of(locked.path, OTHER_WORD) == before
    with pytest.raises(Refused, match="密码不对"):
        locked.enter(WORD)


def test_another_key_opens_nothing_with_what_was_copied_before(locked: LockedOffice, tmp_path: Path) -> None:
    locked.add("people", name="卢梅", note=NAMELESS)
    locked.store.keys.add(OTHER, Role.RECORDER, OTHER_WORD)
    gone = locked.enter(OTHER_WORD)
    backup = locked.backup()
    locked.close()
    copied = tmp_path / "elsewhere" / "copied.tz"
    copied.parent.mkdir()
    copied.write_bytes(locked.path.read_bytes())
    before = rows_of(locked.path, WORD)
    ring, access, code = keyring.create(ADMIN, THIRD_WORD)
    relock.rekey_file(locked.path, locked.enter(), ring, access)
    assert rows_of(locked.path, THIRD_WORD) == before
    assert keyplace.read(locked.path) == ring
    assert enter_by_code(locked.path, code).key == access.key != locked.access.key
    for word in (WORD, OTHER_WORD):
        with pytest.raises(Refused, match="密码不对"):
            locked.enter(word)
    for key in (gone.key, locked.access.key):
        with pytest.raises(Damaged):
            Store.open(locked.path, locked.registry, access=Access(ADMIN, Role.ADMIN, key))
    assert keyring.data_key(ring, gone) is None
    # The backup keeps its key, under the new passwords; what somebody copied stays readable for them.
    assert enter(backup, THIRD_WORD).key == locked.access.key
    with pytest.raises(Refused, match="密码不对"):
        enter(backup, OTHER_WORD)
    assert enter_by_code(backup, code).key == locked.access.key
    assert enter(copied, OTHER_WORD).key == gone.key
    for file in (locked.path, backup):
        store = opened(file, THIRD_WORD)
        assert store.check() == []
        assert store.page(Query("people"))[1][0].values["note"] == NAMELESS
        store.close(with_backup=False)
    store = locked.open(THIRD_WORD)
    assert store.log.lines()[0].what == "更换文件密钥和全部密码"
    locked.close()
    at_rest(locked.path)
