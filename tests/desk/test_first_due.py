"""What is due on the first page: the most urgent first, many alike in one line, nobody named while F9 hides people."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from taizhang.core.reminder import Level
from taizhang.core.reminding import Due
from taizhang.desk.first_due import DuePanel
from taizhang.desk.first_figures import Badge, Item, badges, count, items
from taizhang.desk.first_page import FirstPage
from taizhang.desk.main_window import MainWindow
from taizhang.desk.nav import Navigation
from taizhang.desk.office import Office
from taizhang.registry import installed
from taizhang.store.query import Filter, Query
from tests.offices import TODAY, Office as Filed


def due(name: str, level: Level = Level.AMBER, reminder: str = "E2-probation", rids: tuple[int, ...] = (7,)) -> Due:
    """Something that is said of a member."""
    text = f"{name}的预备期将满，电话 19900000001。"
    return Due(reminder, level, "members", rids, name, TODAY, 0, "预备期满", text, "R-DEV-01", "confirmed_on", (name,))


def item(name: str, level: Level = Level.AMBER, rids: tuple[int, ...] = (7,)) -> Item:
    """A line of the page."""
    return Item("members", "E2-probation", level.value, "预备期满", f"{name}的预备期将满。", rids, (name,))


@pytest.fixture
def panel(qtbot: QtBot) -> DuePanel:
    """An empty panel."""
    made = DuePanel()
    qtbot.addWidget(made)
    return made


def lines(panel: DuePanel) -> list[QPushButton]:
    """The lines in sight."""
    QApplication.processEvents()
    return [one for one in panel.findChildren(QPushButton) if one.property("role") == "row" and not one.isHidden()]


def words(panel: DuePanel) -> list[str]:
    """The sentences in sight."""
    return [next(part.text() for part in one.findChildren(QLabel)) for one in lines(panel)]


def test_nothing_due_shows_nothing(panel: DuePanel) -> None:
    panel.draw((), masked=False)
    assert panel.isHidden()
    panel.draw((item("卢梅"),), masked=False)
    assert not panel.isHidden()


def test_a_line_says_how_urgent_it_is_in_a_word_and_a_tone(panel: DuePanel) -> None:
    panel.draw(tuple(item("卢梅", level) for level in Level), masked=False)
    marks = [next(one for one in line.findChildren(QPushButton)) for line in lines(panel)]
    assert [(mark.text(), mark.property("tone")) for mark in marks] == [
        ("急办", "accent"),
        ("要办", "warning"),
        ("留意", "plain"),
    ]


def test_a_line_opens_its_records_or_asks_the_reminder_where_they_are_many(panel: DuePanel) -> None:
    opened: list[object] = []
    panel.records.connect(lambda ledger, rids: opened.append((ledger, rids)))
    panel.query.connect(opened.append)
    panel.draw((item("卢梅"), item("孟堃", rids=())), masked=False)
    for line in lines(panel):
        line.click()
    assert opened == [("members", (7,)), Query("members", where=(Filter("E2-probation", "due"),))]


def test_more_than_six_lines_wait_until_somebody_asks(panel: DuePanel) -> None:
    panel.draw(tuple(item(f"卢{at}") for at in range(11)), masked=False)
    assert len(lines(panel)) == 6
    assert panel.more.text() == "还有 5 项"
    panel.more.click()
    assert len(lines(panel)) == 11
    assert panel.more.isHidden()


def test_f9_names_nobody(panel: DuePanel) -> None:
    panel.draw((item("欧阳喆"),), masked=True)
    assert words(panel) == ["欧**的预备期将满。"]
    assert "欧阳喆" not in lines(panel)[0].toolTip()


def test_many_alike_are_one_line_without_numbers_and_keep_their_order() -> None:
    many = [due(name, rids=(at,)) for at, name in enumerate(("卢梅", "孟堃", "安宁", "夏辉", "古月"))]
    found = items([due("段㛃", Level.RED), *many], installed().ledgers, set())
    assert [one.text for one in found] == [
        "段㛃的预备期将满，电话 199****0001。",
        "预备期满：卢梅、孟堃、安宁等 5 项。",
    ]
    assert found[1].rids == (0, 1, 2, 3, 4)
    assert found[1].names == ("卢梅", "孟堃", "安宁")


def test_of_very_many_records_the_reminder_is_remembered_and_not_each() -> None:
    (found,) = items([due("卢梅", rids=tuple(range(51)))], installed().ledgers, set())
    assert found.rids == ()


def test_what_the_page_counts_among_the_gaps_is_not_said_again() -> None:
    gap, twice = due("卢梅", reminder="E10-phone"), due("卢梅", reminder="E10-twice")
    phone, number = ({"field": "phone"}, {"field": "id_number"})
    told = [_with(gap, **phone), _with(twice, **number)]
    lacks = {("members", "phone"), ("members", "id_number")}
    assert [one.reminder for one in items(told, installed().ledgers, lacks)] == ["E10-twice"]
    assert len(items(told, installed().ledgers, set())) == 2


def test_badges_count_what_is_late_or_soon_and_nothing_else() -> None:
    found = badges([due("卢梅"), due("孟堃", Level.RED), due("安宁", Level.INFO)])
    assert found == (Badge("members", 2, late=True),)


def test_the_navigation_says_beside_a_ledger_what_is_due_in_it(qtbot: QtBot) -> None:
    nav = Navigation("单位", installed().ledgers.values())
    qtbot.addWidget(nav)

    def told(name: str) -> tuple[bool, str, str]:
        mark = nav.buttons[name].findChild(QLabel)
        assert isinstance(mark, QLabel)
        return not mark.isHidden(), mark.text(), str(mark.property("tone"))

    nav.show_due([Badge("members", 3, late=True), Badge("committees", 120, late=False)])
    assert told("members") == (True, "3", "accent")
    assert told("committees") == (True, "99+", "warning")
    assert nav.buttons["members"].toolTip().endswith("，3 项要办")
    nav.show_due([])
    assert not told("members")[0]
    assert "要办" not in nav.buttons["members"].toolTip()


def test_the_window_marks_what_falls_due_while_another_page_is_in_sight(
    office: tuple[Filed, Office], qtbot: QtBot
) -> None:
    filed, desk = office
    window = MainWindow(desk, TODAY)
    qtbot.addWidget(window)
    window.show()
    mark = window.navigation.buttons["members"].findChild(QLabel)
    assert isinstance(mark, QLabel)
    before = mark.text() if not mark.isHidden() else "0"
    window.open_page("members")
    draft = filed.check("members", {"name": "安宁", "category": "预备", "joined_on": "2025-11-01"})
    first = window.pages["first"]
    assert isinstance(first, FirstPage)
    first._later.setInterval(1)
    with qtbot.waitSignal(first.due):
        desk.do("新增", lambda work: work.add(draft))
    assert int(mark.text()) == int(before) + 1


def test_a_new_day_is_counted_anew_when_the_page_comes_into_sight(office: tuple[Filed, Office], qtbot: QtBot) -> None:
    window = MainWindow(office[1], TODAY)
    qtbot.addWidget(window)
    window.show()
    first = window.pages["first"]
    assert isinstance(first, FirstPage)
    figures = count(office[0].store)
    first.draw(figures._replace(day=date(2026, 11, 20), items=()))
    window.open_page("members")
    window.open_page("first")
    panel = first.findChild(DuePanel)
    assert isinstance(panel, DuePanel)
    assert len(lines(panel)) == min(len(figures.items), 6)


def _with(one: Due, *, field: str) -> Due:
    return Due(one.id, one.level, one.ledger, one.rids, one.name, None, None, "", one.text, "", field, one.names)
