"""A reader never gets a number, an address or a day of birth in full, by whatever way the office is asked (R-PRIV)."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from taizhang.core import idcard
from taizhang.core.access import Access, Role
from taizhang.core.derived import Lookup
from taizhang.core.errors import Refused
from taizhang.core.field import Field
from taizhang.core.kinds import LongText, Text
from taizhang.core.kinds_linked import Attachment
from taizhang.core.ledger import Ledger
from taizhang.core.privacy import Privacy
from taizhang.exchange.planner import plan_import
from taizhang.exchange.template import write_template
from taizhang.exchange.workbook import read_workbook
from taizhang.registry import registry_of
from taizhang.store.memo import draft_key
from taizhang.store.query import Filter, Op, Query
from taizhang.store.store import Store
from tests.offices import Office, samples
from tests.store.trial import PEOPLE, PLACES, POSTS


@dataclass(frozen=True)
class Person:
    """What is planted: a number, a telephone, a home and a day of birth that nobody else has."""

    number: str
    phone: str
    home: str
    born: str

    def typed(self, field: Field) -> str | None:
        """What is typed into a field; None for one that holds nothing of a person."""
        free = f"见{self.number}，电话{self.phone}"
        by_privacy = {
            Privacy.ID: self.number,
            Privacy.PHONE: self.phone,
            Privacy.ADDRESS: f"杏花路12号3栋{self.home}",
            Privacy.BIRTH: self.born,
        }
        return by_privacy.get(field.privacy) or (free if type(field) in {Text, LongText} else None)

    def secrets(self) -> list[str]:
        """What nobody may read who only reads."""
        whole = [self.number, self.phone, self.born, self.born.replace("-", "."), self.home]
        return [*whole, self.number[6:14], self.phone[3:7]]


NOW = Person(idcard.make("110199", date(1985, 6, 17), 12), "19987651234", "7单元707室", "1985-06-17")
BEFORE = Person(idcard.make("110299", date(1979, 10, 23), 7), "19943217788", "9单元909室", "1979-10-23")
PHOTO = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xcf\xc0\0"
    b"\0\3\1\1\0\xc9\xfe\x92\xef\0\0\0\0IEND\xaeB`\x82"
)


def fill(office: Office, ledger: Ledger) -> int:
    """A record in every field of which a person is planted; it held another person's values before."""
    title = ledger.title_field
    raw = {key: it for key, it in samples(office.registry, ledger.key)[1].items() if not ledger.by_key[key].unique}
    rid = office.add(ledger.key, **_taken(office, ledger, {**raw, **_planted(ledger, BEFORE), title: "上官婉儿"}))
    office.change(rid, None, **_taken(office, ledger, _planted(ledger, NOW), rid))
    return rid


def _planted(ledger: Ledger, person: Person) -> dict[str, object]:
    typed = {field.key: person.typed(field) for field in ledger.fields if field.key != ledger.title_field}
    return {key: it for key, it in typed.items() if it is not None}


def _taken(office: Office, ledger: Ledger, raw: dict[str, object], rid: int | None = None) -> dict[str, object]:
    """Without what the gate refuses."""
    broken = {finding.field for finding in office.findings(ledger.key, raw, rid) if finding.is_error}
    return {key: it for key, it in raw.items() if key not in broken}


@pytest.fixture
def rid(office: Office, ledger: Ledger) -> int:
    """A record full of personal values, with all that is done to records; the office is then a reader's."""
    found = fill(office, ledger)
    store = office.store
    store.do(f"修改：{NOW.number}", lambda work: work.void(found, f"与{BEFORE.number}重复，{NOW.phone}"))
    store.undo()
    store.keep(draft_key(ledger.key, found), {"phone": [NOW.phone, NOW.phone]})
    store.keep("filters", {"他": [["id_number", "is", NOW.number]]})
    store.act_as(Access("来访者", Role.READER))
    return found


def everything(store: Store, ledger: Ledger, rid: int) -> dict[str, Any]:
    """What every way of asking answers."""
    query, fields = Query(ledger.key, show="all"), list(ledger.by_key)
    return {
        "rows": store.rows(ledger.key, [rid]),
        "row": store.row(rid),
        "page": store.page(query),
        "as of": store.rows(ledger.key, [rid], as_of=date(2020, 1, 1)),
        "void": store.page(Query(ledger.key, show="void")),
        "history": store.history(rid),
        "operations": store.operations(),
        "undo_title": store.undo_title(),
        "redo_title": store.redo_title(),
        "remarks": [store.remarks(ledger.key, [rid]), store.remarks(ledger.key, [rid], anew=True)],
        "index": [store.index(ledger.key, [key]) for key in fields],
        "recall": [store.recall(key) for key in (draft_key(ledger.key, rid), "filters", "first page")],
        "recall_all": store.recall_all(""),
        "name_of": store.name_of(ledger.key, rid),
        "short_name_of": store.short_name_of(ledger.key, rid),
        "gaps": store.gaps(ledger.key),
        "reminders": store.reminders(),
        "log": store.log.lines(),
        "papers": store.papers.kept(),
        "holdings": store.holdings.drafts(),
    }


NUMBERS_ONLY = {"rids", "matching", "count", "rid", "tallies", "below", "last_backup", "written_elsewhere"}
NOT_READING = {
    *("do", "undo", "redo", "erase", "subscribe", "release", "keep", "act_as", "create", "open", "close"),
    *("backup", "safeguard", "check", "prepare_search"),
}
ASKED_ELSEWHERE = {"attachment", "context"}  # files are tried below; the gate must see all


def test_every_public_way_of_asking_is_tried_here(office: Office, ledger: Ledger) -> None:
    tried = set(everything(office.store, ledger, office.rids(ledger.key)[0]))
    public = {
        name for name, _it in inspect.getmembers(Store, inspect.isroutine) if not name.startswith("_")
    } - NOT_READING
    assert public - tried == NUMBERS_ONLY | ASKED_ELSEWHERE


def test_no_answer_holds_what_is_planted(office: Office, ledger: Ledger, rid: int) -> None:
    secrets = NOW.secrets() + BEFORE.secrets()
    for way, answer in everything(office.store, ledger, rid).items():
        assert [secret for secret in secrets if secret in repr(answer)] == [], way


def test_who_may_change_records_reads_them_in_full(office: Office, ledger: Ledger, rid: int) -> None:
    office.store.act_as(Access("记录员", Role.RECORDER))
    told = repr(everything(office.store, ledger, rid))
    assert NOW.phone in told
    assert BEFORE.phone in told, "in the history"


def test_derived_columns_and_what_the_rules_say_are_the_same_for_all(office: Office, ledger: Ledger, rid: int) -> None:
    def told() -> list[Any]:
        row = office.store.row(rid)
        remarks = office.store.remarks(ledger.key, [rid], anew=True)
        return [row.derived, row.completeness, row.flaws, [one.field for it in remarks for one in it.findings]]

    mine = told()
    office.store.act_as(Access("管理员", Role.ADMIN))
    assert told() == mine


def test_digits_that_are_not_seen_find_nobody(office: Office, ledger: Ledger, rid: int) -> None:
    def found(words: str) -> bool:
        return rid in office.store.rids(Query(ledger.key, search=words, show="all"))

    for hidden in (NOW.number, NOW.number[6:14], NOW.number[:10], NOW.phone, NOW.phone[3:], NOW.phone[3:7], NOW.home):
        assert not found(hidden), hidden
    assert found("上官")
    if ledger.numbered:
        assert found(NOW.phone[-4:])
        office.store.act_as(Access("记录员", Role.RECORDER))
        assert found(NOW.phone[3:7])


@pytest.mark.parametrize("op", ["is", "has", "from", "to"])
def test_no_condition_tells_what_is_not_seen(office: Office, ledger: Ledger, rid: int, op: Op) -> None:
    """Whoever asks about a masked value is answered as if it were all there is."""
    for key, true, false in (
        ("id_number", NOW.number, NOW.number[:6] + "19850618" + NOW.number[14:]),
        ("phone", NOW.phone, NOW.phone[:3] + "8766" + NOW.phone[7:]),
        ("born_on", NOW.born, "1985-06-18"),
        ("address", f"杏花路12号3栋{NOW.home}", "杏花路12号3栋7单元708室"),
    ):
        if key in ledger.by_key:
            asked = [Query(ledger.key, where=(Filter(key, op, value),), show="all") for value in (true, false)]
            known, unknown = (rid in office.store.rids(query) for query in asked)
            assert known is unknown, key
            assert office.store.count(asked[0]) == len(office.store.rids(asked[0]))


def test_what_is_seen_can_be_asked_for(office: Office, ledger: Ledger, rid: int) -> None:
    for key, op, value in (
        ("born_on", "is", "1985-06"),
        ("born_on", "from", "1985-06"),
        ("phone", "has", "1234"),
        ("phone", "filled", None),
    ):
        if key in ledger.by_key:
            query = Query(ledger.key, where=(Filter(key, op, value),), show="all")  # type: ignore[arg-type]
            assert rid in office.store.rids(query), (key, op)


def test_the_gate_is_asked_for_no_reader_by_way_of_an_import(
    office: Office, ledger: Ledger, rid: int, tmp_path: Path
) -> None:
    assert rid in office.rids(ledger.key)
    write_template(ledger, tmp_path / "sheet.xlsx")
    with pytest.raises(Refused, match="记录员或管理员"):
        plan_import(read_workbook(tmp_path / "sheet.xlsx"), ledger, office.store)


def test_what_was_shown_masked_is_not_written_back(office: Office, ledger: Ledger, rid: int) -> None:
    store = office.store
    for key, value in (("filters", {"又": []}), (draft_key(ledger.key, rid), {}), ("columns", ["name"])):
        store.keep(key, value)
    assert store.recall("columns") == ["name"]
    store.act_as(Access("记录员", Role.RECORDER))
    assert NOW.number in repr(store.recall("filters"))
    assert NOW.phone in repr(store.recall(draft_key(ledger.key, rid)))


def test_a_photo_may_be_seen_and_what_else_is_attached_may_not(office: Office) -> None:
    member = office.rids("members")[0]
    kept: list[str] = []
    office.store.do("照片", lambda work: kept.append(work.attach(PHOTO, photo=True)))
    office.store.do("附件", lambda work: kept.append(work.attach(b"%PDF-1.7 " + NOW.number.encode())))
    photo = next(field.key for field in office.registry.ledgers["members"].fields if isinstance(field, Attachment))
    office.change(member, None, **{photo: [kept[0]]})
    office.store.act_as(Access("来访者", Role.READER))
    assert office.store.attachment(kept[0]).startswith(b"\xff\xd8")
    with pytest.raises(Refused, match="只读的使用者不能打开"):
        office.store.attachment(kept[1])


def test_a_column_that_looks_a_number_up_elsewhere_is_masked_too(tmp_path: Path) -> None:
    """A ledger that declares a looked-up column without its privacy class leaks nothing."""
    shown = Lookup("phones", "电话", ledger="people", link="place", field="phone")
    phones = tuple(replace(f, privacy=Privacy.PHONE) if f.key == "phone" else f for f in PEOPLE.fields)
    registry = registry_of([replace(PLACES, derived=(shown,)), replace(PEOPLE, fields=phones), POSTS])
    office = Office(tmp_path / "trial.tz", registry)
    office.add("people", name="安静宜", phone=NOW.phone, place=office.store.name)
    told: Callable[[], object] = lambda: office.store.row(office.store.root).derived["phones"]  # noqa: E731
    assert told() == NOW.phone
    office.store.act_as(Access("来访者", Role.READER))
    assert told() == "199****1234"
    office.store.close(with_backup=False)
