"""Any sequence of additions, changes, voids, undos and redos, across restarts, against a plain dictionary."""

import copy
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from taizhang.core.errors import Refused
from taizhang.store.query import Query
from taizhang.store.store import Store
from taizhang.store.work import Work
from tests.offices import NOON, Office
from tests.store.trial import trial

_RAW = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["卢梅", "孟堃", "夏辉"]),
        "note": st.sampled_from(["", "甲", "乙"]),
        "dues": st.sampled_from(["", "1", "2.50"]),
        "retired": st.sampled_from(["", "是", "否"]),
    },
)
_READ: dict[str, dict[str, Any]] = {
    "note": {"": None},
    "dues": {"": None, "1": 100, "2.50": 250},
    "retired": {"": None, "是": True, "否": False},
}
_KEYS = ("name", *_READ)
_State = dict[int, dict[str, Any]]  # rid -> values and whether it is void
_Net = dict[int, tuple[dict[str, Any] | None, dict[str, Any]]]  # rid -> (before, after); before None: it was new


def _difference(before: _State, after: _State) -> _Net:
    return {rid: (before.get(rid), values) for rid, values in after.items() if before.get(rid) != values}


def _taken_back(state: _State, net: _Net) -> _State:
    """What undo promises: new records are void unless edited since, fields go back unless edited since."""
    state = copy.deepcopy(state)
    for rid, (start, end) in net.items():
        now = state[rid]
        if start is None:
            if now == end:
                now["void"] = True
        else:
            now.update({key: start[key] for key in end if start[key] != end[key] and now[key] == end[key]})
    return state


class Undoing(RuleBasedStateMachine):
    """The store beside its model."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.office = Office(Path(self.folder.name) / "trial.tz", trial())
        self.state: _State = {}
        self.done: dict[int, tuple[_Net, bool]] = {}  # operation -> (what it did, whether it stands)
        self.undos: list[tuple[int, _Net]] = []  # (operation, what its undo did)

    @property
    def store(self) -> Store:
        return self.office.store

    def _live(self) -> list[int]:
        return [rid for rid, values in self.state.items() if not values["void"]]

    def _pick(self, data: st.DataObject, count: int = 1) -> list[int]:
        return data.draw(st.lists(st.sampled_from(self._live()), min_size=1, max_size=count, unique=True))

    def _did(self, op: int, after: _State) -> None:
        net = _difference(self.state, after)
        if net:
            self.done[op] = (net, True)
            self.undos.clear()
        self.state = after

    @rule(raws=st.lists(_RAW, min_size=1, max_size=3))
    def add(self, raws: list[dict[str, str]]) -> None:
        whole = [{"name": "欧阳喆", **raw} for raw in raws]
        drafts = [self.office.check("people", raw) for raw in whole]
        changes = self.store.do("新增", lambda work: work.add_many(drafts))
        after = copy.deepcopy(self.state)
        for rid, raw in zip(sorted(changes.touched["people"]), whole, strict=True):
            after[rid] = {**dict.fromkeys(_KEYS), **_values(raw), "void": False}
        self._did(changes.op, after)

    @precondition(lambda self: self._live())
    @rule(data=st.data(), raw=_RAW)
    def change(self, data: st.DataObject, raw: dict[str, str]) -> None:
        rids = self._pick(data, 3)
        drafts = [(rid, self.office.check("people", dict(raw), rid)) for rid in rids]
        changes = self.store.do("修改", lambda work: work.change_many(drafts))
        after = copy.deepcopy(self.state)
        for rid in rids:
            after[rid].update(_values(raw))
        self._did(changes.op, after)

    @precondition(lambda self: self._live())
    @rule(data=st.data())
    def void(self, data: st.DataObject) -> None:
        (rid,) = self._pick(data)
        changes = self.store.do("作废", lambda work: work.void(rid, "试试"))
        after = copy.deepcopy(self.state)
        after[rid]["void"] = True
        self._did(changes.op, after)

    @precondition(lambda self: self._live())
    @rule(data=st.data(), raw=_RAW)
    def fail(self, data: st.DataObject, raw: dict[str, str]) -> None:
        (rid,) = self._pick(data)

        def work(work: Work) -> None:
            work.change(rid, self.office.check("people", dict(raw), rid))
            work.add(self.office.check("people", {"name": "不该有"}))
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            self.store.do("半途而废", work)

    def _take_back(self, op: int) -> None:
        net, _stands = self.done[op]
        after = _taken_back(self.state, net)
        self.undos.append((op, _difference(self.state, after)))
        self.done[op] = (net, False)
        self.state = after

    @rule()
    def undo(self) -> None:
        standing = [op for op, (_net, stands) in self.done.items() if stands]
        if not standing:
            with pytest.raises(Refused):
                self.store.undo()
            return
        self.store.undo()
        self._take_back(max(standing))

    @precondition(lambda self: any(stands for _net, stands in self.done.values()))
    @rule(data=st.data())
    def undo_an_old_one(self, data: st.DataObject) -> None:
        op = data.draw(st.sampled_from([op for op, (_net, stands) in self.done.items() if stands]))
        self.store.undo(op)
        self._take_back(op)

    @rule()
    def redo(self) -> None:
        if not self.undos:
            with pytest.raises(Refused):
                self.store.redo()
            return
        op, net = self.undos.pop()
        self.store.redo()
        self.state = _taken_back(self.state, net)
        self.done[op] = (self.done[op][0], True)

    @rule()
    def restart(self) -> None:
        self.store.close(with_backup=False)
        self.office.store = Store.open(self.office.path, self.office.registry, clock=lambda: NOON)

    @invariant()
    def the_store_holds_what_the_model_holds(self) -> None:
        rows = self.store.rows("people", list(self.state), _KEYS)
        assert {row.rid: {**row.values, "void": row.void is not None} for row in rows} == self.state
        assert sorted(self.store.rids(Query("people"))) == self._live()
        for name in ("卢梅", "孟堃"):
            named = [rid for rid in self._live() if self.state[rid]["name"] == name]
            assert sorted(self.store.rids(Query("people", search=name))) == named

    @invariant()
    def nothing_is_lost_and_the_file_is_sound(self) -> None:
        assert self.store.check() == []
        assert all(self.store.history(rid)[-1].action == "add" for rid in self.state)

    def teardown(self) -> None:
        self.store.close(with_backup=False)
        self.folder.cleanup()


def _values(raw: dict[str, str]) -> dict[str, Any]:
    return {key: _READ[key].get(text, text) if key in _READ else text for key, text in raw.items()}


TestUndoing = Undoing.TestCase
TestUndoing.settings = settings(
    max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
