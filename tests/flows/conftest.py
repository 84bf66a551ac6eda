"""The program, as it runs for a user, with a folder of its own."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from taizhang import places
from taizhang.desk.application import Program
from taizhang.desk.messages import Messages
from taizhang.desk.worker import Threads
from taizhang.registry import installed


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    """Nothing open yet."""
    del qtbot
    folder = tmp_path / "user"
    folder.mkdir()
    monkeypatch.setattr(places, "user_data", lambda: folder)
    messages = Messages(datetime.now)
    worker = Threads(messages.unhandled)
    made = Program(worker, installed(), messages, who="王敏")
    yield made
    worker.close()
    made.end()
