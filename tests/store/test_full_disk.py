"""The disk is full, may not be written, or the file is in use: one sentence says so, and nothing is lost."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

import pytest
from openpyxl import Workbook

from taizhang.core.access import Access
from taizhang.core.check import check
from taizhang.core.errors import Refused, StoreTrouble
from taizhang.core.kinds import Text
from taizhang.exchange.apply import apply_plan
from taizhang.exchange.planner import plan_import
from taizhang.exchange.workbook import read_workbook
from taizhang.registry import Registry, registry_of
from taizhang.store import followers, keyring, relock
from taizhang.store.backup import restore
from taizhang.store.connection import is_locked
from taizhang.store.opening import enter
from taizhang.store.query import Query
from taizhang.store.store import Store
from tests.offices import Office
from tests.store.alone import alone, as_nobody, on_small_disk
from tests.store.locked import ADMIN, OTHER_WORD, WORD, LockedOffice, around, opened
from tests.store.trial import PEOPLE, PLACES, POSTS, trial

_NEWER = registry_of([PLACES, replace(PEOPLE, fields=(*PEOPLE.fields, Text("nickname", "曾用名"))), POSTS])
_DISK = 12_000_000
_BACKUP = "2026-11-18 080000"
words = pytest.mark.parametrize("word", [None, WORD], ids=["plain", "locked"])


@dataclass(frozen=True)
class Scene:
    """An office in a folder, its backup, and a workbook to be imported."""

    place: Path
    word: str | None
    name: str = "trial"

    @property
    def path(self) -> Path:
        """The office file."""
        return self.place / "office" / f"{self.name}.tz"

    def access(self) -> Access | None:
        """Who has entered."""
        return enter(self.path, self.word) if self.word else None

    def open(self) -> Store:
        """The office, open for writing."""
        return opened(self.path, self.word)


def _make(place: Path, word: str | None) -> None:
    """What every try begins with a copy of."""
    path = Scene(place, word).path
    path.parent.mkdir(parents=True)
    office = LockedOffice(path) if word else Office(path, trial())
    draft = office.check("people", {"name": "卢梅", "note": "甲" * 800})
    office.store.do("导入", lambda work: work.add_many([draft] * 40))
    office.store.backup(path.with_name("trial 备份") / f"{_BACKUP}.tz")
    office.store.close(with_backup=False)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("人员")
    for row in (["姓名", "电话", "备注"], *(["孟堃", f"1990000{number:04}", "乙" * 400] for number in range(300))):
        sheet.append(row)
    book.save(place / "人员.xlsx")


@dataclass(frozen=True)
class Job:
    """Work that is tried without room and then with room; what there is; and the end."""

    work: Callable[[], object]
    state: Callable[[], object]
    end: Callable[[], object] = lambda: None
    registry: Registry = field(default_factory=trial)


def _rows(store: Store) -> object:
    assert store.check() == []
    return [(row.rid, row.values["name"]) for row in store.page(Query("people"))[1]]


def _at_rest(scene: Scene, registry: Registry | None = None) -> object:
    """The office and its backups, opened by whoever may come in."""
    if not scene.path.exists():
        return around(scene.path)
    found: dict[str, object] = {}
    for file in (scene.path, *followers.backups_of(scene.path)):
        came_in = [word for word in (WORD, OTHER_WORD) if is_locked(file) and _comes_in(file, word)]
        store = Store.open(file, registry or trial(), access=enter(file, came_in[0]) if came_in else None)
        found[file.name] = (is_locked(file), came_in, _rows(store))
        store.close(with_backup=False)
    found["around"] = around(scene.path)
    return found


def _comes_in(path: Path, word: str) -> bool:
    try:
        enter(path, word)
    except Refused:
        return False
    return True


def _doing(scene: Scene) -> Job:
    store = scene.open()
    draft = check(store.ledgers["people"], {"name": "孟堃", "note": "乙" * 1000}, store.context())
    work = lambda: store.do("导入", lambda at_work: at_work.add_many([draft] * 200))  # noqa: E731
    return Job(work, lambda: _rows(store), lambda: store.close(with_backup=False))


def _importing(scene: Scene) -> Job:
    store = scene.open()
    plan = plan_import(read_workbook(scene.place / "人员.xlsx"), store.ledgers["people"], store)
    assert plan.counts.added == 300
    return Job(lambda: apply_plan(store, plan), lambda: _rows(store), lambda: store.close(with_backup=False))


def _backing_up(scene: Scene) -> Job:
    store = scene.open()
    target = scene.path.with_name("trial 备份") / "2026-11-21 080000.tz"
    return Job(lambda: store.backup(target), lambda: (_rows(store), _backups(scene)), store.close)


def _backups(scene: Scene) -> list[str]:
    return [name for name in around(scene.path) if "备份" in name]


def _restoring(scene: Scene) -> Job:
    source = scene.path.with_name("trial 备份") / f"{_BACKUP}.tz"
    access, again = enter(source, scene.word) if scene.word else None, replace(scene, name="again")

    def work() -> None:
        restore(source, again.path, lambda copy: opened(copy, scene.word).close(), access)

    return Job(work, lambda: _at_rest(again))


def _changing_the_password(scene: Scene) -> Job:
    store = scene.open()
    state = lambda: [_comes_in(scene.path, word) for word in (WORD, OTHER_WORD)]  # noqa: E731
    return Job(lambda: store.keys.set_password(ADMIN, OTHER_WORD), state, lambda: store.close(with_backup=False))


def _locking(scene: Scene) -> Job:
    ring, access, _code = keyring.create(ADMIN, OTHER_WORD)
    return Job(lambda: relock.lock_file(scene.path, ring, access), lambda: _at_rest(scene))


def _unlocking(scene: Scene) -> Job:
    access = scene.access()
    assert access is not None
    return Job(lambda: relock.unlock_file(scene.path, access), lambda: _at_rest(scene))


def _rekeying(scene: Scene) -> Job:
    old = scene.access()
    assert old is not None
    ring, access, _code = keyring.create(ADMIN, OTHER_WORD)
    return Job(lambda: relock.rekey_file(scene.path, old, ring, access), lambda: _at_rest(scene))


def _upgrading(scene: Scene) -> Job:
    access = scene.access()

    def work() -> None:
        Store.open(scene.path, _NEWER, access=access).close()

    def state() -> object:
        try:
            Store.open(scene.path, trial(), access=access).close()
        except Refused:
            return "upgraded"
        return _at_rest(scene)

    return Job(work, state, registry=_NEWER)


JOBS: list[tuple[str | None, Callable[[Scene], Job]]] = [
    *((word, job) for job in (_doing, _importing, _backing_up, _restoring, _upgrading) for word in (None, WORD)),
    (WORD, _changing_the_password),
    (None, _locking),
    (WORD, _unlocking),
    (WORD, _rekeying),
]
jobs = pytest.mark.parametrize(
    ("word", "job"), JOBS, ids=[f"{job.__name__[1:]}-{'locked' if word else 'plain'}" for word, job in JOBS]
)
Squeeze: TypeAlias = Callable[[int], AbstractContextManager[None]]


def _tried(
    place: Path, word: str | None, job: Callable[[Scene], Job], levels: tuple[int, ...], squeeze: Squeeze
) -> list[str]:
    """Try the work with less and less room; what was said each time, an empty text where it got through."""
    _make(place / "template", word)
    said = []
    for level in levels:
        shutil.copytree(place / "template", place / "round")
        scene = Scene(place / "round", word)
        at_work = job(scene)
        before = at_work.state()
        with squeeze(level):
            said.append(_attempt(at_work.work))
        if said[-1]:
            assert said[-1].endswith("。")
            assert "损坏" not in said[-1]
            assert at_work.state() == before, level
            assert _attempt(at_work.work) == "", "there is room again"
        assert at_work.state() != before
        at_work.end()
        _at_rest(scene, at_work.registry)
        assert not [name for name in around(scene.path) if not name.endswith(".tz")]
        shutil.rmtree(place / "round")
    return said


def _attempt(work: Callable[[], object]) -> str:
    try:
        work()
    except (StoreTrouble, Refused) as trouble:
        return str(trouble)
    return ""


def _filled(place: Path) -> Squeeze:
    """A disk on which only so many bytes are left."""

    @contextmanager
    def squeeze(left: int) -> Iterator[None]:
        ballast = place / "ballast"
        with ballast.open("wb", buffering=0) as file:
            for size in (1 << 20, 1 << 16, 1 << 12):
                try:
                    while file.write(bytes(size)) == size:
                        pass
                except OSError:
                    continue
            file.truncate(max(0, file.seek(0, os.SEEK_END) - left))
        yield
        ballast.unlink()

    return squeeze


@contextmanager
def _limited(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes, as a quota has it."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@jobs
def test_on_a_full_disk_it_is_done_whole_or_not_at_all(
    tmp_path: Path, word: str | None, job: Callable[[Scene], Job]
) -> None:
    levels = (0, 4_096, 16_384, 50_000, 120_000, 300_000, 600_000, 8_000_000)
    said = on_small_disk(tmp_path, _DISK, lambda: _tried(tmp_path, word, job, levels, _filled(tmp_path)))
    assert said[0], "nothing can be written"
    assert said[-1] == "", "there was room enough"


@jobs
def test_where_no_file_may_grow_it_is_done_whole_or_not_at_all(
    tmp_path: Path, word: str | None, job: Callable[[Scene], Job]
) -> None:
    levels = (0, 2_000, 40_000, 150_000, 10_000_000)
    said = alone(lambda: _tried(tmp_path, word, job, levels, _limited))
    assert said[0], "nothing can be written"
    assert said[-1] == "", "there was room enough"


@words
@pytest.mark.parametrize("left", [0, 4_096, 30_000])
def test_closing_on_a_full_disk_keeps_everything_that_was_done(tmp_path: Path, word: str | None, left: int) -> None:
    def work() -> None:
        _make(tmp_path / "round", word)
        scene = Scene(tmp_path / "round", word)
        job = _doing(scene)
        job.work()
        done = job.state()
        with _filled(tmp_path)(left):
            job.end()
            assert "trial.tz-wal" in around(scene.path), "there is no room for it elsewhere"
        again = scene.open()
        assert _rows(again) == done
        again.close(with_backup=False)
        assert [name for name in around(scene.path) if "备份" not in name] == ["trial.tz"]

    on_small_disk(tmp_path, _DISK, work)


@words
def test_a_full_disk_has_no_room_for_the_backup_at_closing_and_says_so(tmp_path: Path, word: str | None) -> None:
    def work() -> str:
        _make(tmp_path / "round", word)
        scene = Scene(tmp_path / "round", word)
        store = scene.open()
        draft = check(store.ledgers["people"], {"name": "孟堃"}, store.context())
        store.do("新增", lambda at_work: at_work.add(draft))
        done = _rows(store)
        with _filled(tmp_path)(100_000):
            said = _attempt(store.close)
        assert len(_backups(scene)) == 1
        again = scene.open()
        assert _rows(again) == done
        again.close(with_backup=False)
        return said

    said = on_small_disk(tmp_path, _DISK, work)
    assert said.startswith("备份没有做成，台账文件本身完好；请检查文件夹“trial 备份”能否写入、磁盘是否已满")


@words
def test_an_office_on_a_full_disk_says_so_when_it_is_opened_and_can_be_read(tmp_path: Path, word: str | None) -> None:
    def work() -> str:
        _make(tmp_path / "round", word)
        scene = Scene(tmp_path / "round", word)
        before = _at_rest(scene)
        with _filled(tmp_path)(0):
            said = _attempt(scene.open)
            reader = opened(scene.path, word, read_only=True)
            assert len(reader.page(Query("people"))[1]) == 40
            reader.close()
        assert _at_rest(scene) == before
        return said

    assert on_small_disk(tmp_path, _DISK, work).startswith("磁盘已满，刚才的操作没有执行，原有内容完好")


@words
def test_a_new_office_on_a_full_disk_leaves_nothing(tmp_path: Path, word: str | None) -> None:
    def work() -> list[str]:
        path = tmp_path / "new" / "a.tz"
        path.parent.mkdir()
        ring = keyring.create(ADMIN, word)[:2] if word else None
        said = []
        for left in (0, 8_192, 20_000, 60_000):
            with _filled(tmp_path)(left):
                said.append(_attempt(lambda: Store.create(path, trial(), name="街道", kind="党工委", ring=ring)))
                assert list(path.parent.iterdir()) == []
        return said

    for said in on_small_disk(tmp_path, 2_000_000, work):
        assert said.endswith("。")
        assert "磁盘已满" in said or "不能在文件夹" in said


# -- what may not be written -------------------------------------------------------------------------------------------


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that everybody may look into."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
    shutil.rmtree(folder)


@jobs
def test_what_may_not_be_written_says_so_and_stays_as_it_is(
    public: Path, word: str | None, job: Callable[[Scene], Job]
) -> None:
    _make(public / "round", word)
    scene = Scene(public / "round", word)
    files = [public / "round", *(public / "round").rglob("*")]
    before = {file: file.read_bytes() for file in files if file.is_file()}
    for file in sorted(files, reverse=True):
        file.chmod(0o555 if file.is_dir() else 0o444)

    def work() -> str:
        as_nobody()
        return _attempt(lambda: job(scene).work())

    said = alone(work)
    assert said.endswith("。")
    assert "只读" in said or "能否写入" in said
    assert {file: file.read_bytes() for file in (public / "round").rglob("*") if file.is_file()} == before


_HOLDING = """
import sys
from datetime import datetime
from pathlib import Path
from taizhang.store.holder import Holder
holder = Holder(Path(sys.argv[1]), "张三", datetime.now())
print("held", flush=True)
sys.stdin.readline()
"""


@pytest.mark.parametrize(
    ("word", "job"),
    [(word, job) for word, job in JOBS if job not in {_backing_up, _restoring}],
    ids=[
        f"{job.__name__[1:]}-{'locked' if word else 'plain'}"
        for word, job in JOBS
        if job not in {_backing_up, _restoring}
    ],
)
def test_what_another_program_has_open_says_who_has_it(
    tmp_path: Path, word: str | None, job: Callable[[Scene], Job]
) -> None:
    _make(tmp_path / "round", word)
    scene = Scene(tmp_path / "round", word)
    before = scene.path.read_bytes()
    command = [sys.executable, "-c", _HOLDING, str(scene.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        said = _attempt(lambda: job(scene).work())
        other.communicate("\n")
    assert "正由张三 在电脑" in said
    assert said.endswith("。")
    assert scene.path.read_bytes() == before
    at_work = job(scene)
    assert _attempt(at_work.work) == ""
    at_work.end()
