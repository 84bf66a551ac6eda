"""The users of an open office: who may change what of whom, and that the backups beside the file follow."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from taizhang.core.access import Role
from taizhang.core.errors import Refused, StoreTrouble
from taizhang.store import followers, keyplace, keyring
from taizhang.store.holder import Holder
from taizhang.store.keys import Keys
from taizhang.store.logbook import Happening
from taizhang.store.opening import enter, enter_by_code
from taizhang.store.query import Query
from taizhang.store.store import Store
from tests.offices import NOON, Office
from tests.store.locked import ADMIN, OTHER, OTHER_WORD, THIRD_WORD, WORD, LockedOffice, around, opened

_WRONG = "密码不对，没有打开"


@pytest.fixture
def backups(locked: LockedOffice) -> list[Path]:
    """Backups beside the file, with a person in each, and one of those that are made before an upgrade."""
    locked.add("people", name="卢梅")
    locked.store.keys.add(OTHER, Role.RECORDER, OTHER_WORD)
    return [locked.backup(name) for name in ("2026-11-18 080000", "2026-11-19 080000", "升级前 2026-11-19 080000")]


def _opens(path: Path, word: str) -> bool:
    """Whether the password lets somebody in who then finds the person."""
    try:
        store = opened(path, word, read_only=True)
    except Refused as refused:
        assert _WRONG in str(refused)  # noqa: PT017 - the other case is as good
        return False
    assert [row.values["name"] for row in store.page(Query("people"))[1]] == ["卢梅"]
    assert store.check() == []
    store.close()
    return True


def test_users_come_and_go_and_the_log_says_so(locked: LockedOffice) -> None:
    keys = locked.store.keys
    keys.add(OTHER, Role.READER, OTHER_WORD)
    keys.set_role(OTHER, Role.RECORDER)
    keys.set_password(OTHER, THIRD_WORD)
    assert keys.users() == [(ADMIN, Role.ADMIN), (OTHER, Role.RECORDER)]
    assert keys.enter(THIRD_WORD).who == OTHER
    keys.remove(OTHER)
    keys.new_code()
    assert keys.users() == [(ADMIN, Role.ADMIN)]
    lines = locked.store.log.lines()
    assert [line.what for line in reversed(lines)] == [
        f"添加只读 {OTHER}",
        f"{OTHER} 改为记录员",
        f"更换 {OTHER} 的密码",
        f"移除使用者 {OTHER}",
        "更换恢复码",
    ]
    assert {(line.at, line.who, line.kind) for line in lines} == {(NOON, ADMIN, Happening.KEYS)}


def test_a_change_counts_at_once_and_after_closing(locked: LockedOffice) -> None:
    locked.store.keys.set_password(ADMIN, OTHER_WORD)
    for _ in range(2):
        assert enter(locked.path, OTHER_WORD).who == ADMIN  # as a second program would
        with pytest.raises(Refused, match=_WRONG):
            enter(locked.path, WORD)
        locked.close()
    assert around(locked.path) == ["trial.tz"]


def test_the_code_that_was_sealed_last_opens_and_only_that(locked: LockedOffice) -> None:
    code = locked.store.keys.new_code()
    locked.close()
    access = enter_by_code(locked.path, code)
    assert (access.who, access.role) == ("", Role.ADMIN)
    with pytest.raises(Refused, match="恢复码"):
        enter_by_code(locked.path, locked.code)
    store = Store.open(locked.path, locked.registry, access=access)
    store.keys.set_password(ADMIN, THIRD_WORD)  # what the code is for
    store.close()
    assert locked.enter(THIRD_WORD).who == ADMIN


_REFUSED: list[tuple[str, Callable[[Keys], object]]] = [
    ("只有管理员可以做", lambda keys: keys.add("张三", Role.READER, THIRD_WORD)),
    ("只有管理员可以做", lambda keys: keys.remove(ADMIN)),
    ("只有管理员可以做", lambda keys: keys.set_role(OTHER, Role.ADMIN)),
    ("只有管理员可以做", lambda keys: keys.set_password(ADMIN, THIRD_WORD)),
    ("只有管理员可以做", lambda keys: keys.new_code()),
]


@pytest.mark.parametrize(("said", "change"), _REFUSED)
@pytest.mark.parametrize("role", [Role.RECORDER, Role.READER])
def test_who_is_no_administrator_changes_only_the_own_password(
    locked: LockedOffice, role: Role, said: str, change: Callable[[Keys], object]
) -> None:
    locked.store.keys.add(OTHER, role, OTHER_WORD)
    locked.store.act_as(locked.enter(OTHER_WORD))
    before = locked.store.keys.users()
    with pytest.raises(Refused, match=said):
        change(locked.store.keys)
    assert locked.store.keys.users() == before
    locked.store.keys.set_password(OTHER, THIRD_WORD)
    assert locked.enter(THIRD_WORD).role is role


def test_who_was_removed_and_still_sits_there_does_not_come_back(locked: LockedOffice) -> None:
    locked.store.keys.add(OTHER, Role.RECORDER, OTHER_WORD)
    removed = locked.enter(OTHER_WORD)
    locked.store.keys.remove(OTHER)
    locked.store.act_as(removed)
    with pytest.raises(Refused, match=f"没有使用者“{OTHER}”，没有改动"):
        locked.store.keys.set_password(OTHER, THIRD_WORD)
    assert locked.store.keys.users() == [(ADMIN, Role.ADMIN)]


def test_a_password_for_nobody_makes_no_user(locked: LockedOffice) -> None:
    for name in ("张三", ""):
        with pytest.raises(Refused, match="没有使用者"):
            locked.store.keys.set_password(name, THIRD_WORD)
    with pytest.raises(Refused, match="已经有使用者“王敏”，没有添加"):
        locked.store.keys.add(f" {ADMIN} ", Role.READER, THIRD_WORD)
    assert locked.store.keys.users() == [(ADMIN, Role.ADMIN)]


def test_an_office_without_a_password_has_no_users(office: Office) -> None:
    assert not office.store.keys.locked
    assert office.store.keys.users() == []
    with pytest.raises(Refused, match="还没有密码，没有改动；请先设置密码"):
        office.store.keys.add(OTHER, Role.READER, OTHER_WORD)
    with pytest.raises(Refused, match="还没有密码，没有改动；请先设置密码"):
        office.store.keys.new_code()
    with pytest.raises(Refused, match="还没有密码"):
        office.store.keys.enter(WORD)


def test_nothing_is_changed_in_a_file_that_is_only_read(locked: LockedOffice) -> None:
    reader = locked.open(read_only=True)
    assert reader.keys.users() == [(ADMIN, Role.ADMIN)]
    with pytest.raises(Refused, match="以只读方式打开，没有改动"):
        reader.keys.add(OTHER, Role.READER, OTHER_WORD)
    reader.close()


def test_a_window_that_only_reads_asks_for_todays_passwords(locked: LockedOffice) -> None:
    locked.store.keys.add(OTHER, Role.READER, OTHER_WORD)
    reader = locked.open(OTHER_WORD, read_only=True)
    locked.store.keys.set_password(ADMIN, THIRD_WORD)
    locked.store.keys.remove(OTHER)
    assert reader.keys.enter(THIRD_WORD).who == ADMIN
    assert reader.keys.users() == [(ADMIN, Role.ADMIN)]
    for word in (WORD, OTHER_WORD):
        with pytest.raises(Refused, match=_WRONG):
            reader.keys.enter(word)
    reader.close()


# -- the backups beside the file ---------------------------------------------------------------------------------------


def test_a_new_password_opens_the_backups_and_the_old_one_does_not(locked: LockedOffice, backups: list[Path]) -> None:
    locked.store.keys.set_password(ADMIN, THIRD_WORD)
    for path in backups:
        assert _opens(path, THIRD_WORD)
        assert _opens(path, OTHER_WORD)
        assert not _opens(path, WORD)
    locked.close()
    assert [name for name in around(locked.path) if not name.endswith(".tz")] == []


def test_who_is_removed_opens_neither_the_file_nor_a_backup_beside_it(
    locked: LockedOffice, backups: list[Path]
) -> None:
    locked.store.keys.remove(OTHER)
    locked.close()
    for path in (locked.path, *backups):
        assert not _opens(path, OTHER_WORD)
        assert _opens(path, WORD)
    # Nor is the ring that let them in still found in any of the bytes.
    sealed = next(slot.sealed for slot in keyplace.read(backups[0]).slots if slot.name == ADMIN)
    assert all(path.read_bytes().count(b'"name":"' + OTHER.encode()) == 0 for path in (locked.path, *backups))
    assert sealed == next(slot.sealed for slot in keyplace.read(locked.path).slots if slot.name == ADMIN)


def test_a_backup_under_other_keys_stays_as_it_is(locked: LockedOffice, backups: list[Path]) -> None:
    """Nobody who has entered this office can open it: it was locked before, and has been unlocked in between."""
    ring, access, _code = keyring.create(ADMIN, OTHER_WORD)
    keyplace.replace(backups[0], keyring.fitted(ring, access, keyplace.read(backups[0]), locked.access.key or b""))
    before = backups[0].read_bytes()
    locked.store.keys.set_password(ADMIN, THIRD_WORD)
    assert backups[0].read_bytes() == before
    assert _opens(backups[1], THIRD_WORD)


def test_a_backup_that_is_damaged_keeps_nobody_from_changing_a_password(
    locked: LockedOffice, backups: list[Path]
) -> None:
    torn = backups[0].read_bytes()[:-5]
    backups[0].write_bytes(torn)
    locked.store.keys.set_password(ADMIN, THIRD_WORD)
    assert backups[0].read_bytes() == torn
    assert _opens(backups[1], THIRD_WORD)


def test_a_backup_without_a_password_or_of_another_office_is_left_alone(
    locked: LockedOffice, backups: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other = LockedOffice(tmp_path / "other" / "b.tz")
    other.close()
    foreign = backups[0].with_name("2026-11-17 080000.tz")
    shutil.copy(other.path, foreign)
    before = foreign.read_bytes()
    locked.store.keys.set_password(ADMIN, THIRD_WORD)
    assert foreign.read_bytes() == before


def test_a_backup_that_somebody_works_in_follows_at_the_next_opening(locked: LockedOffice, backups: list[Path]) -> None:
    """Its pages may grow over the place of its keys at any time: nobody else may write there."""
    holder = Holder(backups[0], "张三", NOON)
    before = backups[0].read_bytes()
    locked.store.keys.remove(OTHER)
    assert backups[0].read_bytes() == before
    assert locked.store.log.lines()[0].what == "有 1 份备份暂时写不进去，下次打开台账时再换密码"
    assert not _opens(backups[1], OTHER_WORD)
    holder.release()
    locked.close()
    assert "trial.tz-keys.plan" in around(locked.path)
    locked.open()
    assert not _opens(backups[0], OTHER_WORD)
    locked.close()
    assert [name for name in around(locked.path) if not name.endswith(".tz")] == []


def test_a_backup_that_waits_is_not_forgotten_when_the_next_change_fails(
    locked: LockedOffice, backups: list[Path]
) -> None:
    holder = Holder(backups[0], "张三", NOON)
    locked.store.keys.remove(OTHER)
    in_the_way = locked.path.with_name("trial.tz-keys.next")
    in_the_way.mkdir()
    with pytest.raises(StoreTrouble, match="没有执行"):
        locked.store.keys.set_password(ADMIN, THIRD_WORD)
    in_the_way.rmdir()
    holder.release()
    locked.close()
    locked.open()
    assert not _opens(backups[0], OTHER_WORD)
    assert _opens(backups[0], WORD)
    locked.close()
    assert [name for name in around(locked.path) if not name.endswith(".tz")] == []


def test_a_backup_in_which_a_program_was_cut_off_follows(locked: LockedOffice, backups: list[Path]) -> None:
    """Somebody had it open and worked in it when the power failed."""
    store = opened(backups[0], WORD)
    draft = locked.check("people", {"name": "孟堃", "note": "甲" * 1000})
    store.do("导入", lambda work: work.add_many([draft] * 50))
    crashed = {end: Path(f"{backups[0]}{end}").read_bytes() for end in ("", "-wal", "-keys")}
    store.close(with_backup=False)
    for end, content in crashed.items():
        Path(f"{backups[0]}{end}").write_bytes(content)
    locked.store.keys.remove(OTHER)
    with pytest.raises(Refused, match=_WRONG):
        enter(backups[0], OTHER_WORD)
    store = opened(backups[0], WORD)
    assert store.count(Query("people")) == 51
    assert store.check() == []
    store.close(with_backup=False)
    with pytest.raises(Refused, match=_WRONG):
        enter(backups[0], OTHER_WORD)
    assert [name for name in around(backups[0]) if not name.endswith(".tz")] == []


@pytest.mark.parametrize("step", ["plan", "ring", "one"])
def test_a_change_that_is_cut_off_is_finished_or_never_was(
    locked: LockedOffice, backups: list[Path], monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """The power fails after the plan was written, after the ring was changed, or after the first backup."""

    class PowerCut(BaseException):
        pass

    def fail(*_what: object) -> None:
        raise PowerCut

    given = followers._given
    calls: list[Path] = []

    def once(path: Path, ring: keyring.Keyring) -> bool:
        calls.append(path)
        if len(calls) > 1:
            raise PowerCut
        return given(path, ring)

    with monkeypatch.context() as patched:
        if step == "plan":
            patched.setattr(keyplace, "prepare", fail)
        elif step == "ring":
            patched.setattr(followers, "follow", fail)
        else:
            patched.setattr(followers, "_given", once)
        with pytest.raises(PowerCut):
            locked.store.keys.remove(OTHER)
    crashed = {name: (locked.path.parent / name).read_bytes() for name in around(locked.path)}
    locked.close()
    for name, content in crashed.items():
        if not name.endswith(("-shm", "-lock")):
            (locked.path.parent / name).write_bytes(content)
    assert "trial.tz-keys.plan" in around(locked.path)
    locked.open()
    removed = step != "plan"
    assert [OTHER in {user.name for user in locked.store.keys.users()}] == [not removed]
    assert [_opens(path, OTHER_WORD) for path in backups] == [not removed] * 3
    locked.close()
    assert [name for name in around(locked.path) if not name.endswith(".tz")] == []


# -- no room, no right to write ----------------------------------------------------------------------------------------


@pytest.fixture
def sealed_folder(locked: LockedOffice, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of the office, in which no new file can be made any more."""
    write = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path.name.startswith("trial.tz-keys"):
            raise OSError(28, os.strerror(28), str(path))
        return write(path, content)

    locked.store.keep("columns", ["name"])
    monkeypatch.setattr(Path, "write_bytes", full)
    yield locked.path.parent
    monkeypatch.undo()


def test_without_room_for_the_keys_the_old_password_stays(locked: LockedOffice, sealed_folder: Path) -> None:
    with pytest.raises(StoreTrouble, match="磁盘已满，刚才的操作没有执行"):
        locked.store.keys.set_password(ADMIN, THIRD_WORD)
    assert locked.store.keys.enter(WORD).who == ADMIN
    assert locked.store.log.lines() == []
    assert sealed_folder.is_dir()
    locked.close()
    assert locked.enter().who == ADMIN


def test_when_the_line_of_the_log_has_no_room_the_old_password_stays(locked: LockedOffice) -> None:
    locked.store.keep("columns", ["name"])
    pages = locked.store._database.pragma("page_count")
    locked.store._database.pragma(f"max_page_count = {pages}")
    for _ in range(200):  # until the page of the log is full
        before = locked.store.keys._ring()
        try:
            locked.store.keys.new_code()
        except StoreTrouble as trouble:
            assert "磁盘已满，刚才的操作没有执行" in str(trouble)  # noqa: PT017 - it comes at some time
            break
    else:
        pytest.fail("there was always room")
    assert locked.store.keys._ring() == before
    assert keyplace.read(locked.path) == before
    locked.close()
    assert keyplace.read(locked.path) == before


def test_the_log_names_whoever_acts_also_after_the_screen_was_unlocked_by_somebody_else(locked: LockedOffice) -> None:
    locked.store.keys.add(OTHER, Role.ADMIN, OTHER_WORD)
    locked.store.act_as(locked.store.keys.enter(OTHER_WORD, OTHER))
    locked.store.keys.set_role(ADMIN, Role.READER)
    assert [line.who for line in locked.store.log.lines()] == [OTHER, ADMIN]
