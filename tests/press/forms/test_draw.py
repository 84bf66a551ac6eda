"""Forms on paper: sheets, parts and pages, and what is said about the whole print."""

import io
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from taizhang.core.errors import Cancelled, Refused
from taizhang.press.fonts import Typefaces
from taizhang.press.forms.draw import Offset, draw_form, look_over
from taizhang.press.forms.model import Line, Paragraph, Place, Rule, Type
from taizhang.press.page import MM, Paper
from taizhang.press.roles import Role
from tests.press.forms.forged import AT, BODY, SEX, SMALL, Forged, blank, drawn, form, line_at, mm, ref, the

NAMED = Line(7, Place(30, 60), BODY, (blank("姓名", 40, required=True), "同志（", SEX, "）"))
NUMBERED = Line(9, Place(190, 80), Type(Role.BODY, 12, "right"), ("第", ref("页码"), "页共", ref("页数"), "页"))
WANG, LI = Forged({"姓名": "王伟", "性别": "男"}), Forged({"姓名": "李静", "性别": "女"})


def people(count: int) -> list[Forged]:
    return [Forged({"姓名": f"赵钱{number}", "性别": "女"}) for number in range(1, count + 1)]


def test_each_record_has_a_sheet_with_the_same_printed_words_at_the_same_places(faces: Typefaces) -> None:
    pages, done = drawn(form(NAMED), [WANG, LI], faces)
    assert done.pages == len(pages) == 2
    printed = [[word for word in page.words if word.text not in {"王伟", "李静"}] for page in pages]
    assert printed[0] == printed[1]
    assert "王伟" in pages[0].text
    assert "李静" in pages[1].text


def test_several_records_share_a_sheet_one_below_the_other(faces: Typefaces) -> None:
    pages, _ = drawn(form(NAMED, parts=4), people(6), faces)
    assert len(pages) == 2
    for number, page in enumerate(pages):
        names = [word for word in page.words if word.text.startswith("赵钱")]
        assert len(names) == len([word for word in page.words if word.text == "同志（"]) == (4, 2)[number]
        for part, word in enumerate(names):
            assert mm(page, word)[1] == pytest.approx(60 + part * 297 / 4, abs=0.01)


def test_a_record_may_take_several_pages_and_each_says_which_it_is(faces: Typefaces) -> None:
    pages, _ = drawn(form(NAMED, NUMBERED, more=[(NUMBERED,)]), [WANG, LI], faces)
    assert [("王伟" in page.text, "李静" in page.text) for page in pages] == [
        (True, False),
        (False, False),
        (False, True),
        (False, False),
    ]
    assert [line_at(page, 80) for page in pages] == ["第1页共2页", "第2页共2页"] * 2


def test_pages_that_share_sheets_are_dealt_out_together(faces: Typefaces) -> None:
    back = Line(1, Place(30, 40), BODY, ("背面", blank("姓名", 30)))
    pages, _ = drawn(form(NAMED, more=[(back,)], parts=2), people(3), faces)
    found = [[word.text for word in page.words if word.text.startswith("赵钱")] for page in pages]
    assert found == [["赵钱1", "赵钱2"], ["赵钱1", "赵钱2"], ["赵钱3"], ["赵钱3"]]


def test_records_are_counted(faces: Typefaces) -> None:
    counted = Line(1, Place(20, 20), BODY, (ref("序号"), "／", ref("总数")))
    pages, _ = drawn(form(counted), people(3), faces)
    assert [line_at(page, 20) for page in pages] == ["1／3", "2／3", "3／3"]


def test_counts_are_written_in_the_style_that_is_asked_for(faces: Typefaces) -> None:
    counted = Line(1, Place(20, 20), BODY, ("共", ref("总数", "大写"), "份第", ref("序号", "大写"), "份"))
    pages, _ = drawn(form(counted), people(12), faces)
    assert line_at(pages[-1], 20) == "共壹拾贰份第壹拾贰份"


def test_looking_over_says_what_printing_says_and_nothing_else(faces: Typefaces) -> None:
    records = [WANG, Forged({"姓名": "张𠮷" + "某" * 60}), Forged({"性别": "女"}), Forged({"姓名": "无性别"})]
    _, done = drawn(form(NAMED), records, faces)
    assert look_over(form(NAMED), records, faces) == list(done.remarks)
    said = [(remark.record[:2], remark.line, remark.stops) for remark in done.remarks]
    assert said == [("张𠮷", 7, False), ("张𠮷", 7, True), ("", 7, True)]


def test_what_is_required_and_missing_stops_the_print_and_names_whom(faces: Typefaces) -> None:
    called = Line(3, Place(20, 20), BODY, (ref("职务", required=True),))
    (remark,) = look_over(form(NAMED, called), [LI], faces)
    assert remark == (3, "李静", "“职务”还没有填，补上以后才能打印。", True)


def test_a_character_that_no_typeface_has_is_said_and_never_an_empty_box(faces: Typefaces) -> None:
    (page,), done = drawn(form(NAMED), [Forged({"姓名": "张𠮷", "性别": "男"})], faces)
    assert the(page, "张〓").size == 14
    (remark,) = done.remarks
    assert remark.text == "“姓名”里的“𠮷”没有字体能印出，将以“〓”代替，请装入含此字的字体。"
    assert not remark.stops


def test_a_character_of_the_form_itself_that_no_typeface_has_is_said_once(faces: Typefaces) -> None:
    remarks = look_over(form(Line(4, Place(20, 20), BODY, ("𠮷祥",))), people(3), faces)
    assert [(remark.line, remark.record) for remark in remarks] == [(4, "")]


def test_without_records_nothing_is_printed(faces: Typefaces) -> None:
    out = io.BytesIO()
    with pytest.raises(Refused, match="没有选中记录"):
        draw_form(form(NAMED), [], faces, out, at=AT, author="")
    assert out.getvalue() == b""


def test_printing_tells_how_far_it_is_and_stops_when_asked(faces: Typefaces) -> None:
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int, _what: str) -> None:
        told.append((done, total))
        if done == 3:
            raise Cancelled

    out = io.BytesIO()
    with pytest.raises(Cancelled):
        draw_form(form(NAMED), people(5), faces, out, at=AT, author="", progress=stop)
    assert out.getvalue() == b""
    assert told == [(1, 5), (2, 5), (3, 5)]


@pytest.mark.parametrize("overprint", [None, Offset(0.3, -1.2)])
def test_the_same_records_give_the_same_bytes(faces: Typefaces, overprint: Offset | None) -> None:
    prints = []
    for _ in range(2):
        out = io.BytesIO()
        draw_form(form(NAMED), [WANG, LI], faces, out, at=AT, author="甲", overprint=overprint)
        prints.append(out.getvalue())
    assert prints[0] == prints[1]
    assert b"20261121090000" in prints[0]


def test_words_and_values_can_be_copied_out_by_other_programs(faces: Typefaces) -> None:
    out = io.BytesIO()
    draw_form(form(NAMED), [Forged({"姓名": "王㛃", "性别": "男"})], faces, out, at=AT, author="")
    text = PdfReader(io.BytesIO(out.getvalue())).pages[0].extract_text()
    assert "王㛃" in text
    assert "同志（" in text


def test_every_typeface_that_is_used_is_in_the_file(faces: Typefaces) -> None:
    out = io.BytesIO()
    draw_form(form(NAMED), [WANG], faces, out, at=AT, author="")
    with pikepdf.open(io.BytesIO(out.getvalue())) as pdf:
        fonts = pdf.pages[0].Resources.Font
        streams: list[Any] = [pdf.pages[0], *pdf.pages[0].Resources.XObject.values()]
        used = {
            str(one.operands[0])
            for stream in streams
            for one in pikepdf.parse_content_stream(stream)
            if str(one.operator) == "Tf"
        } - {"/F1"}  # set at the beginning of every page by ReportLab, and never written with
        assert used
        assert all("/FontFile2" in fonts[name].FontDescriptor for name in used)


def test_what_is_printed_is_stored_once_however_many_records_there_are(faces: Typefaces) -> None:
    long = Paragraph(1, Place(20, 90, 170, 180), SMALL, ("组织关系转接的说明，" * 200,))
    sizes = []
    for count in (1, 51):
        out = io.BytesIO()
        draw_form(form(NAMED, long), people(count), faces, out, at=AT, author="")
        sizes.append(len(out.getvalue()))
    assert (sizes[1] - sizes[0]) / 50 < 1500


def test_typefaces_that_stand_in_for_others_are_said_for_the_roles_in_use_only(faces: Typefaces) -> None:
    _, plain = drawn(form(Line(1, Place(20, 20), BODY, ("正文",))), [WANG], faces)
    assert [said.split("”")[0] for said in plain.substitutions] == ["本机没有“仿宋"]
    _, filled = drawn(form(NAMED), [WANG], faces)
    assert [said.split("”")[0] for said in filled.substitutions] == ["本机没有“仿宋", "本机没有“楷体"]


def test_a_sheet_may_have_any_size(faces: Typefaces) -> None:
    rule = Rule(1, (0, 70), (210, 70), dashed=True)
    (page,), _ = drawn(form(NAMED, rule, paper=Paper.of("210x140")), [WANG], faces)
    assert (page.width, page.height) == pytest.approx((210 * MM, 140 * MM), abs=0.01)
    assert (0, 70 * MM, 210 * MM, 70 * MM) in [pytest.approx(line, abs=0.02) for line in page.lines]
