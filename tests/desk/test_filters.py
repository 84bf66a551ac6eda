"""Filters: made by field and value, kept under a name, and given back as they were."""

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QMenu
from pytestqt.qtbot import QtBot

from taizhang.desk.asking import in_words
from taizhang.desk.filter_bar import FilterBar
from taizhang.desk.filter_editor import DayChooser, FilterEditor
from taizhang.desk.office import Office
from taizhang.desk.saved_filters import SavedFilters, packed, unpacked
from taizhang.store.query import Filter, Query
from tests.offices import TODAY, Office as Filed


@pytest.fixture
def editor(office: tuple[Filed, Office], qtbot: QtBot) -> FilterEditor:
    filed, desk = office
    made = FilterEditor(filed.registry.ledgers["members"], desk)
    qtbot.addWidget(made)
    return made


def choose(editor: FilterEditor, key: str) -> None:
    """Choose the field to filter by."""
    editor.field.setCurrentIndex(editor.field.findData(key))


def test_several_lines_of_a_code_table_make_one_filter(editor: FilterEditor) -> None:
    choose(editor, "sex")
    box = editor._value
    assert isinstance(box, QListWidget)
    for row in range(2):
        box.item(row).setCheckState(Qt.CheckState.Checked)
    editor.accept()
    assert editor.made == [Filter("sex", "is", ("1", "2"))]


def test_a_span_of_days_may_be_partial_and_a_bad_day_is_explained(editor: FilterEditor) -> None:
    choose(editor, "joined_on")
    first, last = editor._value.findChildren(QLineEdit)
    first.setText("2020年")
    last.setText("2024.13")
    editor.accept()
    assert editor.made == []
    assert editor._problem.text()
    last.setText("2024.06")
    editor.accept()
    assert editor.made == [Filter("joined_on", "from", "2020"), Filter("joined_on", "to", "2024-06")]


def test_blank_is_a_condition_of_its_own(editor: FilterEditor) -> None:
    choose(editor, "phone")
    editor.state.setCurrentIndex(1)
    editor.accept()
    assert editor.made == [Filter("phone", "blank")]


def test_nothing_chosen_makes_no_filter(editor: FilterEditor) -> None:
    choose(editor, "name")
    editor.accept()
    assert editor.made == []
    assert editor._problem.text() == "请先选一个值。"


def test_saved_filters_come_back_as_they_were(office: tuple[Filed, Office], qtbot: QtBot) -> None:
    del qtbot
    query = Query("members", where=(Filter("sex", "is", ("1", "2")), Filter("born_on", "from", "1990")), show="gone")
    assert unpacked(packed(query)) == (query.where, "gone")
    SavedFilters("members", office[1]).keep("年轻的", query)
    again = SavedFilters("members", office[1])
    assert again.names() == ["年轻的"]
    applied: list[object] = []
    menu = QMenu()
    again.fill(menu, lambda where, show: applied.append((where, show)))
    menu.actions()[0].trigger()
    assert applied == [(query.where, "gone")]


def test_a_list_is_narrowed_to_what_a_reminder_speaks_of(office: tuple[Filed, Office], qtbot: QtBot) -> None:
    filed, desk = office
    members = filed.registry.ledgers["members"]
    bar = FilterBar(members, desk, TODAY)
    qtbot.addWidget(bar)
    asked: list[Query] = []
    bar.asked.connect(asked.append)
    offered = [action for menu in bar.findChildren(QMenu) for action in menu.actions() if action.text() == "空挂党员"]
    offered[0].trigger()
    assert asked == [Query("members", where=(Filter("E7-hanging", "due"),))]
    assert in_words(filed.store, members, asked[0].where[0]) == "提醒：空挂党员"
    assert unpacked(packed(asked[0])) == (asked[0].where, "present")


def test_a_day_is_chosen_or_today_is_taken_again(qtbot: QtBot) -> None:
    today = QDate(TODAY.year, TODAY.month, TODAY.day)
    chooser = DayChooser(QDate(2025, 7, 1), today)
    qtbot.addWidget(chooser)
    chooser.accept()
    assert chooser.day is not None
    assert date(chooser.day.year(), chooser.day.month(), chooser.day.day()) == date(2025, 7, 1)
    chooser._today()
    assert chooser.day is None
