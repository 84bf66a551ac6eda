"""The page of a ledger: list, search, scope, filters, order, day, and what a change does to them."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from taizhang.desk.asking import INCOMPLETE
from taizhang.desk.ledger_page import LedgerPage
from taizhang.desk.office import Office
from taizhang.store.query import Filter, Query
from tests.offices import TODAY, Office as Filed


@pytest.fixture
def page(office: tuple[Filed, Office], qtbot: QtBot) -> LedgerPage:
    return opened(office, qtbot)


def opened(office: tuple[Filed, Office], qtbot: QtBot, ledger: str = "members") -> LedgerPage:
    """The page of a ledger, in sight."""
    filed, desk = office
    made = LedgerPage(filed.registry.ledgers[ledger], desk, TODAY)
    qtbot.addWidget(made)
    made.resize(1170, 740)
    made.show()
    made.shown()
    return made


def names(page: LedgerPage) -> list[str]:
    """The first column of the list, from top to bottom."""
    return [str(page.model.data(page.model.index(row, 0))) for row in range(page.model.rowCount())]


def everyone(office: tuple[Filed, Office]) -> int:
    """How many members are present."""
    return office[0].store.count(Query("members"))


def test_the_list_shows_those_present_and_counts_them(page: LedgerPage, office: tuple[Filed, Office]) -> None:
    assert {"欧阳喆", "古丽娜尔·买买提", "孟堃"} <= set(names(page))
    assert "卢梅" not in names(page)
    assert page.bar.count.text() == f"{everyone(office)} 人"


@pytest.mark.parametrize("typed", ["欧阳", "oyz", "ouyang", "0013", "0001"])
def test_a_person_is_found_by_name_pinyin_initials_and_last_digits(
    page: LedgerPage, office: tuple[Filed, Office], typed: str
) -> None:
    page.bar.search.setText(typed)
    assert names(page) == ["欧阳喆"]
    page.bar.search.clear()
    assert len(names(page)) == everyone(office)


def test_the_first_that_is_found_stands_in_the_card(page: LedgerPage, qtbot: QtBot) -> None:
    page.bar.search.setText("孟")
    qtbot.waitUntil(lambda: page.side.currentWidget() is page.side.card)
    assert page.view.selected() == [page.model.rid(0)]


def test_a_search_without_result_says_so_and_offers_to_clear_it(page: LedgerPage, office: tuple[Filed, Office]) -> None:
    page.bar.search.setText("查无此人")
    assert page.view.isVisible() is False
    page._clear()
    assert len(names(page)) == everyone(office)


def test_an_empty_ledger_says_what_it_is_for(blank_office: tuple[Filed, Office], qtbot: QtBot) -> None:
    page = opened(blank_office, qtbot)
    assert page.ledger.purpose in [one.text() for one in page.findChildren(QLabel) if one.isVisible()]


def test_the_tree_narrows_the_list_to_an_organisation_and_what_is_below_it(
    page: LedgerPage, office: tuple[Filed, Office]
) -> None:
    page._side_questions()
    every = Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive
    branch = page.tree.findItems("第一", every)[0]
    page.tree.setCurrentItem(branch)
    assert page.query.scope == branch.data(0, Qt.ItemDataRole.UserRole)
    assert 0 < len(names(page)) < everyone(office)
    page.tree.choose(0)
    assert page.query.scope is None
    assert len(names(page)) == everyone(office)


def test_a_filter_is_a_chip_that_takes_it_back(page: LedgerPage, office: tuple[Filed, Office]) -> None:
    page._ask(Query("members", where=(Filter("sex", "is", "1"),)))
    assert names(page) == ["欧阳喆"]
    assert page.condition() == "性别：男"
    page.filters._without(Filter("sex", "is", "1"))
    assert len(names(page)) == everyone(office)


def test_those_that_lack_something_are_counted_and_one_press_shows_them(page: LedgerPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(page.filters.incomplete.isVisible)
    count = int(page.filters.incomplete.text().split()[0])
    page.filters.incomplete.click()
    assert page.query.where == (INCOMPLETE,)
    assert len(names(page)) == count


def test_a_heading_sorts_and_sorts_the_other_way_round(page: LedgerPage) -> None:
    page._sorted("name")
    up = names(page)
    page._sorted("name")
    assert names(page) == up[::-1]


def test_the_list_of_a_past_day_shows_who_was_there_and_is_not_edited(page: LedgerPage) -> None:
    page._ask(Query("members", as_of=date(2025, 1, 1)))
    assert "卢梅" in names(page)
    page.side.edit()
    assert not page.side.editing


def test_a_change_elsewhere_keeps_the_cursor_where_it_was(page: LedgerPage, office: tuple[Filed, Office]) -> None:
    filed, desk = office
    page.view.show_current(page.model.rid(1))
    current = page._current()
    draft = filed.check("members", {"name": "安然"})
    desk.do("新增党员名册：安然", lambda work: work.add(draft))
    assert names(page)[0] == "安然"
    assert page._current() == current


def test_what_was_done_is_said_and_taken_back(page: LedgerPage, office: tuple[Filed, Office]) -> None:
    filed, desk = office
    said: list[str] = []
    desk.said.connect(said.append)
    draft = filed.check("members", {"name": "安然"})
    desk.do("新增党员名册：安然", lambda work: work.add(draft))
    page.bar.press("undo")
    assert "安然" not in names(page)
    desk.redo()
    assert "安然" in names(page)
    assert [line.split("：")[0] for line in said] == ["已新增党员名册", "已撤销", "已恢复"]


def test_the_columns_chosen_come_back_with_the_office(
    page: LedgerPage, office: tuple[Filed, Office], qtbot: QtBot
) -> None:
    page.columns.take(["name", "party_age", "phone"])
    page.columns.keep()
    again = opened(office, qtbot)
    assert [one.key for one in again.model.columns] == ["name", "party_age", "phone"]


def test_a_past_day_is_not_printed_on_forms_which_say_what_is_so_now(
    page: LedgerPage, office: tuple[Filed, Office], qtbot: QtBot
) -> None:
    heard: list[str] = []
    office[1].said.connect(heard.append)
    page._ask(Query("members", as_of=date(2025, 1, 1)))
    with qtbot.assertNotEmitted(page.asked):
        page.ask_form()
    assert "改回今天" in heard[-1]
    page._ask(Query("members"))
    with qtbot.waitSignal(page.asked):
        page.ask_form()


def test_only_certain_records_are_shown_until_the_chip_is_closed(
    page: LedgerPage, office: tuple[Filed, Office]
) -> None:
    page.show_records([page.model.rid(0)])
    assert len(names(page)) == 1
    page.filters.all_asked.emit()
    assert len(names(page)) == everyone(office)


def test_enter_opens_the_form_and_escape_gives_the_list_back(page: LedgerPage, qtbot: QtBot) -> None:
    qtbot.waitActive(page)
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert page.side.editing
    page.side.form.leave()
    assert not page.side.editing
    assert page.view.hasFocus()


def test_a_voided_record_leaves_the_list_and_its_card(page: LedgerPage, office: tuple[Filed, Office]) -> None:
    filed, desk = office
    rid = filed.add("members", name="安然")
    page.refresh()
    assert rid in page.model.rids
    desk.do("作废党员名册记录", lambda work: work.void(rid, "重复登记"))
    assert rid not in page.model.rids
    page.filters._show("void")
    assert list(page.model.rids) == [rid]


def test_what_is_asked_of_the_window_says_what_the_list_shows(page: LedgerPage) -> None:
    page.bar.search.setText("孟")
    asked = page.what("print")
    assert (asked.action, asked.query.search, asked.condition) == ("print", "孟", "查找“孟”")
    assert asked.columns[0] == "name"


def test_a_new_record_is_not_pushed_aside_by_the_card_of_the_list_that_just_came(page: LedgerPage) -> None:
    page.refresh()
    page.bar.press("add")
    QTest.qWait(100)
    assert page.side.editing
