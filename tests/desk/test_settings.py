"""The user's settings survive being saved and damaged; the dialog puts each choice into effect at once."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from taizhang.desk.settings import Appearance, Settings, load, save
from taizhang.desk.settings_dialog import SettingsDialog
from taizhang.desk.theme import Look


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
    with qtbot.waitSignal(dialog.changed):
        QTest.mouseClick(dialog.sizes.button(2), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(dialog.changed):
        QTest.mouseClick(dialog.appearances.button(2), Qt.MouseButton.LeftButton)
    dialog.who.setText(" 王敏 ")
    with qtbot.waitSignal(dialog.changed):
        dialog.reject()
    assert settings == Settings(who="王敏", font_size=18, appearance=Appearance.DARK)


def test_the_latest_backups_are_shown_and_can_be_reached(qtbot: QtBot, tmp_path: Path) -> None:
    backups = [(datetime(2026, 11, day, 9, 12), tmp_path / f"{day}.tz") for day in (21, 20)]  # noqa: DTZ001 - wall time
    dialog = SettingsDialog(Settings(), backups)
    qtbot.addWidget(dialog)
    assert [dialog.backups.item(row).text() for row in range(2)] == ["2026-11-21 09:12", "2026-11-20 09:12"]
    opens = {button.text(): button.isEnabled() for button in dialog.findChildren(QPushButton)}
    assert opens["打开所在文件夹"]
    assert not dialog.restore.isEnabled()
    dialog.backups.setCurrentRow(1)
    with qtbot.waitSignal(dialog.restore_asked) as asked:
        QTest.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    assert asked.args == [tmp_path / "20.tz"]
    empty = SettingsDialog(Settings(), [])
    qtbot.addWidget(empty)
    assert not next(b for b in empty.findChildren(QPushButton) if b.text() == "打开所在文件夹").isEnabled()
