"""Committees: terms, their ends, who may hold a post."""

from datetime import date

import pytest

from taizhang.core.context import Value, Values
from taizhang.ledgers.committees.term import on_turn, term_state
from taizhang.store.query import Query
from tests.offices import TODAY, Office


def stored(office: Office, kind: str = "党支部", **post: object) -> Values:
    """The values of a post in an organisation of that kind, as they are kept."""
    name = f"{kind}（示例）"
    known = office.store.context().find("organisations", name)
    organisation = known[0] if known else office.add("organisations", name=name, kind=kind, parent=office.store.root)
    return office.store.row(
        office.add("committees", **{"organisation": organisation, "name": "秦一", "post": "委员", **post})
    ).values


@pytest.mark.parametrize(
    ("kind", "years", "ends"),
    [
        ("党委", 5, "2030-06-20"),
        ("党总支", 3, "2028-06-20"),
        ("党支部", 3, "2028-06-20"),
        ("联合党支部", 3, "2028-06-20"),
        ("社区党委", 5, "2030-06-20"),
        ("社区党总支", 5, "2030-06-20"),
        ("社区党支部", 5, "2030-06-20"),
        ("党工委", None, None),
        ("临时党支部", None, None),
        ("党小组", None, None),
    ],
)
def test_a_term_is_as_long_as_the_kind_of_organisation_says(
    office: Office, kind: str, years: int | None, ends: str | None
) -> None:
    """Domain 1.3: 5 years for 党委 and for everything of a community, 3 for 总支 and 支部; appointed ones have none."""
    values = stored(office, kind, elected_on="2025-06-20")
    assert (values["term_years"], values["term_ends_on"]) == (years, ends)


@pytest.mark.parametrize(("elected", "ends"), [("2024-02-29", "2027-02-28"), ("2024-05", "2027-05"), ("2024", "2027")])
def test_the_end_of_a_term_is_as_exact_as_the_election(office: Office, elected: str, ends: str) -> None:
    assert stored(office, elected_on=elected)["term_ends_on"] == ends


def test_what_was_typed_is_not_overwritten(office: Office) -> None:
    values = stored(office, elected_on="2024-05-01", term_years=5, term_ends_on="2028-12-31")
    assert (values["term_years"], values["term_ends_on"]) == (5, "2028-12-31")


def test_who_is_elected_in_between_leaves_with_the_others_of_the_session(office: Office) -> None:
    stored(office, elected_on="2024-05-01", session="第二届")
    assert stored(office, name="秦二", elected_on="2025-11-01", session="第二届")["term_ends_on"] == "2027-05-01"
    assert stored(office, name="秦三", elected_on="2027-04-01", session="第三届")["term_ends_on"] == "2030-04-01"


@pytest.mark.parametrize(
    ("end", "state"),
    [
        ("2028-01-01", "任期内"),
        ("2027-11-21", "1 年内届满"),
        ("2027-05-21", "6 个月内届满"),
        ("2027-02-21", "3 个月内届满"),
        ("2026-12-21", "1 个月内届满"),
        ("2026-11-21", "今天届满"),
        ("2026-11-20", "已超期 1 天"),
        ("2026-11", "1 个月内届满"),
        ("2025", "已超期 325 天"),
    ],
)
def test_r_elec_01_twelve_six_three_and_one_month_before_the_end(end: str, state: str) -> None:
    assert term_state({"term_ends_on": end}, TODAY) == state


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, None),
        ({"term_ends_on": "2026-01-01", "extended_until": "2026-12-31"}, "3 个月内届满"),
        ({"term_ends_on": "2026-01-01", "ended_on": "2025-05-01"}, "已免职"),
    ],
)
def test_r_elec_01_an_extension_counts_and_who_has_left_is_not_reminded_of(
    values: dict[str, Value], state: str | None
) -> None:
    assert term_state(values, TODAY) == state


def test_r_elec_01_an_overdue_term_is_said_until_it_is_extended_or_over(office: Office) -> None:
    branch = office.add("organisations", name="第一党支部", kind="党支部", parent=office.store.root)
    row = {"organisation": branch, "name": "秦一", "post": "书记", "term_ends_on": "2026-11-20"}
    rules = [finding.rule for finding in office.findings("committees", row)]
    assert rules == ["R-ELEC-01"]
    longer = {"extended_until": "2027-06-30", "extension_document": "青石党复〔2026〕9号"}
    assert office.findings("committees", {**row, **longer}) == []
    assert office.findings("committees", {**row, "ended_on": "2026-10-01"}) == []


def test_an_extension_is_a_year_at_most_and_has_its_paper(office: Office) -> None:
    branch = office.add("organisations", name="第一党支部", kind="党支部", parent=office.store.root)
    row = {"organisation": branch, "name": "秦一", "post": "书记", "term_ends_on": "2027-01-01"}
    found = office.findings("committees", {**row, "extended_until": "2028-01-02"})
    assert [finding.field for finding in found] == ["extended_until", "extension_document"]
    found = office.findings("committees", {**row, "extended_until": "2028-01-01"})
    assert [finding.field for finding in found] == ["extension_document"]


def test_the_name_follows_the_member_who_was_picked(office: Office) -> None:
    member = office.add("members", name="欧阳喆")
    values = stored(office, name="", member=member)
    assert values["name"] == "欧阳喆"
    organisation = values["organisation"]
    found = office.findings(
        "committees", {"organisation": organisation, "member": member, "name": "欧阳哲", "post": "书记"}
    )
    assert [(finding.field, finding.proposal) for finding in found] == [("name", "欧阳喆")]


def test_a_name_that_the_roster_has_is_offered_not_assumed(office: Office) -> None:
    office.add("members", name="欧阳喆")
    branch = office.add("organisations", name="第一党支部", kind="党支部", parent=office.store.root)
    draft = office.check("committees", {"organisation": branch, "name": "欧阳喆", "post": "书记"})
    assert draft.ok
    assert draft.values.get("member") is None
    assert [(finding.field, finding.proposal) for finding in draft.findings] == [("member", "欧阳喆")]


def test_r_elec_02_a_probationary_member_is_not_electable(office: Office) -> None:
    branch = office.add("organisations", name="第一党支部", kind="党支部", parent=office.store.root)
    member = office.add("members", name="卢梅", category="预备党员", joined_on="2026-05-01")
    found = office.findings("committees", {"organisation": branch, "member": member, "post": "委员"})
    assert [(finding.field, finding.rule) for finding in found] == [("member", "R-ELEC-02")]


@pytest.mark.parametrize(("began", "warned"), [("2025-06-30", True), ("2025-07-01", False), ("2025-07", False)])
def test_a_branch_secretary_has_a_year_of_seniority(office: Office, began: str, warned: bool) -> None:
    """Domain 1.1: a warning, no block."""
    branch = office.add("organisations", name="第一党支部", kind="党支部", parent=office.store.root)
    member = office.add("members", name="卢梅", category="正式党员", confirmed_on="2024-07-01")
    draft = office.check("committees", {"organisation": branch, "member": member, "post": "书记", "began_on": began})
    assert draft.ok
    assert bool(draft.findings) is warned


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1、5、9", "1、5、9"),
        ("9月、1-3月", "1、2、3、9"),
        ("十二月", None),
        ("0", None),
        ("5-2月", None),
        (7, "7"),
        ("无", ""),
    ],
)
def test_the_months_of_the_rotating_secretary(office: Office, typed: object, kept: str | None) -> None:
    branch = office.add("organisations", name="第一党支部", kind="党支部", parent=office.store.root)
    draft = office.check(
        "committees", {"organisation": branch, "name": "秦一", "post": "书记", "rotation_months": typed}
    )
    assert draft.ok is (kept is not None)
    assert draft.values["rotation_months"] == (kept or None)


def test_who_is_in_office_on_any_day(office: Office) -> None:
    branch = office.add("organisations", name="第一党支部", kind="党支部", parent=office.store.root)
    first = office.add(
        "committees", organisation=branch, name="秦一", post="书记", elected_on="2020-01-01", ended_on="2023-01-01"
    )
    second = office.add("committees", organisation=branch, name="秦二", post="书记", elected_on="2023-01-01")
    assert office.store.rids(Query("committees")) == [second]
    assert office.store.rids(Query("committees", as_of=date(2022, 12, 31))) == [first]
    assert office.store.rids(Query("committees", as_of=date(2023, 1, 1))) == [second]


def test_whose_turn_it_is_this_month() -> None:
    assert on_turn({"rotation_months": "9、10、11"}, TODAY) == "本月"
    assert on_turn({"rotation_months": "1、2"}, TODAY) is None
    assert on_turn({}, TODAY) is None
