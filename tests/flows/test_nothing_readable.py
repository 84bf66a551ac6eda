"""A locked office holds nothing that can be read, in any file that the program makes, at any time (R-PRIV-02).

Every name, number and address of a thousand invented people is looked for in the raw bytes of the office's folder, the
temporary folder and the user's own folder, while the program takes them in, and after it was killed.
"""

import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from taizhang.core.access import Access
from taizhang.core.check import check
from taizhang.core.hanzi import pinyin_forms
from taizhang.exchange.apply import apply_plan
from taizhang.exchange.planner import plan_import
from taizhang.exchange.workbook import read_workbook
from taizhang.exchange.write import export_rows
from taizhang.registry import installed
from taizhang.store import keyring
from taizhang.store.keyring import Keyring
from taizhang.store.memo import draft_key
from taizhang.store.query import Query
from taizhang.store.relock import lock_file
from taizhang.store.shelf import list_backups
from taizhang.store.store import Store
from tests.flows.planted import PEOPLE, marks, people, write_workbook, writings
from tests.flows.raw_bytes import Watcher

_PASSWORD = "xinghua chunyu jiangnan 2026"  # noqa: S105 - of an invented office
_NAME, _KIND = "中共和平社区委员会", "社区党委"
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Place:
    """Where the program may leave traces, and a folder outside, for what the user has on purpose."""

    office: Path
    temporary: Path
    home: Path
    outside: Path

    def watcher(self, *secrets: str) -> Watcher:
        """Looks for the people, and for `secrets`."""
        more = {written: "a secret" for secret in secrets for written in writings(secret)}
        return Watcher(marks() | more, self.office, self.temporary, self.home)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    made = Place(*(tmp_path / name for name in ("office", "temporary", "home", "outside")))
    for folder in (made.office, made.temporary, made.home, made.outside):
        folder.mkdir()
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(made.home))
    for name in ("TMPDIR", "TMP", "TEMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(made.temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(made.temporary))
    return made


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_workbook(tmp_path_factory.mktemp("planted") / "党员花名册.xlsx")


def _import(store: Store, book: Path) -> None:
    result = apply_plan(store, plan_import(read_workbook(book), store.ledgers["members"], store))
    assert result.counts.added == PEOPLE


def _create(place: Place, ring: tuple[Keyring, Access] | None) -> Store:
    return Store.create(place.office / "和平社区.tz", installed(), name=_NAME, kind=_KIND, ring=ring)


def test_in_an_office_without_a_password_everybody_is_found(place: Place, book: Path) -> None:
    """What proves that the others can fail."""
    with place.watcher() as watcher:
        store = _create(place, None)
        _import(store, book)
        watcher.look()
        store.close()
    content = store.path.read_bytes()
    missed = [person for person in people() if not all(text.encode() in content for text in person)]
    assert missed == []
    read = dict.fromkeys(text for name, text in watcher.found if name == store.path.name)
    assert {text for text in marks().values() if text not in read} == set()
    assert {"和平社区.tz", "和平社区.tz-wal"} <= {name for name, _text in watcher.found}
    assert list_backups(store.path)[0][1].name in {name for name, _text in watcher.found}


def test_what_is_looked_for_is_in_every_trace_of_a_person() -> None:
    looked_for = set(marks().values())
    for person in people():
        readings = [form for form in pinyin_forms(person.name) if len(form) > len(person.name)]
        assert readings
        for trace in (*person, *readings):
            assert any(trace.startswith(mark) for mark in looked_for), trace


def test_nobody_is_found_while_records_come_in_and_go_out(place: Place, book: Path) -> None:
    ring, access, code = keyring.create("林书记", _PASSWORD)
    with place.watcher(_PASSWORD, code) as watcher:
        store = _create(place, (ring, access))
        _import(store, book)
        watcher.look()
        _work(store, place)
        watcher.look()
        store.close()
    assert watcher.found == set()
    assert {f"和平社区.tz{end}" for end in ("", "-wal", "-shm", "-keys", "-lock")} <= watcher.seen
    assert list_backups(store.path)[0][1].name in watcher.seen
    assert sorted(file.name for file in place.office.iterdir()) == ["另存.tz", "和平社区 备份", "和平社区.tz"]
    assert list(place.temporary.iterdir()) == []


def _work(store: Store, place: Place) -> None:
    """What is done on a day: somebody is searched for, corrected, half typed, undone, saved and handed out."""
    wanted = people()[7]
    (rid,) = store.rids(Query("members", search=pinyin_forms(wanted.name)[0], show="all"))[:1]
    draft = check(store.ledgers["members"], {"note": wanted.address}, store.context(), store.row(rid).values, rid)
    store.do("修改", lambda work: work.change(rid, draft))
    store.keep("draft", wanted._asdict())
    store.undo()
    store.backup(place.office / "另存.tz")
    rids = store.rids(Query("members", show="all"))
    assert export_rows(store, store.ledgers["members"], rids, place.outside / "名册.xlsx") == PEOPLE


@pytest.mark.xvfb
def test_nobody_is_found_while_somebody_works_in_the_window(place: Place, book: Path) -> None:
    """The import, the list, a preview and a form half typed; and after the power went."""
    ring, access, code = keyring.create("林书记", _PASSWORD)
    store = _create(place, (ring, access))
    store.close(with_backup=False)
    command = [sys.executable, "-m", "tests.flows.window_work", str(store.path), str(book), _PASSWORD]
    with (
        place.watcher(_PASSWORD, code) as watcher,
        subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as program,
    ):
        assert program.stdout is not None
        said = program.stdout.readline().strip()
        watcher.look()
        program.kill()
    assert said == "worked"
    assert watcher.found == set()
    assert f"{store.path.name}-wal" in watcher.seen
    store = Store.open(store.path, installed(), access=access)
    assert store.count(Query("members", show="all")) == PEOPLE
    assert store.recall(draft_key("members", None))["name"][0] == people()[8].name, "it was kept, and not readable"
    store.close(with_backup=False)


def test_nobody_is_found_any_more_once_an_office_gets_a_password(place: Place, book: Path) -> None:
    """Neither in the files that are there, nor in those that were: the place on the disk is written over."""
    store = _create(place, None)
    _import(store, book)
    store.close()
    before = [path.open("rb") for path in place.office.rglob("*.tz")]
    assert len(before) == 2, "the office and its backup"
    ring, access, code = keyring.create("林书记", _PASSWORD)
    lock_file(store.path, ring, access)
    watcher = place.watcher(_PASSWORD, code)
    watcher.look()
    assert watcher.found == set()
    assert {store.path.name, list_backups(store.path)[0][1].name} <= watcher.seen
    for file in before:
        with file:
            content = file.read()
        assert [text for mark, text in marks().items() if mark in content] == []


@pytest.mark.parametrize(("moment", "kept"), [("before", 0), ("after", PEOPLE)])
def test_nobody_is_found_after_the_program_was_killed(place: Place, book: Path, moment: str, kept: int) -> None:
    ring, access, code = keyring.create("林书记", _PASSWORD)
    store = _create(place, (ring, access))
    store.close()
    with place.watcher(_PASSWORD, code) as watcher:
        command = [sys.executable, "-m", "tests.flows.killed_import", str(store.path), str(book), _PASSWORD, moment]
        ended = subprocess.run(command, cwd=_ROOT, capture_output=True, check=False)
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        left = {file.name: file.stat().st_size for file in place.office.iterdir() if file.is_file()}
        watcher.look()
        store = Store.open(store.path, installed(), access=access)
        assert store.check() == []
        assert store.count(Query("members", show="all")) == kept
        store.close()
    assert watcher.found == set()
    assert left["和平社区.tz-wal"] > PEOPLE * 100, "the log held them"
    assert {"和平社区.tz-keys", "和平社区.tz-shm", "和平社区.tz-lock"} <= left.keys()


def test_nobody_is_found_while_the_command_line_works(place: Place, book: Path) -> None:
    office, secret = place.office / "和平社区.tz", place.outside / "password.txt"
    secret.write_text(_PASSWORD)

    def run(*words: object) -> str:
        command = [sys.executable, "-m", "taizhang", "--office", office, "--password-file", secret, *words]
        return subprocess.run(
            list(map(str, command)), cwd=_ROOT, capture_output=True, check=True, encoding="utf-8"
        ).stdout

    with place.watcher(_PASSWORD) as watcher:
        run("new", office, "--name", _NAME, "--kind", _KIND)
        assert f"新增 {PEOPLE}" in run("import", "members", book)
        run("backup", place.office / "另存.tz")
        run("export", "members", place.outside / "名册.xlsx", "--columns", "name,id_number,phone,address")
        run("print", "members", place.outside / "名册.pdf")
    assert watcher.found == set()
    assert watcher.looks > 10
    assert {office.name, "另存.tz"} <= watcher.seen
    assert any(place.home.rglob("recent.json")), "it was the user's own folder"
