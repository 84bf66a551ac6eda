"""Identifiers that sort by time and never collide across offices: UUID version 7 (RFC 9562)."""

import secrets
import time
from collections.abc import Callable
from uuid import UUID


class Ids:
    """Makes UUIDv7 values, each greater than the one before; clock and chance are passed in so that tests are exact."""

    def __init__(
        self,
        milliseconds: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
        random_bits: Callable[[int], int] = secrets.randbits,
    ) -> None:
        self._milliseconds = milliseconds
        self._random_bits = random_bits
        self._last = 0

    def new(self) -> bytes:
        """The next identifier, 16 bytes."""
        stamp = self._milliseconds() & 0xFFFF_FFFF_FFFF
        # rand_a (12 bits) and rand_b (62 bits) together are one number that only grows within a millisecond.
        value = stamp << 74 | self._random_bits(73)
        self._last = value = value if value > self._last else self._last + 1
        high, low = value >> 62, value & ((1 << 62) - 1)
        number = (high >> 12) << 80 | 7 << 76 | (high & 0xFFF) << 64 | 2 << 62 | low
        return number.to_bytes(16, "big")


def as_text(identifier: bytes) -> str:
    """The usual form with hyphens."""
    return str(UUID(bytes=identifier))


def from_text(text: str) -> bytes:
    """The 16 bytes of an identifier as a user gives it; `ValueError` when it is none."""
    return UUID(text).bytes
