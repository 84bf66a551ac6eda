"""Finding people as they are asked for: by any part of the name, by pinyin, by the last digits of a number.

Two-character names are the rule here, which a trigram index cannot find, so each record has one line of search text and
the lines of a ledger are kept in memory: looking through 100,000 of them takes a few milliseconds.
"""

from collections.abc import Iterable, Mapping

from taizhang.core.context import Values
from taizhang.core.hanzi import pinyin_forms
from taizhang.core.ledger import Ledger
from taizhang.core.text import clean, clean_name

_EDGE = "\x1f"  # between the parts of a line, so that a beginning and an end can be asked for
_SHORT = 2  # characters up to which most lines hold a word somewhere
_HALF = "\x1e"  # between the parts in Latin letters and figures, and those with Chinese characters


def line_of(ledger: Ledger, values: Values) -> str:
    """The search text of a record: its name and readings, its numbers, and the other fields that the ledger names."""
    name = ledger.name_of(values)
    parts = [name, name.replace("·", ""), *pinyin_forms(name)]
    for key in (ledger.short_field, *ledger.search_fields, *ledger.numbered):
        value = values.get(key) if key else None
        if isinstance(value, str):
            parts += value.split("、") if key in ledger.numbered else [value]
    latin, other = [""], [""]
    for part in dict.fromkeys(parts):
        if part:
            (latin if part.isascii() else other).append(part)
    return f"{_EDGE.join(latin)}{_EDGE}{_HALF}{_EDGE.join(other)}{_EDGE}".lower()


class Haystack:
    """The search lines of one ledger, in two halves: a text in Latin letters alone is smaller and searched faster."""

    def __init__(self, lines: Iterable[tuple[int, str]]) -> None:
        self._latin: dict[int, str] = {}
        self._other: dict[int, str] = {}
        for rid, line in lines:
            self.put(rid, line)

    def put(self, rid: int, line: str) -> None:
        """Add or replace the line of a record."""
        self._latin[rid], _, self._other[rid] = line.partition(_HALF)

    def find(self, text: str) -> set[int] | None:
        """The records that match every word of `text`; None when all do, as for no word at all."""
        hits: set[int] | None = None
        for word in clean_words(text):
            hits = self._word(word, hits)
            hits = None if len(hits) == len(self._latin) else hits
        return hits

    def _word(self, word: str, among: set[int] | None) -> set[int]:
        """Numbers match at either end of a number and letters at the beginning of a reading; else anywhere."""
        others = _lines(self._other, among)
        if not word.isascii():
            return {rid for rid, line in others if word in line}
        lines = _lines(self._latin, among)
        if len(word) > _SHORT:
            lines = [(rid, line) for rid, line in lines if word in line]  # few: what follows costs nothing
        start, end = _EDGE + word, word + _EDGE
        if word.rstrip("x").isdigit():
            hits = {rid for rid, line in lines if start in line or end in line}
        else:
            hits = {rid for rid, line in lines if start in line}
        return hits or {rid for half in (lines, others) for rid, line in half if word in line}


def clean_words(text: str) -> list[str]:
    """The words of what was typed, in the form in which lines hold them."""
    return [word for word in (clean_name(part).lower() for part in clean(text).split()) if word]


def _lines(half: Mapping[int, str], among: set[int] | None) -> Iterable[tuple[int, str]]:
    return half.items() if among is None else [(rid, half[rid]) for rid in among]
