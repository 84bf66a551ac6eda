"""What an import would do: known by ID number, else by name and birth date with a question (wishes 1–5, 8, 9, 11)."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from taizhang.core.errors import Refused
from taizhang.core.findings import Severity
from taizhang.exchange.plan import Counts, Decision, ImportOptions, ImportPlan
from taizhang.exchange.planner import NOTHING, plan_import
from taizhang.exchange.workbook import read_workbook
from tests.exchange.books import MEMBERS, Rows, write_book
from tests.offices import Office

ID = "110199198506300027"
OTHER_ID = "110199198506300043"
HEAD = ["姓名", "性别", "身份证号", "出生年月", "所在党支部", "联系电话"]


class Desk:
    """An office with two branches, and the plans that sheets give in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.office = Office(folder / "office.tz")
        for name in ("第一党支部", "第二党支部"):
            self.office.add("organisations", name=name, kind="党支部", parent=self.office.store.root)

    def plan(
        self, *rows: Sequence[str | float], options: ImportOptions = NOTHING, head: list[str] = HEAD
    ) -> ImportPlan:
        """The plan of a sheet with these rows."""
        path = write_book(self.folder / "roster.xlsx", 名册=[head, *rows])
        return plan_import(read_workbook(path), MEMBERS, self.office.store, options)

    def member(self, **values: object) -> int:
        """A member who is known already."""
        return self.office.add("members", **{"name": "张伟", "sex": "女", "branch": "第一党支部", **values})


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.office.store.close(with_backup=False)


def decisions(plan: ImportPlan) -> list[str]:
    """What becomes of each row."""
    return [row.decision.value for row in plan.rows]


def texts(plan: ImportPlan) -> str:
    """Everything that is said."""
    return " ".join(finding.text for _row, finding in plan.said())


def test_the_counts_add_up_and_nothing_is_stored(desk: Desk) -> None:
    before = desk.office.store.operations()
    plan = desk.plan(
        ["甲一", "男", "", "", "第一党支部", ""],
        ["小计"],
        [],
        ["乙二", "男", "123", "", "", ""],
        ["丙三", "很男", "", "", "", ""],
    )
    assert plan.counts == Counts(read=5, added=1, skipped=2, refused=2)
    assert desk.office.store.operations() == before
    for row in plan.rows:
        errors = [finding for finding in row.findings if finding.severity is Severity.ERROR]
        assert (row.decision is Decision.REFUSE) == bool(errors)
        assert (row.decision is Decision.SKIP) == bool(row.reason)


def test_somebody_is_recognised_by_the_id_number_for_certain(desk: Desk) -> None:
    rid = desk.member(id_number=ID, born_on="1985-06-30")
    plan = desk.plan(["张 伟", "女", ID, "1985.06", "第一党支部", "13800000000"])
    (row,) = plan.rows
    assert (row.decision, row.rid, row.findings) == (Decision.UPDATE, rid, ())
    assert row.draft is not None
    assert row.draft.values == {"phone": "13800000000"}  # and the less exact day keeps the exact one


def test_somebody_is_recognised_by_name_and_birth_date_with_a_question(desk: Desk) -> None:
    rid = desk.member(born_on="1985-06-30")
    plan = desk.plan(["张伟", "女", "", "1985.06", "", "13800000000"])
    (row,) = plan.rows
    assert (row.decision, row.rid) == (Decision.UPDATE, rid)
    assert "请核对是否同一人" in texts(plan)
    assert plan.decide(0, Decision.ADD).decision is Decision.ADD
    assert plan.decide(0, Decision.SKIP).decision is Decision.SKIP
    assert plan.decide(0, Decision.UPDATE).decision is Decision.UPDATE


def test_another_id_number_under_the_same_name_and_birth_date_is_never_overwritten_silently(desk: Desk) -> None:
    rid = desk.member(id_number=ID, born_on="1985-06-30")
    plan = desk.plan(["张伟", "女", OTHER_ID, "1985.06.30", "", ""])
    assert decisions(plan) == ["refuse"]
    assert "却不同" in texts(plan)
    assert plan.decide(0, Decision.ADD).rid is None
    updated = plan.decide(0, Decision.UPDATE)
    assert (updated.rid, updated.decision) == (rid, Decision.UPDATE)


@pytest.mark.parametrize("blank", ["", "无", "—", "不详", "/", "000000000000000000"])
def test_a_placeholder_never_matches_anybody(desk: Desk, blank: str) -> None:
    desk.member()
    plan = desk.plan(["张伟", "女", blank, "", "", "138"], ["李四", "男", blank, "无", "", ""])
    assert all(row.rid is None for row in plan.rows)
    assert "update" not in decisions(plan)


def test_a_blank_does_not_overwrite_unless_told_to(desk: Desk) -> None:
    desk.member(id_number=ID, phone="13800000000", note="x")
    row = ["张伟", "女", ID, "", "—", ""]
    assert decisions(desk.plan(row)) == ["unchanged"]
    (cleared,) = desk.plan(row, options=ImportOptions(clear=True)).rows
    assert cleared.draft is not None
    assert cleared.draft.values == {"branch": None, "phone": None}  # the ID number still tells the birth date


def test_who_comes_twice_in_the_file_is_refused_after_the_first(desk: Desk) -> None:
    plan = desk.plan(
        ["张伟", "女", ID, "", "", ""],
        ["张伟", "女", ID, "", "", ""],
        ["李四", "男", "", "1970.05", "", ""],
        ["李四", "男", "", "1970.05.06", "", ""],
        ["李四", "男", "", "1970.06", "", ""],
    )
    assert decisions(plan) == ["add", "refuse", "add", "refuse", "add"]
    assert "与第 2 行重复" in texts(plan)
    assert plan.decide(3, Decision.ADD).decision is Decision.ADD  # a likeness may be overruled, an ID number not
    assert plan.decide(1, Decision.ADD).decision is Decision.REFUSE


def test_a_second_row_is_taken_when_the_first_is_not(desk: Desk) -> None:
    plan = desk.plan(["张伟", "很女", ID, "", "", ""], ["张伟", "女", ID, "", "", ""])
    assert decisions(plan) == ["refuse", "add"]
    plan.mend(0, {"sex": "女"})
    assert decisions(plan) == ["add", "refuse"]


def test_a_spoilt_id_number_is_refused_and_repaired_where_the_office_knows_it(desk: Desk) -> None:
    spoilt = float("110199198506300000")
    assert decisions(desk.plan(["张伟", "女", spoilt, "1985.06.30", "", ""])) == ["refuse"]
    desk.member(id_number=ID, born_on="1985-06-30")
    plan = desk.plan(["张伟", "女", spoilt, "1985.06.30", "", "13800000000"])
    assert decisions(plan) == ["update"]
    assert "沿用原号码" in texts(plan)
    assert decisions(desk.plan(["张伟", "女", 4.3e17, "1985.06.30", "", ""])) == ["refuse"]


def test_an_unknown_branch_is_planned_under_the_office_with_one_warning(desk: Desk) -> None:
    plan = desk.plan(["甲一", "男", "", "", "第九党支部", ""], ["乙二", "男", "", "", "第九党支部", ""])
    assert decisions(plan) == ["add", "add"]
    ((row, finding),) = plan.said()
    assert (row.number, finding.severity, finding.field) == (2, Severity.WARNING, "branch")
    plan.mend(0, {"branch": "第二党支部"})
    assert not plan.rows[0].findings


def test_a_name_close_to_a_registered_one_is_proposed_and_never_one_of_another_number(desk: Desk) -> None:
    plan = desk.plan(["甲一", "男", "", "", "第二支部", ""], ["乙二", "男", "", "", "第三支部", ""])
    assert [finding.proposal for _row, finding in plan.said()] == ["第二党支部", None]


def test_a_row_may_be_mended_and_is_judged_anew(desk: Desk) -> None:
    plan = desk.plan(["甲一", "男", "123", "", "第一党支部", ""])
    assert plan.rows[0].choices == (Decision.SKIP,)
    with pytest.raises(Refused, match="先改正"):
        plan.decide(0, Decision.ADD)
    assert plan.mend(0, {"id_number": ID}).decision is Decision.ADD
    assert plan.counts == Counts(read=1, added=1)


def test_a_ditto_where_a_name_must_stand_is_refused(desk: Desk) -> None:
    plan = desk.plan(["甲一", "男", "", "", "", ""], ["同上", "男", "", "", "", ""])
    assert decisions(plan) == ["add", "refuse"]


def test_a_finding_names_sheet_row_heading_and_what_stands_in_the_cell(desk: Desk) -> None:
    plan = desk.plan(["甲一", "很男", "", "", "", ""])
    ((row, finding),) = plan.said()
    assert (plan.sheet_of(row), row.number, plan.heading(row, finding.field), finding.value) == (
        "名册",
        2,
        "性别",
        "很男",
    )


def test_columns_may_be_assigned_and_the_assignment_must_fit(desk: Desk) -> None:
    options = ImportOptions(mapping={"姓名": "name", "性别": None})
    plan = desk.plan(["甲一", "很男", "", "", "", ""], options=options)
    assert plan.rows[0].raw == {"name": "甲一"}
    with pytest.raises(Refused, match="没有导入任何内容"):
        desk.plan(options=ImportOptions(mapping={"姓名": "nickname"}))


def test_a_file_without_a_roster_is_refused_and_says_what_is_missing(desk: Desk) -> None:
    with pytest.raises(Refused, match="姓名"):
        desk.plan(["x"], head=["民族", "学历"])
    with pytest.raises(Refused, match="名册"):
        desk.plan(["甲一"], options=ImportOptions(sheet="别的"))


def test_dictionary_sheets_are_skipped_with_a_note_and_several_rosters_are_read(desk: Desk) -> None:
    sheets: dict[str, Rows] = {
        "第一党支部": [["姓名", "性别"], ["甲一", "男"]],
        "第二党支部": [["姓名", "性别"], ["乙二", "男"]],
        "字典": [["姓名", "性别"], ["张三", "男"]],
        "统计": [["支部", "人数"], ["一", 3.0]],
    }
    path = write_book(desk.folder / "roster.xlsx", **sheets)
    plan = plan_import(read_workbook(path), MEMBERS, desk.office.store)
    assert [row.raw for row in plan.rows] == [
        {"name": "甲一", "sex": "男", "branch": "第一党支部"},
        {"name": "乙二", "sex": "男", "branch": "第二党支部"},
    ]
    assert len(plan.notes) == 2


def test_an_id_number_under_another_name_is_asked_about(desk: Desk) -> None:
    desk.member(id_number=ID, born_on="1985-06-30")
    misspelt = desk.plan(["张玮", "女", ID, "", "", ""])
    assert decisions(misspelt) == ["update"]
    assert "“张伟”相同" in texts(misspelt)
    somebody_else = desk.plan(["李四", "女", ID, "1970.01.02", "", ""])
    assert decisions(somebody_else) == ["refuse"]
    assert somebody_else.decide(0, Decision.UPDATE).decision is Decision.UPDATE


def test_a_row_that_says_nothing_new_of_a_namesake_is_unchanged_and_any_other_is_added_with_a_question(
    desk: Desk,
) -> None:
    rid = desk.member(phone="13800000000")
    plan = desk.plan(["张伟", "女", "", "", "", "13800000000"], ["张伟", "女", "", "", "第二党支部", ""])
    assert decisions(plan) == ["unchanged", "add"]
    assert plan.rows[0].rid == rid
    assert "将另行新增" in texts(plan)
    assert plan.decide(1, Decision.UPDATE).decision is Decision.REFUSE  # the first row speaks of the same record


def test_a_namesake_with_another_birth_date_is_somebody_else(desk: Desk) -> None:
    desk.member(born_on="1970-01-02")
    plan = desk.plan(["张伟", "女", "", "1985.06", "", ""])
    assert decisions(plan) == ["add"]
    assert not plan.rows[0].findings
