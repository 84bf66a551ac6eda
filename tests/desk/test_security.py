"""Passwords and users in the settings: what whoever is in may do, and what comes of it in the file."""

from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from taizhang.core.access import Access, Role
from taizhang.core.errors import Refused
from taizhang.desk.office import Facts, Office
from taizhang.desk.password_dialog import ChangePassword, Confirmed, FirstPassword, NewCode, ResetPassword
from taizhang.desk.recovery_sheet_dialog import RecoveryCodeDialog
from taizhang.desk.rekey_dialog import RekeyDialog
from taizhang.desk.security_panel import SecurityPanel
from taizhang.desk.user_dialog import AddUser, RemoveUser
from taizhang.desk.widgets import scrolled
from taizhang.desk.worker import Inline
from taizhang.registry import installed
from taizhang.store import keyplace, keyring
from taizhang.store.connection import is_locked
from taizhang.store.logbook import Happening
from taizhang.store.opening import enter, enter_by_code
from taizhang.store.store import Store
from tests.desk.locked import LI, PASSWORDS, WANG, ZHAO, Locked, locked_file, open_locked
from tests.desk.offices import loud
from tests.offices import NOON, Office as Filed

OWN = PASSWORDS[WANG]
NEW = "rowing boat 31"


@pytest.fixture
def codes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The recovery codes that somebody wrote down who was shown them."""
    kept: list[str] = []

    def write_down(dialog: RecoveryCodeDialog) -> int:
        kept.append("-".join(group.text() for group in dialog.groups))
        dialog.answer.setText(dialog.groups[dialog.asked - 1].text())
        dialog.go_on.click()
        return dialog.result()

    monkeypatch.setattr(RecoveryCodeDialog, "exec", write_down)
    return kept


def _panel(qtbot: QtBot, office: Office) -> SecurityPanel:
    made = SecurityPanel(office, lambda: NOON)
    qtbot.addWidget(made)
    return made


def _offers(panel: SecurityPanel) -> list[str]:
    return [made.text() for made in panel.findChildren(QPushButton) if not made.isHidden()]


def _said(panel: SecurityPanel) -> str:
    return "" if panel.said.isHidden() else panel.said.text.text()


def _press(panel: SecurityPanel, text: str) -> None:
    next(made for made in panel.findChildren(QPushButton) if made.text() == text).click()


def _type(monkeypatch: pytest.MonkeyPatch, dialog: type, **lines: str) -> None:
    """Whoever sits before this dialog fills it in and presses its button."""

    def fill(shown: FirstPassword) -> int:
        for name, text in lines.items():
            if name == "new":
                shown.new.first.setText(text)
                shown.new.again.setText(text)
            else:
                getattr(shown, name).setText(text)
        shown.go.click()
        return shown.result()

    monkeypatch.setattr(dialog, "exec", fill)


def test_an_office_without_a_password_is_told_why_and_offered_one(
    qtbot: QtBot, blank_office: tuple[Filed, Office]
) -> None:
    panel = _panel(qtbot, blank_office[1])
    assert _offers(panel) == ["设置密码…"]


@pytest.mark.parametrize(("name", "role"), [(LI, Role.RECORDER), (ZHAO, Role.READER)])
def test_who_is_no_administrator_sees_only_the_own_password_and_the_lock(
    qtbot: QtBot, tmp_path: Path, name: str, role: Role
) -> None:
    store, office = open_locked(locked_file(tmp_path), name)
    panel = _panel(qtbot, office)
    assert office.facts.role is role
    assert _offers(panel) == ["修改我的密码…", "锁定屏幕"]
    with qtbot.waitSignal(panel.door) as asked:
        _press(panel, "锁定屏幕")
    assert asked.args == ["lock", None]
    store.close()


def test_the_first_password_locks_the_file_and_its_code_opens_it(
    qtbot: QtBot, blank_office: tuple[Filed, Office], monkeypatch: pytest.MonkeyPatch, codes: list[str]
) -> None:
    filed, office = blank_office
    panel = _panel(qtbot, office)
    _type(monkeypatch, FirstPassword, name="王敏", new=NEW)
    with qtbot.waitSignal(panel.door) as asked:
        _press(panel, "设置密码…")
    filed.store.close()
    name, work = asked.args
    access = work(filed.path)
    assert name == "while_closed"
    assert (access.who, access.role) == ("王敏", Role.ADMIN)
    assert is_locked(filed.path)
    assert enter(filed.path, NEW).who == "王敏"
    assert enter_by_code(filed.path, codes[0]).role is Role.ADMIN
    again = Store.open(filed.path, installed(), access=access)
    assert again.name == office.facts.name
    again.close()


def test_without_the_code_on_paper_no_password_is_set(
    qtbot: QtBot, blank_office: tuple[Filed, Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = _panel(qtbot, blank_office[1])
    asked: list[str] = []
    panel.door.connect(lambda name, _what: asked.append(name))
    _type(monkeypatch, FirstPassword, name="王敏", new=NEW)
    monkeypatch.setattr(RecoveryCodeDialog, "exec", lambda dialog: dialog.reject() or 0)
    panel.set_first()
    assert asked == []
    assert "什么也没有改动" in _said(panel)


def test_an_administrator_adds_changes_resets_and_removes_users(
    qtbot: QtBot, locked: Locked, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, office = locked
    panel = _panel(qtbot, office)
    users = panel.users
    assert users is not None
    assert [user.name for user in users.users] == ["王敏", "李静", "赵阅"]
    _type(monkeypatch, AddUser, name="周宁", new=NEW)
    _press(panel, "添加…")
    assert users.table.rowCount() == 4
    assert _said(panel) == "已添加 周宁（记录员）。"
    users.table.selectRow(2)
    users.roles.actions()[1].trigger()
    assert store.keys.enter(PASSWORDS[ZHAO]).role is Role.RECORDER
    _type(monkeypatch, ResetPassword, new="quiet harbour 5")
    users.table.selectRow(1)
    _press(panel, "重设密码…")
    assert store.keys.enter("quiet harbour 5").who == "李静"
    _type(monkeypatch, RemoveUser)
    users.table.selectRow(3)
    _press(panel, "移除…")
    assert [user.name for user in store.keys.users()] == ["王敏", "李静", "赵阅"]
    assert (_said(panel), users.chosen) == ("已移除 周宁。", None), "the next in the list is not about to be removed"
    with pytest.raises(Refused):
        store.keys.enter(NEW)
    noted = [line.what for line in store.log.lines(4) if line.kind is Happening.KEYS]
    assert noted == ["移除使用者 周宁", "更换 李静 的密码", "赵阅 改为记录员", "添加记录员 周宁"]


def test_nobody_removes_or_resets_himself_and_the_last_administrator_stays(qtbot: QtBot, locked: Locked) -> None:
    _store, office = locked
    panel = _panel(qtbot, office)
    users = panel.users
    assert users is not None
    assert not users.role_button.isEnabled()
    users.table.selectRow(0)
    assert users.role_button.isEnabled()
    assert not users.remove_button.isEnabled()
    assert not users.reset_button.isEnabled()
    users.roles.actions()[2].trigger()
    assert "至少要有一位管理员" in _said(panel)


def test_whoever_takes_over_at_the_desk_is_the_one_who_is_named(qtbot: QtBot, locked: Locked) -> None:
    store, office = locked
    store.keys.set_role(LI, Role.ADMIN)
    panel = _panel(qtbot, office)
    office.hand_on(store.keys.enter(PASSWORDS[LI], LI))
    assert panel.users is not None
    item = panel.users.table.item(1, 0)
    assert item is not None
    assert item.text() == "李静（您）"
    assert panel.me.text() == "您是 李静（管理员）"
    shiboken6.delete(panel)
    office.hand_on(store.keys.enter(OWN, WANG))
    assert store.who == WANG


def test_removing_says_what_an_old_copy_can_still_do(qtbot: QtBot, locked: Locked) -> None:
    dialog = RemoveUser(locked[1], "李静")
    qtbot.addWidget(dialog)
    text = " ".join(part.text() for part in dialog.findChildren(type(dialog.said.text)))
    assert "以前拷走的文件" in text
    assert "更换文件密钥" in text


def test_the_own_password_is_changed_and_said(qtbot: QtBot, locked: Locked, monkeypatch: pytest.MonkeyPatch) -> None:
    store, office = locked
    panel = _panel(qtbot, office)
    _type(monkeypatch, ChangePassword, own=OWN, new=NEW)
    _press(panel, "修改我的密码…")
    assert "已修改" in _said(panel)
    assert store.keys.enter(NEW, "王敏").who == "王敏"


def test_a_new_code_counts_at_once_and_the_old_one_no_more(
    qtbot: QtBot, locked: Locked, monkeypatch: pytest.MonkeyPatch, codes: list[str]
) -> None:
    store, office = locked
    panel = _panel(qtbot, office)
    _type(monkeypatch, NewCode, own=OWN)
    for _ in range(2):
        _press(panel, "更换恢复码…")
    first, second = codes
    ring = keyplace.read(store.path)
    assert keyring.enter_by_code(ring, second).role is Role.ADMIN
    with pytest.raises(Refused):
        keyring.enter_by_code(ring, first)


def test_what_is_said_comes_into_sight_from_wherever_one_has_scrolled_to(
    qtbot: QtBot, locked: Locked, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = _panel(qtbot, locked[1])
    area = scrolled(panel)
    qtbot.addWidget(area)
    area.resize(600, 300)
    area.show()
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    _type(monkeypatch, ChangePassword, own=OWN, new=NEW)
    panel.change_own()
    assert "已修改" in _said(panel)
    assert bar.value() == 0


def test_a_wrong_password_gives_no_new_code(
    qtbot: QtBot, locked: Locked, monkeypatch: pytest.MonkeyPatch, codes: list[str]
) -> None:
    store, office = locked
    before = keyplace.read(store.path)
    _type(monkeypatch, NewCode, own=PASSWORDS[LI])
    _panel(qtbot, office).new_code()
    assert codes == []
    assert keyplace.read(store.path) == before


def test_a_new_key_asks_for_every_user_there_is_by_then(
    qtbot: QtBot, locked: Locked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list in the panel may still be on its way: nobody is left out unasked for it."""
    store, office = locked
    panel, asked = _panel(qtbot, office), list[list[str]]()
    store.keys.add("孙悦", Role.RECORDER, NEW)

    def leave(dialog: RekeyDialog) -> int:
        asked.append(list(dialog.lines))
        return 0

    monkeypatch.setattr(RekeyDialog, "exec", leave)
    _press(panel, "更换文件密钥…")
    assert asked == [["李静", "赵阅", "孙悦"]]


def test_a_new_key_leaves_out_whoever_gets_no_password(
    qtbot: QtBot, locked: Locked, monkeypatch: pytest.MonkeyPatch, codes: list[str]
) -> None:
    store, office = locked
    path, panel = store.path, _panel(qtbot, office)

    def fill(dialog: RekeyDialog) -> int:
        dialog.own.setText(OWN)
        assert "李静、赵阅" in dialog.hint.text()
        dialog.lines["李静"].setText(NEW)
        assert "李静" not in dialog.hint.text()
        dialog.go.click()
        return dialog.result()

    monkeypatch.setattr(RekeyDialog, "exec", fill)
    with qtbot.waitSignal(panel.door) as asked:
        _press(panel, "更换文件密钥…")
    old = store.access
    store.close()
    access: Access = asked.args[1](path)
    assert access.key != old.key
    assert enter(path, OWN).key == access.key
    assert enter(path, NEW).role is Role.RECORDER
    assert enter_by_code(path, codes[0]).key == access.key
    for gone in (PASSWORDS[LI], PASSWORDS[ZHAO]):
        with pytest.raises(Refused):
            enter(path, gone)


def test_the_password_is_taken_off_only_by_showing_it(
    qtbot: QtBot, locked: Locked, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, office = locked
    path, panel = store.path, _panel(qtbot, office)
    asked: list[tuple[str, object]] = []
    panel.door.connect(lambda name, what: asked.append((name, what)))
    _type(monkeypatch, Confirmed, own=PASSWORDS[ZHAO])
    panel.take_off()
    assert asked == []
    _type(monkeypatch, Confirmed, own=OWN)
    panel.take_off()
    store.close()
    ((name, work),) = asked
    assert name == "while_closed"
    assert callable(work)
    assert work(path) is None
    assert not is_locked(path)


def test_what_was_opened_to_be_read_only_offers_nothing_to_change(qtbot: QtBot, tmp_path: Path) -> None:
    path = locked_file(tmp_path)
    store = Store.open(path, installed(), access=enter(path, OWN), read_only=True)
    panel = _panel(qtbot, Office(lambda: store, Facts.of(store), Inline(loud)))
    assert "只读方式" in _said(panel)
    assert not [made.text() for made in panel.findChildren(QPushButton) if made.isEnabled()]
    store.close()
