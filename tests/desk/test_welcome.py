"""The welcome page: a new office, an existing one, the sample, the recent ones; what is risky is said."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from taizhang.core.access import Role
from taizhang.core.codes import code_table
from taizhang.desk import theme
from taizhang.desk.recovery_sheet_dialog import RecoveryCodeDialog
from taizhang.desk.theme import SIZES
from taizhang.desk.welcome import WelcomePage, default_folder, file_for
from taizhang.desk.worker import Inline
from taizhang.registry import installed
from taizhang.store import keyring
from taizhang.store.store import Store
from tests.desk.locked import locked_file
from tests.desk.offices import loud


@pytest.fixture
def page(qtbot: QtBot) -> WelcomePage:
    made = WelcomePage(code_table("organisation_kind").labels(), Inline(loud), who="王敏")
    qtbot.addWidget(made)
    made.show()
    return made


def _press(page: WelcomePage, text: str) -> None:
    button = next(button for button in page.findChildren(QPushButton) if button.text() == text)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_file_is_proposed_that_is_not_there_yet(tmp_path: Path) -> None:
    assert file_for(tmp_path, "中共杏花社区委员会").name == "中共杏花社区委员会.tz"
    (tmp_path / "杏花.tz").touch()
    assert file_for(tmp_path, "杏花").name == "杏花（2）.tz"
    assert file_for(tmp_path, "a/b:c?").parent == tmp_path
    assert default_folder().name == "台账"


def test_typing_a_name_and_enter_asks_for_a_new_office(qtbot: QtBot, page: WelcomePage) -> None:
    assert not page.create_button.isEnabled()
    page.name.setText("中共杏花社区委员会")
    with qtbot.waitSignal(page.create_asked) as asked:
        QTest.keyClick(page.name, Qt.Key.Key_Return)
    name, kind, path, ring = asked.args
    assert (name, kind, ring) == ("中共杏花社区委员会", "社区党委", None)
    assert path == default_folder() / "中共杏花社区委员会.tz"


def test_the_risk_of_a_synchronised_folder_is_said_at_once(page: WelcomePage) -> None:
    assert not page.warning.isVisible()
    page.place.setText("/home/wang/OneDrive/台账/单位.tz")
    assert page.warning.isVisible()
    assert "OneDrive" in page.warning.text.text()
    page.place.setText("/home/wang/台账/单位.tz")
    assert not page.warning.isVisible()


def test_recent_offices_are_named_by_file_and_a_lost_one_can_be_forgotten(
    qtbot: QtBot, page: WelcomePage, tmp_path: Path
) -> None:
    there, gone = tmp_path / "杏花社区.tz", tmp_path / "桂花社区.tz"
    there.touch()
    page.set_recent([str(there), str(gone)])
    with qtbot.waitSignal(page.open_asked) as opened:
        _press(page, "杏花社区")
    assert opened.args == [there]
    lost = next(button for button in page.findChildren(QPushButton) if button.text() == "桂花社区（找不到了）")
    assert not lost.isEnabled()
    forget = [button for button in page.findChildren(QPushButton) if button.accessibleName().startswith("从列表")]
    with qtbot.waitSignal(page.forget_asked) as forgotten:
        QTest.mouseClick(forget[-1], Qt.MouseButton.LeftButton)
    assert forgotten.args == [gone]


def test_the_sample_office_is_one_click_away(qtbot: QtBot, page: WelcomePage) -> None:
    with qtbot.waitSignal(page.sample_asked):
        _press(page, "打开示例单位")


def test_an_office_file_can_be_dropped(qtbot: QtBot, page: WelcomePage, tmp_path: Path) -> None:
    office = tmp_path / "杏花社区.tz"
    office.touch()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(office))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    with qtbot.waitSignal(page.open_asked) as opened:
        page.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))
    assert opened.args == [office]


def test_every_field_can_be_reached_by_keyboard(page: WelcomePage) -> None:
    page.name.setText("中共杏花社区委员会")
    page.name.setFocus()
    reached = []
    for _ in range(9):
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        reached.append(page.focusWidget())
    lines = [page.kind, page.place, page.user, page.password.first, page.password.again, page.create_button]
    assert [part for part in reached if part in lines] == lines


def _write_down(dialog: RecoveryCodeDialog) -> int:
    """Somebody who copies the code and types the group that is asked for."""
    codes.append("-".join(group.text() for group in dialog.groups))
    dialog.answer.setText(dialog.groups[dialog.asked - 1].text())
    dialog.go_on.click()
    return dialog.result()


codes: list[str] = []


def test_an_office_with_a_password_first_shows_its_recovery_code(
    qtbot: QtBot, page: WelcomePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RecoveryCodeDialog, "exec", _write_down)
    page.name.setText("中共杏花社区委员会")
    page.place.setText(str(tmp_path / "杏花.tz"))
    page.password.first.setText("apricot tree 7")
    page.password.again.setText("apricot tree 7")
    with qtbot.waitSignal(page.create_asked) as asked:
        QTest.keyClick(page.password.again, Qt.Key.Key_Return)
    ring, access = asked.args[3]
    assert (access.who, access.role) == ("王敏", Role.ADMIN)
    assert keyring.enter(ring, "apricot tree 7").key == access.key
    assert keyring.enter_by_code(ring, codes[-1]).key == access.key
    assert page.password.text == ""


def test_a_user_who_is_refused_can_be_written_again(page: WelcomePage, tmp_path: Path) -> None:
    page.name.setText("中共杏花社区委员会")
    page.place.setText(str(tmp_path / "杏花.tz"))
    page.user.setText("\u200b")  # it looks like nothing, and is nothing
    page.password.first.setText("apricot tree 7")
    page.password.again.setText("apricot tree 7")
    page.create_button.click()
    assert "没有写使用者的姓名" in page.warning.text.text()
    assert page.create_button.isEnabled()


def test_nothing_is_made_before_the_recovery_code_is_on_paper(
    page: WelcomePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    page.create_asked.connect(lambda *args: asked.append(args))
    monkeypatch.setattr(RecoveryCodeDialog, "exec", lambda dialog: dialog.reject() or 0)
    page.name.setText("中共杏花社区委员会")
    page.place.setText(str(tmp_path / "杏花.tz"))
    page.password.first.setText("apricot tree 7")
    page.password.again.setText("apricot tree 7")
    page.create_button.click()
    assert asked == []
    assert "还没有新建" in page.warning.text.text()
    assert page.create_button.isEnabled()


def test_what_is_missing_for_a_password_is_said_before_anything_happens(page: WelcomePage, tmp_path: Path) -> None:
    asked: list[object] = []
    page.create_asked.connect(lambda *args: asked.append(args))
    page.name.setText("中共杏花社区委员会")
    there = tmp_path / "杏花.tz"
    page.place.setText(str(there))
    said = []
    for first, again, user in (("abc", "abd", "王敏"), ("", "abc", "王敏"), ("abc", "abc", " ")):
        page.password.first.setText(first)
        page.password.again.setText(again)
        page.user.setText(user)
        page.create_button.click()
        said.append(page.warning.text.text())
    there.touch()
    page.user.setText("王敏")
    page.create_button.click()
    said.append(page.warning.text.text())
    assert asked == []
    assert [text[:10] for text in said] == [
        "两次输入的密码不一样",
        "两次输入的密码不一样",
        "有密码的单位要写明使",
        "“杏花.tz”已经存",
    ]


def test_the_folder_that_is_proposed_need_not_be_there_yet(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("taizhang.desk.welcome.default_folder", lambda: tmp_path / "文档" / "台账")
    page = WelcomePage(["社区党委"], Inline(loud))
    qtbot.addWidget(page)
    page.create_asked.connect(lambda name, kind, path, _ring: Store.create(path, installed(), name=name, kind=kind))
    page.name.setText("中共杏花社区委员会")
    page.create_button.click()
    assert (tmp_path / "文档" / "台账" / "中共杏花社区委员会.tz").is_file()


def test_an_office_with_a_password_shows_its_lock_among_the_recent_ones(page: WelcomePage, tmp_path: Path) -> None:
    locked, plain = locked_file(tmp_path), tmp_path / "桂花.tz"
    plain.touch()
    page.set_recent([str(locked), str(plain)])
    tips = {button.text(): button.toolTip() for button in page.findChildren(QPushButton)}
    assert "有密码" in tips[locked.stem]
    assert "有密码" not in tips[plain.stem]


@pytest.mark.parametrize("size", SIZES)
def test_nothing_of_a_new_office_is_cut_on_a_small_screen(qtbot: QtBot, qapp: QApplication, size: int) -> None:
    theme.apply(qapp, theme.Look(size=size))
    page = WelcomePage(["社区党委"], Inline(loud))
    qtbot.addWidget(page)
    page.resize(1100, 720)
    page.show()
    qtbot.waitExposed(page)
    page.password.first.setText("12345678")
    bottom = page.create_button.mapTo(page, page.create_button.rect().bottomRight())
    assert page.rect().contains(bottom)


def test_what_was_wrong_with_the_password_is_not_said_of_the_next_one(page: WelcomePage) -> None:
    page.name.setText("中共杏花社区委员会")
    page.password.first.setText("xinghuacun 2026")
    page.password.again.setText("xinghua")
    page.create_button.click()
    assert page.warning.text.text() == "两次输入的密码不一样。"
    page.password.again.setText("xinghuacun 2026")
    assert not page.warning.isVisible()


def test_caps_lock_is_told_before_a_password_is_set_with_it(page: WelcomePage) -> None:
    QTest.keyClicks(page.password.first, "xinghua")
    assert "Caps Lock" not in page.password.hint.text()
    page.password.first.clear()
    QTest.keyClicks(page.password.first, "X")
    assert page.password.hint.text().startswith("大写锁定（Caps Lock）开着")
    page.password.first.clear()
    assert "Caps Lock" not in page.password.hint.text()
