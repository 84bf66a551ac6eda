"""What is left of a damaged file goes into a new one: all that can be read, and nothing that contradicts itself."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from taizhang.core.access import Access
from taizhang.core.errors import Refused, StoreTrouble
from taizhang.store import keyplace, keyring
from taizhang.store.connection import connect_torn
from taizhang.store.driver import driver
from taizhang.store.opening import Locked
from taizhang.store.query import Query
from taizhang.store.salvage import Salvaged, enter, salvage
from taizhang.store.shelf import list_backups
from taizhang.store.store import Store
from tests.offices import NOON, Office
from tests.store.trial import card, trial

PAGE = 4096
PASSWORD = "一二三四五六"  # noqa: S105 - of an invented office
_PEOPLE = 300


class Sound(NamedTuple):
    """An office file at rest, and who may open it."""

    content: bytes
    access: Access | None


def _filled(path: Path, ring: tuple[keyring.Keyring, Access] | None) -> Sound:
    """A few hundred records with a history, links, an attachment and a draft."""
    office = Office(path, trial(), ring)
    place = office.add("places", name="一号楼")
    photo: list[str] = []
    office.store.do("放入", lambda work: photo.append(work.attach(b"%PDF-1.7" + bytes(9000))))
    names = [f"卢{a}{b}" for a in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰" for b in "一二三四五六七八九十百千万亿兆京垓秭穰沟"]
    drafts = [
        office.check("people", {"name": name, "note": "备注" * (at % 40), "id_number": card(at + 1), "place": place})
        for at, name in enumerate(names)
    ]
    office.store.do("导入", lambda work: work.add_many(drafts))
    rids = office.rids("people")
    for rid in rids[:20]:
        office.change(rid, note="改过", place=office.store.root, since="2020-01-01")
    office.change(rids[30], friends=(rids[31], rids[32]), photo=(photo[0],))
    office.store.do("作废", lambda work: work.void(rids[40], "重复登记"))
    office.store.keep("columns", ["name"])
    office.store.close(with_backup=False)
    return Sound(path.read_bytes(), ring[1] if ring else None)


@pytest.fixture(scope="module")
def plain() -> Iterator[Sound]:
    with tempfile.TemporaryDirectory() as folder:
        yield _filled(Path(folder) / "office.tz", None)


@pytest.fixture(scope="module")
def locked() -> Iterator[Sound]:
    with tempfile.TemporaryDirectory() as folder:
        yield _filled(Path(folder) / "office.tz", keyring.create("王敏", PASSWORD)[:2])


def _save(content: bytes, folder: Path, access: Access | None) -> Salvaged:
    """Salvage a file with this content; the file stays as it is, and nothing else is left beside the new one."""
    (folder / "torn.tz").write_bytes(content)
    try:
        return salvage(folder / "torn.tz", folder / "saved.tz", trial(), access, NOON)
    finally:
        assert (folder / "torn.tz").read_bytes() == content
        assert {file.name for file in folder.iterdir()} <= {"torn.tz", "saved.tz"}


def _open(path: Path, access: Access | None) -> Store:
    return Store.open(path, trial(), clock=lambda: NOON, access=access)


def _reached(path: Path, access: Access | None) -> dict[int, tuple[object, ...]]:
    """(name, phone, note, ID number) of every person that SQLite finds by number, asked one by one."""
    key = access.key if access else None
    raw, found = connect_torn(path, key), {}
    asked = "SELECT name, phone, note, id_number FROM ledger_people WHERE rid = ?"
    for rid in range(1, _PEOPLE + 3):
        try:
            if row := raw.execute(asked, (rid,)).fetchone():
                found[rid] = tuple(row)
        except driver.Error:
            raw.close()
            raw = connect_torn(path, key)
    raw.close()
    return found


def _can_be_listed(path: Path, sound: Sound) -> bool:
    """Whether SQLite reads the list of tables, and the keys are there."""
    try:
        if sound.access:
            keyplace.read(path)
        connect_torn(path, sound.access.key if sound.access else None).close()
    except (driver.Error, StoreTrouble):
        return False
    return True


def _is_whole(value: object) -> bool:
    return value is None or (isinstance(value, str) and not any(c == "\0" or "\ud800" <= c <= "\udfff" for c in value))


_Damage = list[tuple[int, str, int]]
_DAMAGE = st.lists(
    st.tuples(st.integers(1, 2**20), st.sampled_from(["zeros", "noise", "byte"]), st.integers(0, 2**20)),
    min_size=1,
    max_size=6,
)


def _torn(content: bytes, damage: _Damage, cut: int) -> bytes:
    """Pages blanked or filled with noise, single bytes changed, some pages cut off; the first page stays."""
    broken = bytearray(content)
    for place, how, more in damage:
        start = (1 + place % (len(broken) // PAGE - 1)) * PAGE
        if how == "byte":
            broken[start + more % PAGE] ^= 1 + more % 255
        else:
            broken[start : start + PAGE] = bytes(PAGE) if how == "zeros" else os.urandom(PAGE)
    return bytes(broken[: len(broken) - cut * PAGE] if cut else broken)


def _all_that_can_be_read_is_saved(sound: Sound, damage: _Damage, cut: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            saved = _save(_torn(sound.content, damage, cut), folder, sound.access)
        except StoreTrouble:
            assert not _can_be_listed(folder / "torn.tz", sound)
            return
        reached = _reached(folder / "torn.tz", sound.access)
        store = _open(folder / "saved.tz", sound.access)
        assert store.check() == []
        rows = {row.rid: row.values for row in store.rows("people", _every(store))}
        for rid, values in reached.items():
            kept = rows.get(rid, {})
            told = tuple(kept.get(key) for key in ("name", "phone", "note", "id_number"))
            assert all(not _is_whole(a) or a == b for a, b in zip(values, told, strict=True)), rid
        assert saved.records == len(rows) + len(store.rids(Query("places", show="all")))
        assert store.operations(1)[0].title == "抢救损坏的文件"
        store.do("还能用", lambda work: work.attach(b"%PDF-1.7 again"))
        store.close(with_backup=False)


def _every(store: Store) -> list[int]:
    """Every person, also those that were voided."""
    return [*store.rids(Query("people", show="all")), *store.rids(Query("people", show="void"))]


_FEW = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


@given(damage=_DAMAGE, cut=st.sampled_from([0, 0, 0, 0, 1, 5, 30]))
@_FEW
def test_every_row_that_can_be_reached_in_a_plain_file_is_saved(plain: Sound, damage: _Damage, cut: int) -> None:
    _all_that_can_be_read_is_saved(plain, damage, cut)


@given(damage=_DAMAGE)
@_FEW
def test_every_row_that_can_be_reached_in_a_locked_file_is_saved(locked: Sound, damage: _Damage) -> None:
    _all_that_can_be_read_is_saved(locked, damage, 0)


@pytest.mark.parametrize("which", ["plain", "locked"])
def test_of_a_sound_file_nothing_is_lost(request: pytest.FixtureRequest, tmp_path: Path, which: str) -> None:
    sound: Sound = request.getfixturevalue(which)
    saved = _save(sound.content, tmp_path, sound.access)
    assert (saved.records, saved.lost) == (_PEOPLE + 2, 0)
    assert saved.told == ("地点：找回 2 条。", "人员：找回 300 人。", "修改历史：找回 324 行。", "附件：找回 1 个。")
    before, after = _open(tmp_path / "torn.tz", sound.access), _open(tmp_path / "saved.tz", sound.access)
    rids = _every(before)
    assert after.rows("people", rids) == before.rows("people", rids)
    assert [row.id for row in after.rows("people", rids)] == [row.id for row in before.rows("people", rids)]
    assert after.history(rids[0]) == before.history(rids[0])
    assert after.operations()[1:] == before.operations()
    assert after.recall("columns") == ["name"]
    assert after.undo_title() == before.undo_title() == "作废"
    after.undo()
    assert after.check() == []
    for store in (before, after):
        store.close(with_backup=False)


def _pages_of(sound: Sound, folder: Path, table: str) -> list[int]:
    """The leaves of a table, found by blanking every page in turn and looking whether it can still be read."""
    found = []
    for page in range(1, len(sound.content) // PAGE):
        broken = bytearray(sound.content)
        broken[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
        path = folder / "probe.tz"
        path.write_bytes(broken)
        with suppress(driver.Error):
            raw = connect_torn(path)
            try:
                raw.execute("SELECT count(*) FROM operation").fetchall()
                raw.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - a table of ours
            except driver.DatabaseError:
                found.append(page)
            finally:
                raw.close()
        path.unlink()
    return found


def test_rows_that_are_lost_come_back_from_the_journal(plain: Sound, tmp_path: Path) -> None:
    broken = bytearray(plain.content)
    for page in _pages_of(plain, tmp_path, "ledger_people"):
        broken[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
    saved = _save(bytes(broken), tmp_path, None)
    assert (saved.records, saved.lost) == (_PEOPLE + 2, 0)
    assert "其中 300 条记录（或它们的部分内容）是从修改历史补回来的。" in saved.told
    (tmp_path / "sound.tz").write_bytes(plain.content)
    before, after = _open(tmp_path / "sound.tz", None), _open(tmp_path / "saved.tz", None)
    rids = _every(before)
    assert after.rows("people", rids) == before.rows("people", rids)
    for store in (before, after):
        store.close(with_backup=False)


def test_identities_survive_the_loss_of_the_register(plain: Sound, tmp_path: Path) -> None:
    """An index has a copy of them: what was reported upwards under an identity stays the same record."""
    broken = bytearray(plain.content)
    for page in _pages_of(plain, tmp_path, "rec"):
        broken[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
    _save(bytes(broken), tmp_path, None)
    (tmp_path / "sound.tz").write_bytes(plain.content)
    before, after = _open(tmp_path / "sound.tz", None), _open(tmp_path / "saved.tz", None)
    rids = _every(before)
    assert [row.id for row in after.rows("people", rids)] == [row.id for row in before.rows("people", rids)]
    after.do("仍是本单位的", lambda work: work.void(rids[0], "试一试"))
    for store in (before, after):
        store.close(with_backup=False)


def test_when_the_journal_is_lost_each_record_gets_a_line_that_says_what_it_holds(plain: Sound, tmp_path: Path) -> None:
    broken = bytearray(plain.content)
    for page in _pages_of(plain, tmp_path, "journal"):
        broken[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
    saved = _save(bytes(broken), tmp_path, None)
    assert "修改历史：找回 0 行。" in saved.told
    store = _open(tmp_path / "saved.tz", None)
    (entry,) = store.history(5)
    assert (entry.action, entry.title, entry.fields["name"][1]) == (
        "add",
        "抢救损坏的文件",
        store.row(5).values["name"],
    )
    assert store.undo_title() is None, "what is not whole must not be undone by halves"
    assert store.check() == []
    store.close(with_backup=False)


def test_the_new_file_opens_with_the_same_passwords(locked: Sound, tmp_path: Path) -> None:
    _save(locked.content, tmp_path, locked.access)
    assert "卢甲一".encode() not in (tmp_path / "saved.tz").read_bytes()
    with pytest.raises(Refused, match="密码不对"):
        enter(tmp_path / "saved.tz", "别的密码")
    store = _open(tmp_path / "saved.tz", enter(tmp_path / "saved.tz", PASSWORD))
    assert store.keys.users()[0].name == "王敏"
    store.close(with_backup=False)


def test_a_locked_file_without_its_end_is_saved_with_the_keys_of_a_backup(locked: Sound, tmp_path: Path) -> None:
    path = tmp_path / "office.tz"
    path.write_bytes(locked.content)
    store = _open(path, locked.access)
    assert store.safeguard() is not None
    store.close(with_backup=False)
    path.write_bytes(locked.content[: -3 * PAGE])
    saved = salvage(path, tmp_path / "saved.tz", trial(), enter(path, PASSWORD), NOON)
    assert saved.records == _PEOPLE + 2
    list_backups(path)[0][1].unlink()
    with pytest.raises(StoreTrouble, match="末尾缺了一段"):
        enter(path, PASSWORD)


def test_a_file_without_its_list_of_tables_is_beyond_saving_and_the_latest_backup_is_named(office: Office) -> None:
    office.add("people", name="卢梅")
    office.store.close()
    broken = bytearray(office.path.read_bytes())
    broken[100:PAGE] = bytes(PAGE - 100)
    office.path.write_bytes(broken)
    target = office.path.with_name("saved.tz")
    with pytest.raises(StoreTrouble, match="请从备份恢复：最近的一份是 2026-11-21 12:00 的，在文件夹“trial 备份”里"):
        salvage(office.path, target, trial(), None, NOON)
    list_backups(office.path)[0][1].unlink()
    with pytest.raises(StoreTrouble, match="旁边没有自动备份，请找 U 盘"):
        salvage(office.path, target, trial(), None, NOON)
    assert not list(office.path.parent.glob("saved*"))
    assert office.path.read_bytes() == broken


def test_what_is_not_to_be_salvaged_is_refused(locked: Sound, tmp_path: Path) -> None:
    torn, target = tmp_path / "torn.tz", tmp_path / "saved.tz"
    with pytest.raises(Refused, match="找不到文件"):
        salvage(torn, target, trial(), None, NOON)
    torn.write_bytes(locked.content)
    with pytest.raises(Locked):
        salvage(torn, target, trial(), None, NOON)
    target.write_bytes(b"mine")
    with pytest.raises(Refused, match="已经存在，没有覆盖"):
        salvage(torn, target, trial(), locked.access, NOON)
    assert target.read_bytes() == b"mine"
    raw = driver.connect(tmp_path / "songs.tz")
    raw.execute("CREATE TABLE songs (name TEXT)")
    raw.close()
    with pytest.raises(Refused, match="不是台账文件"):
        salvage(tmp_path / "songs.tz", tmp_path / "other.tz", trial(), None, NOON)


def test_the_file_of_a_newer_program_is_left_to_that(plain: Sound, tmp_path: Path) -> None:
    torn = tmp_path / "torn.tz"
    torn.write_bytes(plain.content)
    raw = driver.connect(torn)
    raw.execute("ALTER TABLE ledger_people ADD COLUMN of_tomorrow TEXT")
    raw.close()
    with pytest.raises(Refused, match="这一版程序不认识的内容，没有抢救"):
        salvage(torn, tmp_path / "saved.tz", trial(), None, NOON)
    assert [file.name for file in tmp_path.iterdir()] == ["torn.tz"]


def test_an_erasure_is_still_told_and_nothing_of_it_comes_back(office: Office, tmp_path: Path) -> None:
    rid = office.add("people", name="卢梅", id_number=card(1))
    office.store.erase(rid, "本人申请")
    told = [(step.title, step.who, step.at) for step in office.store.operations()]
    office.store.close(with_backup=False)
    salvage(office.path, tmp_path / "saved.tz", trial(), None, NOON)
    store = _open(tmp_path / "saved.tz", None)
    assert [(step.title, step.who, step.at) for step in store.operations()][1:] == told
    assert store.page(Query("people", show="void"))[1][0].values["name"] == "（已抹除）"
    with pytest.raises(Refused, match="已经抹除过"):
        store.erase(rid, "本人申请")
    assert store.check() == []
    store.close(with_backup=False)


def test_what_another_file_of_that_name_left_behind_is_not_mixed_up_with_the_new_one(
    plain: Sound, tmp_path: Path
) -> None:
    torn, target = tmp_path / "torn.tz", tmp_path / "saved.tz"
    torn.write_bytes(plain.content)
    for end in ("-wal", "-journal", "-keys", "-keys.plan"):
        target.with_name(target.name + end).write_bytes(b"of another file")
    salvage(torn, target, trial(), None, NOON)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["saved.tz", "torn.tz"]


def test_a_place_that_takes_no_file_says_so_and_leaves_nothing(plain: Sound, tmp_path: Path) -> None:
    torn = tmp_path / "torn.tz"
    torn.write_bytes(plain.content)
    with pytest.raises((Refused, StoreTrouble), match="文件夹“nowhere”"):
        salvage(torn, tmp_path / "nowhere" / "saved.tz", trial(), None, NOON)
    assert [file.name for file in tmp_path.iterdir()] == ["torn.tz"]
