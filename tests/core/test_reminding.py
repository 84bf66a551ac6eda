"""What reminders say of records that are given: which notice, from which day, in which words, in which order."""

from collections.abc import Mapping
from datetime import date

import pytest

from taizhang.core.context import Value, Values
from taizhang.core.field import Field
from taizhang.core.kinds import Day, PersonName, Phone
from taizhang.core.kinds_linked import Link
from taizhang.core.ledger import Ledger
from taizhang.core.privacy import Privacy
from taizhang.core.reminder import Level, Notice, Reminder
from taizhang.core.reminding import Due, in_order, say, say_of_many
from tests.core.offices import Spelled

NOTICES = (
    Notice(Level.INFO, "{name}{due}到期，还有 {left} 天", months=-6),
    Notice(Level.AMBER, "{name}快到期，还有 {left} 天", days=-7),
    Notice(Level.RED, "{name}过期 {over} 天，{months} 个月，电话{phone}", days=1),
)
LETTERS = Ledger(
    "letters",
    "信件",
    (
        PersonName("name", "姓名", required=True, privacy=Privacy.NAME),
        Phone("phone", "电话", privacy=Privacy.PHONE),
        Day("due_on", "到期日"),
        Link("place", "地点", ledger="places"),
    ),
    group="试验",
    order=1,
    icon="",
    purpose="",
    unit="封",
)
RULE = Reminder("T1-letter", "信件到期", NOTICES, source="R-T-01", due="due_on", field="due_on")


def told(reminder: Reminder, rows: Mapping[int, Values], on: date) -> list[Due]:
    """What is said on a day of records whose names the context knows."""
    known = Spelled({"letters": rows, "places": {9: {"name": "杏花社区"}}}, on)
    return list(say(LETTERS, reminder, rows, known, lambda _field, value: value))


@pytest.mark.parametrize(
    ("on", "level"),
    [
        (date(2026, 2, 27), None),
        (date(2026, 2, 28), Level.INFO),
        (date(2026, 8, 23), Level.INFO),
        (date(2026, 8, 24), Level.AMBER),
        (date(2026, 8, 31), Level.AMBER),
        (date(2026, 9, 1), Level.RED),
    ],
)
def test_the_latest_notice_that_has_begun_is_said_and_the_end_of_a_month_clamps(on: date, level: Level | None) -> None:
    found = told(RULE, {1: {"name": "卢梅", "due_on": "2026-08-31"}}, on)
    assert [one.level for one in found] == ([level] if level else [])


@pytest.mark.parametrize(("day", "due"), [("2026-02", date(2026, 2, 28)), ("2026", date(2026, 12, 31))])
def test_a_partial_day_counts_from_its_last_day(day: str, due: date) -> None:
    (found,) = told(RULE, {1: {"name": "卢梅", "due_on": day}}, due)
    assert (found.due, found.days, found.level) == (due, 0, Level.AMBER)


def test_the_words_are_filled_in() -> None:
    rows: dict[int, Values] = {1: {"name": "卢梅", "phone": "199", "due_on": "2026-08-31"}}
    assert [one.text for one in told(RULE, rows, date(2026, 8, 21))] == ["卢梅2026年8月31日到期，还有 10 天"]
    assert [one.text for one in told(RULE, rows, date(2026, 10, 31))] == ["卢梅过期 61 天，2 个月，电话199"]


def test_a_field_in_a_text_is_shown_as_these_eyes_may_see_it() -> None:
    def stars(field: Field, value: Value) -> Value:
        return "***" if field.key == "phone" else value

    rows: dict[int, Values] = {1: {"name": "卢梅", "phone": "199", "due_on": "2026-08-31"}}
    context = Spelled({"letters": rows}, date(2026, 9, 1))
    (found,) = say(LETTERS, RULE, rows, context, stars)
    assert found.text.endswith("电话***")
    assert found.names == ("卢梅",)


def test_records_without_the_day_or_beside_the_condition_are_left_alone() -> None:
    rule = Reminder("T2", "甲", NOTICES, source="", due="due_on", when=lambda values, _context: bool(values["phone"]))
    rows: dict[int, Values] = {
        1: {"name": "卢梅", "phone": None, "due_on": "2026-08-31"},
        2: {"name": "孟堃", "phone": "199", "due_on": None},
        3: {"name": "安宁", "phone": "199", "due_on": "2026-08-31"},
    }
    assert [one.rids for one in told(rule, rows, date(2026, 9, 1))] == [(3,)]


def test_what_shares_a_field_and_a_day_is_said_once_by_the_name_of_what_is_shared() -> None:
    rule = Reminder("T3", "甲", NOTICES, source="", due="due_on", by="place")
    rows: dict[int, Values] = {
        1: {"name": "卢梅", "place": 9, "due_on": "2026-08-31"},
        2: {"name": "孟堃", "place": 9, "due_on": "2026-08-31"},
        3: {"name": "安宁", "place": 9, "due_on": "2026-08-30"},
    }
    found = told(rule, rows, date(2026, 8, 25))
    assert [(one.rids, one.name, one.names) for one in found] == [
        ((1, 2), "杏花社区", ()),
        ((3,), "杏花社区", ()),
    ]


def test_what_is_said_together_names_the_first_and_counts_the_rest() -> None:
    rule = Reminder("T4", "甲", (Notice(Level.INFO, "{names}没有电话，共 {count}"),), source="", together=True)
    rows: dict[int, Values] = {rid: {"name": name} for rid, name in enumerate(("卢梅", "孟堃", "安宁", "夏辉"), 1)}
    assert [one.text for one in told(rule, rows, date(2026, 1, 1))] == ["卢梅、孟堃、安宁等 4 封没有电话，共 4"]
    context = Spelled({"letters": rows}, date(2026, 1, 1))
    assert [one.text for one in say_of_many(LETTERS, rule, [1, 2], context)] == ["卢梅、孟堃没有电话，共 2"]
    assert list(say_of_many(LETTERS, rule, [], context)) == []


def test_what_is_said_together_is_due_when_the_first_of_it_is() -> None:
    rule = Reminder("T5", "甲", NOTICES, source="", due="due_on", together=True)
    rows: dict[int, Values] = {
        1: {"name": "卢梅", "due_on": "2026-08-31"},
        2: {"name": "孟堃", "due_on": "2026-08-30"},
        3: {"name": "安宁", "due_on": "2026-12-30"},
    }
    found = told(rule, rows, date(2026, 8, 25))
    assert [(one.rids, one.due, one.level) for one in found] == [
        ((1, 2), date(2026, 8, 30), Level.AMBER),
        ((3,), date(2026, 12, 30), Level.INFO),
    ]


def test_the_most_urgent_comes_first_then_the_earliest_then_what_has_no_day() -> None:
    rows: dict[int, Values] = {
        1: {"name": "卢梅", "due_on": "2027-01-31"},
        2: {"name": "孟堃", "due_on": "2026-08-26"},
        3: {"name": "安宁", "due_on": "2026-08-01"},
        4: {"name": "夏辉", "due_on": "2026-07-01"},
    }
    on = date(2026, 8, 25)
    blank = Reminder("T6", "甲", (Notice(Level.INFO, "{names}"),), source="", together=True)
    found = in_order([*told(blank, rows, on), *told(RULE, rows, on)])
    assert [one.rids[0] for one in found] == [4, 3, 2, 1, 1]
    assert [one.level for one in found] == [Level.RED, Level.RED, Level.AMBER, Level.INFO, Level.INFO]
