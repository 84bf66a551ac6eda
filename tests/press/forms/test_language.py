"""What can be written into a form, and what it becomes."""

import re

import pytest

from taizhang.press.forms.model import (
    Blank,
    Box,
    Cell,
    Form,
    Grid,
    Line,
    ListColumn,
    Options,
    Paragraph,
    Picture,
    Piece,
    Place,
    Ref,
    Roll,
    Rule,
    Type,
)
from taizhang.press.page import Paper
from taizhang.press.roles import Role
from tests.press.forms.written import HEAD, ROOM, form, item


def _pieces(text: str) -> tuple[Piece, ...]:
    line = item(f"行 10 20 正文 12 | {text}")
    assert isinstance(line, Line)
    return line.pieces


def test_signs_without_a_shape_are_left_out() -> None:
    assert _pieces("葛\ufe00\U000e0100城\u00ad\u2067{姓\u200b名}") == ("葛城", Ref(("姓名",)))


def test_the_head_says_what_the_form_is_for() -> None:
    text = "说明 逐户走访\n纸张 A4 横向\n每页 2\n适用 人员类别=正式党员|预备党员\n适用 党小组=空\n存底 是\n套打 是\n"
    read = form(text + "行 10 20 正文 12 | {姓名}")
    assert (read.key, read.title, read.ledger, read.about) == ("visit", "慰问登记表", "党员名册", "逐户走访")
    assert (read.paper, read.parts, read.kept, read.stock) == (Paper(297, 210), 2, True, True)
    assert read.fits == (("人员类别", ("正式党员", "预备党员")), ("党小组", ("空",)))
    assert (read.lines["台账"], read.lines["适用 党小组"]) == (2, 7)


def test_without_a_word_about_it_a_form_is_one_upright_a4_for_every_record() -> None:
    read = form(ROOM)
    assert (read.paper, read.parts, read.fits, read.kept, read.stock) == (Paper(210, 297), 1, (), False, False)
    assert form(f"纸张 210x140\n{ROOM}").paper == Paper(210, 140)


def test_rules_and_boxes() -> None:
    assert item("线 10 20 200 20 虚线 粗细 1.5") == Rule(3, (10, 20), (200, 20), 1.5, dashed=True)
    assert item("线 10 20 200 20") == Rule(3, (10, 20), (200, 20), 0.5)
    assert item("框 10 20 100x30.5 粗细 1") == Box(3, Place(10, 20, 100, 30.5), 1)


def test_lines_paragraphs_and_pictures() -> None:
    assert item("行 105 20 标题 22 居中 | 证明信") == Line(
        3, Place(105, 20), Type(Role.TITLE, 22, "center"), ("证明信",)
    )
    assert item("竖 18 20 表头 14 | 存根") == Line(3, Place(18, 20), Type(Role.HEADING, 14), ("存根",), vertical=True)
    assert item("段 20 30 170x40 填写 小四 首行 2 | 兹有{姓名}同志。") == Paragraph(
        3, Place(20, 30, 170, 40), Type(Role.FORM, 12), ("兹有", Ref(("姓名",)), "同志。"), 2
    )
    assert item("图 150 30 25x35 | {照片} 一寸照片") == Picture(3, Place(150, 30, 25, 35), Ref(("照片",)), "一寸照片")


def test_a_paragraph_goes_on_with_the_next_lines_that_begin_with_a_bar() -> None:
    paragraph = item("段 20 30 170x40 正文 12 | 第一段{姓名}\n\n# 不印\n| 第二段\n｜ 第三段")
    assert isinstance(paragraph, Paragraph)
    assert paragraph.pieces == ("第一段", Ref(("姓名",)), "\n第二段\n第三段")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("{姓名}", (Ref(("姓名",)),)),
        ("{*开具日期:年月日}", (Ref(("开具日期",), "年月日", required=True),)),
        ("{名册中的党员.籍贯}", (Ref(("名册中的党员", "籍贯")),)),
        ("[姓名 30]同志", (Blank(Ref(("姓名",)), 30), "同志")),
        ("[*开具日期:年 18.5mm]年", (Blank(Ref(("开具日期",), "年", required=True), 18.5), "年")),
        ("经办人：[40]", ("经办人：", Blank(Ref(("",)), 40))),
        ("<性别:男/女>", (Options(Ref(("性别",)), (("男", "男"), ("女", "女"))),)),
        (
            "（<*人员类别:预备=预备党员/正式=正式党员>）",
            (
                "（",
                Options(Ref(("人员类别",), required=True), (("预备", "预备党员"), ("正式", "正式党员"))),
                "）",
            ),
        ),
        ("{性别:□男}男", (Ref(("性别",), "□男"), "男")),
        (r"\{姓名\} \[a\] \<b> \| \\", ("{姓名} [a] <b> | \\",)),
        (r"\\{姓名}", ("\\", Ref(("姓名",)))),
        ("第        号", ("第        号",)),
        ("3>2 和或 | 与", ("3>2 和或 | 与",)),
        (r"\　缩进", ("　缩进",)),
    ],
)  # fmt: skip
def test_what_stands_in_a_text(text: str, pieces: tuple[Piece, ...]) -> None:
    assert _pieces(text) == pieces


def test_a_grid_of_labels_values_and_a_photo() -> None:
    text = (
        "表 20 30 正文 12\n列 20 30 x2\n行高 10 x2 40\n姓名 | {姓名} | {照片}\n性别 | <性别:男/女> | ^\n备注 | | <\n完"
    )
    grid = item(text)
    assert isinstance(grid, Grid)
    assert (grid.place, grid.columns, grid.rows) == (Place(20, 30, 80, 60), (20, 30, 30), (10, 10, 40))
    assert grid.cells == (
        Cell(6, 0, 0, 1, 1, ("姓名",), heading=True),
        Cell(6, 0, 1, 1, 1, (Ref(("姓名",)),)),
        Cell(6, 0, 2, 1, 2, (), Ref(("照片",))),
        Cell(7, 1, 0, 1, 1, ("性别",), heading=True),
        Cell(7, 1, 1, 1, 1, (Options(Ref(("性别",)), (("男", "男"), ("女", "女"))),)),
        Cell(8, 2, 0, 1, 1, ("备注",), heading=True),
        Cell(8, 2, 1, 2, 1, ()),
    )


@pytest.mark.parametrize("last", ["^ | <", "^ | ^"])
def test_a_cell_two_wide_and_two_high(last: str) -> None:
    grid = item(f"表 20 30 正文 12\n列 20 x3\n行高 10 x2\na | < | b\n{last} | c\n完")
    assert isinstance(grid, Grid)
    assert [(cell.row, cell.column, cell.across, cell.down) for cell in grid.cells] == [
        (0, 0, 2, 2),
        (0, 2, 1, 1),
        (1, 2, 1, 1),
    ]


def test_a_row_may_be_opened_and_closed_with_a_bar() -> None:
    grid = item("表 20 30 正文 12\n列 20 x2\n行高 10\n| a | b |\n完")
    assert isinstance(grid, Grid)
    assert [cell.pieces for cell in grid.cells] == [("a",), ("b",)]


def test_a_label_may_be_a_word_of_the_language() -> None:
    grid = item("表 20 30 正文 12\n列 20 x2\n行高 10 x3\n名称 | {姓名}\n行 | 续页\n图 1 | 图 2\n完")
    assert isinstance(grid, Grid)
    assert [cell.pieces for cell in grid.cells] == [
        ("名称",),
        (Ref(("姓名",)),),
        ("行",),
        ("续页",),
        ("图 1",),
        ("图 2",),
    ]


def test_a_list_of_records() -> None:
    roll = item(
        "名单 20 30 到 270 行高 8 正文 10 取自 名单 至少 20\n序号 12 居中 | {序号}\n去往 支部 50 左 | {姓名}\n完"
    )
    assert roll == Roll(
        3,
        Place(20, 30, 62, 240),
        Type(Role.BODY, 10),
        (
            ListColumn(4, "序号", 12, (Ref(("序号",)),)),
            ListColumn(5, "去往支部", 50, (Ref(("姓名",)),), "left"),
        ),
        8,
        270,
        Ref(("名单",)),
        20,
    )
    assert form("名单 20 30 到 270 行高 8 正文 10\n姓名 12 | {姓名}\n完").rolls


def test_a_second_page() -> None:
    assert [len(page) for page in form(f"{ROOM}续页\n{ROOM}{ROOM}").pages] == [1, 2]


def test_what_people_type_in_wps_and_notepad_is_meant_well() -> None:
    neat = "名称 证明\n台账 党员名册\n每页 2\n纸张 A4\n行 20 30.5 正文 12 居中 | 兹有[*姓名 30]（<性别:男/女>）{姓名}\n"
    neat += "表 10 40 正文 12\n列 20 30\n行高 8 x2\n姓名 | {姓名}\n^ | ^\n完"
    typed = "\ufeff名称：证明\r\n　台账：党员名册　\r\n每页2份\r\n纸张：Ａ４\r\n\r\n"
    typed += "\t行　２０，３０．５　仿宋　小四　居中｜ 兹有【＊姓名　３０】（＜性别：男／女＞）｛姓名｝\r\n"
    typed += "表：１０ ４０ 正文12\r\n列：２０、３０\r\n行高8×２\r\n姓名｜｛姓名｝\r\n＾ ｜ ＾\r\n完。\r\n"
    read = form(typed, "")
    assert _without_lines(read) == _without_lines(form(neat, ""))
    assert (read.title, read.ledger, read.parts) == ("证明", "党员名册", 2)


def _without_lines(read: Form) -> list[str]:
    return [re.sub(r"line=\d+", "", repr(one)) for one in read.items()]


@pytest.mark.parametrize(
    ("size", "points"),
    [("12", 12), ("10.5磅", 10.5), ("初号", 42), ("三号", 16), ("3号", 16), ("小四", 12), ("小4", 12), ("小四号", 12)],
)
def test_sizes_of_type_are_points_or_have_their_chinese_names(size: str, points: float) -> None:
    line = item(f"行 10 60 正文 {size} | 字")
    assert isinstance(line, Line)
    assert line.type.size == points


@pytest.mark.parametrize(("face", "role"), [("小标宋", Role.TITLE), ("黑体", Role.HEADING), ("楷体", Role.FORM)])
def test_typefaces_may_be_called_by_their_names(face: str, role: Role) -> None:
    line = item(f"行 10 60 {face} 12 | 字")
    assert isinstance(line, Line)
    assert line.type.role is role


def test_the_text_is_kept_as_it_was_written() -> None:
    assert form(ROOM).text == HEAD + ROOM
