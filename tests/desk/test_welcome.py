"""The welcome page: a new office, an existing one, the sample, the recent ones; what is risky is said."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from taizhang.core.codes import code_table
from taizhang.desk.welcome import WelcomePage, default_folder, file_for


@pytest.fixture
def page(qtbot: QtBot) -> WelcomePage:
    made = WelcomePage(code_table("organisation_kind").labels())
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
    name, kind, path = asked.args
    assert (name, kind) == ("中共杏花社区委员会", "社区党委")
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
    page.name.setFocus()
    reached = []
    for _ in range(6):
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        reached.append(page.focusWidget())
    assert page.kind in reached
    assert page.place in reached
