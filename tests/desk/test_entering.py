"""What keeps an office from being opened, and the ways on: in use, not writable, damaged; and work on a closed file."""

import os
import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton

from taizhang.core.access import Access
from taizhang.core.errors import Refused
from taizhang.desk.application import Program
from taizhang.desk.first_page import FirstPage
from taizhang.desk.front import FrontWindow, WaitPage
from taizhang.desk.main_window import MainWindow
from taizhang.desk.restore_dialog import RestoreDialog
from taizhang.desk.trouble_page import TroublePage
from taizhang.desk.way import WhileClosed
from taizhang.desk.widgets import Banner
from taizhang.registry import installed
from taizhang.store import keyring
from taizhang.store.connection import is_locked
from taizhang.store.opening import enter as enter_file
from taizhang.store.query import Query
from taizhang.store.relock import lock_file
from taizhang.store.shelf import list_backups
from taizhang.store.store import Store
from taizhang.store.trouble import Damaged
from tests.desk.entered import enter, give, office, settle, unlock_page
from tests.desk.locked import LI, PASSWORDS, WANG, locked_file
from tests.desk.waiting import until
from tests.offices import NOON, Office as Filed


@pytest.fixture
def filed(tmp_path: Path) -> Filed:
    """An office without a password, with records, still open."""
    made = Filed(tmp_path / "office.tz")
    made.fill()
    return made


def trouble(program: Program) -> TroublePage:
    """The page that says what is the matter."""
    until(
        lambda: isinstance(program.window, FrontWindow) and isinstance(program.window.centralWidget(), TroublePage),
        "the page of trouble",
    )
    assert isinstance(program.window, FrontWindow)
    page = program.window.centralWidget()
    assert isinstance(page, TroublePage)
    return page


def press(page: TroublePage, text: str) -> None:
    next(one for one in page.findChildren(QPushButton) if one.text().startswith(text)).click()


# -- in use ------------------------------------------------------------------------------------------------------------


def test_who_has_the_file_is_said_and_it_may_be_looked_at(program: Program, filed: Filed) -> None:
    program.open(filed.path)
    page = trouble(program)
    assert "记录员在电脑“" in page.said.text()
    assert "11 月 21 日 12:00 起" in page.said.text()
    press(page, "只读打开")
    window = office(program)
    assert window.office.facts.read_only
    banner = window.findChild(Banner)
    assert banner is not None
    assert banner.text.text().startswith("只读：记录员在电脑“")
    assert "只读" in window.status.who.text()
    filed.store.close(with_backup=False)


def test_what_changes_is_disabled_with_a_reason_in_a_window_that_only_looks(program: Program, filed: Filed) -> None:
    program.open(filed.path)
    press(trouble(program), "只读打开")
    window = office(program)
    first = window.pages["first"]
    assert isinstance(first, FirstPage)
    until(lambda: first.filled, "the first page")
    undos = [one for one in first.findChildren(QPushButton) if one.text() == "撤销"]
    assert undos
    assert not any(one.isEnabled() for one in undos)
    window.open_page("members")
    for name in ("undo", "add", "import"):
        button = window.page.bar.button(name)
        assert button is not None
        assert not button.isEnabled()
        assert "只读方式打开" in button.toolTip()
    filed.store.close(with_backup=False)


def test_what_the_other_one_changes_appears_by_itself(program: Program, filed: Filed) -> None:
    program.open(filed.path)
    press(trouble(program), "只读打开")
    window = office(program)
    window.open_page("members")
    page = window.lists["members"]
    settle(window)
    until(lambda: len(page.model.rids) > 0, "the members")
    before = len(page.model.rids)
    filed.add("members", name="安静宜", branch=filed.store.name, category="正式党员")
    until(lambda: len(page.model.rids) == before + 1, "the new member")
    assert not window.status.undo.isVisible()
    filed.store.close(with_backup=False)


def test_once_the_other_one_is_gone_it_opens_as_usual(program: Program, filed: Filed) -> None:
    program.open(filed.path)
    page = trouble(program)
    press(page, "再试一次")
    page = trouble(program)
    press(page, "只读打开")
    window = office(program)
    filed.store.close(with_backup=False)
    banner = window.findChild(Banner)
    assert banner is not None
    banner.findChildren(QPushButton)[0].click()
    until(lambda: program.window is not window and isinstance(program.window, MainWindow), "the office again")
    assert not office(program).office.facts.read_only


def test_back_leads_to_the_welcome_page(program: Program, filed: Filed) -> None:
    program.open(filed.path)
    press(trouble(program), "返回")
    until(lambda: program.welcome is not None and program.welcome.isVisible(), "the welcome page")
    filed.store.close(with_backup=False)


def test_a_locked_office_in_use_asks_for_the_password_first_and_only_once(program: Program, tmp_path: Path) -> None:
    path = locked_file(tmp_path)
    other = Store.open(path, installed(), access=enter_file(path, PASSWORDS[WANG], WANG), clock=lambda: NOON)
    program.open(path)
    give(unlock_page(program).form, LI)
    page = trouble(program)
    assert WANG in page.said.text()
    press(page, "只读打开")
    window = office(program)
    assert window.office.facts.who == LI
    other.close(with_backup=False)
    banner = window.findChild(Banner)
    assert banner is not None
    banner.findChildren(QPushButton)[0].click()
    until(lambda: program.window is not window and isinstance(program.window, MainWindow), "the office to work in")
    facts = office(program).office.facts
    assert (facts.who, facts.read_only) == (LI, False)


# -- not writable ------------------------------------------------------------------------------------------------------


def test_a_file_that_cannot_be_written_opens_to_be_read_and_says_so(
    program: Program, filed: Filed, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed.store.close(with_backup=False)
    filed.path.chmod(0o444)
    if os.getuid() == 0:  # to root nothing is read-only
        real = os.access
        monkeypatch.setattr(os, "access", lambda path, how: how != os.W_OK and real(path, how))
    program.open(filed.path)
    window = office(program)
    assert window.office.facts.read_only
    banner = window.findChild(Banner)
    assert banner is not None
    assert "不能写入" in banner.text.text()


# -- damaged -----------------------------------------------------------------------------------------------------------


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9000])


def test_a_damaged_file_offers_its_backups_latest_first(program: Program, filed: Filed) -> None:
    filed.store.close()
    (_when, backup), *_none = list_backups(filed.path)
    shutil.copy(backup, backup.with_name("2026-11-20 090000.tz"))
    cut_off(filed.path)
    program.open(filed.path)
    page = trouble(program)
    assert "已损坏" in page.said.text()
    offered = [one.text() for one in page.findChildren(QPushButton) if one.text().endswith("的备份…")]
    assert offered == ["2026年11月21日 12:00 的备份…", "2026年11月20日 09:00 的备份…"]
    press(page, "2026年11月21日")
    assert program.window is not None
    dialog = program.window.findChild(RestoreDialog)
    assert dialog is not None
    until(dialog.go.isEnabled, "what is in the backup")
    dialog.restore_to(filed.path.with_name("restored.tz"))
    assert office(program).office.facts.path == filed.path.with_name("restored.tz")


def save_as(monkeypatch: pytest.MonkeyPatch, target: Path) -> None:
    """Whoever is asked for a file name gives this one."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(target), ""))


def test_an_office_that_turns_out_to_be_damaged_is_left_for_its_backups(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    boxes: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: boxes.append(box.text()))
    monkeypatch.setattr(program._worker, "unhandled", program._messages.unhandled)
    path = locked_file(tmp_path)
    window = enter(program, path, WANG)
    for _page in range(3):  # each asks the file, each hears of it
        window.office.ask(_torn, lambda _none: None)
    until(lambda: not isinstance(program.window, MainWindow), "the page with the ways on")
    page = trouble(program)
    assert "已损坏" in page.said.text()
    assert [one.text() for one in page.findChildren(QPushButton) if one.text() == "抢救能读的内容…"]
    assert boxes == []


def _torn(_store: Store) -> None:
    raise Damaged


def test_what_is_left_of_a_damaged_file_is_rescued_into_a_new_one(
    program: Program, filed: Filed, monkeypatch: pytest.MonkeyPatch
) -> None:
    members = len(filed.rids("members"))
    filed.store.close(with_backup=False)
    cut_off(filed.path)
    before = filed.path.read_bytes()
    target = filed.path.with_name("rescued.tz")
    save_as(monkeypatch, target)
    program.open(filed.path)
    press(trouble(program), "抢救能读的内容")
    until(lambda: "抢救完了" in _title(program), "the rescue")
    page = trouble(program)
    assert "党员名册：找回" in page.said.text()
    press(page, "打开抢救出来的文件")
    window = office(program)
    assert window.office.facts.path == target
    found: list[int] = []
    window.office.ask(lambda store: store.count(Query("members", show="all")), found.append)
    until(lambda: bool(found), "the members")
    assert 0 < found[0] <= members
    assert filed.path.read_bytes() == before


def _title(program: Program) -> str:
    page = program.window.centralWidget() if program.window else None
    return page.title.text() if isinstance(page, TroublePage) else ""


def test_a_locked_file_that_lost_its_end_is_rescued_with_the_keys_of_a_backup(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = locked_file(tmp_path)
    store = Store.open(path, installed(), access=enter_file(path, PASSWORDS[WANG], WANG), clock=lambda: NOON)
    store.do("附件", lambda work: work.attach(b"%PDF-1.7"))
    store.close()
    cut_off(path)
    target = path.with_name("rescued.tz")
    save_as(monkeypatch, target)
    program.open(path)
    press(trouble(program), "抢救能读的内容")
    give(unlock_page(program).form, WANG)
    until(lambda: "抢救完了" in _title(program), "the rescue")
    press(trouble(program), "打开抢救出来的文件")
    assert office(program).office.facts.locked
    assert is_locked(target)


# -- work on a closed file ---------------------------------------------------------------------------------------------


def test_work_is_done_while_the_file_is_closed_and_backed_up(program: Program, filed: Filed) -> None:
    filed.store.close(with_backup=False)
    program.open(filed.path)
    window = office(program)
    window.office.do("附件", lambda work: work.attach(b"%PDF-1.7"))
    ring, access, _code = keyring.create(WANG, PASSWORDS[WANG])
    seen: list[object] = []

    def work(path: Path) -> Access:
        seen.extend((len(list_backups(path)), path.with_name(path.name + "-lock").exists()))
        lock_file(path, ring, access)
        return access

    window.door.emit("while_closed", WhileClosed(work, "密码已设好。"))
    until(lambda: isinstance(program.window, FrontWindow), "the page that waits")
    assert isinstance(program.window, FrontWindow)
    assert isinstance(program.window.centralWidget(), WaitPage)
    program.window.close()
    assert program.window.isVisible()
    window = office(program)
    facts = window.office.facts
    assert seen == [1, False]
    assert window.status.said.text() == "密码已设好。"
    assert (facts.locked, facts.who) == (True, WANG)
    assert is_locked(filed.path)


def test_work_that_is_refused_leaves_the_office_open_as_it_was(program: Program, tmp_path: Path) -> None:
    window = enter(program, locked_file(tmp_path), LI)

    def work(_path: Path) -> Access:
        raise Refused("没有改动；请再试。")

    window.door.emit("while_closed", work)
    until(lambda: program.window is not window and isinstance(program.window, MainWindow), "the office again")
    window = office(program)
    assert window.office.facts.who == LI
    until(lambda: window.status.said.text() == "没有改动；请再试。", "the sentence")


def test_without_a_backup_no_such_work_is_begun(
    program: Program, filed: Filed, monkeypatch: pytest.MonkeyPatch
) -> None:
    boxes: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: boxes.append(box.text()))
    monkeypatch.setattr(program._worker, "unhandled", program._messages.unhandled)
    filed.store.close(with_backup=False)
    program.open(filed.path)
    window = office(program)
    window.office.do("附件", lambda work: work.attach(b"%PDF-1.7"))
    settle(window)
    filed.path.with_name("office 备份").write_text("in the way", encoding="utf-8")
    done: list[Path] = []
    window.door.emit("while_closed", done.append)
    until(lambda: program.window is not window and isinstance(program.window, MainWindow), "the office again")
    office(program)
    assert done == []
    assert "备份没有做成" in boxes[0]
