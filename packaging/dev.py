"""The developer's entry: `python3 packaging/dev.py COMMAND`. Needs nothing but Python 3.11 or newer.

run    make what is missing, then open the sample office (without a display: the same job into out/)
test   make what is missing, then run every check
bench  make what is missing, then print the measurements as JSON
lock   write packaging/lock.txt anew from pyproject.toml
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  (an older Python must get this sentence, not a traceback)
    sys.exit("需要 Python 3.11 或更新版本。 / Python 3.11 or newer is needed.")

from collections.abc import Callable, Mapping
from typing import TextIO

import checks
import environment
import sample_run


def bench() -> int:
    """Run the benchmarks in the project's environment; their exit code."""
    environment.prepare(for_tests=False)
    return environment.in_venv("packaging/bench.py")


COMMANDS: Mapping[str, Callable[[], int]] = {
    "run": sample_run.run,
    "test": checks.test,
    "bench": bench,
    "lock": environment.lock,
}


def _speak_utf8(stream: TextIO) -> None:
    """Let a console that knows no Chinese show question marks instead of stopping the program."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="replace", line_buffering=True)


def main(arguments: list[str]) -> int:
    """Run one command; 2 when there is no such command."""
    _speak_utf8(sys.stdout)
    _speak_utf8(sys.stderr)
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        print(__doc__)
        return 2
    try:
        return COMMANDS[arguments[0]]()
    except environment.CannotSetUp as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
