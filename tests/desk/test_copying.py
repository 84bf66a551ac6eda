"""What is copied out of a list or a card is written down; what one types is not (R-PRIV-02)."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from taizhang.core.privacy import Profile
from taizhang.desk.ledger_page import LedgerPage
from taizhang.desk.office import Office
from taizhang.store.logbook import Happening, Noted
from tests.desk.waiting import until
from tests.offices import NOON, TODAY, Office as Filed

LINE = Noted(NOON, "记录员", Happening.COPY, "党员名册", Profile.INTERNAL, 1)


@pytest.fixture
def page(office: tuple[Filed, Office], qtbot: QtBot) -> Iterator[LedgerPage]:
    filed, desk = office
    made = LedgerPage(filed.registry.ledgers["members"], desk, TODAY)
    qtbot.addWidget(made)
    made.show()
    made.shown()
    made.activateWindow()
    QGuiApplication.clipboard().clear()
    yield made
    QGuiApplication.clipboard().clear()


def copied() -> str:
    return QGuiApplication.clipboard().text()


def test_a_cell_of_the_list(page: LedgerPage, office: tuple[Filed, Office]) -> None:
    page.view.setFocus()
    until(page.view.hasFocus, "the cursor in the list")
    QTest.keyClick(page.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied() == str(page.model.data(page.view.currentIndex()))
    assert office[0].store.log.lines() == [LINE]


def test_a_line_of_the_card(page: LedgerPage, office: tuple[Filed, Office]) -> None:
    page.bar.search.setText("欧阳喆")
    until(lambda: page.side.currentWidget() is page.side.card, "the card")
    masked = next(part for part in page.side.card.findChildren(QLabel) if part.text() == "430199********0013")
    masked.setSelection(0, len(masked.text()))
    masked.setFocus()
    until(masked.hasFocus, "the cursor in the card")
    QTest.keyClick(masked, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied() == "430199********0013"
    assert office[0].store.log.lines() == [LINE]


def test_what_one_types_oneself_is_ones_own(page: LedgerPage, office: tuple[Filed, Office]) -> None:
    page.bar.search.setFocus()
    until(page.bar.search.hasFocus, "the cursor in the search")
    page.bar.search.setText("欧阳")
    page.bar.search.selectAll()
    QTest.keyClick(page.bar.search, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied() == "欧阳"
    assert office[0].store.log.lines() == []
