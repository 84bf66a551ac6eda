"""An empty office for the tests of single ledgers."""

import shutil
from collections.abc import Iterator
from copy import copy
from pathlib import Path

import pytest

from taizhang.registry import installed
from taizhang.store.store import Store
from tests.ledgers.calendar import Calendar
from tests.ledgers.letters import Letters
from tests.offices import NOON, Office


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


@pytest.fixture(scope="session")
def community(tmp_path_factory: pytest.TempPathFactory) -> Letters:
    """A community with two branches and four members; its file is closed, for others to be copied from."""
    letters = Letters(Office(tmp_path_factory.mktemp("community") / "office.tz"))
    letters.office.store.close(with_backup=False)
    return letters


@pytest.fixture
def letters(community: Letters, tmp_path: Path) -> Iterator[Letters]:
    """The community, for one test to work in."""
    path = Path(shutil.copy(community.office.path, tmp_path / "office.tz"))
    letters = copy(community)
    letters.office = Office.of(Store.open(path, installed(), who="记录员", clock=lambda: NOON), installed())
    yield letters
    letters.office.store.close(with_backup=False)
