"""The window on a large office, each measurement in a process of its own: start, keystrokes in the search, memory.

The floor of the start is a bare PySide6 window. A keystroke counts from the key to the repainted list.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import bench_data

_PROGRAM = Path(__file__).with_name("bench_window_child.py")
_TOO_LONG = 120  # seconds: a window that never comes ends the measurement
_BARE = Path(__file__).with_name("bench_window_bare.py")


def start(office: Path) -> float:
    """Seconds of a process that opens the office and has its first page filled and drawn."""
    begun = time.perf_counter()
    _child(_PROGRAM, "start", str(office))
    return _ended(office, time.perf_counter() - begun)


def recount(office: Path) -> float:
    """Seconds of a process that opens the office, counts its first page anew and draws it."""
    begun = time.perf_counter()
    _child(_PROGRAM, "recount", str(office))
    return _ended(office, time.perf_counter() - begun)


def bare_start() -> float:
    """Seconds of a process that draws a bare window."""
    begun = time.perf_counter()
    _child(_BARE)
    return time.perf_counter() - begun


def search(office: Path) -> dict[str, Any]:
    """Milliseconds from a key to the repainted list (median and slowest), and the peak memory of the process in MB."""
    found: dict[str, Any] = json.loads(_child(_PROGRAM, "search", str(office)))
    _ended(office, 0.0)
    return found


def _ended(office: Path, seconds: float) -> float:
    """Leave the file as a program does that was not stopped: the next start would look for what that has broken."""
    bench_data.opened(office).close(with_backup=False)
    return seconds


def _child(program: Path, *arguments: str) -> str:
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": home, "XDG_DATA_HOME": home}
        return subprocess.run(
            [sys.executable, str(program), *arguments],
            env=env,
            check=True,
            capture_output=True,
            text=True,
            timeout=_TOO_LONG,
        ).stdout
