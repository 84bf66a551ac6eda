"""An import is stored as one operation, whole or not at all, and its result adds up (wishes 2, 7)."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from taizhang.core.errors import Cancelled, Refused, StoreTrouble
from taizhang.exchange.apply import apply_plan, as_json
from taizhang.exchange.plan import Decision, ImportOptions
from taizhang.exchange.planner import plan_import
from taizhang.exchange.workbook import read_workbook
from taizhang.registry import installed
from taizhang.store.query import Query
from taizhang.store.shelf import folder_of, list_backups
from taizhang.store.store import Store
from tests.exchange.books import MEMBERS, Rows, write_book
from tests.offices import Office

ORGANISATIONS = installed().ledgers["organisations"]
HEAD = ["姓名", "性别", "身份证号", "所在党支部"]
ROSTER: Rows = [
    HEAD,
    ["甲一", "女", "110199198506300027", "第九党支部"],
    ["乙二", "女", "", "第九党支部"],
    ["丙三", "很女", "", "第十党支部"],
    ["小计", "3人"],
]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "office.tz")
    yield made
    made.store.close(with_backup=False)


def test_rows_and_the_branch_they_are_the_first_to_name_are_one_operation(office: Office, tmp_path: Path) -> None:
    book = read_workbook(write_book(tmp_path / "a.xlsx", 名册=ROSTER))
    plan = plan_import(book, MEMBERS, office.store)
    result = apply_plan(office.store, plan)
    assert (result.counts.added, result.counts.refused, result.counts.skipped) == (2, 1, 1)
    (branch,) = office.store.context().find("organisations", "第九党支部")
    members = office.store.rows("members", office.rids("members"), ["branch"])
    assert [row.values["branch"] for row in members] == [branch, branch]
    assert (office.store.context().values("organisations", branch) or {})["parent"] == office.store.root
    assert not office.store.context().find("organisations", "第十党支部")  # nobody came in with it
    assert office.store.operations()[0].op == result.operation
    office.store.undo()
    assert office.rids("members") == []
    assert not office.store.context().find("organisations", "第九党支部")


def test_the_same_file_a_second_time_changes_nothing(office: Office, tmp_path: Path) -> None:
    rows = [[*HEAD, "出生年月"], ["甲一", "女", "110199198506300027", "", ""], ["乙二", "女", "", "", "1970.05"]]
    book = read_workbook(write_book(tmp_path / "a.xlsx", 名册=rows))
    apply_plan(office.store, plan_import(book, MEMBERS, office.store))
    result = apply_plan(office.store, plan_import(book, MEMBERS, office.store))
    assert (result.counts.unchanged, result.operation) == (2, None)


def test_before_an_import_what_was_done_is_backed_up_and_only_once(office: Office, tmp_path: Path) -> None:
    def take_in(name: str) -> None:
        book = read_workbook(write_book(tmp_path / f"{name}.xlsx", 名册=[["姓名"], [name]]))
        apply_plan(office.store, plan_import(book, MEMBERS, office.store))

    take_in("甲一")
    assert list_backups(office.path) == [], "the office was empty"
    take_in("乙二")
    ((_when, backup),) = list_backups(office.path)
    copy = Store.open(backup, office.registry, read_only=True)
    assert copy.count(Query("members", show="all")) == 1
    copy.close()
    book = read_workbook(tmp_path / "乙二.xlsx")
    apply_plan(office.store, plan_import(book, MEMBERS, office.store))
    assert len(list_backups(office.path)) == 1, "nothing is stored, so nothing is in danger"


def test_without_a_backup_there_is_no_import(office: Office, tmp_path: Path) -> None:
    office.add("members", name="甲一", branch=office.store.name, category="正式党员")
    folder_of(office.path).write_text("在这个名字上已经有一个文件")
    book = read_workbook(write_book(tmp_path / "a.xlsx", 名册=ROSTER))
    before = office.store.operations()
    with pytest.raises(StoreTrouble, match="没有导入任何内容：备份没有做成，台账文件本身完好"):
        apply_plan(office.store, plan_import(book, MEMBERS, office.store))
    assert office.store.operations() == before


def test_the_result_is_the_object_of_the_command_line(office: Office, tmp_path: Path) -> None:
    plan = plan_import(read_workbook(write_book(tmp_path / "a.xlsx", 名册=ROSTER)), MEMBERS, office.store)
    dry = as_json(plan, None)
    assert dry["operation"] is None
    found = json.loads(json.dumps(as_json(plan, apply_plan(office.store, plan)), ensure_ascii=False))
    parts = ("added", "updated", "unchanged", "skipped", "refused")
    assert found["read"] == 4 == sum(found[part] for part in parts)
    assert isinstance(found["operation"], str)
    assert found["columns"][0] == {"heading": "姓名", "field": "name"}
    first, second = found["findings"][-2:]
    assert {key: first[key] for key in first if key not in {"text", "proposal"}} == {
        "sheet": "名册",
        "row": 4,
        "heading": "性别",
        "field": "sex",
        "severity": "error",
        "value": "很女",
    }
    assert set(second) == set(first)
    assert (second["field"], second["severity"]) == ("branch", "warning")


def test_cancelling_stores_nothing(office: Office, tmp_path: Path) -> None:
    plan = plan_import(read_workbook(write_book(tmp_path / "a.xlsx", 名册=ROSTER)), MEMBERS, office.store)

    def stop(done: int, total: int, _what: str) -> None:
        if done == total:
            raise Cancelled

    with pytest.raises(Cancelled):
        apply_plan(office.store, plan, stop)
    assert office.rids("members") == []
    assert not office.store.context().find("organisations", "第九党支部")


def test_a_plan_that_the_office_has_outrun_is_refused(office: Office, tmp_path: Path) -> None:
    plan = plan_import(read_workbook(write_book(tmp_path / "a.xlsx", 名册=ROSTER)), MEMBERS, office.store)
    office.add("members", name="丁四", id_number="110199198506300027")
    with pytest.raises(Refused, match="重新预览"):
        apply_plan(office.store, plan)


def test_columns_assigned_by_hand_are_remembered_for_the_same_headings(office: Office, tmp_path: Path) -> None:
    book = read_workbook(write_book(tmp_path / "a.xlsx", 名册=[["XM", "XB"], ["甲一", "女"]]))
    with pytest.raises(Refused):
        plan_import(book, MEMBERS, office.store)
    options = ImportOptions(mapping={"XM": "name", "XB": "sex"})
    apply_plan(office.store, plan_import(book, MEMBERS, office.store, options))
    plan = plan_import(book, MEMBERS, office.store)
    assert set(plan.sources[0].table.by_field) == {"name", "sex"}


def test_rows_of_a_tree_may_point_at_rows_below_them(office: Office, tmp_path: Path) -> None:
    rows: Rows = [
        ["党组织全称", "组织类别", "上级党组织"],
        ["第一党小组", "党小组", "第一党支部"],
        ["第一党支部", "党支部", "幸福社区党委"],
        ["幸福社区党委", "社区党委", ""],
        ["孤儿党支部", "党支部", "坏党委"],
        ["坏党委", "什么", ""],
        ["甲党支部", "党支部", "乙党支部"],
        ["乙党支部", "党支部", "甲党支部"],
    ]
    book = read_workbook(write_book(tmp_path / "a.xlsx", 党组织=rows))
    plan = plan_import(book, ORGANISATIONS, office.store)
    assert [row.decision for row in plan.rows] == [Decision.ADD] * 3 + [Decision.REFUSE] * 4
    apply_plan(office.store, plan)
    stored = office.store.rows("organisations", office.rids("organisations"), ["name", "parent"])
    rids = {row.values["name"]: row.rid for row in stored}
    parents = {row.values["name"]: row.values["parent"] for row in stored}
    assert parents["第一党小组"] == rids["第一党支部"]
    assert parents["第一党支部"] == rids["幸福社区党委"]
