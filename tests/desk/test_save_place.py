"""Where a file is saved: it ends as its kind does, whatever was typed, and nothing is overwritten unasked."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from taizhang.desk.save_place import ask_place


def _typed(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (name, ""))


@pytest.mark.parametrize("suffix", [".tz", ".pdf", ".xlsx"])
@pytest.mark.parametrize("typed", ["第一支部", "第一支部.2026"])
def test_a_name_without_its_ending_gets_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, typed: str
) -> None:
    _typed(monkeypatch, str(tmp_path / typed))
    assert ask_place(None, "保存", tmp_path / f"名册{suffix}") == tmp_path / f"{typed}{suffix}"


def test_a_name_with_its_ending_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "名册.PDF").touch()  # the dialog has asked whether it may go
    _typed(monkeypatch, str(tmp_path / "名册.PDF"))
    assert ask_place(None, "保存", tmp_path / "a.pdf") == tmp_path / "名册.PDF"


def test_what_the_dialog_did_not_ask_about_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("名册.pdf", "名册（2）.pdf"):
        (tmp_path / name).touch()
    _typed(monkeypatch, str(tmp_path / "名册"))
    assert ask_place(None, "保存", tmp_path / "a.pdf") == tmp_path / "名册（3）.pdf"


def test_nothing_chosen_is_no_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _typed(monkeypatch, "")
    assert ask_place(None, "保存", tmp_path / "a.pdf") is None
