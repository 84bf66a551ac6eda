"""Picking one of many by typing its code, its label, its pinyin or its initials."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from taizhang.core.codes import code_table
from taizhang.desk.inputs_linked import records
from taizhang.desk.office import Office
from taizhang.desk.picker import Option, Picker, from_codes
from tests.offices import Office as Filed


def offered(table: str, text: str) -> list[str]:
    """The labels that are offered for what is typed."""
    found: list[Option] = []
    from_codes(code_table(table))(text, found.extend)
    return [option.text for option in found]


@pytest.mark.parametrize("typed", ["维吾", "weiwu", "wwe"])
def test_a_line_of_a_code_table_is_found_by_label_pinyin_and_initials(typed: str) -> None:
    assert offered("ethnic_group", typed)[0].startswith("维吾尔")


def test_a_line_is_found_by_its_code() -> None:
    code = code_table("sex").find("女")
    assert code is not None
    assert offered("sex", code) == ["女"]


def test_the_whole_list_begins_with_nothing_so_that_a_choice_can_be_emptied() -> None:
    assert offered("sex", "")[0] == ""
    assert len(offered("sex", "")) == len(code_table("sex").codes) + 1


def test_the_records_that_a_link_offers_are_those_the_search_finds(office: tuple[Filed, Office]) -> None:
    found: list[Option] = []
    records(office[1], "members")("oyz", found.extend)
    assert [(option.text, option.hint) for option in found] == [("欧阳喆", "第一党支部")]
    assert isinstance(found[0].raw, int)


@pytest.mark.qt_log_ignore("plugin does not support")  # a list that opens wants more than an offscreen screen gives
def test_arrow_and_enter_pick_and_further_typing_lets_go(qtbot: QtBot) -> None:
    picker = Picker(from_codes(code_table("sex")))
    qtbot.addWidget(picker)
    picker.show()
    picker.setFocus()
    qtbot.waitUntil(picker.hasFocus)
    picked: list[Option] = []
    picker.picked.connect(picked.append)
    QTest.keyClicks(picker, "nv")
    popup = picker._completer.popup()
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert picker.text() == "女"
    assert [option.text for option in picked] == ["女"]
    assert picker.chosen == picked[0]
    QTest.keyClicks(picker, "x")
    assert picker.chosen is None
