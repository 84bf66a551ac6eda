"""The first page: every number opens the records behind it, and the last steps can be taken back."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from taizhang.desk.first_figures import Said, count, remembered
from taizhang.desk.first_page import FirstPage
from taizhang.desk.office import Office
from taizhang.store.query import Query
from tests.offices import Office as Filed


@pytest.fixture
def page(office: tuple[Filed, Office], qtbot: QtBot) -> FirstPage:
    made = FirstPage(office[1])
    qtbot.addWidget(made)
    made.resize(1170, 740)
    made.show()
    made.shown()
    QApplication.processEvents()
    return made


def buttons(page: FirstPage, role: str) -> list[QPushButton]:
    """The buttons of a kind that are in sight."""
    return [one for one in page.findChildren(QPushButton) if one.property("role") == role and one.isVisible()]


def test_every_ledger_has_its_count_and_the_count_opens_the_ledger(
    page: FirstPage, office: tuple[Filed, Office]
) -> None:
    opened: list[str] = []
    page.page.connect(opened.append)
    figures = buttons(page, "figure")
    assert [one.text() for one in figures] == [
        str(office[0].store.count(Query(key))) for key in office[0].registry.ledgers
    ]
    for one in figures:
        one.click()
    assert opened == list(office[0].registry.ledgers)


def test_every_gap_opens_exactly_the_records_that_it_counts(page: FirstPage, office: tuple[Filed, Office]) -> None:
    asked: list[Query] = []
    page.query.connect(asked.append)
    lines = [one for one in buttons(page, "row") if one.toolTip().endswith("未填")]
    assert lines
    for one in lines:
        one.click()
    counted = [
        int(next(part.text() for part in one.findChildren(QLabel) if part.text()[0].isdigit()).split()[0])
        for one in lines
    ]
    assert [office[0].store.count(query) for query in asked] == counted


def test_a_step_is_taken_back_from_the_page(page: FirstPage, office: tuple[Filed, Office], qtbot: QtBot) -> None:
    filed, desk = office
    draft = filed.check("members", {"name": "安然"})
    desk.do("新增党员名册：安然", lambda work: work.add(draft))
    with qtbot.waitSignal(page._calm.timeout):
        pass
    undo = next(one for one in page.findChildren(QPushButton) if one.toolTip() == "撤销：新增党员名册：安然")
    undo.click()
    assert filed.store.rids(Query("members", search="安然")) == []


def test_it_says_when_the_last_backup_was_made(page: FirstPage) -> None:
    assert "还没有备份" in page.backup.text()


def test_what_the_rules_say_today_opens_the_record(page: FirstPage, office: tuple[Filed, Office]) -> None:
    figures = count(office[0].store)
    opened: list[tuple[str, int]] = []
    page.record.connect(lambda ledger, rid: opened.append((ledger, rid)))
    remark = figures.remarks[0]
    next(one for one in buttons(page, "row") if one.toolTip() == remark.text).click()
    assert opened == [(remark.ledger, remark.rid)]


def test_r_org_01_what_is_due_opens_its_records_and_is_not_said_a_second_time(
    page: FirstPage, office: tuple[Filed, Office]
) -> None:
    opened: list[tuple[str, tuple[int, ...]]] = []
    page.records.connect(lambda ledger, rids: opened.append((ledger, rids)))
    (few,) = (one for one in office[0].store.reminders() if one.id == "E10-few")
    next(one for one in buttons(page, "row") if few.text in one.toolTip()).click()
    assert opened == [("organisations", few.rids)]
    assert not [one for one in buttons(page, "row") if "正式党员只有" in one.toolTip()]


@pytest.mark.usefixtures("page")
def test_the_file_remembers_the_page_until_something_is_done(office: tuple[Filed, Office]) -> None:
    store = office[0].store
    kept = remembered(store.path, store.ledgers)
    assert kept is not None
    assert kept == count(store)
    draft = office[0].check("members", {"name": "安然"})
    store.do("新增党员名册：安然", lambda work: work.add(draft))
    assert remembered(store.path, store.ledgers) is None


def test_f9_hides_the_people_of_whom_something_is_said_but_no_organisation(
    page: FirstPage, office: tuple[Filed, Office]
) -> None:
    filed, desk = office
    remarks = (Said("committees", 1, "欧阳喆", "任期已满。"), Said("organisations", 1, "第一党支部", "人数不足。"))
    page.draw(count(filed.store)._replace(remarks=remarks))
    for masked, name in ((True, "欧**"), (False, "欧阳喆")):
        desk.mask(masked)
        QApplication.processEvents()
        rows = [one for one in buttons(page, "row") if one.toolTip() in {"任期已满。", "人数不足。"}]
        assert [one.findChildren(QLabel)[0].text() for one in rows] == [name, "第一党支部"]


def test_that_the_file_was_made_is_told_but_not_taken_back(blank_office: tuple[Filed, Office], qtbot: QtBot) -> None:
    page = FirstPage(blank_office[1])
    qtbot.addWidget(page)
    page.show()
    page.shown()
    QApplication.processEvents()
    assert "新建台账" in [one.text() for one in page.findChildren(QLabel)]
    assert not [one for one in page.findChildren(QPushButton) if "新建台账" in one.toolTip() and one.isVisible()]


def test_an_office_without_records_is_shown_the_ways_in(blank_office: tuple[Filed, Office], qtbot: QtBot) -> None:
    made = FirstPage(blank_office[1])
    qtbot.addWidget(made)
    made.show()
    made.shown()
    opened: list[str] = []
    made.page.connect(opened.append)
    ways = [one for one in buttons(made, "row") if one.toolTip().startswith("党员名册：登记")]
    assert ways
    ways[0].click()
    assert opened == ["members"]


def test_an_office_with_records_is_not_told_where_to_start(page: FirstPage) -> None:
    assert not [one for one in buttons(page, "row") if one.toolTip().startswith("党员名册：登记")]


@pytest.mark.usefixtures("page")
def test_a_page_remembered_by_a_program_with_other_ledgers_is_not_shown(office: tuple[Filed, Office]) -> None:
    store = office[0].store
    assert remembered(store.path, store.ledgers) is not None
    assert remembered(store.path, [*store.ledgers, "meetings"]) is None
    assert remembered(store.path, list(store.ledgers)[1:]) is None
