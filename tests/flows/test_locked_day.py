"""A day with a password: in, at work, away from the desk with a wizard open, back, and home (R-PRIV-02)."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from taizhang import places
from taizhang.desk.application import Program
from taizhang.desk.cover import NEUTRAL
from taizhang.desk.import_wizard import ImportWizard
from taizhang.desk.ledger_page import LedgerPage
from taizhang.desk.lock_screen import LockDialog
from taizhang.desk.main_window import MainWindow
from taizhang.desk.messages import Messages
from taizhang.desk.password_form import PasswordForm
from taizhang.desk.unlock_page import UnlockPage
from taizhang.desk.worker import Threads
from taizhang.places import resources
from taizhang.registry import installed
from taizhang.store.opening import enter
from taizhang.store.query import Query
from taizhang.store.shelf import list_backups
from taizhang.store.store import Store
from tests.desk.locked import PASSWORDS, WANG, locked_file
from tests.flows.player import Scene, play, press, shown

pytestmark = pytest.mark.xvfb
_NEW = "Anjing"


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    del qtbot
    folder = tmp_path / "user"
    folder.mkdir()
    monkeypatch.setattr(places, "user_data", lambda: folder)
    messages = Messages(datetime.now)
    worker = Threads(messages.unhandled)
    made = Program(worker, installed(), messages)
    yield made
    worker.close()
    made.end()


class User:
    """What a user sees of the program, and does with it."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.seen: dict[str, object] = {}

    def window(self) -> MainWindow:
        found = shown(MainWindow)
        assert found is not None
        return found

    def members(self) -> LedgerPage:
        return self.window().lists["members"]

    def asked(self) -> PasswordForm | None:
        """Where the password is asked for."""
        page = self.program.window.centralWidget() if self.program.window else None
        dialog = shown(LockDialog)
        form = dialog.form if dialog else page.form if isinstance(page, UnlockPage) else None
        return form if form and form.names.count() else None

    def enter(self) -> None:
        form = self.asked()
        assert form is not None
        QTest.keyClicks(form.password, PASSWORDS[WANG])
        QTest.keyClick(form.password, Qt.Key.Key_Return)

    def copy_and_leave_the_desk(self, wizard: ImportWizard) -> None:
        wizard.activateWindow()
        QApplication.clipboard().setText("欧阳喆")
        self.seen["copied"] = QApplication.clipboard().text()
        QTest.keyClick(wizard.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    def look_at_the_locked_screen(self) -> None:
        self.seen["clipboard"] = QApplication.clipboard().text()
        self.seen["titles"] = {one.windowTitle() for one in QApplication.topLevelWidgets() if one.isVisible()}
        self.enter()

    def back_at(self, step: str) -> bool:
        open_one = shown(ImportWizard)
        return shown(LockDialog) is None and open_one is not None and step in open_one.windowTitle()

    def type_name(self) -> None:
        self.members().side.form.fields["name"].entry.put(_NEW, _NEW)
        self.members().side.form.fields["name"].entry.changed.emit()
        self.members().side.form.save()

    def close(self) -> None:
        self.window().close()


def test_from_the_password_to_the_backup(program: Program, tmp_path: Path) -> None:
    file = locked_file(tmp_path)
    roster = next((resources() / "sample").glob("1 *.xlsx"))
    user = User(program)
    program.begin(file)
    play(
        [
            Scene("the password", user.asked, user.enter),
            Scene("the office", lambda: shown(MainWindow), lambda: user.window().open_page("members")),
            Scene("the people", lambda: user.members().model.rids, lambda: press(user.members(), "导入")),
            Scene("the wizard", lambda: shown(ImportWizard), lambda: _wizard().choose(roster)),
            Scene("its columns", _can_go_on, lambda: user.copy_and_leave_the_desk(_wizard())),
            Scene("the lock", user.asked, user.look_at_the_locked_screen),
            Scene("the wizard again", lambda: user.back_at("导入"), lambda: _wizard().reject()),
            Scene("the page", lambda: not shown(ImportWizard), lambda: press(user.members(), "新增")),
            Scene("the form", lambda: user.members().side.editing, user.type_name),
            Scene("the record", lambda: user.members().bar.count.text() == "4 人", user.close),
            Scene("the end", lambda: shown(MainWindow) is None, lambda: None),
        ],
        seconds=90,
    )
    assert (user.seen["copied"], user.seen["clipboard"], user.seen["titles"]) == ("欧阳喆", "", {NEUTRAL})
    assert len(list_backups(file)) == 1
    store = Store.open(file, installed(), access=enter(file, PASSWORDS[WANG], WANG))
    assert len(store.rids(Query("members", search=_NEW))) == 1
    store.close(with_backup=False)


def _can_go_on() -> bool:
    return _wizard().next.isEnabled()


def _wizard() -> ImportWizard:
    found = shown(ImportWizard)
    assert found is not None
    return found
