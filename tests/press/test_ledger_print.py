"""A ledger's rows as a printed table, shown and masked for the eyes it is made for (domain 11.2)."""

from datetime import date, datetime

import pytest

from taizhang.core.context import Values
from taizhang.core.derived import Computed
from taizhang.core.kinds import Day, IdCard, Money, PersonName, Phone, Text
from taizhang.core.kinds_linked import Attachment, Link
from taizhang.core.ledger import Ledger
from taizhang.core.privacy import Privacy, Profile
from taizhang.press.ledger_print import Occasion, ledger_sheet
from taizhang.press.sheet import Column
from taizhang.store.rows import Row

LEDGER = Ledger(
    "helpers",
    "志愿者名册",
    (
        PersonName("name", "姓名", width=5, privacy=Privacy.NAME),
        IdCard("id_number", "公民身份号码", width=12, privacy=Privacy.ID),
        Phone("phone", "联系电话", privacy=Privacy.PHONE),
        Day("born_on", "出生日期", width=6, privacy=Privacy.BIRTH),
        Text("address", "住址", width=16, privacy=Privacy.ADDRESS),
        Link("branch", "党支部", width=12, ledger="branches"),
        Money("paid", "金额"),
        Attachment("photo", "照片", photo=True, privacy=Privacy.PHOTO),
    ),
    group="试",
    order=1,
    icon="",
    purpose="",
    unit="人",
    derived=(Computed("age", "年龄", compute=lambda values, _day: len(values), width=3),),
    print_columns=("name", "id_number", "phone", "born_on", "address", "branch", "paid", "age", "photo"),
)
VALUES: Values = {
    "name": "张伟",
    "id_number": "110199199001010015",
    "phone": "13800001234",
    "born_on": "1990-01-01",
    "address": "幸福路3号楼501室",
    "branch": 7,
    "paid": 1250,
    "photo": ("0" * 64,),
}
ROW = Row(1, "x", "helpers", VALUES, {"age": 36}, 100, 0, None)


def occasion(profile: Profile) -> Occasion:
    at = datetime(2026, 4, 1, 9, 30)  # noqa: DTZ001 - the office's own clock
    return Occasion(date(2026, 3, 31), at, lambda _ledger, rid: f"第{rid}党支部", profile, "李娜", "在册", "幸福社区")


def test_the_columns_of_the_ledger_are_printed_numbered_in_front_and_without_pictures() -> None:
    sheet = ledger_sheet(LEDGER, [ROW, ROW], occasion(Profile.FULL))
    assert [column.label for column in sheet.columns] == [
        *("序号", "姓名", "公民身份号码", "联系电话", "出生日期", "住址", "党支部", "金额", "年龄"),
    ]
    assert sheet.rows[1] == (
        *("2", "张伟", "110199199001010015", "13800001234", "1990.01.01"),
        *("幸福路3号楼501室", "第7党支部", "12.50", "36"),
    )
    assert sheet.title == "志愿者名册"
    assert sheet.rows[0][sheet.name_column] == "张伟"


@pytest.mark.parametrize(
    ("profile", "labels", "row"),
    [
        (
            Profile.INTERNAL,
            ["姓名", "公民身份号码", "联系电话", "出生日期", "住址"],
            ["张伟", "110199********0015", "13800001234", "1990.01", "幸福路3号楼"],
        ),
        (Profile.POSTING, ["姓名", "联系电话", "出生日期"], ["张伟", "138****1234", "36岁"]),
        (Profile.WALL, ["姓名"], ["张*"]),
    ],
)
def test_personal_data_is_masked_or_left_out_for_other_eyes(
    profile: Profile, labels: list[str], row: list[str]
) -> None:
    sheet = ledger_sheet(LEDGER, [ROW], occasion(profile), columns=LEDGER.print_columns[:5])
    assert [column.label for column in sheet.columns[1:]] == labels
    assert list(sheet.rows[0][1:]) == row


def test_chosen_columns_are_printed_in_the_chosen_order_with_empty_ones_to_sign() -> None:
    sheet = ledger_sheet(
        LEDGER, [ROW], occasion(Profile.FULL), columns=["branch", "paid", "age"], blank_columns=["签字"]
    )
    assert sheet.columns == (
        Column("序号", 3),
        Column("党支部", 12, "left"),
        Column("金额", 8, "right"),
        Column("年龄", 3),
        Column("签字", 5),
    )
    assert sheet.rows == [("1", "第7党支部", "12.50", "36", "")]
    assert sheet.name_column == 0


def test_the_foot_tells_the_filter_the_day_how_many_who_and_when() -> None:
    notes = ledger_sheet(LEDGER, [ROW], occasion(Profile.FULL)).notes
    assert notes.phrases() == [
        "条件：在册",
        "截止日期：2026年3月31日",
        "人数：1",
        "打印人：李娜",
        "打印时间：2026-04-01 09:30",
    ]
