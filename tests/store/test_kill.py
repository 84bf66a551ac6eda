"""The program is killed two hundred times: the file is as before or as after, sound, and opens with the right password.

`TAIZHANG_KILLS` sets how many times it is, `TAIZHANG_SEED` when; a failure tells both.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROUNDS = {
    "import": 16,
    "import locked": 24,
    "backup": 8,
    "backup locked": 12,
    "restore": 8,
    "restore locked": 12,
    "upgrade": 10,
    "upgrade locked": 15,
    "password": 20,
    "user added": 15,
    "user removed": 15,
    "lock": 25,
    "other key": 20,
}
KILLS = int(os.environ.get("TAIZHANG_KILLS", str(sum(ROUNDS.values()))))
SEED = os.environ.get("TAIZHANG_SEED", f"{time.time_ns()}")


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: what a killed program wrote is as safe there, and had at once."""
    shared = Path("/dev/shm")  # noqa: S108 - the folder made there is this test's own
    with tempfile.TemporaryDirectory(dir=shared if os.access(shared, os.W_OK) else tmp_path) as folder:
        yield Path(folder)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a system that cannot make a copy of a program")
@pytest.mark.parametrize("kind", ROUNDS)
def test_whenever_the_program_is_killed_the_file_is_as_before_or_as_after(kind: str, memory: Path) -> None:
    rounds = max(1, round(ROUNDS[kind] * KILLS / sum(ROUNDS.values())))
    home = {name: str(memory) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    command = [sys.executable, "-m", "tests.store.killing", kind, str(rounds), SEED, str(memory)]
    root = Path(__file__).resolve().parents[2]
    ended = subprocess.run(
        command, cwd=root, env={**os.environ, **home}, capture_output=True, timeout=300, check=False, encoding="utf-8"
    )
    assert ended.returncode == 0, ended.stderr
    outcomes = json.loads(ended.stdout.splitlines()[-1])
    assert sum(outcomes.values()) == rounds
    assert outcomes.keys() <= {"before", "after"}


def test_two_hundred_times() -> None:
    assert sum(ROUNDS.values()) == 200
