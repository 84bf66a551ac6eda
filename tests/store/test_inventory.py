"""What is handed over: the counts are those of the lists, and every open item leads to its records."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from taizhang.core.access import Role
from taizhang.registry import Registry, installed, registry_of
from taizhang.sample import make
from taizhang.store import keyring
from taizhang.store.inventory import KIND_LABELS, Inventory, Item, Kind, inventory
from taizhang.store.keys import User
from taizhang.store.logbook import Happening
from taizhang.store.memo import act_draft_key, draft_key
from taizhang.store.query import Filter, Query
from taizhang.store.review import review
from taizhang.store.store import Store
from tests.offices import NOON, TODAY, Office
from tests.store.trial import PEOPLE, PLACES, POSTS, card

_AT = datetime(2026, 11, 20, 9, 30)  # noqa: DTZ001 - the office's own clock


def _of(counted: Inventory, kind: Kind, ledger: str) -> list[Item]:
    return [item for item in counted.items if (item.kind, item.ledger) == (kind, ledger)]


def test_every_installed_ledger_is_counted_as_its_lists_count(real: Office) -> None:
    real.fill()
    counted = inventory(real.store)
    assert [one.key for one in counted.ledgers] == list(real.registry.ledgers)
    for one in counted.ledgers:
        ledger = real.registry.ledgers[one.key]
        assert (one.title, one.unit) == (ledger.title, ledger.unit)
        assert one.present == real.store.count(Query(one.key))
        assert one.present + one.gone == len(real.rids(one.key))
        assert one.incomplete == real.store.count(Query(one.key, where=(Filter("", "incomplete"),)))
        asked = review(real.store, one.key)
        assert not ledger.volatile or one.flawed == len(asked)
    assert (counted.name, counted.file, counted.day) == (real.store.name, "office", TODAY)
    assert counted.size == real.path.stat().st_size
    assert counted.steps == len([step for step in real.store.operations(999) if step.title == "新增"])


def test_open_items_say_what_the_rules_say_and_lead_to_the_records(real: Office) -> None:
    real.fill()
    counted = inventory(real.store)
    for ledger in (ledger for ledger in real.registry.ledgers.values() if ledger.volatile):
        said = {(rid, item.text) for item in _of(counted, Kind.RULE, ledger.key) for rid in item.rids}
        remarks = review(real.store, ledger.key)
        assert said == {(remark.rid, finding.text) for remark in remarks for finding in remark.findings}
    assert any(item.kind is Kind.RULE for item in counted.items)
    for item in counted.items:
        assert item.names == tuple(real.store.name_of(item.ledger, rid) for rid in item.rids[:5])


def test_a_record_that_was_stored_with_a_remark_waits_to_be_looked_at(real: Office) -> None:
    """R-PRIV-02: the remark is told without the number that it is about."""
    rids = [
        real.add("members", name=name, born_on="1971-05", id_number=card(number))
        for name, number in (("安宁", 1), ("卢梅", 2))
    ]
    (item,) = _of(inventory(real.store), Kind.FLAW, "members")
    assert (item.rids, item.names, item.count) == (tuple(sorted(rids)), ("安宁", "卢梅"), 2)
    assert "出生日期与身份证号码不一致" in item.text
    assert card(1) not in item.text


def test_those_who_left_and_those_who_were_voided_are_counted_apart(office: Office) -> None:
    office.add("people", name="夏辉")
    office.add("people", name="卢梅", left_on="2020")
    gone = office.add("people", name="古月")
    office.store.do("作废", lambda work: work.void(gone, "重复"))
    (one,) = (one for one in inventory(office.store).ledgers if one.key == "people")
    assert (one.present, one.gone, one.void, one.incomplete) == (1, 1, 1, 1)


def test_what_is_wanted_and_missing_is_counted_by_field(office: Office) -> None:
    office.add("people", name="夏辉", sex="男")
    office.add("people", name="孟堃")
    gaps = _of(inventory(office.store), Kind.GAP, "people")
    assert [(item.text, item.count, item.names) for item in gaps] == [
        ("身份证号码未填", 2, ("孟堃", "夏辉")),
        ("性别未填", 1, ("孟堃",)),
    ]


def test_a_remark_that_no_rule_repeats_is_told_all_the_same(office: Office) -> None:
    """An unlikely telephone number is remarked when it is typed, and only then."""
    rid = office.add("people", name="孟堃", phone="12")
    (item,) = _of(inventory(office.store), Kind.FLAW, "people")
    assert (item.rids, item.count) == ((rid,), 1)
    assert "打开核对" in item.text


def test_forms_that_were_left_half_way_are_found_by_ledger_and_record(office: Office) -> None:
    rid = office.add("people", name="夏辉")
    office.store.keep(draft_key("people", None), {"name": ["安然", "安然"]})
    office.store.keep(draft_key("people", rid), {"sex": ["男", "男"]})
    office.store.keep("drafted by another edition", {})
    office.store.keep(draft_key("no_such_ledger", None), {})
    drafts = [item for item in inventory(office.store).items if item.kind is Kind.DRAFT]
    assert [(item.ledger, item.rids, item.names) for item in drafts] == [
        ("people", (rid,), ("夏辉",)),
        ("people", (), ("安然",)),
    ]


def test_acts_that_were_left_half_way_are_found_too(real: Office) -> None:
    ledger = next(one for one in real.registry.ledgers.values() if one.acts)
    begins = next(act for act in ledger.acts if act.starts)
    goes_on = next(act for act in ledger.acts if not act.starts)
    real.fill()
    rid = real.rids(ledger.key)[0]
    real.store.keep(act_draft_key(ledger.key, begins.key, "new"), {ledger.title_field: ["夏辉", "夏辉"]})
    real.store.keep(act_draft_key(ledger.key, goes_on.key, str(rid)), {})
    found = {(item.text, item.rids, item.names) for item in _of(inventory(real.store), Kind.DRAFT, ledger.key)}
    assert found == {
        (f"“{begins.label}”没有办完", (), ("夏辉",)),
        (f"“{goes_on.label}”没有办完", (rid,), (real.store.name_of(ledger.key, rid),)),
    }


def _opened(path: Path, registry: Registry, at: datetime) -> Store:
    return Store.open(path, registry, who="王敏", clock=lambda: at)


def test_work_is_counted_in_all_and_for_the_last_year_alone(tmp_path: Path) -> None:
    registry = registry_of([PLACES, PEOPLE, POSTS])
    office = Office(tmp_path / "trial.tz", registry)
    office.store.close(with_backup=False)
    for year in (2024, 2026):
        office.store = _opened(office.path, registry, _AT.replace(year=year))
        office.add("people", name="夏辉")
        office.add("people", name="卢梅")
        office.store.undo()
        office.store.close(with_backup=False)
    office.store = _opened(office.path, registry, NOON)
    counted = inventory(office.store)
    (one,) = (one for one in counted.ledgers if one.key == "people")
    office.store.close(with_backup=False)
    assert counted.since == date(2025, 11, 21)
    assert (counted.steps, counted.steps_since, one.steps) == (2, 1, 1)
    assert one.last is not None
    assert (one.last.who, one.last.at) == ("王敏", _AT)
    (nothing,) = (one for one in counted.ledgers if one.key == "posts")
    assert (nothing.last, nothing.steps) == (None, 0)


def test_papers_files_and_what_left_the_office_are_counted(office: Office) -> None:
    """R-PRIV-02: what was exported in the last year is told by its count."""
    office.store.papers.keep("letter", "介绍信", b"%PDF-1", who="王敏", at=NOON)
    office.store.papers.keep("letter", "介绍信，补打", b"%PDF-1", who="王敏", at=NOON)
    for _twice in range(2):
        office.store.log.note(Happening.EXPORT, "人员", count=3)
    counted = inventory(office.store)
    assert (counted.papers, counted.attached) == (2, (1, 6))
    assert (counted.left[Happening.EXPORT], counted.left[Happening.PRINT]) == (2, 0)


def test_the_last_backup_and_its_place_are_told(tmp_path: Path) -> None:
    path = make(tmp_path, installed())
    store = Store.open(path, installed(), clock=lambda: NOON)
    assert (inventory(store).backup, inventory(store).backups) == (None, 0)
    store.do("改名", lambda work: work.void(store.rids(Query("members"))[0], "试"))
    store.close()
    store = Store.open(path, installed(), clock=lambda: NOON)
    counted = inventory(store)
    store.close(with_backup=False)
    assert (counted.backup, counted.backups) == (NOON, 1)
    assert counted.folder.is_dir()


def test_users_are_listed_with_their_roles_where_there_are_passwords(tmp_path: Path) -> None:
    ring, access, _code = keyring.create("王敏", "correct horse 1")
    ring = keyring.with_user(ring, access, "李强", Role.READER, "correct horse 2")
    store = Store.create(tmp_path / "a.tz", installed(), name="甲", kind="党委", ring=(ring, access))
    counted = inventory(store)
    store.close(with_backup=False)
    assert counted.locked
    assert counted.users == (User("王敏", Role.ADMIN), User("李强", Role.READER))


def test_an_office_without_passwords_has_no_users(office: Office) -> None:
    counted = inventory(office.store)
    assert not counted.locked
    assert counted.users == ()


def test_rules_of_a_ledger_that_looks_around_are_asked_anew(tmp_path: Path) -> None:
    """The same records, and the rules asked of all of them instead of those that were remarked once."""
    registry = registry_of([PLACES, replace(PEOPLE, volatile=True), POSTS])
    office = Office(tmp_path / "trial.tz", registry)
    office.add("people", name="孟堃", phone="12")
    counted = inventory(office.store)
    office.store.close(with_backup=False)
    assert _of(counted, Kind.FLAW, "people") == []
    assert set(KIND_LABELS) == set(Kind)
