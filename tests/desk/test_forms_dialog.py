"""All forms of the office in one list, and the ways by which a form is asked for."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from taizhang.core.access import Access, Role
from taizhang.desk import doors
from taizhang.desk.asked import FormAsked, FormsAsked
from taizhang.desk.doors import Doors
from taizhang.desk.form_menu import FormMenu
from taizhang.desk.form_preview import FormPreview
from taizhang.desk.forms_dialog import FormsDialog
from taizhang.desk.main_window import MainWindow
from taizhang.desk.office import Facts, Office
from taizhang.desk.settings import Settings
from taizhang.press.forms.shelf import keep_own, shelf_of
from tests.desk.offices import open_office
from tests.ledgers.letters import Letters
from tests.offices import NOON, TODAY

SLIP = "check_slip"


@pytest.fixture
def desk(tmp_path: Path) -> tuple[Letters, Office]:
    filed, office = open_office(tmp_path, filled=False)
    return Letters(filed), office


@pytest.fixture
def window(qtbot: QtBot, desk: tuple[Letters, Office]) -> MainWindow:
    made = MainWindow(desk[1], TODAY)
    qtbot.addWidget(made)
    return made


def _dialog(qtbot: QtBot, office: Office, key: str = SLIP) -> FormsDialog:
    made = FormsDialog(office, lambda: NOON)
    qtbot.addWidget(made)
    made.show()
    made.table.selectRow([one.key for one in made._forms].index(key))
    return made


def _own(letters: Letters) -> str:
    text = shelf_of(letters.office.store).text(SLIP).replace("| 党员信息核对单", "| 请您核对")
    assert keep_own(letters.office.store, SLIP, text) == ()
    return text


def _press(dialog: FormsDialog, text: str) -> None:
    next(made for made in dialog.findChildren(QPushButton) if made.text() == text).click()


def _line(dialog: FormsDialog) -> list[str]:
    cells = (dialog.table.item(dialog.table.currentRow(), at) for at in range(dialog.table.columnCount()))
    return [cell.text() if cell else "" for cell in cells]


def test_every_form_is_listed_with_its_ledger_and_whose_it_is(qtbot: QtBot, desk: tuple[Letters, Office]) -> None:
    letters, office = desk
    dialog = _dialog(qtbot, office)
    assert _line(dialog)[:3] == ["党员信息核对单", "党员名册", "标准"]
    assert dialog.table.rowCount() == len(shelf_of(letters.office.store).keys())
    assert not dialog.standard_button.isEnabled()
    _own(letters)
    dialog.refresh()
    assert _line(dialog)[2] == "本单位的"


def test_the_standard_comes_back_once_asked_and_the_own_one_too(qtbot: QtBot, desk: tuple[Letters, Office]) -> None:
    letters, office = desk
    own, store = _own(letters), letters.office.store
    dialog = _dialog(qtbot, office)
    dialog.standard_button.click()
    assert shelf_of(store).is_own(SLIP)
    _press(dialog, "恢复")
    assert not shelf_of(store).is_own(SLIP)
    assert _line(dialog)[2] == "标准"
    _press(dialog, "放回原来的")
    assert shelf_of(store).text(SLIP) == own


def test_a_broken_form_says_where_and_can_be_mended_or_replaced(qtbot: QtBot, desk: tuple[Letters, Office]) -> None:
    letters, office = desk
    letters.office.store.keep(f"form:{SLIP}", "名称 党员信息核对单\n台账 党员名册\n行 1\n")
    dialog = _dialog(qtbot, office)
    assert _line(dialog)[2] == "有错，用不了"
    assert f"{SLIP}.form 第 3 行" in _line(dialog)[3]
    assert not dialog.look_button.isEnabled()
    assert dialog.edit_button.isEnabled()
    dialog.restore()
    assert _line(dialog)[2] == "标准"


def test_a_form_is_written_to_a_file_as_it_counts(tmp_path: Path, qtbot: QtBot, desk: tuple[Letters, Office]) -> None:
    letters, office = desk
    own = _own(letters)
    dialog = _dialog(qtbot, office)
    dialog.save_to(tmp_path / "核对单.form")
    assert (tmp_path / "核对单.form").read_text(encoding="utf-8") == own


def test_a_reader_may_look_and_take_along_but_not_change(qtbot: QtBot, desk: tuple[Letters, Office]) -> None:
    letters, office = desk
    _own(letters)
    letters.office.store.act_as(Access("来访者", Role.READER))
    office.facts = Facts.of(letters.office.store)
    dialog = _dialog(qtbot, office)
    assert dialog.look_button.isEnabled()
    assert dialog.export_button.isEnabled()
    assert not dialog.edit_button.isEnabled()
    assert not dialog.standard_button.isEnabled()


def test_looking_at_a_form_is_asked_of_the_window(qtbot: QtBot, desk: tuple[Letters, Office]) -> None:
    _letters, office = desk
    dialog = _dialog(qtbot, office)
    with qtbot.waitSignal(dialog.door) as asked:
        dialog.look_button.click()
    assert asked.args == ["form", FormAsked(office.ledgers["members"], (), SLIP)]


# -- the ways to a form ------------------------------------------------------------------------------------------------


def _texts(menu: FormMenu) -> list[str]:
    menu.refresh()
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def _trigger(menu: FormMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text().startswith(text)).trigger()


def test_the_page_offers_its_list_and_below_it_the_forms_for_those_selected(
    qtbot: QtBot, desk: tuple[Letters, Office], window: MainWindow
) -> None:
    letters, office = desk
    first, second = letters.issue(letters.members[0]), letters.issue(letters.members[1])
    came = letters.come("白朝阳", 9)
    window.open_page("transfers")
    page = window.lists["transfers"]
    page.show_records([first, second, came])
    page.view.show_quietly(first)
    button = page.bar.button("print")
    assert button is not None
    menu = button.menu()
    assert isinstance(menu, FormMenu)
    texts = _texts(menu)
    assert texts[0].startswith("打印组织关系转接…")
    assert texts[1] == "中国共产党党员组织关系介绍信"
    assert "组织关系介绍信登记表（转出）（2 件）" in texts, "a register lists all that are listed and fit"
    assert texts[-1] == "表格版式…"
    with qtbot.waitSignal(page.asked) as asked:
        _trigger(menu, "中国共产党党员组织关系介绍信")
    assert asked.args == [FormAsked(office.ledgers["transfers"], (first,), "introduction_letter")]
    with qtbot.waitSignal(page.asked) as asked:
        _trigger(menu, "组织关系介绍信登记表（转出）")
    assert asked.args is not None
    assert set(asked.args[0].rids) == {first, second}
    with qtbot.waitSignal(page.asked) as asked:
        _trigger(menu, "打印组织关系转接…")
    assert asked.args is not None
    assert asked.args[0].action == "print"


def test_the_card_offers_the_forms_of_its_record_and_the_key_shows_the_likely_one(
    qtbot: QtBot, desk: tuple[Letters, Office], window: MainWindow
) -> None:
    letters, office = desk
    rid = letters.issue(letters.members[0])
    window.open_page("transfers")
    page = window.lists["transfers"]
    page.view.show_quietly(rid)
    page.side.show_record(rid, None)
    texts = _texts(page.side.prints)
    assert texts[0] == "中国共产党党员组织关系介绍信"
    assert "党员证明信（不适用）" in texts
    with qtbot.waitSignal(window.door) as asked:
        window._ask_form()
    assert asked.args == ["form", FormAsked(office.ledgers["transfers"], (rid,))]


def test_a_ledger_without_forms_says_so(window: MainWindow) -> None:
    window.open_page("committees")
    assert "这本台账没有表格" in _texts(window.lists["committees"].side.prints)


def test_the_doors_open_the_preview_and_the_list_and_lead_to_the_record(
    desk: tuple[Letters, Office], window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters, office = desk
    rid = letters.issue(letters.member("秦五", 5, id_number=None))
    opened: list[str] = []

    def run(dialog: FormPreview | FormsDialog) -> None:
        opened.append(dialog.objectName())
        if isinstance(dialog, FormPreview):
            dialog._open([rid])
        else:
            dialog.look()

    monkeypatch.setattr(doors, "_run", run)
    made = Doors(window, Settings(), lambda _settings: None, lambda: NOON)
    window.door.connect(made.open)
    made.open("form", FormAsked(office.ledgers["transfers"], (rid,)))
    assert opened == ["form-preview"]
    assert window.page is window.lists["transfers"]
    assert list(window.lists["transfers"].model.rids) == [rid]
    made.open(FormsAsked.action, FormsAsked())
    assert opened == ["form-preview", "forms", "form-preview"]
