"""What the journal of a damaged office still tells of its records."""

import re
from collections import defaultdict
from typing import Any, NamedTuple

from taizhang.core.context import Value
from taizhang.store.coding import from_json
from taizhang.store.trouble import Damaged
from taizhang.store.wreck import Wreck

_GARBLED = re.compile("[\0\ud800-\udfff]")  # what was blanked, and bytes that are no letters


class Line(NamedTuple):
    """One line of the journal, read."""

    seq: int
    op: int
    rid: int
    old: dict[str, Value] | None
    new: dict[str, Value]


class Told:
    """The lines that can be read, in order; for every record what they say it held `last`, and whether all is told."""

    def __init__(self, wreck: Wreck) -> None:
        self.lines: list[Line] = []
        self.last: dict[int, dict[str, Value]] = defaultdict(dict)
        self.begun: set[int] = set()  # records of which the first line is there
        for row in sorted(wreck.rows("journal", ("op", "rid", "old", "new")), key=lambda row: row[0]):
            line = self._line(*row)
            if line is not None:
                self.lines.append(line)
                self.last[line.rid].update(line.new)
                if line.old is None:
                    self.begun.add(line.rid)

    def _line(self, seq: int, op: Any, rid: Any, old: Any, new: Any) -> Line | None:
        said = _values(new)
        if not said or not is_number(op) or not is_number(rid):
            return None
        if old is None:
            return Line(seq, op, rid, None, said)
        before = _values(old) or {key: self.last.get(rid, {}).get(key) for key in said}
        return Line(seq, op, rid, before, said)


def is_text(stored: Any) -> bool:
    """Whether it is text such as somebody may have written."""
    return isinstance(stored, str) and not _GARBLED.search(stored)


def is_number(stored: Any) -> bool:
    """Whether it is a number such as records, operations and lines have."""
    return isinstance(stored, int) and stored > 0


def _values(stored: Any) -> dict[str, Value] | None:
    if not is_text(stored):
        return None
    try:
        return from_json(stored)
    except Damaged:
        return None
