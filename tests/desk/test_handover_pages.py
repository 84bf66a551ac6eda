"""The steps of a hand-over: what each of them asks for, opens, hides and writes down."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from taizhang.core.access import Role
from taizhang.desk.handover_wizard import COUNTS, ITEMS, KEYS, PEOPLE, SHEET, HandoverWizard
from taizhang.desk.handover_wizard_sheet import KeptSheetDialog
from taizhang.desk.office import Office
from taizhang.handover import PAPER
from taizhang.store.keys import User
from taizhang.store.logbook import Happening
from taizhang.store.query import Query
from tests.desk.handing import (
    Locked,
    column,
    entered,
    give_to,
    name_both,
    press,
    said,
    shown,
    to_the_sheet,
)
from tests.offices import NOON, Office as Filed


@pytest.fixture
def locked(tmp_path: Path) -> Locked:
    """An office with three users, entered by its administrator 王敏."""
    return entered(tmp_path, "王敏")


@pytest.fixture
def wizard(qtbot: QtBot, locked: Locked) -> HandoverWizard:
    return shown(qtbot, locked[1])


@pytest.fixture
def plain(qtbot: QtBot, office: tuple[Filed, Office]) -> HandoverWizard:
    """The wizard in an office without password that holds the sample records."""
    return shown(qtbot, office[1])


def test_every_count_opens_what_it_counts(plain: HandoverWizard, office: tuple[Filed, Office], qtbot: QtBot) -> None:
    filed, desk = office
    name_both(plain)
    press(plain)
    number = len(plain.counts.findChildren(QPushButton))
    assert number
    for at in range(number):
        again = shown(qtbot, desk)
        opened: list[int] = []
        again.query.connect(lambda query, opened=opened: opened.append(filed.store.count(query)))
        again.records.connect(lambda _ledger, rids, opened=opened: opened.append(len(rids)))
        name_both(again)
        press(again)
        one = again.counts.findChildren(QPushButton)[at]
        one.click()
        assert opened == [int(one.text().replace(",", "").split()[0])], one.toolTip()
        assert not again.isVisible()


def test_an_open_item_leads_to_its_records(plain: HandoverWizard, office: tuple[Filed, Office]) -> None:
    name_both(plain)
    press(plain)
    press(plain)
    table, opened = plain.items.table, list[tuple[str, object]]()
    plain.records.connect(lambda ledger, rids: opened.append((ledger, rids)))
    assert not plain.items.open.isEnabled()
    row = next(at for at, text in enumerate(column(plain, 2)) if "正式党员只有" in text)
    table.selectRow(row)
    plain.items.open.click()
    ((ledger, rids),) = opened
    assert ledger == "organisations"
    assert set(cast("list[int]", rids)) <= set(office[0].store.rids(Query("organisations")))


def test_f9_hides_the_names_of_people_and_the_list(plain: HandoverWizard, office: tuple[Filed, Office]) -> None:
    office[0].add("members", name="欧阳喆")
    name_both(plain)
    press(plain)
    press(plain)

    assert "欧阳喆" in "".join(column(plain, 3))
    office[1].mask(True)
    assert "欧阳喆" not in "".join(column(plain, 3))
    assert "欧**" in "".join(column(plain, 3))
    for _step in (KEYS, SHEET):
        press(plain)
    assert plain.sheet.pane.document.pageCount() == 0
    office[1].mask(False)
    assert plain.sheet.pane.document.pageCount() > 0


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (lambda page: page.taker.clear(), "接交人的姓名"),
        (lambda page: page.giver.clear(), "移交人的姓名"),
        (lambda page: page.taker.setText(" 王敏 "), "同一位"),
        (lambda page: page.day.setText("2026.11"), "交接日期"),
        (lambda page: page.day.setText("明天再说"), "交接日期"),
        (lambda page: page.new.again.setText("another"), "不一样"),
        (lambda page: page.new.forget(), "请输入密码"),
    ],
)
def test_the_first_step_says_what_is_missing(
    wizard: HandoverWizard, wrong: Callable[[object], object], told: str
) -> None:
    give_to(wizard)
    wrong(wizard.people)
    press(wizard)
    assert wizard.pages.currentIndex() == PEOPLE
    assert told in said(wizard)
    wizard.people.witness.setText("陈明")
    assert said(wizard) == "", "what was said goes when something is typed"


def test_whoever_stays_needs_a_password_or_is_left_out(wizard: HandoverWizard) -> None:
    give_to(wizard, "李静")
    for _step in (COUNTS, ITEMS, KEYS):
        press(wizard)
    (other,) = wizard.keys.others
    assert other.user == User("赵岚", Role.READER), "neither who leaves nor who takes over"
    press(wizard)
    assert wizard.pages.currentIndex() == KEYS
    assert "赵岚" in said(wizard)
    other.stays.setChecked(False)
    press(wizard)
    assert wizard.pages.currentIndex() == SHEET


def test_who_hands_over_and_stays_needs_a_new_password_too(wizard: HandoverWizard) -> None:
    give_to(wizard)
    wizard.people.leaves.setChecked(False)
    for _step in (COUNTS, ITEMS, KEYS):
        press(wizard)
    assert [one.user.name for one in wizard.keys.others] == ["王敏", "李静", "赵岚"]


def test_r_priv_02_a_list_that_is_saved_is_written_down(wizard: HandoverWizard, locked: Locked, tmp_path: Path) -> None:
    to_the_sheet(wizard)
    wizard.sheet.save_to(tmp_path / "清单.pdf")
    assert (tmp_path / "清单.pdf").read_bytes() == wizard.sheet._pdf
    assert "已保存 清单.pdf" in wizard.told.text()
    line = locked[0].log.lines(1)[0]
    assert (line.kind, line.what) == (Happening.PRINT, "移交清单")
    wizard.sheet.save_to(tmp_path / "没有这个文件夹" / "清单.pdf")
    assert "写不进" in wizard.told.text()


def test_earlier_lists_can_be_seen_again(wizard: HandoverWizard, locked: Locked, qtbot: QtBot) -> None:
    to_the_sheet(wizard)
    pdf = bytes(wizard.sheet._pdf)
    wizard.reject()
    locked[0].papers.keep(PAPER, "移交清单：刘洋 → 王敏", pdf, who="刘洋", at=NOON)
    again = shown(qtbot, locked[1])
    (link,) = [one for one in again.people.earlier.findChildren(QPushButton) if "刘洋 → 王敏" in one.text()]
    link.click()
    (dialog,) = again.findChildren(KeptSheetDialog)
    assert dialog.page._pdf == pdf
    assert dialog.page.pane.document.pageCount() > 0


def test_f1_opens_the_page_on_handing_over(wizard: HandoverWizard) -> None:
    asked: list[str] = []
    wizard.help_asked.connect(asked.append)
    QTest.keyClick(wizard, Qt.Key.Key_F1)
    QApplication.processEvents()
    assert asked == ["handover"]


def test_the_steps_say_where_one_is(wizard: HandoverWizard) -> None:
    give_to(wizard)
    press(wizard)
    assert wizard.steps.accessibleName() == "第 2 步，共 5 步：清点"
    texts = [one.text() for one in wizard.counts.findChildren(QLabel)]
    assert any("还没有自动备份" in text or "最近一次自动备份" in text for text in texts)
