"""The dialogs that ask for passwords: typed twice, refused in place, and nothing is left behind."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from taizhang.core.access import Role
from taizhang.core.errors import Refused
from taizhang.desk.office import Office
from taizhang.desk.password_dialog import ChangePassword, Confirmed, FirstPassword, ResetPassword
from taizhang.desk.password_field import NewPassword
from taizhang.desk.user_dialog import AddUser
from taizhang.store import keyring
from tests.desk.locked import LI, PASSWORDS, WANG, Locked
from tests.offices import Office as Filed

NEW = "rowing boat 31"
OWN = PASSWORDS[WANG]


def _type_twice(new: NewPassword, password: str, again: str | None = None) -> None:
    QTest.keyClicks(new.first, password)
    QTest.keyClicks(new.again, password if again is None else again)


def test_a_password_is_hidden_kept_from_input_methods_and_can_be_looked_at(qtbot: QtBot) -> None:
    new = NewPassword()
    qtbot.addWidget(new)
    modes = []
    for shown in (False, True):
        new.shown.setChecked(shown)
        for line in (new.first, new.again):
            modes.append(line.echoMode())
            assert line.accessibleName()
            assert not line.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
            assert line.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData
    hidden, typed = QLineEdit.EchoMode.Password, QLineEdit.EchoMode.Normal
    assert modes == [hidden, hidden, typed, typed]


def test_a_weak_or_different_password_is_said_while_typing(qtbot: QtBot) -> None:
    new = NewPassword()
    qtbot.addWidget(new)
    QTest.keyClicks(new.first, "12345678")
    assert "连续" in new.hint.text()
    new.forget()
    _type_twice(new, NEW, "rowing b")
    assert "不一样" not in new.hint.text()  # it may still become the same
    QTest.keyClicks(new.again, "x")
    assert "不一样" in new.hint.text()
    assert new.problem() == "两次输入的密码不一样。"
    new.again.setText(NEW)
    assert new.problem() is None
    assert NewPassword("可以不设。").problem() is None
    assert NewPassword().problem() == "请输入密码。"


def test_the_first_password_asks_for_a_name_and_changes_nothing_yet(
    qtbot: QtBot, blank_office: tuple[Filed, Office]
) -> None:
    _filed, office = blank_office
    dialog = FirstPassword(office)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.name.text() == "记录员"
    dialog.name.clear()
    _type_twice(dialog.new, NEW)
    dialog.go.click()
    assert "姓名" in dialog.said.text.text()
    dialog.name.setText("王敏")
    QTest.keyClick(dialog.new.again, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    ring, access, code = dialog.outcome
    assert keyring.enter(ring, NEW).who == access.who == "王敏"
    assert keyring.enter_by_code(ring, code).role is Role.ADMIN
    assert not office.facts.locked


def test_no_password_stays_in_a_dialog_that_was_closed(qtbot: QtBot, blank_office: tuple[Filed, Office]) -> None:
    dialog = FirstPassword(blank_office[1])
    qtbot.addWidget(dialog)
    _type_twice(dialog.new, NEW)
    dialog.reject()
    assert [line.text() for line in dialog.findChildren(QLineEdit) if line.text()] == []


def test_my_password_changes_only_with_the_old_one(qtbot: QtBot, locked: Locked) -> None:
    store, office = locked
    dialog = ChangePassword(office, "王敏")
    qtbot.addWidget(dialog)
    _type_twice(dialog.new, NEW)
    dialog.go.click()
    assert "现在的密码" in dialog.said.text.text()
    dialog.own.setText("wrong")
    dialog.go.click()
    assert "密码不对" in dialog.said.text.text()
    assert store.keys.enter(OWN, "王敏").who == "王敏"
    dialog.own.setText(OWN)
    dialog.go.click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert store.keys.enter(NEW, "王敏").who == "王敏"
    with pytest.raises(Refused):
        store.keys.enter(OWN, "王敏")


def test_an_administrator_gives_somebody_else_a_new_password(qtbot: QtBot, locked: Locked) -> None:
    store, office = locked
    dialog = ResetPassword(office, "李静")
    qtbot.addWidget(dialog)
    _type_twice(dialog.new, NEW)
    dialog.go.click()
    assert store.keys.enter(NEW).who == "李静"
    assert store.keys.enter(NEW).role is Role.RECORDER


def test_a_user_is_added_with_a_role_and_not_twice(qtbot: QtBot, locked: Locked) -> None:
    store, office = locked
    dialog = AddUser(office)
    qtbot.addWidget(dialog)
    dialog.role.setCurrentText("只读")
    assert "只能看" in dialog.may.text()
    dialog.name.setText("李静")
    _type_twice(dialog.new, NEW)
    dialog.go.click()
    assert "已经有使用者“李静”" in dialog.said.text.text()
    dialog.name.setText("周宁")
    dialog.go.click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert store.keys.enter(NEW).role is Role.READER
    assert [user.name for user in store.keys.users()] == ["王敏", "李静", "赵阅", "周宁"]


def test_who_confirms_must_be_who_is_in(qtbot: QtBot, locked: Locked) -> None:
    _store, office = locked
    dialog = Confirmed(office, "王敏", "取消密码", "……", "取消密码")
    qtbot.addWidget(dialog)
    dialog.own.setText(PASSWORDS[LI])
    QTest.keyClick(dialog.own, Qt.Key.Key_Return)
    assert dialog.result() != QDialog.DialogCode.Accepted
    assert "密码不对" in dialog.said.text.text()
    dialog.own.setText(OWN)
    QTest.keyClick(dialog.own, Qt.Key.Key_Return)
    assert dialog.outcome.who == "王敏"


def test_what_is_said_in_place_makes_the_dialog_higher_and_is_not_cut(qtbot: QtBot, locked: Locked) -> None:
    dialog = Confirmed(locked[1], "王敏", "取消密码", "……", "取消密码")
    qtbot.addWidget(dialog)
    dialog.show()
    before = dialog.height()
    dialog.say("密码不对，没有打开，内容没有改动；请检查大小写和输入法后再试，忘记密码可以用恢复码。" * 2)
    qtbot.waitUntil(lambda: dialog.height() > before)
    text = dialog.said.text
    qtbot.waitUntil(lambda: text.height() >= text.heightForWidth(text.width()))
