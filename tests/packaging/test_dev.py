"""The developer's entry: what it says, what it finds missing, and that a failed check is a failure."""

import os
from pathlib import Path

import checks
import dev
import environment
import pytest
import sample_run
import system_parts


def test_an_unknown_command_explains_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["walk"]) == 2
    said = capsys.readouterr().out
    assert all(f"\n{command} " in said for command in dev.COMMANDS)


def test_a_machine_that_cannot_be_set_up_is_told_why(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_way() -> int:
        raise environment.CannotSetUp("缺少 python3-venv")

    monkeypatch.setattr(dev, "COMMANDS", {"run": no_way})
    assert dev.main(["run"]) == 1
    assert "缺少 python3-venv" in capsys.readouterr().err


def test_a_library_that_does_not_load_is_named_by_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_parts, "QT_LIBRARIES", {"libc.so.6": "libc6", "libnobody-has.so.9": "libnobody-has9"})
    assert system_parts.missing(for_tests=False) == ["libnobody-has9"]


def test_a_program_that_only_checks_need_is_asked_for_by_checks_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_parts, "QT_LIBRARIES", {})
    monkeypatch.setattr(system_parts, "TEST_PROGRAMS", {"program-nobody-has": "nobodys-package"})
    assert system_parts.missing(for_tests=False) == []
    assert system_parts.missing(for_tests=True) == ["nobodys-package"]


def test_without_rights_the_command_to_paste_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system_parts, "QT_LIBRARIES", {"libnobody-has.so.9": "libnobody-has9"})
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    system_parts.install_missing(for_tests=False)
    assert "sudo apt-get update && sudo apt-get install -y libnobody-has9" in capsys.readouterr().err


@pytest.mark.parametrize(("code", "passed"), [(0, True), (3, False)])
def test_a_check_passes_exactly_when_its_tool_does(code: int, passed: bool) -> None:
    outcome = checks.run_check("tool", ["python", "-c", f"raise SystemExit({code})"], dict(os.environ))
    assert outcome.passed is passed
    assert str(outcome).startswith("ok" if passed else "FAILED")


def test_a_display_counts_only_when_its_server_is_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not sample_run.has_display()
    monkeypatch.setenv("DISPLAY", ":64321")
    assert not sample_run.has_display()
    (tmp_path / "wayland-7").touch()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    assert sample_run.has_display()
