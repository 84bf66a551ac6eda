"""Waits for what a window shows, as long as a loaded machine may take."""

import time
from collections.abc import Callable

from PySide6.QtTest import QTest

_SECONDS = 10


def until(condition: Callable[[], bool], what: str) -> None:
    """Let events happen until `condition` holds; a test that waits in vain fails by `what` it waited for."""
    end = time.monotonic() + _SECONDS
    while not condition():
        assert time.monotonic() < end, f"never came: {what}"
        QTest.qWait(5)
