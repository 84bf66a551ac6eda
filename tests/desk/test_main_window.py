"""The frame: built from the ledgers found, every action by key, nothing lost by closing."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from taizhang.core.access import Role
from taizhang.core.kinds import Text
from taizhang.core.ledger import Ledger
from taizhang.desk.asked import Asked
from taizhang.desk.ledger_page import LedgerPage
from taizhang.desk.main_window import MainWindow
from taizhang.desk.office import Facts, Office
from taizhang.desk.widgets import Banner
from taizhang.desk.worker import Inline
from taizhang.registry import installed, registry_of
from taizhang.store.query import Filter, Query
from taizhang.store.store import Store
from tests.desk.offices import loud
from tests.offices import TODAY, Office as Filed

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(office: tuple[Filed, Office], qtbot: QtBot) -> MainWindow:
    return opened(office[1], qtbot)


def opened(office: Office, qtbot: QtBot) -> MainWindow:
    """The window of an office, in sight."""
    made = MainWindow(office, TODAY)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitActive(made)
    return made


def test_the_navigation_has_every_ledger_below_its_group(window: MainWindow) -> None:
    ledgers = installed().ledgers
    assert list(window.navigation.buttons) == ["first", *ledgers]
    shown = [one.text() for one in window.navigation.findChildren(QLabel)]
    assert {ledger.group for ledger in ledgers.values()} <= set(shown)


def test_a_ledger_that_is_added_has_its_page_without_any_other_change(tmp_path: Path, qtbot: QtBot) -> None:
    extra = Ledger(
        "keys",
        "钥匙登记",
        (Text("name", "钥匙", required=True),),
        group="阵地",
        order=900,
        icon="ph.key",
        purpose="登记钥匙。",
        unit="把",
    )
    registry = registry_of([*installed().ledgers.values(), extra])
    store = Store.create(tmp_path / "office.tz", registry, name="中共杏花社区委员会", kind="社区党委")
    window = opened(Office(lambda: store, Facts.of(store), Inline(loud)), qtbot)
    window.open_page("keys")
    page = window.page
    assert isinstance(page, LedgerPage)
    page.bar.press("add")
    page.side.form.fields["name"].entry.put("大门", "大门")
    page.side.form.fields["name"].entry.changed.emit()
    page.side.form.save()
    assert page.bar.count.text() == "1 把"
    assert store.rows("keys", store.rids(Query("keys")))[0].values["name"] == "大门"


def test_every_page_is_reached_by_its_number(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_3, CTRL)
    assert window.page.name == list(installed().ledgers)[1]
    QTest.keyClick(window, Qt.Key.Key_1, CTRL)
    assert window.page.name == "first"


def test_the_keys_of_a_page_add_search_and_undo(window: MainWindow, office: tuple[Filed, Office]) -> None:
    filed, desk = office
    window.open_page("members")
    page = window.page
    assert isinstance(page, LedgerPage)
    QTest.keyClick(window, Qt.Key.Key_F, CTRL)
    assert page.bar.search.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_N, CTRL)
    assert page.side.editing
    page.side.form.leave()
    draft = filed.check("members", {"name": "安然"})
    desk.do("新增党员名册：安然", lambda work: work.add(draft))
    page.view.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert filed.store.rids(Query("members", search="安然")) == []
    QTest.keyClick(window, Qt.Key.Key_Y, CTRL)
    assert len(filed.store.rids(Query("members", search="安然"))) == 1


@pytest.mark.parametrize(
    ("key", "name"), [(Qt.Key.Key_P, "print"), (Qt.Key.Key_I, "import"), (Qt.Key.Key_E, "export")], ids=["P", "I", "E"]
)
def test_paper_and_excel_are_one_key_away(window: MainWindow, qtbot: QtBot, key: Qt.Key, name: str) -> None:
    window.open_page("members")
    with qtbot.waitSignal(window.door) as opened:
        QTest.keyClick(window, key, CTRL)
    assert opened.args is not None
    assert opened.args[0] == name
    assert isinstance(opened.args[1], Asked)


def test_f9_masks_every_page_and_says_how_to_get_it_back(window: MainWindow) -> None:
    window.open_page("members")
    page = window.page
    assert isinstance(page, LedgerPage)
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert all("*" in str(page.model.data(page.model.index(row, 0))) for row in range(page.model.rowCount()))
    assert window.status.privacy.text() == "F9 显示个人信息"
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert "欧阳喆" in [page.model.data(page.model.index(row, 0)) for row in range(page.model.rowCount())]


def test_a_page_opened_while_masked_is_masked(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_F9)
    window.open_page("members")
    page = window.page
    assert isinstance(page, LedgerPage)
    assert all("*" in str(page.model.data(page.model.index(row, 0))) for row in range(page.model.rowCount()))


def test_f1_opens_the_help_of_the_page(window: MainWindow, qtbot: QtBot) -> None:
    window.open_page("members")
    with qtbot.waitSignal(window.door) as asked:
        QTest.keyClick(window, Qt.Key.Key_F1)
    assert asked.args == ["help", "members"]


def test_a_number_opens_the_records_behind_it(window: MainWindow, office: tuple[Filed, Office]) -> None:
    query = Query("members", where=(Filter("sex", "blank"),))
    window.open_query(query)
    page = window.page
    assert isinstance(page, LedgerPage)
    assert list(page.model.rids) == office[0].store.rids(query)


def test_closing_in_the_middle_of_a_form_asks_nothing_and_loses_nothing(
    window: MainWindow, office: tuple[Filed, Office], qtbot: QtBot
) -> None:
    filed, _desk = office
    window.open_page("members")
    page = window.page
    assert isinstance(page, LedgerPage)
    page.bar.press("add")
    made = page.side.form.fields["name"]
    made.entry.put("安然", "安然")
    made.entry.changed.emit()
    with qtbot.waitSignal(window.closed):
        window.close()
    again = Store.open(filed.path, filed.registry)
    assert again.recall("draft:members:new")["name"] == ["安然", "安然"]
    again.close()


def test_what_was_changed_is_backed_up_on_closing(
    window: MainWindow, office: tuple[Filed, Office], qtbot: QtBot
) -> None:
    filed, _desk = office
    filed.add("members", name="欧阳喆")
    with qtbot.waitSignal(window.closed):
        window.close()
    again = Store.open(filed.path, filed.registry)
    assert again.last_backup() is not None
    again.close()


def test_a_file_that_may_only_be_read_offers_no_change(office: tuple[Filed, Office], qtbot: QtBot) -> None:
    filed, _desk = office
    facts = replace(Facts.of(filed.store), read_only=True)
    window = opened(Office(lambda: filed.store, facts, Inline(loud)), qtbot)
    window.open_page("members")
    for name in ("undo", "add", "import"):
        button = window.page.bar.button(name)
        assert button is not None
        assert not button.isEnabled()


def test_the_title_of_the_window_names_nobody(window: MainWindow) -> None:
    assert window.windowTitle() == "台账"


def test_the_lock_in_the_status_line_opens_where_a_password_is_set(window: MainWindow, qtbot: QtBot) -> None:
    assert window.status.lock.text() == "未加密"
    assert "设置密码" in window.status.lock.toolTip()
    with qtbot.waitSignal(window.door) as asked:
        window.status.lock.click()
    assert asked.args == ["settings", "security"]


def test_in_an_office_with_a_password_the_lock_locks(office: tuple[Filed, Office], qtbot: QtBot) -> None:
    filed, _desk = office
    facts = replace(Facts.of(filed.store), locked=True, who="李静", role=Role.RECORDER)
    window = opened(Office(lambda: filed.store, facts, Inline(loud)), qtbot)
    assert window.status.lock.text() == "已加密"
    assert window.status.who.text() == "李静（记录员）"
    with qtbot.waitSignal(window.door) as asked:
        window.status.lock.click()
    assert asked.args == ["lock", None]
    qtbot.waitUntil(window.isActiveWindow)
    with qtbot.waitSignal(window.door) as asked:
        QTest.keyClick(window, Qt.Key.Key_L, CTRL)
    assert asked.args == ["lock", None]


def test_why_a_file_may_only_be_read_stands_above_every_page(office: tuple[Filed, Office], qtbot: QtBot) -> None:
    filed, _desk = office
    facts = replace(Facts.of(filed.store), read_only=True, notice="只读：这个文件不能写入。")
    window = opened(Office(lambda: filed.store, facts, Inline(loud)), qtbot)
    banner = window.findChild(Banner)
    assert banner is not None
    for name in window.navigation.buttons:
        window.open_page(name)
        assert banner.isVisible()
    with qtbot.waitSignal(window.door) as asked:
        banner.findChildren(QPushButton)[0].click()
    assert asked.args == ["open", filed.path]


def test_a_name_in_the_settings_does_not_change_who_came_in_by_password(office: tuple[Filed, Office]) -> None:
    filed, _desk = office
    desk = Office(lambda: filed.store, replace(Facts.of(filed.store), locked=True, who="李静"), Inline(loud))
    desk.act_as("王敏")
    assert desk.facts.who == "李静"
    assert filed.store.who == "记录员"
