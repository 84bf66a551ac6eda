"""The program as a whole: from the welcome page into an office, and errors by their kind."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from taizhang import faults, last_office, places
from taizhang.core.access import Role
from taizhang.core.errors import Cancelled, Refused, StoreTrouble
from taizhang.desk.application import Program
from taizhang.desk.first_figures import count
from taizhang.desk.first_page import FirstPage
from taizhang.desk.main_window import MainWindow
from taizhang.desk.messages import Messages
from taizhang.desk.worker import Inline
from taizhang.registry import installed
from taizhang.store import keyring
from taizhang.store.connection import is_locked
from tests.offices import NOON, TODAY, Office as Filed


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings and logs of the test's own."""
    folder = tmp_path / "user"
    folder.mkdir()
    monkeypatch.setattr(places, "user_data", lambda: folder)


@pytest.fixture
def boxes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was said in dialogs, which nobody is there to close."""
    said: list[str] = []

    def run(box: QMessageBox) -> int:
        said.append(box.text())
        return 0

    monkeypatch.setattr(QMessageBox, "exec", run)
    return said


@pytest.fixture
def program(qtbot: QtBot) -> Iterator[Program]:
    del qtbot
    messages = Messages(lambda: NOON)
    made = Program(Inline(messages.unhandled), installed(), messages, who="王敏", today=TODAY, now=lambda: NOON)
    yield made
    made.end()


def test_without_an_office_the_welcome_page_is_shown(program: Program) -> None:
    program.begin(None)
    assert program.welcome is not None
    assert program.welcome.isVisible()


def test_a_new_office_is_made_and_opened(program: Program, tmp_path: Path) -> None:
    program.begin(None)
    assert program.welcome is not None
    program.welcome.create_asked.emit("中共杏花社区委员会", "社区党委", tmp_path / "杏花.tz", None)
    assert isinstance(program.window, MainWindow)
    assert program.window.office.facts.name == "中共杏花社区委员会"
    assert last_office.last() == tmp_path / "杏花.tz"


def test_a_new_office_with_a_password_is_locked_and_its_first_user_is_in(program: Program, tmp_path: Path) -> None:
    program.begin(None)
    assert program.welcome is not None
    ring, access, _code = keyring.create("李静", "apricot tree 7")
    program.welcome.create_asked.emit("中共杏花社区委员会", "社区党委", tmp_path / "杏花.tz", (ring, access))
    assert isinstance(program.window, MainWindow)
    facts = program.window.office.facts
    assert (facts.locked, facts.role, facts.who) == (True, Role.ADMIN, "李静")
    assert is_locked(tmp_path / "杏花.tz")


def test_an_office_is_opened_straight_away(program: Program, tmp_path: Path) -> None:
    Filed(tmp_path / "office.tz").store.close()
    program.begin(tmp_path / "office.tz")
    assert isinstance(program.window, MainWindow)
    assert program.window.office.facts.who == "王敏"


def test_what_the_file_remembers_is_shown_before_it_is_opened(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    filed = Filed(tmp_path / "office.tz")
    figures = count(filed.store)
    filed.store.close()
    program.begin(tmp_path / "office.tz")
    assert isinstance(program.window, MainWindow)
    page, office = program.window.page, program.window.office
    assert isinstance(page, FirstPage)
    assert page.filled
    assert office.facts.name == figures.name
    answers: list[int] = []
    office.ask(lambda store: store.root, answers.append)
    assert answers == []
    qtbot.waitUntil(lambda: answers == [filed.store.root])


def test_a_file_that_is_no_office_is_said_on_the_welcome_page(program: Program, tmp_path: Path) -> None:
    (tmp_path / "note.tz").write_text("not an office", encoding="utf-8")
    program.begin(tmp_path / "note.tz")
    assert program.welcome is not None
    assert "不是台账文件" in program.welcome.warning.text.text()


def test_one_office_gives_way_to_another_without_the_program_ending(program: Program, tmp_path: Path) -> None:
    for name in ("one.tz", "other.tz"):
        Filed(tmp_path / name).store.close()
    program.begin(tmp_path / "one.tz")
    assert isinstance(program.window, MainWindow)
    program.window.door.emit("open", tmp_path / "other.tz")
    assert isinstance(program.window, MainWindow)
    assert program.window.office.facts.path == tmp_path / "other.tz"
    program.window.door.emit("welcome", None)
    assert program.welcome is not None
    assert QApplication.quitOnLastWindowClosed()


def test_a_refusal_is_a_line_a_danger_is_a_dialog(qtbot: QtBot, boxes: list[str]) -> None:
    del qtbot
    messages, said = Messages(lambda: NOON), list[str]()
    messages.say = said.append
    messages.unhandled(Refused("没有改动。"))
    messages.unhandled(Cancelled())
    messages.unhandled(StoreTrouble("磁盘已满，原来的内容还在。"))
    assert said == ["没有改动。", "已取消，没有改动。"]
    assert boxes == ["磁盘已满，原来的内容还在。"]


def test_our_own_error_is_written_down_without_a_word_of_the_data(qtbot: QtBot, boxes: list[str]) -> None:
    del qtbot
    Messages(lambda: datetime(2026, 11, 21, 12)).unhandled(KeyError("欧阳喆"))  # noqa: DTZ001 - the office's own clock
    log = faults.log_file().read_text(encoding="utf-8")
    assert "KeyError" in log
    assert "欧阳喆" not in log + boxes[0]
    assert str(faults.log_file()) in boxes[0]
