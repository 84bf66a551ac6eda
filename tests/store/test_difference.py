"""What a backup would bring back, lose and change is told before it is restored."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from taizhang.core.errors import Refused
from taizhang.store import keyring
from taizhang.store.backup import restore
from taizhang.store.difference import EXAMPLES, Change, compare, operations_since
from taizhang.store.opening import enter
from taizhang.store.store import Store
from tests.offices import NOON, Office
from tests.store.trial import trial


def _opens(path: Path) -> None:
    Store.open(path, trial()).close(with_backup=False)


@pytest.fixture
def backup(office: Office, tmp_path: Path) -> Iterator[Store]:
    """A backup with two people in it, open for reading."""
    office.add("people", name="卢梅", note="甲")
    office.add("people", name="孟堃")
    office.store.backup(tmp_path / "backup.tz")
    then = Store.open(tmp_path / "backup.tz", trial(), read_only=True)
    yield then
    then.close()


def test_a_backup_that_holds_all_there_is_differs_in_nothing(office: Office, backup: Store) -> None:
    found = compare(office.store, backup)
    assert found.nothing
    assert found.made == NOON
    office.store.keep("columns", ["name"])
    assert compare(office.store, backup).nothing, "what is no record is not restored for its own sake"


def test_what_comes_back_what_goes_and_what_changes_is_counted_and_named(office: Office, backup: Store) -> None:
    lu, meng = office.rids("people")
    office.change(lu, note="乙", phone="13800000000")
    office.store.do("作废", lambda work: work.void(meng, "重复登记"))
    place = office.add("places", name="一号楼")
    office.add("people", name="安静宜", place=place)
    office.add("people", name="鲍明")
    found = compare(office.store, backup)
    places, people = found.ledgers
    assert (places.back, places.gone, places.changed, places.gone_names) == (0, 1, 0, ("一号楼",))
    assert (people.back, people.back_names) == (1, ("孟堃",))
    assert (people.gone, people.gone_names) == (2, ("安静宜", "鲍明"))
    assert (people.changed, people.changes) == (1, (Change("卢梅", ("电话", "备注")),))
    assert [operation.title for operation in found.operations] == ["新增", "新增", "新增", "作废", "修改"]
    assert (found.since, found.other) == (5, 0)
    assert not found.nothing


def test_only_some_are_named_and_all_are_counted(office: Office, backup: Store) -> None:
    for name in "甲乙丙丁戊己庚辛":
        office.add("people", name=f"赵{name}")
    (people,) = compare(office.store, backup).ledgers
    assert (people.gone, len(people.gone_names)) == (8, EXAMPLES)


def test_work_that_went_on_in_a_restored_copy_is_told_apart_from_the_work_since(office: Office, tmp_path: Path) -> None:
    office.add("people", name="卢梅")
    office.store.backup(tmp_path / "backup.tz")
    restore(tmp_path / "backup.tz", tmp_path / "other.tz", _opens)
    other = Store.open(tmp_path / "other.tz", trial(), who="另一台", clock=lambda: NOON + timedelta(hours=1))
    (lu,) = office.rids("people")
    other.do("作废", lambda work: work.void(lu, "重复登记"))
    office.add("people", name="孟堃")
    found = compare(office.store, other)
    (people,) = found.ledgers
    assert (people.back, people.gone, people.changed) == (0, 2, 0), "what was voided there would be void again"
    assert (found.since, found.other) == (1, 1)
    other.close(with_backup=False)


def test_the_backup_of_another_office_is_not_compared(office: Office, tmp_path: Path) -> None:
    other = Store.create(tmp_path / "other.tz", trial(), name="别的街道", kind="党工委")
    with pytest.raises(Refused, match="是另一个单位“别的街道”的，不能和现在的单位比较；恢复时会写成新文件"):
        compare(office.store, other)
    other.close(with_backup=False)


def test_locked_offices_are_compared_each_with_its_own_key(tmp_path: Path) -> None:
    ring, access, _code = keyring.create("王敏", "一二三四五六")
    now = Store.create(tmp_path / "a.tz", trial(), name="街道", kind="党工委", ring=(ring, access), clock=lambda: NOON)
    now.backup(tmp_path / "backup.tz")
    now.do("放入", lambda work: work.attach(b"%PDF-1.7"))
    theirs = enter(tmp_path / "backup.tz", "一二三四五六")
    then = Store.open(tmp_path / "backup.tz", trial(), access=theirs, read_only=True)
    found = compare(now, then)
    assert [operation.title for operation in found.operations] == ["放入"]
    then.close()
    now.close(with_backup=False)


def test_how_much_was_done_since_a_moment(office: Office) -> None:
    office.add("people", name="卢梅")
    assert operations_since(office.store, NOON) == 0
    assert operations_since(office.store, NOON - timedelta(seconds=1)) == 2
