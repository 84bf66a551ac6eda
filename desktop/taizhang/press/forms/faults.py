"""What is wrong with the text of a form: in which file, on which line, and what to write instead."""

import difflib
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

_MOST = 100  # faults that are told at once; a file with more is hardly a form
_LONGEST = 40  # characters of a word that may be a slip for another

# Says one fault of the line that is being read.
Say = Callable[[str], None]


class Fault(NamedTuple):
    """One remark about a form; `line` counts from 1, and is 0 for the file as a whole."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        """As the user reads it."""
        return f"{self.file} 第 {self.line} 行：{self.text}" if self.line else f"{self.file}：{self.text}"


class Faults:
    """Collects what is wrong with one file."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: list[Fault] = []

    def at(self, line: int) -> Say:
        """What says a fault of that line."""
        return lambda text: self._found.append(Fault(self._file, line, text))

    def __bool__(self) -> bool:
        return bool(self._found)

    def told(self) -> tuple[Fault, ...]:
        """Every fault in the order of the lines, each once; of very many the first."""
        return in_order(self._found)


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Faults in the order of the lines, each once; of very many the first, and how many more there are."""
    found = sorted(dict.fromkeys(faults), key=lambda fault: fault.line)
    if len(found) <= _MOST:
        return tuple(found)
    more = Fault(found[0].file, found[_MOST].line, f"从这一行起还有 {len(found) - _MOST} 处问题，请先改好前面的。")
    return (*found[:_MOST], more)


def short(text: str, most: int = 20) -> str:
    """A text as it is quoted in a fault."""
    return text if len(text) <= most else f"{text[:most]}…"


def nearest(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """“是不是 …？” with the nearest of what is known; without any near it, `otherwise`."""
    near = _nearest(word, tuple(known)) if len(word) <= _LONGEST else ""
    return f"是不是“{near}”？" if near else otherwise


@lru_cache(maxsize=512)  # the same slip often stands in every line
def _nearest(word: str, known: tuple[str, ...]) -> str:
    return next(iter(difflib.get_close_matches(word, known, n=1, cutoff=0.5)), "")
