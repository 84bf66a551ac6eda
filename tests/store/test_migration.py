"""An older file is brought up to date after a backup; one that fails stays as it was; a newer one is left alone."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from taizhang.core.errors import Refused, StoreTrouble
from taizhang.core.field import Field
from taizhang.core.kinds import Text
from taizhang.core.ledger import Ledger, Step
from taizhang.registry import Registry, registry_of
from taizhang.store.migration import shape
from taizhang.store.query import Query
from taizhang.store.store import Store
from tests.offices import NOON, Office
from tests.store.trial import PEOPLE, PLACES, POSTS, card, trial

_RENAME = Step(
    "people: note becomes remark",
    (
        "ALTER TABLE ledger_people RENAME COLUMN note TO remark",
        """UPDATE journal SET new = replace(new, '"note":', '"remark":'), old = replace(old, '"note":', '"remark":')""",
    ),
)


def _with(*fields: Field, without: str = "", steps: tuple[Step, ...] = (), **changes: object) -> Ledger:
    """The people with other fields."""
    kept = tuple(field for field in PEOPLE.fields if field.key != without)
    return replace(PEOPLE, fields=kept + fields, steps=steps, **changes)  # type: ignore[arg-type]  # as `replace` takes


def _renamed(step: Step = _RENAME) -> Registry:
    ledger = _with(Text("remark", "备注"), without="note", steps=(step,), search_fields=("name", "remark"))
    return registry_of([PLACES, ledger, POSTS])


def _open(path: Path, registry: Registry) -> Store:
    return Store.open(path, registry, clock=lambda: NOON)


def _shape(store: Store) -> dict[str, frozenset[tuple[str, ...]]]:
    return shape(store._database.connection)


def _content(path: Path) -> list[str]:
    """Everything in a file, as SQL."""
    raw = sqlite3.connect(path)
    lines = list(raw.iterdump())
    raw.close()
    return lines


@pytest.fixture
def old(office: Office) -> Path:
    """A closed file with two people."""
    place = office.add("places", name="一号楼")
    office.add("people", name="卢梅", id_number=card(1), note="甲", place=place)
    rid = office.add("people", name="孟堃", note="乙")
    office.change(rid, note="丙", dues="1")
    office.store.close(with_backup=False)
    return office.path


@pytest.mark.parametrize(
    "newer",
    [
        registry_of([PLACES, _with(Text("nickname", "曾用名", wanted=True), Text("card", "证号", unique=True)), POSTS]),
        registry_of([PLACES, PEOPLE, POSTS, replace(POSTS, key="duties", title="职责")]),
        _renamed(),
        registry_of(
            [replace(PLACES, fields=tuple(replace(field, unique=True) for field in PLACES.fields)), PEOPLE, POSTS]
        ),
        registry_of(
            [PLACES, PEOPLE, replace(POSTS, key="duties", steps=(Step("duties: x", ("DROP TABLE nope",)),)), POSTS]
        ),
    ],
    ids=["fields", "ledger", "rename", "index", "ledger-with-steps"],
)
def test_an_older_file_becomes_like_a_fresh_one_and_loses_nothing(old: Path, tmp_path: Path, newer: Registry) -> None:
    fresh = Store.create(tmp_path / "fresh.tz", newer, name="新单位", kind="党工委", clock=lambda: NOON)
    store = _open(old, newer)
    assert _shape(store) == _shape(fresh)
    assert store.check() == []
    people = store.page(Query("people"))[1]
    assert [row.values["name"] for row in people] == ["卢梅", "孟堃"]
    assert [row.values.get("remark", row.values.get("note")) for row in people] == ["甲", "丙"]
    assert store.undo().count == 1
    assert store.check() == []
    store.close(with_backup=False)
    fresh.close(with_backup=False)
    again = _open(old, newer)
    again.close(with_backup=False)
    (saved,) = (tmp_path / "trial 备份").iterdir()
    assert saved.name == "升级前 2026-11-21 120000.tz"


def test_the_backup_before_an_upgrade_is_the_old_file(old: Path, tmp_path: Path) -> None:
    before = _content(old)
    _open(old, _renamed()).close(with_backup=False)
    (saved,) = (tmp_path / "trial 备份").iterdir()
    assert _content(saved) == before
    store = _open(saved, trial())
    assert store.rids(Query("people", search="丙")) == [4]
    store.close(with_backup=False)


def test_what_is_computed_is_made_anew_when_its_rules_change(old: Path) -> None:
    """A newly wanted field lowers completeness, a newly searched one is found, also in rows nobody touches."""
    ledger = replace(
        PEOPLE,
        search_fields=(*PEOPLE.search_fields, "dues", "born_on"),
        fields=tuple(replace(field, wanted=True) if field.key == "dues" else field for field in PEOPLE.fields),
    )
    store = _open(old, registry_of([PLACES, ledger, POSTS]))
    assert [row.completeness for row in store.page(Query("people"))[1]] == [50, 40]
    assert {gap.key: gap.count for gap in store.gaps("people")}["dues"] == 1
    assert store.check() == []
    store.close(with_backup=False)
    reader = Store.open(old, trial(), read_only=True)
    assert reader.count(Query("people")) == 2
    reader.close()


@pytest.mark.parametrize(
    "broken",
    [
        Step("people: fails", (*_RENAME.sql, "ALTER TABLE nope RENAME TO nothing")),
        Step("people: not enough", ("ALTER TABLE ledger_people ADD COLUMN surprise TEXT",)),
    ],
    ids=["fails", "leaves-something-unknown"],
)
def test_a_step_that_fails_leaves_the_file_as_it_was(old: Path, broken: Step) -> None:
    before = _content(old)
    with pytest.raises((StoreTrouble, Refused), match=r"文件保持原样|没有打开"):
        _open(old, _renamed(broken))
    assert _content(old) == before
    store = _open(old, trial())
    assert store.check() == []
    assert store.undo_title() == "修改"
    store.close(with_backup=False)


def test_an_upgrade_without_room_for_its_backup_does_not_begin(old: Path, tmp_path: Path) -> None:
    before = _content(old)
    (tmp_path / "trial 备份").write_text("在这个名字上已经有一个文件")
    with pytest.raises(StoreTrouble, match="备份没有做成"):
        _open(old, _renamed())
    assert _content(old) == before


@pytest.mark.parametrize(
    "newer",
    [
        registry_of([PLACES, PEOPLE, POSTS, replace(POSTS, key="duties", title="职责")]),
        registry_of([PLACES, _with(Text("nickname", "曾用名")), POSTS]),
        registry_of([PLACES, _with(steps=(Step("people: nothing", ("SELECT 1",)),)), POSTS]),
    ],
    ids=["table", "column", "step"],
)
@pytest.mark.parametrize("read_only", [False, True])
def test_a_newer_file_is_refused_and_left_alone(tmp_path: Path, newer: Registry, read_only: bool) -> None:
    path = tmp_path / "newer.tz"
    Store.create(path, newer, name="新单位", kind="党工委", clock=lambda: NOON).close(with_backup=False)
    before = path.read_bytes()
    with pytest.raises(Refused, match="更新版本的程序写的，没有打开，内容没有改动；请先升级本程序"):
        Store.open(path, trial(), read_only=read_only)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["newer.tz"]


def test_an_older_file_is_not_upgraded_to_be_read(old: Path) -> None:
    before = old.read_bytes()
    with pytest.raises(Refused, match="需要先升级"):
        Store.open(old, _renamed(), read_only=True)
    assert old.read_bytes() == before
