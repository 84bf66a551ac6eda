"""Into an office with a password: who, the password, the recovery code (R-PRIV-02: nothing is shown before)."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from taizhang import last_office
from taizhang.core.access import Role
from taizhang.core.recovery_code import is_group
from taizhang.desk.application import Program
from taizhang.desk.code_boxes import CodeBoxes
from taizhang.desk.first_page import FirstPage
from taizhang.desk.front import FrontWindow
from taizhang.desk.main_window import MainWindow
from taizhang.desk.password_form import PasswordForm
from taizhang.desk.recover_page import RecoverPage
from taizhang.desk.recovery_sheet_dialog import RecoveryCodeDialog
from taizhang.desk.tries import Tries
from taizhang.desk.trouble_page import TroublePage
from taizhang.desk.unlock_page import UnlockPage
from taizhang.store.opening import enter
from tests.desk.entered import give, office, settle, unlock_page
from tests.desk.locked import LI, WANG, ZHAO, locked_file, recovery_code
from tests.desk.waiting import until


@pytest.fixture
def page(program: Program, tmp_path: Path) -> UnlockPage:
    """The page that a locked office opens with, the users on it."""
    program.begin(locked_file(tmp_path))
    return unlock_page(program)


def test_nothing_but_the_name_of_the_file_is_told_before_the_password(program: Program, page: UnlockPage) -> None:
    assert program.window is not None
    assert program.window.windowTitle() == "台账"
    told = [one.text() for one in page.findChildren(QLabel)]
    assert "青石街道" in told
    assert not [text for text in told if "工作委员会" in text]
    assert page.form.password.echoMode() is QLineEdit.EchoMode.Password


def test_the_right_password_opens_the_office_with_its_first_page_filled(program: Program, page: UnlockPage) -> None:
    give(page.form, WANG)
    assert page.form.go.text() == "正在核对…"
    assert not page.form.go.isEnabled()
    until(lambda: isinstance(program.window, MainWindow), "the office")
    assert isinstance(program.window, MainWindow)
    assert isinstance(program.window.page, FirstPage)
    assert program.window.page.filled
    facts = office(program).office.facts
    assert (facts.who, facts.role, facts.locked, facts.read_only) == (WANG, Role.ADMIN, True, False)


def test_who_came_in_last_is_offered_first(program: Program, page: UnlockPage, tmp_path: Path) -> None:
    give(page.form, LI)
    window = office(program)
    assert window.office.facts.role is Role.RECORDER
    assert last_office.last_user(tmp_path / "青石街道.tz") == LI
    window.door.emit("welcome", None)
    until(lambda: isinstance(program.window, FrontWindow), "the welcome page")
    program.open(tmp_path / "青石街道.tz")
    assert unlock_page(program).form.name == LI


def test_a_wrong_password_is_said_beside_it_and_nothing_moves(page: UnlockPage) -> None:
    height = page.form.sizeHint().height()
    give(page.form, WANG, "apricot")
    until(page.form.go.isEnabled, "the answer")
    assert "密码不对" in page.form.said.text()
    assert page.form.password.selectedText()
    assert page.form.sizeHint().height() == height


def test_no_password_asks_nobody(page: UnlockPage) -> None:
    QTest.keyClick(page.form.password, Qt.Key.Key_Return)
    assert page.form.said.text() == "请输入密码。"
    assert page.form.go.text() == "解锁"


def test_after_five_wrong_passwords_each_costs_a_longer_pause(qtbot: QtBot) -> None:
    now = [100.0]
    tries = Tries(lambda: now[0])
    form = PasswordForm(tries)
    qtbot.addWidget(form)
    for _ in range(4):
        form.refuse("密码不对。")
    assert form.go.isEnabled()
    form.refuse("密码不对。")
    assert form.go.text() == "请等 5 秒"
    assert not form.go.isEnabled()
    now[0] += 4.5
    form.work(busy=False)
    assert form.go.text() == "请等 1 秒"
    now[0] += 1
    form.refuse("密码不对。")
    assert form.go.text() == "请等 10 秒"
    now[0] += 11
    until(form.go.isEnabled, "the end of the pause")
    for _ in range(20):
        form.refuse("密码不对。")
    assert tries.pause() == 300
    tries.passed()
    assert tries.pause() == 0


def test_a_pause_is_not_got_round_by_leaving_the_page(program: Program, page: UnlockPage, tmp_path: Path) -> None:
    for _ in range(5):
        program.entering.tries(tmp_path / "青石街道.tz").failed()
    program.begin(None)
    program.open(tmp_path / "青石街道.tz")
    again = unlock_page(program)
    assert again is not page
    assert not again.form.go.isEnabled()


def test_caps_lock_is_told_from_a_capital_without_shift(page: UnlockPage) -> None:
    QTest.keyClick(page.form.password, Qt.Key.Key_A)
    assert "Caps Lock" not in page.form.said.text()
    QTest.keyClicks(page.form.password, "A")  # as typed without a modifier
    assert "Caps Lock" in page.form.said.text()
    QTest.keyClick(page.form.password, Qt.Key.Key_CapsLock)
    assert "Caps Lock" not in page.form.said.text()


def test_another_office_is_found_on_the_welcome_page(program: Program, page: UnlockPage) -> None:
    page.other.emit()
    assert program.welcome is not None


def test_a_stick_that_was_pulled_out_is_said(program: Program, page: UnlockPage, tmp_path: Path) -> None:
    (tmp_path / "青石街道.tz").unlink()
    give(page.form, WANG)
    until(lambda: program.welcome is not None, "the welcome page")
    assert program.welcome is not None
    assert "U 盘是否接好" in program.welcome.warning.text.text()


def test_the_eye_shows_what_is_typed(page: UnlockPage) -> None:
    eye = page.form.password.actions()[0]
    eye.trigger()
    assert page.form.password.echoMode() is QLineEdit.EchoMode.Normal
    eye.trigger()
    assert page.form.password.echoMode() is QLineEdit.EchoMode.Password


def test_a_reader_finds_nothing_to_press_that_changes(program: Program, page: UnlockPage) -> None:
    give(page.form, ZHAO)
    window = office(program)
    window.open_page("members")
    for name in ("undo", "add", "import"):
        button = window.page.bar.button(name)
        assert button is not None
        assert not button.isEnabled()
        assert "只读" in button.toolTip()
    assert window.status.who.text() == "赵阅（只读）"
    window.open_page("committees")
    settle(window)
    assert not [one.text() for one in window.page.findChildren(QPushButton) if one.text() == "从 Excel 导入"]


# -- the recovery code -------------------------------------------------------------------------------------------------


def recover(program: Program, page: UnlockPage) -> RecoverPage:
    page.forgot.emit()
    assert isinstance(program.window, FrontWindow)
    found = program.window.centralWidget()
    assert isinstance(found, RecoverPage)
    return found


def test_the_recovery_code_lets_in_and_gives_way_to_a_new_one(
    program: Program, page: UnlockPage, tmp_path: Path
) -> None:
    asked = recover(program, page)
    QApplication.clipboard().setText(recovery_code())
    asked.boxes.boxes[0].paste()
    QTest.keyClick(asked.boxes.boxes[-1], Qt.Key.Key_Return)
    until(asked.by_code.isHidden, "the new password")
    assert [asked.names.itemText(at) for at in range(asked.names.count())] == [WANG]
    QTest.keyClicks(asked.new.first, "cherry stone 4")
    QTest.keyClicks(asked.new.again, "cherry stone 4")
    QTest.keyClick(asked.new.again, Qt.Key.Key_Return)
    window = office(program)
    assert (window.office.facts.who, window.office.facts.role) == (WANG, Role.ADMIN)
    until(lambda: window.findChild(RecoveryCodeDialog) is not None, "the new code")
    dialog = window.findChild(RecoveryCodeDialog)
    assert dialog is not None
    code = "-".join(group.text() for group in dialog.groups)
    assert code != recovery_code()
    assert all(is_group(group.text()) for group in dialog.groups)
    dialog.answer.setText(code.split("-")[dialog.asked - 1])
    dialog.accept()
    window.close()
    until(lambda: not window.isVisible(), "the end")
    assert enter(tmp_path / "青石街道.tz", "cherry stone 4", WANG).who == WANG


def test_a_code_that_is_not_this_office_s_is_said_on_the_page(program: Program, page: UnlockPage) -> None:
    asked = recover(program, page)
    for box in asked.boxes.boxes:
        box.setText("000011")
    QTest.keyClick(asked.boxes.boxes[-1], Qt.Key.Key_Return)
    until(asked.go.isEnabled, "the answer")
    assert "不是这个单位现在的恢复码" in asked.said.text.text()
    asked.left.emit()
    assert unlock_page(program) is not page


@pytest.fixture
def boxes(qtbot: QtBot) -> CodeBoxes:
    made = CodeBoxes()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    until(made.isActiveWindow, "the boxes in front")
    return made


def test_digits_run_on_from_box_to_box(boxes: CodeBoxes) -> None:
    digits = recovery_code().replace("-", "")
    boxes.boxes[0].setFocus()
    for digit in digits:
        QTest.keyClicks(next(box for box in boxes.boxes if box.hasFocus()), digit)
    assert boxes.code() == recovery_code()
    QTest.keyClick(boxes.boxes[-1], Qt.Key.Key_Backspace)
    assert boxes.boxes[-1].text() == digits[-6:-1]


def test_backspace_in_an_empty_box_goes_on_in_the_one_before(boxes: CodeBoxes) -> None:
    boxes.boxes[0].setText(recovery_code()[:6])
    boxes.boxes[1].setFocus()
    QTest.keyClick(boxes.boxes[1], Qt.Key.Key_Backspace)
    assert boxes.boxes[0].hasFocus()


@pytest.mark.parametrize("between", ["-", " ", "", "－", "\n"], ids=["hyphen", "space", "none", "full width", "lines"])
def test_a_whole_code_may_be_pasted_however_it_was_written(boxes: CodeBoxes, between: str) -> None:
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    QApplication.clipboard().setText(recovery_code().translate(wide).replace("-", between))
    boxes.boxes[0].paste()
    assert boxes.code() == recovery_code()


def test_a_wrong_group_is_said_beside_it_at_once(boxes: CodeBoxes) -> None:
    right = recovery_code().split("-")
    wrong = f"{int(right[0]) + 1:06}"
    QTest.keyClicks(boxes.boxes[0], wrong)
    assert "不对" in boxes.notes[0].text()
    assert boxes.boxes[0].property("state") == "error"
    assert not boxes.boxes[1].hasFocus()
    boxes.boxes[0].clear()
    QTest.keyClicks(boxes.boxes[0], right[0])
    assert not boxes.notes[0].text().strip()
    assert boxes.boxes[1].hasFocus()


def test_a_code_that_was_refused_is_looked_at_again_where_it_is_wrong(boxes: CodeBoxes) -> None:
    for box, group in zip(boxes.boxes, recovery_code().split("-"), strict=True):
        box.setText(group)
    boxes.boxes[4].setText("123456")
    boxes.look_again()
    assert boxes.boxes[4].selectedText() == "123456"


def test_enter_presses_the_button_of_a_page_that_has_the_frame(qtbot: QtBot) -> None:
    window, page, pressed = FrontWindow(), TroublePage("杏花社区：正在使用中", "请稍后再试。"), list[str]()
    qtbot.addWidget(window)
    first = page.offer("只读打开", lambda: pressed.append("look"), role="primary")
    window.show_page(page)
    window.show()
    window.activateWindow()
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert pressed == ["look"]
