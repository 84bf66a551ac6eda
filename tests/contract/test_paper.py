"""On paper, for every ledger: the table stays on its sheet, and every character is there."""

import io
from datetime import date

import pytest

from taizhang.core.ledger import Ledger
from taizhang.core.privacy import Profile
from taizhang.press.check import check_glyphs
from taizhang.press.fonts import Typefaces
from taizhang.press.ledger_print import Occasion, ledger_sheet
from taizhang.press.page import Paper
from taizhang.press.sheet import Sheet
from taizhang.press.table import render
from taizhang.store.query import Query
from tests.offices import NOON, TODAY, Office
from tests.press.reading import read_pdf


@pytest.fixture(scope="module")
def faces() -> Typefaces:
    """The shipped typefaces, whatever this machine has."""
    return Typefaces(installed=())


def sheet_of(standing: Office, ledger: Ledger, profile: Profile = Profile.FULL, day: date = TODAY) -> Sheet:
    """The printed page of a ledger as an office asks for it."""
    _total, rows = standing.store.page(Query(ledger.key, show="all"))
    return ledger_sheet(
        ledger, rows, Occasion(day, NOON, standing.store.name_of, profile, "记录员", "全部", "示例街道")
    )


@pytest.mark.parametrize(("paper", "landscape"), [("A4", True), ("A4", False), ("A3", True)])
def test_the_printed_page_fits_its_paper(
    ledger: Ledger, standing: Office, faces: Typefaces, paper: str, landscape: bool
) -> None:
    out = io.BytesIO()
    render(sheet_of(standing, ledger), Paper.of(paper, landscape=landscape), faces, out)
    pages = read_pdf(out.getvalue())
    assert pages
    for page in pages:
        for word in page.words:
            assert word.x >= 0
            assert word.x + word.width <= page.width + 0.5
            assert 0 <= word.y <= page.height
        for row in page.cells():
            for number, words in enumerate(row):
                for word in words:
                    assert word.x + word.width <= page.columns[number + 1] + 0.5, word.text


def test_everybody_is_on_it_with_every_character(ledger: Ledger, standing: Office, faces: Typefaces) -> None:
    sheet = sheet_of(standing, ledger)
    out = io.BytesIO()
    render(sheet, Paper.of("A4", landscape=True), faces, out)
    text = "".join("".join(page.text.split()) for page in read_pdf(out.getvalue()))
    assert check_glyphs(sheet, faces) == []
    for row in sheet.rows:
        assert row[sheet.name_column].replace(" ", "")[:4] in text


def test_a_wall_shows_no_more_of_a_name_than_its_first_character(ledger: Ledger, standing: Office) -> None:
    """Domain 11.2."""
    inside = sheet_of(standing, ledger)
    outside = sheet_of(standing, ledger, Profile.WALL)
    assert len(outside.columns) <= len(inside.columns)
