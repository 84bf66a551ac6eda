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
    column,
    give_to,
    name_both,
    press,
    said,
    shown,
    to_the_sheet,
)
from tests.desk.locked import Locked
from tests.offices import NOON, Office as Filed


def test_every_count_opens_what_it_counts(
    plain_handover: HandoverWizard, office: tuple[Filed, Office], qtbot: QtBot
) -> None:
    filed, desk = office
    name_both(plain_handover)
    press(plain_handover)
    number = len(plain_handover.counts.findChildren(QPushButton))
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


def test_an_open_item_leads_to_its_records(plain_handover: HandoverWizard, office: tuple[Filed, Office]) -> None:
    name_both(plain_handover)
    press(plain_handover)
    press(plain_handover)
    table, opened = plain_handover.items.table, list[tuple[str, object]]()
    plain_handover.records.connect(lambda ledger, rids: opened.append((ledger, rids)))
    assert not plain_handover.items.open.isEnabled()
    row = next(at for at, text in enumerate(column(plain_handover, 2)) if "正式党员只有" in text)
    table.selectRow(row)
    plain_handover.items.open.click()
    ((ledger, rids),) = opened
    assert ledger == "organisations"
    assert set(cast("list[int]", rids)) <= set(office[0].store.rids(Query("organisations")))


def test_f9_hides_the_names_of_people_and_the_list(
    plain_handover: HandoverWizard, office: tuple[Filed, Office]
) -> None:
    office[0].add("members", name="欧阳喆")
    name_both(plain_handover)
    press(plain_handover)
    press(plain_handover)

    assert "欧阳喆" in "".join(column(plain_handover, 3))
    office[1].mask(True)
    assert "欧阳喆" not in "".join(column(plain_handover, 3))
    assert "欧**" in "".join(column(plain_handover, 3))
    for _step in (KEYS, SHEET):
        press(plain_handover)
    assert plain_handover.sheet.pane.document.pageCount() == 0
    office[1].mask(False)
    assert plain_handover.sheet.pane.document.pageCount() > 0


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
    handover: HandoverWizard, wrong: Callable[[object], object], told: str
) -> None:
    give_to(handover)
    wrong(handover.people)
    press(handover)
    assert handover.pages.currentIndex() == PEOPLE
    assert told in said(handover)
    handover.people.witness.setText("陈明")
    assert said(handover) == "", "what was said goes when something is typed"


def test_whoever_stays_needs_a_password_or_is_left_out(handover: HandoverWizard) -> None:
    give_to(handover, "李静")
    for _step in (COUNTS, ITEMS, KEYS):
        press(handover)
    (other,) = handover.keys.others
    assert other.user == User("赵阅", Role.READER), "neither who leaves nor who takes over"
    press(handover)
    assert handover.pages.currentIndex() == KEYS
    assert "赵阅" in said(handover)
    other.stays.setChecked(False)
    press(handover)
    assert handover.pages.currentIndex() == SHEET


def test_who_hands_over_and_stays_needs_a_new_password_too(handover: HandoverWizard) -> None:
    give_to(handover)
    handover.people.leaves.setChecked(False)
    for _step in (COUNTS, ITEMS, KEYS):
        press(handover)
    assert [one.user.name for one in handover.keys.others] == ["王敏", "李静", "赵阅"]


def test_r_priv_02_a_list_that_is_saved_is_written_down(
    handover: HandoverWizard, locked: Locked, tmp_path: Path
) -> None:
    to_the_sheet(handover)
    handover.sheet.save_to(tmp_path / "清单.pdf")
    assert (tmp_path / "清单.pdf").read_bytes() == handover.sheet._pdf
    assert "已保存 清单.pdf" in handover.told.text()
    line = locked[0].log.lines(1)[0]
    assert (line.kind, line.what) == (Happening.PRINT, "移交清单")
    handover.sheet.save_to(tmp_path / "没有这个文件夹" / "清单.pdf")
    assert "写不进" in handover.told.text()


def test_earlier_lists_can_be_seen_again(handover: HandoverWizard, locked: Locked, qtbot: QtBot) -> None:
    to_the_sheet(handover)
    pdf = bytes(handover.sheet._pdf)
    handover.reject()
    locked[0].papers.keep(PAPER, "移交清单：刘洋 → 王敏", pdf, who="刘洋", at=NOON)
    again = shown(qtbot, locked[1])
    (link,) = [one for one in again.people.earlier.findChildren(QPushButton) if "刘洋 → 王敏" in one.text()]
    link.click()
    (dialog,) = again.findChildren(KeptSheetDialog)
    assert dialog.page._pdf == pdf
    assert dialog.page.pane.document.pageCount() > 0


def test_f1_opens_the_page_on_handing_over(handover: HandoverWizard) -> None:
    asked: list[str] = []
    handover.help_asked.connect(asked.append)
    QTest.keyClick(handover, Qt.Key.Key_F1)
    QApplication.processEvents()
    assert asked == ["handover"]


def test_the_steps_say_where_one_is(handover: HandoverWizard) -> None:
    give_to(handover)
    press(handover)
    assert handover.steps.accessibleName() == "第 2 步，共 5 步：清点"
    texts = [one.text() for one in handover.counts.findChildren(QLabel)]
    assert any("还没有自动备份" in text or "最近一次自动备份" in text for text in texts)
