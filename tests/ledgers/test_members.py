"""Members: what is filled in, what is held against what."""

from datetime import date

import pytest

from taizhang.core import idcard
from taizhang.core.findings import Severity
from taizhang.registry import installed
from taizhang.store.query import Query
from tests.offices import Office

ID = "430199198506300013"  # a man, born 1985-06-30, of a county that does not exist


def said(office: Office, **raw: object) -> list[tuple[str | None, Severity]]:
    """Field and severity of each finding about a member of that name and these values."""
    return [(finding.field, finding.severity) for finding in office.findings("members", {"name": "卢梅", **raw})]


def test_sex_and_birth_are_filled_in_from_a_valid_number(office: Office) -> None:
    """Domain 2.6."""
    values = office.check("members", {"name": "卢梅", "id_number": ID}).values
    assert (values["sex"], values["born_on"]) == ("1", "1985-06-30")


def test_nothing_is_filled_in_from_a_number_that_cannot_be(office: Office) -> None:
    values = office.check("members", {"name": "卢梅", "id_number": ID[:17] + "0"}).values
    assert "sex" not in values
    assert "born_on" not in values


@pytest.mark.parametrize("born", ["1985-06-30", "1985-06", "1985"])
def test_a_partial_birth_date_agrees_with_the_number(office: Office, born: str) -> None:
    draft = office.check("members", {"name": "卢梅", "id_number": ID, "born_on": born})
    assert draft.findings == ()
    assert draft.values["born_on"] == born


def test_disagreement_with_the_number_is_asked_about_with_a_proposal(office: Office) -> None:
    """Items 2, 4, 5: the personnel file decides."""
    draft = office.check("members", {"name": "卢梅", "id_number": ID, "sex": "女", "born_on": "1985.07"})
    assert draft.ok
    assert [(finding.field, finding.proposal) for finding in draft.findings] == [
        ("sex", "男"),
        ("born_on", "1985-06-30"),
    ]
    mended = {finding.field: finding.proposal for finding in draft.findings}
    assert said(office, id_number=ID, **{str(key): value for key, value in mended.items()}) == []


@pytest.mark.parametrize(
    ("born", "joined", "ok"),
    [
        ("1990-05-01", "2008-05-01", True),
        ("1990-05-01", "2008-04-30", False),
        ("1990-05", "2008-05", True),
        ("1990-05", "2008-04", False),
        ("1990", "2008", True),
        ("1990", "2007-12-31", False),
        ("1972-02-29", "1990-02-28", True),
    ],
)
def test_item_9_nobody_joins_before_eighteen(office: Office, born: str, joined: str, ok: bool) -> None:
    found = said(office, born_on=born, joined_on=joined)
    assert found == ([] if ok else [("joined_on", Severity.ERROR)])


@pytest.mark.parametrize(
    ("born", "ok"), [("2008-11-21", True), ("2008-11-22", False), ("1906-11-22", True), ("1905-11-21", False)]
)
def test_members_are_between_18_and_120(office: Office, born: str, ok: bool) -> None:
    assert said(office, born_on=born) == ([] if ok else [("born_on", Severity.ERROR)])


@pytest.mark.parametrize(
    ("joined", "confirmed", "severity"),
    [
        ("2010-07-01", "2011-07-01", None),
        ("2010-07-01", "2011-06-30", Severity.WARNING),
        ("2010-07-01", "2010-06-30", Severity.ERROR),
        ("2010-07", "2011-07", None),
        ("2010-07", "2011-06", Severity.WARNING),
        ("2010", "2010", Severity.WARNING),
        ("2011", "2010-12", Severity.ERROR),
        ("1971-07-01", "1971-07-01", None),  # there was no probation then
        ("2010-07-01", "2012-01-01", None),  # extended
    ],
)
def test_item_10_confirmation_comes_a_year_after_joining(
    office: Office, joined: str, confirmed: str, severity: Severity | None
) -> None:
    found = said(office, joined_on=joined, confirmed_on=confirmed)
    assert found == ([("confirmed_on", severity)] if severity else [])


def test_item_10_a_probationary_member_has_no_confirmation_and_does_not_lack_one(office: Office) -> None:
    assert said(office, category="预备党员", confirmed_on="2024-07-01") == [("confirmed_on", Severity.ERROR)]
    members = installed().ledgers["members"]
    assert "confirmed_on" not in {field.key for field in members.missing({"category": "2"})}
    assert "confirmed_on" in {field.key for field in members.missing({"category": "1"})}


def test_the_sixteen_items_make_a_record_complete() -> None:
    members = installed().ledgers["members"]
    wanted = [field.key for field in members.fields if field.is_wanted({"category": "1"})]
    assert len(wanted) == 16
    assert members.completeness({"category": "1"}) == 100 // 16
    assert members.completeness({**dict.fromkeys(wanted, "x"), "category": "1"}) == 100


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        ({"lost": "是"}, "lost_since"),
        ({"mobile": "是"}, "mobile_to"),
        ({"left_on": "2026-01-01"}, "leave_reason"),
        ({"leave_reason": "死亡"}, "left_on"),
        ({"left_on": "2009-01-01", "leave_reason": "死亡", "joined_on": "2010-01-01"}, "left_on"),
    ],
)
def test_what_belongs_together_is_asked_for(office: Office, raw: dict[str, object], field: str) -> None:
    assert said(office, **raw) == [(field, Severity.ERROR)]


def test_items_15_and_16_are_content_with_the_answer_no(office: Office) -> None:
    assert said(office, lost="否", mobile="无") == []
    assert said(office, lost="是", lost_since="2026-01", mobile="是", mobile_to="广东省深圳市") == []


def test_a_status_that_means_gone_asks_for_the_day(office: Office) -> None:
    assert said(office, status="死亡") == [("left_on", Severity.WARNING)]
    assert said(office, status="死亡", left_on="2026-01-01", leave_reason="转出") == [("status", Severity.WARNING)]


def test_the_same_number_is_not_registered_twice(office: Office) -> None:
    office.add("members", name="卢梅", id_number=ID)
    assert said(office, id_number=ID) == [("id_number", Severity.ERROR)]


def test_item_8_members_belong_to_branches(office: Office) -> None:
    assert said(office, branch=office.store.root) == [("branch", Severity.WARNING)]


def test_people_who_left_are_found_among_the_gone_and_can_come_back(office: Office) -> None:
    store = office.store
    rid = office.add("members", name="卢梅", joined_on="2000-07-01")
    office.change(rid, left_on="2026-03-01", leave_reason="转出")
    assert store.rids(Query("members")) == []
    assert store.rids(Query("members", show="gone")) == [rid]
    office.change(rid, since="2026-09-01", left_on="", leave_reason="")
    assert store.rids(Query("members")) == [rid]
    assert [store.rids(Query("members", as_of=date(2026, month, 15))) for month in (2, 6, 10)] == [[rid], [], [rid]]


def test_a_move_between_branches_keeps_where_somebody_was(office: Office) -> None:
    store = office.store
    first = office.add("organisations", name="第一党支部", kind="党支部", parent=store.root)
    second = office.add("organisations", name="第二党支部", kind="党支部", parent=store.root)
    rid = office.add("members", name="卢梅", joined_on="2000-07-01", branch=first)
    office.change(rid, since="2026-05-01", branch=second)
    assert store.rids(Query("members", scope=first)) == []
    assert store.rids(Query("members", scope=first, as_of=date(2026, 4, 30))) == [rid]
    assert store.rids(Query("members", scope=second, as_of=date(2026, 5, 1))) == [rid]
    assert store.row(rid).values["entered_on"] == "2026-05-01"


def test_the_post_is_looked_up_the_highest_first(office: Office) -> None:
    branch = office.add("organisations", name="第一党支部", kind="党支部", parent=office.store.root)
    rid = office.add("members", name="卢梅", branch=branch)
    office.add("committees", organisation=branch, member=rid, post="组织委员")
    office.add("committees", organisation=branch, member=rid, post="副书记")
    assert office.store.row(rid).derived["party_post"] == "副书记、组织委员"


def test_invented_numbers_have_an_area_that_no_county_has() -> None:
    assert idcard.make("430199", date(1985, 6, 30), 1) == ID
