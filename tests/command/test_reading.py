"""`list`, `show` and `history`: what scripts get is what `set` takes; people get columns that stand in line."""

from collections.abc import Sequence

import pytest

from taizhang.command.columns import aligned, width
from taizhang.registry import installed
from tests.command.conftest import FIRST, ID_NUMBER, OFFICE, SECOND, Shell


def names(shell: Shell, *arguments: str, ledger: str = "members") -> list[str]:
    found = shell.json("list", ledger, *arguments)
    assert found["total"] == len(found["rows"])
    return sorted(row["name"] for row in found["rows"])


def test_rows_hold_iso_days_labels_full_names_and_what_is_derived(shell: Shell) -> None:
    (row,) = shell.json("--today", "2026-11-21", "list", "members", "--search", "lf")["rows"]
    wanted = {"name": "李芳", "sex": "女", "joined_on": "2004-07", "born_on": "1980-03-08", "branch": FIRST}
    assert {key: row[key] for key in wanted} == wanted
    assert row["id_number"] == ID_NUMBER
    assert row["education"] == "大学本科教育"
    assert row["degree"] is None
    assert row["age"] == 46


@pytest.mark.parametrize(
    ("where", "found"),
    [
        (["branch=第一支部"], ["张伟", "李芳"]),
        ([f"branch={SECOND}"], ["单雄"]),
        (["sex=女"], ["李芳"]),
        (["sex=1"], ["张伟"]),
        (["joined_on=2004"], ["张伟", "李芳"]),
        (["joined_on=2004-07-01"], ["张伟"]),
        (["phone="], ["单雄", "李芳"]),
        (["joined_on=2004", "branch=第一支部", "name=张伟"], ["张伟"]),
        (["branch=第一支部", "name=单雄"], []),
    ],
)
def test_conditions_are_read_as_the_field_reads_them(shell: Shell, where: Sequence[str], found: list[str]) -> None:
    assert names(shell, "--where", *where) == sorted(found)
    assert names(shell, *[part for one in where for part in ("--where", one)]) == sorted(found)


@pytest.mark.parametrize("where", ["branch=第九支部", "sex=甲", "joined_on=2004-13"])
def test_a_condition_that_no_record_could_meet_is_refused(shell: Shell, where: str) -> None:
    said = shell("list", "members", "--where", where)
    assert said.code == 1
    assert said.err.endswith("没有列出。\n")


def test_a_limit_lists_fewer_and_counts_all(shell: Shell) -> None:
    found = shell.json("list", "members", "--limit", "2")
    assert found["total"] == 3
    assert len(found["rows"]) == 2
    assert "共 3 人，列出 2 人" in shell("list", "members", "--limit", "2").out


def test_people_are_found_by_name_pinyin_initials_and_last_digits(shell: Shell) -> None:
    for words in ("张伟", "zhangwei", "zw", "0001"):
        assert names(shell, "--search", words) == ["张伟"], words
    assert names(shell, "--search", ID_NUMBER[-4:]) == ["李芳"]


def test_show_tells_everything_with_what_is_to_be_looked_at(shell: Shell) -> None:
    shell("set", "members", shell.id_of("李芳"), "born_on=1980-03-09")
    found = shell.json("show", "members", shell.id_of("李芳"))
    assert found["born_on"] == "1980-03-09"
    assert [(finding["field"], finding["severity"]) for finding in found["findings"]] == [("born_on", "warning")]
    assert 0 < found["completeness"] < 100
    assert found["void"] is None
    text = shell("show", "members", shell.id_of("李芳")).out
    assert "大学本科教育" in text
    assert "请核对：" in text
    assert "待补充" in text


def test_no_ledger_has_a_field_named_like_the_facts_beside_the_fields() -> None:
    for ledger in installed().ledgers.values():
        keys = {*ledger.by_key, *ledger.derived_by_key}
        assert not keys & {"id", "completeness", "void", "findings"}, ledger.key


def test_history_tells_old_and_new_with_labels_latest_first(shell: Shell) -> None:
    identifier = shell.id_of("张伟")
    shell("--user", "赵敏", "set", "members", identifier, "education=大专")
    change, add = shell.json("history", "members", identifier)["entries"]
    assert (change["who"], change["action"], add["who"], add["action"]) == ("赵敏", "change", "王敏", "add")
    assert change["fields"] == [{"field": "education", "label": "学历", "old": None, "new": "大学专科教育"}]
    assert "学历：（空） → 大学专科教育" in shell("history", "members", identifier).out


def test_a_record_is_only_found_in_its_own_ledger(shell: Shell) -> None:
    said = shell("show", "members", shell.id_of(OFFICE, "organisations"))
    assert said.code == 1
    assert "而在党组织里" in said.err
    assert shell("show", "members", "张伟").code == 1


def test_columns_stand_in_line_where_chinese_is_two_places_wide() -> None:
    lines = list(aligned([("姓名", "n"), ("ab", "12"), ("欧阳修", "3")], right=frozenset({1})))
    assert lines == ["姓名     n", "ab      12", "欧阳修   3"]
    assert [width(text) for text in ("abc", "汉字", "ab汉", "é", "e\u0301")] == [3, 4, 4, 1, 1]
