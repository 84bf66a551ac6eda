"""Every check of the project, one after another, and one table at the end."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import environment

NO_TESTS = 5
"""pytest's exit code when it found nothing to run."""


@dataclass(frozen=True)
class Outcome:
    """How one check went."""

    name: str
    passed: bool
    seconds: float
    remark: str = ""

    def __str__(self) -> str:
        """One line of the closing table."""
        return f"{'ok    ' if self.passed else 'FAILED'}  {self.name:<22} {self.seconds:6.1f} s  {self.remark}".rstrip()


def test() -> int:
    """Run all checks even if one fails; 0 when all passed, else 1."""
    environment.prepare(for_tests=True)
    with tempfile.TemporaryDirectory() as runtime:
        env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
        env.setdefault("XDG_RUNTIME_DIR", runtime)  # Qt warns without one, and a warning fails a test
        outcomes = [
            run_check("ruff check", ["ruff", "check"], env),
            run_check("ruff format --check", ["ruff", "format", "--check"], env),
            run_check("mypy --strict", ["mypy"], env),
            run_check("lint-imports", ["lint-imports"], env),
            _flows(env),
            run_check("pytest", ["pytest", "-m", "not xvfb", "-n", "2"], env),
        ]
    print("\n" + "\n".join(map(str, outcomes)), flush=True)
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def run_check(name: str, command: Sequence[str], env: dict[str, str], *, allowed: tuple[int, ...] = (0,)) -> Outcome:
    """Run one tool of the environment and say how it went."""
    print(f"\n── {name} " + "─" * (70 - len(name)), flush=True)
    started = time.monotonic()
    program = environment.BIN / command[0]
    code = subprocess.run(
        [program, *command[1:]], cwd=environment.ROOT, env=env, stdin=subprocess.DEVNULL, check=False
    ).returncode
    return Outcome(name, code in allowed, time.monotonic() - started)


def _flows(env: dict[str, str]) -> Outcome:
    """The flows in the real window, on a screen of their own."""
    if shutil.which("Xvfb") is None:
        return Outcome("pytest -m xvfb", passed=True, seconds=0, remark="not run: no Xvfb here")
    with _screen() as display:
        on_screen = {**env, "QT_QPA_PLATFORM": "xcb", "DISPLAY": display}
        return run_check("pytest -m xvfb", ["pytest", "-m", "xvfb"], on_screen, allowed=(0, NO_TESTS))


@contextmanager
def _screen() -> Iterator[str]:
    """A virtual screen of the smallest size that we promise; its display name."""
    size = ["-screen", "0", "1366x768x24"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        ["Xvfb", "-displayfd", "1", *size, "-nolisten", "tcp"], stdout=subprocess.PIPE, stderr=quiet, text=True
    ) as server:
        try:
            number = server.stdout.readline().strip() if server.stdout else ""
            yield f":{number}"
        finally:
            server.terminate()
