"""The sample office: invented through and through, sound, and its rosters come in as the script says."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import make_sample
import pytest
import sample_office

from taizhang.core import idcard
from taizhang.core.errors import Cancelled, Refused
from taizhang.exchange.apply import apply_plan
from taizhang.exchange.planner import plan_import
from taizhang.exchange.vocabulary import Why
from taizhang.exchange.workbook import read_workbook
from taizhang.places import resources
from taizhang.registry import installed
from taizhang.sample import make
from taizhang.store.query import Query
from taizhang.store.store import Store
from tests.offices import NOON

SOURCE = resources() / "sample"
EXPECTED = json.loads((SOURCE / "expected.json").read_text(encoding="utf-8"))
NOBODYS_AREAS = {"430199", "430399", "420199", "110199", "130199"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample in it."""
    target = tmp_path_factory.mktemp("sample")
    make(target, installed())
    return target


@pytest.fixture
def store(folder: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of the sample office, open."""
    copy = tmp_path / "copy.tz"
    copy.write_bytes((folder / "杏花社区党委.tz").read_bytes())
    store = Store.open(copy, installed(), clock=lambda: NOON)
    yield store
    store.close(with_backup=False)


def test_it_is_as_large_as_a_real_office_and_sound(store: Store) -> None:
    assert store.name == "中共青石街道杏花社区委员会"
    assert store.count(Query("organisations")) == 9
    assert 115 <= store.count(Query("members")) <= 125
    assert store.count(Query("committees")) >= 13
    assert store.count(Query("transfers")) >= 15
    assert store.check() == []


def test_it_looks_back_on_a_year_of_work(store: Store) -> None:
    operations = store.operations(100)
    assert len(operations) >= 15
    assert (operations[0].at - operations[-1].at).days >= 340
    assert {operation.who for operation in operations} == {"王敏", "李想"}
    assert store.count(Query("members", show="gone")) == 3
    assert store.count(Query("members", show="void")) == 1
    days = [store.count(Query("members", as_of=date(2026, month, 15))) for month in (1, 3, 5, 11)]
    assert days == [days[0], days[0] - 1, days[0] - 2, days[0] - 1]


def test_there_is_something_to_be_put_right(store: Store) -> None:
    rows = store.page(Query("members"))[1]
    assert sum(row.completeness < 100 for row in rows) >= 10
    assert sum(row.flaws > 0 for row in rows) >= 2
    assert sum(row.flaws > 0 for row in store.page(Query("organisations"))[1]) == 1


def test_nobody_in_it_exists(store: Store) -> None:
    """Domain 2.6: valid numbers of counties that there are not; telephones that nobody has."""
    numbers = [row.values["id_number"] for row in store.page(Query("members", show="all"))[1]]
    known = [str(number) for number in numbers if number is not None]
    assert len(set(known)) == len(known)
    for number in known:
        assert number[:6] in NOBODYS_AREAS
        assert [one for one in idcard.problems(number, NOON.date()) if one.severity == "error"] == []
    phones = {str(row.values["phone"]) for row in store.page(Query("members", show="all"))[1] if row.values["phone"]}
    assert all(phone.startswith(("1990000", "199005")) for phone in phones)


def test_rare_characters_and_namesakes_are_among_them(store: Store) -> None:
    names = [str(row.values["name"]) for row in store.page(Query("members"))[1]]
    for letter in "㛃䶮𬭩喆堃·":
        assert any(letter in name for name in names), letter
    assert names.count("张伟") == 2


@pytest.mark.parametrize("name", list(EXPECTED))
def test_a_messy_roster_comes_in_as_expected(store: Store, folder: Path, name: str) -> None:
    expected = EXPECTED[name]
    before = store.count(Query("organisations"))
    plan = plan_import(read_workbook(folder / name), store.ledgers["members"], store)
    counts = apply_plan(store, plan).counts
    said = {key: getattr(counts, key) for key in ("read", "added", "updated", "unchanged", "skipped", "refused")}
    assert said == {key: expected[key] for key in said}
    words = {"add": "added", "update": "updated", "unchanged": "unchanged", "skip": "skipped", "refuse": "refused"}
    rows: dict[str, list[str]] = {word: [] for word in words.values()}
    for row in plan.rows:
        rows[words[row.decision.value]].append(f"{plan.sheet_of(row)}!{row.number}")
    assert rows == expected["rows"]
    columns = [column for source in plan.sources for column in source.table.columns]
    assert [column.heading for column in columns if column.why is Why.UNKNOWN] == expected["unmapped"]
    assert store.count(Query("organisations")) - before == len(expected["new_organisations"])
    refused = {row.number for row in plan.rows if row.decision.value == "refuse"}
    assert refused <= {row.number for row, finding in plan.said() if finding.is_error}


def test_it_never_writes_over_an_office(folder: Path) -> None:
    office = folder / "杏花社区党委.tz"
    before = office.read_bytes()
    with pytest.raises(Refused):
        make(folder, installed())
    assert office.read_bytes() == before


def test_what_is_shipped_is_what_the_script_makes(tmp_path: Path) -> None:
    make_sample.main(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in SOURCE.iterdir()}
    for name in ("office.json", "expected.json"):
        assert (tmp_path / name).read_bytes() == (SOURCE / name).read_bytes()
    for name in EXPECTED:
        assert read_workbook(tmp_path / name).sheets == read_workbook(SOURCE / name).sheets


def test_the_people_are_drawn_the_same_each_time() -> None:
    first = sample_office.make_office(Random(1))[0]  # noqa: S311 - invented people
    assert first == sample_office.make_office(Random(1))[0]  # noqa: S311
    assert first != sample_office.make_office(Random(2))[0]  # noqa: S311


def test_what_lies_in_the_folder_already_stays(tmp_path: Path) -> None:
    theirs = tmp_path / "1 第二党支部党员花名册.xlsx"
    theirs.write_bytes(b"theirs")
    make(tmp_path, installed())
    assert theirs.read_bytes() == b"theirs"
    with pytest.raises(Refused, match="不能建立文件夹"):
        make(theirs, installed())


def test_stopped_half_way_it_leaves_no_office_behind(tmp_path: Path) -> None:
    def stop(done: int, _total: int, _what: str) -> None:
        if done == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        make(tmp_path, installed(), stop)
    assert list(tmp_path.iterdir()) == []
