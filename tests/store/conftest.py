"""Real office files: of the installed ledgers, and of throw-away ones with a field of every kind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from taizhang.store import keyring
from taizhang.store.crypto import Cost
from tests.offices import Office
from tests.store.locked import LockedOffice
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


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords that cost next to nothing to try, for tests that enter many times."""
    monkeypatch.setattr(keyring, "tuned", lambda: Cost(passes=1, lanes=1, memory=1024))


@pytest.fixture
def locked(tmp_path: Path, quick: None) -> Iterator[LockedOffice]:  # noqa: ARG001
    """An office of the throw-away ledgers with a password, which 王敏 knows."""
    office = LockedOffice(tmp_path / "trial.tz")
    yield office
    office.store.close(with_backup=False)
