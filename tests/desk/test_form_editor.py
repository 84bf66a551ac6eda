"""Changing a form: faults stand at their line, the last good page stays, nothing that was typed is lost."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from taizhang.core.access import Access, Role
from taizhang.desk.form_editor import FormEditor
from taizhang.desk.form_source import draft_key
from taizhang.desk.form_words import field_menu
from taizhang.desk.office import Office
from taizhang.press.forms.shelf import shelf_of
from tests.desk.offices import open_office
from tests.desk.waiting import until
from tests.offices import NOON, Office as Filed

SLIP = "check_slip"
Opens = Callable[[], FormEditor]


@pytest.fixture
def desk(tmp_path: Path) -> tuple[Filed, Office]:
    return open_office(tmp_path, filled=False)


@pytest.fixture
def editor(qtbot: QtBot, desk: tuple[Filed, Office]) -> Opens:
    _filed, office = desk

    def opened() -> FormEditor:
        dialog = FormEditor(office, SLIP, office.ledgers["members"], lambda: NOON)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return opened


def _page(dialog: FormEditor) -> str:
    return dialog.pane.document.getAllText(0).text()


def _faults(dialog: FormEditor) -> list[str]:
    return [dialog.faults.item(at).text() for at in range(dialog.faults.count())]


def _said(dialog: FormEditor) -> str:
    item = dialog.said.itemAt(0)
    return item.widget().text.text() if item else ""  # type: ignore[union-attr]


def _press(dialog: FormEditor, text: str) -> None:
    QTest.mouseClick(next(made for made in dialog.findChildren(QPushButton) if made.text() == text), _LEFT)


_LEFT = Qt.MouseButton.LeftButton


def _write(dialog: FormEditor, old: str, new: str) -> None:
    text = dialog.text.toPlainText()
    assert old in text
    dialog.text.setPlainText(text.replace(old, new))
    dialog.try_now()


def test_the_standard_text_stands_there_with_a_sample_beside_it(editor: Opens) -> None:
    dialog = editor()
    assert "名称 党员信息核对单" in dialog.text.toPlainText()
    assert "样　张" in _page(dialog)
    assert dialog.state.text() == "现在用的是标准版式"
    assert not dialog.save_button.isEnabled()
    assert not dialog.standard_button.isEnabled()


def test_the_page_follows_what_is_typed_without_being_asked(editor: Opens) -> None:
    dialog = editor()
    dialog.text.setPlainText(dialog.text.toPlainText().replace("| 党员信息核对单", "| 请您核对"))
    until(lambda: "请您核对" in _page(dialog), "the page as it was typed")


def test_a_broken_text_says_where_and_keeps_the_last_good_page(editor: Opens) -> None:
    dialog = editor()
    before = _page(dialog)
    _write(dialog, "{所在党小组}", "{所在小小组}")
    (line,) = [at for at, text in enumerate(dialog.text.toPlainText().splitlines(), 1) if "{所在小小组}" in text]
    (said,) = _faults(dialog)
    assert said.startswith(f"第 {line} 行：")
    assert "所在小小组" in said
    assert [mark.cursor.blockNumber() + 1 for mark in dialog.text.extraSelections()] == [line]
    assert _page(dialog) == before
    assert dialog.old.isVisible()
    assert not dialog.save_button.isEnabled()
    dialog.faults.itemClicked.emit(dialog.faults.item(0))
    assert dialog.text.textCursor().blockNumber() + 1 == line
    _write(dialog, "{所在小小组}", "{所在党小组}")
    assert not dialog.old.isVisible()
    assert not dialog.faults.isVisible()


def test_an_own_form_counts_once_it_is_saved_and_the_standard_can_come_back_and_go(
    desk: tuple[Filed, Office], editor: Opens
) -> None:
    filed, _office = desk
    dialog = editor()
    _write(dialog, "| 党员信息核对单", "| 请您核对")
    assert dialog.state.text() == "标准版式，有改动还没有保存"
    dialog.save_button.click()
    assert "已存为本单位版式" in _said(dialog)
    assert "请您核对" in shelf_of(filed.store).text(SLIP)
    assert dialog.state.text() == "现在用的是本单位自己的版式"
    dialog.standard_button.click()
    assert shelf_of(filed.store).is_own(SLIP), "asked first"
    _press(dialog, "恢复")
    assert not shelf_of(filed.store).is_own(SLIP)
    assert "请您核对" not in _page(dialog)
    _press(dialog, "放回原来的")
    assert "请您核对" in shelf_of(filed.store).text(SLIP)
    assert "请您核对" in _page(dialog)


def test_what_was_typed_and_not_saved_is_there_the_next_time(desk: tuple[Filed, Office], editor: Opens) -> None:
    filed, _office = desk
    first = editor()
    _write(first, "| 党员信息核对单", "| 请您核对")
    first.reject()
    assert not shelf_of(filed.store).is_own(SLIP)
    again = editor()
    assert "请您核对" in again.text.toPlainText()
    assert "接着上次" in _said(again)
    _press(again, "不要了")
    assert "请您核对" not in again.text.toPlainText()
    again.reject()
    assert _said(editor()) == ""


def test_what_is_typed_is_kept_while_the_window_is_open(desk: tuple[Filed, Office], editor: Opens) -> None:
    """The power may go: a draft is not only made on closing."""
    filed, _office = desk
    dialog = editor()
    dialog._rest.setInterval(10)
    dialog.text.put_in("# 单位要求改的\n")
    until(lambda: "单位要求改的" in str(filed.store.recall(draft_key(SLIP))), "the draft")


def test_f9_hides_what_is_said_of_the_records_on_the_page(desk: tuple[Filed, Office], qtbot: QtBot) -> None:
    filed, office = desk
    rid = filed.add("members", name="欧阳望舒", branch=filed.store.name)
    dialog = FormEditor(office, SLIP, office.ledgers["members"], lambda: NOON, None, (rid,))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.text.setPlainText(f"{dialog.text.toPlainText()}\n段 10 10 5x2 正文 10 | {{姓名}}{{姓名}}{{姓名}}\n")
    dialog.try_now()
    assert any("欧阳望舒" in said for said in _faults(dialog)), _faults(dialog)
    office.mask(masked=True)
    assert _faults(dialog)
    assert not any("欧阳望舒" in said for said in _faults(dialog))
    assert not dialog.pane.view.isVisible()
    office.mask(masked=False)
    assert any("欧阳望舒" in said for said in _faults(dialog))


def test_a_form_is_taken_along_as_a_file_and_brought_back(tmp_path: Path, editor: Opens) -> None:
    dialog = editor()
    path = tmp_path / "核对单.form"
    dialog.save_to(path)
    text = dialog.text.toPlainText()
    assert path.read_text(encoding="utf-8") == text
    path.write_bytes(text.replace("| 党员信息核对单", "| 请您核对").replace("\n", "\r\n").encode("gb18030"))
    dialog.open_file(path)
    assert "请您核对" in _page(dialog)
    assert dialog.save_button.isEnabled()
    dialog.save_to(path)
    assert "请您核对" in path.read_text(encoding="utf-8"), "a file of the same kind is written over"
    (tmp_path / "表.form").write_bytes(b"PK\x03\x04")
    dialog.open_file(tmp_path / "表.form")
    assert "不是表格版式" in _said(dialog)
    assert "请您核对" in dialog.text.toPlainText()


def test_a_reader_who_comes_to_it_nevertheless_changes_nothing(desk: tuple[Filed, Office], editor: Opens) -> None:
    filed, _office = desk
    dialog = editor()
    _write(dialog, "| 党员信息核对单", "| 请您核对")
    filed.store.act_as(Access("来访者", Role.READER))
    dialog.save()
    assert "记录员" in _said(dialog)
    assert not shelf_of(filed.store).is_own(SLIP)


def test_fields_are_put_in_by_name_also_those_behind_links(
    qtbot: QtBot, desk: tuple[Filed, Office], editor: Opens
) -> None:
    _filed, office = desk
    put: list[str] = []
    dialog = editor()
    menu = field_menu(office.ledgers["transfers"], office.ledgers, put.append, dialog)
    qtbot.addWidget(menu)
    _choose(menu, "谁转接", "姓名")
    _choose(menu, "名册中的党员的", "籍贯")
    _choose(menu, "本单位的", "党组织全称")
    _choose(menu, "日期、页码、打印人", "今天")
    assert put == ["{姓名}", "{名册中的党员.籍贯}", "{本单位.党组织全称}", "{今天}"]
    dialog.text.put_in("{姓名}")
    assert dialog.text.toPlainText().startswith("{姓名}")


def _choose(menu: QMenu, part: str, text: str) -> None:
    """Choose `text` in the part of a menu that is called so, or in one of its own parts."""
    (inner,) = [made for made in menu.findChildren(QMenu) if made.title() == part and made.parent() is menu]
    actions = [action for below in (inner, *inner.findChildren(QMenu)) for action in below.actions()]
    next(action for action in actions if action.text() == text).trigger()
