"""Erasing somebody from the card: administrators only, on grounds, with the password where there is one (R-PRIV-03)."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot

from taizhang.core.access import Access, Role
from taizhang.desk.erase_dialog import EraseDialog
from taizhang.desk.ledger_page import LedgerPage
from taizhang.desk.office import Facts, Office
from taizhang.desk.worker import Inline
from taizhang.store import keyring
from taizhang.store.query import Query
from taizhang.store.shelf import folder_of, list_backups
from taizhang.store.store import Store
from tests.desk.offices import loud
from tests.desk.waiting import until
from tests.offices import NOON, TODAY, Office as Filed

NAME = "公孙望舒"


@pytest.fixture
def office(office: tuple[Filed, Office]) -> tuple[Filed, Office]:
    """An office with the sample records, and somebody of whom no other record tells."""
    office[0].add("members", name=NAME, category="正式党员")
    return office


def page_of(office: tuple[Filed, Office], qtbot: QtBot, ledger: str = "members") -> LedgerPage:
    made = LedgerPage(office[0].registry.ledgers[ledger], office[1], TODAY)
    qtbot.addWidget(made)
    made.show()
    made.shown()
    return made


def rid_of(office: tuple[Filed, Office]) -> int:
    (rid,) = office[0].store.rids(Query("members", search=NAME))
    return rid


def offered(page: LedgerPage) -> list[str]:
    """What the menus of the card offer, but for what is done with a record and how it is printed."""
    actions = [action.text() for menu in page.side.card.findChildren(QMenu) for action in menu.actions()]
    return [text for text in actions if "抹除" in text]


def dialog_of(office: tuple[Filed, Office], qtbot: QtBot) -> EraseDialog:
    filed, desk = office
    made = EraseDialog(desk, filed.registry.ledgers["members"], rid_of(office), NAME)
    qtbot.addWidget(made)
    made.show()
    return made


def show(page: LedgerPage, words: str) -> None:
    """Find somebody, and wait for the card."""
    page.bar.search.setText(words)
    until(lambda: any(part.text() == words for part in page.side.card.findChildren(QLabel)), "the card")


def test_the_card_offers_it_to_an_administrator_alone(office: tuple[Filed, Office], qtbot: QtBot) -> None:
    page = page_of(office, qtbot)
    show(page, NAME)
    assert offered(page) == ["依法抹除…"]
    for facts in (
        replace(office[1].facts, role=Role.RECORDER),
        replace(office[1].facts, role=Role.READER),
        replace(office[1].facts, read_only=True),
    ):
        office[1].facts = facts
        page.side.refresh()
        until(lambda: not offered(page), "the card without the menu")


def test_neither_the_office_itself_nor_a_stub_is_erased(office: tuple[Filed, Office], qtbot: QtBot) -> None:
    page = page_of(office, qtbot, "organisations")
    show(page, office[0].store.name)
    assert offered(page) == []
    members = page_of(office, qtbot)
    office[0].store.erase(rid_of(office), "本人申请")
    members.show_query(Query("members", show="void"))
    show(members, "（已抹除）")
    assert offered(members) == []


def test_without_grounds_nothing_happens(office: tuple[Filed, Office], qtbot: QtBot) -> None:
    dialog = dialog_of(office, qtbot)
    dialog.start()
    assert dialog.said.text.text() == "请写明依据。"
    assert rid_of(office)


def test_every_page_hears_of_it_and_the_status_line_says_so_without_a_name(
    office: tuple[Filed, Office], qtbot: QtBot
) -> None:
    filed, desk = office
    page = page_of(office, qtbot)
    rid, heard = rid_of(office), list[str]()
    desk.said.connect(heard.append)
    filed.store.safeguard()
    dialog = dialog_of(office, qtbot)
    assert "1 份旧备份" in dialog.backups.text()
    dialog.reason.setCurrentText("本人申请，支委会讨论同意")
    dialog.start()
    assert not dialog.isVisible()
    assert rid not in page.model.rids
    assert heard == ["已抹除"]
    assert filed.store.row(rid).void == "已依法抹除：本人申请，支委会讨论同意"
    ((_when, fresh),) = list_backups(filed.path)
    assert NAME.encode() not in fresh.read_bytes()


def test_backups_stay_unless_the_tick_says_otherwise_and_none_are_offered_where_there_are_none(
    office: tuple[Filed, Office], qtbot: QtBot
) -> None:
    filed, _desk = office
    assert not dialog_of(office, qtbot).backups.isVisible()
    filed.store.safeguard()
    dialog = dialog_of(office, qtbot)
    dialog.backups.setChecked(False)
    dialog.reason.setCurrentText("本人申请")
    dialog.start()
    (kept,) = folder_of(filed.path).iterdir()
    assert NAME.encode() in kept.read_bytes()


def test_what_is_left_to_do_is_said(office: tuple[Filed, Office], qtbot: QtBot) -> None:
    filed, desk = office
    filed.add("members", name="安静宜", sponsors=NAME)
    heard: list[str] = []
    desk.said.connect(heard.append)
    dialog = dialog_of(office, qtbot)
    dialog.reason.setCurrentText("本人申请")
    dialog.start()
    assert heard[0].startswith("已抹除；另有 1 条记录里写着这个姓名或号码")


def test_while_f9_hides_names_the_dialog_does_too(office: tuple[Filed, Office], qtbot: QtBot) -> None:
    office[1].mask(masked=True)
    dialog = dialog_of(office, qtbot)
    assert NAME not in dialog.windowTitle() + "".join(part.text() for part in dialog.findChildren(QLabel))


@pytest.fixture
def locked(tmp_path: Path) -> tuple[Filed, Office]:
    """An office with a password."""
    ring, access, _code = keyring.create("王敏", "很长的密码 一二三")
    filed = Filed(tmp_path / "plain.tz")
    filed.store.close(with_backup=False)
    filed.path = tmp_path / "locked.tz"
    filed.store = Store.create(
        filed.path,
        filed.registry,
        name="中共青石街道工作委员会",
        kind="党工委",
        ring=(ring, access),
        clock=lambda: NOON,
    )
    filed.add("members", name=NAME, category="正式党员")
    return filed, Office(lambda: filed.store, Facts.of(filed.store), Inline(loud))


def test_where_there_is_a_password_it_is_asked_once_more(locked: tuple[Filed, Office], qtbot: QtBot) -> None:
    filed, _desk = locked
    dialog = dialog_of(locked, qtbot)
    dialog.reason.setCurrentText("本人申请")
    dialog.start()
    assert dialog.said.text.text() == "请输入您的密码。"
    dialog.own.setText("不是这个密码")
    dialog.start()
    assert "密码" in dialog.said.text.text()
    rid = rid_of(locked)
    dialog.own.setText("很长的密码 一二三")
    dialog.start()
    assert not dialog.isVisible()
    assert filed.store.row(rid).void == "已依法抹除：本人申请"
    assert filed.store.log.lines()[0].who == "王敏"
    filed.store.close(with_backup=False)


def test_somebody_else_who_has_entered_since_cannot_erase_as_a_recorder(
    locked: tuple[Filed, Office], qtbot: QtBot
) -> None:
    filed, _desk = locked
    dialog = dialog_of(locked, qtbot)
    dialog.reason.setCurrentText("本人申请")
    dialog.own.setText("很长的密码 一二三")
    filed.store.act_as(Access("李红", Role.RECORDER))
    dialog.start()
    assert "只有管理员可以做" in dialog.said.text.text()
    assert filed.store.rids(Query("members", search=NAME))
    filed.store.close(with_backup=False)
