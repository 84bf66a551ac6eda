"""What opens from an office's window: a new name counts at once, a backup comes back as a new file only."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from taizhang.desk import stick_backup
from taizhang.desk.doors import Doors
from taizhang.desk.handover_wizard import HandoverWizard
from taizhang.desk.log_dialog import LogDialog
from taizhang.desk.main_window import MainWindow
from taizhang.desk.office import Office
from taizhang.desk.restoring import bring_back, office_of
from taizhang.desk.settings import Settings
from taizhang.desk.settings_dialog import SettingsDialog
from taizhang.desk.worker import Inline
from taizhang.exchange.log_words import TITLE
from taizhang.registry import installed
from taizhang.store.query import Query
from taizhang.store.shelf import list_backups
from taizhang.store.store import Store
from tests.desk.offices import loud, open_office
from tests.offices import NOON, TODAY, Office as Filed


def test_another_name_in_the_settings_signs_the_next_change(qtbot: QtBot, tmp_path: Path) -> None:
    filed, office = open_office(tmp_path, filled=False)
    window = MainWindow(office, TODAY)
    qtbot.addWidget(window)
    kept: list[Settings] = []
    doors = Doors(window, Settings(), kept.append, lambda: NOON)
    doors._settle(Settings(who="李静"))
    filed.add("members", name="安静宜", branch=filed.store.name, category="正式党员")
    assert filed.store.operations(1)[0].who == "李静"
    assert "李静" in window.status.who.text()
    assert kept == [Settings(who="李静")]


def test_a_backup_is_recognised_and_comes_back_as_a_new_file(tmp_path: Path) -> None:
    filed, _office = open_office(tmp_path, filled=False)
    filed.add("members", name="安静宜", branch=filed.store.name, category="正式党员")
    filed.store.close()
    (when, backup), *_ = list_backups(filed.path)
    assert office_of(backup) == (filed.path, when)
    assert office_of(filed.path) is None
    came: list[Path] = []
    target = tmp_path / "恢复.tz"
    bring_back(Inline(loud), installed(), backup, target, came.append, loud)
    assert came == [target]
    again = Store.open(target, installed())
    assert again.count(Query("members")) == 1
    again.close()


def test_a_file_that_a_person_put_among_the_backups_is_no_backup(tmp_path: Path) -> None:
    folder = tmp_path / "单位 备份"
    folder.mkdir()
    (folder / "我的.tz").touch()
    (folder / f"{datetime(2026, 1, 1):%Y-%m-%d %H%M%S}.tz").touch()  # noqa: DTZ001 - as the backups are named
    assert office_of(folder / "我的.tz") is None
    assert office_of(folder / "2026-01-01 000000.tz") is not None


@pytest.fixture
def opened(qtbot: QtBot, blank_office: tuple[Filed, Office]) -> tuple[MainWindow, Doors]:
    window = MainWindow(blank_office[1], TODAY)
    qtbot.addWidget(window)
    doors = Doors(window, Settings(), lambda _settings: None, lambda: NOON)
    window.door.connect(doors.open)
    return window, doors


def _plug_in(monkeypatch: pytest.MonkeyPatch, *folders: Path) -> None:
    for folder in folders:
        folder.mkdir()
    monkeypatch.setattr(stick_backup, "sticks", lambda: list(folders))


def test_a_backup_onto_a_stick_takes_one_click(
    opened: tuple[MainWindow, Doors], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, _doors = opened
    _plug_in(monkeypatch, tmp_path / "KINGSTON")
    next(made for made in window.findChildren(QPushButton) if made.text() == "备份到 U 盘").click()
    said = window.status.said.text()
    assert "KINGSTON" in said
    assert "可以拔出" in said
    assert "没有密码" in said  # a warning: this office is open to whoever finds the stick
    (copy,) = (tmp_path / "KINGSTON").rglob("*.tz")
    again = Store.open(copy, installed(), read_only=True)
    assert again.name == window.office.facts.name
    again.close()


def test_without_a_stick_it_is_said_what_to_do(
    opened: tuple[MainWindow, Doors], monkeypatch: pytest.MonkeyPatch
) -> None:
    window, _doors = opened
    _plug_in(monkeypatch)
    window.door.emit("stick", None)
    assert "请插好 U 盘" in window.status.said.text()


@pytest.mark.qt_log_ignore("This plugin does not support grabbing", extend=True)  # the menu offscreen
def test_of_two_sticks_the_user_says_which(
    opened: tuple[MainWindow, Doors], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, _doors = opened
    one, other = tmp_path / "KINGSTON", tmp_path / "SANDISK"
    _plug_in(monkeypatch, one, other)
    window.door.emit("stick", None)
    acts = {act.text(): act for act in window.findChildren(QAction)}
    assert "备份到 KINGSTON" in acts
    acts["备份到 SANDISK"].trigger()
    assert list(one.iterdir()) == []
    assert len(list(other.rglob("*.tz"))) == 1


def test_the_settings_open_at_the_section_that_is_asked_for_and_pass_on_what_they_cannot_do(
    qtbot: QtBot, opened: tuple[MainWindow, Doors], monkeypatch: pytest.MonkeyPatch
) -> None:
    window, _doors = opened
    seen: list[str] = []

    def look(dialog: SettingsDialog) -> int:
        seen.append(dialog.names[dialog.sections.currentRow()])
        dialog.door.emit("lock", None)
        return 0

    monkeypatch.setattr(SettingsDialog, "exec", look)
    for what in ("security", None, "first"):
        with qtbot.waitSignal(window.door, check_params_cb=lambda name, _what: name == "lock"):
            window.door.emit("settings", what)
    assert seen == ["security", "general", "general"]


def test_the_hand_over_opens_lists_and_leaves_by_the_window(
    qtbot: QtBot, opened: tuple[MainWindow, Doors], monkeypatch: pytest.MonkeyPatch
) -> None:
    window, _doors = opened

    def look(wizard: HandoverWizard) -> int:
        wizard.query.emit(Query("members"))
        wizard.door.emit("while_closed", str)
        return 0

    monkeypatch.setattr(HandoverWizard, "exec", look)
    with qtbot.waitSignal(window.door, check_params_cb=lambda name, what: (name, what) == ("while_closed", str)):
        window.door.emit("handover", None)
    assert window.page.name == "members"


def test_the_log_opens_from_the_settings(opened: tuple[MainWindow, Doors], monkeypatch: pytest.MonkeyPatch) -> None:
    window, _doors = opened
    seen: list[str] = []

    def press(dialog: SettingsDialog) -> int:
        dialog.show_section("records")
        next(made for made in dialog.findChildren(QPushButton) if made.text() == "查看记录…").click()
        return dialog.result()

    monkeypatch.setattr(SettingsDialog, "exec", press)
    monkeypatch.setattr(LogDialog, "exec", lambda dialog: seen.append(dialog.windowTitle()))
    window.door.emit("settings", None)
    assert seen == [TITLE]


def test_the_menu_of_the_office_opens_its_backups(
    opened: tuple[MainWindow, Doors], monkeypatch: pytest.MonkeyPatch
) -> None:
    window, _doors = opened
    seen: list[str] = []
    monkeypatch.setattr(SettingsDialog, "exec", lambda dialog: seen.append(dialog.names[dialog.sections.currentRow()]))
    next(act for act in window.findChildren(QAction) if act.text() == "备份与恢复…").trigger()
    assert seen == ["backup"]
