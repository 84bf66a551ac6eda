"""The card: what a record holds, masked as the office's own lists are, with what is missing within reach."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from taizhang.desk.card import Card
from taizhang.desk.card_facts import card_facts, sections
from taizhang.desk.card_related import RelatedButton, RelatedPart
from taizhang.desk.office import Office
from taizhang.store.query import Query
from tests.desk.errands import errands_office, member
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


@pytest.fixture
def errands(tmp_path: Path) -> tuple[Filed, Office]:
    """An office whose members have taken letters elsewhere."""
    filed, office = errands_office(tmp_path)
    rid = member(filed, "欧阳喆")
    for month in range(1, 7):
        filed.add("errands", member=rid, place=f"{month}号街道", issued_on=f"2026-0{month}-01", state="在外")
    filed.add("errands", member=member(filed, "孟堃"), with_them="欧阳喆", place="和平社区", issued_on="2026-08-01")
    return filed, office


def related_lines(card: Card) -> list[RelatedButton]:
    """The lines about records of the ledger of letters."""
    parts = [part for part in card.findChildren(RelatedPart) if part.findChildren(QLabel)[0].text() == "送信登记"]
    return parts[0].findChildren(RelatedButton) if parts else []


def test_records_that_point_here_stand_in_the_card_the_newest_first(
    card: Card, errands: tuple[Filed, Office], qtbot: QtBot
) -> None:
    filed, _office = errands
    show(card, filed, "欧阳喆")
    names = [line.accessibleName() for line in related_lines(card)]
    assert names[0].startswith("孟堃，2026.08.01，第7号 · 和平社区")
    assert names[1] == "第6号，2026.06.01，6号街道 · 在外"
    assert len(names) == 4
    with qtbot.waitSignal(card.opened) as asked:
        related_lines(card)[1].click()
    ledger, (rid,) = asked.args
    assert (ledger, filed.store.row(rid).values["place"]) == ("errands", "6号街道")


def test_more_of_them_are_one_press_away(card: Card, errands: tuple[Filed, Office], qtbot: QtBot) -> None:
    filed, _office = errands
    show(card, filed, "欧阳喆")
    every = next(one for one in card.findChildren(QPushButton) if one.text() == "全部 7 封…")
    with qtbot.waitSignal(card.opened) as asked:
        every.click()
    assert sorted(asked.args[1]) == sorted(filed.store.rids(Query("errands", show="all")))


def test_the_card_of_an_organisation_shows_its_committee_and_not_those_it_counts(office: tuple[Filed, Office]) -> None:
    filed, _office = office
    post = filed.store.rows("committees", filed.rids("committees"))[0]
    rid = post.values["organisation"]
    assert isinstance(rid, int)
    facts = card_facts(filed.store, "organisations", rid, None)
    assert facts is not None
    found = {one.ledger: one for one in facts.related}
    assert post.rid in found["committees"].rids
    assert "members" not in found
    assert any("书记" in said.text for line in found["committees"].lines for said in (line.head, *line.brief))


def test_f9_hides_the_names_among_related_records(card: Card, errands: tuple[Filed, Office]) -> None:
    filed, _office = errands
    filed.add("errands", name="诸葛亮", with_them="欧阳喆", place="南阳", number="", issued_on="2026-09-01")
    show(card, filed, "欧阳喆")
    card.hide_personal(masked=True)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not [line.accessibleName() for line in related_lines(card) if "诸葛亮" in line.accessibleName()]


def test_a_past_day_shows_what_was_and_offers_nothing(errands: tuple[Filed, Office]) -> None:
    filed, _office = errands
    facts = card_facts(filed.store, "members", member(filed, "欧阳喆"), date(2026, 1, 1))
    assert facts is not None
    assert (facts.offers, facts.related) == ((), ())


def test_where_a_record_stands_is_said_before_all_else(errands: tuple[Filed, Office]) -> None:
    filed, _office = errands
    rid = filed.add("errands", name="安然", place="和平社区", issued_on="2026-10-01", valid_days=30, state="在外")
    facts = card_facts(filed.store, "errands", rid, None)
    assert facts is not None
    assert (facts.chips[0].label, facts.chips[0].text, facts.chips[0].tone) == ("", "还剩 -21 天", "accent")
    heading, lines = facts.sections[0]
    assert (heading, [line.key for line in lines]) == ("", ["place"])
    below = [line.key for _heading, items in facts.sections[1:] for line in items]
    assert not {"place", "left"} & set(below)
    assert {"number", "issued_on", "state"} <= set(below)
