"""Columns share out the width of the page, with type as large as goes (domain 10: 5号 first)."""

import pytest
from hypothesis import given, strategies as st

from taizhang.core.errors import Refused
from taizhang.press.columns import FLOOR, SIZES, Need, need, plan

ROSTER = [Need(2, 2, 2), Need(2, 4, 4), Need(10, 10, 10), Need(5, 5, 5), Need(2, 4, 16), Need(4, 4, 20)]
needs = st.lists(
    st.builds(lambda a, b, c: Need(a, a + b, a + b + c), st.floats(1, 12), st.floats(0, 4), st.floats(0, 60)),
    min_size=1,
    max_size=45,
)


@given(needs, st.floats(150, 1200))
def test_columns_fill_the_page_exactly_or_are_refused(columns: list[Need], available: float) -> None:
    try:
        made = plan(columns, available)
    except Refused:
        assert len(columns) * FLOOR > available * 0.6
        return
    assert sum(made.widths) == pytest.approx(available)
    assert made.size in SIZES
    assert min(made.widths) >= FLOOR + 2 * made.pad


@given(needs, st.floats(150, 1200))
def test_figures_and_names_stay_whole_unless_it_is_said_that_the_page_is_crowded(
    columns: list[Need], available: float
) -> None:
    try:
        made = plan(columns, available)
    except Refused:
        return
    if not made.remark:
        inner = [width - 2 * made.pad for width in made.widths]
        assert all(column.tight * made.size <= width for column, width in zip(columns, inner, strict=True))


def test_wide_paper_is_set_in_size_5_and_narrow_paper_in_smaller_type() -> None:
    assert plan(ROSTER, 1000).size == 10.5
    assert FLOOR <= plan(ROSTER, 350).size < 10.5


def test_long_contents_get_the_room_that_short_ones_leave() -> None:
    made = plan(ROSTER, 500)
    assert made.widths[5] > made.widths[4] > made.widths[1]


def test_a_column_needs_what_its_contents_use_not_what_one_outlier_asks_for() -> None:
    made = need(declared=8, heading=4, word=3, short=4, widths=[6.0] * 99 + [200.0])
    assert made == Need(4, 4, 6)


@pytest.mark.parametrize("widths", [[], [0.0, 0.0]])
def test_a_column_without_contents_keeps_room_for_a_word_by_hand(widths: list[float]) -> None:
    assert need(declared=8, heading=2, word=0, short=0, widths=widths).natural == 5
    assert need(declared=3, heading=2, word=0, short=0, widths=widths).natural == 3


def test_one_line_in_smaller_type_comes_before_broken_lines_in_large_type() -> None:
    needs = [Need(4, 4, 20), Need(4, 4, 20)]
    assert plan(needs, 36 * 9.5 + 10).size == 9.5
    assert plan(needs, 26 * 10.5).size == 10.5  # no easy size holds it in one line


def test_a_running_number_stays_narrow_on_a_page_with_room() -> None:
    made = plan([Need(2, 2, 2), Need(2, 3, 3), Need(2, 8, 8)], 600)
    assert made.widths[0] < 600 / 6
    assert made.widths[2] > 600 / 2
