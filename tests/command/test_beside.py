"""Beside an open window: what only reads goes on reading, what would write is told who has the file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from taizhang.registry import installed
from taizhang.store.opening import enter
from taizhang.store.store import Store
from tests.command.conftest import Secrets, Shell


@pytest.fixture
def window(shell: Shell) -> Iterator[Store]:
    """What an open window holds: the office for writing, with a change that still lies beside the file."""
    assert shell.office
    store = Store.open(shell.office, installed(), who="王敏")
    store.undo()
    yield store
    store.close(with_backup=False)


@pytest.mark.usefixtures("window")
def test_what_only_reads_sees_the_office_as_it_is_now(shell: Shell, tmp_path: Path) -> None:
    assert shell.json("list", "members")["total"] == 2
    identifier = shell.id_of("张伟")
    assert shell.json("show", "members", identifier)["name"] == "张伟"
    assert len(shell.json("history", "members", identifier)["entries"]) == 1
    assert shell.json("check") == {"ok": True, "problems": []}
    assert shell.json("users") == {"locked": False, "users": []}
    shell.json("backup", tmp_path / "备份.tz")
    shell.office = tmp_path / "备份.tz"
    assert shell.json("list", "members")["total"] == 2


def test_what_leaves_the_office_meanwhile_is_in_its_log_afterwards(shell: Shell, window: Store, tmp_path: Path) -> None:
    """R-PRIV-02: who, when, what, how many."""
    roster, paper = tmp_path / "名册.xlsx", tmp_path / "名册.pdf"
    shell.json("--user", "赵敏", "export", "members", roster, "--privacy", "internal")
    shell.json("--user", "赵敏", "print", "members", paper)
    assert shell.json("import", "members", roster, "--dry-run")["read"] == 2
    window.close(with_backup=False)
    entries = shell.json("log")["entries"]
    assert {(one["kind"], one["who"], one["privacy"], one["records"]) for one in entries} == {
        ("print", "赵敏", "internal", 2),
        ("export", "赵敏", "internal", 2),
    }


@pytest.mark.usefixtures("window")
@pytest.mark.parametrize("command", ["set members name=赵敏", "void members ID --reason 试", "undo", "redo"])
def test_what_would_write_is_told_who_has_the_file(shell: Shell, command: str) -> None:
    said = shell(*command.replace("ID", shell.id_of("张伟")).split())
    assert said.code == 3
    assert "正由王敏在电脑" in said.err
    assert "内容没有改动" in said.err
    assert shell.json("list", "members")["total"] == 2


@pytest.mark.usefixtures("window")
def test_an_import_beside_the_window_is_refused_before_anything_is_read(shell: Shell, tmp_path: Path) -> None:
    assert shell("import", "members", tmp_path / "无.xlsx").code == 3


def test_an_office_with_a_password_is_read_beside_the_window_too(shell: Shell, secret: Secrets) -> None:
    assert shell.office
    key = ("--password-file", secret("杏花 春雨 江南"))
    shell.json("--user", "王敏", "password", "--new-password-file", key[1])
    window = Store.open(shell.office, installed(), access=enter(shell.office, "杏花 春雨 江南"))
    window.undo()
    assert shell.json(*key, "list", "members")["total"] == 2
    assert shell.json(*key, "check")["ok"]
    assert shell.json(*key, "users")["users"] == [{"name": "王敏", "role": "管理员"}]
    for command in (["undo"], ["rekey"], ["password", "--remove"], ["password", "--new-password-file", key[1]]):
        said = shell(*key, *command)
        assert (said.code, "正由王敏在电脑" in said.err) == (3, True), command
    window.close(with_backup=False)
    assert shell.json(*key, "list", "members")["total"] == 2
