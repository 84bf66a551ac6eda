"""An empty office for the tests of single ledgers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledgers.calendar import Calendar
from tests.offices import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A street's office, nothing in it but itself."""
    office = Office(tmp_path / "office.tz")
    yield office
    office.store.close(with_backup=False)


@pytest.fixture
def calendar(tmp_path: Path) -> Iterator[Calendar]:
    """An office with one branch, whose day the test turns over."""
    made = Calendar(tmp_path / "office.tz")
    yield made
    made.office.store.close(with_backup=False)
