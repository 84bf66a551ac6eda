"""Reads a damaged file as far as SQLite gets: every row that it can still reach, around what it cannot read."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from taizhang.store.connection import connect_torn
from taizhang.store.driver import driver

_BLIND = 1000  # rows to look for behind the last one that was read, where nothing tells how many there were
_MOST = 1_000_000  # questions to one table, so that a row number that was garbled does not keep us for years
_END = 2**62  # no row has a higher number, and none a lower one than 1


class _Gap(NamedTuple):
    """Rows that are not read yet; from an end that is `up` or `down` it is worth while to try."""

    low: int
    high: int
    up: bool = True
    down: bool = True


class Wreck:
    """A damaged file, open. Raises the driver's error when not even its list of tables can be read."""

    def __init__(self, path: Path, key: bytes | None = None) -> None:
        self._path, self._key = path, key
        self._raw = connect_torn(path, key)
        try:
            self.tables = self._tables()
        except BaseException:
            self.close()
            raise

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """(row number, values of the columns) of every row that can be reached; what is not there is None."""
        there = self.tables.get(table, [])
        chosen = ", ".join(f'"{column}"' if column in there else "NULL" for column in columns)
        asked = f'SELECT rowid, {chosen} FROM "{table}" WHERE rowid BETWEEN ? AND ? ORDER BY rowid'  # noqa: S608 - ours
        if not there:
            return
        read: set[int] = set()
        before = low = 1
        for row in self._run(asked, 1, _END, up=True):
            read.add(row[0])
            yield row
            before, low = low, row[0] + 1
        gaps = [] if self._whole else [_Gap(before, self._last(table, low))]
        left = _MOST
        while gaps and (left := left - 1):
            for row in self._into(gaps, asked):
                if row[0] not in read:
                    read.add(row[0])
                    yield row

    def copies(self, table: str, column: str) -> list[tuple[Any, ...]]:
        """(row number, value) as the first index of the table has it, from both of its ends up to what is damaged."""
        index = next(iter(self._indexes(table)), "")
        asked = f'SELECT rowid, "{column}" FROM "{table}" INDEXED BY "{index}" ORDER BY "{column}"'  # noqa: S608 - ours
        found = list(self._reading(asked))
        return found if self._whole else [*found, *self._reading(asked + " DESC")]

    def close(self) -> None:
        """Let go of the file."""
        self._raw.close()

    def _into(self, gaps: list[_Gap], asked: str) -> Iterator[tuple[Any, ...]]:
        """Read the last gap from those of its ends that were not tried; what stays dark is halved."""
        low, high, up, down = gaps.pop()
        if up:
            reached = low
            for row in self._run(asked, low, high, up=True):
                yield row
                low, reached = reached, row[0] + 1  # one row behind: the number of the last may be garbled
            if self._whole:
                return
        if down and low < high:
            reached = high
            for row in self._run(asked, low, high, up=False):
                yield row
                high, reached = reached, row[0] - 1
            if self._whole:
                return
        if low < high:
            middle = (low + high) // 2
            gaps += [_Gap(low, middle, up=False), _Gap(middle + 1, high, down=False)]

    def _run(self, asked: str, low: int, high: int, *, up: bool) -> Iterator[tuple[Any, ...]]:
        """Rows in order until something cannot be read; `_whole` tells whether that was the end."""
        last = low - 1 if up else high + 1
        for row in self._reading(asked + ("" if up else " DESC"), (low, high)):
            if not (last < row[0] <= high if up else low <= row[0] < last):  # a garbled number, perhaps a circle
                self._whole = False
                return
            last = row[0]
            yield row

    def _reading(self, asked: str, about: tuple[int, ...] = ()) -> Iterator[tuple[Any, ...]]:
        self._whole = False
        try:
            yield from self._raw.execute(asked, about)
            self._whole = True
        except driver.Error:
            self._again()

    def _again(self) -> None:
        """Of a file with a password, SQLite reads nothing more on a connection that has met with damage."""
        self._raw.close()
        self._raw = connect_torn(self._path, self._key)

    def _last(self, table: str, reached: int) -> int:
        """The last row number, as far as the table or one of its indexes can tell."""
        for index in ("", *(f' INDEXED BY "{name}"' for name in self._indexes(table))):
            for (last,) in self._reading(f'SELECT max(rowid) FROM "{table}"{index}'):  # noqa: S608 - the file's names
                if isinstance(last, int) and last >= reached:
                    return last
        return reached + _BLIND

    def _indexes(self, table: str) -> list[str]:
        return [name for _seq, name, *_rest in self._reading(f'PRAGMA index_list("{table}")')]

    def _tables(self) -> dict[str, list[str]]:
        asked = (
            "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p"
            " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        )
        found: dict[str, list[str]] = {}
        for table, column in self._raw.execute(asked):
            found.setdefault(table, []).append(column)
        return found
