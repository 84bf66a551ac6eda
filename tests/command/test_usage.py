"""How commands are written: what is offered, what is wrong usage, and that both ways of naming options work."""

from pathlib import Path

import pytest

from taizhang.store.crypto import CIPHERS
from tests.command.conftest import Shell

COMMANDS = (
    *("new", "demo", "ledgers", "template", "import", "export", "list", "remind", "show", "history", "set", "void"),
    *("undo", "redo", "print", "papers", "check", "backup", "restore", "rescue", "erase"),
    *("password", "recover", "users", "rekey", "log", "handover"),
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_shows_how_it_is_written(bare: Shell, command: str) -> None:
    said = bare(command, "--help")
    assert said.code == 0
    assert said.out.startswith(f"usage: taizhang {command}")


@pytest.mark.parametrize(
    "arguments",
    [
        ["lst"],
        ["list"],
        ["list", "people"],
        ["list", "members", "--where", "branch"],
        ["list", "members", "--where", "age=40"],
        ["list", "members", "--where", "shoe_size=43"],
        ["list", "members", "--as-of", "2026-02-30"],
        ["list", "members", "--limit", "-1"],
        ["--today", "今天", "list", "members"],
        ["set", "members", "shoe_size=43"],
        ["set", "members", "01a1ff4a-005d-77c0-91a6-d76b0b79378e"],
        ["set", "members", "name=张三", "sex"],
        ["void", "members", "01a1ff4a-005d-77c0-91a6-d76b0b79378e"],
        ["export", "members", "out.xlsx", "--columns", "name,shoe_size"],
        ["export", "members", "out.xlsx", "--privacy", "none"],
        ["print", "introduction_letter", "out.pdf"],
        ["password"],
        ["password", "--remove", "--new-password-file", "f"],
        ["recover", "--code-file", "f"],
        ["users", "--add", "李芳", "--role", "记录员"],
        ["users", "--add", "李芳", "--new-password-file", "f"],
        ["users", "--add", "李芳", "--role", "书记", "--new-password-file", "f"],
        ["users", "--change", "李芳"],
        ["users", "--change", "李芳", "--role", "只读", "--new-password-file", "f"],
        ["users", "--remove", "李芳", "--role", "只读"],
        ["users", "--remove", "李芳", "--change", "王敏"],
        ["stats", "annual"],
    ],
)
def test_wrong_usage_ends_with_2_and_a_chinese_sentence(shell: Shell, arguments: list[str]) -> None:
    said = shell(*arguments)
    assert said.code == 2
    assert said.out == ""
    assert "没有执行" in said.err


@pytest.mark.parametrize("arguments", [["lst"], ["list"], ["list", "members", "--limit", "x"], ["list", "people"]])
def test_a_script_gets_its_one_object_for_wrong_usage_too(shell: Shell, arguments: list[str]) -> None:
    said = shell("--json", *arguments)
    assert said.code == 2
    assert said.json.keys() == {"error"}


@pytest.mark.parametrize("as_json", [[], ["--json"]])
def test_a_name_that_is_no_text_is_refused(shell: Shell, tmp_path: Path, as_json: list[str]) -> None:
    said = shell(*as_json, "export", "members", f"{tmp_path}/\udcff.xlsx")
    assert (said.code, "认不出的字符" in said.err) == (2, True)
    assert not list(tmp_path.glob("*.xlsx"))


def test_global_options_stand_before_or_after_the_command(shell: Shell) -> None:
    assert shell("--json", "list", "members") == shell("list", "members", "--json")


def test_the_office_opened_last_is_taken_when_none_is_named(shell: Shell, bare: Shell, tmp_path: Path) -> None:
    assert "没有指明台账文件" in bare("list", "members").err
    shell("list", "members")
    assert bare.json("list", "members")["total"] == 3
    bare("new", tmp_path / "新.tz", "--name", "中共新村委员会", "--kind", "党委")
    assert bare.json("list", "members")["total"] == 0


def test_ledgers_tells_keys_labels_kinds_duties_and_privacy(bare: Shell) -> None:
    found = {ledger["key"]: ledger for ledger in bare.json("ledgers")["ledgers"]}
    assert list(found) == ["organisations", "members", "committees", "transfers"]
    fields = {field.pop("key"): field for field in found["members"]["fields"]}
    assert fields["name"] == {"label": "姓名", "kind": "name", "required": True, "privacy": "name"}
    assert fields["id_number"]["kind"] == "id_card"
    contract = "sex ethnic_group born_on education degree category confirmed_on branch post phone address status"
    assert {*contract.split(), "lost_since", "mobile_to", "native_place", "employer", "note"} <= set(fields)
    assert "党员名册" in bare("ledgers").out


def test_the_version_and_the_self_check(bare: Shell) -> None:
    assert bare.json("--version").keys() == {"version"}
    found = bare.json("--self-check")
    assert found["ledgers"] == ["organisations", "members", "committees", "transfers"]
    assert len(found["fonts"]) == 4
    assert found["ciphers"] == list(CIPHERS)
    assert found["missing"] == []
    assert bare("--self-check").code == 0
