"""What opens from an office's window: a new name counts at once, a backup comes back as a new file only."""

from datetime import datetime
from pathlib import Path

from pytestqt.qtbot import QtBot

from taizhang.desk.doors import Doors
from taizhang.desk.main_window import MainWindow
from taizhang.desk.restoring import bring_back, office_of
from taizhang.desk.settings import Settings
from taizhang.desk.worker import Inline
from taizhang.registry import installed
from taizhang.store.query import Query
from taizhang.store.shelf import list_backups
from taizhang.store.store import Store
from tests.desk.offices import loud, open_office
from tests.offices import NOON, TODAY


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
