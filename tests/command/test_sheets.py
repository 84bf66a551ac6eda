"""`template`, `import` and `export`: the contract of counts and findings, files whole or not at all."""

import json
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.command.conftest import FIRST, Shell

HEADINGS = ("姓名", "出生日期", "入党时间", "所在党支部", "备注1")
ROWS = (
    ("张伟", "1975.05.05", "2004.07.01", "第一支部", "旧人"),
    ("王建国", "1988.01", "2010年3月", "第三支部", ""),
    ("刘洋", "1990.02", "2010-13-01", "第一支部", ""),
    ("合计", "3人", "", "", ""),
)


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """A small roster as offices have it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名册"
    for row in (("党员名册",), HEADINGS, *ROWS):
        sheet.append(row)
    path = tmp_path / "名册.xlsx"
    book.save(path)
    return path


def test_an_import_counts_every_row_and_places_every_finding(shell: Shell, roster: Path) -> None:
    told = shell.json("import", "members", roster)
    parts = ("added", "updated", "unchanged", "skipped", "refused")
    assert told["read"] == 4 == sum(told[part] for part in parts)
    assert (told["added"], told["skipped"], told["refused"]) == (1, 1, 1)
    assert {"heading": "入党时间", "field": "joined_on"} in told["columns"]
    assert {"heading": "备注1", "field": None} in told["columns"]
    (error,) = [finding for finding in told["findings"] if finding["severity"] == "error"]
    assert (error["sheet"], error["row"], error["heading"], error["field"]) == ("名册", 5, "入党时间", "joined_on")
    grown = shell.json("list", "organisations", "--where", "name=第三支部")["rows"]
    assert [row["kind"] for row in grown] == ["党支部"]


def test_one_undo_takes_the_whole_import_back(shell: Shell, roster: Path) -> None:
    shell.json("import", "members", roster)
    shell.json("undo")
    assert shell.json("list", "members")["total"] == 3
    assert shell.json("list", "organisations")["total"] == 3


def test_a_dry_run_tells_the_same_and_stores_nothing(shell: Shell, roster: Path, tmp_path: Path) -> None:
    dry = shell.json("import", "members", roster, "--dry-run", "--marked", tmp_path / "结果.xlsx")
    assert shell.json("list", "members")["total"] == 3
    assert dry["operation"] is None
    real = shell.json("import", "members", roster)
    assert {**dry, "operation": real["operation"]} == real
    marked = load_workbook(tmp_path / "结果.xlsx")["名册"]
    assert marked["A3"].value == "张伟"


def test_a_mapping_says_which_column_is_what(shell: Shell, roster: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "对应.json"
    mapping.write_text(json.dumps({"姓名": "name", "备注1": "note", "入党时间": None}), encoding="utf-8")
    told = shell.json("import", "members", roster, "--map", mapping)
    assert {"heading": "备注1", "field": "note"} in told["columns"]
    assert {"heading": "入党时间", "field": None} in told["columns"]
    mapping.write_text("[]", encoding="utf-8")
    assert shell("import", "members", roster, "--map", mapping).code == 2
    gone = shell("import", "members", roster, "--map", tmp_path / "没有.json")
    assert (gone.code, "打不开对应表" in gone.err) == (1, True)


def test_people_read_counts_and_places(shell: Shell, roster: Path) -> None:
    said = shell("import", "members", roster, "--dry-run")
    assert "读到 4 行" in said.out
    assert "名册 第 5 行 入党时间" in said.out
    assert "没有读入的列：备注1" in said.out


def test_what_is_no_workbook_is_refused(shell: Shell, tmp_path: Path) -> None:
    for name, data in (("无.xlsx", None), ("信.xlsx", b"text"), ("空.xlsx", b"")):
        if data is not None:
            (tmp_path / name).write_bytes(data)
        said = shell("import", "members", tmp_path / name)
        assert said.code == 1
        assert said.err.count("\n") == 1


def test_an_export_reads_back_as_unchanged(shell: Shell, tmp_path: Path) -> None:
    out = tmp_path / "全部.xlsx"
    assert shell.json("export", "members", out)["rows"] == 3
    told = shell.json("import", "members", out)
    assert (told["read"], told["unchanged"]) == (3, 3)


def test_an_export_has_the_chosen_columns_for_the_chosen_eyes(shell: Shell, tmp_path: Path) -> None:
    out = tmp_path / "墙.xlsx"
    shell.json("export", "members", out, "--columns", "branch,name,age,phone", "--privacy", "wall")
    sheet = load_workbook(out).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["所在党支部", "姓名"]  # neither the telephone nor the age (R-PRIV-01)
    assert [FIRST, "张*"] in [row[:2] for row in rows]


def test_a_template_is_understood_and_holds_no_record(shell: Shell, tmp_path: Path) -> None:
    shell.json("template", "members", tmp_path / "空表.xlsx")
    told = shell.json("import", "members", tmp_path / "空表.xlsx")
    assert told["added"] == told["refused"] == 0
    assert all(column["field"] for column in told["columns"])


def test_a_place_that_cannot_be_written_is_refused_and_nothing_is_stored(
    shell: Shell, roster: Path, tmp_path: Path
) -> None:
    gone = tmp_path / "没有" / "甲.xlsx"
    for command in (("export", "members", gone), ("import", "members", roster, "--marked", gone)):
        assert shell(*command).code == 1
    assert shell.json("list", "members")["total"] == 3


@pytest.mark.parametrize("command", ["export", "template", "print", "import"])
def test_no_output_is_written_over_an_office_or_any_file_of_another_kind(
    shell: Shell, roster: Path, command: str
) -> None:
    wanted = (roster, "--dry-run", "--marked", shell.office) if command == "import" else (shell.office,)
    said = shell(command, "members", *wanted)
    assert (said.code, "没有覆盖" in said.err) == (1, True)
    assert shell.json("check")["ok"]
    assert shell.json("list", "members")["total"] == 3


def test_the_marked_copy_does_not_replace_their_own_file(shell: Shell, roster: Path) -> None:
    before = roster.read_bytes()
    assert shell("import", "members", roster, "--marked", roster).code == 1
    assert roster.read_bytes() == before
    assert shell.json("list", "members")["total"] == 3
