"""What the office is reminded of about letters, receipts and the system's queue (E4; R-TR-02 to -04, R-TR-12)."""

from datetime import date

import pytest

from taizhang.core.reminder import Level
from taizhang.store.query import Filter, Query
from tests.ledgers.calendar import Calendar

TO = "中共青山区松涛街道工作委员会"
MONTH = {"dues_paid_to": "2026-07"}


def letter(calendar: Calendar, **more: object) -> int:
    """A letter of 1 July 2026, valid for 30 days, on its way."""
    calendar.day = date(2026, 7, 1)
    member = calendar.member(name="卢梅", category="正式党员", joined_on="2004-07-01", confirmed_on="2005-07-01")
    raw = {"direction": "转出", "member": member, "to_committee": TO, "to_branch": "松涛第一党支部", **MONTH}
    return calendar.office.add("transfers", **{**raw, "issued_on": "2026-07-01", "valid_days": "30", **more})


def levels(calendar: Calendar, reminder: str, days: list[str]) -> list[Level | None]:
    """How urgent something is, day by day."""
    return [calendar.level(reminder, day) for day in days]


def test_vector_6_r_tr_02_a_letter_is_said_a_week_before_its_last_day_and_red_once_that_is_past(
    calendar: Calendar,
) -> None:
    """Issued 2026-07-01, valid for 30 days: due 2026-07-31."""
    letter(calendar)
    days = ["2026-07-23", "2026-07-24", "2026-07-30", "2026-07-31", "2026-08-01"]
    wanted = [None, Level.AMBER, Level.AMBER, Level.AMBER, Level.RED]
    assert levels(calendar, "E4-expiry", days) == wanted
    assert calendar.said("E4-expiry", "2026-07-24")[0].text.startswith("卢梅的介绍信2026年7月31日到期，还有 7 天")
    (late,) = calendar.said("E4-expiry", "2026-08-10")
    assert (late.source, late.field, late.days) == ("R-TR-04", "due_on", -10)


def test_r_tr_02_ninety_days_is_the_longest_a_letter_is_waited_for(calendar: Calendar) -> None:
    letter(calendar, valid_days="90")
    assert levels(calendar, "E4-expiry", ["2026-09-21", "2026-09-22", "2026-09-30"]) == [None, Level.AMBER, Level.RED]


def test_r_tr_04_domain_3_6_a_letter_of_half_a_year_ago_is_a_pocket_member_and_said_once(calendar: Calendar) -> None:
    rid = letter(calendar)
    assert levels(calendar, "E4-pocket", ["2027-01-01", "2027-01-02"]) == [None, Level.RED]
    assert levels(calendar, "E4-expiry", ["2027-01-01", "2027-01-02"]) == [Level.RED, None]
    assert "自行脱党" in calendar.said("E4-pocket", "2027-01-02")[0].text
    assert calendar.office.store.rids(Query("transfers", where=(Filter("E4-pocket", "due"),))) == [rid]
    calendar.office.change(rid, received_on="2027-01-02")
    assert calendar.level("E4-pocket", "2027-01-03") is None


def test_r_tr_03_a_receipt_is_chased_from_a_month_after_acceptance(calendar: Calendar) -> None:
    rid = letter(calendar)
    calendar.day = date(2026, 7, 31)
    calendar.office.change(rid, received_on="2026-07-31")
    days = ["2026-08-31", "2026-09-01", "2026-09-29", "2026-09-30"]
    assert levels(calendar, "E4-receipt", days) == [None, Level.AMBER, Level.AMBER, Level.RED]
    assert calendar.level("E4-expiry", "2026-09-30") is None
    calendar.office.change(rid, receipt_on="2026-09-29")
    assert calendar.level("E4-receipt", "2026-09-30") is None


def test_r_tr_03_our_own_receipt_is_asked_for_before_the_month_is_over(calendar: Calendar) -> None:
    calendar.day = date(2026, 7, 10)
    raw = {"direction": "转入", "name": "孟堃", "number": "3", "branch": calendar.branch, "from_committee": TO}
    calendar.office.add("transfers", **raw, category="正式", due_on="2026-07-31", received_on="2026-07-05")
    days = ["2026-07-28", "2026-07-29", "2026-08-05", "2026-08-06"]
    assert levels(calendar, "E4-reply", days) == [None, Level.AMBER, Level.AMBER, Level.RED]


def test_e4_a_letter_that_came_is_accepted_before_it_expires(calendar: Calendar) -> None:
    calendar.day = date(2026, 7, 10)
    raw = {"direction": "转入", "name": "孟堃", "number": "3", "from_committee": TO, "category": "正式"}
    rid = calendar.office.add("transfers", **raw, due_on="2026-07-31")
    days = ["2026-07-23", "2026-07-24", "2026-07-31", "2026-08-01"]
    assert levels(calendar, "E4-incoming", days) == [None, Level.AMBER, Level.AMBER, Level.RED]
    calendar.office.change(rid, state="退回", state_reason="证件不符")
    assert calendar.level("E4-incoming", "2026-08-01") is None


@pytest.mark.parametrize("direction", ["转出", "转入"])
def test_r_tr_12_the_queue_of_the_system_is_watched(calendar: Calendar, direction: str) -> None:
    calendar.day = date(2026, 7, 1)
    raw = {"direction": direction, "credential": "线上转接", "name": "孟堃", "applied_on": "2026-07-01"}
    calendar.office.add("transfers", **raw, category="正式")
    days = ["2026-07-11", "2026-07-12", "2026-07-31", "2026-08-01"]
    assert levels(calendar, "E4-online", days) == [None, Level.AMBER, Level.AMBER, Level.RED]
    assert levels(calendar, "E4-incoming", days) == [None] * 4


def test_a_certificate_asks_whether_somebody_is_back_and_is_no_pocket_letter(calendar: Calendar) -> None:
    letter(calendar, credential="党员证明信")
    assert levels(calendar, "E4-certificate", ["2026-07-30", "2026-07-31"]) == [None, Level.AMBER]
    assert [calendar.level(name, "2027-02-01") for name in ("E4-expiry", "E4-pocket")] == [None, None]
