"""Finding people as they are asked for: by any part of the name, by pinyin, by the last digits of a number.

Two-character names are the rule here, which a trigram index cannot find, so each record has one line of search text and
the lines of a ledger are kept in memory: looking through 100,000 of them takes a few milliseconds.
"""

from collections.abc import Iterable

from taizhang.core.context import Values
from taizhang.core.hanzi import pinyin_forms
from taizhang.core.ledger import Ledger
from taizhang.core.text import clean

_EDGE = "\x1f"  # between the parts of a line, so that a beginning and an end can be asked for


def line_of(ledger: Ledger, values: Values) -> str:
    """The search text of a record: its name and readings, its numbers, and the other fields that the ledger names."""
    name = ledger.name_of(values)
    parts = [name.lower(), *pinyin_forms(name)]
    for key in (ledger.short_field, *ledger.search_fields):
        value = values.get(key) if key else None
        if isinstance(value, str):
            parts.append(value.lower())
    for key in ledger.numbered:
        value = values.get(key)
        if isinstance(value, str):
            parts += value.lower().split("、")
    return _EDGE.join(("", *parts, ""))


class Haystack:
    """The search lines of one ledger."""

    def __init__(self, lines: Iterable[tuple[int, str]]) -> None:
        self._lines = {rid: line.encode() for rid, line in lines}

    def put(self, rid: int, line: str) -> None:
        """Add or replace the line of a record."""
        self._lines[rid] = line.encode()

    def find(self, text: str) -> set[int]:
        """The records that match every word of `text`; all of them for an empty text."""
        words = clean(text).lower().split()
        if not words:
            return set(self._lines)
        hits = self._word(words[0])
        for word in words[1:]:
            hits &= self._word(word)
        return hits

    def _word(self, word: str) -> set[int]:
        """Numbers match at either end of a number and letters at the beginning of a reading; else anywhere."""
        if not word.isascii():
            return self._having(word)
        hits = self._having(_EDGE + word)
        if word.rstrip("x").isdigit():
            hits |= self._having(word + _EDGE)
        return hits or self._having(word)

    def _having(self, text: str) -> set[int]:
        needle = text.encode()
        return {rid for rid, line in self._lines.items() if needle in line}
