"""The import wizard with real workbooks: nothing is stored before 导入, the counts add up, one undo takes it back."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from taizhang.desk.import_rows_model import DECISION, FIELDS, SAYS
from taizhang.desk.import_wizard import COLUMNS, FILE, RESULT, REVIEW, ImportWizard
from taizhang.desk.office import Office
from taizhang.exchange.plan import Decision
from taizhang.store.query import Query
from tests.desk.offices import open_office
from tests.desk.waiting import until
from tests.offices import Office as Filed

HEAD = ("姓名", "性别", "出生日期", "入党时间", "人员类别", "联系方式")
GOOD = ("林晓燕", "女", "1980-05-06", "2005.07", "正式党员", "13800001111")
WRONG = ("周建", "男", "1980-13-40", "2005.07", "正式党员", "13800002222")
TOTAL = ("合计", "", "", "", "", "")
EVERYBODY = Query("members", show="all")


@pytest.fixture
def desk(tmp_path: Path) -> tuple[Filed, Office]:
    return open_office(tmp_path, filled=False)


@pytest.fixture
def wizard(qtbot: QtBot, desk: tuple[Filed, Office]) -> ImportWizard:
    filed, office = desk
    made = ImportWizard(office, filed.registry.ledgers["members"])
    qtbot.addWidget(made)
    made.show()
    return made


def sheet(folder: Path, *rows: Sequence[object], head: Sequence[str] = HEAD) -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["某社区党员名册"])
    page.append(list(head))
    for row in rows:
        page.append(list(row))
    path = folder / "名册.xlsx"
    book.save(path)
    return path


def press(window: ImportWizard, text: str) -> None:
    """Click the button that begins with these words, as soon as it is there."""

    def found() -> list[QPushButton]:
        return [one for one in window.findChildren(QPushButton) if one.text().startswith(text) and one.isVisible()]

    until(lambda: bool(found()), text)
    assert found()[0].isEnabled(), text
    QTest.mouseClick(found()[0], Qt.MouseButton.LeftButton)


def look_at(wizard: ImportWizard, number: int) -> None:
    model = wizard.review.model
    shown = next(row for row in range(model.rowCount()) if model.row(row).number == number)
    wizard.review.table.setCurrentIndex(model.index(shown, SAYS))
    panel = wizard.review.panel  # it is filled once the events at hand are dealt with
    said = f"第 {number} 行"
    until(lambda: any(one.text().startswith(said) for one in panel.findChildren(QLabel)), said)
    QApplication.processEvents()


def names(filed: Filed) -> list[str]:
    rows = filed.store.rows("members", filed.store.rids(EVERYBODY))
    return [str(row.values["name"]) for row in rows]


def test_nothing_is_stored_before_import_is_pressed(
    desk: tuple[Filed, Office], wizard: ImportWizard, tmp_path: Path
) -> None:
    filed, office = desk
    heard: list[str] = []
    office.said.connect(heard.append)
    assert wizard.pages.currentIndex() == FILE
    wizard.choose(sheet(tmp_path, GOOD, WRONG, TOTAL))
    assert wizard.pages.currentIndex() == COLUMNS
    press(wizard, "下一步")
    assert wizard.pages.currentIndex() == REVIEW
    assert names(filed) == []
    press(wizard, "导入（新增 1，更新 0）")
    assert wizard.pages.currentIndex() == RESULT
    assert names(filed) == ["林晓燕"]
    assert heard == ["已导入 3 行：新增 1，更新 0，未变 0，跳过 1，拒绝 1"]
    assert wizard.outcome.sum.text() == "1 + 0 + 0 + 1 + 1 = 3，正好是读到的 3 行。"


def test_one_undo_takes_the_whole_import_back(desk: tuple[Filed, Office], wizard: ImportWizard, tmp_path: Path) -> None:
    filed, _office = desk
    wizard.choose(sheet(tmp_path, GOOD, ("赵敏", "女", "1981-05-06", "2006.07", "正式党员", "")))
    press(wizard, "下一步")
    press(wizard, "导入")
    assert len(names(filed)) == 2
    press(wizard, "撤销这次导入")
    assert names(filed) == []
    assert "已撤销" in wizard.outcome.title.text()
    assert not wizard.outcome.open.isEnabled()


def test_a_dropped_file_is_read(wizard: ImportWizard, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(sheet(tmp_path, GOOD)))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    wizard.file_page.dropEvent(QDropEvent(QPointF(9, 9), copy, data, left, none))
    assert wizard.pages.currentIndex() == COLUMNS


def test_what_is_no_workbook_is_said_in_one_sentence(wizard: ImportWizard, tmp_path: Path) -> None:
    path = tmp_path / "照片.xlsx"
    path.write_bytes(b"\xff\xd8 no workbook")
    wizard.choose(path)
    assert wizard.pages.currentIndex() == FILE
    assert wizard.warning.isVisible()
    assert "没有导入" in wizard.warning.text.text()


def test_columns_are_shown_with_samples_and_can_be_assigned_by_hand(
    desk: tuple[Filed, Office], wizard: ImportWizard, tmp_path: Path
) -> None:
    filed, _office = desk
    head = (*HEAD[:5], "找得到的号")
    wizard.choose(sheet(tmp_path, GOOD, head=head))
    table, boxes = wizard.columns.table, wizard.columns._boxes
    assert [table.item(row, 0).text() for row in range(table.rowCount())] == list(head)  # type: ignore[union-attr]
    assert table.item(5, 1).text() == "13800001111"  # type: ignore[union-attr]
    assert boxes[5].currentText() == "不导入"
    boxes[5].setCurrentIndex(boxes[5].findData("phone"))
    boxes[5].activated.emit(boxes[5].currentIndex())
    press(wizard, "下一步")
    press(wizard, "导入")
    assert filed.store.row(filed.store.rids(EVERYBODY)[0]).values["phone"] == "13800001111"


def test_an_assignment_is_remembered_for_these_headings(
    qtbot: QtBot, desk: tuple[Filed, Office], wizard: ImportWizard, tmp_path: Path
) -> None:
    filed, office = desk
    path = sheet(tmp_path, GOOD, head=(*HEAD[:5], "找得到的号"))
    wizard.choose(path)
    box = wizard.columns._boxes[5]
    box.setCurrentIndex(box.findData("phone"))
    box.activated.emit(box.currentIndex())
    press(wizard, "下一步")
    press(wizard, "导入")
    again = ImportWizard(office, filed.registry.ledgers["members"])
    qtbot.addWidget(again)
    again.choose(path)
    assert again.columns.mapping()["找得到的号"] == "phone"


def test_a_field_takes_one_column_only(wizard: ImportWizard, tmp_path: Path) -> None:
    wizard.choose(sheet(tmp_path, GOOD))
    boxes = wizard.columns._boxes
    boxes[5].setCurrentIndex(boxes[5].findData("name"))
    boxes[5].activated.emit(boxes[5].currentIndex())
    assert boxes[0].currentText() == "不导入"


def test_rows_with_findings_come_first_and_say_why(wizard: ImportWizard, tmp_path: Path) -> None:
    wizard.choose(sheet(tmp_path, GOOD, WRONG, TOTAL))
    press(wizard, "下一步")
    model = wizard.review.model
    assert [model.row(row).number for row in range(model.rowCount())] == [4]
    assert "13 月" in str(model.data(model.index(0, SAYS)))
    born = next(n for n, field in enumerate(model.fields) if field.key == "born_on")
    assert "13 月" in str(model.data(model.index(0, FIELDS + born), Qt.ItemDataRole.ToolTipRole))
    press(wizard, "读到 3")
    assert model.rowCount() == 3
    press(wizard, "跳过 1")
    assert model.rowCount() == 1
    assert str(model.data(model.index(0, SAYS))) == "合计行"


def test_a_cell_mended_in_place_is_judged_at_once(
    desk: tuple[Filed, Office], wizard: ImportWizard, tmp_path: Path
) -> None:
    filed, _office = desk
    wizard.choose(sheet(tmp_path, WRONG))
    press(wizard, "下一步")
    assert not wizard.next.isEnabled()
    look_at(wizard, 3)
    edit = next(one for one in wizard.review.panel.findChildren(QLineEdit) if one.accessibleName() == "出生日期")
    edit.selectAll()
    QTest.keyClicks(edit, "1980-12-04")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    model = wizard.review.model
    assert model.row(0).decision is Decision.ADD
    press(wizard, "导入（新增 1")
    assert filed.store.row(filed.store.rids(EVERYBODY)[0]).values["born_on"] == "1980-12-04"


def test_a_cell_of_the_table_can_be_typed_over(wizard: ImportWizard, tmp_path: Path) -> None:
    wizard.choose(sheet(tmp_path, WRONG))
    press(wizard, "下一步")
    model = wizard.review.model
    born = FIELDS + next(n for n, field in enumerate(model.fields) if field.key == "born_on")
    assert model.flags(model.index(0, born)) & Qt.ItemFlag.ItemIsEditable
    assert model.setData(model.index(0, born), "1980.12")
    assert model.row(0).decision is Decision.ADD
    assert model.data(model.index(0, born)) == "1980.12"


def test_a_proposed_repair_is_one_click(wizard: ImportWizard, tmp_path: Path) -> None:
    row = ("林晓燕", "女", "1949-12-31", "2005.07", "正式党员", "110105491231002")
    wizard.choose(sheet(tmp_path, row, head=(*HEAD[:5], "身份证号码")))
    press(wizard, "下一步")
    look_at(wizard, 3)
    press(wizard, "改成“11010519491231002X”")
    assert wizard.review.model.row(0).decision is Decision.ADD


def test_a_row_is_left_and_taken_again_by_its_tick(
    desk: tuple[Filed, Office], wizard: ImportWizard, tmp_path: Path
) -> None:
    filed, _office = desk
    wizard.choose(sheet(tmp_path, GOOD, ("赵敏", "女", "1981-05-06", "2006.07", "正式党员", "")))
    press(wizard, "下一步")
    wizard.review.filter("all")
    model = wizard.review.model
    tick = model.index(0, DECISION)
    model.setData(tick, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert model.row(0).decision is Decision.SKIP
    assert wizard.next.text() == "导入（新增 1，更新 0）"
    model.setData(tick, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert wizard.next.text() == "导入（新增 2，更新 0）"
    model.setData(tick, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    press(wizard, "导入")
    assert names(filed) == ["赵敏"]


def test_an_update_shows_old_and_new_before_it_is_stored(
    desk: tuple[Filed, Office], wizard: ImportWizard, tmp_path: Path
) -> None:
    filed, _office = desk
    filed.add(
        "members",
        name="林晓燕",
        born_on="1980-05-06",
        phone="13900009999",
        category="正式党员",
        branch=filed.store.name,
    )
    wizard.choose(sheet(tmp_path, GOOD))
    press(wizard, "下一步")
    look_at(wizard, 3)
    assert wizard.review.model.row(0).decision is Decision.UPDATE
    texts = " ".join(one.text() for one in wizard.review.panel.findChildren(QLabel))
    assert "13900009999 → 13800001111" in texts


def test_an_office_that_changed_meanwhile_is_asked_again(
    desk: tuple[Filed, Office], wizard: ImportWizard, tmp_path: Path
) -> None:
    filed, _office = desk
    wizard.choose(sheet(tmp_path, GOOD))
    press(wizard, "下一步")
    filed.add("members", name="赵敏", category="正式党员", branch=filed.store.name)
    press(wizard, "导入")
    assert wizard.pages.currentIndex() == REVIEW
    assert "又有改动" in wizard.warning.text.text()
    press(wizard, "导入")
    assert not wizard.warning.isVisible()
    press(wizard, "导入")
    assert sorted(names(filed)) == ["林晓燕", "赵敏"]


def test_the_marked_copy_of_their_file_says_why(wizard: ImportWizard, tmp_path: Path) -> None:
    wizard.choose(sheet(tmp_path, GOOD, WRONG))
    press(wizard, "下一步")
    wizard.save_marked(tmp_path / "标注.xlsx")
    cells = [str(cell.value) for row in load_workbook(tmp_path / "标注.xlsx").worksheets[0] for cell in row]
    assert any("13 月" in text for text in cells)


def test_a_template_can_be_saved_and_is_read_back(wizard: ImportWizard, tmp_path: Path) -> None:
    wizard.save_template(tmp_path / "模板.xlsx")
    wizard.choose(tmp_path / "模板.xlsx")
    assert wizard.pages.currentIndex() == COLUMNS
    assert "phone" in wizard.columns.mapping().values()


def test_f9_masks_the_rows_too(desk: tuple[Filed, Office], wizard: ImportWizard, tmp_path: Path) -> None:
    _filed, office = desk
    wizard.choose(sheet(tmp_path, GOOD))
    press(wizard, "下一步")
    wizard.review.filter("all")
    model = wizard.review.model
    assert model.data(model.index(0, FIELDS)) == "林晓燕"
    office.mask(True)
    assert model.data(model.index(0, FIELDS)) == "林**"
    assert model.data(model.index(0, FIELDS), Qt.ItemDataRole.EditRole) == "林晓燕"


def test_what_was_imported_can_be_opened(
    qtbot: QtBot, desk: tuple[Filed, Office], wizard: ImportWizard, tmp_path: Path
) -> None:
    filed, _office = desk
    wizard.choose(sheet(tmp_path, GOOD))
    press(wizard, "下一步")
    press(wizard, "导入")
    with qtbot.waitSignal(wizard.open_records) as opened:
        press(wizard, "查看新增和更新的")
    assert opened.args == [filed.store.rids(EVERYBODY)]
    assert not wizard.isVisible()
