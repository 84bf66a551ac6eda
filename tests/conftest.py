"""What all tests stand on: a password costs next to nothing to try, save where that is what is tried out."""

from collections.abc import Iterator

import pytest

from taizhang.store import crypto, keyring
from tests.passwords import CHEAP


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> Iterator[None]:
    """Programs of their own are not reached by this: they work as hard as they do in an office."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyring, "tuned", lambda: CHEAP)
        yield


@pytest.fixture
def full_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords as hard to try as in an office."""
    monkeypatch.setattr(keyring, "tuned", crypto.tuned)
