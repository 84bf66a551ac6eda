"""Chinese lines end where a compositor would end them, and everything given room is set inside it."""

import pytest
from hypothesis import given, strategies as st

from taizhang.press.text import ELLIPSIS, LEAST, balanced, clean, fit, joined, units, wrap


def em(text: str) -> float:
    """Full-width characters count one, others half."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def test_figures_stay_whole_and_keep_the_word_they_count() -> None:
    assert units("幸福路207号院，3栋") == ["幸", "福", "路", "207号", "院，", "3栋"]


@given(st.text(alphabet="张伟，、。）（“”", max_size=60), st.integers(4, 12))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text: str, limit: int) -> None:
    if max(map(em, units(text)), default=0) <= limit:
        lines = wrap(text, limit, em)
        assert all(line[0] not in "，、。）”" for line in lines[1:])
        assert all(line[-1] not in "（“" for line in lines[:-1])


def test_the_year_of_a_number_keeps_its_brackets() -> None:
    assert units("松党组介〔2026〕031号") == ["松", "党", "组", "介", "〔2026〕", "031号"]


def test_a_piece_wider_than_the_line_is_broken_anywhere() -> None:
    assert wrap("ab1234567890", 2, em) == ["ab12", "3456", "7890"]


def test_spaces_at_a_break_are_gone_and_line_feeds_are_kept() -> None:
    assert wrap("东城 西城\n南城", 2, em) == ["东城", "西城", "南城"]


def test_centred_lines_are_of_about_the_same_length() -> None:
    assert balanced("人员类别", 3, em) == ["人员", "类别"]
    assert balanced("中等专科", 4, em) == ["中等专科"]


def test_phrases_stand_side_by_side_while_there_is_room() -> None:
    assert joined(["条件：在册", "人数：45", "打印人：张三"], 13, em) == "条件：在册    人数：45\n打印人：张三"


def test_what_cannot_be_set_is_taken_out_and_odd_blanks_become_spaces() -> None:
    assert clean("张\u3000伟\t\u200b葛\U000e0100\ufe0f\x07\r\n李\u00a0") == "张 伟 葛\n李"


@pytest.mark.parametrize("text", ["张伟", "𬭩㛃䶮", "110199********1234", ""])
def test_what_can_be_set_is_left_alone(text: str) -> None:
    assert clean(text) == text


def test_a_long_figure_shrinks_before_it_is_broken() -> None:
    fitted = fit("110199199001011234", em, width=60, size=9, floor=7, height=100)
    assert fitted.lines == ("110199199001011234",)
    assert LEAST <= fitted.size < 7


def test_what_does_not_go_in_is_cut_with_an_ellipsis_and_says_so() -> None:
    fitted = fit("长" * 500, em, width=50, size=10, floor=7, height=40)
    assert fitted.cut
    assert fitted.lines[-1].endswith(ELLIPSIS)


@given(
    st.text(alphabet="张伟12aA，。（）“”· \n-*", max_size=200), st.floats(12, 200), st.floats(12, 200), st.booleans()
)
def test_everything_is_set_inside_its_room(text: str, width: float, height: float, even: bool) -> None:
    fitted = fit(text, em, width=width, size=10.5, floor=7, height=height, even=even)
    assert all(em(line) * fitted.size <= width for line in fitted.lines)
    assert fitted.height <= max(height, LEAST * 1.28)
    if not fitted.cut:
        assert "".join("".join(fitted.lines).split()) == "".join(text.split())
