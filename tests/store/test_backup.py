"""Backups prove themselves, are thinned, and come back as a new file (wishes 29)."""

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from taizhang.core.errors import Refused, StoreTrouble
from taizhang.store import keyplace, keyring
from taizhang.store.backup import restore
from taizhang.store.database import Database
from taizhang.store.opening import enter
from taizhang.store.query import Query
from taizhang.store.shelf import folder_of, list_backups, thinned
from taizhang.store.store import Store
from tests.offices import NOON, Office
from tests.store.trial import trial

_MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31)).map(lambda when: when.replace(microsecond=0))  # noqa: DTZ001 - an office's wall clock


def _hours(*ages: float) -> list[datetime]:
    return [NOON - timedelta(hours=age) for age in ages]


def _opens(path: Path) -> None:
    Store.open(path, trial()).close(with_backup=False)


@pytest.mark.parametrize(
    ("ages", "kept"),
    [
        ([], []),
        ([1, 5, 30, 47], [1, 5, 30, 47]),  # two days: all
        ([1, 2, 3, 4, 5, 73, 76, 79], [1, 2, 3, 4, 5, 73]),  # then one a day, its latest
        ([1, 2, 3, 4, 5, 24 * 15, 24 * 16, 24 * 17], [1, 2, 3, 4, 5, 24 * 15]),  # then one a week
        ([1, 2, 3, 4, 5, 24 * 89, 24 * 95, 24 * 130], [1, 2, 3, 4, 5, 24 * 89, 24 * 130]),  # then one a month
        ([-24 * 400, 1], [-24 * 400, 1]),  # the clock once ran ahead
        ([24 * 800 + hour for hour in range(7)], [24 * 800 + hour for hour in range(5)]),  # the latest five stay
    ],
)
def test_backups_are_thinned_to_days_weeks_and_months(ages: list[float], kept: list[float]) -> None:
    """2026-11-21 12:00 is a Saturday; ages are in hours."""
    assert thinned(_hours(*ages), NOON) == sorted(_hours(*kept), reverse=True)


@given(st.lists(_MOMENTS, max_size=60), _MOMENTS)
def test_thinning_keeps_the_latest_and_some_of_every_time(times: list[datetime], now: datetime) -> None:
    kept = thinned(times, now)
    assert set(kept) <= set(times)
    assert kept[:5] == sorted(set(times), reverse=True)[:5] or len(set(times)) != len(times)
    assert thinned(kept, now) == kept
    assert {(when.year, when.month) for when in kept} >= {
        (when.year, when.month) for when in times if now - when > timedelta(days=100)
    }
    assert set(kept) >= {when for when in times if timedelta() <= now - when <= timedelta(days=2)}


def test_closing_backs_up_what_was_changed_and_only_then(office: Office) -> None:
    office.add("people", name="卢梅")
    office.store.close()
    ((when, first),) = list_backups(office.path)
    assert when == NOON
    store = Store.open(office.path, trial(), clock=lambda: NOON)
    store.keep("columns", ["name"])
    store.rids(Query("people", search="lu"))
    store.close()
    assert list_backups(office.path) == [(when, first)]
    store = Store.open(office.path, trial(), clock=lambda: NOON)
    store.undo()
    store.close()
    store.close()
    assert len(list_backups(office.path)) == 2  # in the same second, and yet both
    kept = Store.open(first, trial(), read_only=True)
    assert [row.values["name"] for row in kept.page(Query("people"))[1]] == ["卢梅"]
    assert kept.check() == []
    kept.close()


def test_a_backup_is_made_when_something_was_done_since_the_last_one_and_only_then(office: Office) -> None:
    store = office.store
    assert store.safeguard() is None, "an office that was only just made holds nothing to lose"
    office.add("people", name="卢梅")
    made = store.safeguard()
    assert made is not None
    store.keep("columns", ["name"])
    assert store.safeguard() is None
    made.unlink()
    assert store.safeguard() == made, "a backup that somebody took away does not count"
    store.close()
    assert [file for _when, file in list_backups(office.path)] == [made], "closing knows of it too"


def test_what_was_done_before_a_crash_is_backed_up_too(office: Office) -> None:
    office.add("people", name="卢梅")
    office.store.close(with_backup=False)
    office.store = Store.open(office.path, trial(), clock=lambda: NOON)
    made = office.store.safeguard()
    assert made is not None
    kept = Store.open(made, trial(), read_only=True)
    assert kept.count(Query("people")) == 1
    assert kept.safeguard() is None, "a file that is only read is left alone"
    kept.close()
    assert office.store.safeguard() is None


def test_the_backups_of_a_locked_office_open_with_its_passwords(tmp_path: Path) -> None:
    ring, access, _code = keyring.create("王敏", "一二三四五六")
    path = tmp_path / "trial.tz"
    store = Store.create(path, trial(), name="街道", kind="党工委", ring=(ring, access), clock=lambda: NOON)
    store.do("放入", lambda work: work.attach(b"%PDF-1.7"))
    beside = store.safeguard()
    assert beside is not None
    elsewhere = tmp_path / "别处" / "备份.tz"
    store.backup(elsewhere)
    store.close(with_backup=False)
    for made in (beside, elsewhere):
        assert b"%PDF-1.7" not in made.read_bytes()
        with pytest.raises(Refused, match="密码不对"):
            enter(made, "六五四三二一")
        copy = Store.open(made, trial(), access=enter(made, "一二三四五六"), read_only=True)
        assert copy.name == "街道"
        assert copy.check() == []
        copy.close()


def test_a_backup_that_lacks_its_keys_or_the_last_change_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring, access, _code = keyring.create("王敏", "一二三四五六")
    path = tmp_path / "trial.tz"
    store = Store.create(path, trial(), name="街道", kind="党工委", ring=(ring, access), clock=lambda: NOON)
    store.do("放入", lambda work: work.attach(b"%PDF-1.7"))
    with monkeypatch.context() as patched:
        patched.setattr(keyplace, "append", lambda *_: None)
        with pytest.raises(StoreTrouble, match="备份没有通过核对，已删除"):
            store.safeguard()
    copy_to = Database.copy_to

    def forgets(database: Database, target: Path) -> None:
        copy_to(database, target)
        torn = Database(target, key=database.key)
        torn.connection.exec_driver_sql("UPDATE operation SET op = 1000 WHERE kind = 'do'")
        torn.close()

    monkeypatch.setattr(Database, "copy_to", forgets)
    with pytest.raises(StoreTrouble, match="备份没有通过核对，已删除"):
        store.safeguard()
    store.close(with_backup=False)
    assert list_backups(path) == []


def test_old_backups_go_when_a_new_one_is_made(office: Office) -> None:
    folder = folder_of(office.path)
    folder.mkdir()
    for day in range(1, 29):
        for hour in (9, 15):
            (folder / f"2026-03-{day:02d} {hour:02d}0000.tz").write_bytes(b"old")
    (folder / "我的备份.tz").write_bytes(b"mine")
    (folder / "升级前 2026-01-01 090000.tz").write_bytes(b"before")
    office.add("people", name="卢梅")
    assert office.store.last_backup() == datetime(2026, 3, 28, 15)  # noqa: DTZ001 - wall clock
    office.store.close()
    names = {file.name for file in folder.iterdir()}
    assert {"我的备份.tz", "升级前 2026-01-01 090000.tz", "2026-11-21 120000.tz", "2026-03-28 150000.tz"} <= names
    assert len(names) == 2 + 5


def test_a_backup_to_a_chosen_place_never_overwrites(office: Office, tmp_path: Path) -> None:
    rid = office.add("people", name="卢梅")
    target = tmp_path / "优盘" / "备份.tz"
    office.store.backup(target)
    before = target.read_bytes()
    with pytest.raises(Refused, match="已经存在，没有覆盖"):
        office.store.backup(target)
    assert target.read_bytes() == before
    assert [file.name for file in target.parent.iterdir()] == ["备份.tz"]
    copy = Store.open(target, trial())
    assert copy.row(rid) == office.store.row(rid)
    assert copy.history(rid) == office.store.history(rid)
    copy.close(with_backup=False)


def test_when_the_backup_cannot_be_made_closing_works_and_says_so(office: Office) -> None:
    rid = office.add("people", name="卢梅")
    folder_of(office.path).write_text("在这个名字上已经有一个文件")
    with pytest.raises(StoreTrouble, match="备份没有做成，台账文件本身完好；请检查文件夹“trial 备份”"):
        office.store.close()
    store = Store.open(office.path, trial())
    assert store.row(rid).values["name"] == "卢梅"
    store.close(with_backup=False)


def test_a_damaged_file_does_not_make_a_good_backup(office: Office) -> None:
    """The copy fails because of the file itself: then it must not be said that the file is well."""
    for number in range(200):
        office.add("people", name="卢梅", note=f"第{number}条" * 50)
    office.store.close(with_backup=False)
    broken = bytearray(office.path.read_bytes())
    for at in range(len(broken) * 3 // 4 // 4096 * 4096, len(broken), 4096):
        broken[at : at + 100] = b"\xff" * 100
    office.path.write_bytes(broken)
    store = Store.open(office.path, trial(), clock=lambda: NOON)
    with pytest.raises(StoreTrouble) as said:
        store.backup(office.path.with_name("copy.tz"))
    assert "完好" not in str(said.value)
    store.close(with_backup=False)
    assert [file.name for file in office.path.parent.iterdir()] == ["trial.tz"]


def test_a_backup_comes_back_as_a_new_file(office: Office, tmp_path: Path) -> None:
    rid = office.add("people", name="卢梅")
    office.store.backup(tmp_path / "backup.tz")
    before = (tmp_path / "backup.tz").read_bytes()
    restore(tmp_path / "backup.tz", tmp_path / "again.tz", _opens)
    store = Store.open(tmp_path / "again.tz", trial())
    assert store.row(rid) == office.store.row(rid)
    assert store.undo_title() == "新增"
    store.close(with_backup=False)
    assert (tmp_path / "backup.tz").read_bytes() == before
    assert {file.name for file in tmp_path.iterdir()} >= {"backup.tz", "again.tz"}
    assert not list(tmp_path.glob("*.part*"))
    with pytest.raises(Refused, match="已经存在，没有覆盖"):
        restore(tmp_path / "backup.tz", tmp_path / "again.tz", _opens)


def test_a_bad_backup_is_not_brought_back(office: Office, tmp_path: Path) -> None:
    office.add("people", name="卢梅")
    good = tmp_path / "good.tz"
    office.store.backup(good)
    with sqlite3.connect(tmp_path / "foreign.tz") as raw:
        raw.execute("CREATE TABLE songs (name TEXT)")
    raw.close()
    (tmp_path / "letter.tz").write_text("亲爱的同志们" * 500)
    (tmp_path / "cut.tz").write_bytes(good.read_bytes()[:-5000])
    (tmp_path / "empty.tz").write_bytes(b"")
    torn = bytearray(good.read_bytes())
    torn[4096 * 3 : 4096 * 3 + 64] = b"\xff" * 64
    (tmp_path / "torn.tz").write_bytes(torn)
    for name in ("foreign", "letter", "cut", "empty", "torn", "missing"):
        with pytest.raises((Refused, StoreTrouble)) as said:
            restore(tmp_path / f"{name}.tz", tmp_path / "again.tz", _opens)
        assert "恢复" in str(said.value) or "不是台账文件" in str(said.value), (name, str(said.value))
        assert "能否写入" not in str(said.value), "the folder is not to blame"
        assert not (tmp_path / "again.tz").exists()
        assert not list(tmp_path.glob("again*"))


def test_a_backup_that_this_program_cannot_use_is_not_brought_back(office: Office, tmp_path: Path) -> None:
    office.store.backup(tmp_path / "good.tz")

    def refuse(_path: Path) -> None:
        raise Refused("这个文件是更新版本的程序写的。")

    with pytest.raises(Refused, match="更新版本"):
        restore(tmp_path / "good.tz", tmp_path / "again.tz", refuse)
    assert not list(tmp_path.glob("again*"))
