"""Where the keys of a locked office lie: whatever cuts a program off, one whole ring is there, the right one."""

import os
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings, strategies as st

from taizhang.core.access import Access, Role
from taizhang.core.errors import Refused
from taizhang.store import keyplace, keyring
from taizhang.store.crypto import Cost
from taizhang.store.keyplace import PAGE
from taizhang.store.keyring import Keyring
from taizhang.store.query import Query
from taizhang.store.trouble import Damaged
from tests.store.locked import ADMIN, OTHER_WORD, WORD, LockedOffice, around, opened


@pytest.fixture(scope="module")
def rings() -> list[tuple[Keyring, Access]]:
    """Three rings of one file, each after a change of the one before; the last needs three pages."""
    ring, access, _code = keyring.create(ADMIN, WORD)
    second = keyring.with_user(ring, access, ADMIN, Role.ADMIN, OTHER_WORD)
    third = second
    for number in range(40):
        third = keyring.with_user(third, access, f"使用者{number}", Role.READER, WORD)
    return [(ring, access), (second, access), (third, access)]


def _file(folder: Path, ring: Keyring, pages: int = 3) -> Path:
    """A file at rest whose pages are no database, which nobody asks here."""
    path = folder / "a.tz"
    path.write_bytes(ring.file + os.urandom(pages * PAGE - len(ring.file)))
    keyplace.append(path, ring)
    return path


def _sizes(rings: list[tuple[Keyring, Access]]) -> list[int]:
    return [len(keyplace._encoded(ring, 0)) // PAGE for ring, _access in rings]


def test_a_ring_lies_in_whole_pages_behind_the_last_one(tmp_path: Path, rings: list[tuple[Keyring, Access]]) -> None:
    ring = rings[0][0]
    path = _file(tmp_path, ring)
    assert path.stat().st_size == 4 * PAGE
    assert keyplace.read(path) == ring
    assert _sizes(rings) == [1, 1, 3]


@given(data=st.data())
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_ring_with_a_changed_bit_or_a_missing_end_is_no_ring(
    rings: list[tuple[Keyring, Access]], data: st.DataObject
) -> None:
    ring = data.draw(st.sampled_from(rings))[0]
    encoded = bytearray(keyplace._encoded(ring, 3 * PAGE))
    assert keyplace._last(bytes(encoded)) == (ring, 3 * PAGE)
    if data.draw(st.booleans(), label="cut off"):
        del encoded[data.draw(st.integers(0, len(encoded) - 1)) :]
        assert keyplace._last(bytes(encoded)) is None
        return
    used = len(msgspec.json.encode(ring))
    places = st.one_of(st.integers(0, used - 1), st.integers(len(encoded) - 24, len(encoded) - 1))
    for place, bit in data.draw(st.lists(st.tuples(places, st.integers(0, 7)), min_size=1, max_size=4, unique=True)):
        encoded[place] ^= 1 << bit
    assert keyplace._last(bytes(encoded)) is None


@given(noise=st.binary(max_size=3 * PAGE))
@example(noise=b"TZKEYS01")
@example(noise=b"TZKEYS01" * 8)
@example(noise=b"\0" * PAGE + b"TZKEYS01" + b"\0" * 16)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_noise_is_no_ring_and_hides_none(rings: list[tuple[Keyring, Access]], noise: bytes) -> None:
    ring = rings[0][0]
    assert keyplace._last(noise) is None
    assert keyplace._last(noise + keyplace._encoded(ring, 0)) == (ring, 0)
    assert keyplace._last(keyplace._encoded(ring, 0) + noise) == (ring, 0)


@pytest.mark.parametrize(
    "cost", [Cost(0, 4, 65536), Cost(10**6, 4, 65536), Cost(3, 1000, 65536), Cost(3, 4, 2**40), Cost(3, 4, 8)]
)
def test_a_ring_that_would_keep_this_pc_busy_for_days_is_no_ring(
    tmp_path: Path, rings: list[tuple[Keyring, Access]], cost: Cost
) -> None:
    ring = rings[0][0]
    slots = tuple(msgspec.structs.replace(slot, cost=cost) for slot in ring.slots)
    path = _file(tmp_path, msgspec.structs.replace(ring, slots=slots))
    with pytest.raises(Damaged, match="密码无从核对，没有打开"):
        keyplace.read(path)


class _Cut:
    """Writes of `replace`, each of which a power cut may leave half-done."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._path = path
        self.states: list[bytes] = []  # what may be found afterwards
        self._write = keyplace._write_at
        monkeypatch.setattr(keyplace, "_write_at", self)

    def __call__(self, path: Path, start: int, content: bytes) -> None:
        assert path == self._path
        before = path.read_bytes().ljust(start, b"\0")
        sectors = range(0, len(content) + 1, 512)
        for at in sectors:  # in order, or backwards, or all but one
            self.states.append(self._mixed(before, start, content[:at], 0))
            self.states.append(self._mixed(before, start, content[at:], at))
            torn = bytearray(self._mixed(before, start, content, 0))
            torn[start + at : start + at + 512] = before[start + at : start + at + 512].ljust(512, b"\0")
            self.states.append(bytes(torn))
        self._write(path, start, content)
        self.states.append(path.read_bytes())

    @staticmethod
    def _mixed(before: bytes, start: int, content: bytes, at: int) -> bytes:
        mixed = bytearray(before.ljust(start + at + len(content), b"\0"))
        mixed[start + at : start + at + len(content)] = content
        return bytes(mixed)


@pytest.mark.parametrize(("before", "after"), [(0, 1), (0, 2), (1, 2), (2, 1), (2, 0)])
def test_whenever_a_change_of_the_ring_is_cut_off_one_of_the_two_is_whole(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    rings: list[tuple[Keyring, Access]],
    before: int,
    after: int,
) -> None:
    old, new = rings[before][0], rings[after][0]
    path = _file(tmp_path, old)
    pages = path.read_bytes()[: 3 * PAGE]
    cut = _Cut(path, monkeypatch)
    keyplace.replace(path, new)
    assert keyplace.read(path) == new
    assert path.stat().st_size == (3 + _sizes(rings)[after]) * PAGE
    monkeypatch.undo()
    found = []
    for state in cut.states:
        path.write_bytes(state)
        assert state.startswith(pages)
        found.append(keyplace.read(path))
        keyplace.replace(path, new)  # and the next change gets through
        assert path.read_bytes()[3 * PAGE :] == keyplace._encoded(new, 3 * PAGE)
    assert all(ring in (old, new) for ring in found)
    assert old in found
    assert new in found


def test_of_two_rings_the_newer_counts_wherever_it_lies(tmp_path: Path, rings: list[tuple[Keyring, Access]]) -> None:
    old, new = rings[0][0], rings[1][0]
    path = _file(tmp_path, old)
    keyplace.put_aside(path, new)
    assert keyplace.read(path) == new
    path = _file(tmp_path, new)
    keyplace.put_aside(path, old)
    assert keyplace.read(path) == new
    assert keyplace.is_aside(path)
    keyplace.put_back(path, new, 3 * PAGE)
    assert around(path) == ["a.tz"]
    assert keyplace.read(path) == new


def test_a_ring_of_another_file_beside_this_one_does_no_harm(
    tmp_path: Path, rings: list[tuple[Keyring, Access]]
) -> None:
    """A program was cut off, and somebody put another office in the place of the file."""
    ring = rings[0][0]
    stranger, _access, _code = keyring.create(ADMIN, WORD)
    path = _file(tmp_path, ring)
    keyplace.put_aside(path, msgspec.structs.replace(stranger, generation=99))
    assert keyplace.read(path) == ring
    before = path.read_bytes()
    keyplace.put_back(path, ring, 3 * PAGE)
    assert path.read_bytes() == before
    keyplace.put_aside(path)
    assert keyplace.read(path) == ring


@pytest.mark.parametrize("end", ["-wal", "-journal"])
def test_a_file_that_was_cut_off_gets_its_ring_beside_it(
    tmp_path: Path, rings: list[tuple[Keyring, Access]], end: str
) -> None:
    """SQLite is still to repair it, and cuts off what lies behind the pages."""
    path = _file(tmp_path, rings[0][0])
    path.with_name(path.name + end).write_bytes(b"log")
    before = path.read_bytes()
    keyplace.replace(path, rings[1][0])
    assert path.read_bytes() == before
    assert keyplace.read(path) == rings[1][0]
    path.write_bytes(before[: 3 * PAGE])
    assert keyplace.read(path) == rings[1][0]


# -- in an office ------------------------------------------------------------------------------------------------------


def _turn(place: int) -> Callable[[bytearray], None]:
    def change(content: bytearray) -> None:
        content[place] ^= 1

    return change


def _cut(size: int) -> Callable[[bytearray], None]:
    def change(content: bytearray) -> None:
        del content[-size:]

    return change


_CUT_OFF, _KEYS_TORN = "末尾缺了一段.*没有复制完", "和写入时不一样，密码无从核对"
_PAGE_TORN = "文件已损坏，(没有再写入|有的内容读不出来)"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_turn(0), _KEYS_TORN),
        (_turn(9), _KEYS_TORN),
        (_turn(20), _PAGE_TORN),
        (_turn(PAGE + 5), _PAGE_TORN),
        (_turn(-PAGE + 1), _KEYS_TORN),
        (_turn(-3), _KEYS_TORN),
        (_turn(-14), _KEYS_TORN),
        (_cut(1), _CUT_OFF),
        (_cut(PAGE), _CUT_OFF),
        (_cut(3 * PAGE), _CUT_OFF),
        (_cut(5 * PAGE + 77), _CUT_OFF),
    ],
)
def test_each_kind_of_damage_is_told_apart_and_from_a_wrong_password(
    locked: LockedOffice, change: Callable[[bytearray], None], said: str
) -> None:
    locked.add("people", name="卢梅")
    locked.close()
    content = bytearray(locked.path.read_bytes())
    with pytest.raises(Refused, match="密码不对，没有打开，内容没有改动"):
        locked.open(OTHER_WORD)
    change(content)
    locked.path.write_bytes(content)
    with pytest.raises(Exception, match=said) as trouble:
        _used(locked.path)
    assert str(trouble.value).endswith("。")
    assert locked.path.read_bytes() == content
    assert around(locked.path) == ["trial.tz"]


def _used(path: Path) -> None:
    """Open it and have it checked; raises what is said."""
    store = opened(path, WORD)
    try:
        said = store.check()
    finally:
        store.close(with_backup=False)
    if said:
        raise Damaged(said[0])


def test_a_turned_bit_in_any_page_is_found_by_the_check_or_before(locked: LockedOffice) -> None:
    locked.add("people", name="卢梅", note="甲" * 3000)
    locked.close()
    sound = locked.path.read_bytes()
    for page in range(len(sound) // PAGE - 1):
        content = bytearray(sound)
        content[page * PAGE + 1234] ^= 4
        locked.path.write_bytes(content)
        with pytest.raises(Damaged, match=r"已损坏|请从备份恢复"):
            _used(locked.path)


def test_an_older_copy_in_the_place_of_a_file_opens_with_todays_passwords(locked: LockedOffice) -> None:
    """The program was cut off, and the user put a copy of last week there by hand."""
    locked.add("people", name="卢梅")
    copy = locked.backup()
    older = copy.read_bytes()
    locked.store.keys.set_password(ADMIN, OTHER_WORD)
    aside = locked.path.with_name("trial.tz-keys").read_bytes()
    locked.close()
    locked.path.write_bytes(older)
    locked.path.with_name("trial.tz-keys").write_bytes(aside)
    with pytest.raises(Refused, match="密码不对"):
        locked.open()
    store = locked.open(OTHER_WORD)
    assert [row.values["name"] for row in store.page(Query("people"))[1]] == ["卢梅"]
    assert store.check() == []
    locked.close()
    assert [name for name in around(locked.path) if "备份" not in name] == ["trial.tz"]
    locked.open(OTHER_WORD)


def test_a_ring_that_is_tidied_away_while_the_office_is_open_is_put_back(locked: LockedOffice) -> None:
    """Somebody wonders what the strange file is."""
    drafts = [locked.check("people", {"name": "孟堃", "note": "甲" * 1000})] * 500
    locked.store.do("导入", lambda work: work.add_many(drafts))  # the pages grow over where the ring was
    locked.path.with_name("trial.tz-keys").unlink()
    locked.close()
    assert around(locked.path) == ["trial.tz"]
    assert locked.open().count(Query("people")) == 500


def test_a_copy_made_while_the_office_is_open_says_what_is_missing(locked: LockedOffice, tmp_path: Path) -> None:
    drafts = [locked.check("people", {"name": "孟堃", "note": "甲" * 1000})] * 2000
    locked.store.do("导入", lambda work: work.add_many(drafts))
    locked.store._database.connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = tmp_path / "copy" / "trial.tz"
    copy.parent.mkdir()
    copy.write_bytes(locked.path.read_bytes())
    with pytest.raises(Damaged, match="或复制时台账还开着"):
        opened(copy, WORD)
