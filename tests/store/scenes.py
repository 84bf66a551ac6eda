"""Work that a disk may keep from being done: an office in a folder, and jobs that are tried on it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

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
from tests.store.locked import ADMIN, OTHER_WORD, WORD, LockedOffice, around, opened
from tests.store.trial import PEOPLE, PLACES, POSTS, trial

_NEWER = registry_of([PLACES, replace(PEOPLE, fields=(*PEOPLE.fields, Text("nickname", "曾用名"))), POSTS])
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


def make(place: Path, word: str | None) -> None:
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


def rows(store: Store) -> object:
    """Who is recorded, in a file that is sound."""
    assert store.check() == []
    return [(row.rid, row.values["name"]) for row in store.page(Query("people"))[1]]


def at_rest(scene: Scene, registry: Registry | None = None) -> object:
    """The office and its backups, opened by whoever may come in."""
    if not scene.path.exists():
        return around(scene.path)
    found: dict[str, object] = {}
    for file in (scene.path, *followers.backups_of(scene.path)):
        came_in = [word for word in (WORD, OTHER_WORD) if is_locked(file) and _comes_in(file, word)]
        store = Store.open(file, registry or trial(), access=enter(file, came_in[0]) if came_in else None)
        found[file.name] = (is_locked(file), came_in, rows(store))
        store.close(with_backup=False)
    found["around"] = around(scene.path)
    return found


def _comes_in(path: Path, word: str) -> bool:
    try:
        enter(path, word)
    except Refused:
        return False
    return True


def doing(scene: Scene) -> Job:
    """Two hundred people are written down."""
    store = scene.open()
    draft = check(store.ledgers["people"], {"name": "孟堃", "note": "乙" * 1000}, store.context())
    work = lambda: store.do("导入", lambda at_work: at_work.add_many([draft] * 200))  # noqa: E731
    return Job(work, lambda: rows(store), lambda: store.close(with_backup=False))


def importing(scene: Scene) -> Job:
    """Three hundred people are taken from a sheet, in an office that has been backed up."""
    store = scene.open()
    store.safeguard()
    plan = plan_import(read_workbook(scene.place / "人员.xlsx"), store.ledgers["people"], store)
    assert plan.counts.added == 300
    return Job(lambda: apply_plan(store, plan), lambda: rows(store), lambda: store.close(with_backup=False))


def backing_up(scene: Scene) -> Job:
    """A backup is made beside the file."""
    store = scene.open()
    target = scene.path.with_name("trial 备份") / "2026-11-21 080000.tz"
    return Job(lambda: store.backup(target), lambda: (rows(store), backups(scene)), store.close)


def backups(scene: Scene) -> list[str]:
    """What lies in the folder of backups."""
    return [name for name in around(scene.path) if "备份" in name]


def restoring(scene: Scene) -> Job:
    """The backup is brought back as a new file."""
    source = scene.path.with_name("trial 备份") / f"{_BACKUP}.tz"
    access, again = enter(source, scene.word) if scene.word else None, replace(scene, name="again")

    def work() -> None:
        restore(source, again.path, lambda copy: opened(copy, scene.word).close(), access)

    return Job(work, lambda: at_rest(again))


def changing_the_password(scene: Scene) -> Job:
    """The administrator wants another password."""
    store = scene.open()
    state = lambda: [_comes_in(scene.path, word) for word in (WORD, OTHER_WORD)]  # noqa: E731
    return Job(lambda: store.keys.set_password(ADMIN, OTHER_WORD), state, lambda: store.close(with_backup=False))


def locking(scene: Scene) -> Job:
    """The office gets a password."""
    ring, access, _code = keyring.create(ADMIN, OTHER_WORD)
    return Job(lambda: relock.lock_file(scene.path, ring, access), lambda: at_rest(scene))


def unlocking(scene: Scene) -> Job:
    """The office loses its password."""
    access = scene.access()
    assert access is not None
    return Job(lambda: relock.unlock_file(scene.path, access), lambda: at_rest(scene))


def rekeying(scene: Scene) -> Job:
    """The office gets another key."""
    old = scene.access()
    assert old is not None
    ring, access, _code = keyring.create(ADMIN, OTHER_WORD)
    return Job(lambda: relock.rekey_file(scene.path, old, ring, access), lambda: at_rest(scene))


def upgrading(scene: Scene) -> Job:
    """A later edition of the program opens the office."""
    access = scene.access()

    def work() -> None:
        Store.open(scene.path, _NEWER, access=access).close()

    def state() -> object:
        try:
            Store.open(scene.path, trial(), access=access).close()
        except Refused:
            return "upgraded"
        return at_rest(scene)

    return Job(work, state, registry=_NEWER)


JOBS: list[tuple[str | None, Callable[[Scene], Job]]] = [
    *((word, job) for job in (doing, importing, backing_up, restoring, upgrading) for word in (None, WORD)),
    (WORD, changing_the_password),
    (None, locking),
    (WORD, unlocking),
    (WORD, rekeying),
]
jobs = pytest.mark.parametrize(
    ("word", "job"), JOBS, ids=[f"{job.__name__}-{'locked' if word else 'plain'}" for word, job in JOBS]
)


def attempt(work: Callable[[], object]) -> str:
    """What is said instead of the work being done; nothing when it is."""
    try:
        work()
    except (StoreTrouble, Refused) as trouble:
        return str(trouble)
    return ""
