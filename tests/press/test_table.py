"""The ruled table on paper: what is printed where."""

import io
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from taizhang.core.errors import Refused
from taizhang.core.progress import silent
from taizhang.press.fonts import Typefaces
from taizhang.press.page import MM, Paper
from taizhang.press.sheet import Column, Sheet
from taizhang.press.table import render
from tests.press.conftest import COLUMNS, NOTES, Print, people, sheet_of
from tests.press.reading import Page

GOLDEN = Path(__file__).parent / "golden"
LABELS = [column.label for column in COLUMNS]
A4 = Paper.of("A4", landscape=True)
texts = st.one_of(
    st.sampled_from(
        ["", "𬭩㛃䶮", "阿卜杜热西提·买买提明", "110199199001011234", "138****1234、139****5678", "幸福路" * 66]
    ),
    st.text(alphabet="张伟明龘12aZ·，。（）“”* \n", max_size=40),
)


def cell_texts(page: Page) -> list[list[str]]:
    """The text of every cell without line breaks and spaces."""
    return [["".join(word.text for word in cell).replace(" ", "") for cell in row] for row in page.cells()]


def test_each_page_repeats_the_headings_and_every_row_is_printed_once_in_order(printed: Print) -> None:
    rows = people(45)
    pages, done = printed(sheet_of(rows))
    assert done.pages == len(pages) > 1
    assert all(cell_texts(page)[0] == LABELS for page in pages)
    assert [tuple(row) for page in pages for row in cell_texts(page)[1:]] == rows


def test_each_page_says_which_it_is_and_what_the_list_is(printed: Print) -> None:
    pages, _ = printed(sheet_of(people(45)))
    for number, page in enumerate(pages, 1):
        assert f"第 {number} 页  共 {len(pages)} 页" in page.text
        assert (
            "条件：在册    截止日期：2026年3月31日    人数：45    打印人：张三    打印时间：2026-04-01 09:30"
            in page.text
        )
    assert pages[0].words[0].text == "党员名册"
    assert pages[1].words[0].text == "党员名册（续）"
    assert {"单位：中共幸福社区委员会", "截止日期：2026年3月31日"} <= {word.text for word in pages[0].words}


@pytest.mark.parametrize("paper", [A4, Paper.of("A4"), Paper.of("A3", landscape=True), Paper.of("600x900")])
def test_the_table_fills_the_paper_between_its_margins(printed: Print, paper: Paper) -> None:
    pages, _ = printed(sheet_of(people(45)), paper)
    for page in pages:
        assert (page.width, page.height) == pytest.approx(paper.points, abs=0.01)
        ((left, _, right, bottom),) = page.boxes
        assert left == pytest.approx(25 * MM, abs=0.02)
        assert page.width - right == pytest.approx(12 * MM, abs=0.02)
        assert bottom > 12 * MM
        assert all(word.y > 12 * MM and word.x + word.width <= page.width - 12 * MM + 0.05 for word in page.words)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(*[texts] * 6), min_size=1, max_size=30),
    widths=st.lists(st.integers(2, 16), min_size=6, max_size=6),
)
def test_every_text_stands_inside_its_cell_and_no_row_is_cut(
    printed: Print, rows: list[tuple[str, ...]], widths: list[int]
) -> None:
    columns = tuple(Column(f"栏{n}", w, ("left", "center", "right")[n % 3]) for n, w in enumerate(widths))
    pages, done = printed(sheet_of(rows, columns))
    for page in pages:
        xs, ys = page.columns, page.rows
        for r, row in enumerate(page.cells()):
            for c, words in enumerate(row):
                for word in words:
                    assert xs[c] < word.x
                    assert word.x + word.width < xs[c + 1]
                    assert ys[r + 1] < word.y - 0.12 * word.size
                    assert word.y + 0.88 * word.size < ys[r]
                    assert word.size >= 5.5
    if not done.remarks:
        said = [tuple("".join(text.split()) for text in row) for row in rows]
        assert [tuple(row) for page in pages for row in cell_texts(page)[1:]] == said


def test_without_rows_the_page_says_so(printed: Print) -> None:
    (page,), _ = printed(sheet_of([]))
    assert "（没有符合条件的记录）" in page.text
    assert cell_texts(page)[0] == LABELS


def test_the_last_page_has_room_to_sign(printed: Print) -> None:
    for count in range(10, 30):
        pages, _ = printed(sheet_of(people(count), signatures=("填表人", "审核人")))
        (signed,) = (word for word in pages[-1].words if word.text == "填表人：")
        (note,) = (word for word in pages[-1].words if word.text.startswith("条件"))
        assert pages[-1].boxes[0][3] > signed.y + signed.size
        assert signed.y > note.y + note.size
        assert all("填表人" not in page.text for page in pages[:-1])


def test_characters_beyond_the_bmp_can_be_copied_out_of_the_pdf(printed: Print) -> None:
    (page,), _ = printed(sheet_of([("1", "王𬭩㛃", "", "", "", "", "")]))
    assert cell_texts(page)[1][1] == "王𬭩㛃"


def test_what_no_typeface_has_is_printed_as_the_printers_mark(printed: Print) -> None:
    (page,), _ = printed(sheet_of([("1", "张𠮷", "", "", "", "", "")]))
    assert cell_texts(page)[1][1] == "张〓"


def test_a_text_too_long_for_a_page_is_cut_and_said_with_the_name(printed: Print) -> None:
    _, done = printed(sheet_of([("1", "张伟", "", "", "", "", "幸福路" * 3000)]))
    assert "第 1 行（张伟）的“现居住地”太长，一格放不下，末尾已省略。" in done.remarks


def test_many_columns_are_set_small_and_said(printed: Print) -> None:
    columns = tuple(Column(f"第{number}栏", 6) for number in range(24))
    rows = [tuple(f"2004.07.{number:02d}" for number in range(24))] * 3
    pages, done = printed(sheet_of(rows, columns))
    assert done.remarks == ("栏目太多，号码、日期要缩得很小或断开才排得下；请少选几栏，或改用 A3 横向。",)
    assert [tuple(row) for row in cell_texts(pages[0])[1:]] == rows


def test_more_columns_than_can_be_set_are_refused(faces: Typefaces) -> None:
    columns = tuple(Column(str(number), 4) for number in range(120))
    out = io.BytesIO()
    with pytest.raises(Refused, match="120 栏"):
        render(Sheet("表", columns, [], NOTES), A4, faces, out)
    assert out.getvalue() == b""


def test_paper_too_small_for_a_table_is_refused(faces: Typefaces) -> None:
    with pytest.raises(Refused, match="纸太小"):
        render(sheet_of(people(3)), Paper.of("60x60"), faces, io.BytesIO())


def test_the_same_sheet_gives_the_same_bytes(faces: Typefaces) -> None:
    prints = []
    for _ in range(2):
        out = io.BytesIO()
        render(sheet_of(people(30)), A4, faces, out)
        prints.append(out.getvalue())
    assert prints[0] == prints[1]
    assert b"20260401093000" in prints[0]


def test_stand_in_typefaces_are_said_with_the_print(printed: Print) -> None:
    _, done = printed(sheet_of(people(1)))
    assert [said.split("”")[0] for said in done.substitutions] == [
        "本机没有“方正小标宋",
        "本机没有“黑体",
        "本机没有“仿宋",
    ]


def test_the_first_page_is_set_exactly_as_it_was_approved(printed: Print) -> None:
    pages, _ = printed(sheet_of(people(3), signatures=("填表人", "审核人")))
    words = [f"{word.x:.1f} {word.y:.1f} {word.size:g} {word.text}" for word in pages[0].words]
    rules = [
        f"{name} " + " ".join(f"{x:.1f}" for x in line)
        for name in ("lines", "boxes")
        for line in getattr(pages[0], name)
    ]
    assert "\n".join([*words, *rules, ""]) == (GOLDEN / "roster_a4_landscape.txt").read_text(encoding="utf-8")


def test_progress_is_told_and_can_stop_the_work(faces: Typefaces) -> None:
    class StopError(Exception):
        pass

    told: list[tuple[int, int, str]] = []

    def stop(done: int, total: int, what: str) -> None:
        told.append((done, total, what))
        if what == "正在生成页面" and done == 2:
            raise StopError

    out = io.BytesIO()
    with pytest.raises(StopError):
        render(sheet_of(people(60)), A4, faces, out, stop)
    assert out.getvalue() == b""
    assert told[0][0] == 0
    assert all(0 <= done <= total for done, total, _ in told)


def test_twenty_thousand_rows_are_printed(faces: Typefaces) -> None:
    rows = people(1000) * 4
    random.Random(1).shuffle(rows)  # noqa: S311 - a fixed shuffle, no secret
    done = render(sheet_of(rows), A4, faces, io.BytesIO(), silent)
    assert done.pages > 100
