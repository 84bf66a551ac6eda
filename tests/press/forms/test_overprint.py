"""Over pre-printed stock: only what is filled in, where it belongs, moved by tenths of a mm; the calibration sheet."""

import io
from dataclasses import replace
from pathlib import Path
from typing import TypeGuard

import pytest
from PIL import Image

from taizhang import places
from taizhang.press.fonts import Typefaces
from taizhang.press.forms.draw import Offset, calibration_sheet
from taizhang.press.forms.language import read_form
from taizhang.press.forms.model import (
    Blank,
    Box,
    Cell,
    Form,
    Grid,
    Line,
    ListColumn,
    Paragraph,
    Picture,
    Piece,
    Place,
    Roll,
    Rule,
)
from taizhang.press.page import MM
from tests.press.forms.forged import BODY, SEX, SMALL, Forged, blank, drawn, form, mm, ref, the
from tests.press.reading import Page, read_pdf

NEAR = 0.2  # mm: what is asked of a print on stock
OFFSETS = [Offset(), Offset(0.1, 0), Offset(0, -0.1), Offset(2.3, 1.7), Offset(-4.6, 0.4)]
PHOTO = io.BytesIO()
Image.linear_gradient("L").resize((60, 80)).save(PHOTO, "PNG")
STOCK = form(
    Box(1, Place(15, 15, 180, 100)),
    Rule(2, (10, 120), (200, 120), dashed=True),
    Line(3, Place(20, 30), BODY, (blank("姓名", 40), "同志（", SEX, "），现年", ref("年龄"), "岁")),
    Line(4, Place(190, 40), replace(BODY, align="right"), ("第", blank("编号", 40), "号")),
    Paragraph(5, Place(20, 50, 100, 40), BODY, ("由", blank("原支部", 60), "去", blank("去往", 60), "。"), indent=2),
    Grid(6, Place(20, 130), SMALL, (20, 60), (10,), (
        Cell(7, 0, 0, 1, 1, ("住址",), heading=True), Cell(7, 0, 1, 1, 1, (ref("住址"), "（详）")),
    )),
    Picture(8, Place(150, 50, 25, 35), ref("照片"), "贴照片处"),
    Roll(9, Place(20, 150), SMALL, (ListColumn(10, "名", 30, (ref("姓名"),)),), 8, 190, ref("名单"), 2),
)  # fmt: skip
RECORD = Forged(
    {"姓名": "王伟", "性别": "女", "年龄": "36", "编号": "〔2026〕001", "原支部": "第一支部", "去往": "第二支部"}
    | {"住址": "幸福路12号"},
    {"照片": PHOTO.getvalue()},
    {"名单": [Forged({"姓名": "李静"}), Forged({"姓名": "张明"})]},
)
VALUES = ["王伟", "36", "〔2026〕001", "第一支部", "第二支部", "幸福路12号", "李静", "张明"]


def is_blank(piece: Piece) -> TypeGuard[Blank]:
    return isinstance(piece, Blank) and bool(piece.ref.name)


def positions(page: Page) -> dict[str, tuple[float, float]]:
    return {word.text: mm(page, word) for word in page.words if word.text in VALUES}


@pytest.mark.parametrize("offset", OFFSETS)
def test_every_value_stands_where_the_whole_print_has_it_moved_by_the_offset(faces: Typefaces, offset: Offset) -> None:
    (whole,), _ = drawn(STOCK, [RECORD], faces)
    (page,), _ = drawn(STOCK, [RECORD], faces, offset)
    assert sorted(positions(page)) == sorted(VALUES)
    for text, (x, y) in positions(whole).items():
        assert positions(page)[text] == pytest.approx((x + offset.dx, y + offset.dy), abs=0.01)


@pytest.mark.parametrize("offset", OFFSETS)
def test_every_value_is_right_to_a_fifth_of_a_mm_on_the_stock_itself(faces: Typefaces, offset: Offset) -> None:
    (page,), _ = drawn(STOCK, [RECORD], faces, offset)
    size, small = 14 / MM, 10.5 / MM
    middles = {  # mm, reckoned from the form by hand
        "王伟": (20 + 20, 30),
        "〔2026〕001": (190 - size - 20, 40),
        "第一支部": (20 + 3 * size + 30, 50 + 0.86 * size),
        "第二支部": (20 + 30, 50 + (0.86 + 1.75) * size),
        "李静": (35, 158 + 4 + 0.36 * small),
        "张明": (35, 166 + 4 + 0.36 * small),
    }
    for text, (x, y) in middles.items():
        word = the(page, text)
        left, base = mm(page, word)
        assert (left + word.width / 2 / MM, base) == pytest.approx((x + offset.dx, y + offset.dy), abs=NEAR)
    ((x1, y1, x2, y2),) = page.lines  # through 男
    stroke = (60 + 3 * size, 30 - 0.36 * size, 60 + 4 * size)
    assert y1 == y2
    assert (x1 / MM - offset.dx, (page.height - y1) / MM - offset.dy, x2 / MM - offset.dx) == pytest.approx(
        stroke, abs=NEAR
    )
    ((x, y, wide, tall),) = page.pictures
    middle = (x + wide / 2) / MM - offset.dx, (page.height - y - tall / 2) / MM - offset.dy
    assert middle == pytest.approx((162.5, 67.5), abs=NEAR)


def test_printed_words_lines_and_boxes_are_left_to_the_stock(faces: Typefaces) -> None:
    (page,), _ = drawn(STOCK, [RECORD], faces, Offset(0.4, 0.2))
    assert sorted(word.text for word in page.words) == sorted(VALUES)
    assert page.boxes == []
    assert len(page.lines) == 1
    assert len(page.pictures) == 1


def test_nothing_is_put_where_a_photo_is_missing(faces: Typefaces) -> None:
    (page,), _ = drawn(STOCK, [Forged()], faces, Offset())
    assert (page.words, page.lines, page.boxes, page.pictures) == ([], [], [], [])


def test_values_on_parts_of_a_sheet_are_moved_together(faces: Typefaces) -> None:
    slip = form(STOCK.pages[0][2], parts=3)
    (page,), _ = drawn(slip, [Forged({"姓名": f"赵钱{number}"}) for number in range(3)], faces, Offset(1.1, -0.3))
    assert [mm(page, word)[1] for word in page.words] == pytest.approx([29.7, 128.7, 227.7], abs=0.01)


def test_what_is_cut_or_missing_is_said_as_for_a_whole_print(faces: Typefaces) -> None:
    record = Forged({"姓名": "王伟" * 60})
    _, whole = drawn(STOCK, [record], faces)
    _, over = drawn(STOCK, [record], faces, Offset())
    assert whole.remarks == over.remarks
    assert len(whole.remarks) == 1


@pytest.mark.parametrize("offset", OFFSETS)
def test_the_letter_itself_is_printed_over_stock_to_a_fifth_of_a_mm(faces: Typefaces, offset: Offset) -> None:
    file = places.forms() / "introduction_letter.form"
    letter = read_form(file.stem, file.read_text(encoding="utf-8"), file.name).form
    assert letter
    names = {piece.ref for item in letter.items() if isinstance(item, Line) for piece in item.pieces if is_blank(piece)}
    record = Forged(
        {f"{one.name}:{one.style}".rstrip(":"): f"填{number}写" for number, one in enumerate(sorted(names, key=str))}
        | {"人员类别": "预备党员", "性别": "男"}
    )
    (whole,), _ = drawn(letter, [record], faces)
    (page,), done = drawn(letter, [record], faces, offset)
    assert done.remarks == ()
    filled = [(word.text, *mm(whole, word)) for word in whole.words if word.text.startswith("填")]
    over = [(word.text, *mm(page, word)) for word in page.words]
    assert len(over) == len(filled) > 20
    for (text, x, y), (same, x_over, y_over) in zip(filled, over, strict=True):
        assert text == same
        assert (x_over - x, y_over - y) == pytest.approx((offset.dx, offset.dy), abs=0.01)
    assert len(page.lines) == 3  # 正式 on two parts, 女 on one
    assert page.boxes == []


def sheet(one: Form, faces: Typefaces, offset: Offset) -> list[Page]:
    out = io.BytesIO()
    calibration_sheet(one, faces, out, offset)
    return read_pdf(out.getvalue())


@pytest.mark.parametrize("offset", OFFSETS)
def test_the_sheet_outlines_where_values_will_fall(faces: Typefaces, offset: Offset) -> None:
    (page,) = sheet(STOCK, faces, offset)
    boxes = {(round(left / MM - offset.dx, 1), round(right / MM - offset.dx, 1)) for left, _, right, _ in page.boxes}
    assert {(20, 60), (150, 175), (20, 50)} <= boxes
    for name in ("姓名", "编号", "原支部", "去往", "住址", "照片", "年龄"):
        assert name in page.text
    first = next(box for box in page.boxes if round(box[2] / MM - offset.dx, 1) == 60)
    assert (page.height - first[1]) / MM < 30 + offset.dy < (page.height - first[3]) / MM


@pytest.mark.parametrize("offset", OFFSETS)
def test_the_crosses_and_rulers_stay_where_they_are(faces: Typefaces, offset: Offset) -> None:
    (page,) = sheet(STOCK, faces, offset)
    lines = {tuple(round(part / MM, 1) for part in line) for line in page.lines}
    for x in (10, 200):
        for y in (10, 287):
            assert {(x - 4, y, x + 4, y), (x, y + 4, x, y - 4)} <= lines
    across = sorted(x1 for x1, y1, x2, y2 in lines if x1 == x2 and y1 == 297)
    assert across == [pytest.approx(tick) for tick in range(1, 210)]
    down = sorted(297 - y1 for x1, y1, x2, y2 in lines if y1 == y2 and x1 == 0)
    assert down == [pytest.approx(tick) for tick in range(1, 297)]


def test_the_sheet_says_what_to_measure_where_to_type_it_and_what_holds_now(faces: Typefaces) -> None:
    (page,) = sheet(STOCK, faces, Offset(-1.5, 0.7))
    text = page.text.replace("\n", "")
    assert "“试验表”校准页。现在的偏移：左右 -1.5 毫米，上下 0.7 毫米" in text
    for said in ("普通白纸", "实际大小", "四角十字的中心到纸边都应是 10 毫米", "0.1 毫米", "“左右”填正数", "记下"):
        assert said in text


@pytest.mark.parametrize("file", sorted(places.forms().glob("*.form")), ids=lambda file: file.stem)
def test_every_form_that_is_shipped_has_a_sheet_with_all_its_words(faces: Typefaces, file: Path) -> None:
    one = read_form(file.stem, file.read_text(encoding="utf-8"), file.name).form
    assert one
    for page in sheet(one, faces, Offset(0.1, 0.1)):
        text = page.text.replace("\n", "")
        assert "直到对准。" in text
        assert "……" not in text
        words = [word for word in page.words if word.text in text and word.text.startswith(("1.", "2.", "3.", "4."))]
        tops = [(page.height - word.y) / MM for word in words]
        assert len(tops) == 4
        outlined = [(page.height - box[1], page.height - box[3]) for box in page.boxes]
        assert not any(top < y * MM < bottom for top, bottom in outlined for y in tops)


def test_the_same_sheet_has_the_same_bytes(faces: Typefaces) -> None:
    prints = []
    for _ in range(2):
        out = io.BytesIO()
        calibration_sheet(STOCK, faces, out, Offset(0.1, 0.2))
        prints.append(out.getvalue())
    assert prints[0] == prints[1]
