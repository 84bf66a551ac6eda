"""The roster as of any day: moves, corrections, leaving and coming back (wishes 31, R-ELEC and the transfer rules)."""

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from taizhang.store.query import Filter, Query
from tests.offices import Office
from tests.store.trial import trial


def _day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.fixture
def places(office: Office) -> dict[str, int]:
    """Three places by name."""
    return {name: office.add("places", name=name) for name in ("一号楼", "二号楼", "三号楼")}


def _where(office: Office, rid: int, day: str) -> str:
    (row,) = office.store.rows("people", [rid], ["place"], as_of=_day(day))
    place = row.values["place"]
    return office.store.name_of("places", place) if isinstance(place, int) else ""


def _there(office: Office, place: int | None, day: str) -> list[int]:
    return office.store.rids(Query("people", scope=place, as_of=_day(day)))


def test_a_move_keeps_where_somebody_was(office: Office, places: dict[str, int]) -> None:
    rid = office.add("people", name="卢梅", place="一号楼", moved_on="2010-05")
    office.change(rid, place="二号楼", moved_on="2020-03-01")
    office.change(rid, since="2024-01-01", place="三号楼")
    assert [_where(office, rid, day) for day in ("2015-01-01", "2020-02-29", "2020-03-01", "2023-12-31")] == [
        "一号楼",
        "一号楼",
        "二号楼",
        "二号楼",
    ]
    assert _where(office, rid, "2024-01-01") == "三号楼"
    assert office.store.row(rid).values["moved_on"] == "2024-01-01"
    then = office.store.rows("people", [rid], as_of=_day("2021-01-01"))[0].values
    assert (then["place"], then["moved_on"]) == (places["二号楼"], "2020-03-01")
    assert _there(office, places["二号楼"], "2021-01-01") == [rid]
    assert _there(office, places["三号楼"], "2021-01-01") == []
    assert office.store.rids(Query("people", scope=places["三号楼"])) == [rid]


def test_without_a_day_a_move_holds_from_today(office: Office, places: dict[str, int]) -> None:
    del places
    rid = office.add("people", name="卢梅", place="一号楼")
    office.change(rid, place="二号楼")
    assert office.store.row(rid).values["moved_on"] == "2026-11-21"
    assert _where(office, rid, "2026-11-20") == "一号楼"
    assert _where(office, rid, "2026-11-21") == "二号楼"


def test_a_wrong_place_that_is_corrected_from_its_own_day_is_not_remembered(
    office: Office, places: dict[str, int]
) -> None:
    del places
    rid = office.add("people", name="卢梅", place="一号楼", moved_on="2010")
    office.change(rid, since="2010", place="二号楼")
    assert _where(office, rid, "2005-01-01") == "二号楼"
    office.change(rid, since="2020-01-01", place="三号楼")
    office.change(rid, since="2020-01-01", place="一号楼")
    assert [_where(office, rid, day) for day in ("2019-12-31", "2020-01-01")] == ["二号楼", "一号楼"]


def test_a_move_whose_day_is_corrected_holds_from_the_right_day(office: Office, places: dict[str, int]) -> None:
    del places
    rid = office.add("people", name="卢梅", place="一号楼", moved_on="2010")
    office.change(rid, since="2020-01-01", place="二号楼")
    office.change(rid, moved_on="2021-01-01")
    assert [_where(office, rid, day) for day in ("2020-12-31", "2021-01-01")] == ["一号楼", "二号楼"]
    office.change(rid, moved_on="2019-01-01")
    assert [_where(office, rid, day) for day in ("2018-12-31", "2019-01-01")] == ["一号楼", "二号楼"]


def test_a_move_entered_late_stands_between_those_known(office: Office, places: dict[str, int]) -> None:
    """From its day on the new place holds, whatever was entered before for later days."""
    del places
    rid = office.add("people", name="卢梅", place="一号楼", moved_on="2010")
    office.change(rid, since="2020-01-01", place="二号楼")
    office.change(rid, since="2015-01-01", place="三号楼")
    assert [_where(office, rid, f"{year}-06-01") for year in (2012, 2014, 2016, 2022)] == [
        "一号楼",
        "一号楼",
        "三号楼",
        "三号楼",
    ]


def test_whoever_left_is_gone_from_that_day_and_back_when_back(office: Office) -> None:
    rid = office.add("people", name="卢梅", arrived_on="2008-07")
    office.change(rid, left_on="2012-03-15")
    assert office.store.rids(Query("people")) == []
    assert office.store.rids(Query("people", show="gone")) == [rid]
    office.change(rid, since="2018-09-01", left_on="")
    assert office.store.rids(Query("people")) == [rid]
    days = ("2008-06-30", "2008-07-01", "2012-03-14", "2012-03-15", "2018-08-31", "2018-09-01", "2026-11-21")
    assert [_there(office, None, day) == [rid] for day in days] == [False, True, True, False, False, True, True]
    gone = office.store.rids(Query("people", as_of=_day("2015-01-01"), show="gone"))
    assert gone == [rid]
    assert office.store.rids(Query("people", as_of=_day("2005-01-01"), show="gone")) == []
    assert office.store.rids(Query("people", as_of=_day("2005-01-01"), show="all")) == [rid]


def test_another_day_of_leaving_is_a_correction(office: Office) -> None:
    rid = office.add("people", name="卢梅", left_on="2012-03-15")
    office.change(rid, left_on="2013")
    assert _there(office, None, "2012-06-01") == [rid]
    assert _there(office, None, "2013-01-01") == []


def test_a_voided_record_never_was(office: Office, places: dict[str, int]) -> None:
    rid = office.add("people", name="卢梅", place="一号楼", moved_on="2010")
    office.change(rid, since="2020-01-01", place="二号楼")
    office.store.do("作废", lambda work: work.void(rid, "重复登记"))
    assert _there(office, None, "2015-01-01") == []
    assert _there(office, places["一号楼"], "2015-01-01") == []
    assert office.store.rids(Query("people", as_of=_day("2015-01-01"), show="void")) == [rid]


def test_filters_and_counts_ask_about_the_day(office: Office, places: dict[str, int]) -> None:
    rid = office.add("people", name="卢梅", place="一号楼", moved_on="2010", dues="1")
    office.change(rid, since="2020-01-01", place="二号楼")
    for place, day, expected in (("一号楼", "2019-01-01", [rid]), ("一号楼", "2021-01-01", [])):
        query = Query("people", where=(Filter("place", "is", places[place]),), as_of=_day(day))
        assert office.store.rids(query) == expected
        assert office.store.count(query) == len(expected)
    query = Query("people", where=(Filter("", "incomplete"),), as_of=_day("2019-01-01"))
    assert office.store.rids(query) == [rid]


def test_people_without_a_place_are_at_home_in_the_whole_office(office: Office) -> None:
    settled, free = office.add("people", name="卢梅"), office.add("people", name="孟堃", left_on="2020")
    office.change(free, since="2022-01-01", left_on="")
    for day in (None, _day("2024-01-01")):
        assert set(office.store.rids(Query("people", scope=office.store.root, as_of=day))) == {settled, free}


_PLACES = ("", "一号楼", "二号楼", "三号楼")
_DAYS = st.dates(date(2000, 1, 1), date(2012, 12, 31))


@given(
    first=st.sampled_from(_PLACES[1:]),
    moves=st.lists(st.tuples(st.sampled_from(_PLACES), _DAYS), max_size=6),
    asked=st.lists(_DAYS, min_size=1, max_size=5),
)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_as_of_any_day_equals_a_line_of_days(first: str, moves: list[tuple[str, date]], asked: list[date]) -> None:
    """The model is the place of each day, one by one; each change holds from its day on."""
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder) / "trial.tz", trial())
        for name in _PLACES[1:]:
            office.add("places", name=name)
        rid = office.add("people", name="卢梅", place=first)
        line = [(date.min, first)]  # since when, where
        for place, since in moves:
            if place != line[-1][1]:
                office.change(rid, since=since.isoformat(), place=place)
                line = [*(step for step in line if step[0] < since), (since, place)]
        edges = [day for since in line[1:] for day in (since[0], date.fromordinal(since[0].toordinal() - 1))]
        for day in [*asked, *edges]:
            expected = next(place for since, place in reversed(line) if since <= day)
            assert _where(office, rid, day.isoformat()) == expected, (line, day)
            if expected:
                scope = office.store.context().find("places", expected)[0]
                assert _there(office, scope, day.isoformat()) == [rid]
        assert office.store.check() == []
        while office.store.undo_title() == "修改":
            office.store.undo()
        assert _where(office, rid, "2001-01-01") == first
        office.store.close(with_backup=False)
