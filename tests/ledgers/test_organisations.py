"""Organisations: sizes, seats, places in the tree."""

from pathlib import Path

import pytest

from taizhang.core.day import add_years
from taizhang.core.findings import Severity
from taizhang.ledgers.organisations.rules import valid_credit_code
from taizhang.registry import installed
from taizhang.sample import make
from taizhang.store.query import Query
from taizhang.store.store import Store
from tests.offices import TODAY, Office

GIVEN = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥金木水火土春夏秋冬东西南北中梅兰竹菊松柏"


def staff(office: Office, branch: int, full: int, probationary: int = 0) -> list[int]:
    """So many invented members of a branch."""
    rows = [{"name": f"郑{GIVEN[index]}", "category": "正式党员", "branch": branch} for index in range(full)]
    rows += [{"name": f"卫{GIVEN[index]}", "category": "预备党员", "branch": branch} for index in range(probationary)]
    return [office.add("members", **row) for row in rows]


def texts(office: Office, rid: int, rule: str = "") -> list[str]:
    """What the gate says to a stored organisation now."""
    found = office.findings("organisations", {}, rid)
    return [finding.text for finding in found if not rule or finding.rule == rule]


@pytest.mark.parametrize(
    ("full", "probationary", "said"),
    [(0, 0, ""), (1, 3, "不足 3 人"), (2, 0, "不足 3 人"), (3, 0, ""), (50, 0, ""), (48, 3, "超过 50 人")],
)
def test_r_org_01_a_branch_has_three_full_members_and_at_most_fifty(
    office: Office, full: int, probationary: int, said: str
) -> None:
    branch = office.add("organisations", name="第一党支部", kind="党支部", parent=office.store.root)
    staff(office, branch, full, probationary)
    found = texts(office, branch, "R-ORG-01")
    assert bool(found) is bool(said)
    assert all(said in text for text in found)


def test_r_org_01_a_joint_branch_is_what_a_small_one_should_be(office: Office) -> None:
    branch = office.add("organisations", name="物业联合党支部", kind="联合党支部", parent=office.store.root)
    staff(office, branch, 2)
    assert texts(office, branch) == []


def test_r_org_01_who_has_left_is_not_counted(office: Office) -> None:
    branch = office.add("organisations", name="第一党支部", kind="党支部", parent=office.store.root)
    rids = staff(office, branch, 3)
    office.change(rids[0], left_on="2026-05-01", leave_reason="死亡")
    assert len(texts(office, branch, "R-ORG-01")) == 1


@pytest.mark.parametrize(
    ("members", "posts", "said"),
    [
        (6, 1, ""),
        (6, 2, ""),
        (6, 3, "不设支委会"),
        (7, 2, "3 至 7"),
        (7, 3, ""),
        (7, 7, ""),
        (7, 8, "3 至 7"),
        (7, 0, ""),
    ],
)
def test_r_org_02_seven_full_members_have_a_committee_of_three_to_seven(
    office: Office, members: int, posts: int, said: str
) -> None:
    branch = office.add("organisations", name="第一党支部", kind="党支部", parent=office.store.root)
    staff(office, branch, members)
    for index in range(posts):
        office.add("committees", organisation=branch, name=f"冯{GIVEN[index]}", post="委员" if index else "书记")
    found = texts(office, branch, "R-ORG-02")
    assert bool(found) is bool(said)
    assert all(said in text for text in found)


def test_r_org_02_part_time_members_and_those_who_left_take_no_seat(office: Office) -> None:
    branch = office.add("organisations", name="第一党支部", kind="党支部", parent=office.store.root)
    staff(office, branch, 6)
    office.add("committees", organisation=branch, name="冯一", post="书记")
    office.add("committees", organisation=branch, name="冯二", post="委员", ended_on="2026-01-01")
    office.add("committees", organisation=branch, name="冯三", post="兼职委员")
    office.add("committees", organisation=branch, name="冯四", post="兼职委员")
    assert texts(office, branch, "R-ORG-02") == []


def test_no_organisation_is_above_itself(office: Office) -> None:
    general = office.add("organisations", name="第一党总支", kind="党总支", parent=office.store.root)
    branch = office.add("organisations", name="第一党支部", kind="党支部", parent=general)
    found = office.findings("organisations", {"parent": branch}, general)
    assert next(finding.severity for finding in found if finding.field == "parent") is Severity.ERROR
    assert not office.check("organisations", {"parent": general}, general).ok
    assert office.check("organisations", {"parent": office.store.root}, general).ok


@pytest.mark.parametrize(
    ("kind", "above", "warned"),
    [
        ("党支部", "党小组", True),
        ("党委", "党支部", True),
        ("党支部", "党支部", True),
        ("党支部", "党总支", False),
        ("党小组", "党支部", False),
        ("社区党委", "党工委", False),
    ],
)
def test_the_tree_goes_from_committees_down_to_groups(office: Office, kind: str, above: str, warned: bool) -> None:
    upper = office.add("organisations", name="上级组织", kind=above)
    found = office.findings("organisations", {"name": "下级组织", "kind": kind, "parent": upper})
    assert [finding.field for finding in found] == (["parent"] if warned else [])


def test_members_are_counted_and_the_secretary_is_named_on_any_day(office: Office) -> None:
    branch = office.add("organisations", name="第一党支部", kind="党支部", parent=office.store.root)
    rids = staff(office, branch, 3, 1)
    office.add(
        "committees", organisation=branch, member=rids[0], post="书记", began_on="2020-01-01", ended_on="2025-01-01"
    )
    office.add("committees", organisation=branch, member=rids[1], post="书记", began_on="2025-01-01")
    now = office.store.row(branch).derived
    then = office.store.rows("organisations", [branch], as_of=add_years(TODAY, -3))[0].derived
    assert (now["member_count"], now["full_member_count"], now["secretary"]) == (4, 3, "郑二")
    assert then["secretary"] == "郑一"


def test_a_dissolved_organisation_is_gone_from_that_day(office: Office) -> None:
    branch = office.add("organisations", name="临时支部", kind="临时党支部", established_on="2020-07-01")
    office.change(branch, dissolved_on="2020-09-30")
    store = office.store
    assert branch not in store.rids(Query("organisations"))
    assert branch in store.rids(Query("organisations", show="gone"))
    assert branch in store.rids(Query("organisations", as_of=TODAY.replace(year=2020, month=8)))


@pytest.mark.parametrize(
    ("code", "valid"),
    [
        ("91350100M000100Y43", True),  # the example that explanations of the standard use
        ("91430199MA0000001K", True),
        ("91430199MA0000001L", False),
        ("91430199MA000000I1", False),
        ("91430199", False),
    ],
)
def test_a_credit_code_checks_itself(code: str, valid: bool) -> None:
    assert valid_credit_code(code) is valid


def test_the_committee_counts_everybody_below_it(tmp_path: Path) -> None:
    store = Store.open(make(tmp_path, installed()), installed())
    counts = {row.rid: row.derived["member_count"] for row in store.page(Query("organisations"))[1]}
    everybody = store.count(Query("members"))
    store.close(with_backup=False)
    assert counts[store.root] == everybody


def test_branches_stand_in_the_order_in_which_they_were_registered(tmp_path: Path) -> None:
    store = Store.open(make(tmp_path, installed()), installed())
    names = [str(row.values["short_name"]) for row in store.page(Query("organisations"))[1]]
    store.close(with_backup=False)
    assert [name for name in names if name in {"第一党支部", "第二党支部", "第三党支部"}] == [
        "第一党支部",
        "第二党支部",
        "第三党支部",
    ]


def test_within_an_organisation_the_secretary_comes_first(tmp_path: Path) -> None:
    store = Store.open(make(tmp_path, installed()), installed())
    rows = store.page(Query("committees"))[1]
    store.close(with_backup=False)
    for organisation in {row.values["organisation"] for row in rows}:
        posts = [str(row.values["post"]) for row in rows if row.values["organisation"] == organisation]
        assert posts == sorted(posts)
