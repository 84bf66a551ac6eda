"""The board: every record stands in the lane of its day, and the list, the card and the keys go with it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from taizhang.core.privacy import Privacy
from taizhang.desk.asked import FormAsked
from taizhang.desk.board_lane import LanePart
from taizhang.desk.board_slips import slips
from taizhang.desk.board_view import BoardView
from taizhang.desk.ledger_page import LedgerPage
from taizhang.desk.office import Office
from taizhang.desk.theme import Look, look
from taizhang.store.query import Query
from tests.desk.errands import ERRANDS, HOME, OUT, errands_office, member
from tests.desk.waiting import until
from tests.offices import TODAY, Office as Filed

Desk = tuple[Filed, Office]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = errands_office(tmp_path)
    for name, place, day, state in (
        ("欧阳喆", "梧桐街道", "2026-11-01", OUT),
        ("孟堃", "柳荫街道", "2026-10-01", OUT),
        ("孟堃", "桂花街道", "2026-11-15", OUT),
        ("欧阳喆", "和平社区", "2026-09-01", HOME),
        ("欧阳喆", "友谊社区", "2026-09-02", "不知道"),
    ):
        raw = {"member": member(made[0], name), "place": place, "issued_on": day, "valid_days": 30, "state": state}
        made[0].add("errands", **raw)
    return made


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> LedgerPage:
    return opened(desk, qtbot)


def opened(desk: Desk, qtbot: QtBot) -> LedgerPage:
    """The page of the ledger, in sight."""
    made = LedgerPage(ERRANDS, desk[1], TODAY)
    qtbot.addWidget(made)
    made.resize(1170, 740)
    made.show()
    made.shown()
    return made


def board(page: LedgerPage) -> BoardView:
    """The board, turned to."""
    made = page.middle.board
    assert made is not None
    if page.middle.currentWidget() is not made:
        page.middle._turned(board=True)
    return made


def places(lane: LanePart) -> list[str]:
    """What the slips of a lane are about."""
    return [slip.about[0].text for slip in lane.list.slips.slips]


def test_each_record_stands_in_the_first_lane_that_takes_it_and_is_counted(page: LedgerPage) -> None:
    late, out, home, lost = board(page).lanes
    assert (places(late), places(out), places(home)) == (["柳荫街道"], ["梧桐街道", "桂花街道"], ["和平社区"])
    assert (late.count.text(), out.count.text()) == ("1", "2")
    assert late.list.slips.slips[0].due == "还剩 -21 天"
    assert not lost.list.slips.slips
    assert lost.list.isHidden() or not lost.list.isVisible()


def test_what_is_on_no_lane_is_told(page: LedgerPage) -> None:
    assert board(page).others.text() == "另有 1 封不在看板上，在列表里看。"


def test_search_scope_and_day_narrow_the_board_as_they_do_the_list(page: LedgerPage) -> None:
    made = board(page)
    page.bar.search.setText("欧阳")
    assert (places(made.lanes[0]), places(made.lanes[1])) == ([], ["梧桐街道"])
    page.bar.search.clear()
    page._ask(Query("errands", as_of=date(2026, 12, 10)))
    assert places(made.lanes[0]) == ["柳荫街道", "梧桐街道"]


def test_a_slip_that_is_pressed_stands_in_the_card_and_enter_edits_it(page: LedgerPage) -> None:
    made = board(page)
    slips = made.lanes[1].list
    at = slips.visualRect(slips.slips.index(1)).center()
    QTest.mouseClick(slips.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    rid = slips.slips.slips[1].rid
    assert page.side.rid == rid
    assert not made.lanes[0].list.selectedIndexes()
    QTest.keyClick(slips, Qt.Key.Key_Return)
    assert page.side.editing


def test_the_arrows_lead_from_slip_to_slip_and_over_empty_lanes(page: LedgerPage) -> None:
    made = board(page)
    late, out, home, _lost = (lane.list for lane in made.lanes)
    late.enter(0)
    QTest.keyClick(late, Qt.Key.Key_Right)
    assert page.side.rid == out.slips.slips[0].rid
    QTest.keyClick(out, Qt.Key.Key_Down)
    assert page.side.rid == out.slips.slips[1].rid
    page.bar.search.setText("孟")
    page.bar.search.clear()
    home.enter(0)
    QTest.keyClick(home, Qt.Key.Key_Right)
    assert page.side.rid == home.slips.slips[0].rid


def test_a_record_that_changes_moves_to_its_lane_and_stays_chosen(page: LedgerPage, desk: Desk) -> None:
    made = board(page)
    made.lanes[0].list.enter(0)
    rid = page.side.rid
    draft = desk[0].check("errands", {"state": HOME}, rid)
    desk[1].do("改状态", lambda work: work.change(rid, draft))
    assert places(made.lanes[0]) == []
    assert [made.lanes[2].list.slips.slips[index.row()].rid for index in made.lanes[2].list.selectedIndexes()] == [rid]


def test_only_lanes_to_chase_that_hold_something_print_their_list(page: LedgerPage, qtbot: QtBot) -> None:
    made = board(page)
    assert [lane.chase.isVisible() for lane in made.lanes] == [True, True, False, False]
    with qtbot.waitSignal(page.asked) as asked:
        made.lanes[1].chase.click()
    wanted = asked.args[0]
    assert isinstance(wanted, FormAsked)
    assert wanted.rids == tuple(slip.rid for slip in made.lanes[1].list.slips.slips)
    assert (wanted.action, wanted.form) == ("form", "chase_list")


def test_the_way_that_was_chosen_comes_back_with_the_office(page: LedgerPage, desk: Desk, qtbot: QtBot) -> None:
    board(page)
    again = opened(desk, qtbot)
    assert again.middle.currentWidget() is again.middle.board
    again.middle._turned(board=False)
    assert again.middle.currentWidget() is again.view
    assert again.view.isVisible()


def test_f9_hides_the_names_on_the_board(page: LedgerPage, desk: Desk) -> None:
    made = board(page)
    desk[1].mask(masked=True)
    words = [str(lane.list.slips.data(lane.list.slips.index(0))) for lane in made.lanes[:3]]
    assert not [text for text in words if "欧阳喆" in text or "孟堃" in text]
    desk[1].mask(masked=False)
    assert "孟堃" in str(made.lanes[0].list.slips.data(made.lanes[0].list.slips.index(0)))


def test_what_is_reckoned_and_names_somebody_is_hidden_too(desk: Desk) -> None:
    ledger = replace(ERRANDS, derived=(replace(ERRANDS.derived[0], privacy=Privacy.NAME),))
    found = slips(desk[0].store, ledger, desk[0].store.rids(Query("errands")), None)
    told = [one for lane in found.lanes for one in lane]
    assert any("还剩" in said.text for one in told for said in one.about)
    assert not any("还剩" in text for one in told for text in (*one.words(masked=True), one.due))


@pytest.mark.parametrize("dark", [False, True])
def test_an_urgent_lane_is_drawn_in_its_colour(page: LedgerPage, qapp: QApplication, *, dark: bool) -> None:
    before = qapp.property("look")
    qapp.setProperty("look", Look(dark=dark))  # slips are painted; dressing every widget anew takes seconds
    try:
        made = board(page)
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        until(lambda: made.lanes[0].list.viewport().height() > 0, "the lane")
        drawn = made.lanes[0].list.viewport().grab().toImage()
        tokens = look().tokens
        inks = {drawn.pixelColor(x, y).name() for x in range(8) for y in range(0, min(90, drawn.height()), 2)}
        assert QColor(tokens.accent).name() in inks
    finally:
        qapp.setProperty("look", before)


def test_a_ledger_without_a_board_has_no_toggle(desk: Desk, qtbot: QtBot) -> None:
    made = LedgerPage(desk[1].ledgers["members"], desk[1], TODAY)
    qtbot.addWidget(made)
    assert made.middle.board is None
    assert made.middle.toggle.isHidden()


def test_in_a_narrow_window_every_lane_is_named_above_and_one_press_away(page: LedgerPage) -> None:
    made = board(page)
    assert made.overview.isHidden()
    page.resize(900, 700)
    until(made.overview.isVisible, "the overview")
    chips = [one for one in made.overview.findChildren(QPushButton) if not one.isHidden()]
    assert [one.text() for one in chips] == ["已过期 1", "在外 2", "已回 1"]
    chips[2].click()
    until(lambda: page.side.rid == made.lanes[2].list.slips.slips[0].rid, "the card of the lane's first")
    assert made._area.horizontalScrollBar().value() > 0
