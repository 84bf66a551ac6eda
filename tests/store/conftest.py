"""Real office files: of the installed ledgers, and of throw-away ones with a field of every kind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.offices import Office
from tests.store.trial import trial


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office of the throw-away ledgers, nothing in it but itself."""
    office = Office(tmp_path / "trial.tz", trial())
    yield office
    office.store.close(with_backup=False)


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Office]:
    """An office of the installed ledgers, nothing in it but itself."""
    office = Office(tmp_path / "office.tz")
    yield office
    office.store.close(with_backup=False)
