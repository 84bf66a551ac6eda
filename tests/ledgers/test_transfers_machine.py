"""Any sequence of applications, letters, acceptances, receipts, re-issues, moves, undos and redos loses nobody."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Set as AbstractSet
from copy import copy, deepcopy
from pathlib import Path

from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from taizhang.core.context import Value
from taizhang.core.errors import Refused
from taizhang.registry import installed
from taizhang.store.query import Query
from taizhang.store.store import Store
from taizhang.store.work import Work
from tests.ledgers.letters import FIRST, NAMES, SECOND, TO, Letters, card
from tests.offices import NOON, Office

_PEOPLE = {card(number): name for number, name in enumerate((*NAMES, "冯五", "董六"))}
_OPEN = {"10-1", "11-1", "12-1", "20-1", "21-1"}
_WAITING = {"10-1", "11-1", "20-1", "21-1"}
_MOVED = {"12-1", "30-1", "40-1"}
_SETTLED = {("1-1", "30-1"), ("1-1", "40-1"), ("2-1", "30-1"), ("2-1", "40-1")}
_TODAY = "2026-11-21"
_DAYS = st.sampled_from(["2025-12-30", "2026-01-02", "2026-11-01", _TODAY])
_PICK = st.integers(0, 40)
_CHANGES: tuple[Mapping[str, object], ...] = (
    {"state": "支部审核"},
    {"state": "在途"},
    {"state": "已接收"},
    {"state": "办结"},
    {"state": "作废", "state_reason": "写错"},
    {"state": "撤回", "state_reason": "不走了"},
    {"state": "退回", "state_reason": "材料不全"},
    {"issued_on": _TODAY},
    {"verified_on": _TODAY},
    {"received_on": _TODAY},
    {"receipt_on": _TODAY},
    {"received_on": ""},
    {"state": "", "receipt_on": ""},
    {"valid_days": 90},
    {"branch": SECOND},
    {"to_branch": FIRST},
    {"member": NAMES[1]},
    {"credential": "证明信"},
    {"number": "〔2026〕001"},
)
_Office = Mapping[str, Mapping[int, Mapping[str, Value]]]


class Transfers(RuleBasedStateMachine):
    """A real office beside a model that knows only who is here: who was accepted elsewhere is not, who came is."""

    template: Letters

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = Path(shutil.copy(self.template.office.path, Path(self.folder.name) / "office.tz"))
        self.letters = copy(self.template)
        store = Store.open(path, installed(), who="记录员", clock=lambda: NOON)
        self.letters.office = Office.of(store, installed())
        self.store = store
        self.here = {card(number) for number in range(len(NAMES))}
        self.now = self.held()
        self.done: list[tuple[_Office, set[str]]] = []
        self.undone: list[tuple[_Office, set[str]]] = []

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close(with_backup=False)
            self.folder.cleanup()

    # -- what a clerk does -----------------------------------------------------------------------------------------

    @rule(who=_PICK, credential=st.sampled_from(["", "介绍信", "线上", "证明信"]))
    def apply(self, who: int, credential: str) -> None:
        self.add(self.somebody(who), {"direction": "转出", "credential": credential, **TO})

    @rule(who=_PICK, day=_DAYS)
    def issue_at_once(self, who: int, day: str) -> None:
        paid = {"issued_on": day, "dues_paid_to": day[:7]}
        self.add(self.somebody(who), {"direction": "转出", **TO, **paid})

    @precondition(lambda self: self.standing("1-1", _WAITING))
    @rule(one=_PICK, day=_DAYS)
    def issue(self, one: int, day: str) -> None:
        self.change(one, {"issued_on": day, "dues_paid_to": day[:7]}, "1-1", _WAITING)

    @precondition(lambda self: self.standing("1-1", {"12-1"}))
    @rule(one=_PICK)
    def accepted_there(self, one: int) -> None:
        self.change(one, {"received_on": _TODAY}, "1-1", {"12-1"})

    @precondition(lambda self: self.standing("", {"12-1", "30-1"}))
    @rule(one=_PICK)
    def receipt(self, one: int) -> None:
        self.change(one, {"receipt_on": _TODAY}, "", {"12-1", "30-1"})

    @precondition(lambda self: self.standing("1-1", {"12-1"}))
    @rule(one=_PICK)
    def issue_anew(self, one: int) -> None:
        paid = {"issued_on": _TODAY, "dues_paid_to": _TODAY[:7], "state_reason": "遗失"}
        self.add({}, {"direction": "转出", "replaces": self.picked(one, "1-1", {"12-1"}), **paid})

    @rule(who=_PICK, known=st.booleans(), at_once=st.booleans())
    def come(self, who: int, known: bool, at_once: bool) -> None:
        person, day = self.somebody(who), {"received_on": _TODAY} if at_once else {}
        raw = {"direction": "转入", "category": "正式", "joined_on": "2012-07-01", "branch": FIRST, **day}
        self.add(person if known else {"name": person["name"], "id_number": person["id_number"]}, raw)

    @precondition(lambda self: self.standing("2-1", _WAITING))
    @rule(one=_PICK, branch=st.sampled_from([FIRST, SECOND]))
    def accept(self, one: int, branch: str) -> None:
        self.change(one, {"received_on": _TODAY, "branch": branch}, "2-1", _WAITING)

    @rule(who=_PICK, branch=st.sampled_from([FIRST, SECOND]), at_once=st.booleans())
    def move(self, who: int, branch: str, at_once: bool) -> None:
        day = {"received_on": _TODAY} if at_once else {}
        self.add(self.somebody(who), {"direction": "内部", "to_branch": branch, **day})

    @rule(first=_PICK, second=_PICK)
    def unit_leaves(self, first: int, second: int) -> None:
        rids = sorted({rid for one in (first, second) if (rid := self.roster(self.card(one))) is not None})
        paid = {"issued_on": _TODAY, "dues_paid_to": _TODAY[:7]}
        self.add({"members": rids}, {"direction": "转出", "credential": "整建制", "name": "某支部", **TO, **paid})

    @precondition(lambda self: self.standing())
    @rule(one=_PICK, what=st.sampled_from(_CHANGES))
    def whatever(self, one: int, what: Mapping[str, object]) -> None:
        self.change(one, what)

    @precondition(lambda self: self.standing("", _MOVED))
    @rule(one=_PICK)
    def take_out(self, one: int) -> None:
        rid = self.picked(one, "", _MOVED)
        self.do(lambda work: work.void(rid, "登记错了"))

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        assert self.store.undo().kept == ()
        self.undone.append((self.now, self.here))
        before, self.here = self.done.pop()
        self.now = self.held()
        assert self.now == before

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        self.store.redo()
        self.done.append((self.now, self.here))
        after, self.here = self.undone.pop()
        self.now = self.held()
        assert self.now == after

    # -- what holds all the time -----------------------------------------------------------------------------------

    @invariant()
    def everybody_is_in_the_roster_once_and_here_unless_accepted_elsewhere(self) -> None:
        if not hasattr(self, "now"):
            return
        records = Counter(str(values["id_number"]) for values in self.now["members"].values())
        assert not [number for number, count in records.items() if count > 1]
        present = {str(values["id_number"]) for values in self.now["members"].values() if values["left_on"] is None}
        assert present == self.here
        gone = {rid for rid, values in self.now["members"].items() if values["left_on"] is not None}
        assert gone <= {
            rid for values in self.now["transfers"].values() if _is_settled(values) for rid in _people(values)
        }

    @invariant()
    def a_number_is_given_once_in_a_series_and_year(self) -> None:
        if not hasattr(self, "now"):
            return
        given = Counter(
            (values["series"], str(values["issued_on"])[:4], values["number"])
            for values in self.now["transfers"].values()
            if values["direction"] == "1-1" and values["number"] is not None
        )
        assert not [number for number, count in given.items() if count > 1]

    @invariant()
    def nobody_is_on_two_ways_at_once(self) -> None:
        if not hasattr(self, "now"):
            return
        under_way = Counter(
            rid
            for values in self.now["transfers"].values()
            if values["state"] in _OPEN and values["credential"] != "4-1"
            for rid in _people(values)
        )
        assert not [rid for rid, count in under_way.items() if count > 1]

    # -- how it is done --------------------------------------------------------------------------------------------

    def card(self, who: int) -> str:
        return sorted(_PEOPLE)[who % len(_PEOPLE)]

    def roster(self, number: str) -> int | None:
        found = [rid for rid, values in self.now["members"].items() if values["id_number"] == number]
        return found[0] if found else None

    def somebody(self, who: int) -> dict[str, object]:
        """One of the people, by the roster's record where there is one."""
        number = self.card(who)
        rid = self.roster(number)
        return {"name": _PEOPLE[number], "id_number": number, **({"member": rid} if rid is not None else {})}

    def standing(self, direction: str = "", states: AbstractSet[str] = frozenset()) -> list[int]:
        """The transfers of a direction that stand in one of these states; all, where nothing is said."""
        return [
            rid
            for rid, it in sorted(self.now["transfers"].items())
            if direction in {"", it["direction"]} and (not states or it["state"] in states)
        ]

    def picked(self, one: int, direction: str = "", states: AbstractSet[str] = frozenset()) -> int:
        """One of those."""
        found = self.standing(direction, states)
        return found[one % len(found)]

    def add(self, who: Mapping[str, object], raw: Mapping[str, object]) -> None:
        draft = self.letters.office.check("transfers", {**who, **raw})
        self.do(lambda work: work.add(draft))

    def change(
        self, one: int, raw: Mapping[str, object], direction: str = "", states: AbstractSet[str] = frozenset()
    ) -> None:
        rid = self.picked(one, direction, states)
        draft = self.letters.office.check("transfers", raw, rid)
        self.do(lambda work: work.change(rid, draft))

    def do(self, work: Callable[[Work], object]) -> None:
        """Do it, or be refused and find everything as it was."""
        try:
            changes = self.store.do("办理", work)
        except Refused:
            assert self.held() == self.now
            return
        before, self.now = self.now, self.held()
        if changes.count:
            self.done.append((before, self.here))
            self.undone.clear()
        self.here = self.followed(before)

    def followed(self, before: _Office) -> set[str]:
        """Who is here after what was just accepted."""
        here = set(self.here)
        for rid, now in self.now["transfers"].items():
            if now["credential"] == "4-1" or not _is_settled(now) or _is_settled(before["transfers"].get(rid, {})):
                continue
            numbers = {str(self.now["members"][member]["id_number"]) for member in _people(now)}
            here = here - numbers if now["direction"] == "1-1" else here | numbers
        return here

    def held(self) -> _Office:
        """All that the office holds of people and their transfers."""
        return deepcopy(
            {
                key: {row.rid: row.values for row in self.store.rows(key, self.store.rids(Query(key, show="all")))}
                for key in ("members", "transfers")
            }
        )


def _people(values: Mapping[str, Value]) -> set[int]:
    members = values["members"] if isinstance(values["members"], tuple) else ()
    return {rid for rid in (values["member"], *members) if isinstance(rid, int)}


def _is_settled(values: Mapping[str, Value]) -> bool:
    return (values.get("direction"), values.get("state")) in _SETTLED


def test_no_path_loses_or_doubles_anybody(community: Letters) -> None:
    Transfers.template = community
    run_state_machine_as_test(
        Transfers,
        settings=settings(
            max_examples=20, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
