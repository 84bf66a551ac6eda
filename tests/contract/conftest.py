"""Every ledger in turn, and an office that holds the samples of all of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from taizhang.core.ledger import Ledger
from taizhang.registry import installed
from tests.offices import Office


@pytest.fixture(params=list(installed().ledgers.values()), ids=lambda ledger: ledger.key)
def ledger(request: pytest.FixtureRequest) -> Ledger:
    """Each ledger that is installed."""
    found: Ledger = request.param
    return found


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The same, for tests that only look; made once for each file of tests."""
    office = Office(tmp_path_factory.mktemp("standing") / "office.tz")
    office.fill()
    yield office
    office.store.close(with_backup=False)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office in which every sample has been entered by hand."""
    office = Office(tmp_path / "office.tz")
    office.fill()
    yield office
    office.store.close(with_backup=False)
