"""Each filter, asked of the database and of a single record alike."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from taizhang.core.context import Value
from taizhang.core.errors import Refused
from taizhang.store.filters import holds
from taizhang.store.query import Filter, Op, Query
from taizhang.store.work import Work
from tests.offices import Office
from tests.store.trial import trial


@pytest.fixture(scope="module")
def filled() -> Iterator[tuple[Office, dict[str, int]]]:
    """Four people, by name."""
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder) / "trial.tz", trial())
        rids = {
            "卢梅": office.add(
                "people", name="卢梅", sex="女", born_on="2004-07", dues="1.50", retired="否", note="50%_a"
            ),
            "孟堃": office.add("people", name="孟堃", sex="男", born_on="2004-07-15", retired="是", note="50 pct"),
            "夏辉": office.add("people", name="夏辉", born_on="2004", dues="12", children="3", note="Ab[c]"),
            "安宁": office.add("people", name="安宁", phone="123"),
        }
        ten = [office.add("people", name=f"甲{mark}") for mark in "乙丙丁戊己庚辛壬癸"]
        office.change(rids["卢梅"], friends=(rids["孟堃"], ten[-1]))
        _void(office, ten[:-1])
        yield office, {**rids, "甲癸": ten[-1]}
        office.store.close(with_backup=False)


def _void(office: Office, rids: list[int]) -> None:
    """Only there so that record numbers have two figures."""

    def work(work: Work) -> None:
        for rid in rids:
            work.void(rid, "只为编号")

    office.store.do("作废", work)


@pytest.mark.parametrize(
    ("key", "op", "value", "expected"),
    [
        ("sex", "is", "2", "卢梅"),
        ("sex", "is", ("1", "2"), "卢梅 孟堃"),
        ("sex", "is", ("1", None), "孟堃 夏辉 安宁 甲癸"),
        ("sex", "is", (), ""),
        ("sex", "blank", None, "夏辉 安宁 甲癸"),
        ("sex", "filled", None, "卢梅 孟堃"),
        ("retired", "is", False, "卢梅"),
        ("retired", "is", True, "孟堃"),
        ("dues", "is", 150, "卢梅"),
        ("dues", "from", 151, "夏辉"),
        ("dues", "to", 150, "卢梅"),
        ("born_on", "is", "2004-07", "卢梅 孟堃"),
        ("born_on", "is", "2004", "卢梅 孟堃 夏辉"),
        ("born_on", "is", "2004-07-15", "孟堃"),
        ("born_on", "is", ("2004-07-15", "2003"), "孟堃"),
        ("born_on", "is", "200", ""),
        ("born_on", "from", "2004-07-01", "孟堃"),
        ("born_on", "to", "2004-07", "卢梅 孟堃 夏辉"),
        ("born_on", "to", "2004-07-14", "卢梅 夏辉"),
        ("note", "has", "50%", "卢梅"),
        ("note", "has", "_", "卢梅"),
        ("note", "has", "50", "卢梅 孟堃"),
        ("note", "has", "[c]", "夏辉"),
        ("note", "has", "aB", "夏辉"),
        ("children", "has", "3", "夏辉"),
        ("", "flawed", None, "安宁"),
        ("", "incomplete", None, "卢梅 孟堃 夏辉 安宁 甲癸"),
    ],
)
def test_a_filter_finds_just_those(
    filled: tuple[Office, dict[str, int]], key: str, op: Op, value: Value, expected: str
) -> None:
    office, rids = filled
    query = Query("people", where=(Filter(key, op, value),))
    assert set(office.store.rids(query)) == {rids[name] for name in expected.split()}
    assert office.store.count(query) == len(expected.split())


def test_one_of_a_list_is_not_part_of_a_number(filled: tuple[Office, dict[str, int]]) -> None:
    """Record 1 is not in [12]."""
    office, rids = filled
    for rid in (*rids.values(), 1, 3):
        found = office.store.rids(Query("people", where=(Filter("friends", "has", rid),)))
        assert found == ([rids["卢梅"]] if rid in (rids["孟堃"], rids["甲癸"]) else [])


def test_an_unknown_field_is_refused_in_words(filled: tuple[Office, dict[str, int]]) -> None:
    with pytest.raises(Refused, match="人员没有“shoe_size”这一项"):
        filled[0].store.rids(Query("people", where=(Filter("shoe_size", "is", "44"),)))


_DAYS = ["1999", "2004", "2004-07", "2004-07-01", "2004-07-15", "2005-01"]
_VALUES: dict[str, list[Any]] = {
    "born_on": _DAYS,
    "note": ["%", "_", "a%", "A", "甲", "\\", "/", "'", '"', "["],
    "dues": [0, 1, 150, 1200],
    "retired": [True, False],
    "sex": ["1", "2"],
}


@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_database_and_a_single_record_answer_alike(data: st.DataObject) -> None:
    """Lists as of a day ask records one by one; nobody may be found by the one and not by the other."""
    rows = data.draw(
        st.lists(st.fixed_dictionaries({}, optional={k: st.sampled_from(v) for k, v in _VALUES.items()}), max_size=6)
    )
    filters = data.draw(st.lists(_filters(), min_size=1, max_size=12))
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder) / "trial.tz", trial())
        ledger = office.registry.ledgers["people"]
        draft = office.check("people", {"name": "卢梅"})
        drafts = [type(draft)(ledger, {"name": "卢梅", **row}, ()) for row in rows]
        office.store.do("导入", lambda work: work.add_many(drafts))
        stored = {row.rid: row.values for row in office.store.rows("people", office.rids("people"))}
        for one in filters:
            found = office.store.rids(Query("people", where=(one,)))
            assert set(found) == {rid for rid, values in stored.items() if holds(one, ledger, values)}, one
        office.store.close(with_backup=False)


@st.composite
def _filters(draw: st.DrawFn) -> Filter:
    key = draw(st.sampled_from(sorted(_VALUES)))
    op: Op = draw(st.sampled_from(["is", "blank", "filled", "from", "to", "has"]))
    value = draw(st.sampled_from(_VALUES[key]) | st.lists(st.sampled_from(_VALUES[key]), max_size=3).map(tuple))
    return Filter(key, op, value)
