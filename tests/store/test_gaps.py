"""What is missing, counted by the database, equals what each record says of itself."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from taizhang.core.context import Values
from taizhang.core.ledger import Ledger
from taizhang.registry import registry_of
from taizhang.store.query import Query
from tests.offices import Office
from tests.store.trial import PEOPLE, PLACES, POSTS, card


def _expected(office: Office, ledger: Ledger) -> Counter[str]:
    rows = office.store.page(_query(ledger))[1]
    return Counter(field.key for row in rows for field in ledger.missing(row.values))


def _query(ledger: Ledger) -> Query:
    return Query(ledger.key)


def _never(_values: Values) -> bool:
    return False


def _always(_values: Values) -> bool:
    return True


def _by_two(values: Values) -> bool:
    return values.get("retired") is True and values.get("children") is not None


def _by_all(values: Values) -> bool:
    return sum(value is not None for value in dict(values).values()) > 2


def _by_what_is_not_there(values: Values) -> bool:
    return values.get("no such field") is None


@pytest.mark.parametrize("wanted", [None, _never, _always, _by_two, _by_all, _by_what_is_not_there])
def test_each_gap_is_counted_once_for_each_record_that_lacks_it(
    tmp_path: Path, wanted: Callable[[Values], bool] | None
) -> None:
    """Also where a function says who must have it, whatever it looks at."""
    fields = [replace(field, wanted=wanted) if field.key == "note" and wanted else field for field in PEOPLE.fields]
    ledger = replace(PEOPLE, fields=tuple(fields))
    office = Office(tmp_path / "trial.tz", registry_of([PLACES, ledger, POSTS]))
    raws: list[dict[str, object]] = [
        {"name": "卢梅"},
        {"name": "孟堃", "sex": "男", "id_number": card(1)},
        {"name": "夏辉", "dues": "1", "retired": "是", "children": "2"},
        {"name": "安宁", "dues": "1", "paid_on": "2026-01", "retired": "是", "note": "甲"},
        {"name": "古月", "left_on": "2020"},
    ]
    for raw in raws:
        office.add("people", **raw)
    gaps = office.store.gaps("people")
    assert {gap.key: gap.count for gap in gaps} == _expected(office, ledger)
    assert [gap.count for gap in gaps] == sorted((gap.count for gap in gaps), reverse=True)
    assert all(gap.label == ledger.by_key[gap.key].label for gap in gaps)
    office.store.close(with_backup=False)


def test_the_installed_ledgers_count_their_gaps_alike(real: Office) -> None:
    real.fill()
    for ledger in real.registry.ledgers.values():
        assert {gap.key: gap.count for gap in real.store.gaps(ledger.key)} == _expected(real, ledger)
