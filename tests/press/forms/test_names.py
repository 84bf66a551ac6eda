"""A form that names what there is not is told so by its line, with the name that was meant."""

from pathlib import Path

import pytest

from taizhang import places
from taizhang.press.forms.language import examine, read_form
from taizhang.press.forms.names import check_names
from taizhang.registry import installed
from tests.press.forms.written import ROOM

LEDGERS = installed().ledgers
MEMBERS, TRANSFERS = "名称 慰问表\n台账 党员名册\n", "名称 介绍信\n台账 组织关系转接\n"
LIST = "名单 10 10 到 90 行高 8 正文 10"


def _line(text: str) -> str:
    return f"行 10 20 正文 12 | {text}"


def _said(text: str, head: str = MEMBERS) -> list[tuple[int, str]]:
    return [(fault.line, fault.text) for fault in examine("x", head + text, "x.form", LEDGERS).faults]


@pytest.mark.parametrize("path", sorted(places.forms().glob("*.form")), ids=lambda path: path.stem)
def test_every_form_that_is_shipped_names_what_there_is(path: Path) -> None:
    read = examine(path.stem, path.read_text(encoding="utf-8"), path.name, LEDGERS)
    assert list(map(str, read.faults)) == []


@pytest.mark.parametrize(
    "text",
    [
        _line("{姓名}{党龄}{所在党支部}{所在党支部.联系人}{所在党支部.上级党组织.联系电话}{所在党支部:简称}"),
        _line("{本单位}{本单位.联系电话}{今天:年月日}{打印人}{打印时间}{序号:大写}{总数}第{页码}页共{页数}页"),
        _line("{出生日期:大写年}{学历:码}{民族:简称}<性别:男/女>{性别:□男}<人员类别:预备=预备党员/正式=正式党员>[40]"),
        "图 10 10 20x30 | {照片}",
        "表 10 10 正文 12\n列 20\n行高 30\n{照片}\n完",
        f"适用 性别=男|空\n{ROOM}",
    ],
)
def test_what_there_is_may_be_named(text: str) -> None:
    assert _said(text) == []


def test_a_list_is_asked_first_then_the_record_that_lists_it() -> None:
    assert _said(f"{LIST} 取自 名单\n籍贯 20 | {{籍贯}}\n信号 20 | {{介绍信编号}}\n完", TRANSFERS) == []
    assert _said(f"{LIST} 取自 名单\n籍贯 20 | {{籍惯}}\n完", TRANSFERS) == [
        (4, "“党员名册”里没有“籍惯”这一栏，是不是“籍贯”？")
    ]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (_line("{身份证号}"), 3, "“党员名册”里没有“身份证号”这一栏，应写“公民身份号码”。"),
        (_line("[性名 30]"), 3, "“党员名册”里没有“性名”这一栏，是不是“性别”？"),
        (_line("{鼠标}"), 3, "“党员名册”里没有“鼠标”这一栏；有哪些栏目，请看党员名册的新增窗口"),
        (_line("{本单位.电话}"), 3, "“党组织”里没有“电话”这一栏，"),
        (_line("{所在党支部.负责}"), 3, "“党组织”里没有“负责”这一栏"),
        (_line("{姓名.民族}"), 3, "“姓名”不连到别的台账，后面不能再写“.民族”；请只写 姓名。"),
        (_line("{姓名:年月日}"), 3, "“姓名”不能用样式“年月日”，请去掉冒号和样式。"),
        (_line("{出生日期:简称}"), 3, "“出生日期”不能用样式“简称”，可以用：年月日、年月、"),
        (_line("{打印人:大写}"), 3, "“打印人”不能用样式“大写”，请去掉冒号和样式。"),
        (_line("<性别:男/女性>"), 3, "“性别”从来不会是“女性”，它的写法是“女”；要印成“女性”请写 女性=女。"),
        (_line("{性别:□中性}"), 3, "“性别”从来不会是“中性”，可以是：男、女、"),
        (_line("照片：{照片}"), 3, "“照片”是图片，不能夹在文字里"),
        ("图 10 10 20x30 | {姓名}", 3, "“姓名”不是照片，不能当图片放"),
        (f"{ROOM}适用 性别=男生", 4, "“性别”从来不会是“男生”，"),
        (f"{ROOM}适用 性别=男\n适用 人员类型=正式党员", 5, "里没有“人员类型”这一栏，是不是“人员类别”？"),
        ("表 10 10 正文 12\n列 20\n行高 30 x2\n姓名\n{性名}\n完", 7, "没有“性名”这一栏"),
        (f"{LIST}\n名 20 | {{性名}}\n完", 4, "没有“性名”这一栏"),
        (f"{LIST} 取自 姓名\n名 20 | {{姓名}}\n完", 3, "“取自”后面要写连着几条记录的栏目，“姓名”不是。"),
    ],
)
def test_what_there_is_not_is_told_with_what_was_meant(text: str, line: int, said: str) -> None:
    assert [(at, told) for at, told in _said(text) if at == line and said in told], _said(text)


def test_a_ledger_that_there_is_not() -> None:
    assert _said(_line("{姓名}"), "名称 x\n台账 党员花册\n") == [(2, "没有“党员花册”这个台账，是不是“党员名册”？")]
    ((_line_of_it, said),) = _said(ROOM, "名称 x\n台账 车辆\n")
    assert said.startswith("没有“车辆”这个台账，现有台账：党组织、")


def test_faults_of_the_language_and_of_names_are_told_together() -> None:
    text = f"{_line('{性名}')}\n框 1 2\n{_line('{姓命}')}"
    assert [line for line, _said_of_it in _said(text)] == [3, 4, 5]


def test_a_form_that_was_read_can_be_checked_alone() -> None:
    read = read_form("x", MEMBERS + _line("{性名}"), "x.form")
    assert read.form is not None
    assert [str(fault) for fault in check_names(read.form, LEDGERS)] == [
        "x.form 第 3 行：“党员名册”里没有“性名”这一栏，是不是“性别”？"
    ]
