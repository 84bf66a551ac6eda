"""`set`, `void`, `undo` and `redo` pass the gate, are one operation each, and take effect on the day that counts."""

from taizhang.store.shelf import folder_of
from tests.command.conftest import FIRST, ID_NUMBER, SECOND, Shell


def test_a_new_record_gets_an_identifier_that_shows_it(shell: Shell) -> None:
    made = shell.json("set", "members", "name=赵 敏", "joined_on=2019年6月", "branch=第二支部")
    assert made["added"] is True
    assert made["findings"] == []
    found = shell.json("show", "members", made["id"])
    assert (found["name"], found["joined_on"], found["branch"]) == ("赵敏", "2019-06", SECOND)


def test_an_error_refuses_says_all_of_it_and_stores_nothing(shell: Shell) -> None:
    said = shell("--json", "set", "members", "name=赵敏", "joined_on=2004-02-30", "sex=甲")
    assert said.code == 1
    assert [finding["field"] for finding in said.json["findings"]] == ["joined_on", "sex"]
    assert said.json["error"] + "\n" == said.err
    assert "2 月没有 30 日" in said.err
    assert "不在代码表内" in said.err
    assert shell.json("list", "members")["total"] == 3
    assert shell.json("history", "members", shell.id_of("张伟"))["entries"][0]["action"] == "add"


def test_what_must_be_filled_is_asked_for(shell: Shell) -> None:
    assert "请填写姓名" in shell("set", "members", "sex=男").err


def test_an_id_number_is_held_once(shell: Shell) -> None:
    assert shell("set", "members", shell.id_of("张伟"), f"id_number={ID_NUMBER}").code == 1


def test_a_warning_is_said_and_stored_all_the_same(shell: Shell) -> None:
    said = shell("--json", "set", "members", shell.id_of("张伟"), "phone=123")
    assert said.code == 0
    assert [finding["severity"] for finding in said.json["findings"]] == ["warning"]
    assert said.err.startswith("请核对：")
    assert shell.json("show", "members", shell.id_of("张伟"))["phone"] == "123"


def test_an_empty_value_clears(shell: Shell) -> None:
    identifier = shell.id_of("张伟")
    shell("set", "members", identifier, "phone=")
    assert shell.json("show", "members", identifier)["phone"] is None


def test_nothing_new_is_no_operation(shell: Shell) -> None:
    made = shell.json("set", "members", shell.id_of("张伟"), "sex=男", "joined_on=20040701")
    assert made["operation"] is None
    assert len(shell.json("history", "members", made["id"])["entries"]) == 1


def test_moving_to_another_branch_is_of_today_and_the_past_stays(shell: Shell) -> None:
    identifier = shell.id_of("张伟")
    shell("--today", "2026-05-01", "set", "members", identifier, "branch=第二支部")
    assert shell.json("show", "members", identifier)["branch"] == SECOND
    before = shell.json("list", "members", "--as-of", "2026-04-30", "--where", f"branch={FIRST}")
    after = shell.json("list", "members", "--as-of", "2026-05-01", "--where", f"branch={FIRST}")
    assert (before["total"], after["total"]) == (2, 1)
    assert {row["branch"] for row in before["rows"]} == {FIRST}


def test_a_link_takes_an_identifier_where_two_have_one_name(shell: Shell) -> None:
    shell("set", "members", "name=张伟", "joined_on=2010", "branch=第二支部")
    first, second = (row["id"] for row in shell.json("list", "members", "--where", "name=张伟")["rows"])
    post = ("set", "committees", "organisation=第一支部", "post=书记")
    assert "有 2 个" in shell(*post, "member=张伟").err
    made = shell.json(*post, f"member={first}")
    assert shell.json("show", "committees", made["id"])["name"] == "张伟"
    assert shell.json("list", "committees", "--where", f"member={first}")["total"] == 1
    assert shell.json("list", "committees", "--where", f"member={second}")["total"] == 0


def test_void_needs_a_reason_leaves_every_list_and_stays_in_the_history(shell: Shell) -> None:
    identifier = shell.id_of("单雄")
    assert shell("void", "members", identifier, "--reason", " ").code == 1
    assert shell("void", "members", identifier, "--reason", "重复登记").code == 0
    assert shell.json("list", "members")["total"] == 2
    assert shell.json("list", "members", "--show", "void")["total"] == 1
    assert shell.json("show", "members", identifier)["void"] == "重复登记"
    assert shell("void", "members", identifier, "--reason", "再来").code == 1
    assert shell("set", "members", identifier, "note=x").code == 1


def test_what_is_erased_is_gone_for_good_and_the_old_backups_are_told_of(shell: Shell) -> None:
    """R-PRIV-03: a stub stays, which says why; the log has a line without a name."""
    assert shell.office
    identifier = shell.id_of("李芳")
    shell("set", "members", identifier, "phone=19900000007")
    (old,) = folder_of(shell.office).glob("*.tz")
    assert shell("erase", "members", identifier, "--reason", " ").code == 1
    said = shell("erase", "members", identifier, "--reason", "本人要求")
    assert (said.code, "1 份旧备份还有这条记录" in said.err) == (0, True)
    stub = shell.json("show", "members", identifier)
    assert (stub["phone"], stub["id_number"]) == (None, None)
    assert "本人要求" in stub["void"]
    assert shell("undo").code == 1 or shell.json("show", "members", identifier)["id_number"] is None
    content = shell.office.read_bytes()
    assert not any(word.encode() in content for word in ("李芳", ID_NUMBER, "19900000007"))
    assert "李芳".encode() in old.read_bytes()
    assert [line["kind"] for line in shell.json("log")["entries"]] == ["erase"]


def test_the_old_backups_go_with_it_where_that_is_asked_for(shell: Shell) -> None:
    assert shell.office
    shell("set", "members", shell.id_of("李芳"), "phone=19900000007")
    (old,) = folder_of(shell.office).glob("*.tz")
    told = shell.json("erase", "members", shell.id_of("李芳"), "--reason", "本人要求", "--backups")
    assert told["backups"] == 0
    assert not old.exists()
    assert all("李芳".encode() not in path.read_bytes() for path in folder_of(shell.office).glob("*.tz"))


def test_undo_takes_back_the_last_operation_of_anyone_and_redo_brings_it_back(shell: Shell) -> None:
    identifier = shell.id_of("单雄")
    shell("--user", "赵敏", "void", "members", identifier, "--reason", "重复登记")
    undone = shell.json("--user", "王敏", "undo")
    assert undone["title"] == "撤销：作废党员名册：单雄"
    assert (undone["changed"], undone["kept"]) == (1, [])
    assert shell.json("list", "members")["total"] == 3
    shell.json("redo")
    assert shell.json("list", "members")["total"] == 2


def test_a_write_leaves_a_backup_but_not_one_for_each_of_a_row(shell: Shell) -> None:
    assert shell.office
    for number in range(3):
        shell("set", "members", f"name=赵{'甲乙丙'[number]}")
    assert len(list(shell.office.parent.glob("杏花 备份/*.tz"))) == 1


def test_a_write_is_done_though_there_is_no_room_for_its_backup(shell: Shell) -> None:
    assert shell.office
    folder_of(shell.office).write_bytes(b"no folder can be made here")
    said = shell("--json", "set", "members", "name=王芳", "sex=女")
    assert (said.code, "备份没有做成" in said.err) == (0, True)
    assert said.json["id"] == shell.id_of("王芳")
