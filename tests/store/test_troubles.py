"""The file or the disk in trouble: a clear sentence, and nothing lost."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from taizhang.core.errors import Refused, StoreTrouble
from taizhang.store.driver import driver
from taizhang.store.query import Query
from taizhang.store.store import Store
from tests.offices import NOON, Office
from tests.store.trial import card, trial


def _use(path: Path) -> list[str]:
    """Open a file, read everything, write and undo; what the whole-file check says."""
    store = Store.open(path, trial(), clock=lambda: NOON)
    try:
        for row in store.page(Query("people"))[1]:
            store.history(row.rid)
        store.rids(Query("people", search="lu", sort="posts"))
        store.gaps("people")
        store.operations()
        said = store.check()
        store.recall("columns")
        store.do("新增", lambda work: work.attach(b"%PDF-1.7"))
        store.undo()
    finally:
        store.close(with_backup=False)
    return said


def _said(path: Path) -> str:
    """What is said of a file in use, in the end; any error that is none of ours gets through."""
    try:
        return "".join(_use(path))
    except (StoreTrouble, Refused) as trouble:
        return str(trouble)


@pytest.fixture(scope="module")
def sound() -> Iterator[Path]:
    """A small office file, closed, that has some of everything in it."""
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder) / "trial.tz", trial())
        place = office.add("places", name="一号楼")
        rids = [
            office.add("people", name=name, id_number=card(at), place=place) for at, name in enumerate(("卢梅", "孟堃"))
        ]
        office.change(rids[0], since="2020-01-01", place=office.store.root)
        office.change(rids[1], friends=(rids[0],))
        office.store.keep("columns", ["name"])
        office.store.do("放入", lambda work: work.attach(b"%PDF-1.7 ..."))
        office.store.close(with_backup=False)
        yield office.path


@given(changed=st.lists(st.tuples(st.integers(0, 2**20), st.integers(0, 255)), min_size=1, max_size=12))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_file_with_changed_bytes_never_brings_the_program_down(sound: Path, changed: list[tuple[int, int]]) -> None:
    """Whatever bytes a bad disk returns: it works, or it is said; no other error."""
    broken = bytearray(sound.read_bytes())
    for place, byte in changed:
        broken[place % len(broken)] = byte
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trial.tz"
        path.write_bytes(broken)
        said = _said(path)
        assert not said or said.endswith("。")


@pytest.mark.parametrize("page", range(0, 30, 3))
def test_a_lost_page_is_said(sound: Path, tmp_path: Path, page: int) -> None:
    broken = bytearray(sound.read_bytes())
    broken[page * 4096 : (page + 1) * 4096] = os.urandom(4096)
    path = tmp_path / "trial.tz"
    path.write_bytes(broken)
    said = _said(path)
    assert "损坏" in said or "错误" in said or "不是台账" in said


@pytest.mark.parametrize("size", [1, 100, 4096, 50_000, -4096, -1])
def test_a_file_that_was_cut_off_is_said_and_left_alone(sound: Path, tmp_path: Path, size: int) -> None:
    path = tmp_path / "trial.tz"
    path.write_bytes(sound.read_bytes()[:size])
    before = path.read_bytes()
    said = _said(path)
    assert "损坏" in said or "不是台账" in said
    assert path.read_bytes() == before


def test_an_empty_file_is_said_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "trial.tz"
    path.write_bytes(b"")
    with pytest.raises(StoreTrouble, match="是空文件，没有打开；请从备份恢复"):
        Store.open(path, trial())
    assert path.read_bytes() == b""
    assert [file.name for file in tmp_path.iterdir()] == ["trial.tz"]


def _text(path: Path) -> None:
    path.write_text("亲爱的同志们" * 2000, encoding="utf-8")


def _songs(path: Path) -> None:
    raw = sqlite3.connect(path)
    raw.executescript("CREATE TABLE songs (name TEXT); INSERT INTO songs VALUES ('东方红');")
    raw.close()


def _songs_ahead(path: Path) -> None:
    raw = sqlite3.connect(path)
    raw.executescript("PRAGMA journal_mode = WAL; CREATE TABLE songs (name TEXT);")
    raw.close()


def _marked_only(path: Path) -> None:
    raw = sqlite3.connect(path)
    raw.executescript(f"PRAGMA application_id = {0x545A3031}; CREATE TABLE meta (key TEXT, value TEXT);")
    raw.close()


@pytest.mark.parametrize("make", [_text, _songs, _songs_ahead, _marked_only])
def test_a_file_of_another_kind_is_refused_and_left_alone(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "other.tz"
    make(path)
    before = path.read_bytes()
    for read_only in (True, False):
        with pytest.raises((Refused, StoreTrouble), match=r"不是台账文件|已损坏|升级"):
            Store.open(path, trial(), read_only=read_only)
        if make is not _marked_only:
            assert path.read_bytes() == before


@pytest.mark.parametrize("what", ["missing.tz", "", "folder/missing.tz"])
def test_a_missing_file_is_not_made_by_opening_it(tmp_path: Path, what: str) -> None:
    with pytest.raises(Refused, match="找不到台账文件"):
        Store.open(tmp_path / what, trial())
    assert list(tmp_path.iterdir()) == []


def test_a_new_office_never_overwrites_and_wants_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "there.tz"
    path.write_bytes(b"mine")
    with pytest.raises(Refused, match="已经存在，没有覆盖"):
        Store.create(path, trial(), name="街道", kind="党工委")
    assert path.read_bytes() == b"mine"
    with pytest.raises(Refused, match="文件夹“nowhere”不存在，没有新建"):
        Store.create(tmp_path / "nowhere" / "a.tz", trial(), name="街道", kind="党工委")
    with pytest.raises(Refused, match=r"换一个位置或文件名"):
        Store.create(tmp_path / ("长" * 200 + ".tz"), trial(), name="街道", kind="党工委")


def test_an_office_whose_name_is_refused_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="请填写名称"):
        Store.create(tmp_path / "a.tz", trial(), name="", kind="党工委")
    assert list(tmp_path.iterdir()) == []


_HOLDER = """
import sqlite3, sys
raw = sqlite3.connect(sys.argv[1], isolation_level=None)
raw.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.readline()
"""


def test_a_file_that_another_program_holds_is_said_and_works_when_let_go(office: Office) -> None:
    rid = office.add("people", name="卢梅")
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(office.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        office.store._database.pragma("busy_timeout = 50")
        with pytest.raises(StoreTrouble, match="正被另一个程序使用，刚才的操作没有执行"):
            office.change(rid, note="甲")
        assert office.store.row(rid).values["note"] is None
        holder.communicate("\n")
    office.change(rid, note="甲")
    assert office.store.row(rid).values["note"] == "甲"
    assert office.store.check() == []


def test_a_closed_file_that_another_program_holds_cannot_be_opened_yet(office: Office) -> None:
    office.store.close(with_backup=False)
    raw = driver.connect(office.path, isolation_level=None)  # two libraries in one process do not see each other
    raw.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreTrouble, match="正被另一个程序使用"):
        Store.open(office.path, trial())
    raw.close()
    Store.open(office.path, trial()).close()


def test_a_full_disk_is_said_and_everything_before_is_there(office: Office) -> None:
    """SQLite says the same as on a full disk when a file may not grow."""
    rid = office.add("people", name="卢梅")
    pages = office.store._database.pragma("page_count")
    office.store._database.pragma(f"max_page_count = {pages + 2}")
    drafts = [office.check("people", {"name": "孟堃", "note": "甲" * 1000})] * 500
    for _ in range(2):
        with pytest.raises(StoreTrouble, match="磁盘已满，刚才的操作没有执行，原有内容完好"):
            office.store.do("导入", lambda work: work.add_many(drafts))
        assert office.rids("people") == [rid]
    assert office.store.check() == []
    office.store._database.pragma("max_page_count = 1000000")
    office.store.do("导入", lambda work: work.add_many(drafts))
    assert len(office.rids("people")) == 501


def _alone(work: Callable[[Path], str], path: Path) -> str:
    """Run in a process of its own, which may take limits upon itself; returns what it says."""
    context = get_context("fork")
    answers = context.Queue()

    def run() -> None:
        try:
            answers.put(work(path))
        except BaseException as problem:  # noqa: BLE001 - the parent is told of whatever happened
            answers.put(f"{type(problem).__name__}: {problem}")

    child = context.Process(target=run)
    child.start()
    said: str = answers.get(timeout=60)
    child.join(timeout=60)
    return said


def _grow_against_a_limit(path: Path) -> str:
    import signal  # noqa: PLC0415 - only this process ignores it

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    store = Store.open(path, trial(), clock=lambda: NOON)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
    draft = Office.of(store, trial()).check("people", {"name": "孟堃", "note": "甲" * 1000})
    try:
        store.do("导入", lambda work: work.add_many([draft] * 500))
    except StoreTrouble as trouble:
        return str(trouble)
    return "grew"


def test_a_disk_that_takes_no_more_is_said_by_the_system_too(office: Office) -> None:
    rid = office.add("people", name="卢梅")
    office.store.close(with_backup=False)
    assert "刚才的操作没有执行" in _alone(_grow_against_a_limit, office.path)
    office.store = Store.open(office.path, trial())
    assert office.rids("people") == [rid]
    assert office.store.check() == []


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that everybody may look into."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def _as_nobody() -> None:
    if os.getuid() == 0:  # to root nothing is read-only
        os.setgid(65534)
        os.setuid(65534)


def _read_where_nothing_can_be_written(path: Path) -> str:
    _as_nobody()
    store = Store.open(path, trial(), read_only=True)
    name = str(store.page(Query("people"))[1][0].values["name"])
    assert store.check() == []
    store.close()
    return name


def _write_where_nothing_can_be_written(path: Path) -> str:
    _as_nobody()
    store = Store.open(path, trial())
    try:
        store.do("放入", lambda work: work.attach(b"x"))
    finally:
        store.close()
    return "written"


def _create_where_nothing_can_be_written(path: Path) -> str:
    _as_nobody()
    Store.create(path.with_name("new.tz"), trial(), name="街道", kind="党工委")
    return "made"


def test_a_file_on_a_disk_that_cannot_be_written_can_be_read_and_says_so(public: Path) -> None:
    office = Office(public / "trial.tz", trial())
    office.add("people", name="卢梅")
    office.store.close(with_backup=False)
    office.path.chmod(0o444)
    public.chmod(0o555)
    before = office.path.read_bytes()
    assert _alone(_read_where_nothing_can_be_written, office.path) == "卢梅"
    said = _alone(_write_where_nothing_can_be_written, office.path)
    assert said.startswith("Unwritable: ")
    assert "只读" in said
    said = _alone(_create_where_nothing_can_be_written, office.path)
    assert said.startswith("Refused: 不能在文件夹")
    assert office.path.read_bytes() == before
    assert [file.name for file in public.iterdir()] == ["trial.tz"]
