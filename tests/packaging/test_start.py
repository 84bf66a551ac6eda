"""What a start loads, and what it does not wait for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from taizhang.registry import installed
from taizhang.store.store import Store

_TOOLS = Path(__file__).resolve().parents[2] / "packaging"
_WINDOW = """
import os, sys
from pathlib import Path
import bench_window_child

def leave(_window):
    print(*sys.modules, flush=True)
    os._exit(0)

bench_window_child._drawn = leave
getattr(bench_window_child, sys.argv[2])(Path(sys.argv[1]))
"""
_OPENED = """
import sys
from pathlib import Path
from taizhang.registry import installed
from taizhang.store.store import Store

Store.open(Path(sys.argv[1]), installed()).close()
print(*sys.modules)
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office without a password, which remembers its first page."""
    path = tmp_path / "和平社区.tz"
    Store.create(path, installed(), name="中共和平社区委员会", kind="社区党委").close(with_backup=False)
    return path


def _loaded(program: str, office: Path, *more: str) -> set[str]:
    """The packages that are loaded when the program is through."""
    paths = os.pathsep.join([str(_TOOLS), *filter(None, [os.environ.get("PYTHONPATH")])])
    env = {**os.environ, "PYTHONPATH": paths, "QT_QPA_PLATFORM": "offscreen", "HOME": str(office.parent)}
    done = subprocess.run(
        [sys.executable, "-c", program, str(office), *more],
        env={**env, "XDG_DATA_HOME": str(office.parent)},
        check=True,
        capture_output=True,
        text=True,
    )
    return {module.partition(".")[0] for module in done.stdout.split()}


def test_the_first_page_waits_for_no_database_library_and_no_cipher(office: Path) -> None:
    _loaded(_WINDOW, office, "recount")
    Store.open(office, installed()).close()  # it was stopped, not ended
    loaded = _loaded(_WINDOW, office, "start")
    assert "PySide6" in loaded
    assert loaded & {"sqlalchemy", "msgspec", "cryptography", "reportlab", "openpyxl", "pypinyin"} == set()


def test_an_office_without_a_password_is_opened_without_the_ciphers(office: Path) -> None:
    loaded = _loaded(_OPENED, office)
    assert "sqlalchemy" in loaded
    assert "cryptography" not in loaded
