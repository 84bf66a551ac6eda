"""An act: what it asks, what the gate fills in, what is told before it is done, and that it is one step."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from taizhang.core.act import Act, Page
from taizhang.desk.act_wizard import ActWizard
from taizhang.desk.act_work import draft_key
from taizhang.desk.asked import ActAsked
from taizhang.store.query import Query
from tests.desk.acting import Desk, texts, type_into
from tests.desk.errands import ERRANDS, HOME, LOST, OUT, errands_office, member
from tests.desk.slowly import Slow
from tests.offices import NOON


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return errands_office(tmp_path)


def act(key: str) -> Act:
    """One of the acts of the ledger."""
    return next(one for one in ERRANDS.acts if one.key == key)


def opened(desk: Desk, qtbot: QtBot, key: str, rid: int | None = None, **preset: object) -> ActWizard:
    """The window of an act."""
    made = ActWizard(desk[1], ERRANDS, act(key), rid, lambda: NOON, None, preset)
    qtbot.addWidget(made)
    made.show()
    return made


def errands(desk: Desk) -> list[int]:
    """What is registered."""
    return desk[0].store.rids(Query("errands", show="all"))


def sent(desk: Desk, name: str = "欧阳喆", place: str = "梧桐街道") -> int:
    """A letter that is on its way."""
    raw = {"member": member(desk[0], name), "place": place, "issued_on": "2026-11-01", "valid_days": 30, "state": OUT}
    return desk[0].add("errands", **raw)


def to_review(wizard: ActWizard) -> None:
    """Fill in what is needed and go on to the last look."""
    type_into(wizard, "place", "梧桐街道")
    while wizard.pages.currentWidget() is not wizard.review:
        at = wizard.pages.currentIndex()
        wizard.forward()
        assert wizard.pages.currentIndex() > at, wizard.warning.text.text()


def test_a_member_that_is_chosen_fills_in_everything_that_follows(desk: Desk, qtbot: QtBot) -> None:
    wizard = opened(desk, qtbot, "send")
    assert wizard.fields["number"].entry.shown() == "第1号"
    assert wizard.fields["due_on"].entry.shown() == "2026.12.21"
    rid = member(desk[0], "欧阳喆")
    type_into(wizard, "member", rid, "欧阳喆")
    assert wizard.fields["name"].entry.shown() == "欧阳喆"
    assert wizard.fields["branch"].entry.shown()
    type_into(wizard, "valid_days", "10")
    assert wizard.fields["due_on"].entry.shown() == "2026.12.01"
    assert errands(desk) == []


def test_another_member_takes_the_place_of_what_was_filled_in_and_not_of_what_was_typed(
    desk: Desk, qtbot: QtBot
) -> None:
    wizard = opened(desk, qtbot, "send")
    type_into(wizard, "member", member(desk[0], "欧阳喆"), "欧阳喆")
    type_into(wizard, "number", "特1号")
    type_into(wizard, "member", member(desk[0], "孟堃"), "孟堃")
    assert wizard.fields["name"].entry.shown() == "孟堃"
    assert wizard.fields["number"].entry.shown() == "特1号"


def test_what_is_missing_is_said_beside_its_input_when_one_wants_to_go_on(desk: Desk, qtbot: QtBot) -> None:
    wizard = opened(desk, qtbot, "send")
    assert not [made for made in wizard.fields.values() if made.findings]
    wizard.forward()
    assert wizard.pages.currentIndex() == 0
    assert wizard.warning.text.text() == "请填写姓名。"
    assert [one.text for one in wizard.fields["name"].findings] == ["请填写姓名。"]


def test_a_finding_is_repaired_by_its_button_and_keeps_one_until_then(desk: Desk, qtbot: QtBot) -> None:
    wizard = opened(desk, qtbot, "send", member=member(desk[0], "欧阳喆"))
    wizard.forward()
    type_into(wizard, "place", "梧桐街道")
    type_into(wizard, "valid_days", "120")
    wizard.forward()
    assert wizard.pages.currentIndex() == 1
    next(one for one in wizard.fields["valid_days"].findChildren(QPushButton) if one.text().startswith("改为")).click()
    wizard.forward()
    assert wizard.pages.currentWidget() is wizard.review


def test_nothing_is_stored_before_the_last_step_and_then_it_is_one_operation(desk: Desk, qtbot: QtBot) -> None:
    wizard = opened(desk, qtbot, "send", member=member(desk[0], "欧阳喆"))
    before = len(desk[0].store.operations())
    to_review(wizard)
    assert "登记一封送信：欧阳喆" in texts(wizard)
    assert "第1号" in texts(wizard)
    assert errands(desk) == []
    assert len(desk[0].store.operations()) == before
    wizard.forward()
    (rid,) = errands(desk)
    assert desk[0].store.row(rid).values["state"] == OUT
    assert desk[0].store.operations(1)[0].title == "送一封信：欧阳喆"
    assert wizard.pages.currentWidget() is wizard.outcome
    with qtbot.waitSignal(wizard.records) as shown:
        wizard.forward()
    assert shown.args == [[rid]]


def test_what_changes_elsewhere_is_told_before_it_happens(desk: Desk, qtbot: QtBot) -> None:
    rid = sent(desk)
    wizard = opened(desk, qtbot, "arrive", rid)
    wizard.forward()
    assert f"{OUT} → {HOME}" in texts(wizard)
    assert "同时修改党员名册“欧阳喆”" in texts(wizard)
    assert desk[0].store.row(member(desk[0], "欧阳喆")).values["note"] is None
    wizard.forward()
    assert desk[0].store.row(member(desk[0], "欧阳喆")).values["note"] == "信已送到"


def test_what_happens_alike_to_many_is_told_once(desk: Desk, qtbot: QtBot) -> None:
    filed, _office = desk
    rids = [filed.add("members", name=f"米{given}") for given in "山水风云松竹梅"]
    raw = {"name": "米山", "with_them": rids, "place": "梧桐街道", "issued_on": "2026-11-01", "state": OUT}
    rid = filed.add("errands", **raw)
    wizard = opened(desk, qtbot, "arrive", rid)
    wizard.forward()
    assert "同时修改党员名册“米山、米水、米风、米云、米松等 7 人”" in texts(wizard)
    assert texts(wizard).count("信已送到") == 1
    wizard.forward()
    assert {filed.store.row(one).values["note"] for one in rids} == {"信已送到"}


def test_it_is_taken_back_where_its_result_is_told(desk: Desk, qtbot: QtBot) -> None:
    wizard = opened(desk, qtbot, "send", member=member(desk[0], "欧阳喆"))
    to_review(wizard)
    wizard.forward()
    next(one for one in wizard.outcome.findChildren(QPushButton) if one.text() == "撤销").click()
    assert errands(desk) == []
    assert "已撤销" in wizard.outcome.told.text()
    asked: list[object] = []
    wizard.records.connect(asked.append)
    wizard.forward()
    assert asked == []


def test_what_cannot_be_taken_back_any_more_says_why_and_is_left_as_it_is(desk: Desk, qtbot: QtBot) -> None:
    wizard = opened(desk, qtbot, "send", member=member(desk[0], "欧阳喆"))
    to_review(wizard)
    wizard.forward()
    (rid,) = errands(desk)
    desk[0].store.undo()
    next(one for one in wizard.outcome.findChildren(QPushButton) if one.text() == "撤销").click()
    assert wizard.warning.isVisible()
    assert wizard.next.text() == "完成", "and not 重新核对"
    with qtbot.waitSignal(wizard.records) as shown:
        wizard.forward()
    assert shown.args == [[rid]]


def test_an_act_without_pages_asks_once_and_says_what_it_does(desk: Desk, qtbot: QtBot) -> None:
    rid = sent(desk)
    wizard = opened(desk, qtbot, "lose", rid)
    assert wizard.pages.currentWidget() is wizard.review
    assert wizard.steps.isHidden()
    assert act("lose").help in texts(wizard)
    assert f"{OUT} → {LOST}" in texts(wizard)
    assert wizard.next.text() == "登记遗失"
    wizard.forward()
    assert desk[0].store.row(rid).values["state"] == LOST
    assert not wizard.isVisible()


def test_a_number_that_another_window_took_meanwhile_is_looked_at_anew(desk: Desk, qtbot: QtBot) -> None:
    wizard = opened(desk, qtbot, "send", member=member(desk[0], "欧阳喆"))
    to_review(wizard)
    other = sent(desk, "孟堃")
    wizard.forward()
    assert errands(desk) == [other]
    assert "重新核对" in wizard.warning.text.text()
    wizard.forward()
    assert "第2号" in texts(wizard)
    wizard.forward()
    assert len(errands(desk)) == 2


def test_an_act_that_was_done_meanwhile_is_refused_in_words(desk: Desk, qtbot: QtBot) -> None:
    rid = sent(desk)
    wizard = opened(desk, qtbot, "arrive", rid)
    wizard.forward()
    desk[0].change(rid, state=LOST)
    wizard.forward()
    assert "情况已经变了" in wizard.warning.text.text()
    assert desk[0].store.row(rid).values["state"] == LOST


def test_what_is_typed_survives_escape_and_is_gone_once_it_is_done(desk: Desk, qtbot: QtBot) -> None:
    wizard = opened(desk, qtbot, "send")
    type_into(wizard, "place", "梧桐街道")
    QTest.keyClick(wizard, Qt.Key.Key_Escape)
    assert not wizard.isVisible()
    again = opened(desk, qtbot, "send")
    assert again.fields["place"].entry.shown() == "梧桐街道"
    assert "接着填" in again.warning.text.text()
    type_into(again, "member", member(desk[0], "欧阳喆"), "欧阳喆")
    to_review(again)
    again.forward()
    assert opened(desk, qtbot, "send").fields["place"].entry.shown() == ""


def test_the_draft_is_gone_with_the_act_itself_whatever_becomes_of_the_window(desk: Desk, qtbot: QtBot) -> None:
    """The office may be closed before the window hears that the act is done; a draft would have it done twice."""
    wizard = opened(desk, qtbot, "send")
    type_into(wizard, "member", member(desk[0], "欧阳喆"), "欧阳喆")
    to_review(wizard)
    wizard._keep()
    key = draft_key(ActAsked(ERRANDS, act("send")))
    assert desk[0].store.recall(key)
    desk[1].worker = slow = Slow()
    wizard.forward()
    wizard.reject()
    assert wizard.isVisible(), "it is being stored"
    slow.waiting[0]()
    assert len(errands(desk)) == 1
    assert desk[0].store.recall(key) is None


def test_a_draft_is_thrown_away_by_a_press(desk: Desk, qtbot: QtBot) -> None:
    wizard = opened(desk, qtbot, "send")
    type_into(wizard, "place", "梧桐街道")
    wizard.reject()
    again = opened(desk, qtbot, "send")
    again.discard.click()
    assert again.fields["place"].entry.shown() == ""
    assert opened(desk, qtbot, "send").warning.isHidden()


def test_a_draft_about_one_member_is_not_offered_for_another(desk: Desk, qtbot: QtBot) -> None:
    wizard = opened(desk, qtbot, "send", member=member(desk[0], "欧阳喆"))
    type_into(wizard, "place", "梧桐街道")
    wizard.reject()
    other = opened(desk, qtbot, "send", member=member(desk[0], "孟堃"))
    assert other.fields["place"].entry.shown() == ""
    assert other.fields["name"].entry.shown() == "孟堃"


def test_enter_goes_on_and_f9_hides_what_is_typed(desk: Desk, qtbot: QtBot) -> None:
    wizard = opened(desk, qtbot, "send", member=member(desk[0], "欧阳喆"))
    QTest.keyClick(wizard, Qt.Key.Key_Return)
    assert wizard.pages.currentIndex() == 1
    desk[1].mask(masked=True)
    assert not wizard.pages.isVisible()
    desk[1].mask(masked=False)
    assert wizard.pages.isVisible()
    assert "欧阳喆" not in wizard.windowTitle()


def test_undoing_an_act_undoes_what_it_did_elsewhere(desk: Desk, qtbot: QtBot) -> None:
    rid = sent(desk)
    wizard = opened(desk, qtbot, "arrive", rid)
    wizard.forward()
    wizard.forward()
    desk[0].store.undo()
    assert desk[0].store.row(rid).values["state"] == OUT
    assert desk[0].store.row(member(desk[0], "欧阳喆")).values["note"] is None


def test_nothing_of_a_closed_wizard_stays_behind(desk: Desk) -> None:
    before = set(QApplication.topLevelWidgets())
    wizard = ActWizard(desk[1], ERRANDS, act("send"), None, lambda: NOON)
    wizard.show()
    wizard.reject()
    wizard.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert set(QApplication.topLevelWidgets()) <= before


def test_an_act_calls_a_field_by_its_own_name_and_begins_where_the_page_does(desk: Desk, qtbot: QtBot) -> None:
    whole = replace(act("send"), pages=(Page("谁送", ("with_them", "name")),), labels={"name": "带队的人"})
    wizard = ActWizard(desk[1], ERRANDS, whole, None, lambda: NOON)
    qtbot.addWidget(wizard)
    wizard.show()
    assert "带队的人" in texts(wizard)
    at = wizard.focusWidget()
    assert at is not None
    assert wizard.fields["with_them"].isAncestorOf(at)
    assert wizard.fields["with_them"].y() < wizard.fields["name"].mapTo(wizard.asking[0], QPoint()).y()
