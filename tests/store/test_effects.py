"""One action does all: what follows from a record elsewhere is written, journalled and undone with it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from taizhang.core.context import RID, Context, Values
from taizhang.core.errors import Refused
from taizhang.core.kinds import Day, PersonName
from taizhang.core.kinds_linked import Link
from taizhang.core.ledger import Consequence, Ledger
from taizhang.registry import Registry, registry_of
from tests.offices import Office
from tests.store.trial import PEOPLE, PLACES, POSTS


def _move(before: Values, after: Values, context: Context) -> Iterable[Consequence]:
    """Who moves lives elsewhere from then on; who is not known yet is written down; a move done is not taken back."""
    del context
    if not after:
        if before.get("done_on"):
            raise Refused("已经搬走，不能作废，没有改动。")
        return
    if after.get("done_on") is None or before.get("done_on") is not None:
        return
    raw = {"place": after["place"], "moved_on": after["done_on"]}
    who = after.get("person")
    if isinstance(who, int):
        yield Consequence("people", who, raw)
    else:
        yield Consequence("people", None, {"name": after["name"], **raw}, link="person")


def _room(values: Values, context: Context) -> None:
    """One move at a time goes to a place."""
    if len(context.holders("moves", "place", values["place"])) > 1:
        raise Refused(f"去“{context.name('places', int(str(values['place'])))}”的有两家，没有改动。")


MOVES = Ledger(
    "moves",
    "搬家",
    (
        PersonName("name", "姓名", required=True),
        Link("person", "人员", ledger="people"),
        Link("place", "去处", ledger="places", required=True),
        Day("done_on", "搬走日期"),
    ),
    group="试验",
    order=4,
    icon="",
    purpose="",
    effects=(_move,),
    guards=(_room,),
)


def _registry() -> Registry:
    return registry_of([PLACES, PEOPLE, POSTS, MOVES])


@pytest.fixture
def moving(tmp_path: Path) -> Iterator[Office]:
    """An office whose people move."""
    office = Office(tmp_path / "moving.tz", _registry())
    yield office
    office.store.close(with_backup=False)


def test_a_record_and_what_it_changes_elsewhere_are_one_step(moving: Office) -> None:
    old, new = moving.add("places", name="一号楼"), moving.add("places", name="二号楼")
    person = moving.add("people", name="卢梅", place=old)
    move = moving.add("moves", name="卢梅", person=person, place=new)
    assert moving.store.row(person).values["place"] == old
    moving.change(move, done_on="2026-11-01")
    assert moving.store.row(person).values["place"] == new
    assert moving.store.row(person).values["moved_on"] == "2026-11-01"
    assert moving.store.history(person)[0].op == moving.store.history(move)[0].op
    moving.store.undo()
    assert moving.store.row(person).values["place"] == old
    assert moving.store.row(move).values["done_on"] is None
    assert moving.store.check() == []


def test_who_is_added_on_the_way_is_linked_and_goes_with_the_undo(moving: Office) -> None:
    place = moving.add("places", name="一号楼")
    move = moving.add("moves", name="卢梅", place=place, done_on="2026-11-01")
    (person,) = moving.rids("people")
    assert moving.store.row(move).values["person"] == person
    moving.store.undo()
    assert moving.rids("people") == []
    moving.store.redo()
    assert moving.rids("people") == [person]
    assert moving.store.row(move).values["person"] == person


def test_nothing_is_kept_when_the_gate_refuses_what_follows(moving: Office) -> None:
    place = moving.add("places", name="一号楼")
    person = moving.add("people", name="卢梅", place=place)
    moving.store.do("作废", lambda work: work.void(person, "登记错了"))
    with pytest.raises(Refused, match="已经作废"):
        moving.add("moves", name="卢梅", person=person, place=place, done_on="2026-11-01")
    assert moving.rids("moves") == []


def test_an_effect_may_refuse_that_a_record_is_voided(moving: Office) -> None:
    place = moving.add("places", name="一号楼")
    move = moving.add("moves", name="卢梅", place=place, done_on="2026-11-01")
    with pytest.raises(Refused, match="不能作废"):
        moving.store.do("作废", lambda work: work.void(move, "登记错了"))
    assert moving.rids("moves") == [move]
    assert RID not in moving.store.row(move).values


def test_what_cannot_stand_beside_others_is_refused_by_every_way_into_the_file(moving: Office) -> None:
    """Two that are added at once, one that is changed, one that comes back by undo."""
    store, one, other = moving.store, moving.add("places", name="一号楼"), moving.add("places", name="二号楼")
    both = [moving.check("moves", {"name": name, "place": one}) for name in ("卢梅", "孟堃")]
    with pytest.raises(Refused, match="两家"):
        store.do("导入", lambda work: work.add_many(both))
    first, second = moving.add("moves", name="卢梅", place=one), moving.add("moves", name="孟堃", place=other)
    with pytest.raises(Refused, match="两家"):
        moving.change(second, place=one)
    gone = store.do("作废", lambda work: work.void(first, "登记错了")).op
    moving.change(second, place=one)
    with pytest.raises(Refused, match="两家"):
        store.undo(gone)
    assert [store.row(rid).void is None for rid in (first, second)] == [False, True]
    assert store.check() == []
