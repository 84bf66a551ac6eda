"""Undo and redo: back to what was, across restarts, and never over what was edited since."""

import pytest

from taizhang.core.errors import Refused
from taizhang.store.query import Query
from taizhang.store.store import Store
from taizhang.store.work import Work
from tests.offices import NOON, Office
from tests.store.trial import card, trial


def reopened(office: Office) -> Store:
    """The same file, opened anew."""
    office.store.close(with_backup=False)
    office.store = Store.open(office.path, office.registry, who="记录员", clock=lambda: NOON)
    return office.store


def test_undo_and_redo_reach_across_restarts(office: Office) -> None:
    rid = office.add("people", name="卢梅", dues="1")
    office.change(rid, dues="2", note="补交")
    store = reopened(office)
    assert store.undo_title() == "修改"
    assert store.undo().touched == {"people": frozenset({rid})}
    assert (store.row(rid).values["dues"], store.row(rid).values["note"]) == (100, None)
    store = reopened(office)
    assert (store.undo_title(), store.redo_title()) == ("新增", "修改")
    store.undo()
    assert store.rids(Query("people")) == []
    assert store.row(rid).void == "撤销：新增"
    store = reopened(office)
    store.redo()
    store.redo()
    assert (store.row(rid).values["dues"], store.row(rid).void) == (200, None)
    assert (store.undo_title(), store.redo_title()) == ("修改", None)
    with pytest.raises(Refused, match="没有可以恢复的操作"):
        store.redo()
    assert store.check() == []


def test_nothing_is_brought_back_over_something_new(office: Office) -> None:
    office.add("people", name="卢梅")
    office.store.undo()
    office.add("people", name="孟堃")
    assert office.store.redo_title() is None
    with pytest.raises(Refused, match="没有可以恢复的操作"):
        office.store.redo()


def test_saving_without_a_change_is_nothing_new(office: Office) -> None:
    rid = office.add("people", name="卢梅")
    office.change(rid, note="甲")
    office.store.undo()
    office.change(rid, name="卢梅")
    assert (office.store.undo_title(), office.store.redo_title()) == ("新增", "修改")


def test_an_old_import_is_undone_but_for_what_was_edited_since(office: Office) -> None:
    """Wishes 7: one import is one undo step, and says which rows were edited since, also where they were blank."""
    drafts = [office.check("people", {"name": name}) for name in ("卢梅", "孟堃", "夏辉", "古丽娜尔·买买提")]
    changes = office.store.do("导入人员名册", lambda work: work.add_many(drafts))
    first, second, third, fourth = sorted(changes.touched["people"])
    office.change(second, phone="13800000000")
    office.store.do("作废", lambda work: work.void(third, "重复登记"))
    office.add("posts", person=fourth, post="书记")
    undone = office.store.undo(changes.op)
    assert undone.touched == {"people": frozenset({first})}
    assert set(undone.kept) == {
        "“孟堃”的电话后来又改过，保留现在的内容。",
        "“夏辉”的状态后来又改过，保留现在的内容。",
        "“古丽娜尔·买买提”后来被别的记录用到，予以保留。",
    }
    assert set(office.rids("people")) == {second, fourth}
    assert office.store.row(third).void == "重复登记"
    assert office.store.redo_title() == "导入人员名册"
    assert office.store.redo().touched == {"people": frozenset({first})}
    assert set(office.rids("people")) == {first, second, fourth}
    assert office.store.check() == []


def test_an_old_change_is_undone_field_by_field(office: Office) -> None:
    rid = office.add("people", name="卢梅", dues="1", note="甲")
    office.change(rid, dues="2", note="乙")
    op = office.store.operations(1)[0].op
    office.change(rid, note="丙", phone="13800000000")
    changes = office.store.undo(op)
    values = office.store.row(rid).values
    assert (values["dues"], values["note"], values["phone"]) == (100, "丙", "13800000000")
    assert changes.kept == ("“卢梅”的备注后来又改过，保留现在的内容。",)
    office.store.redo()
    assert office.store.row(rid).values["dues"] == 200


def test_a_place_made_by_an_import_stays_while_a_later_person_lives_there(office: Office) -> None:
    def work(work: Work) -> None:
        place = work.add(office.check("places", {"name": "一号楼"}))
        work.add(office.check("places", {"name": "一单元", "parent": place}))
        work.add(office.check("people", {"name": "卢梅", "place": "一单元"}))

    op = office.store.do("导入", work).op
    office.add("people", name="孟堃", place="一单元")
    kept = office.store.undo(op).kept
    assert {name for name in ("一号楼", "一单元") if any(name in said for said in kept)} == {"一号楼", "一单元"}
    assert [office.store.name_of("people", rid) for rid in office.rids("people")] == ["孟堃"]
    assert len(office.rids("places")) == 3
    assert office.store.check() == []


def test_an_import_that_moved_people_into_its_new_place_can_be_undone(office: Office) -> None:
    """They move back before the place goes."""
    office.add("places", name="旧楼")
    rid = office.add("people", name="卢梅", place="旧楼", moved_on="2020")

    def work(work: Work) -> None:
        work.add(office.check("places", {"name": "新楼"}))
        work.change(rid, office.check("people", {"place": "新楼", "moved_on": "2021"}, rid))

    op = office.store.do("导入", work).op
    assert office.store.undo(op).kept == ()
    assert office.store.name_of("places", int(str(office.store.row(rid).values["place"]))) == "旧楼"
    assert len(office.rids("places")) == 2


def test_a_number_that_somebody_else_has_by_now_is_not_given_back(office: Office) -> None:
    voided = office.add("people", name="卢梅", id_number=card(1))
    changed = office.add("people", name="夏辉", id_number=card(3))
    office.store.do("作废", lambda work: work.void(voided, "重复登记"))
    void_op = office.store.operations(1)[0].op
    office.change(changed, id_number=card(5), note="更正")
    change_op = office.store.operations(1)[0].op
    office.add("people", name="孟堃", id_number=card(1))
    office.add("people", name="欧阳喆", id_number=card(3))
    for op, rid, name in ((void_op, voided, "卢梅"), (change_op, changed, "夏辉")):
        before = office.store.row(rid)
        assert office.store.undo(op).kept == (f"“{name}”没有恢复原样：原来的身份证号码已由另一条记录使用。",)
        assert office.store.row(rid) == before
    assert office.store.check() == []


def test_two_people_who_swapped_numbers_swap_them_back(office: Office) -> None:
    one, other = (office.add("people", name=name, id_number=card(at)) for name, at in (("卢梅", 1), ("孟堃", 3)))

    def work(work: Work) -> None:
        work.change(one, office.check("people", {"id_number": ""}, one))
        work.change(other, office.check("people", {"id_number": card(1)}, other))
        work.change(one, office.check("people", {"id_number": card(3)}, one))

    op = office.store.do("互换", work).op
    assert office.store.undo(op).kept == ()
    assert [office.store.row(rid).values["id_number"] for rid in (one, other)] == [card(1), card(3)]


def test_undo_takes_back_the_past_that_its_operation_made_and_no_other(office: Office) -> None:
    for name in ("一号楼", "二号楼"):
        office.add("places", name=name)
    rid = office.add("people", name="卢梅", place="一号楼", moved_on="2010", left_on="2015")
    office.change(rid, place="二号楼", since="2020-01-01")
    move = office.store.operations(1)[0].op
    office.change(rid, left_on="", since="2018-01-01")  # came back
    office.store.undo(move)
    values = office.store.row(rid).values
    assert (values["place"], values["moved_on"], values["left_on"]) == (2, "2010", None)
    shown = office.store._database.connection.exec_driver_sql("SELECT _past FROM ledger_people").scalar_one()
    assert shown == '[["left_on","2018-01-01","2015"]]'
    office.store.redo()
    assert office.store.row(rid).values["place"] == 3
    shown = office.store._database.connection.exec_driver_sql("SELECT _past FROM ledger_people").scalar_one()
    assert "left_on" in shown
    assert '"2020-01-01",2' in shown


def test_the_count_of_warnings_follows_without_a_word(office: Office) -> None:
    rid = office.add("people", name="卢梅", phone="123")
    assert office.store.row(rid).flaws == 1
    office.change(rid, phone="13800000000")
    op = office.store.operations(1)[0].op
    office.change(rid, note="甲")
    assert office.store.undo(op).kept == ()
    assert office.store.row(rid).values["phone"] == "123"


def test_an_operation_is_undone_once(office: Office) -> None:
    office.add("people", name="卢梅")
    op = office.store.operations(1)[0].op
    office.store.undo(op)
    for again in (op, 999, office.store.operations(1)[0].op):
        with pytest.raises(Refused, match="没有可以撤销的操作"):
            office.store.undo(again)


def test_what_another_program_does_and_undoes_is_seen(office: Office) -> None:
    """An office opened read-only beside the one that writes: names, lists and search follow."""
    rid = office.add("people", name="卢梅")
    reader = Store.open(office.path, trial(), read_only=True)
    assert reader.rids(Query("people", search="lumei")) == [rid]
    assert reader.context().find("people", "卢梅") == [rid]
    office.change(rid, name="卢薇")
    assert reader.name_of("people", rid) == "卢薇"
    assert reader.rids(Query("people", search="lumei")) == []
    assert reader.rids(Query("people", search="luwei")) == [rid]
    office.store.undo()
    assert reader.name_of("people", rid) == "卢梅"
    assert reader.rids(Query("people", search="lumei")) == [rid]
    reader.close()
