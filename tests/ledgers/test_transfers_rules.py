"""R-TR-01 to R-TR-09 and R-TR-12: what is refused, and what is only said."""

import pytest

from taizhang.core.errors import Refused
from tests.ledgers.letters import SECOND, TO, Letters, card

ISSUED = {"direction": "转出", "member": "秦一", "issued_on": "2026-11-10", "dues_paid_to": "2026-11", **TO}
PAID = {"issued_on": "2026-11-20", "dues_paid_to": "2026-11"}


@pytest.mark.parametrize(("days", "refused"), [(10, False), (30, False), (90, False), (91, True), (180, True)])
def test_r_tr_01_a_letter_holds_for_90_days_at_most(letters: Letters, days: int, refused: bool) -> None:
    found = letters.rule("R-TR-01", **ISSUED, valid_days=days)
    assert [finding.is_error for finding in found] == ([True] if refused else [])


def test_r_tr_01_a_due_day_does_not_get_around_it(letters: Letters) -> None:
    assert [one.is_error for one in letters.rule("R-TR-01", **ISSUED, due_on="2027-03-01")] == [True]


def test_r_tr_01_of_a_letter_from_elsewhere_it_is_only_said(letters: Letters) -> None:
    assert [one.is_error for one in letters.rule("R-TR-01", direction="转入", name="冯五", valid_days=180)] == [False]


@pytest.mark.parametrize(("days", "due"), [(30, "2026-07-31"), (90, "2026-09-29"), (10, "2026-07-11")])
def test_r_tr_02_the_due_day_is_so_many_days_after_the_day_of_issue(letters: Letters, days: int, due: str) -> None:
    """Vector 6."""
    assert letters.get(letters.issue("秦一", "2026-07-01", valid_days=days))["due_on"] == due


def test_r_tr_02_the_due_day_follows_when_the_day_or_the_days_change(letters: Letters) -> None:
    rid = letters.issue("秦一", "2026-07-01")
    letters.set(rid, valid_days=90)
    assert letters.get(rid)["due_on"] == "2026-09-29"
    letters.set(rid, issued_on="2026-07-02")
    assert letters.get(rid)["due_on"] == "2026-09-30"
    letters.set(rid, note="已电话告知")
    assert letters.get(rid)["due_on"] == "2026-09-30"


def test_r_tr_02_days_are_counted_from_a_due_day_that_was_given(letters: Letters) -> None:
    assert letters.get(letters.issue("秦一", "2026-11-10", due_on="2026-11-20"))["valid_days"] == 10


@pytest.mark.parametrize(
    ("issued", "said"),
    [
        ("2026-11-03", "还有 12 天"),
        ("2026-10-23", "还有 1 天"),
        ("2026-10-22", "今天到期"),
        ("2026-10-19", "超期 3 天"),
    ],
)
def test_r_tr_02_expired_the_day_after_the_due_day(letters: Letters, issued: str, said: str) -> None:
    rid = letters.issue("秦一", issued)
    assert letters.derived(rid, "countdown") == said
    assert bool(letters.rule("R-TR-04", rid)) is said.startswith("超期")


@pytest.mark.parametrize(
    ("accepted", "said"),
    [
        ("2026-11-21", "等回执"),
        ("2026-11-16", "等回执 5 天"),
        ("2026-10-21", "等回执 31 天"),
        ("2026-10-19", "回执超期 2 天"),
    ],
)
def test_r_tr_03_the_receipt_is_due_a_month_after_acceptance(letters: Letters, accepted: str, said: str) -> None:
    rid = letters.issue("秦一", "2026-10-01")
    letters.set(rid, received_on=accepted)
    assert letters.derived(rid, "countdown") == said
    assert bool(letters.rule("R-TR-03", rid)) is said.startswith("回执超期")


def test_r_tr_03_our_own_receipt_is_due_in_a_month_too(letters: Letters) -> None:
    rid = letters.come("冯五", 7, branch=SECOND, issued_on="2026-09-20", received_on="2026-10-10")
    assert letters.derived(rid, "countdown") == "回执超期 11 天"
    assert any("尽快寄出" in finding.text for finding in letters.rule("R-TR-03", rid))


def test_r_tr_04_who_comes_with_an_expired_letter_is_asked_why(letters: Letters) -> None:
    raw = {"direction": "转入", "name": "冯五", "issued_on": "2026-08-01", "valid_days": 30, "branch": SECOND}
    assert [one.field for one in letters.rule("R-TR-04", **raw, received_on="2026-08-31")] == []
    assert [one.field for one in letters.rule("R-TR-04", **raw, received_on="2026-09-01")] == ["received_on"]


def test_r_tr_04_half_a_year_without_taking_part_has_a_procedure_of_its_own(letters: Letters) -> None:
    long = letters.rule("R-TR-04", letters.issue("秦一", "2026-03-01"))
    short = letters.rule("R-TR-04", letters.issue("何二", "2026-09-01"))
    assert ["自行脱党" in one.text for one in (*long, *short)] == [True, False]


def test_r_tr_04_a_letter_is_issued_anew_with_a_number_of_its_own_and_the_old_one_is_void(letters: Letters) -> None:
    old = letters.issue("秦一", "2026-09-01", valid_days=10, handler="王敏")
    new = letters.add(
        direction="转出", replaces=old, issued_on="2026-11-20", dues_paid_to="2026-11", state_reason="超期"
    )
    was, now = letters.get(old), letters.get(new)
    assert (was["state"], was["number"], was["state_reason"]) == ("50-1", "〔2026〕001", "已补开〔2026〕002")
    assert (now["number"], now["state"], now["due_on"]) == ("〔2026〕002", "12-1", "2026-12-20")
    copied = ("name", "member", "id_number", "branch", "from_committee", "to_committee", "to_branch", "series")
    assert [now[key] for key in copied] == [was[key] for key in copied]
    assert letters.derived(old, "reissued") == "〔2026〕002"
    letters.office.store.undo()
    assert letters.get(old)["state"] == "12-1"


def test_r_tr_04_the_letter_that_is_replaced_is_named_by_its_number_too(letters: Letters) -> None:
    old = letters.issue("秦一", "2026-09-01")
    new = letters.add(direction="转出", replaces="〔2026〕001", issued_on="2026-11-20", dues_paid_to="2026-11")
    assert letters.get(new)["replaces"] == old


def test_r_tr_04_only_a_letter_on_its_way_is_issued_anew_and_only_once(letters: Letters) -> None:
    old = letters.issue("秦一", "2026-09-01")
    letters.add(direction="转出", replaces=old, issued_on="2026-11-20", dues_paid_to="2026-11")
    again = letters.says("replaces", direction="转出", replaces=old, issued_on="2026-11-20", dues_paid_to="2026-11")
    assert ["补开过一次" in finding.text for finding in again] == [True]
    done = letters.issue("何二")
    letters.set(done, received_on="2026-11-18")
    assert [one.is_error for one in letters.says("replaces", direction="转出", name="何二", replaces=done)] == [True]


def test_r_tr_04_two_letters_are_not_issued_instead_of_each_other(letters: Letters) -> None:
    old = letters.issue("秦一")
    new = letters.add(direction="转出", replaces=old, state_reason="遗失", **PAID)
    newest = letters.add(direction="转出", replaces=new, state_reason="遗失", **PAID)
    for one in (old, new, newest):
        (said,) = (finding for finding in letters.says("replaces", old, replaces=one) if finding.is_error)
        assert "正是由这一封补开" in said.text


def test_r_tr_04_what_was_issued_anew_and_accepted_is_not_issued_once_more(letters: Letters) -> None:
    """Of somebody whom the roster does not have, too: nobody is moved twice."""
    old = letters.issue("", name="冯五")
    new = letters.add(direction="转出", replaces=old, state_reason="遗失", **PAID)
    letters.set(new, received_on="2026-11-20")
    said = letters.says("replaces", direction="转出", replaces=old, state_reason="遗失", **PAID)
    assert ["已经补开过一次" in one.text for one in said] == [True]


def test_r_tr_04_the_letter_that_is_named_later_is_void_as_well(letters: Letters) -> None:
    old, new = letters.issue("", name="冯五"), letters.issue("", name="冯武")
    letters.set(new, replaces=old, state_reason="经办失误，姓名写错")
    assert (letters.get(old)["state"], letters.get(old)["state_reason"]) == ("50-1", "已补开〔2026〕002")


def test_r_tr_05_a_lost_letter_is_announced_as_void(letters: Letters) -> None:
    old = letters.issue("秦一", "2026-11-01")
    raw = {"direction": "转出", "replaces": old, "issued_on": "2026-11-20", "dues_paid_to": "2026-11"}
    assert letters.rule("R-TR-05", **raw, state_reason="写错支部") == []
    (said,) = letters.rule("R-TR-05", **raw, state_reason="途中遗失")
    assert "通知接收单位原信作废" in said.text


@pytest.mark.parametrize(
    ("paid", "note", "errors", "warnings"),
    [
        ("2026-11", "", 0, 0),
        ("2026-12", "", 0, 0),
        ("2026-10", "", 1, 0),
        ("2026", "", 1, 0),
        ("", "", 1, 0),
        ("2026-10", "经批准缓交", 0, 1),
    ],
)
def test_r_tr_06_dues_are_paid_up_to_the_month_of_the_letter(
    letters: Letters, paid: str, note: str, errors: int, warnings: int
) -> None:
    found = letters.rule("R-TR-06", **{**ISSUED, "dues_paid_to": paid, "dues_note": note})
    assert sum(one.is_error for one in found) == errors
    assert sum(not one.is_error for one in found) == warnings


def test_r_tr_06_nobody_is_stopped_before_the_letter_is_issued(letters: Letters) -> None:
    assert letters.rule("R-TR-06", direction="转出", member="秦一", dues_paid_to="2026-03", **TO) == []


def test_r_tr_07_a_probationary_member_takes_the_papers_along(letters: Letters) -> None:
    letters.member("冯五", 6, category="预备", joined_on="2026-03-01", confirmed_on="")
    raw = {**ISSUED, "member": "冯五"}
    assert [one.field for one in letters.rule("R-TR-07", **raw)] == ["materials"]
    assert letters.rule("R-TR-07", **raw, materials="是") == []


@pytest.mark.parametrize(("joined", "sudden"), [("2026-08-11", True), ("2026-08-10", False), ("2026-11-01", True)])
def test_r_tr_07_an_admission_within_three_months_before_leaving_is_looked_into(
    letters: Letters, joined: str, sudden: bool
) -> None:
    letters.member("冯五", 6, category="预备", joined_on=joined, confirmed_on="")
    out = letters.rule("R-TR-07", **{**ISSUED, "member": "冯五"}, materials="是")
    incoming = {"direction": "转入", "name": "董六", "category": "预备", "joined_on": joined, "issued_on": "2026-11-10"}
    come = letters.rule("R-TR-07", **incoming, materials="是")
    assert [bool(out), bool(come)] == [sudden, sudden]
    assert all("突击发展" in finding.text for finding in (*out, *come))
    assert all("不予承认" in finding.text for finding in come)


def test_r_tr_07_the_probation_goes_on_where_it_stood(letters: Letters) -> None:
    rid = letters.come("冯五", 7, category="预备", joined_on="2026-03-01", branch=SECOND)
    letters.set(rid, received_on="2026-11-20")
    assert isinstance(member := letters.get(rid)["member"], int)
    assert (letters.get(member)["category"], letters.get(member)["joined_on"]) == ("2", "2026-03-01")
    assert letters.derived(member, "probation_ends") == "2027.03.01"


@pytest.mark.parametrize("category", ["发展对象", "积极分子"])
def test_r_tr_08_the_training_of_who_is_no_member_yet_goes_on_with_its_papers(letters: Letters, category: str) -> None:
    raw = {"direction": "转出", "name": "冯五", "category": category}
    assert [one.field for one in letters.rule("R-TR-08", **raw)] == ["materials"]
    assert letters.rule("R-TR-08", **raw, materials="是") == []


@pytest.mark.parametrize(
    ("joined", "refused"),
    [("2026-08-09", False), ("2026-08-10", True), ("2026-11-01", True), ("2026-11-20", False)],
)
def test_r_tr_09_nobody_is_admitted_within_three_months_before_leaving(
    letters: Letters, joined: str, refused: bool
) -> None:
    raw = {"direction": "转出", "name": "冯五", "id_number": card(7), "category": "发展对象", "materials": "是"}
    rid = letters.add(**raw, applied_on="2026-11-10")
    row = {"name": "冯五", "id_number": card(7), "category": "预备", "joined_on": joined, "branch": SECOND}
    found = [one for one in letters.office.findings("members", row) if one.rule == "R-TR-09"]
    assert [one.is_error for one in found] == ([True] if refused else [])
    letters.set(rid, state="撤回", state_reason="不走了")
    assert [one for one in letters.office.findings("members", row) if one.rule == "R-TR-09"] == []


def test_r_tr_12_a_transfer_in_the_system_needs_no_paper_and_no_number(letters: Letters) -> None:
    rid = letters.issue("秦一", credential="线上")
    now = letters.get(rid)
    assert (now["state"], now["number"], now["series"], now["due_on"]) == ("12-1", None, None, None)
    assert letters.office.findings("transfers", {}, rid) == []
    letters.set(rid, received_on="2026-11-18")
    assert letters.get(letters.members[0])["leave_note"] == "线上转接"


@pytest.mark.parametrize("key", ["to_committee", "to_branch"])
def test_a_letter_is_not_issued_to_nowhere(letters: Letters, key: str) -> None:
    assert [finding.is_error for finding in letters.says(key, **{**ISSUED, key: ""})] == [True]
    assert letters.says(key, direction="转出", member="秦一") == [], "nobody is stopped before it is issued"


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ({"applied_on": "2026-11-11"}, "issued_on"),
        ({"due_on": "2026-11-09"}, "due_on"),
        ({"received_on": "2026-11-09"}, "received_on"),
        ({"received_on": "2026-11-15", "receipt_on": "2026-11-14"}, "receipt_on"),
        ({"issued_on": "2026-11"}, "issued_on"),
    ],
)
def test_days_out_of_order_are_refused(letters: Letters, raw: dict[str, object], key: str) -> None:
    assert any(finding.is_error for finding in letters.says(key, **{**ISSUED, **raw}))


def test_nobody_goes_by_two_letters_at_once(letters: Letters) -> None:
    first = letters.issue("秦一")
    for raw in ({"direction": "转出"}, {"direction": "内部", "to_branch": SECOND}, {"direction": "转入"}):
        assert [one.is_error for one in letters.says("member", **raw, member="秦一") if "没有办完" in one.text] == [
            True
        ]
    unit = letters.says("members", direction="转出", credential="整建制", members="秦一、何二")
    assert ["〔2026〕001" in finding.text for finding in unit] == [True]
    letters.set(first, state="作废", state_reason="写错")
    assert letters.says("member", direction="转出", member="秦一") == []


def test_nobody_goes_alone_while_his_unit_goes_as_a_whole(letters: Letters) -> None:
    letters.add(direction="转出", credential="整建制", members="秦一、何二", **TO)
    assert [finding.is_error for finding in letters.says("member", direction="转出", member="何二")] == [True]
    assert letters.says("member", direction="转出", member="吕三") == []


def test_who_has_left_does_not_leave_again(letters: Letters) -> None:
    letters.set(letters.members[0], left_on="2026-05-01", leave_reason="病故")
    (said,) = letters.says("member", direction="转出", member="秦一")
    assert said.is_error
    assert "2026年5月1日" in said.text


def test_a_letter_that_is_out_does_not_change_with_the_record(letters: Letters) -> None:
    rid = letters.issue("秦一")
    assert any("作废后补开" in one.text for one in letters.says("to_branch", rid, to_branch="中共云溪市某支部"))
    assert not any("补开" in one.text for one in letters.office.findings("transfers", {"handler": "王敏"}, rid))


def test_a_letter_that_is_out_keeps_its_kind_and_a_whole_day(letters: Letters) -> None:
    rid = letters.issue("秦一")
    for kind in ("党员证明信", "线上", "整建制"):
        assert [one.is_error for one in letters.says("credential", rid, credential=kind)] == [True]
    assert letters.says("credential", rid, credential="纸质") == []
    assert [one.is_error for one in letters.says("issued_on", rid, issued_on="2026-11")][:1] == [True]


def test_what_is_void_is_not_accepted(letters: Letters) -> None:
    rid = letters.issue("秦一")
    letters.set(rid, state="作废", state_reason="写错")
    assert [one.is_error for one in letters.says("received_on", rid, received_on="2026-11-20")] == [True]


def test_two_letters_with_one_number_in_one_piece_of_work_are_refused(letters: Letters) -> None:
    drafts = [letters.office.check("transfers", {**ISSUED, "member": name}) for name in ("秦一", "何二")]
    assert {draft.values["number"] for draft in drafts} == {"〔2026〕001"}
    with pytest.raises(Refused, match=r"给了“\w+”和“\w+”两封信，没有改动"):
        letters.office.store.do("开具", lambda work: work.add_many(drafts))
    assert letters.office.rids("transfers") == []
