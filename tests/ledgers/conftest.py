"""An empty office for the tests of single ledgers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.offices import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A street's office, nothing in it but itself."""
    office = Office(tmp_path / "office.tz")
    yield office
    office.store.close(with_backup=False)
