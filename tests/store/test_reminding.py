"""What is due in a real file: which records are read, what lists by a reminder hold, what a reader sees."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from taizhang.core.access import Access, Role
from taizhang.core.errors import Refused
from taizhang.core.reminder import Level, Notice, Reminder
from taizhang.registry import Registry, registry_of
from taizhang.store.query import Filter, Query
from taizhang.store.store import Store
from tests.offices import Office
from tests.store.trial import PEOPLE, PLACES, POSTS, card

_SAID = (Notice(Level.INFO, "{names}"),)
REMINDERS = (
    Reminder("T1-paid", "交费", (Notice(Level.RED, "{name}{phone}"),), source="T", due="paid_on", by="place"),
    Reminder("T2-phone", "缺电话", _SAID, source="T", among=({"phone": None},), together=True),
    Reminder("T3-twice", "重号", _SAID, source="T", alike="phone", together=True),
    Reminder("T4-some", "挑选", _SAID, source="T", among=({"retired": True}, {"sex": ("1", "2")}), together=True),
    Reminder("T5-post", "有岗位", _SAID, source="T", among=({"post": ...},), together=True),
)


def registry() -> Registry:
    """The throw-away ledgers, with reminders of every sort over people."""
    return registry_of([PLACES, replace(PEOPLE, reminders=REMINDERS), POSTS])


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office with these ledgers and some people."""
    office = Office(tmp_path / "trial.tz", registry())
    office.add("people", name="卢梅", phone="19900000001", paid_on="2026-01-31", place=office.store.name)
    office.add("people", name="孟堃", retired="是", id_number=card(1))
    office.add("people", name="安宁", sex="女", phone="19900000003", post="退休")
    gone = office.add("people", name="夏辉", left_on="2020-01-01")
    void = office.add("people", name="古月", sex="男", post="退休")
    office.store.do("作废", lambda work: work.void(void, "重复"))
    assert gone not in office.store.rids(Query("people"))
    yield office
    office.store.close(with_backup=False)


def named(office: Office, reminder: str) -> list[str]:
    """The names that a list narrowed to a reminder shows."""
    rids = office.store.rids(Query("people", where=(Filter(reminder, "due"),)))
    return [str(row.values["name"]) for row in office.store.rows("people", rids, ["name"])]


def test_the_database_narrows_and_only_present_records_count(office: Office) -> None:
    assert named(office, "T1-paid") == ["卢梅"]
    assert named(office, "T2-phone") == ["孟堃"]
    assert named(office, "T3-twice") == []
    assert named(office, "T4-some") == ["安宁", "孟堃"]
    assert named(office, "T5-post") == ["安宁"]


def test_a_list_counts_what_it_shows_together_with_other_conditions(office: Office) -> None:
    query = Query("people", where=(Filter("T4-some", "due"), Filter("phone", "blank")))
    assert office.store.count(query) == len(office.store.rids(query)) == 1
    both = Query("people", where=(Filter("T4-some", "due"), Filter("T5-post", "due")), search="an")
    assert office.store.count(both) == len(office.store.rids(both)) == 1


def test_a_reminder_that_there_is_not_is_refused(office: Office) -> None:
    with pytest.raises(Refused, match="没有“T9”这一条提醒，没有执行"):
        office.store.rids(Query("people", where=(Filter("T9", "due"),)))


def test_records_that_hold_the_same_are_named_and_others_are_not(office: Office) -> None:
    office.add("people", name="孟坤", phone="19900000003")
    assert named(office, "T3-twice") == ["安宁", "孟坤"]
    office.add("people", name="安定", phone="19900000001", left_on="2020-01-01")
    assert named(office, "T3-twice") == ["安宁", "孟坤"], "who has left is no double"


def test_everything_is_said_in_order_with_its_records(office: Office) -> None:
    found = office.store.reminders()
    assert [(one.id, len(one.rids)) for one in found] == [
        ("T1-paid", 1),
        ("T2-phone", 1),
        ("T4-some", 2),
        ("T5-post", 1),
    ]
    assert (found[0].name, found[0].due) == (office.store.name, date(2026, 1, 31))


def test_what_is_due_is_a_matter_of_the_day_and_of_nothing_else(office: Office) -> None:
    office.store.close(with_backup=False)
    store = Store.open(office.path, registry(), clock=lambda: datetime(2026, 1, 30, 12))  # noqa: DTZ001 - a wall clock
    assert [one.id for one in store.reminders() if one.id == "T1-paid"] == []
    store.close(with_backup=False)
    office.store = Store.open(office.path, registry(), clock=lambda: datetime(2026, 1, 31, 12))  # noqa: DTZ001
    assert [one.days for one in office.store.reminders() if one.id == "T1-paid"] == [0]


def test_a_reader_reads_names_and_no_numbers(office: Office) -> None:
    office.store.act_as(Access("来访者", Role.READER))
    found = office.store.reminders()
    assert found[0].text == f"{office.store.name}199****0001"
    assert found[1].text == "孟堃"
