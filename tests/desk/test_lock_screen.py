"""The locked screen: everything hidden, nothing closed, and all of it back as it was (R-PRIV-02)."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QInputDialog, QLabel, QLineEdit, QMenu, QVBoxLayout

from taizhang.core.access import Role
from taizhang.desk.application import Program
from taizhang.desk.cover import NEUTRAL
from taizhang.desk.ledger_page import LedgerPage
from taizhang.desk.lock_screen import LockDialog
from taizhang.desk.main_window import MainWindow
from taizhang.desk.theme import colour
from taizhang.registry import installed
from taizhang.store.opening import enter as enter_file
from taizhang.store.shelf import list_backups
from taizhang.store.store import Store
from tests.desk.entered import enter, give, office, settle, unlock_page
from tests.desk.locked import LI, PASSWORDS, WANG, ZHAO, locked_file
from tests.desk.waiting import until
from tests.offices import Office as Filed


@pytest.fixture
def window(program: Program, tmp_path: Path) -> MainWindow:
    """The office, entered by its administrator."""
    return enter(program, locked_file(tmp_path), WANG)


def locked(program: Program) -> LockDialog:
    """The dialog that asks for the password, the screen being locked."""
    assert program.sentry is not None
    program.sentry.lock()
    dialog = program.sentry.screen.dialog
    assert dialog is not None
    return dialog


def is_locked(program: Program) -> bool:
    return program.sentry is not None and program.sentry.locked


def unlock(program: Program, name: str = WANG) -> None:
    assert program.sentry is not None
    dialog = program.sentry.screen.dialog
    assert dialog is not None
    give(dialog.form, name)
    until(lambda: not is_locked(program), "the unlocked screen")


def is_blank(window: MainWindow | QDialog) -> bool:
    """Whether a picture of the window shows the sheet and nothing else, but for the lock in the middle."""
    picture = window.grab().toImage()
    ground = colour("ground").rgb()
    across = range(0, picture.width(), 7)
    rows = [*range(0, picture.height() // 2 - 40, 7), *range(picture.height() // 2 + 40, picture.height(), 7)]
    return all(picture.pixelColor(x, y).rgb() == ground for x in across for y in rows)


def members(window: MainWindow) -> LedgerPage:
    window.open_page("members")
    settle(window)
    page = window.lists["members"]
    until(lambda: len(page.model.rids) > 0, "the members")
    return page


# -- hidden ------------------------------------------------------------------------------------------------------------


def test_not_a_word_of_the_office_is_on_the_locked_screen(program: Program, window: MainWindow) -> None:
    members(window)
    window.door.emit("help", "members")
    windows = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    assert len(windows) == 2
    assert not is_blank(window)
    locked(program)
    assert is_blank(window)
    assert {one.windowTitle() for one in QApplication.topLevelWidgets() if one.isVisible()} == {NEUTRAL}
    window.resize(window.width() + 90, window.height() + 60)
    QTest.qWait(10)
    assert is_blank(window)


def test_a_dialog_stays_open_and_comes_back_as_it_was(program: Program, window: MainWindow) -> None:
    seen: list[object] = []

    def meanwhile() -> None:
        dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QInputDialog))
        line = dialog.findChildren(QLineEdit)[0]
        line.setText("登记重复")
        line.setSelection(1, 2)
        locked(program)
        seen.append(is_blank(window))
        seen.append(dialog.windowTitle())
        seen.append(dialog.isVisible())
        unlock(program)
        seen.append((line.text(), line.selectedText(), line.hasFocus(), dialog.windowTitle()))
        dialog.accept()

    QTimer.singleShot(50, meanwhile)
    assert QInputDialog.getText(window, "作废记录", "作废原因：") == ("登记重复", True)
    assert seen == [True, NEUTRAL, True, ("登记重复", "记重", True, "作废记录")]


def test_a_form_keeps_what_is_typed_and_the_cursor(program: Program, window: MainWindow) -> None:
    page = members(window)
    page.bar.press("add")
    settle(window)
    entry = page.side.form.fields["name"].entry
    line = entry if isinstance(entry, QLineEdit) else entry.findChildren(QLineEdit)[0]
    line.setFocus()
    QTest.keyClicks(line, "An Jing")
    locked(program)
    unlock(program)
    assert line.text() == "An Jing"
    assert line.hasFocus()
    assert page.side.editing


@pytest.mark.qt_log_ignore("grabbing the keyboard")
def test_menus_and_lists_that_are_open_go(program: Program, window: MainWindow) -> None:
    page = members(window)
    menu = QMenu(window)
    menu.addAction("欧阳喆")
    menu.popup(window.mapToGlobal(window.rect().center()))
    assert menu.isVisible()
    locked(program)
    assert not menu.isVisible()
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] != []
    unlock(program)
    assert page.isVisible()


def test_a_window_that_comes_up_while_it_is_locked_is_hidden_too(program: Program, window: MainWindow) -> None:
    dialog = QDialog(window)
    dialog.setWindowTitle("欧阳喆")
    dialog.setModal(True)
    QVBoxLayout(dialog).addWidget(QLabel("欧阳喆"), 0, Qt.AlignmentFlag.AlignTop)
    dialog.resize(300, 200)
    asks = locked(program)
    dialog.show()
    assert is_blank(dialog)
    assert dialog.windowTitle() == NEUTRAL
    dialog.setWindowTitle("卢梅")
    assert dialog.windowTitle() == NEUTRAL
    until(lambda: QApplication.activeModalWidget() is asks, "the password above it")
    unlock(program)
    assert dialog.windowTitle() == "卢梅"
    assert not is_blank(dialog)
    dialog.close()


@pytest.mark.qt_log_ignore("grabbing the keyboard")
def test_the_list_of_users_on_the_lock_is_not_hidden(program: Program, window: MainWindow) -> None:
    del window
    form = locked(program).form
    until(lambda: form.names.count() == 3, "the users")
    form.names.showPopup()
    view = form.names.view()
    assert view.isVisible()
    QTest.qWait(20)
    assert view.isVisible()
    assert isinstance(form.names, QComboBox)
    form.names.hidePopup()
    unlock(program)


# -- the password ------------------------------------------------------------------------------------------------------


def test_neither_escape_nor_closing_unlocks(program: Program, window: MainWindow) -> None:
    dialog = locked(program)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    dialog.close()
    dialog.reject()
    assert dialog.isVisible()
    assert is_locked(program)
    assert is_blank(window)


def test_a_wrong_password_counts_with_those_of_the_first_page(program: Program, window: MainWindow) -> None:
    dialog = locked(program)
    for _ in range(5):
        dialog.form.password.setText("apricot")
        give(dialog.form, WANG, "apricot")
        until(lambda: "密码不对" in dialog.form.said.text() and dialog.form.names.isEnabled(), "the refusal")
    assert program.entering.tries(window.office.facts.path).pause() > 0
    assert not dialog.form.go.isEnabled()
    assert is_locked(program)


def test_a_file_that_is_out_of_reach_for_a_while_can_be_tried_again(program: Program, window: MainWindow) -> None:
    """The stick came loose: that is no wrong password, and no reason to stay locked for ever."""
    path, dialog = window.office.facts.path, locked(program)
    until(lambda: dialog.form.names.count() > 0, "the users")
    path.rename(path.with_name("away"))
    give(dialog.form, WANG)
    until(dialog.form.go.isEnabled, "the answer")
    assert dialog.form.said.text().strip()
    assert program.entering.tries(path).pause() == 0
    assert is_locked(program)
    path.with_name("away").rename(path)
    give(dialog.form, WANG)
    until(lambda: not is_locked(program), "the office")


def test_the_lock_asks_in_the_middle_of_the_window(program: Program, window: MainWindow) -> None:
    window.move(90, 60)
    dialog = locked(program)
    off = dialog.frameGeometry().center() - window.frameGeometry().center()
    assert off.manhattanLength() < window.height() // 4  # it grows downwards when there are users to choose from


def test_locking_twice_is_locking_once(program: Program, window: MainWindow) -> None:
    assert locked(program) is locked(program)
    unlock(program)
    assert not is_blank(window)


def test_without_a_password_there_is_no_lock_but_names_are_hidden(program: Program, tmp_path: Path) -> None:
    Filed(tmp_path / "office.tz").store.close()
    program.open(tmp_path / "office.tz")
    window = office(program)
    window.door.emit("lock", None)
    assert not is_locked(program)
    assert window.office.masked
    assert "没有密码" in window.status.said.text()


# -- who comes back ----------------------------------------------------------------------------------------------------


def test_another_of_the_same_role_goes_on_where_the_first_left(program: Program, window: MainWindow) -> None:
    window.office.ask(lambda store: store.keys.add("陈立", Role.ADMIN, "walnut shell 5"), lambda _none: None)
    page = members(window)
    page.bar.press("add")
    locked(program)
    assert program.sentry is not None
    assert program.sentry.screen.dialog is not None
    give(program.sentry.screen.dialog.form, "陈立", "walnut shell 5")
    until(lambda: not is_locked(program), "the unlocked screen")
    settle(window)
    assert program.window is window
    assert page.side.editing
    assert window.status.who.text() == "陈立"
    lines: list[str] = []
    window.office.ask(lambda store: (store.who, store.log.lines(1)[0].what), lines.extend)
    until(lambda: bool(lines), "the log")
    assert lines == ["陈立", "陈立 接替 王敏"]


def test_one_of_another_role_gets_pages_made_anew_and_the_draft_stays(program: Program, window: MainWindow) -> None:
    page = members(window)
    page.bar.press("add")
    settle(window)
    made = page.side.form.fields["name"]
    made.entry.put("安静宜", "安静宜")
    made.entry.changed.emit()
    locked(program)
    assert program.sentry is not None
    assert program.sentry.screen.dialog is not None
    give(program.sentry.screen.dialog.form, LI)
    until(lambda: program.window is not window and isinstance(program.window, MainWindow), "the other window")
    after = office(program)
    assert (after.office.facts.who, after.office.facts.role) == (LI, Role.RECORDER)
    drafts: list[object] = []
    after.office.ask(lambda store: store.recall("draft:members:new"), drafts.append)
    until(lambda: bool(drafts), "the draft")
    assert drafts[0]


def test_nothing_is_uncovered_for_one_who_may_do_less(program: Program, window: MainWindow) -> None:
    members(window)
    locked(program)
    assert program.sentry is not None
    assert program.sentry.screen.dialog is not None
    shown: list[bool] = []
    timer = QTimer(interval=5)
    timer.timeout.connect(lambda: shown.append(window.isVisible() and not is_blank(window)))
    timer.start()
    give(program.sentry.screen.dialog.form, ZHAO)
    until(lambda: program.window is not window, "the other window")
    timer.stop()
    assert shown
    assert not any(shown)


# -- meanwhile, and the end --------------------------------------------------------------------------------------------


def test_work_that_is_underway_goes_on_and_does_not_keep_anybody_out(program: Program, window: MainWindow) -> None:
    done: list[bool] = []
    going = [True]

    def long_work(_store: Store) -> bool:
        while going[0]:
            time.sleep(0.01)
        return True

    window.office.ask(long_work, done.append)
    locked(program)
    unlock(program)  # while the file's thread is still at work
    assert not done
    going[0] = False
    until(lambda: bool(done), "the end of the work")


def test_the_program_can_be_closed_from_the_locked_screen_and_loses_nothing(
    program: Program, window: MainWindow
) -> None:
    page = members(window)
    page.bar.press("add")
    settle(window)
    made = page.side.form.fields["name"]
    made.entry.put("安静宜", "安静宜")
    made.entry.changed.emit()
    path = window.office.facts.path
    window.office.do("新增", lambda work: work.attach(b"%PDF-1.7"))
    settle(window)
    dialog = locked(program)
    dialog.leaving.emit()
    until(lambda: not window.isVisible(), "the end")
    assert len(list_backups(path)) == 1
    store = Store.open(path, installed(), access=enter_file(path, PASSWORDS[WANG], WANG))
    assert store.recall("draft:members:new")
    store.close(with_backup=False)


def test_a_day_from_password_to_password(program: Program, tmp_path: Path) -> None:
    path = locked_file(tmp_path)
    window = enter(program, path, LI)
    page = members(window)
    page.bar.press("add")
    settle(window)
    for key, text in (("name", "安静宜"), ("sex", "女")):
        entry = page.side.form.fields[key].entry
        entry.put(text, text)
        entry.changed.emit()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    until(lambda: is_locked(program), "the locked screen")
    unlock(program, LI)
    assert page.side.editing
    page.side.form.leave()
    window.close()
    until(lambda: not window.isVisible(), "the end")
    program.open(path)
    assert unlock_page(program).form.name == LI
