"""Ruled grids, lists and photos of a form."""

import io
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from PIL import Image

from taizhang.press.fonts import Typefaces
from taizhang.press.forms.model import Cell, Grid, Line, ListColumn, Picture, Place, Roll, Type
from taizhang.press.page import MM
from taizhang.press.roles import Role
from taizhang.press.text import LEAST
from tests.press.forms.forged import SMALL, Forged, drawn, form, line_at, mm, ref, the
from tests.press.reading import Page

COLUMNS, ROWS = (20, 40, 20, 30), (10, 12, 14)
GRID = Grid(
    4,
    Place(20, 50),
    SMALL,
    COLUMNS,
    ROWS,
    (
        Cell(5, 0, 0, 1, 1, ("姓名",), heading=True),
        Cell(5, 0, 1, 1, 1, (ref("姓名"),)),
        Cell(5, 0, 2, 1, 1, ("现居住地详细地址",), heading=True),
        Cell(5, 0, 3, 1, 3, ("照片",), picture=ref("照片")),
        Cell(6, 1, 0, 1, 1, ("党支部",), heading=True),
        Cell(6, 1, 1, 2, 1, (ref("党支部"),)),
        Cell(7, 2, 0, 1, 1, ("简历",), heading=True),
        Cell(7, 2, 1, 2, 1, ("自", ref("简历"), "止")),
    ),
)
ROLL = Roll(
    10,
    Place(20, 40),
    SMALL,
    (
        ListColumn(11, "序号", 15, (ref("序号"),)),
        ListColumn(12, "姓名", 30, (ref("姓名"),)),
        ListColumn(13, "住址", 80, (ref("住址"),), "left"),
    ),
    row=10,
    bottom=100,
)
FOOT = Line(20, Place(20, 110), SMALL, ("第", ref("页码"), "页共", ref("页数"), "页，", ref("总数"), "人"))


def photo(width: int, height: int, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(out, kind)
    return out.getvalue()


def trap() -> bytes:
    """A small file of very many pixels."""
    out = io.BytesIO()
    Image.new("1", (9_500, 9_500)).save(out, "PNG")
    return out.getvalue()


def people(count: int) -> list[Forged]:
    return [Forged({"姓名": f"赵钱{number}", "住址": f"幸福路{number}号"}) for number in range(1, count + 1)]


def rows(page: Page) -> list[str]:
    """What stands in the rows of the list, from above."""
    found: dict[int, list[tuple[float, str]]] = {}
    for word in page.words:
        y = mm(page, word)[1]
        if 50 < y < 100:
            found.setdefault(int((y - 50) // 10), []).append((word.x, word.text))
    return ["".join(text for _, text in sorted(row)) for _, row in sorted(found.items())]


def test_a_grid_has_thin_lines_inside_and_a_thick_one_around(faces: Typefaces) -> None:
    (page,), _ = drawn(form(GRID), [Forged()], faces)
    (thick,) = (line for weight, line in page.weights if weight == 1.5)
    left, top, right, bottom = thick
    assert (left, right) == pytest.approx((20 * MM, 130 * MM), abs=0.02)
    assert (page.height - top, page.height - bottom) == pytest.approx((50 * MM, 86 * MM), abs=0.02)
    thin = [line for weight, line in page.weights if weight == 0.5]
    assert len(thin) == len(page.weights) - 1
    assert all(left < max(x1, x2) <= right + 0.01 and bottom < max(y1, y2) <= top + 0.01 for x1, y1, x2, y2 in thin)


def test_no_line_runs_through_a_cell_that_spans_others(faces: Typefaces) -> None:
    (page,), _ = drawn(form(GRID), [Forged()], faces)
    for cell in GRID.cells:
        left, top = 20 + sum(COLUMNS[: cell.column]), 50 + sum(ROWS[: cell.row])
        right = left + sum(COLUMNS[cell.column : cell.column + cell.across])
        bottom = top + sum(ROWS[cell.row : cell.row + cell.down])
        for x1, y1, x2, y2 in page.lines:
            crosses = (
                x1 < right * MM - 0.1
                and x2 > left * MM + 0.1
                and page.height - max(y1, y2) < bottom * MM - 0.1
                and page.height - min(y1, y2) > top * MM + 0.1
            )
            assert not crosses


def test_labels_stand_in_the_middle_and_wrap_evenly(faces: Typefaces) -> None:
    (page,), _ = drawn(form(GRID), [Forged()], faces)
    name = the(page, "姓名")
    assert name.x + name.width / 2 == pytest.approx(30 * MM, abs=0.02)
    assert (page.height - name.y) / MM == pytest.approx(55 + 0.36 * 10.5 / MM, abs=0.02)
    assert the(page, "现居住地").width == the(page, "详细地址").width


def test_a_value_that_takes_one_line_is_centred_and_one_of_several_begins_at_the_left(faces: Typefaces) -> None:
    (page,), done = drawn(form(GRID), [Forged({"党支部": "第一支部", "简历": "至今" * 20})], faces)
    branch = the(page, "第一支部")
    assert branch.x + branch.width / 2 == pytest.approx(70 * MM, abs=0.02)
    lines = sorted((word for word in page.words if "至今" in word.text), key=lambda word: -word.y)
    assert len(lines) > 1
    assert lines[1].x == pytest.approx(40.9 * MM, abs=0.02)
    assert done.remarks == ()


def test_words_and_values_of_one_cell_stand_side_by_side(faces: Typefaces) -> None:
    (page,), _ = drawn(form(GRID), [Forged({"简历": "2004"})], faces)
    y = mm(page, the(page, "2004"))[1]
    assert line_at(page, y) == "简历自2004止"


def test_a_value_too_long_for_its_cell_is_named_with_its_record_and_line(faces: Typefaces) -> None:
    (page,), done = drawn(form(GRID), [Forged({"姓名": "王伟", "党支部": "第一支部" * 200})], faces)
    (remark,) = done.remarks
    assert (remark.line, remark.record, remark.stops) == (6, "王伟", True)
    assert "“党支部”太长" in remark.text
    cut = [word for word in page.words if word.size == LEAST]
    assert cut[-1].text.endswith("……")
    assert all(60 < mm(page, word)[1] < 72 for word in cut)


@pytest.mark.parametrize("size", [(300, 400), (400, 300), (90, 400)])
def test_a_photo_keeps_its_proportion_in_the_middle_of_its_place(faces: Typefaces, size: tuple[int, int]) -> None:
    record = Forged({}, {"照片": photo(*size)})
    place = Place(150, 40, 25, 35)
    (page,), _ = drawn(form(GRID, Picture(1, place, ref("照片"), "贴照片")), [record], faces)
    inside, alone = page.pictures
    assert alone[2] / alone[3] == pytest.approx(size[0] / size[1], rel=0.001)
    assert alone[2] == pytest.approx(25 * MM, abs=0.01) or alone[3] == pytest.approx(35 * MM, abs=0.01)
    assert alone[0] + alone[2] / 2 == pytest.approx(162.5 * MM, abs=0.02)
    assert page.height - alone[1] - alone[3] / 2 == pytest.approx(57.5 * MM, abs=0.02)
    assert inside[0] > 100 * MM
    assert inside[0] + inside[2] < 130 * MM
    assert "照片" not in page.text


def test_without_a_photo_words_stand_in_its_place(faces: Typefaces) -> None:
    (page,), done = drawn(form(GRID), [Forged()], faces)
    assert page.pictures == []
    words = the(page, "照片")
    assert words.x + words.width / 2 == pytest.approx(115 * MM, abs=0.02)
    assert done.remarks == ()


@pytest.mark.parametrize(
    "data", [b"no picture", photo(30, 40)[:200], trap(), photo(30, 40, "PPM")], ids=["text", "torn", "trap", "PPM"]
)
def test_a_picture_that_cannot_be_read_is_said_and_leaves_the_words(faces: Typefaces, data: bytes) -> None:
    (page,), done = drawn(form(GRID), [Forged({"姓名": "王伟"}, {"照片": data})], faces)
    assert "照片" in page.text
    assert [(remark.record, remark.stops) for remark in done.remarks] == [("王伟", False)]


def test_a_photo_that_is_required_and_missing_stops_the_print(faces: Typefaces) -> None:
    picture = Picture(3, Place(150, 40, 25, 35), ref("照片", required=True))
    _, done = drawn(form(picture), [Forged({"姓名": "王伟"})], faces)
    assert done.remarks == ((3, "王伟", "“照片”还没有，补上以后才能打印。", True),)


def test_a_list_goes_on_over_pages_with_its_headings_repeated(faces: Typefaces) -> None:
    pages, done = drawn(form(ROLL, FOOT), people(12), faces)
    assert done.pages == len(pages) == 3
    assert [row for page in pages for row in rows(page)] == [f"{n}赵钱{n}幸福路{n}号" for n in range(1, 13)]
    assert [len(rows(page)) for page in pages] == [5, 5, 2]
    for number, page in enumerate(pages, 1):
        assert [the(page, label).size for label in ("序号", "姓名", "住址")] == [10.5] * 3
        assert line_at(page, 110) == f"第{number}页共3页，12人"


def test_the_lines_of_a_list_end_with_its_rows(faces: Typefaces) -> None:
    pages, _ = drawn(form(ROLL), people(7), faces)
    for page, count in zip(pages, (5, 2), strict=True):
        (box,) = page.boxes
        assert page.height - box[3] == pytest.approx((50 + 10 * count) * MM, abs=0.02)
        assert len([line for line in page.lines if line[1] == line[3]]) == count


def test_blank_rows_are_left_for_a_pen_down_to_the_least(faces: Typefaces) -> None:
    spare = Roll(10, ROLL.place, SMALL, ROLL.columns, 10, 100, least=4)
    for count, ruled in ((0, 4), (2, 4), (5, 5)):
        (page,), _ = drawn(form(spare), people(count), faces)
        (box,) = page.boxes
        assert page.height - box[3] == pytest.approx((50 + 10 * ruled) * MM, abs=0.02)


def test_a_list_may_come_from_a_field_of_the_record(faces: Typefaces) -> None:
    listed = Roll(10, ROLL.place, SMALL, ROLL.columns, 10, 100, source=ref("名单"))
    unit = Forged({"姓名": "某单位"}, lists={"名单": people(7)})
    pages, _ = drawn(form(Line(1, Place(20, 30), SMALL, (ref("姓名"),)), listed, FOOT), [unit, Forged()], faces)
    assert [line_at(page, 110)[:5] for page in pages] == ["第1页共2", "第2页共2", "第1页共1"]
    assert [len(rows(page)) for page in pages] == [5, 2, 0]
    assert [line_at(page, 30) for page in pages] == ["某单位", "某单位", ""]


def test_a_row_that_holds_too_much_is_named_by_its_own_record(faces: Typefaces) -> None:
    long = Forged({"姓名": "钱进", "住址": "幸福路" * 200})
    _, done = drawn(form(ROLL), [*people(2), long], faces)
    assert [(remark.line, remark.record, remark.stops) for remark in done.remarks] == [(13, "钱进", True)]


texts = st.text(alphabet="张伟明龘12aZ·，。（）“”* \n", max_size=60)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=texts, branch=texts, story=texts, address=texts)
def test_every_value_stays_inside_its_cell(faces: Typefaces, name: str, branch: str, story: str, address: str) -> None:
    record = Forged({"姓名": name, "党支部": branch, "简历": story, "住址": address})
    list_below = Roll(10, Place(20, 100), SMALL, ROLL.columns, 10, 130)
    (page,), _ = drawn(form(GRID, list_below), [record], faces)
    xs = sorted({x1 for x1, y1, x2, _ in page.lines if x1 == x2} | {x for box in page.boxes for x in (box[0], box[2])})
    for word in page.words:
        assert word.size >= LEAST
        top, bottom = page.height - word.y - 0.88 * word.size, page.height - word.y + 0.12 * word.size
        edges = (50, 60, 72, 86) if top < 90 * MM else (100, 110, 120, 130)
        if word.text not in {"照", "片", "照片"}:
            assert any(a * MM <= top + 0.01 and bottom <= b * MM + 0.01 for a, b in pairwise(edges))
        assert xs[0] < word.x
        assert word.x + word.width < xs[-1]


def test_values_of_a_grid_are_set_in_the_hand_of_what_is_filled_in() -> None:
    own = Typefaces(installed=())
    faces = {role: own.face(role) for role in Role}
    assert faces[Role.FORM] is faces[Role.BODY]  # shipped: one serves for both
    wide = Grid(1, Place(20, 20), Type(Role.HEADING, 12), (60,), (10,), (Cell(1, 0, 0, 1, 1, ("名", ref("姓名"))),))
    (page,), _ = drawn(form(wide), [Forged({"姓名": "王伟"})], own)
    assert the(page, "名").font != the(page, "王伟").font
    assert the(page, "王伟").x == pytest.approx(the(page, "名").x + the(page, "名").width, abs=0.02)
