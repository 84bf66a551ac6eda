"""`check` and damaged files: which damage it is, that nothing changed, and what to do."""

from pathlib import Path

import pytest

from taizhang.store.driver import driver
from tests.command.conftest import OFFICE, Secrets, Shell


def test_check_names_what_is_wrong_and_ends_with_3(shell: Shell) -> None:
    assert shell.office
    with driver.connect(shell.office) as raw:
        raw.execute("UPDATE ledger_members SET note = 'x' WHERE name = '张伟'")
    raw.close()
    said = shell("--json", "check")
    assert said.code == 3
    assert said.json["ok"] is False
    assert any("党员名册" in problem for problem in said.json["problems"])
    assert said.json["error"] + "\n" == said.err


@pytest.fixture(params=["plain", "locked"])
def file(request: pytest.FixtureRequest, shell: Shell, secret: Secrets, tmp_path: Path) -> Path:
    """An office file, without a password and with one."""
    assert shell.office
    if request.param == "plain":
        return shell.office
    path = tmp_path / "锁.tz"
    shell.office = None
    new = ("new", path, "--name", OFFICE, "--kind", "社区党委", "--password-file", secret("杏花 春雨 江南"))
    assert shell(*new).code == 0
    return path


@pytest.fixture
def key(secret: Secrets) -> tuple[str, Path]:
    """What opens the one and does not matter to the other."""
    return "--password-file", secret("杏花 春雨 江南")


def test_a_sound_file_is_sound(shell: Shell, file: Path, key: tuple[str, Path]) -> None:
    shell.office = file
    assert shell.json(*key, "check") == {"ok": True, "problems": []}


def test_a_file_that_was_cut_off_is_said_to_be_so(shell: Shell, file: Path, key: tuple[str, Path]) -> None:
    """R-PRIV-04 does not hide it: it is said also to who has no password."""
    shell.office = file
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    for given in (key, ()):
        said = shell("--json", *given, "check")
        assert said.code == 3
        assert said.json["ok"] is False
        assert "末尾缺了一段" in said.err
        assert "taizhang rescue" in said.err
    assert file.read_bytes() == content[: len(content) // 2]


def test_pages_that_hold_something_else_are_damage(shell: Shell, file: Path, key: tuple[str, Path]) -> None:
    shell.office = file
    content = bytearray(file.read_bytes())
    content[4096 : 4096 * 6] = b"\xa5" * 4096 * 5
    file.write_bytes(content)
    said = shell(*key, "check")
    assert (said.code, "损坏" in said.err, "taizhang rescue" in said.err) == (3, True, True)
    assert file.read_bytes() == content


def test_the_latest_backup_is_named(shell: Shell) -> None:
    assert shell.office
    shell("set", "members", "name=赵敏")
    (backup,) = shell.office.parent.glob("杏花 备份/*.tz")
    shell.office.write_bytes(shell.office.read_bytes()[:9000])
    said = shell("check")
    assert f"最近的备份是“杏花 备份/{backup.name}”" in said.err
    assert shell("restore", backup, "--to", shell.office.with_name("恢复.tz")).code == 0


def test_a_file_with_a_password_is_no_trouble(shell: Shell, secret: Secrets, tmp_path: Path) -> None:
    path = tmp_path / "锁.tz"
    shell.office = None
    shell("new", path, "--name", OFFICE, "--kind", "社区党委", "--password-file", secret("杏花 春雨 江南"))
    said = shell("check")
    assert (said.code, "有密码" in said.err) == (1, True)
