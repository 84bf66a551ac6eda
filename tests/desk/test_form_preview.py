"""A paper form is seen as it will be printed; what counts is kept before it leaves, and a sample never does."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from taizhang.core.access import Access, Role
from taizhang.core.errors import Refused
from taizhang.desk import form_preview
from taizhang.desk.asked import FormAsked
from taizhang.desk.form_preview import FormPreview
from taizhang.desk.office import Facts, Office
from taizhang.desk.worker import Threads
from taizhang.registry import installed
from taizhang.store.logbook import Happening
from taizhang.store.store import Store
from tests.desk.form_pages import Opens, text_of
from tests.desk.offices import loud, open_office
from tests.desk.slowly import Slow
from tests.ledgers.letters import Letters
from tests.offices import NOON

LETTER = "introduction_letter"
OUT_REGISTER = "transfer_register_out"


def _said(dialog: FormPreview) -> str:
    return "".join(dialog.remarks.texts())


def _to_file(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


# -- what is seen ------------------------------------------------------------------------------------------------------


def test_a_letter_is_offered_first_and_shown_with_its_person(lettered: tuple[Letters, Office], preview: Opens) -> None:
    letters, _office = lettered
    dialog = preview(letters.issue(letters.members[0]))
    chosen = dialog.options.chosen()
    assert chosen is not None
    assert chosen.key == LETTER
    assert dialog.options.people.count.text() == "共 1 份"
    assert "秦一" in text_of(dialog)
    assert _said(dialog) == ""
    assert dialog.print_button.isEnabled()


def test_one_sees_whose_letters_are_printed_and_leaves_some_out(
    lettered: tuple[Letters, Office], preview: Opens
) -> None:
    letters, _office = lettered
    dialog = preview(*(letters.issue(member) for member in letters.members[:3]))
    people = dialog.options.people
    assert [people.list.item(at).text() for at in range(3)] == ["秦一", "何二", "吕三"]
    assert dialog.pane.document.pageCount() == 3
    people.list.setCurrentRow(1)
    QTest.keyClick(people.list, Qt.Key.Key_Delete)
    dialog.draw_now()
    assert people.count.text() == "共 2 份（去掉了 1 份）"
    assert "何二" not in text_of(dialog)
    people.list.selectAll()
    people.leave_out()
    assert len(people.rids()) == 2, "somebody is always left"
    people.take_back()
    dialog.draw_now()
    assert dialog.pane.document.pageCount() == 3


def test_a_blank_that_must_be_filled_stops_the_printing_and_leads_to_the_record(
    lettered: tuple[Letters, Office], preview: Opens, qtbot: QtBot
) -> None:
    letters, _office = lettered
    rid = letters.issue(letters.member("秦五", 5, id_number=None))
    dialog = preview(rid)
    assert "“公民身份号码”还没有填" in _said(dialog)
    assert not dialog.print_button.isEnabled()
    assert "还有 2 处要先改好" in dialog.print_button.toolTip()
    dialog.print_with(QPrinter())
    assert letters.office.store.papers.of(rid) == []
    with qtbot.waitSignal(dialog.records) as asked:
        QTest.mouseClick(_button(dialog, "去改"), Qt.MouseButton.LeftButton)
    assert asked.args == ["transfers", [rid]]
    assert not dialog.isVisible()


def test_records_that_a_form_is_not_for_are_named_and_left_out_at_once(
    lettered: tuple[Letters, Office], preview: Opens
) -> None:
    letters, _office = lettered
    fits = letters.issue(letters.members[0])
    dialog = preview(letters.come("白朝阳", 9), letters.come("单雄", 8), fits, form=LETTER)
    assert "“白朝阳”" in _said(dialog)
    assert "一共 2 份不能用这张表" in _said(dialog)
    assert not dialog.save_button.isEnabled()
    QTest.mouseClick(_button(dialog, "去掉"), Qt.MouseButton.LeftButton)
    dialog.draw_now()
    assert dialog.options.people.rids() == (fits,)
    assert _said(dialog) == ""


def test_without_a_record_a_sample_is_shown_that_cannot_leave(
    tmp_path: Path, lettered: tuple[Letters, Office], preview: Opens
) -> None:
    letters, _office = lettered
    dialog = preview(form=LETTER)
    assert "样　张" in text_of(dialog)
    assert "这是样张" in _said(dialog)
    assert not dialog.print_button.isEnabled()
    assert not dialog.options.people.isVisible()
    dialog.save_to(tmp_path / "样张.pdf")
    assert not (tmp_path / "样张.pdf").exists()
    assert letters.office.rids("transfers") == []


def test_another_form_is_drawn_with_the_same_people(lettered: tuple[Letters, Office], preview: Opens) -> None:
    letters, _office = lettered
    dialog = preview(*(letters.issue(member) for member in letters.members[:2]))
    form = dialog.options.form
    form.setCurrentIndex(form.findData(OUT_REGISTER))
    form.activated.emit(form.currentIndex())
    assert "登记表" in text_of(dialog)
    assert "秦一" in text_of(dialog)
    assert "何二" in text_of(dialog)
    assert not dialog.options.paper.isVisible(), "there is no printed stock for a register"


def test_f9_hides_names_and_pages(lettered: tuple[Letters, Office], preview: Opens) -> None:
    letters, office = lettered
    dialog = preview(letters.issue(letters.member("秦五", 5, id_number=None)))
    assert "秦五" in _said(dialog)
    office.mask(True)
    assert dialog.options.people.list.item(0).text() == "秦*"
    assert "秦五" not in _said(dialog)
    assert not dialog.pane.view.isVisible()
    office.mask(False)
    assert dialog.options.people.list.item(0).text() == "秦五"


def test_a_broken_form_is_refused_by_file_and_line_and_the_others_stay(
    lettered: tuple[Letters, Office], preview: Opens
) -> None:
    letters, office = lettered
    office.keep(f"form:{LETTER}", "名称 坏的\n台账 组织关系转接\n行 1\n")
    dialog = preview(letters.issue(letters.members[0]), form=LETTER)
    assert f"{LETTER}.form 第 3 行" in _said(dialog)
    assert not dialog.print_button.isEnabled()
    form = dialog.options.form
    form.setCurrentIndex(form.findData(OUT_REGISTER))
    form.activated.emit(form.currentIndex())
    assert dialog.print_button.isEnabled()


# -- what leaves -------------------------------------------------------------------------------------------------------


def test_what_is_saved_is_what_was_seen_and_is_kept_and_logged_before(
    tmp_path: Path, lettered: tuple[Letters, Office], preview: Opens
) -> None:
    letters, _office = lettered
    rid, store = letters.issue(letters.members[0]), letters.office.store
    dialog = preview(rid)
    assert dialog._drawn is not None
    seen = dialog._drawn.pdf
    assert store.papers.of(rid) == []
    dialog.save_to(tmp_path / "信.pdf")
    assert (tmp_path / "信.pdf").read_bytes() == seen
    (paper,) = store.papers.of(rid)
    assert store.papers.pdf(paper) == seen
    assert [line.kind for line in store.log.lines()] == [Happening.PRINT]


def test_what_was_printed_before_says_so_and_is_printed_again_under_a_stamp(
    tmp_path: Path, lettered: tuple[Letters, Office], preview: Opens
) -> None:
    letters, _office = lettered
    rid = letters.issue(letters.members[0])
    dialog = preview(rid)
    dialog.save_to(tmp_path / "一.pdf")
    assert "已于 2026年11月21日打印过，这次会标“补打”" in _said(dialog)
    assert "补打" in text_of(dialog)
    dialog.save_to(tmp_path / "二.pdf")
    assert "补打" in PdfReader(BytesIO((tmp_path / "二.pdf").read_bytes())).pages[0].extract_text()
    assert len(letters.office.store.papers.of(rid)) == 1
    both = preview(rid, letters.issue(letters.members[1]))
    assert "其中 1 份打印过" in _said(both)
    assert "何二" in text_of(both)
    both.save_to(tmp_path / "三.pdf")
    pages = PdfReader(BytesIO((tmp_path / "三.pdf").read_bytes())).pages
    assert ["补打" in page.extract_text() for page in pages] == [True, False]


def test_letters_that_are_saved_together_are_kept_as_that_file_and_printed_again_alone(
    tmp_path: Path, lettered: tuple[Letters, Office], preview: Opens
) -> None:
    letters, _office = lettered
    rids, papers = [letters.issue(member) for member in letters.members[:3]], letters.office.store.papers
    preview(*rids).save_to(tmp_path / "三份.pdf")
    assert {papers.pdf(papers.of(rid)[0]) for rid in rids} == {(tmp_path / "三份.pdf").read_bytes()}
    alone = preview(rids[1])
    assert alone.pane.document.pageCount() == 1
    assert [name for name in ("秦一", "何二", "吕三") if name in text_of(alone)] == ["何二"]


def test_the_printer_gets_the_pages_that_are_kept(
    tmp_path: Path, lettered: tuple[Letters, Office], preview: Opens
) -> None:
    letters, office = lettered
    heard: list[str] = []
    office.said.connect(heard.append)
    rid = letters.issue(letters.members[0])
    dialog = preview(rid)
    dialog.print_with(_to_file(tmp_path / "out.pdf"))
    assert len(PdfReader(BytesIO((tmp_path / "out.pdf").read_bytes())).pages) == 1
    assert heard == ["已送往打印机：1 页"]
    assert len(letters.office.store.papers.of(rid)) == 1
    assert not dialog.isVisible()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_or_a_folder_that_refuses_keeps_and_logs_nothing(
    tmp_path: Path, lettered: tuple[Letters, Office], preview: Opens
) -> None:
    letters, _office = lettered
    rid, store = letters.issue(letters.members[0]), letters.office.store
    dialog = preview(rid)
    dialog.print_with(_to_file(tmp_path / "no-such-folder" / "out.pdf"))
    assert "什么也没有打印" in _said(dialog)
    dialog.save_to(tmp_path / "no-such-folder" / "信.pdf")
    assert "写不进“信.pdf”" in _said(dialog)
    assert store.papers.of(rid) == []
    assert store.log.lines() == []
    dialog.save_to(tmp_path / "信.pdf")
    assert "写不进" not in _said(dialog)


def test_a_letter_that_was_changed_since_it_was_seen_is_looked_at_again_first(
    tmp_path: Path, lettered: tuple[Letters, Office], preview: Opens
) -> None:
    letters, _office = lettered
    rid = letters.issue(letters.members[0])
    dialog = preview(rid)
    letters.office.change(rid, to_branch="中共云溪市松涛街道新岸社区支部委员会")
    printer = _to_file(tmp_path / "out.pdf")
    dialog.print_with(printer)
    assert "请看过新的样子" in _said(dialog)
    assert letters.office.store.papers.of(rid) == []
    assert "新岸社区" in text_of(dialog)
    dialog.save_to(tmp_path / "信.pdf")
    assert len(letters.office.store.papers.of(rid)) == 1


def test_a_reader_prints_no_paper_that_counts(lettered: tuple[Letters, Office], preview: Opens) -> None:
    letters, office = lettered
    rid = letters.issue(letters.members[0])
    letters.office.store.act_as(Access("来访者", Role.READER))
    office.facts = Facts.of(letters.office.store)
    dialog = preview(rid)
    assert not dialog.print_button.isEnabled()
    assert "不能打印要存底的表格" in _said(dialog)
    assert not dialog.options.change.isVisible()


def test_with_real_threads_a_preview_that_is_closed_early_harms_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    filed, _office = open_office(tmp_path, filled=False)
    letters = Letters(filed)
    rids = tuple(letters.issue(member) for member in letters.members)
    filed.store.close()
    worker = Threads(loud)
    made: list[Store] = []
    worker.run(lambda: Store.open(filed.path, installed()), made.append)
    qtbot.waitUntil(lambda: bool(made))
    office = Office(lambda: made[0], Facts.of(made[0]), worker)
    dialog = FormPreview(office, FormAsked(office.ledgers["transfers"], rids), lambda: NOON)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.save_button.isEnabled, timeout=20_000)
    assert dialog.pane.document.pageCount() == 4
    dialog.save_to(tmp_path / "信.pdf")
    dialog.reject()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=20_000)
    assert (tmp_path / "信.pdf").exists(), "what was about to leave has left"
    worker.run(made[0].close, lambda _none: made.clear())
    qtbot.waitUntil(lambda: not made)
    worker.close()


def test_pages_of_an_earlier_choice_that_arrive_late_are_not_printed_for_the_present_one(
    lettered: tuple[Letters, Office], preview: Opens
) -> None:
    letters, office = lettered
    first, second = (letters.issue(member) for member in letters.members[:2])
    office.worker = slow = Slow(holds_file=False, holds_pool=True)
    dialog = preview(first, second)
    dialog.options.people.leave_out_these([second])
    slow.step()
    assert not dialog.save_button.isEnabled()
    assert dialog._leaving() is None
    dialog.draw_now()
    slow.step()
    assert dialog.save_button.isEnabled()
    assert "何二" not in text_of(dialog)


def test_what_was_shown_of_another_form_cannot_be_printed(lettered: tuple[Letters, Office], preview: Opens) -> None:
    letters, office = lettered
    dialog = preview(letters.issue(letters.members[0]))
    assert dialog.save_button.isEnabled()
    office.worker = Slow(holds_file=False, holds_pool=True)
    dialog.options.form.setCurrentIndex(1)
    dialog.options.form.activated.emit(1)
    assert not dialog.save_button.isEnabled()


def test_nothing_else_is_chosen_while_a_paper_leaves(
    tmp_path: Path, lettered: tuple[Letters, Office], preview: Opens
) -> None:
    letters, office = lettered
    dialog = preview(letters.issue(letters.members[0]))
    office.worker = slow = Slow()
    dialog.save_to(tmp_path / "信.pdf")
    assert not dialog.options.isEnabled()
    while slow.waiting:
        slow.step()
    assert dialog.options.isEnabled()
    assert (tmp_path / "信.pdf").exists()


def test_f9_leaves_what_went_wrong_in_sight_without_names(lettered: tuple[Letters, Office], preview: Opens) -> None:
    letters, office = lettered
    dialog = preview(letters.issue(letters.members[0]))
    dialog._failed(Refused("“秦一”的记录坏了，没有打印；请恢复备份。"))
    office.mask(masked=True)
    assert _said(dialog) == "“••”的记录坏了，没有打印；请恢复备份。"
    office.mask(masked=False)
    assert "秦一" in _said(dialog)


def test_f9_proposes_no_file_that_is_named_after_anybody(
    tmp_path: Path, lettered: tuple[Letters, Office], preview: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters, office = lettered
    dialog = preview(letters.issue(letters.members[0]))
    asked: list[str] = []
    monkeypatch.setattr(form_preview, "documents", lambda: tmp_path)
    monkeypatch.setattr(form_preview, "ask_place", lambda _parent, _title, start: asked.append(start.name))
    dialog.save_button.click()
    office.mask(masked=True)
    dialog.save_button.click()
    assert asked == ["中国共产党党员组织关系介绍信 秦一.pdf", "中国共产党党员组织关系介绍信 1 份.pdf"]


def _button(dialog: FormPreview, text: str) -> QPushButton:
    return next(made for made in dialog.remarks.findChildren(QPushButton) if made.text() == text)
