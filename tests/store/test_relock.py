"""An office file gets a lock, another key, or loses the lock: whole or not at all, and nothing plain is left behind."""

import os
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from taizhang.core.access import Access, Role
from taizhang.core.check import check
from taizhang.core.errors import Cancelled, Refused, StoreTrouble
from taizhang.core.progress import Progress, silent
from taizhang.store import followers, keyplace, keyring, relock, rewriting
from taizhang.store.connection import connect, is_locked
from taizhang.store.holder import Holder, InUse
from taizhang.store.logbook import Happening
from taizhang.store.migration import shape
from taizhang.store.opening import Locked, enter, enter_by_code
from taizhang.store.query import Query
from taizhang.store.store import Store
from taizhang.store.trouble import Damaged
from tests.offices import NOON, Office
from tests.store.locked import ADMIN, OTHER, OTHER_WORD, THIRD_WORD, WORD, LockedOffice, around, opened
from tests.store.trial import card

NAMELESS = "隐姓埋名之人"  # what must not be found in any byte
_MARK = NAMELESS.encode()


@pytest.fixture
def plain(office: Office, quick: None) -> Path:  # noqa: ARG001
    """A closed file without a password, with two backups and one of before an upgrade beside it."""
    place = office.add("places", name="一号楼")
    rid = office.add("people", name="卢梅", id_number=card(1), note=NAMELESS, place=place)
    folder = office.path.with_name("trial 备份")
    for name in ("2026-11-18 080000", "2026-11-19 080000", "升级前 2026-11-19 080000"):
        office.store.backup(folder / f"{name}.tz")
    office.change(rid, note=NAMELESS * 200)
    office.store.do("放入", lambda work: work.attach(b"%PDF-1.7" + _MARK))
    office.store.keep("draft", {"name": NAMELESS})
    office.store.undo()
    office.store.close(with_backup=False)
    return office.path


def _content(path: Path, password: str | None = None) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but what the log says of the keys."""
    key = enter(path, password).key if password else None
    raw = connect(path, read_only=True, key=key)
    tables = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = {table: sorted(raw.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr) for table in tables}  # noqa: S608
    raw.close()
    return {**rows, "log": [row for row in rows["log"] if "keys" not in row]}


def _shape(path: Path, password: str | None = None) -> object:
    store = opened(path, password)
    about = [
        str(store._database.pragma(name)) for name in ("application_id", "user_version", "page_size", "journal_mode")
    ]
    found = shape(store._database.connection), about
    store.close(with_backup=False)
    return found


def _backups(path: Path) -> list[Path]:
    return followers.backups_of(path)


def _at_rest(path: Path) -> None:
    """One file, its backups, and nothing else."""
    assert [name for name in around(path) if not name.endswith(".tz")] == []
    assert {file.name for file in path.parent.iterdir()} - {"elsewhere"} == {"trial.tz", "trial 备份"}


def test_a_locked_file_holds_the_same_and_opens_with_the_password_only(plain: Path) -> None:
    before, like = _content(plain), _shape(plain)
    ring, access, code = keyring.create(ADMIN, WORD)
    relock.lock_file(plain, ring, access)
    assert is_locked(plain)
    assert keyplace.read(plain) == ring
    assert _content(plain, WORD) == before
    assert _shape(plain, WORD) == like
    with pytest.raises(Locked):
        opened(plain)
    with pytest.raises(Refused, match="密码不对"):
        opened(plain, OTHER_WORD)
    assert enter_by_code(plain, code).key == access.key
    store = opened(plain, WORD)
    assert store.check() == []
    line = store.log.lines()[0]
    assert (line.who, line.kind, line.what) == (ADMIN, Happening.KEYS, "设置密码")
    assert store.redo().title == "恢复：修改"
    store.undo()
    store.close(with_backup=False)
    _at_rest(plain)


def test_nothing_plain_is_left_in_the_folder(plain: Path, tmp_path: Path) -> None:
    """R-PRIV-02: neither in the file, nor in a backup, nor where the plain ones were."""
    assert all(_MARK in file.read_bytes() for file in (plain, *_backups(plain)))
    old = tmp_path / "kept"  # a second name shows what became of the bytes
    olds = []
    for number, file in enumerate((plain, *_backups(plain))):
        olds.append(old.with_name(f"kept{number}"))
        os.link(file, olds[-1])
    sizes = [file.stat().st_size for file in olds]
    ring, access, _code = keyring.create(ADMIN, WORD)
    relock.lock_file(plain, ring, access)
    assert [file.read_bytes() for file in olds] == [bytes(size) for size in sizes]
    for file in olds:
        file.unlink()
    assert len(_backups(plain)) == 3
    for file in (plain, *_backups(plain)):
        assert is_locked(file)
        assert _MARK not in file.read_bytes()
        store = opened(file, WORD, read_only=True)
        assert store.check() == []
        assert store.page(Query("people"))[1][0].values["note"] == NAMELESS
        store.close()
    _at_rest(plain)


def test_backups_that_were_locked_with_the_file_follow_its_keys(plain: Path) -> None:
    ring, access, _code = keyring.create(ADMIN, WORD)
    relock.lock_file(plain, ring, access)
    store = opened(plain, WORD)
    store.keys.set_password(ADMIN, THIRD_WORD)
    store.close(with_backup=False)
    for backup in _backups(plain):
        assert enter(backup, THIRD_WORD).who == ADMIN
        with pytest.raises(Refused, match="密码不对"):
            enter(backup, WORD)


def test_a_stick_without_second_names_gets_its_lock_too(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_names: object) -> None:
        raise OSError(1, "not supported")

    monkeypatch.setattr(os, "link", none)
    ring, access, _code = keyring.create(ADMIN, WORD)
    relock.lock_file(plain, ring, access)
    assert all(_MARK not in file.read_bytes() for file in (plain, *_backups(plain)))
    _at_rest(plain)


def test_what_a_crash_left_in_the_log_is_locked_with_the_rest(plain: Path) -> None:
    store = opened(plain)
    draft = check(store.ledgers["people"], {"name": "孟堃"}, store.context())
    store.do("新增", lambda work: work.add(draft))
    crashed = {end: Path(f"{plain}{end}").read_bytes() for end in ("", "-wal")}
    store.close(with_backup=False)
    for end, content in crashed.items():
        Path(f"{plain}{end}").write_bytes(content)
    ring, access, _code = keyring.create(ADMIN, WORD)
    relock.lock_file(plain, ring, access)
    store = opened(plain, WORD)
    assert store.count(Query("people")) == 2
    store.close(with_backup=False)
    _at_rest(plain)


def test_an_older_file_without_a_log_is_locked_too(plain: Path) -> None:
    raw = sqlite3.connect(plain)
    raw.execute("DROP TABLE log")
    raw.close()
    ring, access, _code = keyring.create(ADMIN, WORD)
    relock.lock_file(plain, ring, access)
    store = opened(plain, WORD)
    assert store.check() == []
    store.close(with_backup=False)


def test_the_lock_comes_off_and_the_backups_keep_theirs(locked: LockedOffice) -> None:
    locked.add("people", name="卢梅", note=NAMELESS)
    backup = locked.backup()
    locked.close()
    before, like = _content(locked.path, WORD), _shape(locked.path, WORD)
    relock.unlock_file(locked.path, locked.enter())
    assert not is_locked(locked.path)
    assert _content(locked.path) == before
    assert _shape(locked.path) == like
    assert _MARK in locked.path.read_bytes()
    assert enter(backup, WORD).who == ADMIN
    store = opened(locked.path)
    assert store.check() == []
    assert (store.log.lines()[0].who, store.log.lines()[0].what) == (ADMIN, "取消密码")
    store.close(with_backup=False)
    _at_rest(locked.path)


def test_a_file_that_was_unlocked_can_be_locked_again(locked: LockedOffice) -> None:
    locked.close()
    before = _content(locked.path, WORD)
    relock.unlock_file(locked.path, locked.enter())
    ring, access, _code = keyring.create(OTHER, OTHER_WORD)
    relock.lock_file(locked.path, ring, access)
    assert _content(locked.path, OTHER_WORD) == before
    with pytest.raises(Refused, match="密码不对"):
        locked.enter(WORD)


def test_another_key_opens_nothing_with_what_was_copied_before(locked: LockedOffice, tmp_path: Path) -> None:
    locked.add("people", name="卢梅", note=NAMELESS)
    locked.store.keys.add(OTHER, Role.RECORDER, OTHER_WORD)
    gone = locked.enter(OTHER_WORD)
    backup = locked.backup()
    locked.close()
    copied = tmp_path / "elsewhere" / "copied.tz"
    copied.parent.mkdir()
    copied.write_bytes(locked.path.read_bytes())
    before = _content(locked.path, WORD)
    ring, access, code = keyring.create(ADMIN, THIRD_WORD)
    relock.rekey_file(locked.path, locked.enter(), ring, access)
    assert _content(locked.path, THIRD_WORD) == before
    assert keyplace.read(locked.path) == ring
    assert enter_by_code(locked.path, code).key == access.key != locked.access.key
    for word in (WORD, OTHER_WORD):
        with pytest.raises(Refused, match="密码不对"):
            locked.enter(word)
    for key in (gone.key, locked.access.key):
        with pytest.raises(Damaged):
            Store.open(locked.path, locked.registry, access=Access(ADMIN, Role.ADMIN, key))
    assert keyring.data_key(ring, gone) is None
    # The backup keeps its key, under the new passwords; what somebody copied stays readable for them.
    assert enter(backup, THIRD_WORD).key == locked.access.key
    with pytest.raises(Refused, match="密码不对"):
        enter(backup, OTHER_WORD)
    assert enter_by_code(backup, code).key == locked.access.key
    assert enter(copied, OTHER_WORD).key == gone.key
    for file in (locked.path, backup):
        store = opened(file, THIRD_WORD)
        assert store.check() == []
        assert store.page(Query("people"))[1][0].values["note"] == NAMELESS
        store.close(with_backup=False)
    store = locked.open(THIRD_WORD)
    assert store.log.lines()[0].what == "更换加密的钥匙和全部密码"
    locked.close()
    _at_rest(locked.path)


# -- refused, and nothing changed --------------------------------------------------------------------------------------


def _before(path: Path) -> dict[str, bytes]:
    return {name: (path.parent / name).read_bytes() for name in around(path)}


def _lock(path: Path) -> None:
    ring, access, _code = keyring.create(ADMIN, WORD)
    relock.lock_file(path, ring, access)


def _unlock(path: Path) -> None:
    relock.unlock_file(path, enter(path, WORD))


def _rekey(path: Path) -> None:
    ring, access, _code = keyring.create(ADMIN, THIRD_WORD)
    relock.rekey_file(path, enter(path, WORD), ring, access)


def _do(
    do: Callable[[Path], None],
    path: Path,
    entered: Access | None,
    made: tuple[keyring.Keyring, Access],
    progress: Progress = silent,
) -> None:
    """The same with all its arguments."""
    if entered is None:
        relock.lock_file(path, *made, progress)
    elif do is _unlock:
        relock.unlock_file(path, entered, progress)
    else:
        relock.rekey_file(path, entered, *made, progress)


DOING: list[tuple[bool, Callable[[Path], None]]] = [(False, _lock), (True, _unlock), (True, _rekey)]
doing = pytest.mark.parametrize(("has_lock", "do"), DOING, ids=["lock", "unlock", "rekey"])


@pytest.fixture
def path(plain: Path, has_lock: bool) -> Path:
    """The file, locked or not."""
    if has_lock:
        _lock(plain)
    return plain


@doing
def test_a_file_that_a_program_has_open_is_refused(path: Path, do: Callable[[Path], None]) -> None:
    holder = Holder(path, "张三", NOON)
    before = _before(path)
    with pytest.raises(InUse, match=r"“trial\.tz”正由张三 在电脑“.+”上.*使用"):
        do(path)
    assert _before(path) == before
    holder.release()
    do(path)
    _at_rest(path)


@doing
def test_a_file_that_a_program_reads_in_the_middle_of_its_log_is_refused(
    path: Path, has_lock: bool, do: Callable[[Path], None]
) -> None:
    writer = opened(path, WORD if has_lock else None)
    writer.do("放入", lambda work: work.attach(b"%PDF-1.7"))
    reader = opened(path, WORD if has_lock else None, read_only=True)
    writer.close(with_backup=False)
    with pytest.raises(InUse, match="另一个程序"):
        do(path)
    assert reader.check() == []
    reader.close()
    do(path)
    _at_rest(path)


@doing
def test_a_missing_file_is_said(path: Path, has_lock: bool, do: Callable[[Path], None]) -> None:
    access = enter(path, WORD) if has_lock else None
    ring, made, _code = keyring.create(ADMIN, WORD)
    missing = path.with_name("missing.tz")
    with pytest.raises(Refused, match=r"找不到台账文件“missing\.tz”，没有改动"):
        _do(do, missing, access, (ring, made))
    assert "missing" not in "".join(around(path))


def test_a_lock_on_a_lock_and_no_lock_to_take_off_are_refused(plain: Path) -> None:
    ring, access, _code = keyring.create(ADMIN, WORD)
    before = _before(plain)
    with pytest.raises(Refused, match="没有密码，没有改动"):
        relock.unlock_file(plain, access)
    with pytest.raises(Refused, match="没有密码，没有改动"):
        relock.rekey_file(plain, access, ring, access)
    assert _before(plain) == before
    _lock(plain)
    before = _before(plain)
    with pytest.raises(Refused, match="已经有密码，没有改动"):
        relock.lock_file(plain, ring, access)
    assert _before(plain) == before


def test_only_an_administrator_takes_the_lock_off_or_changes_the_key(locked: LockedOffice) -> None:
    locked.store.keys.add(OTHER, Role.RECORDER, OTHER_WORD)
    locked.close()
    before = _before(locked.path)
    ring, access, _code = keyring.create(OTHER, OTHER_WORD)
    with pytest.raises(Refused, match="只有管理员可以做"):
        relock.unlock_file(locked.path, locked.enter(OTHER_WORD))
    with pytest.raises(Refused, match="只有管理员可以做"):
        relock.rekey_file(locked.path, locked.enter(OTHER_WORD), ring, access)
    assert _before(locked.path) == before


def test_what_is_no_office_gets_no_lock(tmp_path: Path, quick: None) -> None:  # noqa: ARG001
    path = tmp_path / "songs.tz"
    raw = sqlite3.connect(path)
    raw.executescript("CREATE TABLE songs (name TEXT); INSERT INTO songs VALUES ('东方红');")
    raw.close()
    (tmp_path / "text.tz").write_text("亲爱的同志们" * 2000, encoding="utf-8")
    before = _before(path)
    for name in ("songs.tz", "text.tz"):
        with pytest.raises((Refused, StoreTrouble), match="不是台账文件"):
            _lock(tmp_path / name)
    assert _before(path) == before


@doing
def test_a_damaged_file_is_left_as_it_is(path: Path, do: Callable[[Path], None]) -> None:
    content = bytearray(path.read_bytes())
    content[20 * 4096 : 21 * 4096] = os.urandom(4096)
    path.write_bytes(content)
    before = _before(path)
    with pytest.raises(StoreTrouble, match="已损坏"):
        do(path)
    assert _before(path) == before


def test_a_file_that_was_cut_off_gets_no_lock(plain: Path) -> None:
    plain.write_bytes(plain.read_bytes()[:-4096])
    before = _before(plain)
    with pytest.raises(Damaged, match="末尾缺了一段"):
        _lock(plain)
    assert _before(plain) == before


@doing
@pytest.mark.parametrize("at", [0, 1, 2])
def test_stopping_leaves_everything_as_it_was(path: Path, do: Callable[[Path], None], at: int) -> None:
    def stop(done: int, _total: int, _what: str) -> None:
        if done == at:
            raise Cancelled

    before = _before(path)
    ring, access, _code = keyring.create(OTHER, OTHER_WORD)
    entered = None if do is _lock else enter(path, WORD)
    with pytest.raises(Cancelled):
        _do(do, path, entered, (ring, access), stop)
    assert _before(path) == before


def test_once_the_file_is_locked_its_backups_are_locked_whoever_wants_to_stop(plain: Path) -> None:
    told: list[tuple[int, int, str]] = []

    def stop(done: int, total: int, what: str) -> None:
        told.append((done, total, what))
        if "备份" in what:
            raise Cancelled

    ring, access, _code = keyring.create(ADMIN, WORD)
    relock.lock_file(plain, ring, access, stop)
    assert [what for _done, _total, what in told] == [
        "正在写成新文件",
        "正在核对新文件",
        "正在换成新文件",
        *["正在给备份加上密码"] * 3,
    ]
    assert all(is_locked(file) for file in (plain, *_backups(plain)))


@doing
@pytest.mark.parametrize("fault", ["DELETE FROM made.ledger_people", "DROP INDEX made.ix_people_in_order"])
def test_a_new_file_that_is_not_like_the_old_one_is_thrown_away(
    path: Path, do: Callable[[Path], None], fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = rewriting._content

    def spoilt(raw: Any, name: str) -> object:
        if name == "made":
            raw.execute(fault)
        return content(raw, name)

    before = _before(path)
    monkeypatch.setattr(rewriting, "_content", spoilt)
    with pytest.raises(StoreTrouble, match="没有通过核对，已删除，原来的文件没有改动"):
        do(path)
    assert _before(path) == before


@pytest.mark.parametrize(("has_lock", "do"), [DOING[0], DOING[2]], ids=["lock", "rekey"])
def test_a_new_file_that_its_keys_do_not_open_is_thrown_away(
    path: Path, do: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    other, _access, _code = keyring.create(ADMIN, WORD)
    before = _before(path)
    monkeypatch.setattr(rewriting, "keyplace", _Swapped(other))
    with pytest.raises(Damaged):
        do(path)
    assert _before(path) == before


class _Swapped:
    """Puts the keys of another file behind this one."""

    def __init__(self, ring: keyring.Keyring) -> None:
        self._ring = ring

    def append(self, path: Path, _ring: keyring.Keyring) -> None:
        keyplace.append(path, self._ring)

    @staticmethod
    def read(path: Path) -> keyring.Keyring:
        return keyplace.read(path)


# -- cut off on the way ------------------------------------------------------------------------------------------------


class _PowerCut(BaseException):
    """Whatever the program does then, the disk does not see it."""


def _cut(monkeypatch: pytest.MonkeyPatch, what: object, name: str, skip: int) -> dict[str, object]:
    """From now on the `skip`-th call of a step, and everything after it, does not happen."""
    real = getattr(what, name)
    state: dict[str, object] = {"calls": 0}

    def step(*args: Any, **more: Any) -> object:
        calls = int(str(state["calls"])) + 1
        state["calls"] = calls
        if calls > skip:
            raise _PowerCut
        return real(*args, **more)

    monkeypatch.setattr(what, name, step)
    return state


STEPS: list[tuple[object, str, int, bool]] = [
    (rewriting, "_export", 0, False),
    (rewriting, "_prove", 0, False),
    (rewriting, "put_in_place", 0, False),
    (rewriting, "_overwrite", 0, True),
    (followers, "follow", 0, True),
    (rewriting, "put_in_place", 1, True),
    (rewriting, "put_in_place", 2, True),
    (rewriting, "_overwrite", 1, True),
    (followers, "done", 1, True),
]


@pytest.mark.parametrize(("what", "name", "skip", "locked_then"), STEPS)
def test_a_lock_that_is_cut_off_is_finished_or_never_was(
    plain: Path, monkeypatch: pytest.MonkeyPatch, what: object, name: str, skip: int, locked_then: bool
) -> None:
    before = _content(plain)
    ring, access, _code = keyring.create(ADMIN, WORD)
    with monkeypatch.context() as patched:
        _cut(patched, what, name, skip)
        patched.setattr(relock, "discard", lambda _path: None)
        patched.setattr(rewriting, "discard", lambda _path: None)
        patched.setattr(Holder, "release", lambda self: self._raw.close())
        if not locked_then:
            patched.setattr(relock, "catch_up", _only_before(relock.catch_up))
        with pytest.raises(_PowerCut):
            relock.lock_file(plain, ring, access)
    assert is_locked(plain) is locked_then
    store = opened(plain, WORD if locked_then else None)
    assert store.check() == []
    store.close(with_backup=False)
    assert _content(plain, WORD if locked_then else None) == before
    assert [is_locked(backup) for backup in _backups(plain)] == [locked_then] * 3
    assert not locked_then or all(_MARK not in backup.read_bytes() for backup in _backups(plain))
    _at_rest(plain)


def _only_before(catch_up: Callable[..., None]) -> Callable[..., None]:
    """The tidying at the beginning happens; the one at the end does not any more."""
    calls = []

    def step(*args: Any) -> None:
        calls.append(args)
        if len(calls) == 1:
            catch_up(*args)

    return step


def test_a_plain_office_is_never_overwritten_by_what_an_interrupted_lock_left(plain: Path) -> None:
    """The second name was made, and then the power failed: it is the office itself."""
    before = plain.read_bytes()
    ring, access, _code = keyring.create(ADMIN, WORD)
    for lock in (True, False):
        os.link(plain, plain.with_name("trial.tz-plain"))
        followers.plan(plain, ring, access, access, lock=lock)
        opened(plain).close()
        assert plain.read_bytes() == before
        _at_rest(plain)


def test_a_backup_that_cannot_be_locked_yet_is_locked_at_the_next_opening(
    plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _backups(plain)[0]
    holder = Holder(first, "张三", datetime(2026, 11, 21, 9))  # noqa: DTZ001 - a wall clock
    _lock(plain)
    assert [is_locked(backup) for backup in _backups(plain)] == [False, True, True]
    store = opened(plain, WORD)
    store.keys.set_password(ADMIN, OTHER_WORD)  # what waits is not forgotten for it
    store.close(with_backup=False)
    assert not is_locked(first)
    holder.release()
    monkeypatch.undo()
    opened(plain, OTHER_WORD).close()
    assert is_locked(first)
    for backup in _backups(plain):
        assert enter(backup, OTHER_WORD).who == ADMIN
        assert _MARK not in backup.read_bytes()
    _at_rest(plain)


def test_a_backup_that_is_damaged_stays_for_whoever_wants_to_save_pieces_of_it(plain: Path) -> None:
    torn, other = _backups(plain)[0], _backups(plain)[1].with_name("2026-11-10 080000.tz")
    torn.write_bytes(torn.read_bytes()[:-4096])
    other.write_text("这不是备份", encoding="utf-8")
    before = torn.read_bytes(), other.read_bytes()
    _lock(plain)
    assert (torn.read_bytes(), other.read_bytes()) == before
    assert [is_locked(backup) for backup in _backups(plain)].count(True) == 2
    _at_rest(plain)
