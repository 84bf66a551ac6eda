"""Where acts are offered: first on the ledger's page, at its records while they can be done, at linked records."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from taizhang.desk import doors
from taizhang.desk.act_offers import offers
from taizhang.desk.act_wizard import ActWizard
from taizhang.desk.asked import ActAsked
from taizhang.desk.doors import Doors
from taizhang.desk.ledger_page import LedgerPage
from taizhang.desk.main_window import MainWindow
from taizhang.desk.office import Office
from taizhang.desk.settings import Settings
from tests.desk.errands import ERRANDS, HOME, OUT, errands_office, member
from tests.desk.waiting import until
from tests.offices import NOON, TODAY, Office as Filed

Desk = tuple[Filed, Office]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return errands_office(tmp_path)


def opened(desk: Desk, qtbot: QtBot, ledger: str = "errands") -> LedgerPage:
    """The page of a ledger, in sight."""
    made = LedgerPage(desk[1].ledgers[ledger], desk[1], TODAY)
    qtbot.addWidget(made)
    made.resize(1170, 740)
    made.show()
    made.shown()
    return made


def labels(asked: tuple[ActAsked, ...], ledger: str = "errands") -> list[str]:
    """What is offered of a ledger."""
    return [one.act.label for one in asked if one.ledger.key == ledger]


def test_the_main_act_is_what_the_page_begins_with(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    add = page.bar.button("add")
    assert add is not None
    assert add.text() == "送一封信"
    with qtbot.waitSignal(page.asked) as asked:
        page.bar.press("add")
    assert (asked.args[0].action, asked.args[0].act.key, asked.args[0].rid) == ("act", "send", None)


def test_the_other_ways_to_begin_stand_beside_it_and_the_plain_form_last(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    more = page.bar.button("more")
    assert more is not None
    actions = [action for action in more.menu().actions() if not action.isSeparator()]
    assert [action.text() for action in actions] == ["送一封信…", "补记一封…", "直接登记一条"]
    with qtbot.waitSignal(page.asked) as asked:
        actions[1].trigger()
    assert asked.args[0].act.key == "note"
    actions[2].trigger()
    assert page.side.editing


def test_a_ledger_without_acts_has_its_plain_button(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot, "organisations")
    assert page.bar.button("more") is None
    page.bar.press("add")
    assert page.side.editing


def test_a_record_offers_what_can_be_done_with_it_now(desk: Desk) -> None:
    ledgers = desk[1].ledgers
    assert labels(offers(ledgers, ERRANDS, 7, {"state": OUT})) == ["登记送到", "登记遗失"]
    assert labels(offers(ledgers, ERRANDS, 7, {"state": HOME})) == []


def test_a_linked_record_offers_what_begins_with_it(desk: Desk) -> None:
    ledgers = desk[1].ledgers
    found = offers(ledgers, ledgers["members"], 7, {"category": "1"})
    assert labels(found) == ["送一封信", "补记一封"]
    assert [one.preset for one in found if one.ledger is ERRANDS] == [{"member": 7}] * 2
    assert labels(offers(ledgers, ledgers["members"], 7, {"category": "2"})) == ["送一封信"]


def test_a_button_on_the_card_opens_the_act_and_its_record_is_shown_after_it(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed, office = desk
    raw = {"member": member(filed, "欧阳喆"), "place": "梧桐街道", "issued_on": "2026-11-01", "valid_days": 30}
    rid = filed.add("errands", **raw, state=OUT)
    window = MainWindow(office, TODAY)
    qtbot.addWidget(window)
    window.show()
    opens = Doors(window, Settings(), lambda _settings: None, lambda: NOON)
    window.door.connect(opens.open)
    done: list[str] = []

    def do(dialog: QDialog) -> None:
        assert isinstance(dialog, ActWizard)
        done.append(dialog.windowTitle())
        for _step in range(3):
            dialog.forward()
        dialog.deleteLater()

    monkeypatch.setattr(doors, "_run", do)
    window.open_records("members", [member(filed, "欧阳喆")])
    window.open_records("errands", [rid])
    card = window.lists["errands"].side.card
    until(card.acts.isVisible, "the acts")
    next(one for one in card.acts.findChildren(QPushButton) if one.text().startswith("登记送到")).click()
    assert done == ["登记送到"]
    assert filed.store.row(rid).values["state"] == HOME
    assert list(window.lists["errands"].model.rids) == [rid]
    until(card.acts.isHidden, "nothing more to do")


def test_a_file_that_may_only_be_read_offers_nothing(desk: Desk, qtbot: QtBot) -> None:
    filed, _office = desk
    rid = filed.add("errands", name="安然", place="梧桐街道", state=OUT)
    page = opened(desk, qtbot)
    page.show_records([rid])
    until(page.side.card.acts.isVisible, "the acts")
    page.side.card.show_facts(page.side.card._facts, fixed="只读")  # type: ignore[arg-type]
    assert page.side.card.acts.isHidden()
