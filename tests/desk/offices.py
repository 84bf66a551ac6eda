"""An open office for the tests of windows: a real file, its work done at once and on the spot."""

import tempfile
from functools import cache
from pathlib import Path

from taizhang.desk.office import Facts, Office
from taizhang.desk.worker import Inline
from taizhang.registry import installed
from taizhang.store.store import Store
from tests.offices import NOON, Office as Filed


def loud(error: Exception) -> None:
    """An error that nobody handled fails the test."""
    raise error


def open_office(folder: Path, *, filled: bool = True) -> tuple[Filed, Office]:
    """A new office file in `folder` with the sample records, and the same as the window sees it."""
    path = folder / "office.tz"
    path.write_bytes(_made(filled))
    filed = Filed.of(Store.open(path, installed(), who="记录员", clock=lambda: NOON), installed())
    return filed, Office(lambda: filed.store, Facts.of(filed.store), Inline(loud))


@cache
def _made(filled: bool) -> bytes:
    """The file, made once: hundreds of tests begin with it."""
    with tempfile.TemporaryDirectory() as folder:
        filed = Filed(Path(folder) / "office.tz")
        if filled:
            filed.fill()
        filed.store.close(with_backup=False)
        return filed.path.read_bytes()
