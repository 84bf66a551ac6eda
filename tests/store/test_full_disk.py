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
from pathlib import Path
from typing import TypeAlias

import pytest

from taizhang.core.check import check
from taizhang.store import keyring
from taizhang.store.query import Query
from taizhang.store.store import Store
from tests.store.alone import alone, as_nobody, on_small_disk
from tests.store.locked import ADMIN, around, opened
from tests.store.scenes import (
    JOBS,
    Job,
    Scene,
    at_rest,
    attempt,
    backing_up,
    backups,
    doing,
    jobs,
    make,
    restoring,
    rows,
    words,
)
from tests.store.trial import trial

_DISK = 12_000_000
Squeeze: TypeAlias = Callable[[int], AbstractContextManager[None]]


def _tried(
    place: Path, word: str | None, job: Callable[[Scene], Job], levels: tuple[int, ...], squeeze: Squeeze
) -> list[str]:
    """Try the work with less and less room; what was said each time, an empty text where it got through."""
    make(place / "template", word)
    said = []
    for level in levels:
        shutil.copytree(place / "template", place / "round")
        scene = Scene(place / "round", word)
        at_work = job(scene)
        before = at_work.state()
        with squeeze(level):
            said.append(attempt(at_work.work))
        if said[-1]:
            assert said[-1].endswith("。")
            assert "损坏" not in said[-1]
            assert at_work.state() == before, level
            assert attempt(at_work.work) == "", "there is room again"
        assert at_work.state() != before
        at_work.end()
        at_rest(scene, at_work.registry)
        assert not [name for name in around(scene.path) if not name.endswith(".tz")]
        shutil.rmtree(place / "round")
    return said


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
    levels = (0, 16_384, 150_000, 8_000_000)
    said = on_small_disk(tmp_path, _DISK, lambda: _tried(tmp_path, word, job, levels, _filled(tmp_path)))
    assert said[0], "nothing can be written"
    assert said[-1] == "", "there was room enough"


@jobs
def test_where_no_file_may_grow_it_is_done_whole_or_not_at_all(
    tmp_path: Path, word: str | None, job: Callable[[Scene], Job]
) -> None:
    levels = (0, 60_000, 10_000_000)
    said = alone(lambda: _tried(tmp_path, word, job, levels, _limited))
    assert said[0], "nothing can be written"
    assert said[-1] == "", "there was room enough"


@words
@pytest.mark.parametrize("left", [0, 4_096, 30_000])
def test_closing_on_a_full_disk_keeps_everything_that_was_done(tmp_path: Path, word: str | None, left: int) -> None:
    def work() -> None:
        make(tmp_path / "round", word)
        scene = Scene(tmp_path / "round", word)
        job = doing(scene)
        job.work()
        done = job.state()
        with _filled(tmp_path)(left):
            job.end()
            assert "trial.tz-wal" in around(scene.path), "there is no room for it elsewhere"
        again = scene.open()
        assert rows(again) == done
        again.close(with_backup=False)
        assert [name for name in around(scene.path) if "备份" not in name] == ["trial.tz"]

    on_small_disk(tmp_path, _DISK, work)


@words
def test_a_full_disk_has_no_room_for_the_backup_at_closing_and_says_so(tmp_path: Path, word: str | None) -> None:
    def work() -> str:
        make(tmp_path / "round", word)
        scene = Scene(tmp_path / "round", word)
        store = scene.open()
        draft = check(store.ledgers["people"], {"name": "孟堃"}, store.context())
        store.do("新增", lambda at_work: at_work.add(draft))
        done = rows(store)
        with _filled(tmp_path)(100_000):
            said = attempt(store.close)
        assert len(backups(scene)) == 1
        again = scene.open()
        assert rows(again) == done
        again.close(with_backup=False)
        return said

    said = on_small_disk(tmp_path, _DISK, work)
    assert said.startswith("备份没有做成，台账文件本身完好；请检查文件夹“trial 备份”能否写入、磁盘是否已满")


@words
def test_an_office_on_a_full_disk_says_so_when_it_is_opened_and_can_be_read(tmp_path: Path, word: str | None) -> None:
    def work() -> str:
        make(tmp_path / "round", word)
        scene = Scene(tmp_path / "round", word)
        before = at_rest(scene)
        with _filled(tmp_path)(0):
            said = attempt(scene.open)
            reader = opened(scene.path, word, read_only=True)
            assert len(reader.page(Query("people"))[1]) == 40
            reader.close()
        assert at_rest(scene) == before
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
                said.append(attempt(lambda: Store.create(path, trial(), name="街道", kind="党工委", ring=ring)))
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
    make(public / "round", word)
    scene = Scene(public / "round", word)
    files = [public / "round", *(public / "round").rglob("*")]
    before = {file: file.read_bytes() for file in files if file.is_file()}
    for file in sorted(files, reverse=True):
        file.chmod(0o555 if file.is_dir() else 0o444)

    def work() -> str:
        as_nobody()
        return attempt(lambda: job(scene).work())

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
    [(word, job) for word, job in JOBS if job not in {backing_up, restoring}],
    ids=[f"{job.__name__}-{'locked' if word else 'plain'}" for word, job in JOBS if job not in {backing_up, restoring}],
)
def test_what_another_program_has_open_says_who_has_it(
    tmp_path: Path, word: str | None, job: Callable[[Scene], Job]
) -> None:
    make(tmp_path / "round", word)
    scene = Scene(tmp_path / "round", word)
    before = scene.path.read_bytes()
    command = [sys.executable, "-c", _HOLDING, str(scene.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        said = attempt(lambda: job(scene).work())
        other.communicate("\n")
    assert "正由张三在电脑" in said
    assert said.endswith("。")
    assert scene.path.read_bytes() == before
    at_work = job(scene)
    assert attempt(at_work.work) == ""
    at_work.end()
