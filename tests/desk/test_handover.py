"""The hand-over wizard with real files: nothing changes before 完成移交, and then the right people come in."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from taizhang import places
from taizhang.core.access import Access, Role
from taizhang.core.errors import Refused
from taizhang.desk.application import Program
from taizhang.desk.handover_wizard import COUNTS, ITEMS, KEYS, PEOPLE, SHEET, HandoverWizard
from taizhang.desk.handover_wizard_sheet import KeptSheetDialog
from taizhang.desk.main_window import MainWindow
from taizhang.desk.messages import Messages
from taizhang.desk.office import Facts, Office
from taizhang.desk.recovery_sheet_dialog import RecoveryCodeDialog
from taizhang.desk.worker import Inline
from taizhang.handover import MEMO, PAPER
from taizhang.registry import installed
from taizhang.store import keyring
from taizhang.store.keyring import Keyring
from taizhang.store.keys import User
from taizhang.store.logbook import Happening
from taizhang.store.opening import enter
from taizhang.store.query import Query
from taizhang.store.store import Store
from tests.desk.offices import loud
from tests.desk.waiting import until
from tests.offices import NOON, TODAY, Office as Filed

NEW, NEWER = "bright lamp 10", "broad field 11"
PASSWORD = {"王敏": "apricot tree 7", "李静": "plum garden 8", "赵岚": "quiet river 9"}
Locked = tuple[Store, Office]


@cache
def ring() -> tuple[Keyring, Access]:
    """王敏 is administrator, 李静 recorder, 赵岚 reader; each password takes its time, so they are made once."""
    made, access, _code = keyring.create("王敏", PASSWORD["王敏"])
    for name, role in (("李静", Role.RECORDER), ("赵岚", Role.READER)):
        made = keyring.with_user(made, access, name, role, PASSWORD[name])
    return made, access


def entered(folder: Path, name: str) -> Locked:
    """A new office with three users, entered by one of them."""
    path = folder / "杏花.tz"
    Store.create(path, installed(), name="中共杏花社区委员会", kind="社区党委", clock=lambda: NOON, ring=ring()).close()
    store = Store.open(path, installed(), clock=lambda: NOON, access=enter(path, PASSWORD[name], name))
    return store, Office(lambda: store, Facts.of(store), Inline(loud))


@pytest.fixture
def locked(tmp_path: Path) -> Locked:
    """An office with three users, entered by its administrator 王敏."""
    return entered(tmp_path, "王敏")


def shown(qtbot: QtBot, office: Office) -> HandoverWizard:
    made = HandoverWizard(office, lambda: NOON)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def wizard(qtbot: QtBot, locked: Locked) -> HandoverWizard:
    return shown(qtbot, locked[1])


@pytest.fixture
def plain(qtbot: QtBot, office: tuple[Filed, Office]) -> HandoverWizard:
    """The wizard in an office without password that holds the sample records."""
    return shown(qtbot, office[1])


def press(wizard: HandoverWizard) -> None:
    QTest.mouseClick(wizard.next, Qt.MouseButton.LeftButton)


def said(wizard: HandoverWizard) -> str:
    return "" if wizard.warning.isHidden() else wizard.warning.text.text()


def name_both(wizard: HandoverWizard) -> None:
    """All that the first step needs where there are no passwords."""
    wizard.people.giver.setText("王敏")
    wizard.people.taker.setText("孙悦")


def give_to(wizard: HandoverWizard, name: str = "孙悦", password: str = NEW) -> None:
    """Fill in the first step."""
    wizard.people.taker.setText(name)
    for line in (wizard.people.new.first, wizard.people.new.again):
        line.setText(password)


def column(wizard: HandoverWizard, which: int) -> list[str]:
    """What stands in a column of the open items."""
    table = wizard.items.table
    items = [table.item(line, which) for line in range(table.rowCount())]
    return [item.text() for item in items if item is not None]


def to_the_sheet(wizard: HandoverWizard) -> None:
    """李静 stays with a new password, 赵岚 does not; on to the last step."""
    give_to(wizard)
    for _step in (COUNTS, ITEMS, KEYS):
        press(wizard)
    li, zhao = wizard.keys.others
    for line in (li.new.first, li.new.again):
        line.setText(NEWER)
    zhao.stays.setChecked(False)
    press(wizard)
    assert wizard.pages.currentIndex() == SHEET, said(wizard)


def seal(wizard: HandoverWizard) -> str:
    """Press 完成移交 and prove that the recovery code is on paper; the code."""
    press(wizard)
    (dialog,) = wizard.findChildren(RecoveryCodeDialog)
    groups = [group.text() for group in dialog.groups]
    dialog.answer.setText(groups[dialog.asked - 1])
    dialog.go_on.click()
    return "-".join(groups)


def doors(wizard: HandoverWizard) -> list[tuple[str, object]]:
    """What the wizard asks of the program, as it comes."""
    heard: list[tuple[str, object]] = []
    wizard.door.connect(lambda name, what: heard.append((name, what)))
    return heard


def work_of(heard: list[tuple[str, object]]) -> Callable[[Path], Access]:
    ((name, work),) = heard
    assert name == "while_closed"
    return cast("Callable[[Path], Access]", work)


def test_the_office_changes_hands(wizard: HandoverWizard, locked: Locked) -> None:
    """R-PRIV-04: who leaves comes in no more, neither do those who are left out, nor the code that was sealed."""
    store, _office = locked
    heard = doors(wizard)
    to_the_sheet(wizard)
    pdf = bytes(wizard.sheet._pdf)
    code = seal(wizard)
    assert not wizard.isVisible()
    store.close()
    before = enter(store.path, PASSWORD["王敏"])
    access = work_of(heard)(store.path)
    assert (access.who, access.role) == ("孙悦", Role.ADMIN)
    assert access.key != before.key
    for password in PASSWORD.values():
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


def test_nothing_changes_before_the_code_is_proved_to_be_on_paper(wizard: HandoverWizard, locked: Locked) -> None:
    store, _office = locked
    heard = doors(wizard)
    to_the_sheet(wizard)
    press(wizard)
    (dialog,) = wizard.findChildren(RecoveryCodeDialog)
    dialog.reject()
    assert heard == []
    assert wizard.isVisible()
    wizard.reject()
    assert store.papers.kept() == []
    assert store.keys.enter(PASSWORD["王敏"]).who == "王敏"
    assert Happening.HANDOVER not in [line.kind for line in store.log.lines()]


def test_an_office_without_password_keeps_the_list_and_goes_on(
    plain: HandoverWizard, office: tuple[Filed, Office]
) -> None:
    filed, desk = office
    heard, lines = doors(plain), list[str]()
    desk.said.connect(lines.append)
    name_both(plain)
    assert not plain.people.new.isVisible()
    for _step in (COUNTS, ITEMS, KEYS):
        press(plain)
    assert "没有设密码" in plain.keys.told.text.text()
    press(plain)
    pdf = bytes(plain.sheet._pdf)
    press(plain)
    assert not plain.isVisible()
    assert heard == []
    (paper,) = filed.store.papers.kept(PAPER)
    assert filed.store.attachment(paper.sha256) == pdf
    assert any(f"第 {paper.number} 号" in line for line in lines)


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


def test_without_an_administrator_nothing_goes_on(wizard: HandoverWizard) -> None:
    give_to(wizard)
    wizard.people.role.setCurrentIndex(list(Role).index(Role.RECORDER))
    for _step in (COUNTS, ITEMS, KEYS):
        press(wizard)
    for other in wizard.keys.others:
        other.stays.setChecked(False)
    press(wizard)
    assert wizard.pages.currentIndex() == KEYS
    assert "管理员" in said(wizard)
    assert wizard.next.isEnabled()


def test_only_an_administrator_hands_over(qtbot: QtBot, tmp_path: Path) -> None:
    store, office = entered(tmp_path, "李静")
    made = shown(qtbot, office)
    assert "管理员" in said(made)
    assert not made.next.isEnabled()
    store.close(with_backup=False)


def test_what_was_typed_is_remembered_without_the_password(
    wizard: HandoverWizard, locked: Locked, qtbot: QtBot
) -> None:
    give_to(wizard)
    wizard.people.witness.setText("陈明")
    wizard.reject()
    assert NEW not in str(locked[0].recall(MEMO))
    again = shown(qtbot, locked[1])
    assert (again.people.taker.text(), again.people.witness.text()) == ("孙悦", "陈明")
    assert again.people.new.text == ""


def test_the_same_people_get_the_same_code_and_others_another(wizard: HandoverWizard) -> None:
    to_the_sheet(wizard)
    assert wizard._keys is not None
    first = wizard._keys[1].code
    wizard.back.click()
    press(wizard)
    assert wizard._keys[1].code == first
    wizard.back.click()
    wizard.keys.others[0].stays.setChecked(False)
    press(wizard)
    assert wizard._keys[1].code != first


def test_no_password_stays_behind_in_the_window(wizard: HandoverWizard) -> None:
    to_the_sheet(wizard)
    wizard.reject()
    assert wizard._keys is None
    lines = [wizard.people.new, *(other.new for other in wizard.keys.others)]
    assert {line.text for line in lines} == {""}


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
    keys = keyring.create("王敏", PASSWORD["王敏"])[:2]
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
