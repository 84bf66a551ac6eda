"""A ledger that only this test knows works from end to end; nothing of the program is edited for it."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from taizhang.core.context import Value, Values
from taizhang.core.derived import Computed, Tally
from taizhang.core.findings import warning
from taizhang.core.kinds import Day, Flag, LongText, Money, PersonName, Phone, Text, Whole
from taizhang.core.kinds_linked import Choice, Link, Links
from taizhang.core.ledger import Ledger, Presence
from taizhang.core.privacy import Privacy
from taizhang.desk.form import Form
from taizhang.desk.office import Facts, Office as Desk
from taizhang.desk.worker import Inline
from taizhang.exchange.apply import apply_plan
from taizhang.exchange.planner import plan_import
from taizhang.exchange.workbook import read_workbook
from taizhang.exchange.write import export_rows
from taizhang.press.fonts import Typefaces
from taizhang.press.ledger_print import Occasion, ledger_sheet
from taizhang.press.page import Paper
from taizhang.press.table import render
from taizhang.registry import Contradiction, Registry, installed, registry_of
from taizhang.store.query import Query
from tests.desk.offices import loud
from tests.offices import NOON, TODAY, Office
from tests.press.reading import read_pdf

VISITS = Ledger(
    "visits",
    "走访记录",
    (
        Text("topic", "事由", required=True, wanted=True, aliases=("走访事由",)),
        Day("held_on", "走访日期", wanted=True, future=False),
        Link("branch", "党支部", ledger="organisations", wanted=True),
        Links("visitors", "走访人", ledger="members"),
        PersonName("resident", "居民", privacy=Privacy.NAME),
        Phone("phone", "电话", privacy=Privacy.PHONE),
        Whole("people", "家庭人口", most=30),
        Money("spent", "慰问金"),
        Flag("solved", "已办结"),
        Choice("health", "健康状况", table="health"),
        LongText("note", "备注"),
    ),
    group="服务与共建",
    order=900,
    icon="ph.door",
    purpose="记下走访了谁、带回什么事。",
    unit="次",
    title_field="topic",
    columns=("topic", "held_on", "branch", "resident", "days"),
    print_columns=("topic", "held_on", "branch", "visitors", "resident", "spent"),
    derived=(Computed("days", "距今天数", compute=lambda values, _today: len(str(values.get("topic")))),),
    rules=(lambda values, _context: [warning("phone", "没有电话。")] if values.get("phone") is None else [],),
    fills=(lambda values, _context: filled(values),),
    presence=Presence(begins=("held_on",)),
    scope="branch",
    match=(("topic", "held_on"),),
    search_fields=("topic", "resident", "phone"),
)
ROW = {
    "topic": "独居老人看望",
    "held_on": "2026.10.8",
    "branch": "第一党支部",
    "visitors": "欧阳喆、卢梅",
    "resident": "孟㛃",
    "phone": "19900000042",
    "people": "2",
    "spent": "300",
    "solved": "是",
    "note": "灯坏了\n已报修",
}


def filled(values: Values) -> dict[str, Value]:
    """Health is assumed good where money was not needed: a rule of this test only."""
    return {"health": "1"} if values.get("spent") is None else {}


@pytest.fixture
def registry() -> Registry:
    """The ledgers of the program and the new one."""
    return registry_of([*installed().ledgers.values(), VISITS])


@pytest.fixture
def office(tmp_path: Path, registry: Registry) -> Iterator[Office]:
    """An office with the samples of the other ledgers."""
    office = Office(tmp_path / "office.tz", registry)
    office.fill()
    yield office
    office.store.close(with_backup=False)


def test_it_is_stored_found_undone_and_remembered(office: Office) -> None:
    rid = office.add("visits", **ROW)
    row = office.store.row(rid)
    assert (row.values["held_on"], row.values["spent"], row.derived["days"]) == ("2026-10-08", 30000, 6)
    for words in ("独居", "djlr", "0042", "孟㛃"):
        assert office.store.rids(Query("visits", search=words)) == [rid], words
    branch = row.values["branch"]
    assert isinstance(branch, int)
    assert office.store.rids(Query("visits", scope=branch)) == [rid]
    office.change(rid, solved="否")
    assert office.store.history(rid)[0].fields["solved"] == (True, False)
    office.store.undo()
    office.store.undo()
    assert office.rids("visits") == []


def test_it_goes_through_excel_and_back(office: Office, registry: Registry, tmp_path: Path) -> None:
    rid = office.add("visits", **ROW)
    export_rows(office.store, VISITS, [rid], tmp_path / "visits.xlsx")
    office.store.do("作废", lambda work: work.void(rid, "试"))
    plan = plan_import(read_workbook(tmp_path / "visits.xlsx"), VISITS, office.store)
    apply_plan(office.store, plan)
    (again,) = office.rids("visits")
    assert office.store.row(again).values == office.store.row(rid).values
    assert registry.ledgers["visits"] is VISITS


def test_it_is_printed(office: Office) -> None:
    office.add("visits", **ROW)
    _total, rows = office.store.page(Query("visits"))
    out = io.BytesIO()
    sheet = ledger_sheet(VISITS, rows, Occasion(TODAY, NOON, office.store.name_of))
    render(sheet, Paper.of("A4", landscape=True), Typefaces(installed=()), out)
    text = "".join(page.text for page in read_pdf(out.getvalue()))
    assert "走访记录" in text
    assert "300.00" in text


def test_it_has_a_form(office: Office, qtbot: QtBot) -> None:
    form = Form(VISITS, Desk(lambda: office.store, Facts.of(office.store), Inline(loud)))
    qtbot.addWidget(form)
    assert list(form.fields) == list(VISITS.by_key)


def test_an_older_file_gets_the_new_ledger(tmp_path: Path, registry: Registry) -> None:
    old = Office(tmp_path / "old.tz")
    old.fill()
    old.store.close(with_backup=False)
    grown = Office.of(type(old.store).open(old.path, registry, clock=lambda: NOON), registry)
    grown.add("visits", **ROW)
    assert len(grown.rids("visits")) == 1
    grown.store.close(with_backup=False)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title_field": "name"}, "name"),
        ({"scope": "district"}, "district"),
        ({"key": "members"}, "same key"),
        ({"office": True}, "office"),
        ({"fields": (*VISITS.fields, Text("topic", "又一个"))}, "twice"),
        ({"fields": (*VISITS.fields, Link("shop", "店", ledger="shops"))}, "shops"),
    ],
)
def test_a_contradiction_is_found_at_once(changed: dict[str, object], said: str) -> None:
    wrong = VISITS.__class__(**{**_declared(VISITS), **changed})  # type: ignore[arg-type]
    with pytest.raises(Contradiction, match=said):
        registry_of([*installed().ledgers.values(), wrong])


def test_a_missing_code_table_is_found_at_once() -> None:
    wrong = VISITS.__class__(
        **{**_declared(VISITS), "fields": (*VISITS.fields, Choice("star", "星级", table="stars"))}  # type: ignore[arg-type]
    )
    with pytest.raises((Contradiction, FileNotFoundError)):
        registry_of([*installed().ledgers.values(), wrong])


def _declared(ledger: Ledger) -> dict[str, object]:
    """What the ledger was declared with."""
    return {name: getattr(ledger, name) for name in ledger.__dataclass_fields__ if name != "_"}


def test_a_tally_of_another_ledger_needs_no_change_there(tmp_path: Path) -> None:
    organisations = installed().ledgers["organisations"]
    counted = organisations.__class__(
        **{
            **_declared(organisations),
            "derived": (*organisations.derived, Tally("visit_count", "走访", ledger="visits", link="branch")),
        }  # type: ignore[arg-type]
    )
    others = [ledger for ledger in installed().ledgers.values() if ledger.key != "organisations"]
    office = Office(tmp_path / "office.tz", registry_of([counted, *others, VISITS]))
    branch = office.add("organisations", name="第一党支部", kind="党支部")
    office.add("visits", topic="看望", held_on="2026-10-08", branch=branch)
    assert office.store.row(branch).derived["visit_count"] == 1
    office.store.close(with_backup=False)
