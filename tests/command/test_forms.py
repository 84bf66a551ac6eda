"""`forms`: an office sees, takes, changes and gives back the texts of its paper forms."""

from pathlib import Path

import pytest

from taizhang import places
from taizhang.registry import installed
from taizhang.store.store import Store
from tests.command.conftest import OFFICE, Secrets, Shell

VISIT = "名称 走访表\n台账 党员名册\n行 10 20 正文 12 | {姓名}\n"
BROKEN = "名称 走访表\n台账 党员名册\n行 10 2o 正文 12 | {性名}\n框 1 2\n"


def written(folder: Path, text: str, name: str = "走访.form") -> Path:
    """A file with that text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_list_tells_key_title_ledger_and_whose_it_is(shell: Shell, tmp_path: Path) -> None:
    found = {form["key"]: form for form in shell.json("forms")["forms"]}
    assert set(found) == {path.stem for path in places.forms().glob("*.form")}
    letter = found["introduction_letter"]
    assert (letter["title"], letter["ledger"]) == ("中国共产党党员组织关系介绍信", "组织关系转接")
    assert (letter["own"], letter["standard"], letter["faults"]) == (False, True, [])
    shell("forms", "--put", "自制-走访", written(tmp_path, VISIT))
    (line,) = [line for line in shell("forms").out.splitlines() if line.startswith("自制-走访")]
    assert line.split() == ["自制-走访", "走访表", "党员名册", "本单位"]


def test_without_an_office_the_shipped_forms_are_listed(bare: Shell) -> None:
    assert "introduction_letter" in {form["key"] for form in bare.json("forms")["forms"]}


def test_a_form_is_taken_changed_put_back_and_made_standard_again(shell: Shell, tmp_path: Path) -> None:
    out = tmp_path / "登记卡.form"
    assert shell.json("forms", "--take", "member_card", out)["file"] == str(out)
    text = out.read_text(encoding="utf-8")
    assert text == (places.forms() / "member_card.form").read_text(encoding="utf-8")
    changed = written(tmp_path, text.replace("名称 党员登记卡", "名称 党员卡片"))
    assert shell.json("forms", "--put", "member_card", changed)["title"] == "党员卡片"
    shell("forms", "--take", "member_card", out)
    assert "名称 党员卡片" in out.read_text(encoding="utf-8")
    assert shell.json("forms", "--standard", "member_card") == {"key": "member_card", "changed": True, "standard": True}
    assert "本来就是标准版式" in shell("forms", "--standard", "member_card").out
    shell("forms", "--take", "member_card", out)
    assert out.read_text(encoding="utf-8") == text


def test_a_form_of_ones_own_is_removed_by_going_back(shell: Shell, tmp_path: Path) -> None:
    shell("forms", "--put", "自制-走访", written(tmp_path, VISIT))
    assert "已删去本单位自己做的表格" in shell("forms", "--standard", "自制-走访").out
    assert shell("forms", "--take", "自制-走访", tmp_path / "x.form").code == 1


@pytest.mark.parametrize("what", [["--check"], ["--put", "visit"]])
def test_faults_are_told_by_file_and_line_and_nothing_is_kept(shell: Shell, tmp_path: Path, what: list[str]) -> None:
    file = written(tmp_path, BROKEN)
    said = shell("forms", *what, file)
    assert said.code == 1
    lines = said.out.splitlines()
    assert [line.partition("：")[0] for line in lines] == [f"走访.form 第 {line} 行" for line in (3, 3, 4)]
    assert "走访.form”有 3 处问题" in said.err
    told = shell("--json", "forms", *what, file).json
    assert [fault["line"] for fault in told["faults"]] == [3, 3, 4]
    assert "visit" not in {form["key"] for form in shell.json("forms")["forms"]}


def test_a_form_without_faults_needs_no_office_to_be_checked(bare: Shell, tmp_path: Path) -> None:
    assert bare.json("forms", "--check", written(tmp_path, VISIT)) == {"title": "走访表", "faults": []}


def test_a_document_or_a_key_of_a_ledger_is_refused(shell: Shell, tmp_path: Path) -> None:
    document = tmp_path / "介绍信.docx"
    document.write_bytes(b"PK\x03\x04" + bytes(100))
    for what in (["--check"], ["--put", "visit"]):
        said = shell("forms", *what, document)
        assert (said.code, said.out) == (1, "")
        assert said.err.startswith("“介绍信.docx”是Word、Excel 文档或压缩包，不是表格版式，没有改动")
    said = shell("forms", "--put", "members", written(tmp_path, VISIT))
    assert (said.code, said.err.strip()) == (1, "“members”是台账“党员名册”的代号，没有改动；请给表格另起一个代号。")


def test_an_unknown_key_is_refused_with_those_there_are(shell: Shell, tmp_path: Path) -> None:
    for what in (["--take", "letter", tmp_path / "x.form"], ["--standard", "letter"]):
        said = shell("forms", *what)
        assert (said.code, "没有“letter”这份表格" in said.err, "introduction_letter" in said.err) == (1, True, True)
    assert not (tmp_path / "x.form").exists()


def test_one_thing_at_a_time(shell: Shell) -> None:
    assert shell("forms", "--check", "a.form", "--standard", "member_card").code == 2


def test_a_broken_own_form_is_listed_as_such_and_not_printed(shell: Shell, tmp_path: Path) -> None:
    text = (places.forms() / "member_card.form").read_text(encoding="utf-8")
    shell("forms", "--put", "member_card", written(tmp_path, text))
    break_own_form(shell, "member_card", BROKEN)
    (line,) = [line for line in shell("forms").out.splitlines() if line.startswith("member_card")]
    assert line.endswith("本单位，有 3 处问题")
    said = shell("print", "member_card", tmp_path / "卡.pdf", "--id", shell.id_of("张伟"))
    assert said.code == 1
    assert said.err.startswith("member_card.form 第 3 行：“2o”不是数字")
    assert "“恢复标准版式”" in said.err
    assert not (tmp_path / "卡.pdf").exists()


def break_own_form(shell: Shell, key: str, text: str) -> None:
    """What an older program kept may be broken for this one."""
    assert shell.office
    store = Store.open(shell.office, installed())
    store.keep(f"form:{key}", text)
    store.close(with_backup=False)


def test_readers_take_forms_and_change_none(shell: Shell, secret: Secrets, tmp_path: Path) -> None:
    shell.office = tmp_path / "锁.tz"
    admin = ("--password-file", secret("杏花 春雨 江南"))
    reader = ("--password-file", secret("小桥 流水 人家"))
    shell.json("--user", "王敏", "new", shell.office, "--name", OFFICE, "--kind", "社区党委", *admin)
    shell.json(*admin, "users", "--add", "李芳", "--role", "只读", "--new-password-file", secret("小桥 流水 人家"))
    assert shell(*reader, "forms", "--take", "member_card", tmp_path / "x.form").code == 0
    for change in (["--put", "visit", written(tmp_path, VISIT)], ["--standard", "member_card"]):
        said = shell(*reader, "forms", *change)
        assert (said.code, said.err[:18]) == (1, "这一步只有记录员或管理员可以做，没有")


def test_the_self_check_lists_the_forms_and_fails_on_a_broken_one(
    bare: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "introduction_letter" in bare.json("--self-check")["forms"]
    monkeypatch.setattr(places, "forms", lambda: tmp_path)
    said = bare("--self-check")
    assert (said.code, "缺少：表格。" in said.err) == (1, True)
    written(tmp_path, VISIT.replace("{姓名}", "{性名}"), "visit.form")
    said = bare("--self-check")
    assert said.code == 1
    assert "缺少：表格（visit.form 第 3 行：“党员名册”里没有“性名”这一栏，是不是“性别”？）" in said.err
