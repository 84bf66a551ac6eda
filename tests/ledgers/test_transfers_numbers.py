"""Numbers of letters: one row for each series and year, in the office's own style (domain 3.4; wishes 14, 15)."""

import pytest
from hypothesis import given, strategies as st

from taizhang.core.errors import Refused
from taizhang.core.findings import Finding
from taizhang.ledgers.transfers.numbering import style_of
from tests.ledgers.letters import TO, Letters


def numbered(letters: Letters, name: str, day: str, **more: object) -> object:
    """The number that the letter of somebody outside the roster gets."""
    return letters.get(letters.issue("", day, name=name, **more))["number"]


def said(letters: Letters, number: str, day: str = "2026-11-20", **more: object) -> list[Finding]:
    """What is said to a number."""
    return letters.says("number", direction="转出", name="冯五", number=number, issued_on=day, **TO, **more)


def test_numbers_run_on(letters: Letters) -> None:
    assert [numbered(letters, name, "2026-03-01") for name in ("甲", "乙", "丙")] == [
        "〔2026〕001",
        "〔2026〕002",
        "〔2026〕003",
    ]


@pytest.mark.parametrize(
    ("last", "following", "next_year"),
    [
        ("〔2025〕017", "〔2025〕018", "〔2026〕001"),
        ("青党介〔2025〕12号", "青党介〔2025〕13号", "青党介〔2026〕1号"),
        ("青党介〔2025〕099号", "青党介〔2025〕100号", "青党介〔2026〕001号"),
        ("0999", "1000", "0001"),
        ("2025-07", "2025-08", "2026-01"),
        ("2025007", "2025008", "2026001"),
    ],
)
def test_the_style_of_the_last_number_goes_on_and_starts_again_with_the_year(
    letters: Letters, last: str, following: str, next_year: str
) -> None:
    """Wish 15: by the day of the letter."""
    numbered(letters, "甲", "2025-12-01", number=last)
    assert numbered(letters, "乙", "2026-01-01") == next_year
    assert numbered(letters, "丙", "2025-12-31") == following, "a letter of the old year is written later"


def test_every_credential_has_a_row_of_its_own_unless_the_office_says_otherwise(letters: Letters) -> None:
    assert numbered(letters, "甲", "2026-03-01") == "〔2026〕001"
    assert numbered(letters, "乙", "2026-03-02", credential="证明信") == "〔2026〕001"
    assert numbered(letters, "丙", "2026-03-03", credential="证明信", series="介绍信") == "〔2026〕002"


def test_a_number_is_given_once_in_a_series_and_year(letters: Letters) -> None:
    """Wish 14."""
    numbered(letters, "甲", "2026-03-01")
    (twice,) = said(letters, "〔2026〕001")
    assert twice.is_error
    assert all(text in twice.text for text in ("2026年3月1日", "甲", "介绍信"))
    assert twice.proposal == "〔2026〕002"
    assert not any(one.is_error for one in said(letters, "〔2026〕001", credential="证明信"))
    numbered(letters, "乙", "2026-03-02", number="7")
    assert not any(one.is_error for one in said(letters, "7", "2027-01-05"))


def test_a_letter_from_elsewhere_keeps_the_number_that_it_has(letters: Letters) -> None:
    numbered(letters, "甲", "2026-03-01")
    for name in ("乙", "丙"):
        letters.add(direction="转入", name=name, number="〔2026〕001", issued_on="2026-04-01")
    letters.add(direction="转入", name="丁", issued_on="2026-04-01")
    assert numbered(letters, "戊", "2026-05-01") == "〔2026〕002"


def test_a_void_letter_keeps_its_number(letters: Letters) -> None:
    rid = letters.issue("秦一")
    letters.set(rid, state="作废", state_reason="写错")
    assert letters.get(rid)["number"] == "〔2026〕001"
    assert letters.get(letters.issue("秦一"))["number"] == "〔2026〕002"


def test_a_number_that_was_free_for_a_while_does_not_come_back_by_undo(letters: Letters) -> None:
    """A letter that was never printed is taken out, its number goes to another; then that is taken back."""
    store = letters.office.store
    first = letters.issue("秦一")
    taken_out = store.do("作废", lambda work: work.void(first, "登记错了")).op
    letters.issue("何二")
    with pytest.raises(Refused, match=r"〔2026〕001.*何二.*秦一.*没有改动"):
        store.undo(taken_out)
    assert store.row(first).void is not None


def test_two_applications_with_one_number_are_not_issued_together(letters: Letters) -> None:
    """A number is of no year before its letter has a day."""
    rids = [letters.add(direction="转出", member=name, **TO) for name in ("秦一", "何二")]
    letters.set(rids[0], number="9")
    (taken,) = letters.says("number", rids[1], number="9")
    assert taken.proposal == "〔2026〕001"
    issued = {"number": "9", "issued_on": "2026-11-10", "dues_paid_to": "2026-11"}
    pairs = [(rid, letters.office.check("transfers", issued, rid)) for rid in rids]
    with pytest.raises(Refused, match="编号 9 给了"):
        letters.office.store.do("开具", lambda work: work.change_many(pairs))


@pytest.mark.parametrize("state", ["在途", "作废", "撤回"])
@pytest.mark.parametrize(("key", "other"), [("number", "〔2026〕007"), ("series", "别的"), ("issued_on", "2025-12-31")])
def test_the_number_of_a_letter_that_was_issued_is_not_made_free(
    letters: Letters, state: str, key: str, other: str
) -> None:
    rid = letters.issue("秦一")
    letters.set(rid, state=state, state_reason="写错")
    assert any(one.is_error and "留给这一封" in one.text for one in letters.says(key, rid, **{key: other}))
    assert any(one.is_error for one in letters.says("number", rid, number=""))
    assert len(letters.says("number", rid, number="〔2026〕002")) == 1, "one is enough"


def test_a_gap_is_told_at_the_letter_behind_it(letters: Letters) -> None:
    numbered(letters, "甲", "2026-03-01")
    assert ["前面缺 〔2026〕002，" in one.text for one in said(letters, "〔2026〕003")] == [True]
    assert ["前面缺 〔2026〕002 到 〔2026〕004，" in one.text for one in said(letters, "〔2026〕005")] == [True]
    assert said(letters, "〔2026〕002") == []


def test_an_office_that_begins_in_the_middle_of_a_year_has_no_gap(letters: Letters) -> None:
    assert said(letters, "〔2026〕057") == []
    numbered(letters, "甲", "2026-03-01", number="〔2026〕057")
    assert numbered(letters, "乙", "2026-03-02") == "〔2026〕058"


def test_a_draft_burns_no_number(letters: Letters) -> None:
    for _try in range(3):
        draft = letters.office.check(
            "transfers", {"direction": "转出", "member": "秦一", "issued_on": "2026-11-10", **TO}
        )
        assert (draft.ok, draft.values["number"]) == (False, "〔2026〕001"), "dues are not paid"
    assert letters.get(letters.issue("何二"))["number"] == "〔2026〕001"


def test_an_application_has_no_number_yet(letters: Letters) -> None:
    rid = letters.add(direction="转出", member="秦一", dues_paid_to="2026-11", **TO)
    assert letters.get(rid)["number"] is None
    letters.set(rid, issued_on="2026-11-20")
    assert letters.get(rid)["number"] == "〔2026〕001"


def test_a_number_with_the_year_before_is_asked_about(letters: Letters) -> None:
    assert any("不是同一年" in finding.text for finding in said(letters, "〔2025〕003"))


@given(st.text("青党介组〔〕()第号-2026013789 ", max_size=14))
def test_a_number_taken_apart_is_the_number_again(number: str) -> None:
    style = style_of(number)
    if style is not None:
        assert style.at(style.ordinal) == number or style.digits == 1
        assert style_of(style.at(style.ordinal + 1)) is not None
