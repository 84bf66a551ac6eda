"""An open office for the tests of windows: a real file, its work done at once and on the spot."""

from pathlib import Path

from taizhang.desk.office import Facts, Office
from taizhang.desk.worker import Inline
from tests.offices import Office as Filed


def loud(error: Exception) -> None:
    """An error that nobody handled fails the test."""
    raise error


def open_office(folder: Path, *, filled: bool = True) -> tuple[Filed, Office]:
    """A new office file in `folder` with the sample records, and the same as the window sees it."""
    filed = Filed(folder / "office.tz")
    if filled:
        filed.fill()
    return filed, Office(lambda: filed.store, Facts.of(filed.store), Inline(loud))
