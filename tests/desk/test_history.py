"""The history of a record: readable, masked, and field by field."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from taizhang.desk.history import HistoryPanel
from taizhang.desk.office import Office
from taizhang.store.query import Query
from tests.offices import Office as Filed


@pytest.fixture
def panel(office: tuple[Filed, Office], qtbot: QtBot) -> HistoryPanel:
    filed, desk = office
    made = HistoryPanel(filed.registry.ledgers["members"], desk)
    qtbot.addWidget(made)
    made.resize(300, 700)
    made.show()
    rid = filed.store.rids(Query("members", search="孟堃"))[0]
    filed.change(rid, sex="男", phone="199 0000 0002")
    filed.change(rid, sex="女")
    made.show_record(rid)
    return made


def texts(panel: HistoryPanel) -> list[str]:
    """What can be read in it."""
    QApplication.processEvents()
    return [one.text() for one in panel.findChildren(QLabel) if one.isVisible()]


def test_old_and_new_stand_side_by_side_in_the_words_of_the_form(panel: HistoryPanel) -> None:
    assert "男 → 女" in texts(panel)
    assert any("记录员" in text for text in texts(panel))


def test_one_field_can_be_looked_at_by_itself(panel: HistoryPanel) -> None:
    panel.fields.setCurrentIndex(panel.fields.findData("phone"))
    assert "男 → 女" not in texts(panel)
    assert "19900000002" in texts(panel)


def test_f9_hides_what_was_changed_too(panel: HistoryPanel, office: tuple[Filed, Office]) -> None:
    office[1].mask(masked=True)
    assert "19900000002" not in texts(panel)


def test_a_change_that_is_made_meanwhile_appears(panel: HistoryPanel, office: tuple[Filed, Office]) -> None:
    filed, desk = office
    draft = filed.check("members", {"grid": "第三网格"}, panel._rid)
    desk.do("修改党员名册：孟堃", lambda work: work.change(panel._rid, draft))
    assert "第三网格" in texts(panel)
