"""`handover`: in one go, or not at all."""

from pathlib import Path

import pytest

from taizhang import handover
from taizhang.core.errors import StoreTrouble
from taizhang.store.opening import enter, enter_by_code
from tests.command.conftest import OFFICE, Said, Secrets, Shell
from tests.press.reading import read_pdf

WANG, LI, ZHAO = "杏花 春雨 江南", "小桥 流水 人家", "古道 西风 瘦马"
PEOPLE = ("--from", "王敏", "--to", "赵小刚", "--witness", "陈明")


def text_of(path: Path) -> str:
    return "".join(word.text for page in read_pdf(path.read_bytes()) for word in page.words)


class Locked:
    """The program on an office with a password; 王敏 is its administrator, 李强 a recorder."""

    def __init__(self, shell: Shell, secret: Secrets, path: Path) -> None:
        shell.office = self.path = path
        self._shell, self._secret = shell, secret
        made = self("--user", "王敏", "new", path, "--name", OFFICE, "--kind", "社区党委")
        self.code = made.json["recovery_code"]
        assert self("users", "--add", "李强", "--role", "记录员", "--new-password-file", secret(LI)).code == 0

    def __call__(self, *arguments: object, by: str = WANG, plain: bool = False) -> Said:
        """One command, with the password `by`."""
        return self._shell(*([] if plain else ["--json"]), "--password-file", self._secret(by), *arguments)

    def hand_over(self, out: Path, *more: object, by: str = WANG, plain: bool = False) -> Said:
        """To 赵小刚, with a new password."""
        new = ("--new-password-file", self._secret(ZHAO))
        return self("handover", out, *PEOPLE, *new, *more, by=by, plain=plain)


@pytest.fixture
def locked(shell: Shell, secret: Secrets, tmp_path: Path) -> Locked:
    return Locked(shell, secret, tmp_path / "锁.tz")


def test_a_plain_office_is_counted_and_its_list_is_kept(shell: Shell, tmp_path: Path) -> None:
    out = tmp_path / "清单.pdf"
    said = shell.json("--user", "王敏", "handover", out, *PEOPLE)
    assert said["file"] == str(out)
    assert said["ledgers"]["members"] == 3
    assert said["open"] > 0
    assert "recovery_code" not in said
    text = text_of(out)
    for part in (OFFICE, "王敏", "赵小刚", "陈明", "没有设密码"):
        assert part in text
    kinds = [entry["kind"] for entry in shell.json("log")["entries"]]
    assert kinds == ["handover", "print"]


def test_a_locked_office_changes_hands_and_says_the_new_code(locked: Locked, tmp_path: Path) -> None:
    """R-PRIV-04."""
    out = tmp_path / "清单.pdf"
    said = locked.hand_over(out)
    assert (said.code, said.err) == (0, "")
    assert (said.json["user"], said.json["removed"]) == ("赵小刚", ["王敏", "李强"])
    assert enter_by_code(locked.path, said.json["recovery_code"]).key == enter(locked.path, ZHAO).key
    assert said.json["recovery_code"] != locked.code
    for gone in (WANG, LI):
        assert "密码不对" in locked("list", "members", by=gone).err
    assert locked("users", by=ZHAO).json["users"] == [{"name": "赵小刚", "role": "管理员"}]
    assert locked("check", by=ZHAO).json == {"ok": True, "problems": []}
    text = text_of(out)
    for part in ("李强记录员已移除", "原密钥编号", "—管理员"):
        assert part in text


def test_people_are_told_the_code_and_whom_to_add_again(locked: Locked, tmp_path: Path) -> None:
    said = locked.hand_over(tmp_path / "清单.pdf", plain=True)
    assert said.code == 0
    for part in ("王敏 已移交给 赵小刚", "恢复码：", "重新添加：王敏、李强"):
        assert part in said.out
    assert ZHAO not in said.out + said.err


def test_a_recorder_does_not_hand_over(locked: Locked, tmp_path: Path) -> None:
    before = locked.path.read_bytes()
    said = locked.hand_over(tmp_path / "清单.pdf", by=LI)
    assert (said.code, "管理员" in said.err) == (1, True)
    assert not (tmp_path / "清单.pdf").exists()
    assert locked("users").json["users"][0]["name"] == "王敏"
    assert locked.path.read_bytes() == before


def test_a_file_that_is_there_is_not_overwritten_and_nothing_is_handed_over(locked: Locked, tmp_path: Path) -> None:
    out = tmp_path / "清单.pdf"
    out.write_bytes(b"%PDF of last year")
    said = locked.hand_over(out)
    assert (said.code, "已经存在" in said.err) == (1, True)
    assert out.read_bytes() == b"%PDF of last year"
    assert locked("users").code == 0


def test_a_list_that_cannot_be_written_hands_nothing_over(locked: Locked, tmp_path: Path) -> None:
    said = locked.hand_over(tmp_path / "没有这个文件夹" / "清单.pdf")
    assert (said.code, "写不进" in said.err) == (1, True)
    assert locked("users").code == 0


def test_the_password_of_who_takes_over_must_be_named_where_there_is_one(
    locked: Locked, shell: Shell, secret: Secrets, tmp_path: Path
) -> None:
    out = tmp_path / "清单.pdf"
    said = locked("handover", out, *PEOPLE)
    assert (said.code, "--new-password-file" in said.err) == (1, True)
    shell.office = tmp_path / "杏花.tz"
    said = shell("handover", out, *PEOPLE, "--new-password-file", secret(ZHAO))
    assert (said.code, "没有密码" in said.err) == (1, True)
    assert not out.exists()


def test_nobody_hands_over_to_oneself(shell: Shell, tmp_path: Path) -> None:
    said = shell("handover", tmp_path / "清单.pdf", "--from", "王敏", "--to", " 王敏")
    assert (said.code, "同一位" in said.err) == (2, True)


def test_when_the_keys_cannot_be_changed_no_list_stays(
    locked: Locked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program may take the file between the count and the change."""

    def busy(*_arguments: object) -> None:
        raise StoreTrouble("正由另一个程序使用，没有改动。")

    monkeypatch.setattr(handover, "rekey_file", busy)
    said = locked.hand_over(tmp_path / "清单.pdf")
    assert (said.code, "另一个程序" in said.err) == (3, True)
    assert not (tmp_path / "清单.pdf").exists()
    assert locked("users").code == 0
