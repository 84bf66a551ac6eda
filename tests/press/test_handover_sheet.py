"""移交清单: everything that is handed over, on as many numbered pages as it takes, for three to sign."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from taizhang.core.access import Role
from taizhang.press.fonts import Typefaces
from taizhang.press.handover_sheet import Handover, handover_sheet_pdf, whom
from taizhang.press.strips import Strip, deal
from taizhang.store.holdings import Attached, Step
from taizhang.store.inventory import Inventory, Item, Kind, LedgerCount
from taizhang.store.keys import User
from taizhang.store.logbook import Happening
from tests.press.reading import Page, read_pdf
from tests.store.trial import card

AT = datetime(2026, 11, 21, 9, 30)  # noqa: DTZ001 - the office's own clock
PEOPLE = LedgerCount("people", "人员", "人", 118, 3, 2, 12, 4, 25, Step("王敏", AT))
PLACES = LedgerCount("places", "地点", "个", 9, 0, 0, 0, 0, 0, None)
ITEMS = (
    Item(Kind.RULE, "places", "任期已满，请组织换届。", 1, (4,), ("第一支部",)),
    Item(Kind.GAP, "people", "电话未填", 12, tuple(range(12)), ("夏辉", "卢梅")),
    Item(Kind.DRAFT, "people", "新增没有存完", 1),
)
COUNTED = Inventory(
    name="中共杏花社区委员会",
    file="杏花社区党委",
    size=2_340_000,
    day=AT.date(),
    since=date(2025, 11, 21),
    ledgers=(PEOPLE, PLACES),
    items=ITEMS,
    papers=7,
    attached=Attached(31, 5_600_000),
    steps=412,
    steps_since=25,
    locked=True,
    users=(User("王敏", Role.ADMIN), User("李强", Role.RECORDER)),
    backup=AT,
    backups=14,
    folder=Path("杏花社区党委 备份"),
    left=Counter({Happening.EXPORT: 6, Happening.PRINT: 2}),
)
AFTER = (User("赵小刚", Role.ADMIN), User("李强", Role.READER))
HANDOVER = Handover("王敏", "赵小刚", "陈明", AT.date(), AT, AFTER, ("3F2A91C0", "77AB01EE"))


def pages_of(counted: Inventory, faces: Typefaces, handover: Handover = HANDOVER) -> list[Page]:
    return read_pdf(handover_sheet_pdf(counted, handover, faces))


def flat(pages: list[Page]) -> str:
    """All text as it reads, without the breaks of lines and without spaces, which go there."""
    return "".join(word.text for page in pages for word in page.words).replace(" ", "")


def test_the_sheet_says_who_hands_over_to_whom_and_what(faces: Typefaces) -> None:
    text = flat(pages_of(COUNTED, faces))
    for said in (
        *(
            "台账移交清单",
            "单位中共杏花社区委员会",
            "移交人王敏",
            "接交人赵小刚",
            "监交人陈明",
            "交接日期2026年11月21日",
        ),
        *("人员118人32124252026-11-21王敏", "地点9个00000没有改动"),
        *("“杏花社区党委”，2.3MB", "附件31个，5.6MB", "存档文书7份", "操作共412次，近一年25次"),
        *("导出6次，打印2次。", "最近一次自动备份：2026-11-2109:30；共14份", "“杏花社区党委备份”"),
    ):
        assert said in text, said


def test_open_items_are_listed_with_ledger_kind_and_whom_they_are_about(faces: Typefaces) -> None:
    text = flat(pages_of(COUNTED, faces))
    assert "1地点请留意任期已满，请组织换届。第一支部" in text
    assert "2人员没有填全电话未填夏辉、卢梅等12人" in text
    assert "3人员填了一半新增没有存完1人" in text
    assert "没有未办事项。" in flat(pages_of(replace(COUNTED, items=()), faces))


def test_users_stand_with_their_roles_before_and_after_and_keys_with_a_mark(faces: Typefaces) -> None:
    text = flat(pages_of(COUNTED, faces))
    assert "王敏管理员已移除李强记录员只读赵小刚—管理员" in text
    assert "原密钥编号3F2A91C0，新密钥编号77AB01EE" in text


def test_an_office_without_password_is_advised_to_set_one(faces: Typefaces) -> None:
    text = flat(pages_of(replace(COUNTED, users=()), faces, replace(HANDOVER, users=(), keys=None)))
    assert "没有设密码" in text
    assert "密钥编号" not in text


def test_what_the_program_cannot_count_is_written_by_hand_and_three_sign(faces: Typefaces) -> None:
    *_, last = pages_of(COUNTED, faces)
    for words in ("纸质档案", "U盘", "恢复码信封封条编号"):
        assert words in flat([last])
    for who in ("移交人", "接交人", "监交人"):
        assert f"{who}（签字）：日期：" in flat([last])


def test_r_priv_01_no_id_number_stands_on_the_sheet(faces: Typefaces) -> None:
    number = card(1)
    items = [Item(Kind.FLAW, "people", f"号码{one}与另一条相同。", 1, (1,), ("夏辉",)) for one in (number, "1" * 15)]
    text = flat(pages_of(replace(COUNTED, items=tuple(items)), faces))
    assert number not in text
    assert f"号码{number[:6]}********{number[-4:]}与" in text
    assert "1" * 15 not in text


def test_a_long_sheet_flows_over_numbered_pages_that_repeat_the_headings(faces: Typefaces) -> None:
    many = tuple(replace(ITEMS[0], text=f"第{number}件事没有办完，请组织换届。" * 3) for number in range(75))
    pages = pages_of(replace(COUNTED, items=many), faces)
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert f"第{number}页共{len(pages)}页" in flat([page])
    listed = [page for page in pages if "件事没有办完" in flat([page])]
    assert all("序号台账类别内容涉及" in flat([page]) for page in listed)
    assert [number for number in range(75) if f"第{number}件事" in flat(pages)] == list(range(60))
    assert "另有15项没有列出" in flat(pages)


def test_nothing_is_printed_beyond_the_margins_or_over_something_else(faces: Typefaces) -> None:
    long = "杏花社区" * 12
    items = tuple(replace(ITEMS[0], names=(long,) * 5, text=long * 3) for _ in range(40))
    pages = pages_of(replace(COUNTED, name=long, items=items), faces, replace(HANDOVER, giver=long))
    for page in pages:
        for word in page.words:
            assert word.x >= 25 / 25.4 * 72 - 0.1
            assert word.x + word.width <= page.width - 12 / 25.4 * 72 + 0.1
            assert word.y >= 12 / 25.4 * 72 - 0.1
        lines = sorted({(round(word.y, 1), round(word.x, 1), word.x + word.width) for word in page.words})
        same = [(a, b) for a, b in pairwise(lines) if a[0] == b[0] and a[2] > b[1] + 0.1]
        assert same == []


def test_the_same_hand_over_gives_the_same_bytes(faces: Typefaces) -> None:
    assert handover_sheet_pdf(COUNTED, HANDOVER, faces) == handover_sheet_pdf(COUNTED, HANDOVER, faces)


@pytest.mark.parametrize(
    ("names", "count", "said"),
    [((), 3, "3 人"), (("夏辉",), 1, "夏辉"), (("夏辉", "卢梅"), 2, "夏辉、卢梅"), (("夏辉",), 9, "夏辉 等 9 人")],
)
def test_the_first_are_named_and_all_are_counted(names: tuple[str, ...], count: int, said: str) -> None:
    assert whom(Item(Kind.GAP, "people", "", count, names=names), "人") == said


def strip(height: float, *, stays: bool = False, again: Strip | None = None) -> Strip:
    return Strip(height, lambda _top: None, stays, again)


def test_a_heading_goes_to_the_next_page_with_what_it_heads() -> None:
    body, head, row = strip(70), strip(20, stays=True), strip(20)
    assert deal([body, head, row], 100) == [[body], [head, row]]
    assert deal([strip(60), head, row], 100)[0][1:] == [head, row]


def test_a_page_that_goes_on_with_a_table_begins_with_its_headings() -> None:
    head = strip(20, stays=True)
    rows = [strip(30), *(strip(30, again=head) for _ in range(4))]
    assert deal([head, *rows], 100) == [[head, *rows[:2]], [head, *rows[2:4]], [head, rows[4]]]


def test_a_strip_higher_than_a_page_stands_on_one_alone() -> None:
    high, low = strip(300), strip(10)
    assert deal([low, high, low], 100) == [[low], [high], [low]]
