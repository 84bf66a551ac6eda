"""What a program may be killed at, and what must be true afterwards: importing, backing up, restoring, upgrading."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from openpyxl import Workbook

from taizhang.command import program
from taizhang.core import idcard
from taizhang.core.access import Access
from taizhang.core.check import check
from taizhang.core.errors import Refused
from taizhang.core.kinds import Text
from taizhang.core.ledger import Step
from taizhang.exchange.apply import apply_plan
from taizhang.exchange.planner import plan_import
from taizhang.exchange.workbook import read_workbook
from taizhang.registry import Registry, installed, registry_of
from taizhang.store import keyring
from taizhang.store.backup import restore
from taizhang.store.connection import is_locked
from taizhang.store.opening import enter
from taizhang.store.query import Query
from taizhang.store.store import Store
from tests.offices import by_dependence
from tests.store.locked import ADMIN, WORD
from tests.store.trial import PEOPLE, PLACES, POSTS, trial

MARK = "青石杏花"  # in the name of the office: what a locked file must not show
_NAME, _KIND = f"中共{MARK}社区委员会", "社区党委"
_ROWS = 300
_BEFORE = datetime(2026, 11, 20, 8)  # noqa: DTZ001 - an office's wall clock
# What may lie beside a file until it is opened for the next time.
_ENDS = ("-wal", "-shm", "-journal", "-keys", "-keys.part", "-keys.next", "-keys.plan", "-keys.plan.part", "-plain")
BESIDE = {"", *_ENDS, "-lock", "-lock-journal", ".part"}


class Work(Protocol):
    """One kind of work."""

    def prepare(self, place: Path) -> None:
        """Make the files that it works on."""

    def begin(self, place: Path) -> Callable[[], object]:
        """In the child: what goes before; returns the work itself."""

    def look(self, place: Path, *, thorough: bool) -> str:
        """Afterwards: `before` or `after`; fails when it is neither, or something else is wrong."""


def office_of(place: Path) -> Path:
    """The office file."""
    return place / "office" / "和平社区.tz"


def create(path: Path, registry: Registry, word: str | None) -> None:
    """An office with a few records, and one backup beside it."""
    path.parent.mkdir(exist_ok=True)
    ring = keyring.create(ADMIN, word) if word else None
    store = Store.create(
        path,
        registry,
        name=_NAME,
        kind=_KIND,
        who=ADMIN,
        ring=(ring[0], ring[1]) if ring else None,
        clock=lambda: _BEFORE,
    )
    ledger = store.ledgers["people" if "people" in store.ledgers else "members"]
    drafts = [check(ledger, {"name": f"孟堃{number}"[:2]}, store.context()) for number in range(1, 4)]
    if not any(draft.errors for draft in drafts):
        store.do("新增", lambda work: work.add_many(drafts))
    store.close()


def access_of(path: Path, *words: str) -> Access | None:
    """Whoever comes in with exactly one of these passwords; None where there is no lock."""
    if not is_locked(path):
        return None
    came_in = [access for word in words if (access := coming_in(path, word))]
    assert len(came_in) == 1, (path.name, len(came_in))
    return came_in[0]


def coming_in(path: Path, word: str) -> Access | None:
    """Whoever comes in with this password, or nobody."""
    try:
        return enter(path, word)
    except Refused as refused:
        if "密码不对" in str(refused):
            return None
        raise


def state(path: Path, registry: Registry, access: Access | None) -> object:
    """Everything that is recorded, and nothing that tells when or by whom; the file is checked on the way."""
    store = Store.open(path, registry, access=access)
    try:
        assert store.check() == []
        return {
            ledger.key: [(row.rid, row.values) for row in store.page(Query(ledger.key, show="all"))[1]]
            for ledger in by_dependence(registry)
        }
    finally:
        store.close(with_backup=False)


def tidy(path: Path, *, parts: bool = False) -> None:
    """One file and its backups, which are whole; `parts`: half-made backups go with the next one that is made."""
    assert [file.name for file in sorted(path.parent.iterdir()) if not file.name.endswith(" 备份")] == [path.name]
    for backup in backups(path):
        assert backup.suffix == ".tz" or (parts and backup.name.endswith((".tz.part", ".tz.part-journal"))), backup


def backups(path: Path) -> list[Path]:
    """All that lies in the folder of backups."""
    return sorted(path.with_name(f"{path.stem} 备份").glob("*"))


def known(path: Path) -> None:
    """Right after the end: nothing beside the file but what is known to lie there for a while."""
    for file in path.parent.iterdir():
        assert file.name.endswith(" 备份") or file.name.removeprefix(path.name) in BESIDE, file.name


def checked_by_command(path: Path, word: str | None) -> None:
    """The program itself finds nothing wrong."""
    secret = path.with_name("password.txt")
    secret.write_text(word or "", encoding="utf-8")
    key = ["--password-file", str(secret)] if word else []
    assert program.run(["--office", str(path), *key, "--json", "check"], lambda *_: 1) == 0
    secret.unlink()


@contextmanager
def opened(path: Path, registry: Registry, access: Access | None) -> Iterator[Store]:
    """An office, open until the end."""
    store = Store.open(path, registry, access=access)
    yield store
    store.close(with_backup=False)


class Importing:
    """A roster of 300 people is taken in, and the office closed with a backup."""

    def __init__(self, word: str | None) -> None:
        self._word = word
        self._before: object = None
        self._after: object = None

    def prepare(self, place: Path) -> None:
        """An office, and a workbook as offices have them."""
        create(office_of(place), installed(), self._word)
        _write_roster(place / "党员花名册.xlsx")
        self._before = self._state(place)

    def begin(self, place: Path) -> Callable[[], object]:
        """The plan is made."""
        store = Store.open(office_of(place), installed(), access=self._access(place))
        plan = plan_import(read_workbook(place / "党员花名册.xlsx"), store.ledgers["members"], store)
        assert plan.counts.added == _ROWS

        def work() -> None:
            apply_plan(store, plan)
            store.close()

        return work

    def look(self, place: Path, *, thorough: bool) -> str:
        """All of them or nobody."""
        path = office_of(place)
        known(path)
        found = self._state(place)
        self._after = self._after or found  # the first look is at what nobody has killed
        assert found in (self._before, self._after)
        tidy(path, parts=True)
        if thorough:
            checked_by_command(path, self._word)
            _work_once_more(path, self._access(place))
            tidy(path)
        return "before" if found == self._before else "after"

    def _access(self, place: Path) -> Access | None:
        return access_of(office_of(place), self._word or "")

    def _state(self, place: Path) -> object:
        return state(office_of(place), installed(), self._access(place))


def _work_once_more(path: Path, access: Access | None) -> None:
    """A day's work, and the backup after it."""
    store = Store.open(path, installed(), access=access)
    store.do("放入", lambda work: work.attach(b"%PDF-1.7"))
    store.close()
    for backup in backups(path):
        if is_locked(path):
            assert MARK.encode() not in backup.read_bytes()


def _write_roster(path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("党员名册")
    sheet.append(["姓名", "公民身份号码", "性别", "民族", "学历", "人员类别", "联系电话", "家庭住址"])
    born = datetime(1970, 1, 1)  # noqa: DTZ001 - a birthday
    for number in range(_ROWS):
        card = idcard.make("110199", born.date(), number + 1)
        name = "卢孟濮公"[number % 4] + chr(0x9EFD + number % 160)
        sheet.append(
            [name, card, "男" if number % 2 == 0 else "女", "汉族", "大学", "正式党员", f"1990000{number:04}", "杏花路"]
        )
    book.save(path)


class BackingUp:
    """A backup is made beside the file."""

    def __init__(self, word: str | None) -> None:
        self._word = word
        self._state: object = None

    def prepare(self, place: Path) -> None:
        """An office in which something was done since the last backup."""
        path = office_of(place)
        create(path, installed(), self._word)
        with opened(path, installed(), access_of(path, self._word or "")) as store:
            store.do("放入", lambda work: work.attach(b"%PDF-1.7" + b"x" * 300_000))
        self._state = state(path, installed(), access_of(path, self._word or ""))

    def begin(self, place: Path) -> Callable[[], object]:
        """The office is open."""
        path = office_of(place)
        store = Store.open(path, installed(), access=access_of(path, self._word or ""))

        def work() -> None:
            store.safeguard()
            store.close(with_backup=False)

        return work

    def look(self, place: Path, *, thorough: bool) -> str:
        """The office as it was, and a whole backup more or none."""
        path = office_of(place)
        known(path)
        assert state(path, installed(), access_of(path, self._word or "")) == self._state
        whole = [backup for backup in backups(path) if backup.suffix == ".tz"]
        for backup in whole:
            with opened(backup, installed(), access_of(backup, self._word or "")) as store:
                assert store.check() == []
        tidy(path, parts=True)
        if thorough:
            checked_by_command(path, self._word)
            _work_once_more(path, access_of(path, self._word or ""))
            tidy(path)
        return "before" if len(whole) == 1 else "after"


class Restoring:
    """A backup is brought back as a new file."""

    def __init__(self, word: str | None) -> None:
        self._word = word
        self._state: object = None

    def prepare(self, place: Path) -> None:
        """A backup."""
        path = place / "backup.tz"
        create(path, installed(), self._word)
        self._state = state(path, installed(), access_of(path, self._word or ""))
        (place / "office").mkdir()

    def begin(self, place: Path) -> Callable[[], object]:
        """Somebody has come into the backup."""
        source, target = place / "backup.tz", office_of(place)
        access = access_of(source, self._word or "")

        def proven(copy: Path) -> None:
            with opened(copy, installed(), access) as store:
                assert store.count(Query("members", show="all")) >= 0

        return lambda: restore(source, target, proven, access)

    def look(self, place: Path, *, thorough: bool) -> str:
        """The new file, or none; and the next try gets through."""
        path = office_of(place)
        done = path.exists()
        if not done:
            left = {file.name.removeprefix(f"{path.name}.part") for file in path.parent.iterdir()}
            assert left <= BESIDE, left
            self.begin(place)()
        assert state(path, installed(), access_of(path, self._word or "")) == self._state
        tidy(path)
        if thorough:
            checked_by_command(path, self._word)
            state(place / "backup.tz", installed(), access_of(place / "backup.tz", self._word or ""))
        return "after" if done else "before"


def _newer() -> Registry:
    """A later edition of the ledgers: a field renamed and two new ones, a new index, a new ledger."""
    kept = tuple(field for field in PEOPLE.fields if field.key != "note")
    fields = (*kept, Text("remark", "备注"), Text("nickname", "曾用名", wanted=True), Text("card", "证号", unique=True))
    said = (
        """UPDATE journal SET new = replace(new, '"note":', '"remark":'), old = replace(old, '"note":', '"remark":')"""
    )
    steps = (Step("people: note becomes remark", ("ALTER TABLE ledger_people RENAME COLUMN note TO remark", said)),)
    people = replace(PEOPLE, fields=fields, steps=steps, search_fields=("name", "remark"))
    return registry_of([PLACES, people, POSTS, replace(POSTS, key="duties", title="职责")])


class Upgrading:
    """A file of an older edition is opened."""

    def __init__(self, word: str | None) -> None:
        self._word = word
        self._newer = _newer()
        self._after: object = None

    def prepare(self, place: Path) -> None:
        """A file of some years ago, with a hundred people in it."""
        path = office_of(place)
        create(path, trial(), self._word)
        with opened(path, trial(), access_of(path, self._word or "")) as store:
            draft = check(store.ledgers["people"], {"name": "卢梅", "note": "甲" * 500}, store.context())
            store.do("导入", lambda work: work.add_many([draft] * 100))

    def begin(self, place: Path) -> Callable[[], object]:
        """Nothing goes before."""
        access = access_of(office_of(place), self._word or "")
        return lambda: Store.open(office_of(place), self._newer, access=access).close()

    def look(self, place: Path, *, thorough: bool) -> str:
        """As it was, or new and whole; what was there before is in a backup then."""
        path = office_of(place)
        known(path)
        access = access_of(path, self._word or "")
        outcome = self._edition(path, access)
        saved = [backup for backup in backups(path) if backup.name.startswith("升级前") and backup.suffix == ".tz"]
        assert saved or outcome == "before"
        for backup in saved:
            assert self._edition(backup, access_of(backup, self._word or "")) == "before"
        found = state(path, self._newer, access)
        self._after = self._after or found
        assert found == self._after
        tidy(path, parts=True)
        if thorough:
            assert state(path, self._newer, access_of(path, self._word or "")) == found
        return outcome

    def _edition(self, path: Path, access: Access | None) -> str:
        """Which edition of the ledgers it has; the older one refuses what it does not know."""
        try:
            Store.open(path, trial(), access=access).close()
        except Refused as refused:
            if "更新版本的程序写的" in str(refused):
                return "after"
            raise
        return "before"


WORK: Mapping[str, Callable[[], Work]] = {
    "import": lambda: Importing(None),
    "import locked": lambda: Importing(WORD),
    "backup": lambda: BackingUp(None),
    "backup locked": lambda: BackingUp(WORD),
    "restore": lambda: Restoring(None),
    "restore locked": lambda: Restoring(WORD),
    "upgrade": lambda: Upgrading(None),
    "upgrade locked": lambda: Upgrading(WORD),
}
