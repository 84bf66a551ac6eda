"""The print preview: what is seen is what is printed, and what cannot be printed is said before."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from taizhang.core.access import Access, Role
from taizhang.core.privacy import Profile
from taizhang.desk.asked import Asked
from taizhang.desk.office import Facts, Office
from taizhang.desk.preview import PreviewDialog
from taizhang.desk.printing import print_pages
from taizhang.desk.widgets import Banner
from taizhang.desk.worker import Threads
from taizhang.registry import installed
from taizhang.store.logbook import Happening, Noted
from taizhang.store.query import Filter, Query
from taizhang.store.store import Store
from tests.desk.offices import loud, open_office
from tests.offices import NOON, Office as Filed

Opens = Callable[..., PreviewDialog]


@pytest.fixture
def desk(tmp_path: Path) -> tuple[Filed, Office]:
    return open_office(tmp_path)


@pytest.fixture
def preview(qtbot: QtBot, desk: tuple[Filed, Office]) -> Opens:
    filed, office = desk

    def opened(query: Query | None = None, condition: str = "", chosen: tuple[int, ...] = ()) -> PreviewDialog:
        ledger = filed.registry.ledgers["members"]
        asked = Asked("print", ledger, query or Query("members"), condition, (), chosen)
        dialog = PreviewDialog(office, asked, lambda: NOON)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return opened


def _text(dialog: PreviewDialog) -> str:
    document = dialog.pane.document
    return "".join(document.getAllText(page).text() for page in range(document.pageCount()))


def _settle(dialog: PreviewDialog) -> None:
    dialog._pause.stop()
    dialog._draw()


def _said(dialog: PreviewDialog) -> str:
    parts = [item.widget() for number in range(dialog.said.count()) if (item := dialog.said.itemAt(number))]
    return "".join(part.text.text() for part in parts if isinstance(part, Banner))


def test_the_pages_hold_the_query_the_condition_and_who_printed(desk: tuple[Filed, Office], preview: Opens) -> None:
    filed, _office = desk
    women = Query("members", where=(Filter("sex", value="2"),))
    dialog = preview(women, condition="性别：女")
    text = _text(dialog)
    for row in filed.store.rows("members", filed.store.rids(Query("members"))):
        assert (str(row.values["name"])[:2] in text) == (row.values.get("sex") == "2")
    assert "条件：性别：女" in text
    assert "打印人：记录员" in text
    assert filed.store.name in text


def test_each_choice_redraws_the_pages(preview: Opens) -> None:
    dialog = preview()
    landscape = dialog.pane.document.pagePointSize(0)
    assert landscape.width() > landscape.height()
    dialog.options.turn.setCurrentIndex(0)
    dialog.options.paper.setCurrentText("A3")
    dialog.options.title.setText("在册党员名单")
    dialog.options.blanks.setText("签字、日期")
    _settle(dialog)
    portrait = dialog.pane.document.pagePointSize(0)
    assert round(portrait.width() / 72 * 25.4) == 297
    assert portrait.width() < portrait.height()
    text = _text(dialog)
    assert "在册党员名单" in text
    assert "签字" in text


def test_a_wall_list_has_no_number_no_phone_and_no_full_name_r_priv_01(
    desk: tuple[Filed, Office], preview: Opens
) -> None:
    filed, _office = desk
    filed.add("members", name="张三丰", phone="13800001234", branch=filed.store.name, category="正式党员")
    dialog = preview()
    assert "13800001234" in _text(dialog)
    dialog.options.profile.setCurrentIndex(list(Profile).index(Profile.WALL))
    _settle(dialog)
    text = _text(dialog)
    assert "13800001234" not in text
    assert "张三丰" not in text
    assert "张**" in text
    assert any("不给看" in dialog.options.columns.list.item(n).text() for n in range(12))


def test_columns_are_chosen_and_moved_by_keyboard(preview: Opens) -> None:
    dialog = preview()
    names = dialog.options.columns
    names.list.setFocus()
    names.list.setCurrentRow(1)
    QTest.keyClick(names.list, Qt.Key.Key_Space)
    names.list.setCurrentRow(0)
    names.move_current(1)
    assert "sex" not in names.chosen()
    assert names.chosen()[:2] == ("name", "ethnic_group")
    _settle(dialog)
    assert "性别" not in _text(dialog)
    dialog.options._usual()
    assert names.chosen()[:2] == ("name", "sex")


def test_the_order_can_be_changed(desk: tuple[Filed, Office], preview: Opens) -> None:
    filed, _office = desk
    for name in ("丁一", "安静宜"):
        filed.add("members", name=name, branch=filed.store.name, category="正式党员")
    dialog = preview(Query("members", sort="pinyin"))
    text = _text(dialog)
    assert text.index("安静宜") < text.index("丁一")
    dialog.options.sort.setCurrentIndex(dialog.options.sort.findData("strokes"))
    dialog.options.sort.activated.emit(dialog.options.sort.currentIndex())
    text = _text(dialog)
    assert text.index("丁一") < text.index("安静宜")


def test_only_those_chosen_are_printed_and_the_paper_says_so(desk: tuple[Filed, Office], preview: Opens) -> None:
    filed, _office = desk
    one = filed.add("members", name="安静宜", branch=filed.store.name, category="正式党员")
    filed.add("members", name="包大同", branch=filed.store.name, category="正式党员")
    dialog = preview(chosen=(one,))
    assert "安静宜" in _text(dialog)
    assert "包大同" not in _text(dialog)
    assert "条件：选中的 1 人" in _text(dialog)
    dialog.scope.setChecked(False)
    assert "包大同" in _text(dialog)


def test_choices_are_remembered_for_the_ledger(preview: Opens) -> None:
    first = preview()
    first.options.paper.setCurrentText("A3")
    first.options.blanks.setText("签字")
    first.reject()
    again = preview()
    assert again.options.choice().paper == "A3"
    assert again.options.choice().blanks == ("签字",)
    assert round(again.pane.document.pagePointSize(0).width() / 72 * 25.4) == 420


def test_a_character_that_no_typeface_has_is_named_with_the_people(desk: tuple[Filed, Office], preview: Opens) -> None:
    filed, _office = desk
    filed.add("members", name="王\U000323a0", branch=filed.store.name, category="正式党员")
    dialog = preview()
    assert "U+323A0" in _said(dialog)
    assert "王" in _said(dialog)
    assert dialog.save_button.isEnabled()


def test_substituted_typefaces_are_said(preview: Opens) -> None:
    dialog = preview()
    assert dialog._drawn is not None
    assert dialog.fonts.text() == "".join(dialog._drawn.printed.substitutions)


def test_a_table_that_does_not_fit_says_what_to_do_and_cannot_be_saved(preview: Opens) -> None:
    dialog = preview()
    dialog.options.turn.setCurrentIndex(0)
    dialog.options.blanks.setText("、".join(f"栏{n}" for n in range(60)))
    _settle(dialog)
    assert "请少选几栏" in _said(dialog)
    assert not dialog.save_button.isEnabled()
    assert dialog.pane.document.pageCount() <= 0


def test_the_saved_file_is_the_very_pdf_that_is_shown(tmp_path: Path, preview: Opens) -> None:
    dialog = preview()
    dialog.save_to(tmp_path / "名册.pdf")
    assert dialog._drawn is not None
    assert (tmp_path / "名册.pdf").read_bytes() == dialog._drawn.pdf
    dialog.save_to(tmp_path / "no-such-folder" / "名册.pdf")
    assert "写不进“名册.pdf”" in _said(dialog)


def test_the_printer_gets_the_pages_of_the_preview(tmp_path: Path, desk: tuple[Filed, Office], preview: Opens) -> None:
    filed, office = desk
    for number in range(40):
        filed.add("members", name=f"李{'甲乙丙丁'[number % 4]}", branch=filed.store.name, category="正式党员")
    dialog = preview()
    shown = dialog.pane.document
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    heard: list[str] = []
    office.said.connect(heard.append)
    count = shown.pageCount()
    assert count > 1
    dialog.print_with(printer)
    paper = QPdfDocument()
    assert paper.load(str(tmp_path / "out.pdf")) is QPdfDocument.Error.None_
    assert paper.pageCount() == count
    assert heard == [f"已送往打印机：{count} 页"]
    assert paper.pagePointSize(0).toSize() == shown.pagePointSize(0).toSize()
    whole = paper.pagePointSize(0).toSize()
    printed, seen = paper.render(0, whole), shown.render(0, whole)
    ink = [(x, y) for x in range(2, 840, 5) for y in range(2, 593) if _ink(seen, x, y, 120)]
    assert len(ink) > 100, "the preview shows ink"
    there = sum(any(_ink(printed, x + dx, y + dy, 245) for dx in (-1, 0, 1) for dy in (-1, 0, 1)) for x, y in ink)
    assert there > 0.99 * len(ink), "ink lies on paper where the preview shows it"


def _ink(picture: QImage, x: int, y: int, lightest: int) -> bool:
    """Whether something is drawn here: a hairline of 600 dots an inch is light grey once it is scaled down."""
    colour = picture.pixelColor(x, y)
    return colour.alpha() > 150 and colour.lightness() < lightest


def test_what_is_saved_or_printed_is_written_down_and_what_is_looked_at_is_not_r_priv_02(
    tmp_path: Path, desk: tuple[Filed, Office], preview: Opens
) -> None:
    filed, _office = desk
    people = len(filed.store.rids(Query("members")))
    dialog = preview()
    dialog.options.profile.setCurrentIndex(list(Profile).index(Profile.WALL))
    _settle(dialog)
    assert filed.store.log.lines() == []
    dialog.save_to(tmp_path / "张三.pdf")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    dialog.print_with(printer)
    line = Noted(NOON, "记录员", Happening.PRINT, "党员名册", Profile.WALL, people)
    assert filed.store.log.lines() == [line, line]


def test_what_is_written_down_is_what_is_shown_even_while_another_choice_is_being_drawn(
    tmp_path: Path, desk: tuple[Filed, Office], preview: Opens
) -> None:
    filed, _office = desk
    dialog = preview()
    dialog.options.profile.setCurrentIndex(list(Profile).index(Profile.WALL))
    dialog.save_to(tmp_path / "名册.pdf")
    assert filed.store.log.lines()[0].profile is Profile.INTERNAL


def test_a_reader_is_offered_no_more_than_readers_may_see(
    tmp_path: Path, desk: tuple[Filed, Office], preview: Opens
) -> None:
    filed, office = desk
    office.keep("print/members/", {"profile": "full"})
    filed.store.act_as(Access("来访者", Role.READER))
    office.facts = Facts.of(filed.store)
    dialog = preview()
    offered = [dialog.options.profile.itemText(at) for at in range(dialog.options.profile.count())]
    assert offered == ["内部名单", "党内公示", "对外上墙"]
    dialog.save_to(tmp_path / "名册.pdf")
    assert filed.store.log.lines()[0].profile is Profile.INTERNAL


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_refuses_is_said(tmp_path: Path, preview: Opens) -> None:
    dialog = preview()
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no-such-folder" / "out.pdf"))
    assert not print_pages(printer, dialog.pane.document, [0])


def test_with_real_threads_the_newest_choice_wins_and_closing_early_harms_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    filed, _office = open_office(tmp_path)
    filed.store.close()
    worker = Threads(loud)
    made: list[Store] = []
    worker.run(lambda: Store.open(filed.path, installed()), made.append)
    qtbot.waitUntil(lambda: bool(made))
    office = Office(lambda: made[0], Facts.of(made[0]), worker)
    asked = Asked("print", office.ledgers["members"], Query("members"), "", (), ())
    dialog = PreviewDialog(office, asked, lambda: NOON)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.save_button.isEnabled, timeout=20_000)
    for title in ("甲", "乙", "最后的标题"):
        dialog.options.title.setText(title)
        dialog._draw()
    qtbot.waitUntil(lambda: "最后的标题" in _text(dialog), timeout=20_000)
    dialog._draw()
    dialog.reject()
    worker.run(made[0].close, lambda _none: made.clear())
    qtbot.waitUntil(lambda: not made)
    worker.close()
