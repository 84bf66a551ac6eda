"""The real program with its threads, and somebody who comes into an office with a password."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from taizhang.desk.application import Program
from taizhang.desk.front import FrontWindow
from taizhang.desk.main_window import MainWindow
from taizhang.desk.password_form import PasswordForm
from taizhang.desk.unlock_page import UnlockPage
from tests.desk.locked import PASSWORDS
from tests.desk.waiting import until


def unlock_page(program: Program) -> UnlockPage:
    """The page that asks for the password, the users on it."""
    assert isinstance(program.window, FrontWindow)
    found = program.window.centralWidget()
    assert isinstance(found, UnlockPage)
    until(lambda: found.form.names.count() > 0, "the users")
    return found


def give(form: PasswordForm, name: str, password: str = "") -> None:
    """Choose a user, type a password (theirs, if none is named) and press Enter."""
    until(lambda: form.names.findData(name) >= 0, "the users")
    form.names.setCurrentIndex(form.names.findData(name))
    form.password.clear()
    QTest.keyClicks(form.password, password or PASSWORDS[name])
    QTest.keyClick(form.password, Qt.Key.Key_Return)


def office(program: Program) -> MainWindow:
    """The window of the office, once its file is open and all that was asked is answered."""
    until(lambda: isinstance(program.window, MainWindow), "the office")
    window = program.window
    assert isinstance(window, MainWindow)
    settle(window)
    return window


def settle(window: MainWindow) -> None:
    """Wait until the file's thread has done what was asked of it."""
    answers: list[int] = []
    window.office.ask(lambda store: store.root, answers.append)
    until(lambda: bool(answers), "the file's thread")


def enter(program: Program, path: Path, name: str) -> MainWindow:
    """Open the office as one of its users."""
    program.open(path)
    give(unlock_page(program).form, name)
    return office(program)
