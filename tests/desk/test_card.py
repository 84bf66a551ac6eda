"""The card: what a record holds, masked as the office's own lists are, with what is missing within reach."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from taizhang.desk.card import Card
from taizhang.desk.card_facts import card_facts, sections
from taizhang.desk.office import Office
from taizhang.store.query import Query
from tests.offices import Office as Filed


@pytest.fixture
def card(qtbot: QtBot) -> Card:
    made = Card(leaves="离开")
    qtbot.addWidget(made)
    made.resize(300, 700)
    made.show()
    return made


def show(card: Card, filed: Filed, name: str, *, fixed: str = "") -> None:
    """Show a member, gone or not."""
    rid = filed.store.rids(Query("members", search=name, show="all"))[0]
    facts = card_facts(filed.store, "members", rid, None)
    assert facts is not None
    card.show_facts(facts, fixed=fixed)


def texts(card: Card) -> Sequence[str]:
    """Every word that can be read."""
    labels = [part.text() for part in card.findChildren(QLabel)]
    return [text for text in (*labels, *(part.text() for part in card.findChildren(QPushButton))) if text]


def test_the_id_number_is_masked_and_the_address_ends_at_the_building(card: Card, office: tuple[Filed, Office]) -> None:
    show(card, office[0], "欧阳喆")
    seen = texts(card)
    assert "430199********0013" in seen
    assert any(text.startswith("杏花路12号") for text in seen)
    assert not any("501室" in text for text in seen)
    assert not any("19850630" in text for text in seen)


def test_f9_leaves_no_personal_word_on_the_card(card: Card, office: tuple[Filed, Office], qtbot: QtBot) -> None:
    show(card, office[0], "欧阳喆")
    card.hide_personal(masked=True)
    qtbot.waitUntil(lambda: "欧阳喆" not in texts(card))
    assert "欧**" in texts(card)
    assert not any("430199" in text or "0001" in text for text in texts(card))
    card.hide_personal(masked=False)
    assert "欧阳喆" in texts(card)


@pytest.mark.parametrize("ledger", ["organisations", "members", "committees"])
def test_f9_hides_every_member_in_the_cards_of_every_ledger(
    card: Card, office: tuple[Filed, Office], ledger: str
) -> None:
    filed, _desk = office
    people = {str(row.values["name"]) for row in filed.store.rows("members", filed.rids("members"), ["name"])}
    card.hide_personal(masked=True)
    for rid in filed.rids(ledger):
        facts = card_facts(filed.store, ledger, rid, None)
        assert facts is not None
        card.show_facts(facts)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert not [text for text in texts(card) for name in people if name in text]


def test_what_is_missing_is_one_press_from_its_input(card: Card, office: tuple[Filed, Office], qtbot: QtBot) -> None:
    show(card, office[0], "孟堃")
    chip = next(one for one in card.findChildren(QPushButton) if one.text() == "民族")
    with qtbot.waitSignal(card.edit) as asked:
        chip.click()
    assert asked.args == ["ethnic_group"]


def test_findings_of_a_record_lead_to_the_field_they_are_about(
    card: Card, office: tuple[Filed, Office], qtbot: QtBot
) -> None:
    filed, _desk = office
    filed.add("members", name="安然", status="死亡")
    show(card, filed, "安然")
    remark = next(one for one in card.findChildren(QPushButton) if one.property("role") == "remark")
    with qtbot.waitSignal(card.edit) as asked:
        remark.click()
    assert asked.args == ["left_on"]


def test_short_facts_that_nobody_types_are_chips(card: Card, office: tuple[Filed, Office]) -> None:
    show(card, office[0], "欧阳喆")
    assert "年龄 41" in texts(card)
    assert "党龄 21" in texts(card)


def test_who_has_gone_says_so(card: Card, office: tuple[Filed, Office]) -> None:
    show(card, office[0], "卢梅")
    assert "已减少" in texts(card)


def test_a_record_that_may_only_be_read_offers_its_history_and_nothing_else(
    card: Card, office: tuple[Filed, Office]
) -> None:
    show(card, office[0], "欧阳喆", fixed="这个单位以只读方式打开")
    enabled = {
        one.text() for one in card.findChildren(QPushButton) if one.isEnabled() and one.property("role") == "compact"
    }
    assert enabled == {"历史"}


def test_every_field_stands_in_exactly_one_block(office: tuple[Filed, Office]) -> None:
    for ledger in office[0].registry.ledgers.values():
        listed = [field.key for _heading, fields in sections(ledger) for field in fields]
        assert listed == list(ledger.by_key)


def test_one_who_is_gone_is_brought_back_by_the_same_button(card: Card, office: tuple[Filed, Office]) -> None:
    filed, _desk = office
    filed.add("members", name="安然", left_on="2025.03.01", leave_reason="死亡")
    show(card, office[0], "欧阳喆")
    assert "离开…" in texts(card)
    show(card, office[0], "安然")
    assert "恢复…" in texts(card)
    assert "离开…" not in texts(card)


def test_what_may_not_be_changed_says_why(card: Card, office: tuple[Filed, Office]) -> None:
    show(card, office[0], "欧阳喆", fixed="这个单位以只读方式打开，不能修改")
    off = [button for button in card.findChildren(QPushButton) if not button.isEnabled() and button.isVisible()]
    assert [button.toolTip() for button in off] == ["这个单位以只读方式打开，不能修改"] * 3
    show(card, office[0], "欧阳喆")
    assert all("只读" not in button.toolTip() for button in off)
