"""The user's settings survive being saved and damaged; the dialog puts each choice into effect at once."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from taizhang.desk import theme
from taizhang.desk.help_pages import pages
from taizhang.desk.office import Office
from taizhang.desk.settings import Appearance, Settings, load, save
from taizhang.desk.settings_dialog import SettingsDialog
from taizhang.desk.theme import SIZES, Look
from tests.desk.locked import LI, WANG, ZHAO, locked_file, open_locked
from tests.offices import Office as Filed


def test_what_is_saved_is_read_back(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    settings = Settings("王敏", 18, Appearance.DARK, lock_after=30, mask_after=0)
    save(settings, file)
    assert load(file) == settings
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]


def test_a_file_that_is_missing_or_damaged_gives_the_first_settings(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    assert load(file) == Settings()
    file.write_text('{"who": 3', encoding="utf-8")
    assert load(file) == Settings()
    file.write_text('{"who": "王敏", "font_size": 99}', encoding="utf-8")
    assert load(file).who == "王敏"
    assert load(file).font_size == Settings().font_size


@pytest.mark.parametrize("broken", ["true", "-5", "7", '"10"', "1e1", "null", "[5]"])
def test_minutes_that_nobody_could_choose_give_the_first_ones(tmp_path: Path, broken: str) -> None:
    file = tmp_path / "settings.json"
    file.write_text(f'{{"who": "王敏", "lock_after": {broken}, "mask_after": {broken}}}', encoding="utf-8")
    assert load(file) == Settings(who="王敏", lock_after=10, mask_after=5)


def test_the_look_follows_the_choice() -> None:
    assert Settings(font_size=16, appearance=Appearance.DARK).look == Look(dark=True, size=16)
    assert Settings(appearance=Appearance.LIGHT).look == Look()


def test_each_choice_takes_effect_at_once(qtbot: QtBot) -> None:
    settings = Settings()
    dialog = SettingsDialog(settings)
    qtbot.addWidget(dialog)
    dialog.show()
    general = dialog.general
    for group in (general.sizes, general.appearances):
        with qtbot.waitSignal(dialog.changed):
            QTest.mouseClick(group.button(2), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(dialog.changed):
        QTest.keyClick(general.mask_after, Qt.Key.Key_End)
    general.who.setText(" 王敏 ")
    with qtbot.waitSignal(dialog.changed):
        dialog.reject()
    assert settings == Settings("王敏", 18, Appearance.DARK, mask_after=0)


def test_without_a_password_the_screen_cannot_be_locked_and_it_is_said(
    qtbot: QtBot, blank_office: tuple[Filed, Office]
) -> None:
    dialog = SettingsDialog(Settings(), blank_office[1])
    qtbot.addWidget(dialog)
    assert not dialog.general.lock_after.isEnabled()
    assert any("设置密码以后，才能锁定" in part.text() for part in dialog.findChildren(QLabel))


def test_in_a_locked_office_the_password_says_who_one_is(qtbot: QtBot, tmp_path: Path) -> None:
    store, office = open_locked(locked_file(tmp_path))
    settings = Settings(who="别人")
    dialog = SettingsDialog(settings, office)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.general.who.isVisible()
    dialog.general.lock_after.setFocus()
    with qtbot.waitSignal(dialog.changed):
        QTest.keyClick(dialog.general.lock_after, Qt.Key.Key_Home)
    assert settings == Settings(who="别人", lock_after=5)
    store.close()


@pytest.mark.parametrize("section", ["general", "security", "backup", "records"])
def test_the_settings_open_at_a_section_and_turn_by_the_arrow_keys(
    qtbot: QtBot, blank_office: tuple[Filed, Office], section: str
) -> None:
    dialog = SettingsDialog(Settings(), blank_office[1], section=section)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.pages[section].isVisible()
    assert dialog.sections.currentRow() == dialog.names.index(section)
    dialog.sections.setFocus()
    QTest.keyClick(dialog.sections, Qt.Key.Key_Home)
    assert dialog.general.isVisible()
    QTest.keyClick(dialog.sections, Qt.Key.Key_End)
    assert dialog.pages["records"].isVisible()


def test_f1_opens_the_help_of_the_section(qtbot: QtBot, blank_office: tuple[Filed, Office]) -> None:
    dialog = SettingsDialog(Settings(), blank_office[1])
    qtbot.addWidget(dialog)
    asked: list[str] = []
    dialog.help_asked.connect(asked.append)
    (help_key,) = [one for one in dialog.findChildren(QShortcut) if one.key().toString() == "F1"]
    for name in dialog.names:
        dialog.show_section(name)
        help_key.activated.emit()
    assert asked == ["start", "passwords", "backup", "handover"]
    assert set(asked) <= set(pages())


def test_an_unknown_section_is_the_first_and_without_an_office_there_is_no_other(qtbot: QtBot) -> None:
    dialog = SettingsDialog(Settings(), section="members")
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.names == ["general"]
    assert dialog.general.isVisible()
    assert not dialog.sections.isVisible()


@pytest.mark.parametrize(("name", "offered"), [(WANG, True), (LI, False), (ZHAO, False)])
def test_only_an_administrator_is_offered_the_hand_over(qtbot: QtBot, tmp_path: Path, name: str, offered: bool) -> None:
    store, office = open_locked(locked_file(tmp_path), name)
    dialog = SettingsDialog(Settings(), office, section="records")
    qtbot.addWidget(dialog)
    dialog.show()
    shown = [made.text() for made in dialog.pages["records"].findChildren(QPushButton) if made.isVisible()]
    assert ("交接…" in shown) is offered
    store.close()


def test_what_needs_the_window_closes_the_settings_first(qtbot: QtBot, blank_office: tuple[Filed, Office]) -> None:
    dialog = SettingsDialog(Settings(), blank_office[1], section="records")
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitSignal(dialog.door) as asked:
        next(made for made in dialog.findChildren(QPushButton) if made.text() == "查看记录…").click()
    assert asked.args == ["log", None]
    assert not dialog.isVisible()


@pytest.mark.parametrize("size", SIZES)
def test_the_settings_fit_a_small_screen_at_every_size_of_type(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, size: int
) -> None:
    theme.apply(qapp, Look(size=size))
    store, office = open_locked(locked_file(tmp_path))
    dialog = SettingsDialog(Settings(font_size=size), office)
    qtbot.addWidget(dialog)
    dialog.show()
    for name in dialog.names:
        dialog.show_section(name)
        page = dialog.pages[name]
        assert page.minimumSizeHint().width() <= dialog.stack.width(), name
    assert dialog.width() <= 1366
    assert dialog.minimumSizeHint().height() <= 700
    store.close()
