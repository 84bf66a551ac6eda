"""People are found as they are asked for (wishes 37): two characters, pinyin, initials, the end of a number."""

import pytest
from hypothesis import given, strategies as st

from taizhang.store.haystack import Haystack
from taizhang.store.query import Query
from taizhang.store.search import line_of
from taizhang.store.store import Store
from tests.offices import NOON, Office
from tests.store.trial import PEOPLE, card

_WEI = card(7)  # ends with a figure
_X = next(card(number) for number in range(1, 99, 2) if card(number).endswith("X"))


@pytest.fixture
def rids(office: Office) -> dict[str, int]:
    """Five people, by name."""
    raws: list[dict[str, object]] = [
        {"name": "张伟", "id_number": _WEI, "phone": "13800001234"},
        {"name": "张伟民", "id_number": _X, "phone": "0571-88880000、13912345678"},
        {"name": "单雄信", "phone": "13911112222"},
        {"name": "古丽娜尔·买买提", "note": "Zebra 小组"},
        {"name": "王芳"},
    ]
    return {str(raw["name"]): office.add("people", **raw) for raw in raws}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("张伟", "张伟 张伟民"),
        ("伟民", "张伟民"),
        ("张", "张伟 张伟民"),
        ("zhangwei", "张伟 张伟民"),
        ("ZhangWeiMin", "张伟民"),
        ("zwm", "张伟民"),
        ("zw", "张伟 张伟民"),
        ("shanxiong", "单雄信"),
        ("danxiong", "单雄信"),
        ("sxx", "单雄信"),
        ("1234", "张伟"),
        ("5678", "张伟民"),
        ("138", "张伟"),
        ("139", "张伟民 单雄信"),
        ("88880000", "张伟民"),
        ("0571", "张伟民"),
        (_WEI, "张伟"),
        (_WEI[-4:], "张伟"),
        (_X[-4:], "张伟民"),
        (_X[-4:].lower(), "张伟民"),
        (_X[-2:], "张伟民"),
        ("１３８", "张伟"),
        ("　张伟　", "张伟 张伟民"),
        ("张 5678", "张伟民"),
        ("zhang 139", "张伟民"),
        ("139 dan", "单雄信"),
        ("古丽娜尔买买提", "古丽娜尔·买买提"),
        ("古丽娜尔•买买提", "古丽娜尔·买买提"),
        ("买买提", "古丽娜尔·买买提"),
        ("glne", "古丽娜尔·买买提"),
        ("zebra", "古丽娜尔·买买提"),
        ("小组", "古丽娜尔·买买提"),
        ("", "张伟 张伟民 单雄信 古丽娜尔·买买提 王芳"),
        ("\u200b", "张伟 张伟民 单雄信 古丽娜尔·买买提 王芳"),
        ("赵", ""),
        ("9999", ""),
        ("%", ""),
        ("张 王", ""),
    ],
)
def test_what_is_typed_finds_just_those(office: Office, rids: dict[str, int], typed: str, expected: str) -> None:
    found = office.store.rids(Query("people", search=typed))
    assert set(found) == {rids[name] for name in expected.split()}
    everyone = office.store.rids(Query("people"))
    assert office.store.matching("people", typed, everyone) == found
    assert office.store.count(Query("people", search=typed)) == len(found)


def test_what_stands_in_the_middle_is_found_when_nothing_stands_at_an_end(office: Office, rids: dict[str, int]) -> None:
    assert office.store.rids(Query("people", search="weimin")) == [rids["张伟民"]]
    assert office.store.rids(Query("people", search="110199")) != []
    assert office.store.rids(Query("people", search="1970")) != []


def test_the_search_follows_every_change(office: Office, rids: dict[str, int]) -> None:
    store, wang = office.store, rids["王芳"]
    assert store.rids(Query("people", search="wangfang")) == [wang]
    office.change(wang, name="汪芳芳", phone="18600004321")
    for typed in ("汪", "wff", "4321"):
        assert store.rids(Query("people", search=typed)) == [wang]
    assert store.rids(Query("people", search="王")) == []
    new = office.add("people", name="王刚")
    assert store.rids(Query("people", search="王")) == [new]
    store.undo()
    assert store.rids(Query("people", search="王")) == []
    assert store.rids(Query("people", search="王", show="void")) == [new]
    store.undo()
    assert store.rids(Query("people", search="4321")) == []
    assert store.rids(Query("people", search="王")) == [wang]
    store.do("作废", lambda work: work.void(wang, "重复登记"))
    assert store.rids(Query("people", search="王")) == []


def test_a_large_import_is_found_at_once(office: Office, rids: dict[str, int]) -> None:
    """So many lines are read anew, not one by one."""
    assert office.store.rids(Query("people", search="王")) == [rids["王芳"]]
    drafts = [office.check("people", {"name": "王强"})] * 5001
    office.store.do("导入", lambda work: work.add_many(drafts))
    assert len(office.store.rids(Query("people", search="王强"))) == 5001


def test_the_search_is_the_same_after_a_restart(office: Office, rids: dict[str, int]) -> None:
    office.store.close(with_backup=False)
    office.store = Store.open(office.path, office.registry, clock=lambda: NOON)
    assert office.store.rids(Query("people", search="danxiong")) == [rids["单雄信"]]


def test_a_place_is_found_by_its_short_name_too(office: Office) -> None:
    rid = office.add("places", name="杏花社区第一网格", short_name="网格A1")
    for typed in ("网格a1", "a1", "xinghua", "一网"):
        assert office.store.rids(Query("places", search=typed)) == [rid]


_NAMES = st.text("张王伟芳·xX1 ", max_size=4)
_NUMBERS = st.text("0123x", max_size=5)


@given(
    people=st.lists(st.tuples(_NAMES, _NUMBERS, _NUMBERS), max_size=8),
    typed=st.text("张王伟芳x1230zw ", max_size=4),
)
def test_every_hit_holds_every_word_and_every_end_of_a_number_is_found(
    people: list[tuple[str, str, str]], typed: str
) -> None:
    rows = [{"name": name, "phone": phone, "note": note} for name, phone, note in people]
    lines = [line_of(PEOPLE, row) for row in rows]
    hits = set(Haystack(enumerate(lines)).matching(typed, range(len(rows))))
    words = typed.split()
    assert all(word in lines[hit] for hit in hits for word in words)
    if len(words) == 1 and words[0].isdigit():
        assert {at for at, row in enumerate(rows) if row["phone"].endswith(words[0])} <= hits
    if len(words) == 1 and not words[0].isascii():
        assert {at for at, row in enumerate(rows) if words[0] in row["name"]} <= hits
