"""Bulk edit: counted before, one step to take back, and what the gate refuses is left out and named."""

import pytest
from pytestqt.qtbot import QtBot

from taizhang.desk.bulk import BulkPanel, fields_for, plan
from taizhang.desk.office import Office
from taizhang.store.query import Query
from tests.offices import Office as Filed


@pytest.fixture
def panel(office: tuple[Filed, Office], qtbot: QtBot) -> BulkPanel:
    filed, desk = office
    made = BulkPanel(filed.registry.ledgers["members"], desk)
    qtbot.addWidget(made)
    made.show()
    made.show_records(filed.rids("members"))
    return made


def choose(panel: BulkPanel, key: str, text: str) -> None:
    """Choose a field and a value, and let the preview be made."""
    panel.field.setCurrentIndex(panel.field.findData(key))
    assert panel._entry is not None
    panel._entry.put(text, text)
    panel._preview()


def test_the_preview_counts_what_would_change_and_what_stays(panel: BulkPanel, office: tuple[Filed, Office]) -> None:
    filed, _desk = office
    held = [filed.store.row(rid).values["category"] for rid in filed.rids("members")]
    choose(panel, "category", "正式党员")
    assert panel.take.text() == f"修改 {len(held) - held.count('1')} 人"
    assert f"{held.count('1')} 人已是这个值" in panel.said.text()


def test_one_bulk_edit_is_one_step(panel: BulkPanel, office: tuple[Filed, Office]) -> None:
    filed, desk = office
    everyone = filed.rids("members")
    before = [filed.store.row(rid).values for rid in everyone]
    choose(panel, "grid", "第三网格")
    panel.take.click()
    assert {filed.store.row(rid).values["grid"] for rid in everyone} == {"第三网格"}
    assert filed.store.undo_title() == "批量修改党员名册的所在网格"
    desk.undo()
    assert [filed.store.row(rid).values for rid in everyone] == before


def test_whom_the_gate_refuses_is_named_and_left_out(office: tuple[Filed, Office], panel: BulkPanel) -> None:
    filed, _desk = office
    made = plan(filed.store, filed.registry.ledgers["members"], filed.rids("members"), "confirmed_on", "2025-01-01")
    assert [name for name, _why in made.refused] == ["古丽娜尔·买买提"]
    choose(panel, "confirmed_on", "2025-01-01")
    assert "古丽娜尔·买买提" in panel.said.text()


def test_a_value_that_is_none_changes_nobody(panel: BulkPanel) -> None:
    choose(panel, "education", "很高很高")
    assert not panel.take.isEnabled()


def test_nobody_shares_a_number_or_a_name(office: tuple[Filed, Office]) -> None:
    keys = {field.key for field in fields_for(office[0].registry.ledgers["members"])}
    assert not keys & {"name", "id_number", "photo"}


def test_no_value_empties_the_field(panel: BulkPanel, office: tuple[Filed, Office], qtbot: QtBot) -> None:
    filed, _desk = office
    panel.field.setCurrentIndex(panel.field.findData("native_place"))
    qtbot.waitUntil(panel.take.isEnabled)  # nothing need be typed first
    assert panel.take.text().startswith("清空 ")
    panel.take.click()
    rid = filed.store.rids(Query("members", search="欧阳喆"))[0]
    assert filed.store.row(rid).values["native_place"] is None


def test_no_field_is_proposed(panel: BulkPanel, office: tuple[Filed, Office]) -> None:
    assert panel.field.currentIndex() == -1
    assert not panel.take.isEnabled()
    choose(panel, "grid", "第三网格")
    panel.show_records(office[0].rids("members"))
    assert panel.field.currentIndex() == -1
    assert not panel.take.isEnabled()
