"""The presses that lead through a hand-over."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from taizhang.core.access import Access
from taizhang.desk.handover_wizard import COUNTS, ITEMS, KEYS, SHEET, HandoverWizard
from taizhang.desk.office import Office
from taizhang.desk.recovery_sheet_dialog import RecoveryCodeDialog
from tests.offices import NOON

NEW, NEWER = "bright lamp 10", "broad field 11"


def shown(qtbot: QtBot, office: Office) -> HandoverWizard:
    made = HandoverWizard(office, lambda: NOON)
    qtbot.addWidget(made)
    made.show()
    return made


def press(wizard: HandoverWizard) -> None:
    QTest.mouseClick(wizard.next, Qt.MouseButton.LeftButton)


def said(wizard: HandoverWizard) -> str:
    return "" if wizard.warning.isHidden() else wizard.warning.text.text()


def name_both(wizard: HandoverWizard) -> None:
    """All that the first step needs where there are no passwords."""
    wizard.people.giver.setText("王敏")
    wizard.people.taker.setText("孙悦")


def give_to(wizard: HandoverWizard, name: str = "孙悦", password: str = NEW) -> None:
    """Fill in the first step."""
    wizard.people.taker.setText(name)
    for line in (wizard.people.new.first, wizard.people.new.again):
        line.setText(password)


def column(wizard: HandoverWizard, which: int) -> list[str]:
    """What stands in a column of the open items."""
    table = wizard.items.table
    items = [table.item(line, which) for line in range(table.rowCount())]
    return [item.text() for item in items if item is not None]


def to_the_sheet(wizard: HandoverWizard) -> None:
    """李静 stays with a new password, 赵阅 does not; on to the last step."""
    give_to(wizard)
    for _step in (COUNTS, ITEMS, KEYS):
        press(wizard)
    li, zhao = wizard.keys.others
    for line in (li.new.first, li.new.again):
        line.setText(NEWER)
    zhao.stays.setChecked(False)
    press(wizard)
    assert wizard.pages.currentIndex() == SHEET, said(wizard)


def seal(wizard: HandoverWizard) -> str:
    """Press 完成移交 and prove that the recovery code is on paper; the code."""
    press(wizard)
    (dialog,) = wizard.findChildren(RecoveryCodeDialog)
    groups = [group.text() for group in dialog.groups]
    dialog.answer.setText(groups[dialog.asked - 1])
    dialog.go_on.click()
    return "-".join(groups)


def doors(wizard: HandoverWizard) -> list[tuple[str, object]]:
    """What the wizard asks of the program, as it comes."""
    heard: list[tuple[str, object]] = []
    wizard.door.connect(lambda name, what: heard.append((name, what)))
    return heard


def work_of(heard: list[tuple[str, object]]) -> Callable[[Path], Access]:
    ((name, work),) = heard
    assert name == "while_closed"
    return cast("Callable[[Path], Access]", work)
