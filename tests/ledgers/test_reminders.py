"""What the office is reminded of, rule by rule, over records of real files (E1, E2, E7, E10, R-TR-10, R-TR-11)."""

from datetime import date

import pytest

from taizhang.core.reminder import Level
from taizhang.store.query import Filter, Query
from tests.ledgers.calendar import Calendar


def test_r_elec_01_a_term_is_said_from_a_year_before_and_turns_red_once_it_is_over(calendar: Calendar) -> None:
    for name in ("秦一", "秦二"):
        calendar.office.add(
            "committees", organisation=calendar.branch, name=name, post="委员", elected_on="2024-06-30", term_years="3"
        )
    levels = {
        "2026-06-29": None,
        "2026-06-30": Level.INFO,
        "2026-12-30": Level.AMBER,
        "2027-05-30": Level.AMBER,
        "2027-06-30": Level.AMBER,
        "2027-07-01": Level.RED,
    }
    assert {day: calendar.level("E1-term", day) for day in levels} == levels
    (said,) = calendar.said("E1-term", "2027-07-10")
    assert said.text == "第一党支部任期2027年6月30日已满，超期 10 天，请组织换届或补录延期批复。"
    assert len(said.rids) == 2, "a committee is told once"


def test_r_elec_01_an_extension_that_was_granted_puts_the_end_off(calendar: Calendar) -> None:
    post = calendar.office.add(
        "committees", organisation=calendar.branch, name="秦一", post="书记", elected_on="2023-06-30", term_years="3"
    )
    assert calendar.level("E1-term", "2026-11-21") is Level.RED
    calendar.office.change(post, extended_until="2027-06-30", extension_document="青石党复〔2026〕1号")
    assert calendar.level("E1-term", "2026-11-21") is Level.INFO
    calendar.office.change(post, ended_on="2026-11-01")
    assert calendar.level("E1-term", "2026-11-21") is None


def test_vector_7_r_dev_01_probation_ends_a_year_after_the_vote_and_an_extension_clamps(calendar: Calendar) -> None:
    """Vote 2025-08-31: 2026-08-31; extended by six months: 2027-02-28."""
    calendar.day = date(2026, 7, 1)
    rid = calendar.member(category="预备党员", joined_on="2025-08-31")
    levels = {"2026-07-31": None, "2026-08-01": Level.AMBER, "2026-08-30": Level.AMBER, "2026-08-31": Level.RED}
    assert {day: calendar.level("E2-probation", day) for day in levels} == levels
    assert "讨论转正" in calendar.said("E2-probation", "2026-11-28")[0].text
    assert "超过 90 天" in calendar.said("E2-probation", "2026-11-29")[0].text
    calendar.office.change(rid, probation_extension="6")
    extended = {"2027-01-28": None, "2027-01-29": Level.AMBER, "2027-02-28": Level.RED}
    assert {day: calendar.level("E2-probation", day) for day in extended} == extended
    assert calendar.said("E2-probation", "2027-02-28")[0].due == date(2027, 2, 28)


def test_e2_who_was_confirmed_or_has_left_is_not_said(calendar: Calendar) -> None:
    calendar.member(name="孟堃", category="正式党员", joined_on="2024-08-31", confirmed_on="2025-08-31")
    calendar.member(
        name="安宁", category="预备", joined_on="2024-08", left_on="2025-08-01", leave_reason="转出组织关系"
    )
    partial = calendar.member(name="夏辉", category="预备", joined_on="2025-08")
    assert [one.rids for one in calendar.said("E2-probation", "2026-08-31")] == [(partial,)]


def test_r_tr_10_a_graduate_is_kept_for_two_years_at_most(calendar: Calendar) -> None:
    calendar.day = date(2025, 1, 1)
    calendar.member(kept_reason="高校毕业生", kept_since="2024-07-01")
    levels = {"2026-04-30": None, "2026-05-01": Level.AMBER, "2026-07-01": Level.AMBER, "2026-07-02": Level.RED}
    assert {day: calendar.level("E7-graduate", day) for day in levels} == levels
    assert calendar.said("E7-graduate", "2026-07-02")[0].source == "R-TR-10"


def test_r_tr_11_somebody_abroad_is_heard_of_every_six_months(calendar: Calendar) -> None:
    calendar.day = date(2026, 9, 1)
    rid = calendar.member(kept_reason="出国（境）学习研究", kept_since="2025-09-01", last_contact_on="2026-08-31")
    levels = {"2027-02-12": None, "2027-02-13": Level.AMBER, "2027-02-28": Level.AMBER, "2027-03-01": Level.RED}
    assert {day: calendar.level("E7-contact", day) for day in levels} == levels
    calendar.office.change(rid, last_contact_on="2027-02-20")
    assert calendar.level("E7-contact", "2027-03-01") is None
    calendar.office.change(rid, last_contact_on="")
    assert calendar.said("E7-contact", "2027-03-01")[0].due == date(2026, 3, 1), "then since it is kept"


def test_r_tr_11_more_than_five_years_abroad_generally_suspends_membership(calendar: Calendar) -> None:
    calendar.member(kept_reason="留学", kept_since="2022-02-28", last_contact_on="2026-11-01")
    levels = {"2026-08-27": None, "2026-08-28": Level.INFO, "2027-02-28": Level.INFO, "2027-03-01": Level.RED}
    assert {day: calendar.level("E7-abroad", day) for day in levels} == levels
    assert "一般停止党籍" in calendar.said("E7-abroad", "2027-03-01")[0].text


@pytest.mark.parametrize(
    ("raw", "hangs"),
    [
        ({}, False),
        ({"mobile": "是", "mobile_to": "广东省深圳市"}, True),
        ({"mobile": "是", "mobile_to": "广东省深圳市", "mobile_since": "2026-05-21"}, True),
        ({"mobile": "是", "mobile_to": "广东省深圳市", "mobile_since": "2026-05-22"}, False),
        ({"mobile": "是", "mobile_to": "广东省深圳市", "last_contact_on": "2026-06-01"}, False),
        ({"mobile": "是", "mobile_to": "广东省深圳市", "last_contact_on": "2026-05"}, False),
        ({"mobile": "是", "mobile_to": "广东省深圳市", "last_contact_on": "2026-04"}, True),
        ({"mobile": "是", "mobile_to": "广东省深圳市", "on_roll": "否"}, False),
        ({"mobile": "是", "mobile_to": "英国", "kept_reason": "留学", "kept_since": "2026-01-01"}, False),
        ({"mobile": "是", "mobile_to": "广东省", "lost": "是", "lost_since": "2026-01-01"}, False),
        ({"address": "杏花路12号", "residence": "杏花路30号1栋"}, False),
        ({"address": "杏花路12号", "residence": "广东省深圳市福田区"}, True),
        ({"address": "长沙市杏花路12号", "residence": "长沙市松涛路5号"}, False),
        ({"residence": "长沙市松涛路5号", "last_contact_on": "2026-11-01"}, False),
    ],
)
def test_domain_3_6_who_lives_elsewhere_without_a_sign_for_six_months_hangs(
    calendar: Calendar, raw: dict[str, object], *, hangs: bool
) -> None:
    rid = calendar.member(**raw)
    listed = calendar.office.store.rids(Query("members", where=(Filter("E7-hanging", "due"),)))
    assert listed == ([rid] if hangs else [])
    assert [one.rids for one in calendar.said("E7-hanging", "2026-11-21")] == ([(rid,)] if hangs else [])


def test_e10_gaps_are_said_once_for_all_who_have_them(calendar: Calendar) -> None:
    whole = {"id_number": "430199198506300013", "phone": "199 0000 0001", "category": "正式", "joined_on": "2004-07"}
    calendar.member(name="孟堃", **whole, confirmed_on="2005-07-01")
    calendar.member(name="安宁", category="正式", phone="199 0000 0002")
    calendar.member(name="夏辉", category="预备")
    on = "2026-11-21"
    told = {name: [one.text for one in calendar.said(name, on)] for name in ("E10-id", "E10-phone", "E10-confirmed")}
    assert told == {
        "E10-id": ["安宁、夏辉没有公民身份号码，请补填。"],
        "E10-phone": ["夏辉没有联系电话，请补填。"],
        "E10-confirmed": ["安宁是正式党员，没有转正日期，请补填。"],
    }
    assert [calendar.said(name, on) for name in ("E10-early", "E10-twice")] == [[], []]


def test_r_org_01_branches_of_fewer_than_three_full_members_are_said_together(calendar: Calendar) -> None:
    assert calendar.level("E10-few", "2026-11-21") is None, "a branch without members is not yet one"
    calendar.member(category="正式")
    other = calendar.office.add("organisations", name="第二党支部", kind="党支部", parent=calendar.office.store.root)
    calendar.office.add("members", name="孟堃", branch=other)
    (said,) = calendar.said("E10-few", "2026-11-21")
    assert said.text == "第一党支部、第二党支部正式党员不足 3 人，应建联合党支部。"
    assert said.names == (), "organisations are no persons"
