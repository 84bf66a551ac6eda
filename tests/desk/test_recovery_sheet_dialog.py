"""The recovery code is shown once, printed or saved as it is, proved to be on paper, and forgotten."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from taizhang.core.recovery_code import written
from taizhang.desk.recovery_sheet_dialog import RecoveryCodeDialog
from tests.desk.waiting import until
from tests.offices import NOON
from tests.press.reading import read_pdf

CODE = written(bytes(range(200, 216)))
GROUPS = CODE.split("-")


@pytest.fixture
def dialog(qtbot: QtBot) -> RecoveryCodeDialog:
    made = RecoveryCodeDialog("中共杏花社区委员会", CODE, lambda: NOON)
    qtbot.addWidget(made)
    made.show()
    return made


def _said(dialog: RecoveryCodeDialog) -> str:
    return "" if dialog.said.isHidden() else dialog.said.text.text()


def test_all_eight_groups_are_shown_and_nothing_goes_on_before_one_is_typed(dialog: RecoveryCodeDialog) -> None:
    assert [group.text() for group in dialog.groups] == GROUPS
    assert not dialog.go_on.isEnabled()
    QTest.keyClicks(dialog.answer, "000000")
    QTest.keyClick(dialog.answer, Qt.Key.Key_Return)
    assert dialog.result() != QDialog.DialogCode.Accepted
    assert f"第 {dialog.asked} 组不是" in _said(dialog)
    dialog.answer.selectAll()
    QTest.keyClicks(dialog.answer, GROUPS[dialog.asked - 1])
    assert (dialog.go_on.isEnabled(), _said(dialog)) == (True, ""), "what was wrong is not said of what is right"
    QTest.mouseClick(dialog.go_on, Qt.MouseButton.LeftButton)
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_the_group_that_is_asked_for_is_hidden_while_it_is_typed(dialog: RecoveryCodeDialog) -> None:
    dialog.activateWindow()
    asked = dialog.groups[dialog.asked - 1]
    dialog.answer.setFocus()
    until(lambda: not asked.text().isdigit(), "the group asked for is hidden")
    assert [group.text() for group in dialog.groups if group is not asked] == [
        text for number, text in enumerate(GROUPS, 1) if number != dialog.asked
    ]
    dialog.save_button.setFocus()
    until(lambda: asked.text() == GROUPS[dialog.asked - 1], "and seen again when looked for")


def test_full_width_figures_count_as_well(dialog: RecoveryCodeDialog) -> None:
    dialog.answer.setText("".join(chr(ord(figure) + 0xFEE0) for figure in GROUPS[dialog.asked - 1]))
    assert dialog.go_on.isEnabled()


def test_the_dialog_forgets_the_code_when_it_is_closed(dialog: RecoveryCodeDialog) -> None:
    dialog.answer.setText(GROUPS[dialog.asked - 1])
    dialog.accept()
    shown = "".join(part.text() for part in dialog.findChildren(QLabel)) + dialog.answer.text()
    assert not [group for group in GROUPS if group in shown]
    assert not [name for name, value in vars(dialog).items() if isinstance(value, str) and GROUPS[0] in value]


def test_the_saved_sheet_carries_the_code_and_one_is_told_to_delete_it(
    dialog: RecoveryCodeDialog, tmp_path: Path
) -> None:
    dialog.save_to(tmp_path / "恢复码.pdf")
    (page,) = read_pdf((tmp_path / "恢复码.pdf").read_bytes())
    assert [word.text for word in page.words if word.text.isdigit()] == GROUPS
    assert "2026年" in page.text
    assert "删掉" in _said(dialog)


def test_a_place_where_nothing_can_be_written_is_said(dialog: RecoveryCodeDialog, tmp_path: Path) -> None:
    dialog.save_to(tmp_path / "没有" / "恢复码.pdf")
    assert "写不进" in _said(dialog)
    assert list(tmp_path.iterdir()) == []


def test_the_sheet_is_printed_and_no_file_of_it_stays(dialog: RecoveryCodeDialog, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    dialog.print_with(printer)
    assert "已送往打印机" in _said(dialog)
    assert [path.name for path in tmp_path.iterdir()] == ["paper.pdf"]


def test_a_code_that_counts_already_cannot_be_left_without_it(qtbot: QtBot) -> None:
    dialog = RecoveryCodeDialog("中共杏花社区委员会", CODE, lambda: NOON, final=True)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert f"第 {dialog.asked} 组" in _said(dialog)
    dialog.answer.setText(GROUPS[dialog.asked - 1])
    dialog.go_on.click()
    assert not dialog.isVisible()
