"""What every ledger can rely on once its records are stored: undo, history, search, a schema that grows."""

from dataclasses import replace
from pathlib import Path

import pytest

from taizhang.core.kinds import Text
from taizhang.core.ledger import Ledger
from taizhang.registry import Registry, installed, registry_of
from taizhang.store.query import Filter, Query
from taizhang.store.store import Store
from tests.offices import NOON, Office, samples


def everything(store: Store, ledger: str) -> list[object]:
    """All that an office says of a ledger's records."""
    return list(store.rows(ledger, store.rids(Query(ledger, show="all"))))


def fresh(office: Office, ledger: Ledger) -> dict[str, object]:
    """A sample as a second record: its title changed and what only one record may hold left out."""
    raw = dict(samples(office.registry, ledger.key)[1])
    for field in ledger.fields:
        if field.unique:
            raw.pop(field.key, None)
    return raw | {ledger.title_field: "另一个上官婉儿"}


def test_adding_and_undoing_leaves_the_office_as_it_was(ledger: Ledger, office: Office) -> None:
    before = everything(office.store, ledger.key)
    rid = office.add(ledger.key, **fresh(office, ledger))
    assert rid in office.rids(ledger.key)
    office.store.undo()
    assert everything(office.store, ledger.key) == before
    office.store.redo()
    assert rid in office.rids(ledger.key)


def test_editing_every_field_and_undoing_restores_each(ledger: Ledger, office: Office) -> None:
    rid = office.add(ledger.key, **fresh(office, ledger))
    before = everything(office.store, ledger.key)
    blanks = {field.key: "" for field in ledger.fields if not field.required}
    office.change(rid, **blanks)
    assert everything(office.store, ledger.key) != before
    office.store.undo()
    assert everything(office.store, ledger.key) == before


def test_voiding_takes_a_record_out_and_undo_brings_it_back(ledger: Ledger, office: Office) -> None:
    rid = office.add(ledger.key, **fresh(office, ledger))
    before = everything(office.store, ledger.key)
    office.store.do("作废", lambda work: work.void(rid, "登记重复"))
    assert rid not in office.rids(ledger.key)
    assert rid in office.store.rids(Query(ledger.key, show="void"))
    office.store.undo()
    assert everything(office.store, ledger.key) == before


def test_undo_works_on_the_next_day_too(ledger: Ledger, office: Office) -> None:
    before = everything(office.store, ledger.key)
    office.add(ledger.key, **fresh(office, ledger))
    office.store.close(with_backup=False)
    office.store = Store.open(office.path, office.registry, clock=lambda: NOON)
    office.store.undo()
    assert everything(office.store, ledger.key) == before


def test_history_tells_who_changed_what(ledger: Ledger, office: Office) -> None:
    rid = office.add(ledger.key, **fresh(office, ledger))
    office.change(rid, **{ledger.title_field: "又一个上官婉儿"})
    latest = office.store.history(rid)[0]
    old, new = latest.fields[ledger.title_field]
    assert (old, new) == ("另一个上官婉儿", "又一个上官婉儿")
    assert (latest.who, latest.action) == ("记录员", "change")


@pytest.mark.parametrize("words", ["上官婉儿", "上官", "婉儿", "shangguan", "lyg", "另一个"])
def test_a_record_is_found_by_its_name_and_its_sound(ledger: Ledger, office: Office, words: str) -> None:
    words = {"shangguan": "lingyige", "lyg": "lyg"}.get(words, words)
    rid = office.add(ledger.key, **fresh(office, ledger))
    assert rid in office.store.rids(Query(ledger.key, search=words, show="all"))
    assert office.store.rids(Query(ledger.key, search="司马相如", show="all")) == []


def test_every_order_lists_everybody_once(ledger: Ledger, office: Office) -> None:
    everybody = sorted(office.rids(ledger.key))
    for sort in ("", *ledger.sorts, *ledger.by_key):
        for descending in (False, True):
            query = Query(ledger.key, sort=sort, descending=descending, show="all")
            assert sorted(office.store.rids(query)) == everybody, sort


def test_every_field_can_be_filtered_by_what_it_holds(ledger: Ledger, office: Office) -> None:
    for row in office.store.rows(ledger.key, office.rids(ledger.key)):
        for field in ledger.fields:
            value = row.values[field.key]
            if field.packed:
                continue
            where = (Filter(field.key, "is", value),)
            assert row.rid in office.store.rids(Query(ledger.key, where=where, show="all")), field.key


def test_the_file_is_sound(office: Office) -> None:
    assert office.store.check() == []


def _grown(registry: Registry, key: str) -> Registry:
    """The same ledgers, one of them with a field more."""
    more = replace(registry.ledgers[key], fields=(*registry.ledgers[key].fields, Text("nickname", "别名")))
    return registry_of([more if ledger.key == key else ledger for ledger in registry.ledgers.values()])


def test_a_fresh_file_has_the_schema_of_one_that_grew(ledger: Ledger, tmp_path: Path) -> None:
    grown = _grown(installed(), ledger.key)
    old = Office(tmp_path / "old.tz")
    old.fill()
    kept = {rid: old.store.row(rid).values for rid in old.rids(ledger.key)}
    old.store.close(with_backup=False)
    store = Store.open(old.path, grown, clock=lambda: NOON)
    fresh_office = Office(tmp_path / "fresh.tz", grown)
    assert schema_of(store) == schema_of(fresh_office.store)
    for rid, values in kept.items():
        assert {**values, "nickname": None} == dict(store.row(rid).values)
    store.close(with_backup=False)
    fresh_office.store.close(with_backup=False)


def schema_of(store: Store) -> set[tuple[str, str]]:
    """Every table's columns with their types, whatever their order."""
    with store._database.transaction() as connection:
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type IN ('table', 'index')").scalars()
        found = set()
        for table in list(tables):
            columns = connection.exec_driver_sql(f"PRAGMA table_info('{table}')").all()
            found |= {(table, f"{column[1]} {column[2]} {column[3]} {column[4]} {column[5]}") for column in columns}
        return found
