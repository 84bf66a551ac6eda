"""The letter in three parts, laid over the official layout: the same texts, in the same order, at the same places."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from taizhang.press.fonts import Typefaces
from taizhang.press.page import MM
from tests.press.forms import laid, official_letter
from tests.press.forms.laid import Laid
from tests.press.forms.letters import BRANCH, SHIPPED, TO_BRANCH, TO_COMMITTEE, Letters, put_on_paper
from tests.press.forms.official_letter import LINES
from tests.press.reading import Page, read_pdf
from tests.store.trial import card

FORM = SHIPPED.form("introduction_letter")
GOLDEN = Path(__file__).parents[1] / "golden" / "introduction_letter.txt"
EDGES = (12.0, 198.0)  # mm: the frame of each part
_BODY = {1: (24.0, 186.0), 2: (12.0, 186.0), 3: (12.0, 186.0)}  # between the narrow cells


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Letters]:
    made = Letters(tmp_path_factory.mktemp("forms") / "office.tz")
    yield made
    made.store.close(with_backup=False)


@pytest.fixture(scope="module")
def empty(letters: Letters, faces: Typefaces) -> Page:
    """The letter to be filled in by hand."""
    (page,) = read_pdf(put_on_paper(FORM, [letters.empty(FORM)], faces)[0])
    return page


@pytest.fixture(scope="module")
def page(letters: Letters, faces: Typefaces) -> Page:
    """The first letter of the office."""
    (page,) = read_pdf(put_on_paper(FORM, letters.filled(FORM)[:1], faces)[0])
    return page


def laid_over(lines: Sequence[Laid], texts: Sequence[str]) -> list[list[Laid]]:
    """The printed lines that make up each text, in order; fails where the print says something else."""
    found, left = [], list(lines)
    for text in texts:
        taken: list[Laid] = []
        while left and len("".join(line.text for line in taken)) < len(text):
            taken.append(left.pop(0))
        assert "".join(line.text for line in taken) == text
        found.append(taken)
    assert left == []
    return found


def test_the_letter_says_what_the_official_form_says_and_nothing_else(empty: Page) -> None:
    laid_over(laid.lines_of(empty), [line.text for line in LINES])


def test_a_letter_that_is_filled_in_names_no_organisation_at_the_signature(page: Page) -> None:
    said = {
        "from_branch": BRANCH,
        "to_branch": TO_BRANCH,
        "to_committee": TO_COMMITTEE,
        "from_committee": "中共青石街道工作委员会",
        "id_number": card(1),
    }
    laid_over(laid.lines_of(page), [text.format(**said) for text in official_letter.FILLED])


def test_each_part_stands_in_its_third_of_the_sheet_between_the_cuts(empty: Page) -> None:
    first, second = laid.cuts(empty)
    bounds = {1: (0.0, first), 2: (first, second), 3: (second, 297.0)}
    found = laid_over(laid.lines_of(empty), [line.text for line in LINES])
    for part, (top, bottom) in bounds.items():
        heights = [one.y for line, printed in zip(LINES, found, strict=True) if line.part == part for one in printed]
        assert top < min(heights)
        assert max(heights) < bottom
        assert 99 * (part - 1) < sum(heights) / len(heights) < 99 * part
    assert laid.upright(empty, left=True, top=0, bottom=first) == "党员介绍信存根"
    for part, (top, bottom) in bounds.items():
        left, right = official_letter.UPRIGHT[part]
        assert laid.upright(empty, left=True, top=top, bottom=bottom) == left
        assert laid.upright(empty, left=False, top=top, bottom=bottom) == right


def test_each_line_stands_where_the_official_form_has_it(empty: Page) -> None:
    found = laid_over(laid.lines_of(empty), [line.text for line in LINES])
    for line, (one, *_) in zip(LINES, found, strict=True):
        left, right = _BODY[line.part]
        middle = (left + right) / 2
        if line.place == "left":
            assert left <= one.left < min(left + 15, middle), line
        elif line.place == "center":
            assert min(abs(one.left + one.right - sum(edges)) / 2 for edges in (EDGES, (left, right))) < 1, line
        elif line.place == "right":
            assert one.left > middle, line
            assert one.right > right - 20, line


def test_whom_it_is_for_has_room_from_the_left_edge_to_the_colon(empty: Page) -> None:
    colons = [line for line in laid.lines_of(empty) if line.text == "："]
    assert len(colons) == 2
    for colon in colons:
        below = [(x, to) for x, y, to, _ in empty.lines if 0 < (empty.height - y) / MM - colon.y < 2]
        assert [(round(x / MM, 1), round(to / MM, 1)) for x, to in below] == [(16.0, round(colon.left, 1))]
        assert colon.left - 16 > 100


def test_the_same_line_stands_at_the_same_place_in_every_part(empty: Page) -> None:
    lines = laid.lines_of(empty)
    for text, parts in (("第号", 3), ("年月日", 3), ("（盖章）", 2)):
        rights = [line.right for line in lines if line.text == text]
        assert len(rights) == parts
        assert max(rights) - min(rights) < 0.2, text


def test_the_same_number_stands_in_all_three_parts(page: Page) -> None:
    assert [line.text for line in laid.lines_of(page)].count("第〔2026〕001号") == 3


def test_the_footnote_is_the_last_line_and_below_the_frame(empty: Page) -> None:
    lines = laid.lines_of(empty)
    assert lines[-1].text == LINES[-1].text
    lowest = max((empty.height - box[3]) / MM for box in empty.boxes)
    assert lowest < lines[-1].y < 297 - 4


def test_what_does_not_hold_is_struck_out(page: Page, empty: Page) -> None:
    assert laid.strokes(page, "预备/正式") == ["预备", "预备"]
    assert laid.strokes(page, "男/女") == ["女"]
    assert laid.strokes(empty, "预备/正式") == ["", ""]


def test_long_names_of_organisations_keep_to_type_of_nine_points_or_more(page: Page) -> None:
    sizes = [word.size for word in page.words if word.text in {BRANCH, TO_BRANCH, TO_COMMITTEE}]
    assert len(sizes) == 5  # twice from where, twice to where, once to whom
    assert min(sizes) >= 9


def test_the_page_looks_as_it_did(page: Page) -> None:
    """When the form is changed on purpose: look at the page, then write the golden file anew."""
    told = [f"{word.x:.1f} {word.y:.1f} {word.size:g} {word.text}" for word in page.words]
    told += [f"line {x:.1f} {y:.1f} {to_x:.1f} {to_y:.1f}" for x, y, to_x, to_y in page.lines]
    told += [f"box {x:.1f} {y:.1f} {to_x:.1f} {to_y:.1f}" for x, y, to_x, to_y in page.boxes]
    assert GOLDEN.read_text(encoding="utf-8").splitlines() == told
