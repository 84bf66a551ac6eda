"""The backups of an office at a glance, another one in one click, and the way back."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from taizhang.core.access import Role
from taizhang.desk import stick_backup
from taizhang.desk.backup_panel import BackupPanel
from taizhang.desk.office import Office
from taizhang.desk.restore_dialog import RestoreDialog
from taizhang.registry import installed
from taizhang.store.logbook import Happening
from taizhang.store.removable import FOLDER
from taizhang.store.shelf import list_backups
from taizhang.store.store import Store
from tests.desk.locked import LI, locked_file, open_locked
from tests.desk.waiting import until
from tests.offices import NOON, Office as Filed


def _panel(qtbot: QtBot, office: Office) -> BackupPanel:
    panel = BackupPanel(office, lambda: NOON)
    qtbot.addWidget(panel)
    panel.show()
    return panel


def _lines(panel: BackupPanel) -> list[list[str]]:
    items = [panel.listed.topLevelItem(at) for at in range(panel.listed.topLevelItemCount())]
    return [[item.text(column) for column in range(3)] for item in items if item is not None]


def test_each_backup_tells_its_time_its_size_and_what_was_done_since(
    qtbot: QtBot, office: tuple[Filed, Office]
) -> None:
    filed, shown = office
    assert "还没有备份" in _panel(qtbot, shown).told.text()
    assert filed.store.safeguard() is not None
    filed.store._clock = lambda: NOON + timedelta(hours=1)
    filed.add("members", name="安静宜", branch=filed.store.name, category="正式党员")
    assert filed.store.safeguard() is not None
    panel = _panel(qtbot, shown)
    (late, since_late), (early, since_early) = [(line[0], line[2]) for line in _lines(panel)]
    assert (late, since_late) == ("2026年11月21日 13:00", "没有再改动")
    assert (early, since_early) == ("2026年11月21日 12:00", "又做了 1 次操作")
    assert all(line[1].endswith(("KB", "MB")) for line in _lines(panel))


def test_one_click_backs_up_onto_the_only_stick(
    qtbot: QtBot, office: tuple[Filed, Office], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed, shown = office
    stick = tmp_path / "KINGSTON"
    stick.mkdir()
    monkeypatch.setattr(stick_backup, "sticks", lambda: [stick])
    panel = _panel(qtbot, shown)
    panel.to_stick.click()
    assert "已备份到 U 盘 KINGSTON，已核对，可以拔出。" in panel.said.text.text()
    assert "谁捡到这个 U 盘" in panel.said.text.text(), "the office has no password"
    assert len(list((stick / FOLDER).iterdir())) == 1
    assert panel.to_stick.isEnabled()
    assert filed.store.log.lines(1)[0].kind is Happening.BACKUP


def test_of_several_sticks_the_user_says_which_and_without_one_a_sentence_says_what_to_do(
    qtbot: QtBot, office: tuple[Filed, Office], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _filed, shown = office
    found: list[Path] = []
    monkeypatch.setattr(stick_backup, "sticks", lambda: found)
    monkeypatch.setattr(QMenu, "popup", lambda *_args: None)  # it would take hold of a keyboard that is not there
    panel = _panel(qtbot, shown)
    panel.to_stick.click()
    assert "没有找到 U 盘，没有备份；请插好 U 盘" in panel.said.text.text()
    for name in ("甲盘", "乙盘"):
        (tmp_path / name).mkdir()
        found.append(tmp_path / name)
    panel.to_stick.click()
    (menu,) = panel.findChildren(QMenu)
    assert [act.text() for act in menu.actions()] == ["备份到 甲盘", "备份到 乙盘"]
    menu.actions()[1].trigger()
    assert not (tmp_path / "甲盘" / FOLDER).exists()
    assert len(list((tmp_path / "乙盘" / FOLDER).iterdir())) == 1


def test_a_backup_goes_wherever_the_user_wants_it(
    qtbot: QtBot, office: tuple[Filed, Office], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _filed, shown = office
    panel = _panel(qtbot, shown)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "别处"), ""))
    panel.to_place.click()
    assert panel.said.text.text() == "已备份并核对：别处.tz。"
    copy = Store.open(tmp_path / "别处.tz", installed(), read_only=True)
    assert copy.check() == []
    copy.close()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "别处.tz"), ""))
    panel.to_place.click()
    assert "已经存在，没有覆盖" in panel.said.text.text()


def test_what_was_chosen_is_shown_before_it_is_restored_and_the_window_is_asked_to_open_it(
    qtbot: QtBot, office: tuple[Filed, Office], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed, shown = office
    assert filed.store.safeguard() is not None
    panel = _panel(qtbot, shown)
    asked: list[tuple[str, object]] = []
    panel.door.connect(lambda name, what: asked.append((name, what)))

    def restore(dialog: RestoreDialog) -> int:
        dialog.show()
        until(lambda: dialog.view is not None, "a look at the backup")
        dialog.restore_to(tmp_path / "恢复.tz")
        return 0

    monkeypatch.setattr(RestoreDialog, "exec", restore)
    assert not panel.restore.isEnabled()
    panel.listed.setCurrentIndex(panel.listed.model().index(0, 0))
    panel.restore.click()
    assert asked == [("open", tmp_path / "恢复.tz")]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(list_backups(filed.path)[0][1]), ""))
    (tmp_path / "恢复.tz").unlink()
    panel.other.click()
    assert len(asked) == 2


def test_to_bring_an_office_back_is_for_an_administrator(qtbot: QtBot, tmp_path: Path) -> None:
    store, shown = open_locked(locked_file(tmp_path), LI)
    store.do("放入", lambda work: work.attach(b"%PDF-1.7"))
    assert store.safeguard() is not None
    assert shown.facts.role is Role.RECORDER
    panel = _panel(qtbot, shown)
    panel.listed.setCurrentIndex(panel.listed.model().index(0, 0))
    assert not panel.restore.isEnabled()
    assert not panel.other.isEnabled()
    assert "管理员" in panel.restore.toolTip()
    assert panel.to_stick.isEnabled()
    store.close(with_backup=False)
