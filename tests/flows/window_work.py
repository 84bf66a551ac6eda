"""The program with a window in a locked office: the planted people come in, one is looked at, one is half typed.

`OFFICE BOOK PASSWORD`; says "worked" when all that is kept and shown, and goes on until it is killed.
"""

import os
import sys
import traceback
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from taizhang.desk import application
from taizhang.desk.import_wizard import COLUMNS, RESULT, REVIEW, ImportWizard
from taizhang.desk.ledger_page import LedgerPage
from taizhang.desk.main_window import MainWindow
from taizhang.desk.password_form import PasswordForm
from taizhang.desk.preview import PreviewDialog
from tests.flows.planted import PEOPLE, people
from tests.flows.player import Scene, play, press, shown

_KEPT = 4000  # milliseconds: longer than the pause after which what is typed is kept


def _form() -> PasswordForm | None:
    found = [one for window in QApplication.topLevelWidgets() for one in window.findChildren(PasswordForm)]
    return next((one for one in found if one.isVisible() and one.names.count()), None)


def _enter(password: str) -> None:
    form = _form()
    assert form is not None
    QTest.keyClicks(form.password, password)
    QTest.keyClick(form.password, Qt.Key.Key_Return)


def _window() -> MainWindow:
    found = shown(MainWindow)
    assert found is not None
    return found


def _members() -> LedgerPage:
    return _window().lists["members"]


def _wizard() -> ImportWizard:
    found = shown(ImportWizard)
    assert found is not None
    return found


def _at(step: int) -> bool:
    wizard = shown(ImportWizard)
    return wizard is not None and wizard.pages.currentIndex() == step and wizard.next.isEnabled()


def _printed() -> bool:
    preview = shown(PreviewDialog)
    return preview is not None and preview.save_button.isEnabled()


def _close_preview() -> None:
    preview = shown(PreviewDialog)
    assert preview is not None
    preview.reject()


def _type() -> None:
    fields, somebody = _members().side.form.fields, people()[8]
    for key, text in zip(("name", "phone", "address"), (somebody.name, somebody.phone, somebody.address), strict=True):
        fields[key].entry.put(text, text)
        fields[key].entry.changed.emit()
    QTimer.singleShot(_KEPT, lambda: print("worked", flush=True))  # noqa: T201 - it is how it speaks to the test


def _work(book: Path, password: str) -> None:
    try:
        _play(book, password)
    except AssertionError:
        traceback.print_exc()
        os._exit(1)  # the test waits for the end of what is said


def _play(book: Path, password: str) -> None:
    wanted = people()[7]
    play(
        [
            Scene("the password", _form, lambda: _enter(password)),
            Scene("the office", lambda: shown(MainWindow), lambda: _window().open_page("members")),
            Scene("the page", lambda: "members" in _window().lists, lambda: press(_members(), "导入")),
            Scene("the wizard", lambda: shown(ImportWizard), lambda: _wizard().choose(book)),
            Scene("the columns", lambda: _at(COLUMNS), lambda: press(_wizard(), "下一步")),
            Scene("the review", lambda: _at(REVIEW), lambda: press(_wizard(), "导入")),
            Scene("the result", lambda: _at(RESULT), lambda: press(_wizard(), "完成")),
            Scene("the people", lambda: len(_members().model.rids) == PEOPLE, lambda: press(_members(), "打印")),
            Scene("the paper", _printed, _close_preview),
            Scene("the list", lambda: not shown(PreviewDialog), lambda: _members().bar.search.setText(wanted.phone)),
            Scene("somebody", lambda: len(_members().model.rids) == 1, lambda: press(_members(), "新增")),
            Scene("the form", lambda: _members().side.editing, _type),
        ],
        seconds=90,
    )


if __name__ == "__main__":
    app = QApplication([])
    QTimer.singleShot(0, lambda: _work(Path(sys.argv[2]), sys.argv[3]))
    application.run(Path(sys.argv[1]))
