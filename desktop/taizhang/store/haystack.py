"""The search lines of a ledger in memory, and how a word is looked for in them."""

from collections.abc import Iterable, Sequence
from itertools import compress

from taizhang.store.search import EDGE, HALF, clean_words

_SHORT = 2  # characters up to which most lines hold a word somewhere


class Haystack:
    """Lines in two halves: a text in Latin letters alone is smaller and searched faster."""

    def __init__(self, lines: Iterable[tuple[int, str]]) -> None:
        self._place: dict[int, int] = {}  # record number -> place in the three lists
        self._rids: list[int] = []
        self._latin: list[str] = []
        self._other: list[str] = []
        for rid, line in lines:
            self.put(rid, line)

    def put(self, rid: int, line: str) -> None:
        """Add or replace the line of a record."""
        latin, _, other = line.partition(HALF)
        place = self._place.setdefault(rid, len(self._rids))
        if place == len(self._rids):
            self._rids.append(rid)
            self._latin.append(latin)
            self._other.append(other)
        else:
            self._latin[place], self._other[place] = latin, other

    def matching(self, text: str, rids: Sequence[int]) -> list[int]:
        """Those of `rids` that match every word of `text`, in their order; all of them when there is no word."""
        places: list[int] | None = None
        for word in clean_words(text):
            places = self._having(word, places)
            if len(places) == len(self._rids):
                places = None
        return list(rids) if places is None else self._among(rids, places)

    def _having(self, word: str, among: list[int] | None) -> list[int]:
        """Numbers match at either end of a number and letters at the beginning of a reading; else anywhere."""
        if not word.isascii():
            return _holding(self._other, among, word)
        # Of a longer word there are few: what follows costs nothing.
        anywhere = _holding(self._latin, among, word) if len(word) > _SHORT else among
        if word.rstrip("x").isdigit():
            found = _holding(self._latin, anywhere, EDGE + word, word + EDGE)
        else:
            found = _holding(self._latin, anywhere, EDGE + word)
        return found or sorted({*_holding(self._latin, anywhere, word), *_holding(self._other, among, word)})

    def _among(self, rids: Sequence[int], places: list[int]) -> list[int]:
        hits = list(map(self._rids.__getitem__, places))
        if 4 * len(hits) < len(rids):
            return list(filter(set(hits).__contains__, rids))
        # So many would make a set that no cache holds, and looking them up in list order would take most of the time.
        flags = bytearray(max(max(rids, default=0), max(hits, default=0)) + 1)
        for hit in hits:
            flags[hit] = 1
        return list(compress(rids, map(flags.__getitem__, rids)))


def _holding(lines: list[str], among: list[int] | None, *texts: str) -> list[int]:
    """The places of the lines that hold one of the one or two `texts`."""
    first, last = texts[0], texts[-1]
    if among is not None:
        return [place for place in among if first in lines[place] or last in lines[place]]
    if len(texts) == 1:
        return list(compress(range(len(lines)), [first in line for line in lines]))
    return list(compress(range(len(lines)), [first in line or last in line for line in lines]))
