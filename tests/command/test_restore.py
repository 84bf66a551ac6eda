"""`backup` and `restore`: what would come back and what would be lost is told first; nothing is overwritten."""

import os
from pathlib import Path

from tests.command.conftest import OFFICE, Secrets, Shell


def test_a_backup_comes_back_as_a_new_file_after_its_contents_are_told(shell: Shell, tmp_path: Path) -> None:
    copy, restored = tmp_path / "备份.tz", tmp_path / "恢复.tz"
    assert shell.json("backup", copy)["bytes"] == copy.stat().st_size
    shell("set", "members", "name=赵敏")
    (noted,) = shell.json("log")["entries"]
    assert (noted["kind"], noted["privacy"], noted["records"]) == ("backup", "full", 6)
    told = shell("--json", "restore", copy, "--to", restored)
    assert told.json["records"]["members"] == 3
    assert told.err.startswith(f"备份内容：{OFFICE}，最后修改于 ")
    assert "党员名册 3 人" in told.err
    assert shell.json("list", "members")["total"] == 4
    shell.office = restored
    assert shell.json("list", "members")["total"] == 3
    assert [line["kind"] for line in shell.json("log")["entries"]] == ["restore"]
    assert shell("backup", copy).code == 1
    assert shell("restore", copy, "--to", restored).code == 1
    assert shell("restore", tmp_path / "无.tz", "--to", tmp_path / "新.tz").code == 1


def test_a_dry_run_tells_what_would_come_back_and_what_would_be_lost_and_leaves_nothing(
    shell: Shell, tmp_path: Path
) -> None:
    copy, restored = tmp_path / "备份.tz", tmp_path / "恢复.tz"
    shell("backup", copy)
    shell("set", "members", shell.id_of("张伟"), "phone=19900000009")
    shell("void", "members", shell.id_of("单雄"), "--reason", "试")
    shell("set", "members", "name=赵敏")
    told = shell.json("restore", copy, "--to", restored, "--dry-run")
    assert told["restored"] is None
    assert told["records"]["members"] == 3
    assert told["difference"] == {
        "ledgers": {
            "members": {
                "back": 1,
                "gone": 1,
                "changed": 1,
                "back_names": ["单雄"],
                "gone_names": ["赵敏"],
                "changes": [{"name": "张伟", "fields": ["联系电话"]}],
            }
        },
        "operations_since": 3,
        "operations_only_there": 0,
        "papers_since": 0,
    }
    said = shell("restore", copy, "--to", restored, "--dry-run").out
    assert "党员名册：找回 1 人（单雄），失去 1 人（赵敏），改回 1 人（张伟的联系电话）" in said
    assert "此后做的 3 次操作不在备份里" in said
    assert said.endswith("没有恢复。\n")
    assert not list(tmp_path.glob("恢复.tz*"))


def test_the_same_is_told_before_a_backup_is_restored(shell: Shell, tmp_path: Path) -> None:
    copy = tmp_path / "备份.tz"
    shell("backup", copy)
    assert "和现在的“杏花.tz”一样" in shell("restore", copy, "--to", tmp_path / "甲.tz").err
    shell("set", "members", "name=赵敏")
    said = shell("restore", copy, "--to", tmp_path / "乙.tz")
    assert "失去 1 人（赵敏）" in said.err
    assert (tmp_path / "乙.tz").exists()


def test_a_backup_of_another_office_or_of_none_that_is_there_is_restored_without_comparing(
    shell: Shell, bare: Shell, tmp_path: Path
) -> None:
    copy = tmp_path / "备份.tz"
    shell("backup", copy)
    assert shell.office
    shell.office.unlink()
    assert bare.json("restore", copy, "--to", tmp_path / "甲.tz")["difference"] is None
    bare("new", tmp_path / "新.tz", "--name", "中共新村委员会", "--kind", "党委")
    said = bare("--json", "restore", copy, "--to", tmp_path / "乙.tz")
    assert (said.code, said.json["difference"]) == (0, None)
    assert f"是另一个单位“{OFFICE}”的" in said.err


def test_what_damage_has_left_is_rescued_into_a_new_file(shell: Shell, tmp_path: Path) -> None:
    assert shell.office
    content = bytearray(shell.office.read_bytes())
    content[-4096:] = os.urandom(4096)
    shell.office.write_bytes(content)
    told = shell.json("rescue", shell.office, "--to", tmp_path / "新.tz")
    assert told["rescued"] == str(tmp_path / "新.tz")
    assert told["records"] + told["lost"] >= 6
    assert told["told"]
    assert shell.office.read_bytes() == content
    assert shell("rescue", shell.office, "--to", tmp_path / "新.tz").code == 1
    shell.office = tmp_path / "新.tz"
    assert shell.json("check")["ok"]


def test_what_had_a_password_is_rescued_with_it(shell: Shell, secret: Secrets, tmp_path: Path) -> None:
    assert shell.office
    key = ("--password-file", secret("杏花 春雨 江南"))
    shell.json("password", "--new-password-file", key[1])
    content = bytearray(shell.office.read_bytes())
    content[-4096 * 5 : -4096 * 4] = os.urandom(4096)
    shell.office.write_bytes(content)
    assert shell(*key, "check").code == 3
    rescue = ("rescue", shell.office, "--to", tmp_path / "新.tz")
    assert "有密码" in shell(*rescue).err
    told = shell.json(*key, *rescue)
    shell.office = tmp_path / "新.tz"
    assert shell("list", "members").code == 1
    assert shell.json(*key, "check")["ok"]
    assert told["records"] >= shell.json(*key, "list", "members")["total"]


def test_a_backup_with_a_password_is_restored_by_an_administrator_and_keeps_its_passwords(
    shell: Shell, secret: Secrets, tmp_path: Path
) -> None:
    wang, li = ("--password-file", secret("杏花 春雨 江南")), ("--password-file", secret("小桥 流水 人家"))
    shell.json("--user", "王敏", "password", "--new-password-file", wang[1])
    shell.json(*wang, "users", "--add", "李芳", "--role", "记录员", "--new-password-file", li[1])
    copy = tmp_path / "备份.tz"
    shell.json(*li, "backup", copy)
    restore = ("restore", copy, "--to", tmp_path / "恢复.tz")
    assert "有密码" in shell(*restore).err
    assert "只有管理员可以做" in shell(*li, *restore).err
    assert not list(tmp_path.glob("恢复.tz*"))
    assert shell.json(*wang, *restore)["records"]["members"] == 3
    shell.office = tmp_path / "恢复.tz"
    assert shell.json(*li, "list", "members")["total"] == 3
    assert shell.json(*wang, "check")["ok"]
