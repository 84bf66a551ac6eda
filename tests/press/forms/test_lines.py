"""Lines of a form: blanks above their lines, options struck out, vertical text; what is too long for its place."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from taizhang.press.fonts import Typefaces
from taizhang.press.forms.model import Align, Line, Options, Paragraph, Piece, Place, Type
from taizhang.press.page import MM
from taizhang.press.roles import Role
from taizhang.press.text import LEAST
from tests.press.forms.forged import BODY, SEX, Forged, blank, drawn, form, line_at, mm, ref, the
from tests.press.reading import Page

LONG = "中国共产党青石市杏花区杏花街道幸福里社区第二总支部委员会第三支部委员会"
NAMED = Line(7, Place(30, 60), BODY, ("兹有", blank("姓名", 40), "同志"))


def above(page: Page, left: float, right: float) -> list[str]:
    """The words between two places (mm)."""
    return [word.text for word in page.words if left * MM <= word.x and word.x + word.width <= right * MM + 0.01]


def test_a_value_stands_in_the_middle_of_its_blank_above_the_line(faces: Typefaces) -> None:
    (page,), done = drawn(form(NAMED), [Forged({"姓名": "王伟"})], faces)
    start = the(page, "兹有").x + the(page, "兹有").width
    name = the(page, "王伟")
    assert name.x + name.width / 2 == pytest.approx(start + 20 * MM, abs=0.02)
    assert mm(page, name)[1] == pytest.approx(60, abs=0.01)
    ((left, y, right, _),) = page.lines
    assert (left, right) == pytest.approx((start, start + 40 * MM), abs=0.02)
    assert name.y - 0.3 * name.size < y < name.y
    assert the(page, "同志").x == pytest.approx(right, abs=0.02)
    assert done.remarks == ()


def test_a_blank_that_nobody_fills_keeps_its_line_for_a_pen(faces: Typefaces) -> None:
    by_hand = Line(1, Place(20, 90), BODY, ("经办人：", blank("", 40)))
    (page,), done = drawn(form(NAMED, by_hand), [Forged()], faces)
    assert len(page.lines) == 2
    assert done.remarks == ()


@pytest.mark.parametrize(
    ("value", "lines", "least"),
    [("中共和平社区第一支部", 1, 11), ("中国共产党和平社区第一支部委员会", 2, 7.5), (LONG, 2, LEAST)],
)
def test_a_value_too_long_for_its_blank_is_set_smaller_then_in_two_lines(
    faces: Typefaces, value: str, lines: int, least: float
) -> None:
    (page,), done = drawn(form(NAMED), [Forged({"姓名": value})], faces)
    ((left, y, right, _),) = page.lines
    words = [word for word in page.words if word.text not in {"兹有", "同志"}]
    assert "".join(word.text for word in words) == value
    assert len(words) == lines
    for word in words:
        assert left <= word.x
        assert word.x + word.width <= right + 0.01
        assert word.size >= least
        assert y < word.y - 0.1 * word.size
        assert word.y + word.size < page.height - 60 * MM + 2 * 14
    assert done.remarks == ()


def test_what_does_not_go_into_two_lines_is_cut_and_named_before_printing(faces: Typefaces) -> None:
    (page,), done = drawn(form(NAMED), [Forged({"姓名": LONG * 2})], faces)
    assert "第二总支部委员会第三支部委员会中国共……" in page.text
    (remark,) = done.remarks
    assert (remark.line, remark.record, remark.stops) == (7, LONG * 2, True)
    assert remark.text == f"“姓名”太长，缩到最小的字也放不下，请改短“{LONG[:20]}…”。"


@pytest.mark.parametrize(("sex", "struck"), [("男", "女"), ("女", "男")])
def test_the_options_that_do_not_hold_are_struck_out_through_the_middle(
    faces: Typefaces, sex: str, struck: str
) -> None:
    (page,), done = drawn(form(Line(3, Place(40, 50), BODY, ("（", SEX, "）"))), [Forged({"性别": sex})], faces)
    options = the(page, "男/女")
    ((x1, y1, x2, y2),) = page.lines
    start = options.x if struck == "男" else options.x + options.width - 14
    assert (x1, x2) == pytest.approx((start, start + 14), abs=0.02)
    assert y1 == y2 == pytest.approx(options.y + 0.36 * 14, abs=0.02)
    assert done.remarks == ()


def test_options_are_chosen_by_the_value_and_print_their_own_words(faces: Typefaces) -> None:
    kind = Options(ref("人员类别"), (("预备", "预备党员"), ("正式", "正式党员")))
    (page,), _ = drawn(form(Line(3, Place(40, 50), BODY, (kind, "党员"))), [Forged({"人员类别": "正式党员"})], faces)
    ((x1, _, x2, _),) = page.lines
    assert (x1, x2) == pytest.approx((40 * MM, 40 * MM + 28), abs=0.02)


def test_nothing_is_struck_out_as_long_as_nobody_knows_what_holds(faces: Typefaces) -> None:
    needed = Options(ref("性别", required=True), SEX.words)
    for options, said in ((SEX, []), (needed, [("“性别”还没有填，不知道“男/女”里该划去哪一项。", True)])):
        (page,), done = drawn(form(Line(3, Place(40, 50), BODY, (options,))), [Forged({"姓名": "王伟"})], faces)
        assert page.lines == []
        assert [(remark.text, remark.stops) for remark in done.remarks] == said


def test_a_value_that_is_none_of_the_options_is_said(faces: Typefaces) -> None:
    (page,), done = drawn(form(Line(3, Place(40, 50), BODY, (SEX,))), [Forged({"性别": "未说明"})], faces)
    assert page.lines == []
    assert [remark.stops for remark in done.remarks] == [False]
    assert "“性别”是“未说明”" in done.remarks[0].text


@pytest.mark.parametrize(("align", "share"), [("left", 0), ("center", 0.5), ("right", 1)])
def test_a_line_stands_at_its_place_by_its_left_middle_or_right(faces: Typefaces, align: Align, share: float) -> None:
    line = Line(1, Place(100, 30), Type(Role.TITLE, 22, align), ("关于", ref("姓名"), "的介绍信"))
    (page,), _ = drawn(form(line), [Forged({"姓名": "王伟"})], faces)
    assert [word.text for word in page.words] == ["关于", "王伟", "的介绍信"]
    left, right = page.words[0].x, page.words[-1].x + page.words[-1].width
    assert left + share * (right - left) == pytest.approx(100 * MM, abs=0.02)
    assert {word.size for word in page.words} == {22}


def test_a_value_that_drives_its_line_off_the_paper_makes_it_smaller_and_is_said_in_the_end(faces: Typefaces) -> None:
    line = Line(5, Place(20, 30), BODY, ("通讯地址：", ref("地址")))
    (page,), done = drawn(form(line), [Forged({"地址": LONG + LONG[:10]})], faces)
    assert page.words[-1].x + page.words[-1].width < page.width
    assert done.remarks == ()
    _, done = drawn(form(line), [Forged({"地址": LONG * 4})], faces)
    assert [remark.line for remark in done.remarks] == [5]


def test_words_that_run_off_the_paper_are_said_whoever_is_printed(faces: Typefaces) -> None:
    words, fits = Line(5, Place(20, 30), BODY, (LONG * 2,)), Line(6, Place(20, 50), BODY, (LONG,))
    _, done = drawn(form(words, fits), [Forged({"姓名": "王伟"})], faces)
    assert [(remark.line, remark.record, remark.stops) for remark in done.remarks] == [(5, "", True)]


@pytest.mark.parametrize("vertical", [False, True])
def test_a_value_of_several_lines_goes_on_in_its_one_line(faces: Typefaces, *, vertical: bool) -> None:
    line = Line(5, Place(20, 30), BODY, ("备注：", ref("备注")), vertical=vertical)
    (page,), done = drawn(form(line), [Forged({"备注": "甲\n乙"})], faces)
    assert "".join(word.text for word in page.words).replace(" ", "") == "备注：甲乙"
    assert done.remarks == ()


def test_a_paragraph_may_hold_any_number_of_gaps_and_blanks(faces: Typefaces) -> None:
    pieces: list[Piece] = ["".join(f"{number % 10}\u3000" for number in range(5000)), *[blank("甲", 5)] * 900]
    paragraph = Paragraph(4, Place(10, 10, 190, 280), Type(Role.BODY, 6), tuple(pieces))
    (page,), _ = drawn(form(paragraph), [Forged()], faces)
    assert len(page.lines) == 900


def test_wide_room_in_a_line_is_kept(faces: Typefaces) -> None:
    (page,), _ = drawn(form(Line(1, Place(20, 30), BODY, ("年\u3000\u3000月",))), [Forged()], faces)
    assert the(page, "月").x - the(page, "年").x == pytest.approx(3 * 14, abs=0.02)


def test_vertical_text_runs_from_the_top_down_in_one_column(faces: Typefaces) -> None:
    line = Line(1, Place(30, 40), Type(Role.BODY, 14, "center"), ("存根1",), vertical=True)
    (page,), _ = drawn(form(line), [Forged()], faces)
    assert [word.text for word in page.words] == ["存", "根", "1"]
    assert all(word.x + word.width / 2 == pytest.approx(30 * MM, abs=0.02) for word in page.words)
    assert page.height - 40 * MM - 14 < page.words[0].y < page.height - 40 * MM - 10
    steps = {round(a.y - b.y, 1) for a, b in zip(page.words, page.words[1:], strict=False)}
    assert steps == {16.8}


def test_vertical_text_takes_values_too(faces: Typefaces) -> None:
    line = Line(1, Place(30, 40), BODY, ("第", blank("联", 10), "联"), vertical=True)
    (page,), _ = drawn(form(line), [Forged({"联": "一"})], faces)
    assert "".join(word.text for word in page.words) == "第一联"


def test_vertical_text_that_runs_off_the_paper_is_said(faces: Typefaces) -> None:
    line = Line(6, Place(30, 40), BODY, (ref("地址"),), vertical=True)
    _, done = drawn(form(line), [Forged({"姓名": "王伟", "地址": LONG * 2})], faces)
    assert [(remark.line, remark.record, remark.stops) for remark in done.remarks] == [(6, "王伟", True)]


def test_a_paragraph_wraps_with_room_before_its_first_line_and_no_mark_at_the_start_of_any(faces: Typefaces) -> None:
    text = ("由", blank("原支部", 50), "去", blank("去往", 50), "，请转接组织关系。该同志党费已交到", ref("年月"), "。")
    place = Place(30, 60, 100, 60)
    record = Forged({"年月": "贰零贰陆年肆月", "原支部": "第一支部", "去往": "第二支部"})
    (page,), done = drawn(form(Paragraph(2, place, BODY, text, indent=2)), [record], faces)
    assert the(page, "由").x == pytest.approx(30 * MM + 28, abs=0.02)
    levels = sorted({word.y for word in page.words}, reverse=True)
    lines = [line_at(page, (page.height - y) / MM) for y in levels]
    assert lines == ["由第一支部去", "第二支部，请转接组织关系。该", "同志党费已交到贰零贰陆年肆月。"]
    assert all(30 * MM - 0.01 <= word.x <= 130 * MM - word.width + 0.05 for word in page.words)
    assert done.remarks == ()


def test_a_paragraph_shrinks_to_a_floor_and_then_is_cut_and_named(faces: Typefaces) -> None:
    paragraph = Paragraph(4, Place(30, 60, 60, 14), BODY, ("备注：", ref("备注")))
    (page,), done = drawn(form(paragraph), [Forged({"备注": "幸福路" * 20})], faces)
    assert LEAST <= page.words[0].size < 14
    assert done.remarks == ()
    (page,), done = drawn(form(paragraph), [Forged({"姓名": "王伟", "备注": "幸福路" * 90})], faces)
    assert {word.size for word in page.words} == {LEAST}
    assert page.text.endswith("……")
    assert [(remark.line, remark.record, remark.stops) for remark in done.remarks] == [(4, "王伟", True)]
    assert min(word.y for word in page.words) > page.height - 74 * MM


def test_a_blank_as_wide_as_its_paragraph_makes_nothing_smaller(faces: Typefaces) -> None:
    paragraph = Paragraph(4, Place(30, 60, 60, 30), BODY, ("去", blank("去往", 90), "，请转接。"))
    (page,), _ = drawn(form(paragraph), [Forged()], faces)
    ((left, _, right, _),) = page.lines
    assert (left, right) == pytest.approx((30 * MM, 90 * MM), abs=0.05)
    assert {word.size for word in page.words} == {14}


texts = st.one_of(
    st.sampled_from(
        ["", "𬭩㛃䶮", "阿卜杜热西提·买买提明", "430199199001011234", LONG, LONG * 3, "（）" * 9, "A" * 70]
    ),
    st.text(alphabet="张伟明龘12aZ·，。（）“”* \n\u3000", max_size=40),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=texts, width=st.integers(8, 120))
def test_whatever_is_filled_in_stays_inside_its_place(faces: Typefaces, value: str, width: int) -> None:
    line = Line(1, Place(20, 60), BODY, (blank("甲", width),))
    paragraph = Paragraph(2, Place(20, 80, width, 20), BODY, (blank("甲", 30), ref("甲"), "，完"))
    (page,), done = drawn(form(line, paragraph), [Forged({"甲": value})], faces)
    for word in page.words:
        assert word.x > 20 * MM - 0.05
        assert word.x + word.width < (20 + width) * MM + 0.05
        assert word.size >= LEAST
    if not done.remarks:
        assert Counter("".join(page.text.split())) == Counter("".join(f"{value * 3}，完".split()))
