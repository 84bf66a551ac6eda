"""The state machine of each direction, the board, and the acts that are offered where a transfer stands."""

from datetime import date

import pytest

from taizhang.core.codes import code_table
from taizhang.core.context import Values
from taizhang.ledgers.transfers import LEDGER
from taizhang.ledgers.transfers.deadlines import age
from taizhang.ledgers.transfers.states import DAYS, FIRST, IN, INTERNAL, MOVES, OUT, SETTLED, allowed
from tests.ledgers.letters import SECOND, TO, Letters
from tests.offices import TODAY

EVERY = [code.code for code in code_table("transfer_state").codes]
CODE = {code.label: code.code for code in code_table("transfer_state").codes}
ENDS = {OUT: {"办结", "作废", "撤回"}, IN: {"办结", "退回"}, INTERNAL: {"办结", "撤回"}}


@pytest.mark.parametrize("direction", [OUT, IN, INTERNAL])
def test_every_way_leads_somewhere_and_ends(direction: str) -> None:
    moves = MOVES[direction]
    assert {state for ways in moves.values() for state in ways} <= set(moves) <= set(EVERY)
    assert {state for state, ways in moves.items() if not ways} == {CODE[label] for label in ENDS[direction]}
    reached, waiting = {FIRST[direction]}, [FIRST[direction]]
    while waiting:
        new = moves[waiting.pop()] - reached
        reached |= new
        waiting += new
    assert reached == set(moves)
    assert {state for _day, state in DAYS[direction]} | SETTLED[direction] <= set(moves)


@pytest.mark.parametrize("direction", [OUT, IN, INTERNAL])
def test_who_was_accepted_is_never_again_under_way(direction: str) -> None:
    settled = SETTLED[direction]
    assert not any(allowed(direction, one, other) for one in settled for other in set(EVERY) - settled)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({"state": "申请"}, {"state": "作废"}, "不能改成“作废”"),
        ({"state": "申请"}, {"state": "已接收"}, "先开具"),
        ({"state": "申请"}, {"state": "待接收"}, "没有“待接收”"),
        ({"issued_on": "2026-11-10"}, {"state": "申请"}, "不能改成“申请”"),
        ({"received_on": "2026-11-18", "issued_on": "2026-11-10"}, {"state": "撤回"}, "不能改成“撤回”"),
        ({"received_on": "2026-11-18", "issued_on": "2026-11-10"}, {"state": "在途"}, "不能改成“在途”"),
        ({"state": "作废", "issued_on": "2026-11-10"}, {"state": "在途"}, "另登记一件"),
        ({"state": "撤回"}, {"state": "申请"}, "另登记一件"),
    ],
)
def test_a_step_that_does_not_follow_is_refused(
    letters: Letters, before: dict[str, object], after: dict[str, object], said: str
) -> None:
    rid = letters.add(direction="转出", member="秦一", dues_paid_to="2026-11", **TO, **before)
    found = letters.says("state", rid, **after)
    assert [finding.is_error for finding in found if said in finding.text] == [True], found


def test_whoever_is_accepted_is_placed_in_a_branch(letters: Letters) -> None:
    rid = letters.come("冯五", 7)
    assert [finding.is_error for finding in letters.says("branch", rid, received_on="2026-11-20")] == [True]


def test_a_transfer_that_is_over_stays_as_it_is(letters: Letters) -> None:
    rid = letters.issue("秦一")
    letters.set(rid, state="撤回", state_reason="不转了")
    letters.set(rid, receipt_on="2026-11-20")
    assert letters.get(rid)["state"] == "51-1"
    assert letters.get(letters.members[0])["left_on"] is None


LANES = [
    ({"direction": OUT, "state": "10-1"}, "待办理"),
    ({"direction": IN, "state": "21-1"}, "待办理"),
    ({"direction": IN, "state": "20-1", "due_on": "2026-11-20"}, "超期"),
    ({"direction": OUT, "state": "12-1"}, "在途"),
    ({"direction": OUT, "state": "12-1", "due_on": "2026-11-29"}, "在途"),
    ({"direction": OUT, "state": "12-1", "due_on": "2026-11-28"}, "快到期"),
    ({"direction": OUT, "state": "12-1", "due_on": "2026-11-21"}, "快到期"),
    ({"direction": OUT, "state": "12-1", "due_on": "2026-11-20"}, "超期"),
    ({"direction": OUT, "state": "30-1", "received_on": "2026-10-21"}, "等回执"),
    ({"direction": OUT, "state": "30-1", "received_on": "2026-10-20"}, "回执超期"),
    ({"direction": IN, "state": "30-1", "received_on": "2026-10-20"}, "回执超期"),
    ({"direction": OUT, "state": "40-1", "receipt_on": "2026-01-02"}, "本年办结"),
    ({"direction": OUT, "state": "40-1", "receipt_on": "2025-12-31"}, None),
    ({"direction": OUT, "state": "50-1", "due_on": "2026-01-01"}, None),
]


@pytest.mark.parametrize(("values", "title"), LANES)
def test_each_transfer_lies_in_one_lane(values: Values, title: str | None) -> None:
    assert LEDGER.board is not None
    lanes = [lane.title for lane in LEDGER.board.lanes if lane.test(values, TODAY)]
    assert lanes == ([title] if title else [])
    found = LEDGER.board.lane(values, TODAY)
    assert (found and found.title) == title


def test_what_is_late_can_be_chased() -> None:
    assert LEDGER.board is not None
    assert {lane.title for lane in LEDGER.board.lanes if lane.chase} == {"超期", "回执超期"}


def acts(letters: Letters, rid: int) -> list[str]:
    """What is offered at a record."""
    return [act.label for act in LEDGER.acts if not act.starts and act.when(letters.get(rid))]


def test_at_each_step_of_a_letter_out_the_next_is_offered_and_leads_on(letters: Letters) -> None:
    rid = letters.add(direction="转出", member="秦一", dues_paid_to="2026-11", **TO)
    walked = []
    for wanted in ("支部审核通过", "开具介绍信", "登记接收", "收到回执"):
        assert wanted in acts(letters, rid)
        act = next(act for act in LEDGER.acts if act.label == wanted)
        letters.set(rid, **act.sets(letters.get(rid), letters.office.store.context()))
        walked.append(letters.get(rid)["state"])
    assert walked == ["11-1", "12-1", "30-1", "40-1"]
    assert acts(letters, rid) == []


def test_at_each_step_of_a_letter_in_the_next_is_offered_and_leads_on(letters: Letters) -> None:
    rid = letters.come("冯五", 7, branch=SECOND)
    walked = []
    for wanted in ("查验来信", "接收并编入支部", "寄出回执"):
        assert wanted in acts(letters, rid)
        act = next(act for act in LEDGER.acts if act.label == wanted)
        letters.set(rid, **act.sets(letters.get(rid), letters.office.store.context()))
        walked.append(letters.get(rid)["state"])
    assert walked == ["21-1", "30-1", "40-1"]
    assert acts(letters, rid) == []


@pytest.mark.parametrize(("label", "state"), [("这封信作废", "作废"), ("撤回", "撤回")])
def test_a_letter_on_its_way_can_be_stopped(letters: Letters, label: str, state: str) -> None:
    rid = letters.issue("秦一")
    assert label in acts(letters, rid)
    act = next(act for act in LEDGER.acts if act.label == label)
    letters.set(rid, **act.sets(letters.get(rid), letters.office.store.context()), state_reason="本人不转了")
    assert letters.get(rid)["state"] == CODE[state]
    assert letters.get(letters.members[0])["left_on"] is None


@pytest.mark.parametrize(
    ("key", "raw", "state"),
    [
        ("transfer_out", {"member": "秦一", "dues_paid_to": "2026-11", **TO}, "12-1"),
        ("transfer_in", {"name": "冯五"}, "20-1"),
        ("transfer_within", {"member": "秦一", "to_branch": SECOND}, "40-1"),
        ("unit_out", {"members": "秦一、何二", "dues_paid_to": "2026-11", **TO}, "12-1"),
        ("unit_in", {"name": "某厂支部"}, "20-1"),
        ("certificate", {"member": "秦一", "to_branch": "某部队"}, "12-1"),
    ],
)
def test_what_each_beginning_comes_to(letters: Letters, key: str, raw: dict[str, object], state: str) -> None:
    act = next(act for act in LEDGER.acts if act.key == key)
    assert act.starts
    rid = letters.add(**{**act.sets({}, letters.office.store.context()), **raw})
    assert letters.get(rid)["state"] == state


def test_a_new_letter_is_offered_for_one_under_way(letters: Letters) -> None:
    act = next(act for act in LEDGER.acts if act.key == "reissue")
    old = letters.issue("秦一")
    assert act.about(letters.get(old))
    sets = act.sets({}, letters.office.store.context())
    new = letters.add(**sets, replaces=old, state_reason="遗失")
    assert (letters.get(old)["state"], letters.get(new)["state"]) == ("50-1", "12-1")
    assert not act.about(letters.get(old))


def test_the_age_is_that_on_the_day_of_the_letter() -> None:
    """Vector 10: the day of birth counts."""
    values: Values = {"direction": OUT, "born_on": "1985-06-30", "issued_on": "2026-06-30"}
    assert age(values, date(2030, 1, 1)) == 41
    assert age({**values, "born_on": "1985-07-01"}, date(2030, 1, 1)) == 40
