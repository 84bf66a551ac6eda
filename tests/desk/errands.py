"""A ledger with acts and a board that only tests know: letters that somebody takes to another office."""

import tempfile
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from taizhang.core.act import Act, Page
from taizhang.core.board import Board, Lane
from taizhang.core.context import Context, Value, Values
from taizhang.core.derived import Computed
from taizhang.core.findings import Finding, error, warning
from taizhang.core.kinds import Day, PersonName, Text, Whole
from taizhang.core.kinds_linked import Link, Links
from taizhang.core.ledger import Consequence, Ledger
from taizhang.core.privacy import Privacy
from taizhang.desk.office import Facts, Office
from taizhang.desk.worker import Inline
from taizhang.registry import Registry, installed, registry_of
from taizhang.store.query import Query
from taizhang.store.store import Store
from tests.desk.offices import loud
from tests.offices import NOON, Office as Filed

OUT, HOME, LOST = "在外", "已回", "遗失"


def _filled(values: Values, context: Context) -> Mapping[str, Value]:
    found: dict[str, Value] = {"number": f"第{len(context.index('errands', ['number'])) + 1}号"}
    member = values.get("member")
    if isinstance(member, int):
        person = context.values("members", member) or {}
        found |= {"name": person.get("name"), "branch": person.get("branch")}
    issued, days = values.get("issued_on"), values.get("valid_days")
    if isinstance(issued, str) and isinstance(days, int):
        found["due_on"] = (date.fromisoformat(issued) + timedelta(days)).isoformat()
    return found


def _rules(values: Values, context: Context) -> Iterator[Finding]:
    days = values.get("valid_days")
    if isinstance(days, int) and days > 90:
        yield error("valid_days", "有效期最长 90 天。", proposal="90")
    if values.get("state") == OUT and values.get("due_on") and str(values["due_on"]) < context.today.isoformat():
        yield warning("due_on", "已经过期。")


def _home(_before: Values, after: Values, _context: Context) -> Iterator[Consequence]:
    member, others = after.get("member"), after.get("with_them")
    people = [*([member] if isinstance(member, int) else []), *(others if isinstance(others, tuple) else ())]
    if after.get("state") == HOME:
        yield from (Consequence("members", int(rid), {"note": "信已送到"}) for rid in people)


def _left(values: Values, today: date) -> str | None:
    due = values.get("due_on")
    return f"还剩 {(date.fromisoformat(due) - today).days} 天" if isinstance(due, str) else None


def _late(values: Values, today: date) -> bool:
    return values.get("state") == OUT and str(values.get("due_on") or "9") < today.isoformat()


ERRANDS = Ledger(
    "errands",
    "送信登记",
    (
        Link("member", "送信的党员", ledger="members", privacy=Privacy.NAME, section="谁送"),
        PersonName("name", "姓名", required=True, wanted=True, privacy=Privacy.NAME),
        Link("branch", "所在支部", ledger="organisations"),
        Links("with_them", "同去的人", ledger="members", privacy=Privacy.NAME),
        Text(
            "place", "送到哪里", required=True, section="信", recalls=(("errands", "place"), ("organisations", "name"))
        ),
        Text("number", "编号"),
        Day("issued_on", "开具日期"),
        Whole("valid_days", "有效期", most=999),
        Day("due_on", "到期日"),
        Day("home_on", "送到日期", section="结果"),
        Text("state", "状态"),
    ),
    group="服务与共建",
    order=900,
    icon="ph.envelope",
    purpose="记下谁送信到哪里。",
    unit="封",
    columns=("number", "name", "place", "issued_on", "state"),
    heads=("left", "place"),
    derived=(Computed("left", "倒计时", compute=_left),),
    rules=(_rules,),
    fills=(_filled,),
    effects=(_home,),
    scope="branch",
    sorts=("issued_on", "entry"),
    match=(("number",),),
    acts=(
        Act(
            "note",
            "补记一封",
            icon="note-pencil",
            help="已经送出的信补记在这里。",
            starts=True,
            pages=(Page("补记", ("name", "place", "issued_on")),),
            link="member",
            about=lambda values: values.get("category") == "1",
        ),
        Act(
            "send",
            "送一封信",
            icon="envelope",
            help="选党员和去处，其余自动填好。",
            starts=True,
            main=True,
            link="member",
            sets=lambda _values, context: {"issued_on": context.today.isoformat(), "valid_days": 30, "state": OUT},
            pages=(
                Page("谁送", ("member", "name", "branch", "with_them"), "从党员名册中选，姓名自动填好。"),
                Page("送到哪里", ("place", "number", "issued_on", "valid_days", "due_on")),
            ),
        ),
        Act(
            "arrive",
            "登记送到",
            icon="check",
            help="送到以后登记日期。",
            when=lambda values: values.get("state") == OUT,
            sets=lambda _values, context: {"home_on": context.today.isoformat(), "state": HOME},
            pages=(Page("送到", ("home_on",)),),
        ),
        Act(
            "lose",
            "登记遗失",
            icon="warning",
            help="信丢了，登记为遗失，再另开一封。",
            when=lambda values: values.get("state") == OUT,
            sets=lambda _values, _context: {"state": LOST},
        ),
    ),
    board=Board(
        (
            Lane("late", "已过期", _late, "过了到期日还没有送到。", tone="alarm", chase=True),
            Lane("out", "在外", lambda values, _today: values.get("state") == OUT, tone="warning", chase=True),
            Lane("home", "已回", lambda values, _today: values.get("state") == HOME),
            Lane("lost", "遗失", lambda values, _today: values.get("state") == LOST, "信丢了的。"),
        ),
        ("place", "due_on", "left"),
    ),
)


@cache
def registry() -> Registry:
    """The ledgers of the program and this one."""
    return registry_of([*installed().ledgers.values(), ERRANDS])


def errands_office(folder: Path) -> tuple[Filed, Office]:
    """An office with the sample records of the other ledgers, and the same as the window sees it."""
    path = folder / "office.tz"
    path.write_bytes(_made())
    filed = Filed.of(Store.open(path, registry(), who="记录员", clock=lambda: NOON), registry())
    return filed, Office(lambda: filed.store, Facts.of(filed.store), Inline(loud))


def member(filed: Filed, name: str) -> int:
    """The record number of a member."""
    return filed.store.rids(Query("members", search=name))[0]


@cache
def _made() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        filed = Filed(Path(folder) / "office.tz", registry())
        filed.fill()
        filed.store.close(with_backup=False)
        return filed.path.read_bytes()
