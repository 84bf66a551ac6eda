"""Wrong passwords for one office since the program began: after five, each costs a longer pause."""

import math
import time
from collections.abc import Callable

_FREE = 5
_FIRST, _LONGEST = 5, 300  # seconds


class Tries:
    """Shared by the page that opens an office and the screen that locks it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong = 0
        self._until = 0.0

    def failed(self) -> None:
        """One more wrong password."""
        self._wrong += 1
        if self._wrong >= _FREE:
            self._until = self._clock() + min(_FIRST * 2 ** (self._wrong - _FREE), _LONGEST)

    def passed(self) -> None:
        """The right one."""
        self._wrong, self._until = 0, 0.0

    def pause(self) -> int:
        """Whole seconds until the next may be tried; 0: now."""
        return max(0, math.ceil(self._until - self._clock()))
