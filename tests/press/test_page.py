"""Paper: sizes people name, margins for binding, and never an invented size (wish 24; domain 10)."""

import pytest

from taizhang.core.errors import Refused
from taizhang.press.page import MM, Paper


@pytest.mark.parametrize(
    ("name", "landscape", "size"),
    [
        ("A4", False, (210, 297)),
        ("a3", True, (420, 297)),
        ("420x297", False, (420, 297)),
        ("600×900mm", True, (900, 600)),
        ("297.5*210", False, (297.5, 210)),
    ],
)
def test_paper_is_named_or_measured(name: str, landscape: bool, size: tuple[float, float]) -> None:
    paper = Paper.of(name, landscape=landscape)
    assert (paper.width, paper.height) == size


@pytest.mark.parametrize("name", ["B9", "", "大", "10x10", "9000x100", "x", "-210x297"])
def test_an_unknown_or_impossible_size_is_refused_with_what_to_do(name: str) -> None:
    with pytest.raises(Refused, match="没有打印"):
        Paper.of(name)


def test_25_mm_are_left_to_bind_on_the_left() -> None:
    assert Paper.of("A4", landscape=True).frame(2).left == pytest.approx(25 * MM)


def test_printed_on_both_sides_even_pages_are_bound_on_the_right() -> None:
    paper = Paper(297, 210, duplex=True)
    odd, even = paper.frame(1), paper.frame(2)
    assert odd.left == pytest.approx(25 * MM)
    assert 297 * MM - even.right == pytest.approx(25 * MM)
    assert odd.width == pytest.approx(even.width)
