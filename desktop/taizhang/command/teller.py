"""What a command says: to people as text, to scripts as one JSON object on stdout; all else goes to stderr."""

import sys
from collections.abc import Callable, Iterable, Mapping
from time import monotonic

import msgspec

from taizhang.command.columns import width

_BETWEEN = 0.1  # seconds between two reports of progress


class Teller:
    """Collects the answer of one command and says it once, at the end."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self._data: Mapping[str, object] = {}
        self._lines: list[str] = []
        self._shown = 0.0  # when progress was shown last
        self._places = 0  # how much of the line it takes

    def answer(self, data: Callable[[], Mapping[str, object]], lines: Callable[[], Iterable[str]]) -> None:
        """The answer for scripts and the same for people; only the one that is wanted is made."""
        if self.as_json:
            self._data = data()
        else:
            self._lines = list(lines())

    def warn(self, text: str) -> None:
        """One line beside the answer."""
        print(text, file=sys.stderr, flush=True)

    def progress(self, done: int, total: int, what: str) -> None:
        """A `core.progress.Progress`: one line that is written over, and only where somebody looks on."""
        if not sys.stderr.isatty():
            return
        now = monotonic()
        if done < total and now - self._shown < _BETWEEN:
            return
        self._shown = now
        line = what if not total else "" if done == total else f"{what} {done}/{total}"
        print(f"\r{' ' * self._places}\r{line}", end="", file=sys.stderr, flush=True)
        self._places = width(line)

    def finish(self, error: str = "") -> None:
        """Say the answer; `error` is the sentence of a command that was not done."""
        if self.as_json:
            whole = {"error": error, **self._data} if error else self._data
            sys.stdout.write(msgspec.json.encode(whole).decode() + "\n")
        elif self._lines:
            sys.stdout.write("\n".join(self._lines) + "\n")
        sys.stdout.flush()
        if error:
            self.warn(error)
