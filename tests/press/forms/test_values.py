"""Values of records for forms: named as the ledgers name them, styled, masked, read with few questions to the store."""

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import event

from taizhang.core.access import Access, Role
from taizhang.core.context import Values
from taizhang.core.privacy import Profile
from taizhang.press.forms.model import Form, Line, ListColumn, Place, Ref, Roll, Type
from taizhang.press.forms.record import Record
from taizhang.press.forms.values import filled, filled_values, unfit
from taizhang.press.page import Paper
from taizhang.store.store import Store
from tests.offices import Office
from tests.store.trial import card, trial

AT = datetime(2026, 7, 1, 9, 30)  # noqa: DTZ001 - the office's own clock


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    store = Store.create(
        tmp_path / "office.tz", trial(), name="青石街道", kind="街道", who="李娜", clock=lambda: AT, today=AT.date
    )
    yield Office.of(store, trial())
    store.close(with_backup=False)


@pytest.fixture
def people(office: Office) -> list[int]:
    """Three people in one place; the last names the first two."""
    place = office.add("places", name="青石街道第一网格", short_name="一网格", parent=1)
    first = office.add(
        "people",
        name="赵伟",
        sex="男",
        id_number=card(1),
        born_on="1970-01-01",
        phone="13800001234",
        children=30,
        retired=False,
        place=place,
        paid_on="2026-07",
    )
    second = office.add("people", name="钱芳", sex="女", place=place, born_on="1980-12")
    third = office.add("people", name="孙敏", friends=[second, first], note="带名单")
    return [first, second, third]


def asking(*names: str, **more: object) -> Form:
    """A form of the people that asks for these names (名字:样式)."""
    type_, refs = Type(), [ref(name) for name in names]
    items = tuple(Line(number, Place(10, 10), type_, (one,)) for number, one in enumerate(refs, 1))
    return Form("trial", "试验表", "人员", Paper.of("A4"), (items,), **more)  # type: ignore[arg-type]


def ref(name: str) -> Ref:
    path, _colon, style = name.partition(":")
    return Ref(tuple(path.split(".")), style)


def fill(office: Office, rids: list[int], *names: str, profile: Profile = Profile.FULL) -> list[Record]:
    return filled(office.store, asking(*names), rids, profile=profile, at=AT, who="李娜")


def texts(office: Office, rid: int, *names: str, profile: Profile = Profile.FULL) -> list[str]:
    (record,) = fill(office, [rid], *names, profile=profile)
    return [record.text(ref(name)) for name in names]


def test_fields_derived_columns_and_links_are_found_by_their_labels(office: Office, people: list[int]) -> None:
    names = ("姓名", "性别", "电话", "字数", "所在地点", "所在地点:简称", "所在地点.上级", "所在地点.上级.类别", "退休")
    assert texts(office, people[0], *names) == [
        "赵伟",
        "男",
        "13800001234",
        "22026",
        "青石街道第一网格",
        "一网格",
        "青石街道",
        "街道",
        "否",
    ]


def test_what_belongs_to_no_record_is_known_too(office: Office, people: list[int]) -> None:
    names = ("今天", "今天:点", "打印人", "打印时间", "本单位", "本单位.类别")
    assert texts(office, people[0], *names) == [
        "2026年7月1日",
        "2026.07.01",
        "李娜",
        "2026-07-01 09:30",
        "青石街道",
        "街道",
    ]


def test_a_name_that_nothing_has_gives_an_empty_text(office: Office, people: list[int]) -> None:
    names = ("没有的栏", "姓名.籍贯", "所在地点.没有", "本单位.没有", "页码", "")
    assert texts(office, people[0], *names) == [""] * 6


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("", "1970.01.01"),
        ("年月日", "1970年1月1日"),
        ("年月", "1970年1月"),
        ("年", "1970"),
        ("月", "1"),
        ("日", "1"),
        ("点", "1970.01.01"),
        ("大写年", "壹玖柒零"),
        ("大写月", "壹"),
        ("大写月零", "零壹"),
        ("大写", "壹玖柒零年壹月壹日"),
    ],
)
def test_a_day_is_written_in_every_style(office: Office, people: list[int], style: str, shown: str) -> None:
    assert texts(office, people[0], f"出生日期:{style}" if style else "出生日期") == [shown]


def test_what_is_not_known_of_a_day_stays_blank(office: Office, people: list[int]) -> None:
    names = ("交纳日期:年", "交纳日期:月", "交纳日期:日", "交纳日期:年月日", "交纳日期:大写月")
    assert texts(office, people[0], *names) == ["2026", "7", "", "2026年7月", "柒"]


@pytest.mark.parametrize(("days", "shown"), [(30, "叁拾"), (90, "玖拾"), (10, "壹拾"), (15, "壹拾伍")])
def test_validity_is_written_in_capitals_vector_12(office: Office, people: list[int], days: int, shown: str) -> None:
    office.change(people[0], children=days)
    assert texts(office, people[0], "子女数:大写") == [shown]


@pytest.mark.parametrize(
    ("month", "plain", "padded"), [(4, "肆", "零肆"), (10, "壹拾", "壹拾"), (12, "壹拾贰", "壹拾贰")]
)
def test_months_in_capitals_with_and_without_zero(
    office: Office, people: list[int], month: int, plain: str, padded: str
) -> None:
    office.change(people[0], paid_on=f"2026-{month:02d}")
    names = ("交纳日期:大写年", "交纳日期:大写月", "交纳日期:大写月零")
    assert texts(office, people[0], *names) == ["贰零贰陆", plain, padded]


@pytest.mark.parametrize(
    ("number", "shown"), [("云党介〔2026〕12号", "云党介〔2026〕12"), ("第12号", "12"), ("〔2026〕012", "〔2026〕012")]
)
def test_a_number_does_not_say_twice_what_is_printed_around_it(
    office: Office, people: list[int], number: str, shown: str
) -> None:
    """The letter prints 第 and 号 itself (domain 3.3)."""
    office.change(people[0], note=number)
    assert texts(office, people[0], "备注:去号") == [shown]


def test_choices_have_a_code_and_boxes_that_are_ticked(office: Office, people: list[int]) -> None:
    names = ("性别:码", "性别:□男", "性别:□女", "退休:□是", "退休:□否")
    assert texts(office, people[0], *names) == ["1", "■", "□", "□", "■"]
    assert texts(office, people[2], "性别:□男", "性别:□女") == ["□", "□"]


def test_a_list_gives_its_records_in_order_and_asks_the_record_that_lists_them(
    office: Office, people: list[int]
) -> None:
    columns = tuple(ListColumn(0, name, 20, (ref(name),)) for name in ("姓名", "所在地点:简称", "说明.备注"))
    roll = Roll(1, Place(10, 10), Type(), columns, 8, 200, source=ref("介绍人"))
    form = Form("trial", "试验表", "人员", Paper.of("A4"), ((roll,),))
    (record,) = filled(office.store, form, people[2:], profile=Profile.FULL, at=AT, who="")
    rows = [[row.text(ref(name)) for name in ("姓名", "所在地点:简称")] for row in record.rows(ref("介绍人"))]
    assert rows == [["钱芳", "一网格"], ["赵伟", "一网格"]]
    assert record.text(ref("介绍人")) == "钱芳、赵伟"
    assert record.rows(ref("姓名")) == []


def test_a_list_may_stand_at_the_end_of_a_link(office: Office, people: list[int]) -> None:
    leader = office.add("people", name="周静", friends=people[2:])
    roll = Roll(1, Place(10, 10), Type(), (ListColumn(0, "姓名", 20, (ref("姓名"),)),), 8, 200, ref("介绍人.介绍人"))
    form = Form("trial", "试验表", "人员", Paper.of("A4"), ((roll,),))
    (record,) = filled(office.store, form, [leader], profile=Profile.FULL, at=AT, who="")
    assert [row.text(ref("姓名")) for row in record.rows(ref("介绍人.介绍人"))] == ["钱芳", "赵伟"]


def test_photos_are_given_as_bytes_and_missing_ones_as_none(office: Office, people: list[int]) -> None:
    assert [one.photo(ref("照片")) for one in fill(office, people[:1], "照片")] == [None]
    jpeg = io.BytesIO()
    Image.new("RGB", (25, 35), "white").save(jpeg, "JPEG")
    kept: list[str] = []
    office.store.do("照片", lambda work: kept.append(work.attach(jpeg.getvalue(), photo=True)))
    office.change(people[0], photo=kept)
    (record,) = fill(office, people[:1], "照片")
    data = record.photo(ref("照片"))
    assert data is not None
    assert Image.open(io.BytesIO(data)).size == (25, 35)


NUMBERS = ("公民身份号码", "联系电话", "家庭住址", "出生日期:年月日", "出生日期:年", "出生日期", "年龄", "备注")


@pytest.fixture
def roster(tmp_path: Path) -> Iterator[Office]:
    """The real roster with one person, whose record number is 2."""
    office = Office(tmp_path / "roster.tz")
    address, born = "幸福路3号楼501室", "1970-01-01"
    office.add(
        "members", name="赵伟", id_number=card(3), phone="13800001234", address=address, born_on=born, note="无业"
    )
    yield office
    office.store.close(with_backup=False)


def on_roster(office: Office, profile: Profile) -> list[str]:
    form = Form("trial", "试验表", "党员名册", Paper.of("A4"), asking("姓名", *NUMBERS).pages)
    (record,) = filled(office.store, form, [2], profile=profile, at=AT, who="")
    return [record.text(ref(name)) for name in NUMBERS]


def test_every_profile_masks_its_values_in_every_style_r_priv(roster: Office) -> None:
    full = ["110199197001010038", "13800001234", "幸福路3号楼501室", "1970年1月1日", "1970", "1970.01.01", "56", "无业"]
    assert on_roster(roster, Profile.FULL) == full
    internal = ["110199********0038", "13800001234", "幸福路3号楼", "1970年1月", "1970", "1970.01", "56", "无业"]
    assert on_roster(roster, Profile.INTERNAL) == internal
    assert on_roster(roster, Profile.POSTING) == ["", "138****1234", "", "", "", "56岁", "56", ""]
    assert on_roster(roster, Profile.WALL) == [""] * 8


def test_an_age_is_written_in_its_style_for_all_eyes_that_may_see_it(roster: Office) -> None:
    form = Form("trial", "试验表", "党员名册", Paper.of("A4"), asking("年龄").pages)
    for profile, shown in ((Profile.FULL, "伍拾陆"), (Profile.INTERNAL, "伍拾陆"), (Profile.WALL, "")):
        (record,) = filled(roster.store, form, [2], profile=profile, at=AT, who="")
        assert record.text(ref("年龄:大写")) == shown


def test_a_reader_prints_no_number_in_full_whatever_profile_is_asked_r_priv(roster: Office) -> None:
    roster.store.act_as(Access("读者", Role.READER))
    shown = ["110199********0038", "138****1234", "幸福路3号楼", "1970年1月", "1970", "1970.01", "56", "无业"]
    assert on_roster(roster, Profile.FULL) == shown


def test_two_thousand_letters_are_read_with_as_few_questions_as_two(office: Office, people: list[int]) -> None:
    place = office.store.row(people[0]).values["place"]
    many = [office.add("people", name=f"员{chr(0x4E00 + n)}", place=place) for n in range(60)]
    names = ("姓名", "所在地点", "所在地点.上级", "介绍人", "本单位", "字数")

    def asked(rids: list[int]) -> int:
        statements: list[str] = []
        engine = office.store.records.connection.engine
        note = lambda *about: statements.append(str(about[2]))  # noqa: E731
        event.listen(engine, "before_cursor_execute", note)
        for record in fill(office, rids, *names):
            for name in names:
                record.text(ref(name))
        event.remove(engine, "before_cursor_execute", note)
        return len(statements)

    asked(many)  # names that stay in memory
    assert asked(many) == asked(many[:2])
    assert asked(many) <= 6


def test_a_draft_is_shown_before_it_is_stored(office: Office, people: list[int]) -> None:
    ledger = office.store.ledgers["people"]
    draft: Values = {"name": "周静", "place": 2, "paid_on": "2026-06-30", "friends": (people[0],)}
    names = ("姓名", "所在地点:简称", "交纳日期:年月", "字数", "介绍人.电话", "打印人")
    record = filled_values(office.store, asking(*names), ledger, draft, profile=Profile.FULL, at=AT, who="李娜")
    shown = [record.text(ref(name)) for name in names]
    assert shown == ["周静", "一网格", "2026年6月", "22026", "13800001234", "李娜"]
    empty = filled_values(office.store, asking(*names), ledger, {}, profile=Profile.FULL, at=AT, who="")
    assert [empty.text(ref(name)) for name in names] == [""] * 6


def test_records_that_a_form_does_not_fit_are_told_with_the_reason(office: Office, people: list[int]) -> None:
    form = asking("姓名", fits=(("性别", ("男", "空")),))
    assert [(one.record, one.stops) for one in unfit(office.store, form, people)] == [("钱芳", True)]
    (remark,) = unfit(office.store, form, people)
    assert remark.text == ("“试验表”只用于性别为“男”或没有填写的记录，这一条是“女”，没有打印；请改选记录或换一种表格。")
    only_blank = asking("姓名", fits=(("所在地点.简称", ("空",)),))
    assert [one.record for one in unfit(office.store, only_blank, people)] == ["赵伟", "钱芳"]
