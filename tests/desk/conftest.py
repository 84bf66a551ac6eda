"""What every window test stands on: the program's own look, and a real office file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from taizhang import places
from taizhang.desk import form_preview, theme
from taizhang.desk.application import Program
from taizhang.desk.asked import FormAsked
from taizhang.desk.form_preview import FormPreview
from taizhang.desk.handover_wizard import HandoverWizard
from taizhang.desk.messages import Messages
from taizhang.desk.office import Office
from taizhang.desk.worker import Threads
from taizhang.registry import installed
from tests.desk.form_pages import Opens
from tests.desk.handing import shown
from tests.desk.locked import Locked, locked_file, open_locked
from tests.desk.offices import loud, open_office
from tests.ledgers.letters import Letters
from tests.offices import NOON, TODAY, Office as Filed


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> Iterator[None]:
    """Light and of the usual size, whatever a test has changed before."""
    if qapp.property("look") != theme.Look():
        theme.apply(qapp, theme.Look())
    yield
    qapp.setProperty("look", theme.look())
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # else every later dressing is theirs too


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    """The program as it is, with its threads; settings and logs are the test's own."""
    del qapp
    folder = tmp_path / "user"
    folder.mkdir()
    monkeypatch.setattr(places, "user_data", lambda: folder)
    worker = Threads(loud)
    made = Program(worker, installed(), Messages(lambda: NOON), who="王敏", today=TODAY, now=lambda: NOON)
    yield made
    worker.close()
    made.end()


@pytest.fixture
def office(tmp_path: Path) -> tuple[Filed, Office]:
    """An office with the sample records of every ledger, and the same as the window sees it."""
    return open_office(tmp_path)


@pytest.fixture
def blank_office(tmp_path: Path) -> tuple[Filed, Office]:
    """An office in which nothing is registered yet."""
    return open_office(tmp_path, filled=False)


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Locked]:
    """An office with a password, three users and the sample records, entered by its administrator 王敏."""
    store, office = open_locked(locked_file(tmp_path))
    yield store, office
    store.close()


@pytest.fixture
def handover(qtbot: QtBot, locked: Locked) -> HandoverWizard:
    """The hand-over of the office with a password."""
    return shown(qtbot, locked[1])


@pytest.fixture
def plain_handover(qtbot: QtBot, office: tuple[Filed, Office]) -> HandoverWizard:
    """The hand-over of the office without."""
    return shown(qtbot, office[1])


@pytest.fixture
def lettered(tmp_path: Path) -> tuple[Letters, Office]:
    """An office with letters at every point of their way, and the same as the window sees it."""
    filed, office = open_office(tmp_path, filled=False)
    return Letters(filed), office


@pytest.fixture
def preview(qtbot: QtBot, lettered: tuple[Letters, Office], monkeypatch: pytest.MonkeyPatch) -> Opens:
    """Opens the preview of a form for these records, in an office with letters and two printers."""
    _letters, office = lettered
    monkeypatch.setattr(form_preview, "printers", lambda: ["甲打印机", "乙打印机"])

    def opened(*rids: int, form: str = "", ledger: str = "transfers") -> FormPreview:
        dialog = FormPreview(office, FormAsked(office.ledgers[ledger], rids, form), lambda: NOON)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return opened
