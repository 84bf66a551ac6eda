"""Offices with a password: who comes in and who does not, and that no secret is ever said (R-PRIV-04)."""

from pathlib import Path

import pytest

from taizhang import places
from taizhang.core import recovery_code
from taizhang.core.access import Access
from taizhang.core.progress import Progress
from taizhang.store import relock
from taizhang.store.connection import is_locked
from taizhang.store.keyring import Keyring
from tests.command.conftest import OFFICE, Said, Secrets, Shell

WANG, LI, NEW = "杏花 春雨 江南", "小桥 流水 人家", "古道 西风 瘦马"
SET = ("set", "members", "name=赵敏")


class Locked:
    """The program on an office with a password; the administrator is 王敏."""

    def __init__(self, shell: Shell, secret: Secrets, path: Path) -> None:
        shell.office = path
        self._shell, self._secret = shell, secret
        self.path = path
        made = self("--user", "王敏", "new", path, "--name", OFFICE, "--kind", "社区党委")
        assert (made.code, made.err) == (0, "")
        self.code = made.json["recovery_code"]

    def __call__(self, *arguments: object, by: str | None = WANG) -> Said:
        """One command, with the password `by`."""
        key = () if by is None else ("--password-file", self._secret(by))
        return self._shell("--json", *key, *arguments)

    def add(self, name: str, role: str, password: str) -> Said:
        """One more user."""
        return self("users", "--add", name, "--role", role, "--new-password-file", self._secret(password))


@pytest.fixture
def locked(shell: Shell, secret: Secrets, tmp_path: Path) -> Locked:
    """An office with a password."""
    return Locked(shell, secret, tmp_path / "锁.tz")


def test_a_new_office_with_a_password_says_its_recovery_code_once(locked: Locked) -> None:
    assert is_locked(locked.path)
    assert len(recovery_code.read(locked.code)) == recovery_code.SIZE
    assert locked("users").json == {"locked": True, "users": [{"name": "王敏", "role": "管理员"}]}


def test_people_are_told_to_copy_the_code_and_who_the_administrator_is(
    shell: Shell, secret: Secrets, tmp_path: Path
) -> None:
    shell.office = tmp_path / "锁.tz"
    key = ("--password-file", secret(WANG))
    said = shell("new", shell.office, "--name", OFFICE, "--kind", "社区党委", *key)
    (line,) = [line for line in said.out.splitlines() if line.startswith("恢复码：")]
    assert recovery_code.read(line.partition("：")[2])
    assert "抄下恢复码" in said.out
    assert shell.json(*key, "users")["users"] == [{"name": "管理员", "role": "管理员"}]


@pytest.mark.parametrize("command", [("list", "members"), SET, ("check",), ("users",), ("log",), ("rekey",)])
def test_nothing_is_done_without_the_password_or_with_a_wrong_one(locked: Locked, command: tuple[str, ...]) -> None:
    before = locked.path.read_bytes()
    without, wrong = locked(*command, by=None), locked(*command, by=LI)
    assert (without.code, "有密码" in without.err) == (1, True)
    assert (wrong.code, "密码不对" in wrong.err) == (1, True)
    assert without.json.keys() == wrong.json.keys() == {"error"}
    assert locked.path.read_bytes() == before


def test_an_office_without_a_password_does_not_ask_for_the_file(shell: Shell, tmp_path: Path) -> None:
    assert shell.json("--password-file", tmp_path / "无.txt", "list", "members")["total"] == 3


@pytest.mark.parametrize(
    "content",
    [
        WANG.encode(),
        WANG.encode() + b"\nsecond line\n",
        b"\xef\xbb\xbf" + WANG.encode() + b"\r\n",
        ("\ufeff" + WANG + "\r\n").encode("utf-16-le"),
    ],
)
def test_the_password_is_the_first_line_as_any_editor_writes_it(locked: Locked, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "密码.txt"
    file.write_bytes(content)
    assert locked("--password-file", file, "list", "members", by=None).code == 0


@pytest.mark.parametrize(
    ("content", "told"),
    [(None, "读不了"), (b"", "第一行是空的"), (b"\r\nsecond", "第一行是空的"), ("密码".encode("gbk"), "不是 UTF-8")],
)
def test_a_file_without_a_password_is_refused(locked: Locked, tmp_path: Path, content: bytes | None, told: str) -> None:
    file = tmp_path / "密码.txt"
    if content is not None:
        file.write_bytes(content)
    for command in (("list", "members"), ("new", tmp_path / "新.tz", "--name", "甲", "--kind", "党委")):
        said = locked("--password-file", file, *command, by=None)
        assert (said.code, told in said.err) == (1, True)
    assert not (tmp_path / "新.tz").exists()


def test_a_short_password_is_warned_of_and_set_all_the_same(locked: Locked, secret: Secrets) -> None:
    said = locked("password", "--new-password-file", secret("abc12"))
    assert (said.code, said.err) == (0, "请注意：密码只有 5 位，容易被试出来；请改用 8 位以上，例如几个不相干的词。\n")
    assert locked("list", "members", by="abc12").code == 0


def test_a_name_that_the_office_knows_needs_its_own_password_and_any_other_is_for_the_journal(locked: Locked) -> None:
    locked.add("李芳", "记录员", LI)
    assert locked("--user", "李芳", *SET).code == 1
    assert locked("--user", "王敏", *SET, by=LI).code == 1
    for named, by, written in (((), LI, "李芳"), (("--user", "李芳"), LI, "李芳"), (("--user", "陈工"), WANG, "陈工")):
        made = locked(*named, *SET, by=by).json["id"]
        assert locked("history", "members", made).json["entries"][0]["who"] == written


def test_roles_are_kept(locked: Locked, secret: Secrets) -> None:
    locked.add("李芳", "只读", LI)
    assert locked(*SET, by=LI).code == 1
    assert locked("list", "members", by=LI).code == 0
    for command in (("--remove", "王敏"), ("--add", "甲", "--role", "只读", "--new-password-file", secret(NEW))):
        said = locked("users", *command, by=LI)
        assert (said.code, "只有管理员可以做" in said.err) == (1, True)
    assert locked("users", "--change", "李芳", "--role", "记录员").json["users"][1]["role"] == "记录员"
    assert locked(*SET, by=LI).code == 0
    assert "至少要有一位管理员" in locked("users", "--remove", "王敏").err
    assert "已经有使用者" in locked.add("李芳", "记录员", NEW).err


def test_everyone_changes_their_own_password(locked: Locked, secret: Secrets) -> None:
    locked.add("李芳", "只读", LI)
    said = locked("password", "--new-password-file", secret(NEW), by=LI)
    assert said.json == {"office": str(locked.path), "locked": True, "user": "李芳"}
    assert locked("list", "members", by=LI).code == 1
    assert locked("list", "members", by=NEW).code == 0
    assert locked("list", "members", by=WANG).code == 0


def test_the_lock_is_put_on_and_taken_off(shell: Shell, secret: Secrets) -> None:
    assert shell.office
    shell("set", "members", "name=赵敏")
    made = shell.json("--user", "王敏", "password", "--new-password-file", secret(WANG))
    assert (made["locked"], made["user"]) == (True, "王敏")
    assert is_locked(shell.office)
    assert "赵敏".encode() not in shell.office.read_bytes()
    assert all(is_locked(path) for path in shell.office.parent.glob("杏花 备份/*.tz"))
    assert shell("list", "members").code == 1
    key = ("--password-file", secret(WANG))
    assert shell.json(*key, "list", "members")["total"] == 4
    assert shell.json(*key, "check")["ok"]
    assert shell.json(*key, "password", "--remove")["locked"] is False
    assert shell.json("list", "members")["total"] == 4
    assert shell.json("check")["ok"]


@pytest.mark.parametrize("late", [False, True])
def test_who_stops_too_late_is_told_the_code_all_the_same(
    shell: Shell, secret: Secrets, monkeypatch: pytest.MonkeyPatch, late: bool
) -> None:
    assert shell.office

    real = relock.lock_file

    def stopped(path: Path, ring: Keyring, access: Access, progress: Progress) -> None:
        if late:
            real(path, ring, access, progress)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(relock, "lock_file", stopped)
        said = shell("--json", "password", "--new-password-file", secret(WANG))
    assert is_locked(shell.office) is late
    assert said.code == (0 if late else 130)
    assert ("recovery_code" in said.json) is late
    key = ("--password-file", secret(WANG))
    assert shell.json(*key, "check")["ok"]


def test_only_the_administrator_takes_the_lock_off_or_changes_the_keys(locked: Locked) -> None:
    locked.add("李芳", "记录员", LI)
    for command in (("password", "--remove"), ("rekey",)):
        said = locked(*command, by=LI)
        assert (said.code, "只有管理员可以做" in said.err) == (1, True)
    assert locked("list", "members").code == 0


def test_new_keys_are_for_the_administrator_alone_and_the_code_is_new(locked: Locked, secret: Secrets) -> None:
    locked.add("李芳", "记录员", LI)
    before = locked.path.read_bytes()
    told = locked("rekey").json
    assert told["removed"] == ["李芳"]
    assert told["recovery_code"] != locked.code
    assert locked("list", "members", by=LI).code == 1
    assert locked("check").json["ok"]
    assert locked.path.read_bytes()[:16] != before[:16]
    recover = ("recover", "--new-password-file", secret(NEW), "--code-file")
    assert "不是这个单位现在的恢复码" in locked(*recover, secret(locked.code), by=None).err
    assert locked(*recover, secret(told["recovery_code"]), by=None).code == 0


def test_the_code_lets_in_who_has_forgotten_and_another_takes_its_place(locked: Locked, secret: Secrets) -> None:
    recover = ("recover", "--new-password-file", secret(NEW), "--code-file")
    told = locked(*recover, secret(locked.code), by=None).json
    assert told["user"] == "王敏"
    assert locked("list", "members", by=WANG).code == 1
    assert locked("list", "members", by=NEW).code == 0
    assert "不是这个单位现在的恢复码" in locked(*recover, secret(locked.code), by=None).err
    assert locked("--user", "李芳", *recover, secret(told["recovery_code"]), by=None).code == 1
    assert "第 2 组抄错了" in locked(*recover, secret(_slip(told["recovery_code"])), by=None).err
    assert locked("log", by=NEW).json["entries"][0]["who"] == "王敏"


def _slip(code: str) -> str:
    """The code with one digit of its second group copied wrongly."""
    return code[:7] + str((int(code[7]) + 1) % 10) + code[8:]


def test_a_plain_office_has_nothing_to_recover_and_no_keys_to_change(shell: Shell, secret: Secrets) -> None:
    code, new = ("--code-file", secret(recovery_code.written(bytes(16)))), ("--new-password-file", secret(NEW))
    for command in (("recover", *code, *new), ("rekey",), ("password", "--remove"), ("users", "--remove", "王敏")):
        said = shell(*command)
        assert (said.code, "没有密码" in said.err or "还没有密码" in said.err) == (1, True), command
    assert "没有密码" in shell("users").out


def test_no_secret_is_ever_said_or_written_down(locked: Locked, secret: Secrets, tmp_path: Path) -> None:
    """Not on the terminal, not in the log of the office, not in what the program keeps for itself."""
    said = [locked.add("李芳", "只读", LI), locked(*SET, by=NEW), locked("users"), locked("check")]
    said += [locked("password", "--new-password-file", secret(NEW)), locked("log", by=NEW)]
    told = "".join(one.out + one.err for one in said)
    kept = b"".join(path.read_bytes() for path in places.user_data().rglob("*") if path.is_file())
    for word in (WANG, LI, NEW, locked.code):
        assert word not in told
        assert word.encode() not in kept
        assert not any(word in path.name for path in tmp_path.rglob("*"))
