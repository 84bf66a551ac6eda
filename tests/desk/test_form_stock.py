"""On pre-printed stock only the values are printed, moved by an offset that is measured once."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from taizhang.desk import calibration_dialog
from taizhang.desk.calibration_dialog import CalibrationDialog
from taizhang.desk.office import Office
from taizhang.desk.offset_picker import OffsetPicker
from tests.desk.form_pages import Opens, text_of
from tests.ledgers.letters import Letters

LETTER = "introduction_letter"
OUT_REGISTER = "transfer_register_out"


def _to_file(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_on_printed_stock_only_the_values_are_printed_and_the_offset_is_remembered_for_the_printer(
    lettered: tuple[Letters, Office], preview: Opens
) -> None:
    letters, _office = lettered
    rid = letters.issue(letters.members[0])
    first = preview(rid)
    assert not first.options.fine.isVisible()
    first.options.stock.setChecked(True)
    first.options.offset.arrows["Right"].click()
    first.options.offset.arrows["Up"].click()
    first.options.offset.arrows["Up"].click()
    first.draw_now()
    assert "秦一" in text_of(first)
    assert "请转接组织关系" not in text_of(first)
    assert first.options.offset.said.text() == "向右挪 0.1 毫米、向上挪 0.2 毫米"
    first.reject()
    again = preview(rid)
    assert again.options.choice().offset == (0.1, -0.2)
    again.options.printer.setCurrentText("乙打印机")
    again.options.printer.textActivated.emit("乙打印机")
    assert again.options.choice().offset is None, "another printer has its own"


@pytest.mark.parametrize(
    ("typed", "length"), [("0.35", 0.3), ("－１．２", -1.2), ("0。4", 0.4), ("99", 30.0), ("x", 0.0)]
)
def test_an_offset_is_typed_as_people_type(qtbot: QtBot, typed: str, length: float) -> None:
    picker = OffsetPicker()
    qtbot.addWidget(picker)
    picker.across.setText(typed)
    picker.across.textEdited.emit(typed)
    assert picker.offset() == (length, 0.0)


def test_the_keys_push_by_a_tenth(qtbot: QtBot) -> None:
    picker = OffsetPicker()
    qtbot.addWidget(picker)
    QTest.keyClick(picker.down, Qt.Key.Key_Up)
    assert picker.offset() == (0.0, 0.1)
    with qtbot.assertNotEmitted(picker.changed):
        picker.put(0.0, 30.0)
    with qtbot.assertNotEmitted(picker.changed):
        picker.arrows["Down"].click()


def test_the_difference_that_was_measured_is_added_and_the_sheet_drawn_anew(
    tmp_path: Path, lettered: tuple[Letters, Office], preview: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters, _office = lettered
    dialog = preview(letters.issue(letters.members[0]))
    dialog.options.stock.setChecked(True)
    dialog.options.offset.put(0.3, 0.0)
    dialog.draw_now()
    shown: list[str] = []

    def measure(sheet: CalibrationDialog) -> int:
        shown.append(sheet.pane.document.getAllText(0).text())
        sheet.print_with(_to_file(tmp_path / "sheet.pdf"))
        sheet.difference.arrows["Left"].click()
        sheet.difference.arrows["Down"].click()
        sheet.take()
        shown.append(sheet.pane.document.getAllText(0).text())
        assert sheet.difference.offset() == (0.0, 0.0)
        return 0

    monkeypatch.setattr(calibration_dialog.CalibrationDialog, "exec", measure)
    dialog.options.test.click()
    assert "左右 0.3 毫米，上下 0.0 毫米" in shown[0]
    assert "左右 0.2 毫米，上下 0.1 毫米" in shown[1]
    assert (tmp_path / "sheet.pdf").exists()
    assert dialog.options.choice().offset == (0.2, 0.1)
    assert letters.office.store.log.lines() == [], "a sheet of crosses names nobody"
