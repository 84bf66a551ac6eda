"""Nobody at the desk: what is personal is hidden, then the screen is locked; and a backup in the quiet (R-PRIV-02)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from taizhang.desk.application import Program
from taizhang.desk.idle import Idle
from taizhang.desk.main_window import MainWindow
from taizhang.desk.sentry import Sentry
from taizhang.store.shelf import list_backups
from tests.desk.entered import enter, give, office, settle
from tests.desk.locked import WANG, locked_file
from tests.desk.waiting import until
from tests.offices import Office as Filed

MINUTE = 60


class Clock:
    """Seconds as the test wants them."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


def watched(program: Program, clock: Clock) -> Sentry:
    """The program's own sentry, by another clock."""
    sentry = program.sentry
    assert sentry is not None
    sentry.idle.now = clock
    sentry.idle.touch()
    sentry._saved = clock()
    return sentry


@pytest.fixture
def locked_office(program: Program, tmp_path: Path, clock: Clock) -> tuple[MainWindow, Sentry]:
    window = enter(program, locked_file(tmp_path), WANG)
    return window, watched(program, clock)


@pytest.fixture
def plain_office(program: Program, tmp_path: Path, clock: Clock) -> tuple[MainWindow, Sentry]:
    filed = Filed(tmp_path / "office.tz")
    filed.fill()
    filed.store.close(with_backup=False)
    program.open(filed.path)
    return office(program), watched(program, clock)


def wheel(line: QLineEdit) -> None:
    at = QPointF(line.rect().center())
    event = QWheelEvent(
        at, at, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(line.window().windowHandle(), event)


HANDS: dict[str, Callable[[QLineEdit], object]] = {
    "key": lambda line: QTest.keyClick(line.window().windowHandle(), Qt.Key.Key_A),
    "press": lambda line: QTest.mousePress(line.window().windowHandle(), Qt.MouseButton.LeftButton),
    "move": lambda line: QTest.mouseMove(line.window().windowHandle(), QPoint(9, 9)),
    "wheel": wheel,
}


@pytest.mark.parametrize("hand", HANDS)
def test_every_touch_counts_in_every_window(qtbot: QtBot, clock: Clock, hand: str) -> None:
    idle = Idle(None, clock)
    dialog = QDialog()
    line = QLineEdit(dialog)
    qtbot.addWidget(dialog)
    dialog.show()
    until(lambda: QApplication.focusWindow() is dialog.windowHandle(), "the dialog in front")
    clock.at += 500
    assert idle.seconds() == 500
    HANDS[hand](line)
    QTest.qWait(1)
    assert idle.seconds() == 0


def test_what_is_personal_is_hidden_first_and_the_screen_locked_later(
    locked_office: tuple[MainWindow, Sentry], clock: Clock
) -> None:
    window, sentry = locked_office
    clock.at += 5 * MINUTE - 1
    sentry.look()
    assert not window.office.masked
    clock.at += 1
    sentry.look()
    assert window.office.masked
    assert "5 分钟没有操作" in window.status.said.text()
    assert not sentry.locked
    clock.at += 5 * MINUTE
    sentry.look()
    assert sentry.locked


def test_who_comes_back_to_the_locked_screen_sees_names_again(
    locked_office: tuple[MainWindow, Sentry], clock: Clock
) -> None:
    window, sentry = locked_office
    clock.at += 6 * MINUTE
    sentry.look()
    clock.at += 6 * MINUTE
    sentry.look()
    assert sentry.screen.dialog is not None
    give(sentry.screen.dialog.form, WANG)
    until(lambda: not sentry.locked, "the unlocked screen")
    assert not window.office.masked
    sentry.look()
    assert not sentry.locked


def test_what_f9_has_hidden_stays_hidden(locked_office: tuple[MainWindow, Sentry], clock: Clock) -> None:
    window, sentry = locked_office
    window.office.mask(masked=True)
    clock.at += 20 * MINUTE
    sentry.look()
    assert sentry.screen.dialog is not None
    give(sentry.screen.dialog.form, WANG)
    until(lambda: not sentry.locked, "the unlocked screen")
    assert window.office.masked


def test_zero_minutes_are_never(program: Program, locked_office: tuple[MainWindow, Sentry], clock: Clock) -> None:
    window, sentry = locked_office
    program.settings.lock_after = program.settings.mask_after = 0
    clock.at += 600 * MINUTE
    sentry.look()
    assert not sentry.locked
    assert not window.office.masked


def test_an_office_without_a_password_is_hidden_and_never_locked(
    plain_office: tuple[MainWindow, Sentry], clock: Clock
) -> None:
    window, sentry = plain_office
    clock.at += 90 * MINUTE
    sentry.look()
    assert window.office.masked
    assert not sentry.locked


def test_ctrl_l_locks_from_within_a_dialog(locked_office: tuple[MainWindow, Sentry]) -> None:
    window, sentry = locked_office
    dialog = QDialog(window)
    dialog.open()
    until(lambda: QApplication.focusWindow() is dialog.windowHandle(), "the dialog in front")
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert sentry.locked
    assert dialog.isVisible()


def test_after_four_hours_of_work_a_quiet_minute_is_used_for_a_backup(
    plain_office: tuple[MainWindow, Sentry], clock: Clock
) -> None:
    window, sentry = plain_office
    path = window.office.facts.path
    window.office.do("附件", lambda work: work.attach(b"%PDF-1.7"))
    clock.at += 4 * 60 * MINUTE
    sentry.idle.touch()
    sentry.look()
    settle(window)
    assert list_backups(path) == []
    clock.at += MINUTE
    sentry.look()
    settle(window)
    assert len(list_backups(path)) == 1
    until(lambda: window.status.backup.text().startswith("上次备份"), "the backup in the status line")
    clock.at += 10 * MINUTE
    sentry.look()
    settle(window)
    assert len(list_backups(path)) == 1
