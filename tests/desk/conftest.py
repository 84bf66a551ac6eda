"""What every window test stands on: the program's own look, and a real office file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from taizhang.desk import theme
from taizhang.desk.office import Office
from tests.desk.offices import open_office
from tests.offices import Office as Filed


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> Iterator[None]:
    """Light and of the usual size, whatever a test has changed before."""
    if qapp.property("look") != theme.Look():
        theme.apply(qapp, theme.Look())
    yield
    qapp.setProperty("look", theme.look())


@pytest.fixture
def office(tmp_path: Path) -> tuple[Filed, Office]:
    """An office with the sample records of every ledger, and the same as the window sees it."""
    return open_office(tmp_path)


@pytest.fixture
def blank_office(tmp_path: Path) -> tuple[Filed, Office]:
    """An office in which nothing is registered yet."""
    return open_office(tmp_path, filled=False)
