"""Transfers: the letter out, in and within, from the first word to the receipt; what the roster becomes by it."""

from pathlib import Path

import pytest

from taizhang.core.errors import Refused
from taizhang.store.query import Query
from tests.ledgers.letters import FIRST, SECOND, TO, Letters, card
from tests.offices import Office


def test_issuing_a_letter_does_all_that_belongs_to_it_at_once(letters: Letters) -> None:
    """Wish 16; vector 6: issued on 2026-07-01 for 30 days, due on 2026-07-31."""
    rid = letters.issue("秦一", "2026-07-01")
    now = letters.get(rid)
    assert (now["number"], now["series"], now["state"]) == ("〔2026〕001", "介绍信", "12-1")
    assert (now["valid_days"], now["due_on"]) == (30, "2026-07-31")
    assert (now["name"], now["id_number"], now["phone"], now["category"]) == ("秦一", card(0), "19900000000", "1")
    assert (now["branch"], now["from_branch"]) == (letters.first, FIRST)
    assert letters.derived(letters.members[0], "transfer") == "在途"


def test_the_committee_that_may_not_admit_members_leaves_the_letter_to_the_one_above(letters: Letters) -> None:
    now = letters.get(letters.issue("秦一"))
    assert now["from_committee"] == "中共青石街道工作委员会"
    assert (now["from_address"], now["from_postcode"]) == ("青石路1号", "410000")
    assert (now["from_phone"], now["from_fax"]) == ("0731-88000000", "0731-88000001")


def test_a_superior_that_is_only_named_issues_the_letter_of_a_community(tmp_path: Path) -> None:
    office = Office(tmp_path / "office.tz")
    office.change(office.store.root, kind="社区党委", admits="否", superior="中共松涛街道工作委员会")
    branch = office.add("organisations", name=FIRST, kind="党支部", parent=office.store.root)
    office.add("members", name="秦一", branch=branch)
    rid = office.add("transfers", direction="转出", member="秦一")
    assert office.store.row(rid).values["from_committee"] == "中共松涛街道工作委员会"
    office.store.close(with_backup=False)


def test_a_letter_accepted_there_takes_the_member_out_and_the_receipt_ends_it(letters: Letters) -> None:
    member, rid = letters.members[0], letters.issue("秦一")
    assert letters.get(member)["left_on"] is None, "until then the origin manages the member"
    letters.set(rid, received_on="2026-11-18")
    gone = letters.get(member)
    assert letters.get(rid)["state"] == "30-1"
    assert (gone["left_on"], gone["leave_reason"], gone["status"]) == ("2026-11-18", "40", "9")
    assert (gone["left_to"], gone["leave_note"]) == (TO["to_committee"], "介绍信〔2026〕001")
    assert member not in letters.office.store.rids(Query("members"))
    letters.set(rid, receipt_on="2026-11-20")
    assert letters.get(rid)["state"] == "40-1"
    assert letters.derived(member, "transfer") is None


def test_a_receipt_says_that_the_member_was_accepted(letters: Letters) -> None:
    rid = letters.issue("秦一")
    letters.set(rid, receipt_on="2026-11-19")
    now = letters.get(rid)
    assert (now["state"], now["received_on"]) == ("40-1", "2026-11-19")
    assert letters.get(letters.members[0])["left_on"] == "2026-11-19"


def test_the_state_can_be_told_instead_of_the_day(letters: Letters) -> None:
    rid = letters.add(direction="转出", member="秦一", dues_paid_to="2026-11", **TO)
    assert letters.get(rid)["state"] == "10-1"
    letters.set(rid, state="支部审核")
    letters.set(rid, state="在途")
    assert (letters.get(rid)["issued_on"], letters.get(rid)["number"]) == ("2026-11-21", "〔2026〕001")
    letters.set(rid, state="办结")
    assert letters.get(rid)["receipt_on"] == letters.get(rid)["received_on"] == "2026-11-21"


def test_one_undo_takes_back_the_letter_and_what_came_of_it(letters: Letters) -> None:
    member, rid = letters.members[0], letters.issue("秦一")
    before = letters.get(member), letters.get(rid)
    letters.set(rid, received_on="2026-11-18")
    after = letters.get(member), letters.get(rid)
    letters.office.store.undo()
    assert (letters.get(member), letters.get(rid)) == before
    letters.office.store.redo()
    assert (letters.get(member), letters.get(rid)) == after


def test_a_day_of_acceptance_that_is_mended_is_mended_in_the_roster(letters: Letters) -> None:
    rid = letters.issue("秦一")
    letters.set(rid, received_on="2026-11-18")
    letters.set(rid, received_on="2026-11-17")
    assert letters.get(letters.members[0])["left_on"] == "2026-11-17"


def test_a_day_by_which_the_roster_has_followed_is_not_emptied(letters: Letters) -> None:
    rid = letters.issue("秦一")
    letters.set(rid, received_on="2026-11-18")
    assert [one.is_error for one in letters.says("received_on", rid, received_on="")] == [True]


@pytest.mark.parametrize(
    ("said", "entry"),
    [
        ({"number": "云〔2026〕8号"}, "介绍信云〔2026〕8号，由中共云溪市委员会转来"),
        ({}, "介绍信，由中共云溪市委员会转来"),
        ({"credential": "线上"}, "线上转接，由中共云溪市委员会转来"),
    ],
)
def test_the_roster_says_how_somebody_came(letters: Letters, said: dict[str, object], entry: str) -> None:
    rid = letters.come("冯五", 7, branch=FIRST, received_on="2026-11-20", **said)
    assert letters.get(letters.the_member(rid))["entry_note"] == entry


def test_what_is_added_after_acceptance_is_added_in_the_roster_too(letters: Letters) -> None:
    rid = letters.add(direction="转入", name="冯五", branch=FIRST, received_on="2026-11-18")
    member = letters.the_member(rid)
    letters.set(rid, id_number=card(7), category="正式", joined_on="2012-07-01", party_group="一组")
    now = letters.get(member)
    assert [now[key] for key in ("id_number", "category", "joined_on", "party_group")] == [
        card(7),
        "1",
        "2012-07-01",
        "一组",
    ]
    letters.set(member, phone="19900000001")
    letters.set(rid, phone="19900000002", joined_on="")
    assert letters.get(member)["phone"] == "19900000001", "the roster knows better by now"
    assert letters.get(member)["joined_on"] == "2012-07-01"


def test_who_comes_is_entered_in_the_roster_when_accepted_and_not_before(letters: Letters) -> None:
    rid = letters.come("冯五", 7, number="云党介〔2026〕88号", phone="19900000077")
    assert letters.get(rid)["state"] == "20-1"
    assert letters.office.store.context().find("members", "冯五") == ()
    letters.set(rid, verified_on="2026-11-19")
    assert letters.get(rid)["state"] == "21-1"
    letters.set(rid, received_on="2026-11-20", branch=SECOND, party_group="第一党小组")
    made = letters.get(letters.the_member(rid))
    assert (made["name"], made["id_number"], made["phone"]) == ("冯五", card(7), "19900000077")
    assert (made["branch"], made["party_group"], made["status"]) == (letters.second, "第一党小组", "1")
    assert (made["arrived_on"], made["entered_on"], made["entry_kind"]) == ("2026-11-20", "2026-11-20", "30")
    assert (made["joined_on"], made["category"]) == ("2012-07-01", "1")
    letters.set(rid, receipt_on="2026-11-21", receipt_way="传真")
    assert letters.get(rid)["state"] == "40-1"


def test_who_left_and_returns_is_the_same_record_again(letters: Letters) -> None:
    member, out = letters.members[0], letters.issue("秦一", "2026-07-01")
    letters.set(out, received_on="2026-07-10")
    rid = letters.come("秦一", 0, number="云党介〔2026〕9号")
    assert letters.get(rid)["member"] == member, "known by the ID number"
    letters.set(rid, received_on="2026-11-20", branch=SECOND)
    back = letters.get(member)
    assert (back["left_on"], back["leave_reason"], back["left_to"], back["status"]) == (None, None, None, "1")
    assert (back["branch"], back["entered_on"]) == (letters.second, "2026-11-20")
    assert len(letters.office.store.context().find("members", "秦一")) == 1


def test_who_is_in_the_roster_is_not_entered_again_for_want_of_an_id_number(letters: Letters) -> None:
    """A register of members who came years ago, without a column for ID numbers, read after the roster."""
    old = {"direction": "转入", "name": "秦一", "category": "正式", "branch": FIRST, "received_on": "2019-05-01"}
    (twice,) = letters.says("member", **old)
    assert twice.is_error
    assert "另记一人" in twice.text
    assert not any(one.is_error for one in letters.says("member", **{**old, "member": "秦一"}))
    assert letters.says("member", **{**old, "born_on": "1990-01"}) == [], "a namesake of another age"
    assert letters.says("member", **{**old, "name": "冯五"}) == []
    letters.set(letters.members[0], id_number="")
    assert [one.is_error for one in letters.says("member", **old, id_number=card(0))] == [False], "the roster lacks it"
    waiting = letters.add(direction="转入", name="秦一", category="正式", branch=FIRST)
    assert [one.is_error for one in letters.says("member", waiting, received_on="2026-11-20")] == [True]


def test_moving_within_needs_no_letter_and_changes_the_branch(letters: Letters) -> None:
    rid = letters.add(direction="内部", member="秦一", to_branch=SECOND)
    assert letters.get(rid)["state"] == "10-1"
    letters.set(rid, issued_on="2026-11-20")
    now, member = letters.get(rid), letters.get(letters.members[0])
    assert (now["state"], now["number"], now["received_on"]) == ("40-1", None, "2026-11-20")
    assert (member["branch"], member["entered_on"], member["left_on"]) == (letters.second, "2026-11-20", None)


@pytest.mark.parametrize(
    ("to", "said"), [("柳岸社区支部", "不是"), ("中共杏花社区委员会", "不是"), (FIRST, "已在这个党支部")]
)
def test_moving_within_goes_to_another_branch_of_the_office(letters: Letters, to: str, said: str) -> None:
    found = letters.says("to_branch", direction="内部", member="秦一", to_branch=to)
    assert [said in finding.text and finding.is_error for finding in found] == [True]


def test_a_whole_unit_leaves_by_one_letter_with_its_list(letters: Letters) -> None:
    rid = letters.add(
        direction="转出",
        credential="整建制",
        members="秦一、何二",
        issued_on="2026-11-10",
        dues_paid_to="2026-11",
        **TO,
    )
    now = letters.get(rid)
    assert (now["headcount"], now["branch"], now["name"]) == (2, letters.first, FIRST)
    assert (now["number"], now["series"]) == ("〔2026〕001", "整建制介绍信")
    letters.set(rid, received_on="2026-11-18")
    left = [letters.get(member)["leave_reason"] for member in letters.members]
    assert left == ["41", "41", None, None]


def test_a_whole_unit_that_comes_is_placed_in_the_branch(letters: Letters) -> None:
    rid = letters.add(
        direction="转入", credential="整建制", members="秦一、何二", name="中共柳岸物业支部", branch=SECOND
    )
    letters.set(rid, received_on="2026-11-18")
    assert [letters.get(member)["branch"] for member in letters.members[:3]] == [letters.second] * 2 + [letters.first]
    assert letters.get(letters.members[0])["entry_kind"] == "31"


def test_a_certificate_leaves_the_member_where_he_is(letters: Letters) -> None:
    """Domain 3.1: 党员证明信, 临时组织关系."""
    rid = letters.add(direction="转出", credential="证明信", member="秦一", to_branch="某部队", issued_on="2026-11-10")
    assert (letters.get(rid)["series"], letters.get(rid)["number"]) == ("党员证明信", "〔2026〕001")
    letters.set(rid, receipt_on="2026-11-20")
    assert letters.get(rid)["state"] == "40-1"
    assert letters.get(letters.members[0])["left_on"] is None


def test_r_tr_08_who_is_no_member_yet_is_never_entered_in_the_roster(letters: Letters) -> None:
    rid = letters.come("冯五", 7, category="积极分子", joined_on="")
    letters.set(rid, received_on="2026-11-20", branch=SECOND)
    assert letters.get(rid)["state"] == "30-1"
    assert letters.office.store.context().find("members", "冯五") == ()


def test_a_transfer_that_moved_somebody_is_not_taken_out_as_a_mistake(letters: Letters) -> None:
    rid = letters.issue("秦一")
    letters.set(rid, received_on="2026-11-18")
    with pytest.raises(Refused, match=r"名册变动，没有作废.*撤销"):
        letters.office.store.do("作废", lambda work: work.void(rid, "登记错了"))
    assert letters.get(letters.members[0])["left_on"] == "2026-11-18"


def test_a_letter_on_its_way_may_be_taken_out_as_a_mistake(letters: Letters) -> None:
    rid = letters.issue("秦一")
    letters.office.store.do("作废", lambda work: work.void(rid, "登记错了"))
    assert letters.office.rids("transfers") == []


@pytest.mark.parametrize("key", ["direction", "member", "branch", "to_branch"])
def test_after_acceptance_whom_and_where_stay_as_they_are(letters: Letters, key: str) -> None:
    rid = letters.issue("秦一")
    letters.set(rid, received_on="2026-11-18")
    other = {"direction": "内部", "member": "何二", "branch": SECOND, "to_branch": "别处"}[key]
    assert any("不能再改" in finding.text for finding in letters.says(key, rid, **{key: other}))


def test_an_old_register_does_not_undo_what_the_roster_knows_better(letters: Letters) -> None:
    """Somebody who went and came back years ago is here; his old letter is entered only now."""
    letters.set(letters.members[0], entered_on="2019-05-01")
    old = {"issued_on": "2015-03-01", "received_on": "2015-03-10", "receipt_on": "2015-03-20", "number": "15号"}
    letters.add(direction="转出", member="秦一", state="办结", **old, **TO)
    letters.add(direction="转入", member="秦一", branch=SECOND, received_on="2018-01-05", state="办结")
    letters.add(direction="内部", member="秦一", to_branch=SECOND, received_on="2018-06-01")
    now = letters.get(letters.members[0])
    assert (now["left_on"], now["branch"], now["entered_on"]) == (None, letters.first, "2019-05-01")


def test_an_old_register_does_not_bring_back_who_left_since(letters: Letters) -> None:
    """Somebody came in 2018, and died or went on in 2024; the register of 2018 is read only now."""
    for member, reason in zip(letters.members, ("病故", "转出组织关系"), strict=False):
        letters.set(member, left_on="2024-05-01", leave_reason=reason)
    for name in ("秦一", "何二"):
        letters.add(direction="转入", member=name, branch=SECOND, received_on="2018-01-05", receipt_on="2018-02-01")
    assert [letters.get(member)["left_on"] for member in letters.members[:2]] == ["2024-05-01", "2024-05-01"]
    letters.set(letters.members[2], arrived_on="2019-01-01")
    letters.add(direction="转出", member="吕三", received_on="2015-03-10", issued_on="2015-03-01", number="3", **TO)
    assert letters.get(letters.members[2])["left_on"] is None, "here since 2019"


@pytest.mark.parametrize(
    ("reason", "refused"), [("病故", [True]), ("自行脱党除名", [False]), ("停止党籍", [False]), ("转出组织关系", [])]
)
def test_only_who_was_transferred_out_comes_back_unasked(letters: Letters, reason: str, refused: list[bool]) -> None:
    letters.set(letters.members[0], left_on="2024-05-01", leave_reason=reason)
    for day in ({}, {"received_on": "2026-11-20", "branch": FIRST}):
        said = letters.says("member", direction="转入", member="秦一", **day)
        assert [one.is_error for one in said] == refused


def test_who_came_before_joining_the_party_is_not_made_a_member_by_a_change(letters: Letters) -> None:
    """R-TR-08: such a person enters the roster when admitted."""
    rid = letters.come("冯五", 7, category="积极分子", branch=FIRST, received_on="2026-11-01")
    assert [one.is_error for one in letters.says("category", rid, category="正式")] == [True]
    assert not any(one.is_error for one in letters.says("category", rid, category="发展对象"))


def test_nothing_is_made_up_for_what_is_entered_as_over(letters: Letters) -> None:
    """Wish 3: a blank day stays blank."""
    now = letters.get(letters.add(direction="转出", name="冯五", state="办结"))
    assert (now["issued_on"], now["received_on"], now["receipt_on"], now["number"]) == (None, None, None, None)


def test_another_person_brings_his_own_data_along(letters: Letters) -> None:
    rid = letters.add(direction="转出", member="秦一")
    letters.set(rid, member="何二")
    assert (letters.get(rid)["name"], letters.get(rid)["id_number"]) == ("何二", card(1))


def test_who_left_years_ago_is_not_taken_for_the_namesake_who_is_here(letters: Letters) -> None:
    """An old register is imported: the same name, no ID number, over long since."""
    old = {"direction": "转出", "issued_on": "2015-03-01", "number": "15号", **TO}
    for over in ({"state": "办结"}, {"received_on": "2015-03-10"}, {"receipt_on": "2015-03-10"}):
        assert letters.office.check("transfers", {**old, "name": "秦一", **over}).values.get("member") is None
    said = letters.says("member", **old, member="秦一", received_on="2015-03-10")
    assert ["还在名册中" in finding.text for finding in said] == [True]


def test_a_move_within_is_not_done_without_the_rosters_record(letters: Letters) -> None:
    raw = {"direction": "内部", "name": "冯五", "to_branch": SECOND}
    assert [finding.is_error for finding in letters.says("member", **raw)] == [False]
    assert [finding.is_error for finding in letters.says("member", **raw, issued_on="2026-11-20")] == [True]


@pytest.mark.parametrize(
    ("raw", "direction"),
    [
        ({"to_committee": "中共云溪市委员会"}, "1-1"),
        ({"to_branch": "柳岸社区支部"}, "1-1"),
        ({"to_branch": SECOND}, "3-1"),
        ({"from_branch": "柳岸社区支部"}, "2-1"),
        ({"number": "〔2026〕009", "state": "作废"}, "1-1"),
        ({}, None),
    ],
)
def test_a_register_of_one_direction_need_not_name_it(
    letters: Letters, raw: dict[str, object], direction: str | None
) -> None:
    draft = letters.office.check("transfers", {"name": "冯五", **raw})
    assert draft.values.get("direction") == direction


def test_a_spoilt_letter_keeps_its_number_and_needs_no_name(letters: Letters) -> None:
    rid = letters.add(number="〔2026〕009", state="作废", state_reason="写坏")
    assert letters.office.store.name_of("transfers", rid) == "作废"


@pytest.mark.parametrize(
    ("typed", "days"),
    [("叁拾", 30), ("玖拾天", 90), ("壹拾", 10), ("十五", 15), ("壹佰零贰", 102), (30, 30)],
)
def test_days_are_read_as_they_stand_in_the_letter(letters: Letters, typed: object, days: int) -> None:
    """Vector 12, the other way round."""
    draft = letters.office.check("transfers", {"direction": "转入", "name": "冯五", "valid_days": typed})
    assert draft.values["valid_days"] == days


def test_a_name_that_only_one_has_finds_the_member_who_leaves(letters: Letters) -> None:
    assert letters.get(letters.add(direction="转出", name="秦一"))["member"] == letters.members[0]
    letters.member("何二", 8)
    assert letters.get(letters.add(direction="转出", name="何二"))["member"] is None
    assert letters.get(letters.come("吕三", 9))["member"] is None, "a namesake who comes is another person"


def test_nobody_is_asked_for_what_their_kind_of_transfer_does_not_have(letters: Letters) -> None:
    """Domain 3.2: within the office there is no letter, and only a letter out is addressed to a committee."""
    ledger = letters.office.registry.ledgers["transfers"]
    out, come = letters.issue("秦一"), letters.come("何必", 9)
    within = letters.add(direction="内部", member="何二", to_branch=SECOND)
    assert letters.get(out)["credential"] == letters.get(come)["credential"] == "1-1"
    assert letters.get(within)["credential"] is None
    assert [ledger.missing(letters.get(rid)) for rid in (out, come, within)] == [[], [], []]
    assert [field.key for field in ledger.missing({"direction": "1-1", "state": "10-1", "name": "秦一"})] == [
        *("credential", "category", "to_committee", "to_branch")
    ]


def test_a_letter_issued_anew_names_the_number_of_the_one_before(letters: Letters) -> None:
    """R-TR-04: new number, cross-reference."""
    old = letters.issue("秦一")
    new = letters.issue("秦一", replaces=old, state_reason="遗失")
    assert letters.derived(new, "replaced") == "〔2026〕001"
    assert letters.derived(old, "reissued") == "〔2026〕002"


def test_a_unit_of_several_branches_goes_from_the_organisation_above_them(letters: Letters) -> None:
    """Domain 3.2: one letter with a list; whose members it takes stands in it all the same."""
    first, other = letters.members[0], letters.member("米山", 7, branch=letters.second)
    draft = letters.office.check("transfers", {"direction": "转出", "credential": "整建制", "members": [first, other]})
    branch = draft.values["branch"]
    assert isinstance(branch, int)
    assert letters.office.store.name_of("organisations", branch) == "中共杏花社区委员会"
    assert draft.values["from_branch"] == "中共杏花社区委员会"
    assert draft.values["from_committee"] == "中共青石街道工作委员会"
    assert draft.values["name"] == "秦一等同志"
    alone = letters.office.check("transfers", {"direction": "转出", "credential": "整建制", "members": [first]})
    assert (alone.values["branch"], alone.values["name"]) == (letters.first, FIRST)


def test_an_id_number_tells_the_age_of_one_who_comes(letters: Letters) -> None:
    now = letters.get(letters.come("冯五", 8))
    assert (now["sex"], now["born_on"]) == ("1", "1985-06-09")
    draft = letters.office.check("transfers", {"direction": "转入", "name": "冯五", "id_number": "430199198506090000"})
    assert draft.values.get("born_on") is None, "a wrong number tells nothing"
