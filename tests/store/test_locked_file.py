"""A locked office works, crashes, is shared, upgraded and restored like any other, and nothing of it can be read."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from taizhang.core.access import Role
from taizhang.core.errors import Refused, StoreTrouble
from taizhang.core.kinds import Text
from taizhang.registry import registry_of
from taizhang.store import connection, database, keyplace
from taizhang.store.backup import restore
from taizhang.store.connection import is_cut_off, is_locked
from taizhang.store.holder import Holder
from taizhang.store.opening import Locked, enter
from taizhang.store.peek import look
from taizhang.store.query import Query
from taizhang.store.store import Store
from taizhang.store.trouble import Damaged
from tests.offices import NOON, Office
from tests.store.locked import ADMIN, OTHER, OTHER_WORD, WORD, LockedOffice, around, opened
from tests.store.trial import PEOPLE, PLACES, POSTS, trial

_NEWER = registry_of([PLACES, replace(PEOPLE, fields=(*PEOPLE.fields, Text("nickname", "曾用名"))), POSTS])


@pytest.fixture
def share(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the folders of this machine pass for shared ones, where there is no log and the file itself is journalled."""
    for module in (connection, database):
        monkeypatch.setattr(module, "is_network", lambda _path: True)


def _names(store: Store) -> list[object]:
    return [row.values["name"] for row in store.page(Query("people"))[1]]


def _crash(path: Path, close: Callable[[], object], without: str = "") -> None:
    """Close, and bring back what the disk held before: as if the power had failed."""
    left = {name: (path.parent / name).read_bytes() for name in around(path)}
    close()
    for name, content in left.items():
        if not name.endswith(("-shm", "-lock", *([without] if without else []))):
            (path.parent / name).write_bytes(content)


def test_it_works_and_nothing_of_it_can_be_read(locked: LockedOffice) -> None:
    rid = locked.add("people", name="卢梅", note="隐姓埋名")
    locked.change(rid, note="隐姓埋名之人")
    locked.store.undo()
    locked.backup()
    looked = {name: (locked.path.parent / name).read_bytes() for name in around(locked.path)}
    assert {"trial.tz", "trial.tz-wal", "trial.tz-keys", "trial 备份/2026-11-20 080000.tz"} <= looked.keys()
    for name, content in looked.items():
        for text in ("卢梅", "隐姓埋名", "lumei", "CREATE TABLE", "SQLite format"):
            assert text.encode() not in content or name.endswith("-lock"), (name, text)
    locked.close()
    assert around(locked.path) == ["trial 备份/2026-11-20 080000.tz", "trial.tz"]
    store = locked.open()
    assert store.row(rid).values["note"] == "隐姓埋名"
    assert store.check() == []
    assert (store.access.who, store.who) == (ADMIN, ADMIN)


def test_without_a_password_it_is_not_opened(locked: LockedOffice) -> None:
    locked.close()
    before = locked.path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(Locked, match=r"“trial\.tz”有密码，没有打开；请输入密码"):
            Store.open(locked.path, trial(), read_only=read_only)
    assert locked.path.read_bytes() == before
    assert around(locked.path) == ["trial.tz"]


def test_looking_at_it_changes_no_byte(locked: LockedOffice) -> None:
    locked.add("people", name="卢梅")
    locked.close()
    before = locked.path.read_bytes()
    store = locked.open()
    store.page(Query("people", search="lu"))
    store.check()
    store.keys.users()
    locked.close()
    assert locked.path.read_bytes() == before


def test_a_reader_sees_what_the_writer_does_and_comes_in_with_todays_passwords(locked: LockedOffice) -> None:
    locked.add("people", name="卢梅")
    reader = locked.open(read_only=True)
    locked.add("people", name="孟堃")
    assert _names(reader) == ["卢梅", "孟堃"]
    reader.close()
    locked.store.keys.add(OTHER, Role.READER, OTHER_WORD)
    other = locked.open(OTHER_WORD, read_only=True)
    assert other.access.role is Role.READER
    other.close()


def test_a_file_on_a_disk_that_cannot_be_written_is_read(locked: LockedOffice) -> None:
    locked.add("people", name="卢梅")
    locked.close()
    raw = connection._opened(locked.path, "immutable=1", locked.access.key)
    assert raw.execute("SELECT count(*) FROM ledger_people").fetchone() == (1,)
    raw.close()


# -- the locks of SQLite -----------------------------------------------------------------------------------------------


def _system_locks(path: Path) -> list[str]:
    """What the system says that this program holds of a file."""
    inode = f":{path.stat().st_ino} "
    lines = Path("/proc/locks").read_text(encoding="utf-8").splitlines()
    held = (line.split(":", 1)[1] for line in lines if inode in line and f" {os.getpid()} " in line)
    return list(dict.fromkeys(held))  # the list is read in pieces, and a lock at the seam stands in it twice


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="only Linux tells")
@pytest.mark.parametrize("asked", ["users", "new code", "backup", "is locked", "keys", "cut off", "second connection"])
def test_asking_about_an_open_file_takes_no_lock_off_it(locked: LockedOffice, asked: str) -> None:
    """POSIX drops every lock of a program on a file when the program closes that file anywhere."""
    locked.add("people", name="卢梅")
    before = _system_locks(locked.path)
    assert before, "SQLite holds its log"
    asking: dict[str, Callable[[], object]] = {
        "users": locked.store.keys.users,
        "new code": locked.store.keys.new_code,
        "backup": locked.backup,
        "is locked": lambda: is_locked(locked.path),
        "keys": lambda: keyplace.read(locked.path),
        "cut off": lambda: is_cut_off(locked.path),
        "second connection": lambda: locked.open(read_only=True).close(),
    }
    asking[asked]()
    assert _system_locks(locked.path) == before
    locked.close()
    assert _system_locks(locked.path) == []


def test_what_was_looked_into_is_let_go_of_with_the_database(office: Office) -> None:
    fds = Path("/proc/self/fd")
    assert look(office.path, 6) == b"SQLite"
    assert look(office.path, 6, 7) == b"format"
    assert look(office.path, 10**9, -10) == office.path.read_bytes()[-10:]
    assert look(office.path, 10**9, -(10**9)) == office.path.read_bytes()
    office.store.close(with_backup=False)
    assert not any(os.path.realpath(fd) == str(office.path) for fd in fds.iterdir())
    assert look(office.path, 6) == b"SQLite"
    assert not any(os.path.realpath(fd) == str(office.path) for fd in fds.iterdir())
    with pytest.raises(FileNotFoundError):
        look(office.path.with_name("missing"), 1)


def test_closing_twice_takes_nothing_from_who_came_next(locked: LockedOffice) -> None:
    first = locked.store
    first.close(with_backup=False)
    locked.open()
    locked.add("people", name="卢梅")
    first.close(with_backup=False)
    assert {"trial.tz-lock", "trial.tz-keys"} <= set(around(locked.path))
    with pytest.raises(StoreTrouble, match="正由"):
        Holder(locked.path, "张三", NOON)


# -- crashes -----------------------------------------------------------------------------------------------------------


def test_after_a_crash_everything_is_there_and_becomes_one_file(locked: LockedOffice) -> None:
    locked.add("people", name="卢梅")
    locked.store.keys.add(OTHER, Role.RECORDER, OTHER_WORD)
    _crash(locked.path, locked.close)
    assert {"trial.tz-wal", "trial.tz-keys"} <= set(around(locked.path))
    store = opened(locked.path, OTHER_WORD)
    assert _names(store) == ["卢梅"]
    assert store.check() == []
    store.close(with_backup=False)
    assert around(locked.path) == ["trial.tz"]
    assert look(locked.path, 2, 18) != b"\2\2"
    assert enter(locked.path, OTHER_WORD).who == OTHER


def test_an_office_without_a_password_becomes_one_file_that_needs_no_log(office: Office) -> None:
    office.add("people", name="卢梅")
    _crash(office.path, lambda: office.store.close(with_backup=False))
    opened(office.path).close()
    assert around(office.path) == ["trial.tz"]
    assert look(office.path, 2, 18) == b"\1\1"  # not in the mode of the log


def test_a_crashed_file_that_was_copied_without_its_keys_does_not_lose_them(locked: LockedOffice) -> None:
    """They still lie behind the pages, where SQLite is about to cut off the file."""
    locked.close()
    locked.open()
    draft = locked.check("people", {"name": "孟堃", "note": "甲" * 1000})
    locked.store.do("导入", lambda work: work.add_many([draft] * 20))
    _crash(locked.path, locked.close, without="-keys")
    assert "trial.tz-keys" not in around(locked.path)
    for _ in range(2):
        store = opened(locked.path, WORD)
        assert store.count(Query("people")) == 20
        assert store.check() == []
        store.close(with_backup=False)
        assert around(locked.path) == ["trial.tz"]


_HALF_WAY = """
import os, sys
from pathlib import Path
from taizhang.core.check import check
from taizhang.store import connection, database
from tests.store.locked import opened
for module in (connection, database):
    module.is_network = lambda _path: True
store = opened(Path(sys.argv[1]), sys.argv[2] or None)
store._database.connection.exec_driver_sql("PRAGMA cache_size = 5")
draft = check(store.ledgers["people"], {"name": "孟堃", "note": "甲" * 1000}, store.context())
def work(at_work):
    at_work.add_many([draft] * 300)
    os.kill(os.getpid(), 9)
store.do("导入", work)
"""


@pytest.mark.parametrize("password", ["", WORD])
@pytest.mark.usefixtures("share")
def test_a_program_that_is_cut_off_on_a_share_leaves_a_file_that_repairs_itself(tmp_path: Path, password: str) -> None:
    """There, the pages themselves are half written, and a journal beside them knows how they were."""
    path = tmp_path / "a.tz"
    office = LockedOffice(path) if password else Office(path, trial())
    office.add("people", name="卢梅")
    office.store.close(with_backup=False)
    size = path.stat().st_size
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", _HALF_WAY, str(path), password]
    ended = subprocess.run(command, cwd=root, capture_output=True, timeout=60, check=False)
    assert ended.returncode == -9, ended.stderr
    assert "a.tz-journal" in around(path)
    assert path.stat().st_size > size
    with pytest.raises(StoreTrouble, match=r"“a\.tz”上次没有正常关闭，以只读方式打不开，.*请先正常打开一次"):
        opened(path, password or None, read_only=True)
    store = opened(path, password or None)
    assert _names(store) == ["卢梅"]
    assert store.check() == []
    store.close(with_backup=False)
    assert around(path) == ["a.tz"]
    opened(path, password or None).close()


@pytest.mark.parametrize("content", [b"", bytes(512)])
def test_a_journal_in_which_nothing_was_written_yet_does_not_stay(locked: LockedOffice, content: bytes) -> None:
    """SQLite sees that there is nothing to repair, and leaves it."""
    locked.close()
    journal = locked.path.with_name("trial.tz-journal")
    journal.write_bytes(content)
    locked.open()
    locked.close()
    assert around(locked.path) == ["trial.tz"]
    journal.write_bytes(content)
    locked.open()
    locked.add("people", name="卢梅")
    locked.store.keys.set_password(ADMIN, OTHER_WORD)
    locked.close()
    assert around(locked.path) == ["trial.tz"]
    assert _names(locked.open(OTHER_WORD)) == ["卢梅"]


@pytest.mark.usefixtures("share")
def test_on_a_share_it_works_without_a_log(locked: LockedOffice) -> None:
    locked.close()
    locked.open()
    locked.add("people", name="卢梅")
    locked.store.keys.set_password(ADMIN, OTHER_WORD)
    assert "trial.tz-wal" not in around(locked.path)
    locked.close()
    assert around(locked.path) == ["trial.tz"]
    assert _names(locked.open(OTHER_WORD)) == ["卢梅"]


@pytest.mark.parametrize("without", ["-keys", "-wal"])
def test_a_log_or_keys_of_a_file_that_is_gone_are_not_taken_for_anothers(
    locked: LockedOffice, tmp_path: Path, without: str
) -> None:
    """The program was cut off, the user deleted the file, and brings a backup back by the same name."""
    locked.add("people", name="卢梅")
    backup = locked.backup()
    kept = tmp_path / "backup.tz"
    shutil.copy(backup, kept)
    draft = locked.check("people", {"name": "孟堃", "note": "甲" * 1000})
    locked.store.do("导入", lambda work: work.add_many([draft] * 50))
    locked.store.keys.set_password(ADMIN, OTHER_WORD)
    _crash(locked.path, locked.close, without=without)
    locked.path.unlink()
    assert [name for name in around(locked.path) if name.startswith("trial.tz-")]
    restore(kept, locked.path, lambda copy: opened(copy, WORD).close(), enter(kept, WORD))
    store = opened(locked.path, WORD)
    assert _names(store) == ["卢梅"]
    assert store.check() == []
    store.close(with_backup=False)
    assert [name for name in around(locked.path) if name.startswith("trial.tz")] == ["trial.tz"]


def test_a_new_office_takes_nothing_over_from_one_of_that_name(locked: LockedOffice) -> None:
    locked.add("people", name="卢梅")
    _crash(locked.path, locked.close)
    locked.path.unlink()
    office = Office(locked.path, trial())
    assert _names(office.store) == []
    office.store.close(with_backup=False)
    assert around(locked.path) == ["trial.tz"]


# -- upgrades and restoring --------------------------------------------------------------------------------------------


def test_an_older_file_is_upgraded_and_so_is_the_backup_of_before_locked(locked: LockedOffice) -> None:
    locked.add("people", name="卢梅")
    locked.close()
    store = Store.open(locked.path, _NEWER, access=locked.enter(), clock=lambda: NOON)
    assert store.check() == []
    store.close(with_backup=False)
    (saved,) = locked.path.with_name("trial 备份").iterdir()
    assert saved.name == "升级前 2026-11-21 120000.tz"
    assert _names(opened(saved, WORD)) == ["卢梅"]


@pytest.mark.parametrize("has_lock", [False, True])
def test_restoring_an_older_backup_leaves_one_file(tmp_path: Path, has_lock: bool) -> None:
    path = tmp_path / "a.tz"
    office = LockedOffice(path) if has_lock else Office(path, trial())
    office.add("people", name="卢梅")
    backup, target = tmp_path / "backup.tz", tmp_path / "new" / "again.tz"
    target.parent.mkdir()
    office.store.backup(backup)
    office.store.close(with_backup=False)
    access = enter(backup, WORD) if has_lock else None
    for left in ("again.tz.part", "again.tz.part-wal", "again.tz.part-keys"):  # of a try that was cut off
        target.with_name(left).write_bytes(b"left")
    restore(backup, target, lambda copy: Store.open(copy, _NEWER, access=access).close(), access)
    assert around(target) == ["again.tz"]
    store = Store.open(target, _NEWER, access=access)
    assert _names(store) == ["卢梅"]
    store.close(with_backup=False)
    assert around(target) == ["again.tz"]


def test_a_locked_backup_is_not_restored_without_a_password(locked: LockedOffice, tmp_path: Path) -> None:
    backup = locked.backup()
    with pytest.raises(Refused, match="有密码，没有恢复"):
        restore(backup, tmp_path / "again.tz", lambda _copy: None)
    assert not (tmp_path / "again.tz").exists()


def test_what_a_killed_backup_left_half_made_goes_with_the_next(locked: LockedOffice) -> None:
    half = locked.path.with_name("trial 备份") / "2026-11-20 090000.tz.part"
    half.parent.mkdir()
    half.write_bytes(b"half")
    locked.add("people", name="卢梅")
    locked.store.close()
    assert not half.exists()
    assert len(list(half.parent.iterdir())) == 1


def test_a_name_that_somebody_holds_is_no_place_for_a_new_office(tmp_path: Path) -> None:
    holder = Holder(tmp_path / "trial.tz", "张三", NOON)
    with pytest.raises(StoreTrouble, match="正由张三"):
        LockedOffice(tmp_path / "trial.tz")
    assert around(tmp_path / "trial.tz") == ["trial.tz-lock"]
    holder.release()
    assert around(tmp_path / "trial.tz") == []


def test_a_new_office_whose_keys_cannot_be_written_leaves_nothing_and_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "trial.tz"
    in_the_way = tmp_path / "trial.tz-keys.part"
    in_the_way.mkdir()
    with pytest.raises(StoreTrouble, match="读写磁盘出错，刚才的操作没有执行") as caught:
        LockedOffice(path)
    in_the_way.rmdir()
    assert around(path) == []
    LockedOffice(path).close()
    assert caught.value.__cause__ is not None  # what failed is still remembered, and holds nothing


def test_a_file_that_cannot_be_looked_into_is_not_taken_for_damaged(tmp_path: Path) -> None:
    """Gone, or held by a scanner: what opens it says so in words."""
    assert not is_cut_off(tmp_path / "gone.tz")


def test_a_wrong_key_is_damage(locked: LockedOffice) -> None:
    locked.close()
    access = replace(locked.enter(), key=bytes(32))
    with pytest.raises(Damaged):
        Store.open(locked.path, trial(), access=access)
    assert around(locked.path) == ["trial.tz"]
