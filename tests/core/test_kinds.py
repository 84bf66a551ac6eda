"""Each kind of field reads what people type and shows what it reads again."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from taizhang.core.context import Alone, Value
from taizhang.core.field import Field, nobody
from taizhang.core.kinds import Day, Flag, IdCard, LongText, Money, PersonName, Phone, Text, Whole
from taizhang.core.kinds_linked import Attachment, Choice, Link, Links
from tests.core.offices import TODAY, Spelled

_SHA, _OTHER = "0" * 64, "ab" * 32
OFFICE = Spelled(
    {
        "branches": {
            1: {"name": "中共杏花社区第一支部委员会", "short_name": "第一党支部"},
            2: {"name": "中共杏花社区第二支部委员会", "short_name": "二支部"},
            3: {"name": "机关支部", "short_name": "二支部"},
            4: {"kind": "6"},
        }
    }
)
FIELDS: dict[str, Field] = {
    "text": Text("x", "籍贯", longest=10),
    "long": LongText("x", "备注", longest=30),
    "name": PersonName("x", "姓名"),
    "day": Day("x", "日期"),
    "past": Day("x", "日期", future=False),
    "id": IdCard("x", "身份证号"),
    "phone": Phone("x", "电话"),
    "money": Money("x", "党费"),
    "whole": Whole("x", "月数", least=1, most=120),
    "flag": Flag("x", "是否流动"),
    "sex": Choice("x", "性别", table="sex"),
    "post": Choice("x", "岗位", table="post", open=True),
    "link": Link("x", "支部", ledger="branches"),
    "links": Links("x", "支部", ledger="branches"),
    "files": Attachment("x", "附件"),
    "photo": Attachment("x", "照片", photo=True),
}


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("text", " 湖南　长沙 ", "湖南 长沙"),
        ("text", 12.0, "12"),
        ("text", 12.5, "12.5"),
        ("text", date(2004, 7, 1), "2004-07-01"),
        ("text", datetime(2004, 7, 1), "2004-07-01"),  # noqa: DTZ001 - as a sheet gives it
        ("long", "第一行  \r\n\r\n 第二行\u200b\n", "第一行\n\n第二行"),
        ("long", "一行", "一行"),
        ("name", "张　伟", "张伟"),
        ("name", "古丽娜尔•买买提", "古丽娜尔·买买提"),
        ("name", "John Smith", "John Smith"),
        ("day", "2004.7", "2004-07"),
        ("day", date(2004, 7, 1), "2004-07-01"),
        ("day", "2030-01", "2030-01"),
        ("id", "11019919700101001X".lower(), None),
        ("phone", "１３８ ０００１ ２３４５", "13800012345"),
        ("money", "1,200.50元", 120_050),
        ("money", 3, 300),
        ("whole", "6个月", 6),
        ("whole", 6.0, 6),
        ("whole", "１２", 12),
        ("flag", "√", True),
        ("flag", "无", False),
        ("flag", 0, False),
        ("flag", True, True),
        ("sex", "男", "1"),
        ("sex", "1", "1"),
        ("sex", "女性", "2"),
        ("post", "摆渡人", "摆渡人"),
        ("link", "第一党支部", 1),
        ("link", "中共杏花社区第二支部委员会", 2),
        ("link", 2, 2),
        ("link", 4, 4),
        ("links", "第一党支部、中共杏花社区第二支部委员会", (1, 2)),
        ("links", "第一党支部；第一党支部", (1,)),
        ("links", [2, 1], (2, 1)),
        ("links", (), None),
        ("files", f"{_SHA} {_OTHER}", (_SHA, _OTHER)),
        ("files", [_SHA], (_SHA,)),
        ("photo", (_SHA,), (_SHA,)),
    ],
)
def test_what_people_type_is_read(kind: str, raw: object, value: Value) -> None:
    reading = FIELDS[kind].read(raw, OFFICE)
    if kind == "id":
        value = reading.value  # the number itself is tried elsewhere
    assert reading.value == value
    assert type(reading.value) is type(value)
    assert not any(finding.is_error for finding in reading.findings) or kind == "id"


@pytest.mark.parametrize(
    ("kind", "raw", "said"),
    [
        ("text", "一二三四五六七八九十一", "最多 10 个字，现有 11 个"),
        ("long", "一二三四五\n" * 6, "最多 30 个字"),
        ("name", "13800001234", "应填姓名"),
        ("name", "——！", "应填姓名"),
        ("name", "张3", "应填姓名"),
        ("day", "2004-02-30", "日期"),
        ("day", "昨天", "日期"),
        ("day", True, "日期"),
        ("past", "2026-11-22", "晚于今天"),
        ("money", "很多", "应填金额"),
        ("money", "1.005", "应填金额"),
        ("whole", "三", "应填整数"),
        ("whole", "1_0", "应填整数"),
        ("whole", "٣", "应填整数"),
        ("whole", 6.5, "应填整数"),
        ("whole", "0", "应在 1 到 120 之间"),
        ("whole", "9" * 30, "应填整数"),
        ("flag", "大概", "应填“是”或“否”"),
        ("sex", "未说明的", "不在代码表内"),
        ("link", "第九党支部", "尚未登记，请先登记或改选"),
        ("link", "二支部", "有 2 个“二支部”，请选定是哪一个"),
        ("link", 99, "选定的记录不存在"),
        ("link", 2**70, "选定的记录不存在"),
        ("links", [1, 99], "选定的记录不存在"),
        ("links", [None, "x", 1.5], "尚未登记"),
        ("links", "第一党支部、第九党支部", "尚未登记"),
        ("files", "照片.jpg", "请用“选择文件”放入"),
        ("files", [1], "请用“选择文件”放入"),
        ("photo", [_SHA, _OTHER], "只能放一张"),
    ],
)
def test_what_cannot_be_is_refused_in_words(kind: str, raw: object, said: str) -> None:
    errors = [finding for finding in FIELDS[kind].read(raw, OFFICE).findings if finding.is_error]
    assert said in errors[0].text
    assert all(finding.field == "x" and finding.text.endswith("。") for finding in errors)


def test_a_near_label_is_proposed_and_an_open_table_keeps_what_was_typed() -> None:
    (wrong,) = Choice("x", "学历", table="education").read("大学本科毕", OFFICE).findings
    assert (wrong.severity, wrong.proposal) == ("error", "大学本科毕业")
    (finding,) = FIELDS["post"].read("退休的人员", OFFICE).findings
    assert (finding.severity, finding.proposal is not None) == ("warning", True)


@pytest.mark.parametrize("kind", FIELDS)
@pytest.mark.parametrize("raw", [None, "", "  ", "　", "\u200b", "—", "不详", "/"])
def test_a_blank_is_blank_and_no_finding(kind: str, raw: object) -> None:
    assert FIELDS[kind].read(raw, OFFICE) == (None, ())
    assert FIELDS[kind].show(None, nobody) == ""


_CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.text(max_size=20),
    st.text(st.characters(codec=None), max_size=6),
    st.text("0123456789.-/年月日男女是否、，,；xX元 \u3000\n'’", max_size=20),
    st.dates(),
    st.datetimes(timezones=st.sampled_from([None, UTC])),
    st.times(),
    st.timedeltas(),
    st.binary(max_size=4),
    st.lists(st.one_of(st.integers(), st.text(max_size=2), st.none()), max_size=3),
    st.sampled_from(["9" * 5000, "\ud800", "甲" * 40_000, time(1), timedelta(1), object(), {"a": 1}]),
)


@pytest.mark.parametrize("kind", FIELDS)
@given(raw=_CELLS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_reading_never_raises_and_what_is_shown_reads_back(kind: str, raw: object) -> None:
    """A value that passes fits into the database, and a page or a sheet that shows it can be read again."""
    field = FIELDS[kind]
    reading = field.read(raw, OFFICE)
    if any(finding.is_error for finding in reading.findings) or reading.value is None:
        return
    assert reading.value != ""
    assert reading.value != ()
    assert not isinstance(reading.value, int) or -(2**63) <= reading.value < 2**63
    shown = field.show(reading.value, OFFICE.name)
    if kind in {"link", "links"} and not shown:
        return  # the branch without a name
    assert field.read(shown, OFFICE).value == reading.value


def test_without_an_office_no_link_can_be_chosen() -> None:
    assert FIELDS["link"].read(1, Alone(TODAY)).value is None
