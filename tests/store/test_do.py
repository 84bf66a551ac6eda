"""`store.do`: one transaction, journalled, told of once; all of it or nothing."""

from pathlib import Path

import pytest

from taizhang.core.check import Draft
from taizhang.core.errors import Cancelled, Refused
from taizhang.store.query import Query
from taizhang.store.rows import Changes
from taizhang.store.store import Store
from taizhang.store.work import Work
from tests.offices import NOON, Office
from tests.store.trial import card, trial


def test_an_error_in_the_middle_leaves_nothing_behind(office: Office) -> None:
    place = office.add("places", name="一号楼")
    heard: list[Changes] = []
    office.store.subscribe(heard.append)
    before = office.store.operations()

    def work(work: Work) -> None:
        work.add(office.check("people", {"name": "卢梅"}))
        work.change(place, office.check("places", {"short_name": "一"}, place))
        work.attach(b"%PDF-1.7")
        work.void(place, "试试")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        office.store.do("半途而废", work)
    assert office.rids("people") == []
    assert office.store.row(place).values["short_name"] is None
    assert office.store.operations() == before
    assert heard == []
    assert office.store.check() == []


def test_what_was_read_on_the_way_to_an_error_is_forgotten(office: Office) -> None:
    """The caches of names, of who holds a number and of search lines must not keep what was rolled back."""
    store = office.store

    def work(work: Work) -> None:
        rid = work.add(office.check("people", {"name": "卢梅", "id_number": card(1)}))
        assert store.name_of("people", rid) == "卢梅"
        assert store.context().find("people", "卢梅") == [rid]
        assert all(store.context().holders("people", "id_number", card(1)) for _ in range(30))
        assert store.rids(Query("people", search="卢梅")) == [rid]
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.do("半途而废", work)
    assert store.context().find("people", "卢梅") == ()
    assert store.context().holders("people", "id_number", card(1)) == []
    assert store.rids(Query("people", search="卢梅")) == []
    rid = office.add("people", name="孟堃", id_number=card(1))
    assert store.name_of("people", rid) == "孟堃"


def test_work_sees_what_it_has_just_written(office: Office) -> None:
    """An import makes a place and puts people into it, in one operation."""

    def work(work: Work) -> None:
        assert office.store.context().find("places", "二号楼") == ()
        work.add(office.check("places", {"name": "二号楼"}))
        work.add(office.check("people", {"name": "卢梅", "place": "二号楼"}))

    office.store.do("导入", work)
    (rid,) = office.rids("people")
    assert office.store.name_of("places", int(str(office.store.row(rid).values["place"]))) == "二号楼"


def test_changes_name_every_record_that_was_touched_and_no_other(office: Office) -> None:
    place = office.add("places", name="一号楼")
    heard: list[Changes] = []
    stop = office.store.subscribe(heard.append)

    def work(work: Work) -> None:
        work.add_many([office.check("people", {"name": name}) for name in ("卢梅", "孟堃")])
        work.change(place, office.check("places", {"short_name": "一"}, place))
        work.change(office.store.root, office.check("places", {"kind": "党工委"}, office.store.root))  # as it was

    changes = office.store.do("导入人员名册", work)
    assert changes.touched == {"people": frozenset(office.rids("people")), "places": frozenset({place})}
    assert (changes.title, changes.count, changes.kept) == ("导入人员名册", 3, ())
    assert heard == [changes]
    stop()
    office.add("people", name="夏辉")
    assert heard == [changes]
    latest = office.store.operations()[1]
    assert (latest.title, latest.who, latest.at, latest.count, latest.undone) == (
        "导入人员名册",
        "记录员",
        NOON,
        3,
        False,
    )


def test_the_journal_tells_each_value_old_and_new(office: Office) -> None:
    rid = office.add("people", name="卢梅", retired="是", dues="3.50", born_on="1970")
    office.change(rid, dues="4", born_on="1970-01", note="调整")
    office.store.do("作废", lambda work: work.void(rid, "重复登记"))
    voided, changed, added = office.store.history(rid)
    assert (added.action, changed.action, voided.action) == ("add", "change", "void")
    assert added.fields == {
        "name": (None, "卢梅"),
        "retired": (None, True),
        "dues": (None, 350),
        "born_on": (None, "1970"),
    }
    assert changed.fields == {"dues": (350, 400), "born_on": ("1970", "1970-01"), "note": (None, "调整")}
    assert changed.who == "记录员"
    assert office.store.row(rid).void == "重复登记"


def test_a_draft_with_errors_is_refused_and_says_why(office: Office) -> None:
    good, bad = office.check("people", {"name": "卢梅"}), office.check("people", {"name": ""})
    with pytest.raises(Refused, match="请填写姓名；没有保存"):
        office.store.do("导入", lambda work: work.add_many([good, bad]))
    assert office.rids("people") == []
    rid = office.add("people", name="卢梅")
    with pytest.raises(Refused, match="请填写姓名"):
        office.store.do("修改", lambda work: work.change(rid, office.check("people", {"name": ""}, rid)))
    assert office.store.row(rid).values["name"] == "卢梅"


def test_two_rows_of_one_import_cannot_share_a_number(office: Office) -> None:
    """The gate sees what is stored, not the rows beside it."""
    rows = [office.check("people", {"name": name, "id_number": card(1)}) for name in ("卢梅", "孟堃")]
    with pytest.raises(Refused, match="身份证号码相同"):
        office.store.do("导入", lambda work: work.add_many(rows))
    assert office.rids("people") == []


def test_a_voided_record_lets_its_number_go_and_cannot_be_changed(office: Office) -> None:
    rid = office.add("people", name="卢梅", id_number=card(1))
    draft = office.check("people", {"note": "迟到的修改"}, rid)
    office.store.do("作废", lambda work: work.void(rid, "重复登记"))
    office.add("people", name="卢梅", id_number=card(1))
    for late in (lambda work: work.change(rid, draft), lambda work: work.void(rid, "再来")):
        with pytest.raises(Refused, match="已经作废"):
            office.store.do("修改", late)


def test_a_record_that_others_point_at_is_not_voided(office: Office) -> None:
    place = office.add("places", name="一号楼")
    rid = office.add("people", name="卢梅", place="一号楼")
    with pytest.raises(Refused, match="“人员”中还有记录的“所在地点”是“一号楼”，没有作废"):
        office.store.do("作废", lambda work: work.void(place, "建错了"))
    office.store.do("作废", lambda work: work.void(rid, "建错了"))
    office.store.do("作废", lambda work: work.void(place, "建错了"))
    assert office.store.rids(Query("places", show="void")) == [place]


@pytest.mark.parametrize("reason", ["", "  ", "　"])
def test_voiding_wants_a_reason(office: Office, reason: str) -> None:
    rid = office.add("people", name="卢梅")
    with pytest.raises(Refused, match="没有写明作废原因"):
        office.store.do("作废", lambda work: work.void(rid, reason))


def test_the_office_itself_is_never_voided_nor_its_making_undone(office: Office) -> None:
    with pytest.raises(Refused, match="本单位自己的记录"):
        office.store.do("作废", lambda work: work.void(office.store.root, "试试"))
    assert office.store.undo_title() is None
    with pytest.raises(Refused, match="没有可以撤销的操作"):
        office.store.undo()
    with pytest.raises(Refused, match="没有可以撤销的操作"):
        office.store.undo(1)
    assert office.store.name == "中共青石街道工作委员会"


def test_a_record_changed_twice_in_one_piece_of_work_has_both_changes(office: Office) -> None:
    rid, other = office.add("people", name="卢梅"), office.add("people", name="孟堃")

    def drafts() -> list[tuple[int, Draft]]:
        raws: list[tuple[int, dict[str, object]]] = [
            (rid, {"note": "甲"}),
            (rid, {"note": "乙", "dues": "1"}),
            (other, {"note": "丁"}),
            (rid, {"note": "丙"}),
        ]
        return [(one, office.check("people", raw, one)) for one, raw in raws]

    office.store.do("批量修改", lambda work: work.change_many(drafts()))
    assert office.store.row(rid).values["note"] == "丙"
    assert [entry.fields["note"] for entry in office.store.history(rid)[:3]] == [
        ("乙", "丙"),
        ("甲", "乙"),
        (None, "甲"),
    ]
    assert office.store.check() == []
    office.store.undo()
    assert office.store.row(rid).values["note"] is None
    assert office.store.row(rid).values["dues"] is None


def test_one_piece_of_work_at_a_time(office: Office) -> None:
    def nested(_work: Work) -> None:
        office.store.do("里面的", lambda work: work.add(office.check("people", {"name": "卢梅"})))

    with pytest.raises(Refused, match="上一项操作还没有完成"):
        office.store.do("外面的", nested)
    assert office.rids("people") == []
    office.add("people", name="卢梅")


def test_whoever_hears_of_a_change_may_do_the_next(office: Office) -> None:
    def follow(changes: Changes) -> None:
        if changes.title == "新增":
            office.store.do("跟进", lambda work: work.add(office.check("people", {"name": "孟堃"})))

    office.store.subscribe(follow)
    office.add("people", name="卢梅")
    assert len(office.rids("people")) == 2


def test_what_is_kept_within_work_stands_or_falls_with_it(office: Office) -> None:
    def work(_work: Work) -> None:
        office.store.keep("columns", ["name"])
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        office.store.do("半途而废", work)
    assert office.store.recall("columns") is None
    office.store.do("导入", lambda _work: office.store.keep("columns", ["name", {"宽": 3}]))
    assert office.store.recall("columns") == ["name", {"宽": 3}]
    office.store.keep("columns", None)
    assert office.store.recall("columns") is None


def test_a_stopped_import_leaves_nothing(office: Office) -> None:
    drafts = [office.check("people", {"name": "卢梅"})] * 5000
    seen: list[tuple[int, int]] = []

    def stop(done: int, total: int, _what: str) -> None:
        seen.append((done, total))
        if done >= 4000:
            raise Cancelled

    with pytest.raises(Cancelled):
        office.store.do("导入", lambda work: work.add_many(drafts, stop))
    assert seen == [(0, 5000), (2000, 5000), (4000, 5000)]
    assert office.rids("people") == []


def test_a_file_opened_to_read_is_not_written(office: Office, tmp_path: Path) -> None:
    rid = office.add("people", name="卢梅")
    office.store.close(with_backup=False)
    before = office.path.read_bytes()
    reader = Store.open(office.path, trial(), read_only=True)
    with pytest.raises(Refused, match="只读"):
        reader.do("新增", lambda work: work.attach(b"x"))
    with pytest.raises(Refused, match="只读"):
        reader.undo()
    reader.keep("columns", ["name"])
    assert reader.row(rid).values["name"] == "卢梅"
    assert reader.check() == []
    reader.close()
    assert office.path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["trial.tz"]


def test_a_record_of_another_office_is_read_only(office: Office) -> None:
    """It came in a bundle: its owner corrects it."""
    rid = office.add("people", name="卢梅")
    draft = office.check("people", {"note": "改"}, rid)
    office.store._database.connection.exec_driver_sql("UPDATE rec SET owner = x'00' WHERE rid = ?", (rid,))
    for write in (lambda work: work.change(rid, draft), lambda work: work.void(rid, "重复")):
        with pytest.raises(Refused, match="由另一个单位登记"):
            office.store.do("修改", write)


def test_identifiers_grow_and_lead_back_to_their_records(office: Office) -> None:
    rids = [office.add("people", name=name) for name in ("卢梅", "孟堃", "夏辉")]
    ids = [office.store.row(rid).id for rid in rids]
    assert ids == sorted(ids)
    assert [office.store.rid(one) for one in ids] == rids
    for unknown in ("", "卢梅", "0190b3f0-0000-7000-8000-000000000000"):
        with pytest.raises(Refused, match="没有执行"):
            office.store.rid(unknown)


def test_a_store_goes_on_after_an_error(office: Office) -> None:
    for number in range(3):
        with pytest.raises(Refused):
            office.store.do("作废", lambda work: work.void(99, "没有这条"))
        office.add("people", name="卢梅", id_number=card(number))
    assert len(office.rids("people")) == 3
    assert office.store.check() == []
