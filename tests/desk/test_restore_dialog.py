"""Restoring a backup: first it is told what that brings back and loses, then it becomes a new file."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from taizhang.desk.application import Program
from taizhang.desk.main_window import MainWindow
from taizhang.desk.office import Office
from taizhang.desk.restore_dialog import RestoreDialog
from taizhang.desk.restoring import made_at, office_of, way_into
from taizhang.desk.worker import Inline
from taizhang.registry import installed
from taizhang.store.driver import driver
from taizhang.store.logbook import Happening
from taizhang.store.opening import enter
from taizhang.store.query import Query
from taizhang.store.removable import FOLDER
from taizhang.store.shelf import list_backups
from taizhang.store.store import Store
from tests.desk.locked import LI, PASSWORDS, WANG, locked_file, open_locked, recovery_code
from tests.desk.offices import loud
from tests.desk.waiting import until
from tests.offices import NOON, Office as Filed


def _words(dialog: RestoreDialog) -> str:
    """Everything that can be read."""
    assert dialog.view is not None
    parts: list[QLabel | QPushButton] = [*dialog.view.findChildren(QLabel), *dialog.view.findChildren(QPushButton)]
    return "\n".join(part.text() for part in parts)


def _shown(qtbot: QtBot, dialog: RestoreDialog) -> RestoreDialog:
    qtbot.addWidget(dialog)
    dialog.show()
    until(
        lambda: dialog.view is not None or dialog.lock.form.isVisible() or dialog.said.isVisible(),
        "a look at the backup",
    )
    return dialog


def _backup(filed: Filed) -> Path:
    made = filed.store.safeguard()
    assert made is not None
    return made


def test_what_comes_back_and_what_is_lost_is_shown_before_anything_is_done(
    qtbot: QtBot, office: tuple[Filed, Office], tmp_path: Path
) -> None:
    filed, shown = office
    second, name = filed.rids("members")[0], "包大同"
    first = filed.add("members", name=name, branch=filed.store.name, category="正式党员")
    backup = _backup(filed)
    filed.store.do("作废", lambda work: work.void(first, "重复登记"))
    filed.change(second, phone="13900000000")
    filed.add("members", name="安静宜", branch=filed.store.name, category="正式党员")
    filed.store.papers.keep("letter", "介绍信", b"%PDF-1.7", who="王敏", at=NOON, rid=second)
    before = sorted(file.name for file in tmp_path.rglob("*"))
    dialog = _shown(qtbot, RestoreDialog(shown, backup))
    words = _words(dialog)
    assert "会找回 1 人" in words
    assert f"党员名册：{name}" in words
    assert "会失去 1 人" in words
    assert "党员名册：安静宜" in words
    assert f"{filed.store.name_of('members', second)}（联系电话）" in words
    assert "备份之后做的 3 次操作，新文件里没有：" in words
    assert "备份之后打印存底的 1 份文书，新文件里没有" in words
    assert sorted(file.name for file in tmp_path.rglob("*")) == before


def test_with_f9_nobody_is_named(qtbot: QtBot, office: tuple[Filed, Office]) -> None:
    filed, shown = office
    backup = _backup(filed)
    filed.add("members", name="安静宜", branch=filed.store.name, category="正式党员")
    shown.mask(True)
    words = _words(_shown(qtbot, RestoreDialog(shown, backup)))
    assert "会失去 1 人" in words
    assert "安静宜" not in words


def test_it_becomes_a_new_file_and_the_log_of_both_tells_of_it(
    qtbot: QtBot, office: tuple[Filed, Office], tmp_path: Path
) -> None:
    filed, shown = office
    backup, target = _backup(filed), tmp_path / "恢复.tz"
    content = backup.read_bytes()
    dialog = _shown(qtbot, RestoreDialog(shown, backup))
    came: list[Path] = []
    dialog.restored.connect(came.append)
    dialog.restore_to(target)
    assert came == [target]
    assert not dialog.isVisible()
    assert backup.read_bytes() == content
    again = Store.open(target, installed())
    for store in (again, filed.store):
        assert store.log.lines(1)[0].kind is Happening.RESTORE
    assert again.check() == []
    again.close(with_backup=False)


def test_a_file_that_is_there_is_not_overwritten_and_the_dialog_stays(
    qtbot: QtBot, office: tuple[Filed, Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    filed, shown = office
    dialog = _shown(qtbot, RestoreDialog(shown, _backup(filed)))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(filed.path), ""))
    dialog.go.click()
    assert "已经存在，没有覆盖" in dialog.said.text.text()
    assert dialog.isVisible()
    assert dialog.go.isEnabled()


def test_a_backup_of_another_office_is_restored_without_comparison(
    qtbot: QtBot, office: tuple[Filed, Office], tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other = Filed(tmp_path / "other" / "other.tz")
    other.store.backup(tmp_path / "backup.tz")
    other.store.close(with_backup=False)
    dialog = _shown(qtbot, RestoreDialog(office[1], tmp_path / "backup.tz"))
    assert "是另一个单位" in dialog.said.text.text()
    assert dialog.go.isEnabled()


def test_a_backup_of_an_older_program_is_restored_without_comparison(
    qtbot: QtBot, office: tuple[Filed, Office], tmp_path: Path
) -> None:
    filed, shown = office
    backup = tmp_path / "backup.tz"
    filed.store.backup(backup)
    older = driver.connect(backup)
    older.execute("DROP TABLE paper")
    older.close()
    dialog = _shown(qtbot, RestoreDialog(shown, backup))
    assert "旧版程序" in dialog.said.text.text()
    assert "自动升级" in dialog.said.text.text()
    assert dialog.go.isEnabled()
    before = backup.read_bytes()
    dialog.restore_to(tmp_path / "恢复.tz")
    again = Store.open(tmp_path / "恢复.tz", installed())
    assert (again.name, again.check()) == (filed.store.name, [])
    again.close(with_backup=False)
    assert backup.read_bytes() == before


def test_what_is_no_backup_says_so_and_cannot_be_restored(
    qtbot: QtBot, office: tuple[Filed, Office], tmp_path: Path
) -> None:
    (tmp_path / "letter.tz").write_text("亲爱的同志们" * 500, encoding="utf-8")
    dialog = _shown(qtbot, RestoreDialog(office[1], tmp_path / "letter.tz"))
    assert "不是台账文件" in dialog.said.text.text()
    assert not dialog.go.isEnabled()


def test_whoever_has_entered_the_office_need_not_show_the_password_again(qtbot: QtBot, tmp_path: Path) -> None:
    store, shown = open_locked(locked_file(tmp_path))
    store.do("放入", lambda work: work.attach(b"%PDF-1.7"))
    backup = store.safeguard()
    assert backup is not None
    dialog = _shown(qtbot, RestoreDialog(shown, backup))
    assert dialog.view is not None
    assert not dialog.lock.form.isVisible()
    dialog.restore_to(tmp_path / "恢复.tz")
    again = Store.open(tmp_path / "恢复.tz", installed(), access=enter(tmp_path / "恢复.tz", PASSWORDS[WANG]))
    assert again.check() == []
    again.close(with_backup=False)
    store.close(with_backup=False)


def test_without_an_open_office_the_password_of_an_administrator_is_asked_for(qtbot: QtBot, tmp_path: Path) -> None:
    store, _shown_office = open_locked(locked_file(tmp_path))
    store.do("放入", lambda work: work.attach(b"%PDF-1.7"))
    backup = store.safeguard()
    assert backup is not None
    store.close(with_backup=False)
    dialog = _shown(qtbot, RestoreDialog(None, backup, worker=Inline(loud)))
    assert dialog.lock.form.isVisible()
    assert not dialog.go.isEnabled()
    dialog.lock.form.given.emit(WANG, "不是这个")
    assert "密码不对" in dialog.lock.form.said.text()
    dialog.lock.form.given.emit(LI, PASSWORDS[LI])
    assert "只有管理员可以做" in dialog.lock.form.said.text()
    assert dialog.view is None
    dialog.lock.form.given.emit(WANG, PASSWORDS[WANG])
    assert "中共青石街道工作委员会" in _words(dialog)
    assert not dialog.lock.form.isVisible()
    dialog.restore_to(tmp_path / "恢复.tz")
    assert (tmp_path / "恢复.tz").is_file()


def test_the_recovery_code_opens_a_backup_of_which_nobody_knows_the_password(qtbot: QtBot, tmp_path: Path) -> None:
    store, _office = open_locked(locked_file(tmp_path))
    store.backup(tmp_path / "backup.tz")
    store.close(with_backup=False)
    dialog = _shown(qtbot, RestoreDialog(None, tmp_path / "backup.tz", worker=Inline(loud)))
    (forgot,) = [link for link in dialog.lock.findChildren(QPushButton) if "用恢复码" in link.text()]
    forgot.click()
    assert not dialog.lock.form.isVisible()
    dialog.lock.open.click()
    assert "恢复码应是 8 组" in dialog.lock.said.text()
    for box, group in zip(dialog.lock.boxes.boxes, recovery_code().split("-"), strict=True):
        box.setText(group)
    dialog.lock.open.click()
    assert "中共青石街道工作委员会" in _words(dialog)
    assert dialog.lock.boxes.boxes[0].text() == ""
    dialog.restore_to(tmp_path / "恢复.tz")
    assert (tmp_path / "恢复.tz").is_file()


def test_keys_of_another_office_do_not_fit(tmp_path: Path) -> None:
    store, _office = open_locked(locked_file(tmp_path))
    store.backup(tmp_path / "backup.tz")
    access = store.access
    assert way_into(tmp_path / "backup.tz", access) is not None
    assert way_into(store.path.with_name("none.tz"), access) is None
    stranger = Filed(tmp_path / "plain.tz").store
    assert way_into(tmp_path / "backup.tz", stranger.access) is None
    for one in (store, stranger):
        one.close(with_backup=False)


def test_backups_are_known_by_place_and_name(tmp_path: Path) -> None:
    stick = tmp_path / FOLDER
    stick.mkdir()
    (stick / "青石街道 2026-11-21 120000.tz").touch()
    (stick / "青石街道.tz").touch()
    found = office_of(stick / "青石街道 2026-11-21 120000.tz")
    assert found is not None
    assert (found[0].name, found[1]) == ("青石街道.tz", NOON)
    assert office_of(stick / "青石街道.tz") is None
    assert made_at(Path("升级前 2026-11-21 120000.tz")) == NOON
    assert made_at(Path("青石街道 2026-99-21 120000.tz")) is None
    assert made_at(tmp_path / "青石街道（2026）.tz") is None


def test_a_backup_that_is_opened_is_shown_and_opens_as_a_new_file(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    del qtbot
    filed = Filed(tmp_path / "office.tz")
    filed.add("members", name="安静宜", branch=filed.store.name, category="正式党员")
    filed.store.close()
    ((when, backup),) = list_backups(filed.path)
    assert when == NOON
    program.open(backup)
    assert program.welcome is not None
    assert program.window is not None
    (dialog,) = program.window.findChildren(RestoreDialog)
    until(lambda: dialog.view is not None, "a look at the backup")
    dialog.restore_to(tmp_path / "恢复.tz")
    until(lambda: isinstance(program.window, MainWindow), "the new office")
    assert isinstance(program.window, MainWindow)
    assert program.window.office.facts.path == tmp_path / "恢复.tz"
    counts: list[int] = []
    program.window.office.ask(lambda store: store.count(Query("members")), counts.append)
    until(lambda: counts == [1], "the count")
