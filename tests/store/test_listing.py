"""Lists: in the order that offices know, of a part of the tree, present, gone or voided."""

import pytest

from taizhang.core.errors import Refused
from taizhang.store.query import Filter, Query
from tests.offices import Office


def names(office: Office, query: Query) -> list[str]:
    """The names of those who answer, in order."""
    rows = office.store.rows(query.ledger, office.store.rids(query), ["name"])
    return [str(row.values["name"]) for row in rows]


def people(office: Office, *whole: str) -> list[int]:
    """People of these names."""
    return [office.add("people", name=name) for name in whole]


def test_names_stand_by_the_strokes_of_the_surname(office: Office) -> None:
    """Wishes 39 (姓氏笔画): 丁 2, 王 4, 李 7, 张 7, 欧阳 by its first character; one given character before two."""
    people(office, "欧阳喆", "张伟", "李伟民", "王芳", "李伟", "丁一")
    assert names(office, Query("people", sort="strokes")) == ["丁一", "王芳", "李伟", "李伟民", "张伟", "欧阳喆"]


def test_names_stand_by_pinyin_and_backwards(office: Office) -> None:
    """The surname's own reading counts: 单 is shan, 曾 is zeng."""
    people(office, "曾敏", "单雄", "阿依古丽", "赵强", "邓丽")
    order = ["阿依古丽", "邓丽", "单雄", "曾敏", "赵强"]
    assert names(office, Query("people")) == order
    assert names(office, Query("people", sort="pinyin", descending=True)) == order[::-1]


@pytest.mark.parametrize("descending", [False, True])
def test_blanks_stand_last_either_way(office: Office, descending: bool) -> None:
    office.add("people", name="孟堃", born_on="1970-05")
    office.add("people", name="卢梅")
    office.add("people", name="夏辉", born_on="1950")
    order = ["孟堃", "夏辉"] if descending else ["夏辉", "孟堃"]
    assert names(office, Query("people", sort="born_on", descending=descending)) == [*order, "卢梅"]


def test_by_post_the_secretary_stands_before_the_deputy_and_blanks_last(office: Office) -> None:
    """Wishes 39: by post, then the ledger's own order; a post that has ended counts no more."""
    lu, meng, xia, gu, _nobody = people(office, "卢梅", "孟堃", "夏辉", "古月", "安宁")
    for person, post in ((lu, "副书记"), (meng, "委员"), (meng, "书记"), (xia, "组织委员")):
        office.add("posts", person=person, post=post)
    office.add("posts", person=gu, post="书记", ended_on="2020")
    query = Query("people", sort="posts")
    assert names(office, query) == ["孟堃", "卢梅", "夏辉", "安宁", "古月"]
    assert names(office, Query("people", sort="posts", descending=True))[-2:] == ["安宁", "古月"]
    rows = office.store.rows("people", office.store.rids(query), ["posts", "first_posts"])
    assert [row.derived["posts"] for row in rows] == ["书记、委员", "副书记", "组织委员", None, None]
    assert [row.derived["first_posts"] for row in rows] == ["书记", None, None, None, None]
    assert names(office, Query("people", sort="first_posts")) == ["孟堃", "安宁", "古月", "卢梅", "夏辉"]


def test_a_choice_stands_in_the_order_of_its_code_table(office: Office) -> None:
    for name, post in (("卢梅", "退休人员"), ("孟堃", "公务员"), ("夏辉", "摆渡人")):
        office.add("people", name=name, post=post)
    codes = {"退休人员", "公务员"}
    table = office.registry.ledgers["people"].by_key["post"].codes.labels()  # type: ignore[attr-defined]  # a Choice
    official = [{"退休人员": "卢梅", "公务员": "孟堃"}[label] for label in table if label in codes]
    assert names(office, Query("people", sort="post")) == [*official, "夏辉"]


def test_an_unknown_order_is_refused_in_words(office: Office) -> None:
    with pytest.raises(Refused, match="不能按“shoe_size”排序"):
        office.store.rids(Query("people", sort="shoe_size"))


def test_a_part_of_the_tree_holds_all_below_it(office: Office) -> None:
    north = office.add("places", name="北区", parent=office.store.root)
    house = office.add("places", name="一号楼", parent=north)
    south = office.add("places", name="南区", parent=office.store.root)
    orphan = office.add("places", name="别处")
    for name, place in (("卢梅", north), ("孟堃", house), ("夏辉", south), ("安宁", orphan)):
        office.add("people", name=name, place=place)
    people(office, "古月")
    assert names(office, Query("people", scope=north)) == ["卢梅", "孟堃"]
    assert names(office, Query("people", scope=house)) == ["孟堃"]
    assert office.store.count(Query("people", scope=north)) == 2
    assert len(names(office, Query("people", scope=office.store.root))) == 5
    assert set(office.store.rids(Query("places", scope=north))) == {north, house}
    assert office.store.tallies("people", "place") == {north: 1, house: 1, south: 1, orphan: 1}
    (row,) = office.store.rows("places", [north], ["people"])
    assert row.derived == {"people": 1}


def test_a_circle_in_the_tree_ends_the_walk(office: Office) -> None:
    one = office.add("places", name="甲")
    two = office.add("places", name="乙", parent=one)
    office.change(one, parent=two)
    rid = office.add("people", name="卢梅", place=two)
    assert office.store.below("places", one) == {one, two}
    assert office.store.rids(Query("people", scope=one)) == [rid]


def test_a_place_with_thousands_below_it_can_be_asked_for(office: Office) -> None:
    """More than the number of parameters that one statement takes."""
    parent = office.store.root + 1
    office.add("places", name="全市")
    drafts = [office.check("places", {"name": f"第{number}楼", "parent": parent}) for number in range(2)]
    drafts = [type(drafts[0])(drafts[0].ledger, {"name": f"第{at}楼", "parent": parent}, ()) for at in range(40_000)]
    office.store.do("导入", lambda work: work.add_many(drafts))
    rid = office.add("people", name="卢梅", place=parent + 40_000)
    assert office.store.rids(Query("people", scope=parent)) == [rid]


def test_present_gone_voided_and_all(office: Office) -> None:
    here, gone, void = people(office, "卢梅", "孟堃", "夏辉")
    office.change(gone, left_on="2020")
    office.store.do("作废", lambda work: work.void(void, "重复登记"))
    shown = {show: office.store.rids(Query("people", show=show)) for show in ("present", "gone", "void", "all")}
    assert shown == {"present": [here], "gone": [gone], "void": [void], "all": [here, gone]}
    assert office.store.rids(Query("posts", show="gone")) == []


def test_a_page_has_the_whole_count_and_the_rows_asked_for(office: Office) -> None:
    rids = people(office, "安宁", "卢梅", "孟堃", "夏辉")
    total, rows = office.store.page(Query("people"), limit=2, offset=1)
    assert (total, [row.rid for row in rows]) == (4, rids[1:3])
    assert office.store.page(Query("people"), offset=3)[1][0].rid == rids[3]
    assert office.store.page(Query("people", where=(Filter("name", "has", "无人"),))) == (0, [])


def test_rows_hold_what_was_asked_for_in_the_order_asked(office: Office) -> None:
    lu, meng = people(office, "卢梅", "孟堃")
    rows = office.store.rows("people", [meng, lu, meng, 999], ["name", "letters"])
    assert [row.rid for row in rows] == [meng, lu, meng]
    assert rows[0].values == {"name": "孟堃"}
    assert rows[0].derived == {"letters": 22_026}
    assert office.store.row(lu).completeness == 33
