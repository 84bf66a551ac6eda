"""The power goes off in the middle of an import: the file is as before or as after, and sound."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from taizhang.store.query import Query
from taizhang.store.store import Store
from tests.offices import Office
from tests.store.trial import trial

_ROWS = 5000
_IMPORT = """
import os, sys, threading, time
from pathlib import Path
from taizhang.core.check import check
from taizhang.store.store import Store
from tests.store.trial import trial

path, rows, die_at, late = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], float(sys.argv[4])
store = Store.open(path, trial())
draft = check(store.ledgers["people"], {"name": "孟堃", "note": "甲" * 200}, store.context())

def told(done, total, what):
    if str(done) == die_at:
        threading.Thread(target=lambda: (time.sleep(late), os.kill(os.getpid(), 9)), daemon=True).start()

store.do("导入", lambda work: work.add_many([draft] * rows, told))
time.sleep(30)
"""


@pytest.mark.parametrize(
    ("die_at", "late"), [("0", 0.0), ("2000", 0.0), ("4000", 0.02), ("5000", 0.0), ("5000", 0.005), ("5000", 1.0)]
)
def test_a_killed_import_is_whole_or_not_at_all(office: Office, die_at: str, late: float) -> None:
    rid = office.add("people", name="卢梅")
    office.store.close(with_backup=False)
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", _IMPORT, str(office.path), str(_ROWS), die_at, str(late)]
    ended = subprocess.run(command, cwd=root, capture_output=True, timeout=120, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    store = Store.open(office.path, trial())
    assert store.check() == []
    count = store.count(Query("people"))
    assert count in {1, 1 + _ROWS}
    if die_at != "5000":
        assert count == 1
    if late == 1.0:
        assert count == 1 + _ROWS
    assert store.undo_title() == ("导入" if count > 1 else "新增")
    assert store.row(rid).values["name"] == "卢梅"
    store.undo()
    store.close(with_backup=False)
    assert [file.name for file in office.path.parent.iterdir()] == ["trial.tz"]
