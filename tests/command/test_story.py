"""A year in the life of an office with a password, told from outside."""

from pathlib import Path

import pytest

from tests.command.conftest import OFFICE, Secrets, Shell


@pytest.mark.usefixtures("full_cost")
def test_an_office_with_a_password_from_its_making_to_the_forgotten_password(
    bare: Shell, shell: Shell, secret: Secrets, tmp_path: Path
) -> None:
    roster, path = tmp_path / "名册.xlsx", tmp_path / "和平.tz"
    shell("export", "members", roster, "--columns", "name,sex,born_on,joined_on")
    wang, li = ("--password-file", secret("杏花 春雨 江南")), ("--password-file", secret("小桥 流水 人家"))
    new = bare.json("--user", "王敏", *wang, "new", path, "--name", OFFICE, "--kind", "社区党委")
    assert bare.json(*wang, "import", "members", roster)["added"] == 3
    assert bare("list", "members").code == 1
    assert bare(*li, "list", "members").code == 1
    assert bare.json(*wang, "list", "members")["total"] == 3

    bare.json(*wang, "users", "--add", "李芳", "--role", "记录员", "--new-password-file", li[1])
    made = bare.json(*li, "set", "members", "name=赵敏", "sex=女")
    (entry,) = bare.json(*wang, "history", "members", made["id"])["entries"]
    assert (entry["who"], entry["action"]) == ("李芳", "add")

    told = bare.json(*wang, "users", "--remove", "李芳")
    assert [user["name"] for user in told["users"]] == ["王敏"]
    assert bare(*li, "list", "members").code == 1

    fresh = ("--password-file", secret("古道 西风 瘦马"))
    recover = ("recover", "--new-password-file", fresh[1], "--code-file")
    told = bare.json(*recover, secret(new["recovery_code"]))
    assert bare(*wang, "list", "members").code == 1
    assert bare(*recover, secret(new["recovery_code"])).code == 1
    assert told["recovery_code"] != new["recovery_code"]

    assert bare.json(*fresh, "list", "members")["total"] == 4
    assert bare.json(*fresh, "check") == {"ok": True, "problems": []}
    noted = [line["what"] for line in bare.json(*fresh, "log")["entries"]]
    assert noted == ["更换恢复码", "更换 王敏 的密码", "移除使用者 李芳", "添加记录员 李芳"]
    (backup,) = (tmp_path / "和平 备份").glob("*.tz")
    assert bare("restore", backup, "--to", tmp_path / "甲.tz").code == 1
    assert bare.json(*fresh, "restore", backup, "--to", tmp_path / "甲.tz")["records"]["members"] >= 3
    assert bare.json(*fresh, "--office", tmp_path / "甲.tz", "check")["ok"]
