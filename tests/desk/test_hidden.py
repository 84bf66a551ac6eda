"""What a visitor may see (F9), and what the system shows of a window: titles, task bar, files in the user's folder."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from taizhang import faults, last_office, places
from taizhang.core import idcard
from taizhang.core.access import Access, Role
from taizhang.core.errors import Refused
from taizhang.desk import doors, settings as user_settings
from taizhang.desk.asked import Asked
from taizhang.desk.column_chooser import ColumnChooser
from taizhang.desk.erase_dialog import EraseDialog
from taizhang.desk.export_dialog import ExportDialog
from taizhang.desk.filter_editor import FilterEditor
from taizhang.desk.import_wizard import ImportWizard
from taizhang.desk.main_window import MainWindow
from taizhang.desk.messages import Messages
from taizhang.desk.office import Office
from taizhang.desk.preview import PreviewDialog
from taizhang.store.query import Filter, Query
from tests.desk.waiting import until
from tests.offices import NOON, TODAY, Office as Filed

NAME, FRIEND = "公孙望舒", "闾丘黼黻"
NUMBER = idcard.make("110199", date(1985, 6, 17), 12)
PHONE, HOME = "19987651234", "靐龘巷7号3栋2单元501室"
PLANTED = (NAME, FRIEND, NUMBER, PHONE, HOME, "7号3栋", "1985.06", "8765", NUMBER[-4:])


@pytest.fixture
def desk(office: tuple[Filed, Office], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Filed, Office, int]:
    """An office with somebody in it, and with a post that this person holds; a user's folder of this test alone."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setattr(places, "user_data", lambda: folder)
    filed, desk = office
    raw = {"id_number": NUMBER, "phone": PHONE, "address": HOME, "born_on": "1985-06-17", "sponsors": FRIEND}
    rid = filed.add("members", name=NAME, category="正式党员", status="死亡", branch=filed.store.name, **raw)
    filed.add("committees", organisation=filed.store.name, member=rid, post="书记", method="任命")
    filed.add("transfers", direction="转入", member=rid, name=NAME, phone=PHONE, id_number=NUMBER, state="退回")
    draft = filed.check("members", {"employer": "无"}, rid)
    filed.store.do(f"修改党员：{NAME}", lambda work: work.change(rid, draft))
    return filed, desk, rid


@pytest.fixture
def window(desk: tuple[Filed, Office, int], qtbot: QtBot) -> MainWindow:
    made = MainWindow(desk[1], TODAY)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


def texts(within: QWidget) -> Iterator[str]:
    """Every word that can be read, with tips and titles."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for part in (within, *within.findChildren(QWidget)):
        if not part.isVisibleTo(within) and part is not within:
            continue
        yield from (part.toolTip(), part.windowTitle(), part.accessibleName(), part.statusTip())
        if isinstance(part, (QLabel, QAbstractButton)):
            yield part.text()
        elif isinstance(part, QLineEdit):
            yield part.displayText()
        elif isinstance(part, QPlainTextEdit):
            yield part.toPlainText()
        elif isinstance(part, QComboBox):
            yield part.currentText()
        elif isinstance(part, QTableView):
            yield from cells(part)


def cells(view: QTableView) -> Iterator[str]:
    model = view.model()
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            yield str(model.data(model.index(row, column)))


def leaks(within: QWidget) -> set[tuple[str, str]]:
    """What of the person can be read, and where."""
    return {(word, text) for text in texts(within) for word in PLANTED if word in text}


def show(window: MainWindow, ledger: str, words: str = NAME) -> None:
    """Look somebody up in a ledger, and wait for the card."""
    window.open_page(ledger)
    page = window.lists[ledger]
    page.bar.search.setText(words)
    until(lambda: len(page.model.rids) == 1, "the record")
    rid = page.model.rids[0]
    until(lambda: page.side.rid == rid and page.side.currentWidget() is page.side.card, "the card")
    until(lambda: any(words in part.text() for part in page.side.card.findChildren(QLabel)), "what it says")


# -- F9 ----------------------------------------------------------------------------------------------------------------


def test_the_first_page_names_nobody(window: MainWindow, desk: tuple[Filed, Office, int]) -> None:
    assert leaks(window), "without F9 it does"
    desk[1].mask(masked=True)
    assert leaks(window) == set()


@pytest.mark.parametrize("ledger", ["members", "committees"])
def test_lists_cards_and_histories_name_nobody(
    window: MainWindow, desk: tuple[Filed, Office, int], ledger: str
) -> None:
    show(window, ledger)
    assert leaks(window)
    desk[1].mask(masked=True)
    assert leaks(window) == set()
    page = window.lists[ledger]
    page.side.card.history.emit("")
    until(lambda: page.side.currentWidget() is page.side.history, "the history")
    assert leaks(window) == set()
    desk[1].mask(masked=False)
    assert leaks(window)


def test_the_form_is_covered_and_comes_back_with_the_cursor_where_it_was(
    window: MainWindow, desk: tuple[Filed, Office, int]
) -> None:
    show(window, "members")
    form = window.lists["members"].side.form
    window.lists["members"].side.edit("phone")
    until(lambda: form.fields["phone"].entry.shown() == PHONE, "the form")
    window.activateWindow()
    until(lambda: QApplication.focusWidget() is not None, "the cursor")
    typing = QApplication.focusWidget()
    assert typing is not None
    assert form.fields["phone"].isAncestorOf(typing)
    desk[1].mask(masked=True)
    assert leaks(window) == set()
    assert not form.fields["phone"].isVisible()
    desk[1].mask(masked=False)
    assert form.fields["phone"].isVisible()
    assert QApplication.focusWidget() is typing
    assert form.entry().raw == {}, "nothing was typed"
    window.lists["members"].side.back()


def test_a_form_that_is_opened_meanwhile_is_covered_too(window: MainWindow, desk: tuple[Filed, Office, int]) -> None:
    show(window, "members")
    desk[1].mask(masked=True)
    window.lists["members"].side.edit()
    assert window.lists["members"].side.editing
    assert leaks(window) == set()


def test_conditions_and_words_looked_for_are_hidden(window: MainWindow, desk: tuple[Filed, Office, int]) -> None:
    where = (Filter("name", "has", NAME), Filter("phone", "is", PHONE), Filter("sponsors", "has", FRIEND))
    window.open_query(Query("members", where=where, search=PHONE))
    until(lambda: {PHONE, NAME, FRIEND} <= {word for word, _text in leaks(window)}, "the conditions")
    desk[1].mask(masked=True)
    until(lambda: "姓名含：••••" in set(texts(window)), "the conditions without what is asked")
    assert leaks(window) == set()
    search = window.lists["members"].bar.search
    search.clear()
    search.setText("孟")
    assert search.displayText() == "孟", "what is typed from now on is seen"
    desk[1].mask(masked=False)
    until(lambda: {NAME, FRIEND} <= {word for word, _text in leaks(window)}, "the conditions in full")


def test_the_status_line_names_nobody(window: MainWindow, desk: tuple[Filed, Office, int]) -> None:
    filed, office, rid = desk
    draft = filed.check("members", {"employer": "某厂"}, rid)
    office.do(f"修改党员：{NAME}", lambda work: work.change(rid, draft))
    assert NAME in window.status.said.text()
    office.mask(masked=True)
    assert leaks(window.status) == set()
    office.undo()
    assert window.status.said.text() == "已撤销"
    office.do("作废", lambda work: work.void(rid, "登记重复"))
    assert "“••”" in window.status.said.text(), "what is refused names the person"
    assert leaks(window.status) == set()


def test_changing_many_names_nobody(window: MainWindow, desk: tuple[Filed, Office, int]) -> None:
    filed, office, rid = desk
    window.open_page("members")
    bulk = window.lists["members"].side.bulk
    window.lists["members"].side.show_many([rid, filed.rids("members")[0]])
    bulk.field.setCurrentIndex(bulk.field.findData("left_on"))
    assert bulk._entry is not None
    bulk._entry.put("2025-03-01", "2025-03-01")
    bulk._preview()
    assert any(word == NAME for word, _text in leaks(bulk))
    office.mask(masked=True)
    assert leaks(bulk) == set()


def test_the_preview_shows_no_page(desk: tuple[Filed, Office, int], qtbot: QtBot) -> None:
    filed, office, _rid = desk
    dialog = PreviewDialog(office, Asked("print", filed.registry.ledgers["members"], Query("members"), "", (), ()))
    qtbot.addWidget(dialog)
    dialog.show()
    until(dialog.save_button.isEnabled, "the pages")
    assert dialog.pane.view.isVisible()
    office.mask(masked=True)
    assert not dialog.pane.view.isVisible()
    assert dialog.pane.document.pageCount() == 1, "it can still be printed"
    assert leaks(dialog) == set()


def test_what_an_export_is_narrowed_to_is_not_said(desk: tuple[Filed, Office, int], qtbot: QtBot) -> None:
    filed, office, rid = desk
    asked = Asked("export", filed.registry.ledgers["members"], Query("members"), f"查找“{NAME}”", ("name",), (rid,))
    office.mask(masked=True)
    dialog = ExportDialog(office, asked)
    qtbot.addWidget(dialog)
    dialog.show()
    assert leaks(dialog) == set()


# -- what the system shows ---------------------------------------------------------------------------------------------


def test_nothing_that_opens_from_the_window_is_named_after_anybody(
    window: MainWindow, desk: tuple[Filed, Office, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The title of a window stands in the task bar, in the list of windows, in screen shares and in crash reports."""
    filed, _office, rid = desk
    opened: list[str] = []

    def look(dialog: QDialog) -> None:
        dialog.show()
        if isinstance(dialog, ImportWizard):
            dialog.choose(_sheet(tmp_path))
        opened.append(dialog.windowTitle())
        assert _named(dialog) == []
        dialog.close()
        dialog.deleteLater()

    monkeypatch.setattr(doors, "_run", look)
    monkeypatch.setattr("taizhang.desk.stick_backup.back_up", lambda _office, _now, _parent: None)
    doors_of = doors.Doors(window, user_settings.Settings(), lambda _settings: None, lambda: NOON)
    for action in ("print", "import", "export"):
        members = filed.registry.ledgers["members"]
        query = Query("members", search=NAME)
        doors_of.open(action, Asked(action, members, query, f"查找“{NAME}”", ("name",), (rid,)))
    for name in doors_of._plain:
        doors_of.open(name, "")
    assert {"打印 党员名册", "导入党员名册", "导出党员名册", "设置", "关于台账", "交接", "留痕记录"} <= set(opened)
    assert _named(window) == []


def test_no_page_and_nothing_that_opens_from_one_is_named_after_anybody(
    window: MainWindow, desk: tuple[Filed, Office, int], qtbot: QtBot
) -> None:
    filed, office, rid = desk
    members = filed.registry.ledgers["members"]
    for dialog in (
        EraseDialog(office, members, rid, NAME, window),
        ColumnChooser(members, ["name"], window),
        FilterEditor(members, office, window),
    ):
        qtbot.addWidget(dialog)
        dialog.show()
        assert _named(dialog) == []
        dialog.close()
    for ledger in office.ledgers:
        show(window, ledger, filed.store.name if ledger == "organisations" else NAME)
        assert _named(window) == []
        window.lists[ledger].side.edit()
        assert _named(window) == []


def _sheet(folder: Path) -> Path:
    book = Workbook()
    assert book.active is not None
    book.active.append(["姓名", "联系电话"])
    book.active.append([NAME, PHONE])
    book.save(folder / f"{NAME}.xlsx")
    return folder / f"{NAME}.xlsx"


def _named(window: QWidget) -> list[str]:
    """Titles, tips and file names of whole windows that tell of the person."""
    whole = [window, *QApplication.topLevelWidgets()]
    told = [text for one in whole for text in (one.windowTitle(), one.windowFilePath(), one.windowIconText())]
    told += [one.toolTip() for one in whole if isinstance(one, (MainWindow, QDialog))]
    return [text for text in told if any(word in text for word in PLANTED)]


def test_no_file_in_the_users_folder_tells_of_anybody(
    window: MainWindow, desk: tuple[Filed, Office, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list of recent offices, the settings, the log of our own errors."""
    filed, office, rid = desk
    monkeypatch.setattr("taizhang.desk.messages._box", lambda _title, _text, _parent: _Silent())
    show(window, "members")
    window.lists["members"].side.edit()
    last_office.opened(filed.path)
    user_settings.save(user_settings.Settings(who="记录员"))
    messages = Messages(datetime.now)
    try:
        filed.store.do(f"作废{NAME}", lambda work: work.void(rid, f"与{NAME}（{NUMBER}）重复"))
    except Refused as refused:
        problem = ValueError(f"{NAME} {PHONE}")
        problem.__cause__ = refused
        messages.unhandled(problem)
    office.keep("filters:members", {NAME: PHONE})
    assert faults.log_file().exists()
    kept = list(places.user_data().rglob("*"))
    assert {file.name for file in kept} >= {"recent.json", "settings.json", "errors.log"}
    for file in kept:
        assert [word for word in PLANTED if word.encode() in file.read_bytes()] == [], file.name


class _Silent:
    def exec(self) -> None:
        """Nobody looks at it."""


def test_a_reader_is_told_no_more_by_list_card_and_history(desk: tuple[Filed, Office, int], qtbot: QtBot) -> None:
    filed, office, _rid = desk
    filed.store.act_as(Access("来访者", Role.READER))
    window = MainWindow(office, TODAY)
    qtbot.addWidget(window)
    window.show()
    show(window, "members")
    told = "".join(texts(window))
    window.lists["members"].side.card.history.emit("")
    told += "".join(texts(window))
    assert NAME in told
    assert f"{NUMBER[:6]}********{NUMBER[-4:]}" in told
    assert [word for word in (NUMBER, PHONE, HOME, "1985.06.17") if word in told] == []
