"""How the program ends: exit codes, sentences, one JSON object, a log without names; and what it does not load."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from taizhang import faults
from taizhang.command import program
from taizhang.command.teller import Teller
from taizhang.core.errors import Cancelled
from tests.command.conftest import Said, Shell, started

HEAVY = ("PySide6", "openpyxl", "reportlab", "python_calamine")


def _loaded(*arguments: object) -> set[str]:
    """The big libraries that a command has loaded by its end."""
    code = "import sys; from taizhang.__main__ import main; code = main(sys.argv[1:]); "
    code += f"print(code, *[name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code, *map(str, arguments)], capture_output=True, check=False)
    ended, *names = done.stderr.decode().splitlines()[-1].split()
    assert ended == "0", done.stderr.decode()
    return set(names)


def test_a_command_loads_no_qt_and_only_the_libraries_it_needs(shell: Shell, tmp_path: Path) -> None:
    office = ["--office", shell.office]
    assert _loaded(*office, "list", "members") == set()
    assert _loaded(*office, "set", "members", "name=王五") == set()
    assert "PySide6" not in _loaded(*office, "print", "members", tmp_path / "a.pdf")
    assert "PySide6" not in _loaded(*office, "export", "members", tmp_path / "a.xlsx")
    assert "PySide6" not in _loaded(*office, "import", "members", tmp_path / "a.xlsx")


def test_refused_is_1_with_one_sentence_and_nothing_on_stdout(shell: Shell) -> None:
    assert shell("redo") == Said(1, "", "没有可以恢复的操作，没有改动。\n")


def test_a_refusal_is_one_json_object_too(shell: Shell) -> None:
    said = shell("--json", "redo")
    assert said.code == 1
    assert said.json == {"error": "没有可以恢复的操作，没有改动。"}


def test_a_damaged_file_is_trouble(shell: Shell) -> None:
    assert shell.office
    data = bytearray(shell.office.read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    shell.office.write_bytes(data)
    said = shell("list", "members")
    assert said.code == 3
    assert "备份" in said.err


def test_a_missing_file_and_a_file_of_another_kind_are_refused(bare: Shell, tmp_path: Path) -> None:
    assert bare("--office", tmp_path / "无.tz", "list", "members").code == 1
    other = tmp_path / "信.tz"
    other.write_text("不是台账" * 500, encoding="utf-8")
    assert bare("--office", other, "list", "members").code in {1, 3}
    assert other.read_text(encoding="utf-8") == "不是台账" * 500


def test_cancelling_is_130_and_changes_nothing(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    roster = tmp_path / "名册.xlsx"
    shell("export", "members", roster, "--columns", "name,branch")
    for name in ("张伟", "李芳", "单雄"):
        shell("void", "members", shell.id_of(name), "--reason", "试")

    def stop(_teller: Teller, _done: int, _total: int, what: str) -> None:
        if what == "正在写入":
            raise Cancelled

    with monkeypatch.context() as patch:
        patch.setattr(Teller, "progress", stop)
        said = shell("import", "members", roster)
    assert said == Said(130, "", "已取消，没有改动。\n")
    assert shell.json("list", "members")["total"] == 0
    assert shell.json("import", "members", roster)["added"] == 3


def test_ctrl_c_is_130(capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*_given: object) -> int:
        raise KeyboardInterrupt

    assert program.run([], interrupted) == 130
    assert capsys.readouterr().err == "已取消，没有改动。\n"


def test_our_own_mistake_is_3_and_its_log_holds_no_names(capsys: pytest.CaptureFixture[str]) -> None:
    def mistaken(*_given: object) -> int:
        try:
            return {"张伟": 0}["李芳"]
        except KeyError as cause:
            raise ValueError("张伟 19900000001") from cause

    assert program.run([], mistaken) == 3
    assert str(faults.log_file()) in capsys.readouterr().err
    log = faults.log_file().read_text(encoding="utf-8")
    assert "ValueError" in log
    assert "test_program.py" in log
    assert not any(word in log for word in ("张伟", "李芳", "1990"))


def test_the_window_is_refused_where_there_is_no_display(bare: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    said = bare()
    assert said.code == 1
    assert "没有显示器" in said.err


def test_pipes_carry_utf8_whatever_the_system_says(shell: Shell) -> None:
    done = started("--office", shell.office, "list", "members", PYTHONIOENCODING="gbk", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "张伟" in done.stdout.decode("utf-8")
    wrong = started("list", "people", PYTHONIOENCODING="gbk", PYTHONUTF8="0")
    assert wrong.returncode == 2
    assert "没有“people”这个台账" in wrong.stderr.decode("utf-8")


def test_a_reader_that_has_seen_enough_is_no_error(shell: Shell) -> None:
    command = [sys.executable, "-m", "taizhang", "--office", str(shell.office), "list", "members"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
