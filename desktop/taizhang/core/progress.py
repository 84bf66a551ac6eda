"""How long work tells how far it is, and learns that it should stop."""

from collections.abc import Callable

# (done, total, what) -> None; raises `Cancelled` when the user has asked to stop. A total of 0 means: not known yet.
Progress = Callable[[int, int, str], None]


def silent(_done: int, _total: int, _what: str) -> None:
    """Report to nobody."""
