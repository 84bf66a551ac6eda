"""Passwords in the real program: set, a new key, and taken off, each while the office is closed and opened again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from taizhang import places
from taizhang.core.access import Role
from taizhang.core.errors import StoreTrouble
from taizhang.desk.application import Program
from taizhang.desk.main_window import MainWindow
from taizhang.desk.messages import Messages
from taizhang.desk.office import Facts, Office
from taizhang.desk.password_dialog import Confirmed, FirstPassword
from taizhang.desk.recovery_sheet_dialog import RecoveryCodeDialog
from taizhang.desk.rekey_dialog import RekeyDialog
from taizhang.desk.security_panel import SecurityPanel
from taizhang.desk.settings_dialog import SettingsDialog
from taizhang.desk.worker import Inline
from taizhang.registry import installed
from taizhang.store import relock
from taizhang.store.connection import is_locked
from taizhang.store.opening import enter
from tests.desk.waiting import until
from tests.offices import NOON, TODAY, Office as Filed

OWN = "apricot tree 7"
codes: list[str] = []


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    del qtbot
    own = tmp_path / "user"
    own.mkdir()
    monkeypatch.setattr(places, "user_data", lambda: own)
    messages = Messages(lambda: NOON)
    made = Program(Inline(messages.unhandled), installed(), messages, who="王敏", today=TODAY, now=lambda: NOON)
    yield made
    made.end()


def _answer(monkeypatch: pytest.MonkeyPatch, kind: type[QDialog]) -> None:
    """Whoever sits before this dialog fills it in and goes on."""

    def fill(dialog: QDialog) -> int:
        if isinstance(dialog, RecoveryCodeDialog):
            codes.append("-".join(group.text() for group in dialog.groups))
            dialog.answer.setText(dialog.groups[dialog.asked - 1].text())
            dialog.go_on.click()
        elif isinstance(dialog, FirstPassword):
            dialog.new.first.setText(OWN)
            dialog.new.again.setText(OWN)
            dialog.go.click()
        elif isinstance(dialog, RekeyDialog | Confirmed):
            dialog.own.setText(OWN)
            dialog.go.click()
        return dialog.result()

    monkeypatch.setattr(kind, "exec", fill)


def _in_settings(program: Program, monkeypatch: pytest.MonkeyPatch, step: str) -> Facts:
    """Open the settings, do this there, and wait for the office to be open again."""
    before = program.window

    def use(dialog: SettingsDialog) -> int:
        panel = dialog.pages["security"]
        assert isinstance(panel, SecurityPanel)
        {"set": panel.set_first, "rekey": panel.rekey, "take off": panel.take_off}[step]()
        return 0

    monkeypatch.setattr(SettingsDialog, "exec", use)
    assert isinstance(before, MainWindow)
    before.door.emit("settings", "security")
    until(lambda: isinstance(program.window, MainWindow) and program.window is not before, "the office open again")
    return _at_work(program).facts


def _at_work(program: Program) -> Office:
    """The open office, once it answers: the first picture comes before the file."""
    assert isinstance(program.window, MainWindow)
    office, answers = program.window.office, list[bool]()
    office.ask(lambda store: store.keys.locked, answers.append)
    until(lambda: answers == [office.facts.locked], "an answer")
    return office


@pytest.mark.usefixtures("full_cost")
def test_an_office_gets_a_password_another_key_and_none_again(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes.clear()
    for kind in (FirstPassword, RecoveryCodeDialog, RekeyDialog, Confirmed):
        _answer(monkeypatch, kind)
    path = tmp_path / "office.tz"
    Filed(path).store.close()
    program.begin(path)
    _at_work(program)
    facts = _in_settings(program, monkeypatch, "set")
    assert (facts.locked, facts.role, facts.who) == (True, Role.ADMIN, "王敏")
    first = enter(path, OWN).key
    facts = _in_settings(program, monkeypatch, "rekey")
    assert facts.locked
    assert enter(path, OWN).key != first
    facts = _in_settings(program, monkeypatch, "take off")
    assert not facts.locked
    assert not is_locked(path)
    program.end()  # the window keeps its settings and memos
    written = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    assert path in written
    assert [file for file, content in written.items() if OWN.encode() in content] == []
    assert len(codes) == 2
    assert [file for file, content in written.items() if any(code.encode() in content for code in codes)] == []


def test_when_locking_fails_the_office_is_open_as_it_was_and_it_is_said(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in (FirstPassword, RecoveryCodeDialog):
        _answer(monkeypatch, kind)
    said: list[Exception] = []
    monkeypatch.setattr(program._messages, "unhandled", said.append)

    def full(*_args: object) -> None:
        raise StoreTrouble("磁盘已满，没有改动。")

    monkeypatch.setattr(relock, "lock_file", full)
    path = tmp_path / "office.tz"
    Filed(path).store.close()
    program.begin(path)
    _at_work(program)
    facts = _in_settings(program, monkeypatch, "set")
    assert not facts.locked
    assert not is_locked(path)
    assert [str(error) for error in said] == ["磁盘已满，没有改动。"]
