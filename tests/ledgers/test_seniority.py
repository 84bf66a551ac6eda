"""Age, years in the Party, end of probation, fifty years: domain 2.3 and the vectors of domain 13."""

from datetime import date

import pytest

from taizhang.core.context import Value
from taizhang.ledgers.members.seniority import age, fifty_years, party_age, probation_end, probation_ends

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(("born", "years"), [("1985-06-30", 41), ("1985-07-01", 40), ("1985-06", 41), ("1985", 40)])
def test_vector_10_age_at_a_stated_day(born: str, years: int) -> None:
    assert age({"born_on": born}, date(2026, 6, 30)) == years


@pytest.mark.parametrize(
    ("confirmed", "day", "listed"),
    [
        ("1976-07-01", date(2026, 7, 1), "符合"),
        ("1976-07-02", date(2026, 7, 1), None),
        ("1976-07-02", date(2026, 12, 31), None),
        ("1976-07-02", date(2027, 1, 1), "符合"),
        ("1976-06", TODAY, "符合"),
        ("1976-07", TODAY, None),
    ],
)
def test_vector_11_fifty_years_by_the_first_of_july(confirmed: str, day: date, listed: str | None) -> None:
    assert fifty_years({"category": "1", "confirmed_on": confirmed}, day) == listed


def test_fifty_years_are_honoured_once() -> None:
    values = {"category": "1", "confirmed_on": "1970-01-01", "fifty_medal_on": "2021-07-01"}
    assert fifty_years(values, TODAY) == "已颁发"


@pytest.mark.parametrize(("extension", "end"), [(None, "2026-08-31"), (6, "2027-02-28"), (12, "2027-08-31")])
def test_vector_7_a_year_from_joining_and_the_extension(extension: int | None, end: str) -> None:
    assert probation_end({"joined_on": "2025-08-31", "probation_extension": extension}) == end


@pytest.mark.parametrize(
    ("joined", "extension", "end"),
    [
        ("2025-08", None, "2026-08"),
        ("2025-08", 6, "2027-02"),
        ("2025", None, "2026"),
        ("2025", 6, None),
        (None, 6, None),
    ],
)
def test_the_end_of_probation_is_as_exact_as_the_day_of_joining(
    joined: str | None, extension: int | None, end: str | None
) -> None:
    assert probation_end({"joined_on": joined, "probation_extension": extension}) == end


def test_only_probationary_members_have_an_end_of_probation() -> None:
    assert probation_ends({"category": "2", "joined_on": "2025-08-31"}, TODAY) == "2026.08.31"
    assert probation_ends({"category": "1", "joined_on": "2025-08-31"}, TODAY) is None


@pytest.mark.parametrize(
    ("confirmed", "months", "years"),
    [
        ("2000-11-21", None, 26),
        ("2000-11-22", None, 25),
        ("2000-11-21", 1, 25),
        ("2000-11-21", 24, 24),
        ("2026-11-01", 24, 0),
        ("2027-01-01", None, None),
        (None, None, None),
    ],
)
def test_years_in_the_party_run_from_confirmation_less_the_interruptions(
    confirmed: str | None, months: int | None, years: int | None
) -> None:
    values: dict[str, Value] = {"confirmed_on": confirmed, "party_age_correction": months}
    assert party_age(values, TODAY) == years
