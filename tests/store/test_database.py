"""How the file lies on the disk: one file at rest, a log while it is written; on a share no log and no second user."""

import subprocess
import sys
from pathlib import Path

import pytest

from taizhang.core.errors import Refused, StoreTrouble
from taizhang.store import connection, database
from taizhang.store.connection import is_held
from taizhang.store.database import Database
from taizhang.store.holder import InUse
from taizhang.store.location import is_network
from taizhang.store.query import Query
from taizhang.store.store import Store
from tests.offices import NOON, Office
from tests.store.trial import trial


def _at_rest(path: Path) -> bool:
    """Whether the header says that the file needs no log beside it."""
    return path.read_bytes()[18:20] == b"\x01\x01"


def _open(path: Path) -> Store:
    return Store.open(path, trial(), clock=lambda: NOON)


@pytest.fixture
def share(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file lies on another machine."""
    for module in (connection, database):
        monkeypatch.setattr(module, "is_network", lambda _path: True)


def test_a_log_while_it_is_written_and_one_file_at_rest(office: Office) -> None:
    assert office.store._database.pragma("journal_mode") == "wal"
    assert office.store._database.pragma("synchronous") == 2
    office.add("people", name="卢梅")
    office.store.close(with_backup=False)
    assert _at_rest(office.path)
    assert [file.name for file in office.path.parent.iterdir()] == ["trial.tz"]


def test_looking_at_a_file_changes_no_byte_of_it(office: Office) -> None:
    office.add("people", name="卢梅")
    office.store.close(with_backup=False)
    before = office.path.read_bytes()
    store = _open(office.path)
    store.page(Query("people", search="lu"))
    store.check()
    store.close()
    assert office.path.read_bytes() == before


def test_a_lock_that_a_crash_left_behind_is_nobody_s(office: Office) -> None:
    lock = office.path.with_name("trial.tz-lock")
    assert is_held(office.path)
    left = lock.read_bytes()
    office.store.close(with_backup=False)
    assert not is_held(office.path)
    for content in (left, bytes(8192), b""):  # whole, or as a power cut may leave it
        lock.write_bytes(content)
        assert not is_held(office.path)
    office.store = _open(office.path)
    assert is_held(office.path)


def test_a_second_program_is_told_who_has_it_and_may_read(office: Office) -> None:
    office.add("people", name="卢梅")
    with pytest.raises(InUse, match=r"“trial\.tz”正由记录员在电脑“.+”上（11 月 21 日 12:00 起）使用"):
        _open(office.path)
    reader = Store.open(office.path, trial(), read_only=True)
    assert reader.count(Query("people")) == 1
    office.add("people", name="孟堃")
    assert reader.count(Query("people")) == 2
    with pytest.raises(Refused, match="以只读方式打开"):
        reader.do("改", lambda work: work.attach(b"x"))
    reader.close()
    office.store.close(with_backup=False)
    office.store = _open(office.path)
    assert office.store.check() == []


def test_when_the_writer_goes_first_the_next_writer_tidies_up(office: Office) -> None:
    office.add("people", name="卢梅")
    reader = Store.open(office.path, trial(), read_only=True)
    office.store.close(with_backup=False)
    assert reader.count(Query("people")) == 1
    reader.close()
    office.store = _open(office.path)
    office.add("people", name="孟堃")
    office.store.close(with_backup=False)
    assert _at_rest(office.path)
    assert [file.name for file in office.path.parent.iterdir()] == ["trial.tz"]


def test_who_has_it_goes_with_a_program_that_was_killed(office: Office) -> None:
    """The lock is the system's: what a killed program wrote into it keeps nobody out."""
    program = (
        "import sys, os; from pathlib import Path; from datetime import datetime;"
        "from taizhang.store.holder import Holder;"
        "held = Holder(Path(sys.argv[1]), '王敏', datetime.now()); os.kill(os.getpid(), 9)"
    )
    office.store.close(with_backup=False)
    subprocess.run([sys.executable, "-c", program, str(office.path)], check=False)
    assert office.path.with_name("trial.tz-lock").exists()
    office.store = _open(office.path)
    assert office.store.name


def test_a_torn_lock_keeps_nobody_out(office: Office) -> None:
    office.store.close(with_backup=False)
    office.path.with_name("trial.tz-lock").write_bytes(b"torn" * 4096)
    office.store = _open(office.path)
    assert office.store.name


def test_what_a_crash_left_in_the_log_is_there_at_the_next_opening(office: Office, tmp_path: Path) -> None:
    office.add("people", name="卢梅")
    copy = tmp_path / "copy.tz"
    for end in ("", "-wal"):
        copy.with_name(copy.name + end).write_bytes(office.path.with_name(office.path.name + end).read_bytes())
    store = _open(copy)
    assert [row.values["name"] for row in store.page(Query("people"))[1]] == ["卢梅"]
    assert store.check() == []
    store.close(with_backup=False)


@pytest.mark.usefixtures("share")
def test_on_a_share_there_is_no_log_and_no_second_user(office: Office) -> None:
    rid = office.add("people", name="卢梅")
    assert office.store._database.pragma("journal_mode") == "delete"
    assert not list(office.path.parent.glob("*-wal"))
    for read_only in (False, True):  # the other machine would not see in time what is written here
        with pytest.raises(StoreTrouble, match=r"正(被另一个程序|由记录员.*)使用"):
            Store.open(office.path, trial(), read_only=read_only)
    office.store.close()
    store = _open(office.path)
    with pytest.raises(InUse):
        _open(office.path)
    assert store.row(rid).values["name"] == "卢梅"
    assert store.check() == []
    store.close()
    assert len(list(office.path.parent.glob("trial 备份/*"))) == 1


def test_a_file_that_crashed_here_works_on_a_share(
    office: Office, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    office.add("people", name="卢梅")
    copy = tmp_path / "copy.tz"
    for end in ("", "-wal"):
        copy.with_name(copy.name + end).write_bytes(office.path.with_name(office.path.name + end).read_bytes())
    request.getfixturevalue("share")
    store = _open(copy)
    assert len(store.rids(Query("people"))) == 1
    store.do("改", lambda work: work.attach(b"x"))
    store.close()
    assert _at_rest(copy)


@pytest.mark.parametrize("path", [r"\\server\share\单位.tz", "//server/share/单位.tz"])
def test_a_share_is_known_by_its_name(path: str) -> None:
    assert is_network(path)


def test_a_folder_of_this_machine_is_no_share(tmp_path: Path) -> None:
    assert not is_network(tmp_path / "单位.tz")


@pytest.mark.parametrize("name", ["100% #1?a=b&c.tz", "空 格；“引号”'.tz", "%41.tz", "a+b.tz"])
def test_a_name_with_signs_in_it_is_a_name(tmp_path: Path, name: str) -> None:
    office = Office(tmp_path / name, trial())
    office.add("people", name="卢梅")
    office.store.close()
    assert {file.name for file in tmp_path.iterdir()} == {name, f"{Path(name).stem} 备份"}
    Database(tmp_path / name, read_only=True).close()
