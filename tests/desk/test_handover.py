"""The hand-over wizard with real files: nothing changes before 完成移交, and then the right people come in."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from taizhang import places
from taizhang.core.access import Role
from taizhang.core.errors import Refused
from taizhang.desk.application import Program
from taizhang.desk.handover_wizard import COUNTS, ITEMS, KEYS, SHEET, HandoverWizard
from taizhang.desk.main_window import MainWindow
from taizhang.desk.messages import Messages
from taizhang.desk.office import Office
from taizhang.desk.recovery_sheet_dialog import RecoveryCodeDialog
from taizhang.desk.worker import Inline
from taizhang.handover import MEMO, PAPER
from taizhang.registry import installed
from taizhang.store import keyring
from taizhang.store.keys import User
from taizhang.store.logbook import Happening
from taizhang.store.opening import enter
from taizhang.store.store import Store
from tests.desk.handing import (
    NEW,
    NEWER,
    doors,
    give_to,
    name_both,
    press,
    said,
    seal,
    shown,
    to_the_sheet,
    work_of,
)
from tests.desk.locked import LI, PASSWORDS, WANG, Locked, locked_file, open_locked
from tests.desk.waiting import until
from tests.offices import NOON, TODAY, Office as Filed


def test_the_office_changes_hands(handover: HandoverWizard, locked: Locked) -> None:
    """R-PRIV-04: who leaves comes in no more, neither do those who are left out, nor the code that was sealed."""
    store, _office = locked
    heard = doors(handover)
    to_the_sheet(handover)
    pdf = bytes(handover.sheet._pdf)
    code = seal(handover)
    assert not handover.isVisible()
    store.close()
    before = enter(store.path, PASSWORDS[WANG])
    access = work_of(heard)(store.path)
    assert (access.who, access.role) == ("孙悦", Role.ADMIN)
    assert access.key != before.key
    for password in PASSWORDS.values():
        with pytest.raises(Refused):
            enter(store.path, password)
    assert enter(store.path, NEWER).role is Role.RECORDER
    after = Store.open(store.path, installed(), access=access)
    assert after.keys.users() == [User("孙悦", Role.ADMIN), User("李静", Role.RECORDER)]
    (paper,) = after.papers.kept(PAPER)
    assert after.attachment(paper.sha256) == pdf, "what is kept is what was seen"
    assert Happening.HANDOVER in [line.kind for line in after.log.lines()]
    after.close(with_backup=False)
    assert code.count("-") == 7


def test_nothing_changes_before_the_code_is_proved_to_be_on_paper(handover: HandoverWizard, locked: Locked) -> None:
    store, _office = locked
    heard = doors(handover)
    to_the_sheet(handover)
    press(handover)
    (dialog,) = handover.findChildren(RecoveryCodeDialog)
    dialog.reject()
    assert heard == []
    assert handover.isVisible()
    handover.reject()
    assert store.papers.kept() == []
    assert store.keys.enter(PASSWORDS[WANG]).who == "王敏"
    assert Happening.HANDOVER not in [line.kind for line in store.log.lines()]


def test_an_office_without_password_keeps_the_list_and_goes_on(
    plain_handover: HandoverWizard, office: tuple[Filed, Office]
) -> None:
    filed, desk = office
    heard, lines = doors(plain_handover), list[str]()
    desk.said.connect(lines.append)
    name_both(plain_handover)
    assert not plain_handover.people.new.isVisible()
    for _step in (COUNTS, ITEMS, KEYS):
        press(plain_handover)
    assert "没有设密码" in plain_handover.keys.told.text.text()
    press(plain_handover)
    pdf = bytes(plain_handover.sheet._pdf)
    press(plain_handover)
    assert not plain_handover.isVisible()
    assert heard == []
    (paper,) = filed.store.papers.kept(PAPER)
    assert filed.store.attachment(paper.sha256) == pdf
    assert any(f"第 {paper.number} 号" in line for line in lines)


def test_without_an_administrator_nothing_goes_on(handover: HandoverWizard) -> None:
    give_to(handover)
    handover.people.role.setCurrentIndex(list(Role).index(Role.RECORDER))
    for _step in (COUNTS, ITEMS, KEYS):
        press(handover)
    for other in handover.keys.others:
        other.stays.setChecked(False)
    press(handover)
    assert handover.pages.currentIndex() == KEYS
    assert "管理员" in said(handover)
    assert handover.next.isEnabled()


def test_only_an_administrator_hands_over(qtbot: QtBot, tmp_path: Path) -> None:
    store, office = open_locked(locked_file(tmp_path), LI)
    made = shown(qtbot, office)
    assert "管理员" in said(made)
    assert not made.next.isEnabled()
    store.close(with_backup=False)


def test_what_was_typed_is_remembered_without_the_password(
    handover: HandoverWizard, locked: Locked, qtbot: QtBot
) -> None:
    give_to(handover)
    handover.people.witness.setText("陈明")
    handover.reject()
    assert NEW not in str(locked[0].recall(MEMO))
    again = shown(qtbot, locked[1])
    assert (again.people.taker.text(), again.people.witness.text()) == ("孙悦", "陈明")
    assert again.people.new.text == ""


def test_the_same_people_get_the_same_code_and_others_another(handover: HandoverWizard) -> None:
    to_the_sheet(handover)
    assert handover._keys is not None
    first = handover._keys[1].code
    handover.back.click()
    press(handover)
    assert handover._keys[1].code == first
    handover.back.click()
    handover.keys.others[0].stays.setChecked(False)
    press(handover)
    assert handover._keys[1].code != first


def test_no_password_stays_behind_in_the_window(handover: HandoverWizard) -> None:
    to_the_sheet(handover)
    handover.reject()
    assert handover._keys is None
    lines = [handover.people.new, *(other.new for other in handover.keys.others)]
    assert {line.text for line in lines} == {""}


def test_the_program_goes_on_with_whoever_took_over(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole way: the window closes, the file gets its keys, the window comes back in the name of the other."""
    (tmp_path / "user").mkdir()
    monkeypatch.setattr(places, "user_data", lambda: tmp_path / "user")
    messages = Messages(lambda: NOON)
    program = Program(Inline(messages.unhandled), installed(), messages, today=TODAY, now=lambda: NOON)
    program.begin(None)
    assert program.welcome is not None
    keys = keyring.create("王敏", PASSWORDS[WANG])[:2]
    program.welcome.create_asked.emit("中共杏花社区委员会", "社区党委", tmp_path / "杏花.tz", keys)
    window = program.window
    assert isinstance(window, MainWindow)
    made = HandoverWizard(window.office, lambda: NOON, window)
    made.door.connect(window.door)
    made.show()
    give_to(made)
    for _step in (COUNTS, ITEMS, KEYS, SHEET):
        press(made)
    seal(made)
    again = program.window
    assert isinstance(again, MainWindow)
    assert again is not window
    facts = again.office.facts
    assert (facts.who, facts.role, facts.locked) == ("孙悦", Role.ADMIN, True)
    papers: list[str] = []
    again.office.ask(lambda store: papers.extend(paper.title for paper in store.papers.kept()), lambda _none: None)
    until(lambda: bool(papers), "the list that was kept")
    assert papers == ["移交清单：王敏 → 孙悦"]
    program.end()
    del qtbot
