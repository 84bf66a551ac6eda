"""Handing an office over: nothing before the keys are changed, everything after, and nobody locked out in between."""

from datetime import datetime
from pathlib import Path

import pytest

from taizhang.core.access import Access, Role
from taizhang.core.errors import Refused, StoreTrouble
from taizhang.handover import MEMO, PAPER, Person, count, hand_over, keep, mark, new_keys
from taizhang.press.handover_sheet import Handover
from taizhang.registry import installed
from taizhang.store import keyplace, keyring
from taizhang.store.keys import User
from taizhang.store.logbook import Happening
from taizhang.store.opening import enter, enter_by_code
from taizhang.store.store import Store
from tests.offices import NOON, Office

WANG, ZHAO, LI = "apricot tree 7", "correct horse 8", "river stone 9"
PDF = b"%PDF-1.4 the list"
HANDOVER = Handover("王敏", "赵小刚", "陈明", NOON.date(), NOON)


@pytest.fixture
def locked(tmp_path: Path) -> tuple[Path, Access, str]:
    """A closed office with two users: its file, the access of its administrator, its recovery code."""
    ring, access, code = keyring.create("王敏", WANG)
    ring = keyring.with_user(ring, access, "李强", Role.RECORDER, LI)
    path = tmp_path / "杏花.tz"
    store = Store.create(path, installed(), name="中共杏花社区委员会", kind="社区党委", ring=(ring, access))
    store.keep(MEMO, {"taker": "赵小刚"})
    store.close()
    return path, access, code


def nothing_missed(trouble: StoreTrouble) -> None:
    raise trouble


def test_the_new_people_come_in_and_the_old_password_and_code_do_not(locked: tuple[Path, Access, str]) -> None:
    """R-PRIV-04."""
    path, old, code = locked
    keys = new_keys([Person("李强", Role.READER, LI + "!"), Person("赵小刚", Role.ADMIN, ZHAO)])
    made = hand_over(path, installed(), old, keys, HANDOVER, PDF, nothing_missed)
    assert (made.who, made.role) == ("赵小刚", Role.ADMIN)
    for password in (WANG, LI):
        with pytest.raises(Refused):
            enter(path, password)
    with pytest.raises(Refused):
        enter_by_code(path, code)
    assert enter_by_code(path, keys.code).role is Role.ADMIN
    assert enter(path, LI + "!").role is Role.READER
    store = Store.open(path, installed(), access=enter(path, ZHAO))
    assert store.keys.users() == [User("赵小刚", Role.ADMIN), User("李强", Role.READER)]
    assert store.check() == []
    store.close()


def test_the_list_is_kept_byte_for_byte_and_the_log_tells_of_it(locked: tuple[Path, Access, str]) -> None:
    path, old, _code = locked
    keys = new_keys([Person("赵小刚", Role.ADMIN, ZHAO)])
    access = hand_over(path, installed(), old, keys, HANDOVER, PDF, nothing_missed)
    store = Store.open(path, installed(), access=access)
    (paper,) = store.papers.kept(PAPER)
    assert (paper.title, paper.who, paper.at) == ("移交清单：王敏 → 赵小刚", "赵小刚", NOON)
    assert store.attachment(paper.sha256) == PDF
    line = next(line for line in store.log.lines() if line.kind is Happening.HANDOVER)
    assert "王敏 移交给 赵小刚" in line.what
    assert f"第 {paper.number} 号" in line.what
    assert store.recall(MEMO) is None, "what was left half-way is over"
    store.close()


def test_while_somebody_else_has_the_file_nothing_changes(locked: tuple[Path, Access, str]) -> None:
    path, old, code = locked
    keys = new_keys([Person("赵小刚", Role.ADMIN, ZHAO)])
    other = Store.open(path, installed(), access=old)
    with pytest.raises((Refused, StoreTrouble)):
        hand_over(path, installed(), old, keys, HANDOVER, PDF, nothing_missed)
    other.close(with_backup=False)
    assert enter(path, WANG).who == "王敏"
    assert enter_by_code(path, code).role is Role.ADMIN
    store = Store.open(path, installed(), access=old)
    assert store.papers.kept(PAPER) == []
    store.close(with_backup=False)


def test_when_only_the_list_cannot_be_kept_the_new_keys_are_not_lost(
    locked: tuple[Path, Access, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, old, _code = locked

    def full(*_arguments: object, **_named: object) -> int:
        raise StoreTrouble("磁盘已满，没有存。")

    monkeypatch.setattr("taizhang.store.papers.Papers.keep", full)
    told: list[str] = []
    keys = new_keys([Person("赵小刚", Role.ADMIN, ZHAO)])
    access = hand_over(path, installed(), old, keys, HANDOVER, PDF, lambda trouble: told.append(str(trouble)))
    assert enter(path, ZHAO).key == access.key
    assert len(told) == 1
    assert "移交已经完成" in told[0]
    assert "磁盘已满" in told[0]


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ([], "管理员"),
        ([Person("赵小刚", Role.RECORDER, ZHAO)], "管理员"),
        ([Person("赵小刚", Role.ADMIN, ZHAO), Person("赵小　刚", Role.READER, LI)], "都叫“赵小刚”"),
        ([Person(" ", Role.ADMIN, ZHAO)], "姓名"),
        ([Person("赵小刚", Role.ADMIN, "")], "密码"),
        ([Person("赵小刚", Role.ADMIN, ZHAO), Person("李强", Role.READER, "")], "密码"),
    ],
)
def test_keys_for_nobody_twice_for_one_or_without_a_password_are_refused(people: list[Person], said: str) -> None:
    with pytest.raises(Refused, match=said):
        new_keys(people)


def test_no_password_and_no_code_is_shown_by_accident() -> None:
    person = Person("王敏", Role.ADMIN, WANG)
    keys = new_keys([person])
    assert WANG not in repr(person)
    assert keys.code not in repr(keys)


def test_the_first_administrator_opens_the_office_from_now_on() -> None:
    keys = new_keys([Person("李强", Role.READER, LI), Person("王敏", Role.ADMIN, WANG)])
    assert (keys.access.who, keys.access.role) == ("王敏", Role.ADMIN)


def test_counting_tells_the_mark_of_the_keys_and_never_a_key(locked: tuple[Path, Access, str]) -> None:
    path, access, _code = locked
    store = Store.open(path, installed(), access=access)
    counted = count(store)
    store.close(with_backup=False)
    assert counted.mark == mark(keyplace.read(path))
    assert len(counted.mark) == 8
    assert access.key
    assert counted.mark.lower() not in access.key.hex() + access.ring_key.hex()
    assert mark(new_keys([Person("赵小刚", Role.ADMIN, ZHAO)]).ring) != counted.mark


def test_only_an_administrator_counts_for_a_hand_over(locked: tuple[Path, Access, str]) -> None:
    path, _access, _code = locked
    store = Store.open(path, installed(), access=enter(path, LI))
    with pytest.raises(Refused, match="管理员"):
        count(store)
    store.close(with_backup=False)


def test_an_office_without_password_keeps_its_list_and_has_no_mark(tmp_path: Path) -> None:
    office = Office(tmp_path / "a.tz")
    assert count(office.store).mark == ""
    at = datetime(2026, 11, 21, 9)  # noqa: DTZ001 - the office's own clock
    number = keep(office.store, Handover("王敏", "赵小刚", "", at.date(), at), PDF)
    assert [paper.number for paper in office.store.papers.kept(PAPER)] == [number]
    assert [line.kind for line in office.store.log.lines()] == [Happening.HANDOVER]
    office.store.close(with_backup=False)
