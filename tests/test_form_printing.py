"""Printing a paper form: what counts is kept and logged before it leaves, and printed again as it was, under 补打."""

from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from taizhang.core.access import Access, Role
from taizhang.core.errors import Refused, StoreTrouble
from taizhang.core.privacy import Profile
from taizhang.form_printing import Made, make, release
from taizhang.press import bound
from taizhang.press.fonts import Typefaces
from taizhang.press.forms.language import read_form
from taizhang.press.forms.model import Form
from taizhang.press.forms.pen import Offset
from taizhang.press.page import MM
from taizhang.store.logbook import Happening
from taizhang.store.papers import Paper
from taizhang.store.store import Store
from tests.offices import NOON, Office
from tests.store.locked import LockedOffice
from tests.store.trial import card

_LETTER = """名称 介绍信
台账 人员
纸张 A5
适用 退休=否|空
存底 是
套打 是
行 74 30 标题 18 居中 | 介 绍 信
行 10 50 正文 10 | [*姓名 20]同志，电话[*电话 30]，证号[身份证号码 40]。
行 20 60 正文 14 | 打印人：{打印人}
"""
_LIST = """名称 花名册
台账 人员
纸张 A5
名单 20 20 到 180 行高 8 正文 10
姓名 40 | {姓名}
电话 50 | {电话}
完
"""


def _form(text: str, key: str = "letter") -> Form:
    form, faults = read_form(key, text, f"{key}.form")
    assert form is not None, faults
    return form


NAMES = ("卢梅", "孟堃", "单雄")
LETTER = _form(_LETTER)


@pytest.fixture(scope="module")
def faces() -> Typefaces:
    return Typefaces(installed=[])


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory) -> LockedOffice:
    """An office with a password: three people with telephones."""
    return LockedOffice(tmp_path_factory.mktemp("office") / "trial.tz")


@pytest.fixture
def rids(office: LockedOffice) -> list[int]:
    return [
        office.add("people", name=name, phone=f"1990000000{at}", id_number=card(at)) for at, name in enumerate(NAMES, 1)
    ]


class Press:
    """Prints the letter of some people on a day."""

    def __init__(self, office: Office, faces: Typefaces) -> None:
        self.store, self._faces = office.store, faces

    def make(
        self,
        rids: Sequence[int],
        form: Form = LETTER,
        *,
        days: int = 0,
        overprint: Offset | None = None,
        profile: Profile = Profile.FULL,
    ) -> Made:
        at = NOON + timedelta(days=days)
        who, faces = self.store.who, self._faces
        return make(self.store, form, rids, at=at, who=who, faces=faces, profile=profile, overprint=overprint)

    def print(
        self, rids: Sequence[int], form: Form = LETTER, *, days: int = 0, overprint: Offset | None = None
    ) -> Made:
        made = self.make(rids, form, days=days, overprint=overprint)
        release(self.store, made)
        return made


@pytest.fixture
def press(office: LockedOffice, faces: Typefaces) -> Press:
    return Press(office, faces)


def texts(pdf: bytes) -> list[str]:
    """What stands on each page."""
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def logged(store: Store) -> list[tuple[str, Profile | None, int | None]]:
    """What the log says was printed, in order."""
    return [(line.what, line.profile, line.records) for line in store.log.lines(kind=Happening.PRINT)][::-1]


def pdf_of(store: Store, rid: int) -> tuple[Paper, bytes]:
    (paper,) = store.papers.of(rid)
    return paper, store.papers.pdf(paper)


def test_the_letter_is_kept_byte_for_byte_when_it_is_first_printed(press: Press, rids: list[int]) -> None:
    made = press.print(rids[:1])
    paper, kept = pdf_of(press.store, rids[0])
    assert kept == made.pdf
    assert (paper.title, paper.who, paper.at, paper.rid) == ("介绍信：卢梅", "王敏", NOON, rids[0])
    assert (made.pages, made.records, made.again, made.remarks) == (1, 1, (), made.remarks)
    assert "19900000001" in texts(kept)[0]
    assert logged(press.store) == [("介绍信", Profile.FULL, 1)]
    assert press.store.check() == []


def test_what_is_only_made_is_neither_kept_nor_logged(press: Press, rids: list[int]) -> None:
    made = press.make(rids)
    assert made.pages == 3
    assert press.store.papers.kept() == []
    assert logged(press.store) == []
    press.store.undo()
    assert press.store.row(rids[2]).void == "撤销：新增", "nothing rests on it"


def test_many_letters_are_kept_once_as_they_were_printed_and_each_record_knows_its_page(
    press: Press, rids: list[int]
) -> None:
    made = press.print(rids[::-1])
    assert [name for page in texts(made.pdf) for name in NAMES if name in page] == list(NAMES[::-1])
    for place, rid in enumerate(rids[::-1]):
        paper, kept = pdf_of(press.store, rid)
        assert (paper.pages, kept) == (range(place, place + 1), made.pdf)
        assert NAMES[rids.index(rid)] in paper.title
    assert press.store.holdings.attached().files == 1
    assert logged(press.store) == [("介绍信", Profile.FULL, 3)]
    assert press.store.check() == []


def test_a_letter_of_many_is_printed_again_alone_and_tells_of_nobody_else(press: Press, rids: list[int]) -> None:
    whole = press.print(rids).pdf
    for rid, name in zip(rids, NAMES, strict=True):
        again = press.print([rid], days=1)
        (page,) = texts(again.pdf)
        assert [other for other in NAMES if other in page] == [name]
        assert "补打" in page
        assert (again.again, again.pages) == ((rid,), 1)
        assert pdf_of(press.store, rid)[1] == whole
    assert ["补打" in page for page in texts(whole)] == [False] * 3


def test_many_that_are_printed_again_are_read_once_and_come_in_the_order_asked_for(
    press: Press, office: LockedOffice, rids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    later = office.add("people", name="仇英", phone="19900000009")
    press.print(rids)
    press.print([later], days=1)
    opened: list[int] = []

    class Reader(PdfReader):
        def __init__(self, stream: BytesIO) -> None:
            opened.append(len(stream.getvalue()))
            super().__init__(stream)

    monkeypatch.setattr(bound, "PdfReader", Reader)
    made = press.print([rids[2], later, *rids[:2]], days=2)
    assert [name for page in texts(made.pdf) for name in (*NAMES, "仇英") if name in page] == [
        "单雄",
        "仇英",
        *NAMES[:2],
    ]
    kept = [len(pdf_of(press.store, rid)[1]) for rid in (rids[0], later)]
    assert [opened.count(size) for size in kept] == [1, 1]
    assert "补打" in texts(made.pdf)[0]


def test_a_letter_of_several_pages_has_all_of_them(press: Press, rids: list[int]) -> None:
    two = _form(f"{_LETTER}续页\n行 20 30 正文 14 | {{姓名}}之二\n", "two")
    made = press.print(rids, two)
    assert made.pages == 6
    assert pdf_of(press.store, rids[1])[0].pages == range(2, 4)
    pages = texts(press.print([rids[2], rids[0]], two, days=1).pdf)
    assert (len(pages), "单雄之二" in pages[1], "卢梅之二" in pages[3]) == (4, True, True)


def test_who_share_a_sheet_share_the_paper_that_is_kept_and_printed_again(
    press: Press, office: LockedOffice, rids: list[int]
) -> None:
    """What was printed is the sheet: three receipts, cut apart later; again it is the whole sheet, once."""
    slips = _form("名称 回执\n台账 人员\n纸张 A4\n每页 2\n存底 是\n行 20 60 正文 14 | 收到{姓名}\n", "slip")
    press.print(rids, slips)
    papers = [pdf_of(press.store, rid)[0] for rid in rids]
    assert [paper.pages for paper in papers] == [range(1), range(1), range(1, 2)]
    for asked in (rids[:1], rids[1::-1]):
        again = press.print(asked, slips, days=1)
        (sheet,) = texts(again.pdf)
        assert [name in sheet for name in NAMES] == [True, True, False]
        assert "补打" in sheet
        assert (again.records, again.pages) == (len(asked), 1)
    later = [office.add("people", name=name) for name in ("仇英", "区适")]
    mixed = press.print([later[0], rids[2], later[1]], slips, days=1)
    found = [[name for name in ("仇英", "区适", "单雄") if name in page] for page in texts(mixed.pdf)]
    assert found == [["仇英", "区适"], ["单雄"]]


def test_papers_that_an_older_edition_kept_one_by_one_are_printed_again_each(press: Press, rids: list[int]) -> None:
    kept = press.make(rids[:1]).pdf
    for rid in rids:
        press.store.papers.keep("letter", "介绍信", kept, who="王敏", at=NOON, rid=rid)
    assert press.print(rids, days=1).pages == 3


def test_a_letter_is_printed_again_as_it_was_with_a_stamp_and_the_kept_one_stays(
    press: Press, office: LockedOffice, rids: list[int]
) -> None:
    press.print(rids[:1])
    before = pdf_of(press.store, rids[0])
    office.change(rids[0], None, phone="19977777777", name="卢玫")
    made = press.print(rids[:1], days=30)
    (page,) = texts(made.pdf)
    assert "19900000001" in page
    assert "19977777777" not in page
    assert "卢梅" in page
    assert "补打　2026年12月21日" in page
    assert made.again == (rids[0],)
    assert pdf_of(press.store, rids[0]) == before
    assert "补打" not in texts(before[1])[0]
    assert logged(press.store) == [("介绍信", Profile.FULL, 1), ("介绍信（补打）", Profile.FULL, 1)]


def test_the_stamp_stands_in_the_upper_right_corner_above_the_form(press: Press, rids: list[int]) -> None:
    press.print(rids[:1])
    (page,) = PdfReader(BytesIO(press.print(rids[:1], days=1).pdf)).pages
    places: list[tuple[float, float]] = []

    def look(text: str, _turned: object, place: list[float], _font: object, _size: object) -> None:
        if "补打" in text:
            places.append((place[4], place[5]))

    page.extract_text(visitor_text=look)
    ((x, y),) = places
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    assert width - 110 < x < width - 60
    assert height - 9 * MM < y < height - 5 * MM


def test_new_and_old_letters_come_in_the_order_asked_for_in_one_pdf(press: Press, rids: list[int]) -> None:
    press.print([rids[1]])
    made = press.print(rids, days=1)
    pages = texts(made.pdf)
    assert [name in page for name, page in zip(NAMES, pages, strict=True)] == [True] * 3
    assert ["补打" in page for page in pages] == [False, True, False]
    assert (made.pages, made.again) == (3, (rids[1],))
    assert [len(press.store.papers.of(rid)) for rid in rids] == [1, 1, 1]
    assert texts(pdf_of(press.store, rids[2])[1]) == [pages[0], pages[2]], "what is new is a document of its own"
    assert logged(press.store)[1:] == [("介绍信", Profile.FULL, 2), ("介绍信（补打）", Profile.FULL, 1)]
    assert press.store.check() == []


def test_over_pre_printed_stock_counts_as_printing_and_is_kept_as_it_was(press: Press, rids: list[int]) -> None:
    made = press.print(rids[:1], overprint=Offset(1.5, -0.5))
    paper, kept = pdf_of(press.store, rids[0])
    assert (paper.title, kept) == ("介绍信：卢梅（套打）", made.pdf)
    assert "介 绍 信" not in texts(kept)[0]
    assert press.print(rids[:1], overprint=Offset(), days=1).remarks == ()
    said = "介绍信：卢梅（套打）：第一次是打印在预印好的空白单上的，补打与存底一样，请放预印好的空白单。"
    assert press.print(rids[:1], days=2).remarks == (said,)


def test_nothing_is_printed_or_kept_while_something_is_missing(press: Press, office: LockedOffice) -> None:
    whole = office.add("people", name="卢梅", phone="19900000001")
    lacking = office.add("people", name="孟堃")
    with pytest.raises(Refused) as refused:
        press.print([whole, lacking])
    assert str(refused.value) == "“介绍信”没有打印，也没有存底：孟堃：“电话”还没有填，补上以后才能打印。"
    assert press.store.papers.kept() == []
    assert logged(press.store) == []


def test_many_reasons_are_told_by_the_first_of_them(press: Press, office: LockedOffice) -> None:
    lacking = [office.add("people", name=name) for name in ("卢梅", "孟堃", "单雄", "仇英", "区适")]
    with pytest.raises(Refused, match=r"：卢梅：.*；孟堃：.*；单雄：.*打印；另有 2 处。$"):
        press.make(lacking)


def test_records_that_the_form_is_not_for_are_refused_by_name(press: Press, office: LockedOffice) -> None:
    rids = [office.add("people", name=name, phone="19900000001", retired="是") for name in NAMES]
    with pytest.raises(Refused, match=r"^卢梅：“介绍信”只用于退休为“否”.*，没有打印；请改选记录或换一种表格。$"):
        press.make(rids[:1])
    with pytest.raises(Refused, match=r"^卢梅（另有 2 条也不合）：“介绍信”只用于"):
        press.make(rids)


def test_records_of_another_ledger_voided_ones_and_none_at_all_are_refused(press: Press, office: LockedOffice) -> None:
    place, rid = office.add("places", name="一号楼"), office.add("people", name="卢梅", phone="19900000001")
    with pytest.raises(Refused, match="“介绍信”只用于人员的记录，没有打印"):
        press.make([place])
    with pytest.raises(Refused, match="没有选中记录，“介绍信”没有打印"):
        press.make([])
    office.store.do("作废", lambda work: work.void(rid, "重复"))
    with pytest.raises(Refused, match="“卢梅”的这条记录已经作废，“介绍信”没有打印"):
        press.make([rid])


def test_what_was_changed_or_printed_after_it_was_made_does_not_leave(
    press: Press, office: LockedOffice, rids: list[int]
) -> None:
    made = press.make(rids[:1])
    office.change(rids[0], None, phone="19977777777")
    with pytest.raises(Refused, match="“介绍信”的记录刚刚又改过或已经打印过，没有打印，也没有存底；请重新预览再打印。"):
        release(press.store, made)
    first, second = press.make(rids[:1]), press.make(rids[:2])
    release(press.store, first)
    with pytest.raises(Refused, match="已经打印过"):
        release(press.store, second)
    assert [len(press.store.papers.of(rid)) for rid in rids] == [1, 0, 0]
    assert logged(press.store) == [("介绍信", Profile.FULL, 1)]


def test_keeping_that_fails_half_way_keeps_and_logs_nothing(
    press: Press, rids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_told: object) -> None:
        raise StoreTrouble("磁盘已满")

    made = press.make(rids)
    with monkeypatch.context() as patched:
        patched.setattr(press.store, "release", full)
        with pytest.raises(StoreTrouble):
            release(press.store, made)
    assert press.store.papers.kept() == []
    assert press.store.holdings.attached().files == 0
    assert logged(press.store) == []
    assert press.store.check() == []
    release(press.store, made)
    assert len(press.store.papers.kept()) == 3


def test_a_reader_lets_no_letter_out_old_or_new(press: Press, rids: list[int]) -> None:
    press.print(rids[:1])
    made = press.make(rids[1:])
    press.store.act_as(Access("来访者", Role.READER))
    with pytest.raises(Refused, match="只有记录员或管理员可以做"):
        release(press.store, made)
    with pytest.raises(Refused, match="只读的使用者不能打开"):
        press.make(rids[:1])
    press.store.act_as(Access("王敏", Role.ADMIN))
    assert len(press.store.papers.kept()) == 1


def test_a_letter_is_never_masked_and_a_list_may_be(press: Press, rids: list[int]) -> None:
    with pytest.raises(Refused, match="要存底，不能遮住号码打印，没有打印"):
        press.make(rids, profile=Profile.INTERNAL)
    press.store.act_as(Access("来访者", Role.READER))
    roster = press.make(rids, _form(_LIST, "roster"), profile=Profile.INTERNAL)
    release(press.store, roster)
    with pytest.raises(Refused, match="不能打印“内部完整”"):
        release(press.store, press.make(rids, _form(_LIST, "roster")))
    assert (roster.pages, roster.records) == (1, 3)
    assert press.store.papers.kept() == []
    assert logged(press.store) == [("花名册", Profile.INTERNAL, 3)]


def test_a_list_that_counts_is_kept_whole_and_rests_on_no_record(press: Press, rids: list[int]) -> None:
    roster = _form(_LIST.replace("纸张", "存底 是\n纸张"), "roster")
    made = press.print(rids, roster)
    (paper,) = press.store.papers.kept("roster")
    assert (paper.title, paper.rid, press.store.papers.pdf(paper)) == ("花名册", None, made.pdf)
    assert press.make(rids, roster).again == ()


def test_a_file_opened_for_reading_keeps_no_letter_but_prints_old_ones(
    press: Press, office: LockedOffice, rids: list[int], faces: Typefaces
) -> None:
    press.print(rids[:1])
    office.close()
    reading = Press(Office.of(office.open(read_only=True), office.registry), faces)
    with pytest.raises(Refused, match="只读方式打开，不能存放文书，没有改动"):
        reading.print(rids[1:])
    assert "补打" in texts(reading.print(rids[:1], days=1).pdf)[0]
    assert logged(reading.store)[-1] == ("介绍信（补打）", Profile.FULL, 1)
    reading.store.close()
