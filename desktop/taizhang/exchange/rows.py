"""The rows below a heading: which are records, what they carry, and why the others are left out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from taizhang.core.field import as_text
from taizhang.core.kinds_linked import Link, Links
from taizhang.core.ledger import Ledger
from taizhang.exchange.captions import Captions, names_a_list
from taizhang.exchange.formulas import unguard
from taizhang.exchange.headings import Table
from taizhang.exchange.lines import is_count, is_footer, is_hint, line_kind
from taizhang.exchange.vocabulary import Vocabulary
from taizhang.exchange.workbook import Cell, Sheet

# Marks that stand for the cell above. "…" is not among them: it means that nothing is known.
DITTOS = frozenset({"同上", "同前", "〃", "″", "〞", "''", '"', "”", "“", "′′", "＂", "ditto"})
SECTION = "分段或说明文字"
# Signs without which a name needs no closer look.
_ODD = re.compile("[计数人员填制审例如示明注表第页共其某×xX*:：(（)）格必选请同与书记—盖签下附截打导统联校负采录经造-]")
_LOOKED_AT = frozenset(ditto[0] for ditto in DITTOS) | frozenset("' \t\r\n\u3000\xa0")
_HINTS_BELOW = 3  # rows after the headings among which one may tell how to fill them in


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it was found. `index` is its place in the sheet's rectangle; `skip` says why it is no record."""

    index: int
    raw: dict[str, object]
    skip: str = ""


class RowReader:
    """Goes through the rows of one table."""

    def __init__(self, sheet: Sheet, table: Table, ledger: Ledger, captions: Captions, vocabulary: Vocabulary) -> None:
        self._sheet, self._table, self._ledger = sheet, table, ledger
        self._captions, self._vocabulary = captions, vocabulary
        fed = table.by_field
        self._fed = [(key, column.index) for key, column in fed.items()]
        self._places = [place for _key, place in self._fed]
        title = fed.get(ledger.title_field)
        self._title = title.index if title else -1
        self._linked = [key for key in fed if isinstance(ledger.by_key[key], (Link, Links))]
        paths = {column.path for column in table.columns}
        self._headings = paths | {part for path in paths for part in path.split("/")}
        self._own = {key for key in fed if key == ledger.title_field or ledger.by_key[key].unique}
        self._free = [field.key for field in ledger.fields if field.key not in fed]
        self._covered: dict[int, dict[str, object]] = {}
        self._wide: set[int] = set()
        self._continued: set[int] = set()
        self._spread()

    def __iter__(self) -> Iterator[RawRow]:
        titled = self._captions.of_titles(self._table.titles, self._sheet.name)
        given: dict[str, object] = {key: text for key, text in titled.items() if key in self._free}
        previous: dict[str, object] = {}
        for index in range(self._table.body, self._table.end):
            cells = self._sheet.rows[index]
            skip = self._left_out(index, cells)
            if not skip:
                previous = self._raw(index, cells, given, previous)
            elif skip == SECTION:
                said = self._says(cells)
                given = {**(given if self._ledger.scope not in said else {}), **said}
            yield RawRow(index, {} if skip else previous, skip)

    def _raw(
        self, index: int, cells: list[Cell], given: dict[str, object], previous: dict[str, object]
    ) -> dict[str, object]:
        """The filled cells of a record by field, with what stands above or beside them for it."""
        raw = {**given, **self._covered.get(index, {})}
        for key, place in self._fed:
            cell = cells[place]
            if isinstance(cell, str):
                if not cell:
                    continue
                if cell[0] in _LOOKED_AT:
                    self._take(key, cell, raw, previous)
                    continue
            raw[key] = cell
        for key in self._linked:
            if key in raw:
                raw[key] = as_text(raw[key])  # a bare number would be taken for a record number
        return raw

    def _take(self, key: str, cell: str, raw: dict[str, object], previous: Mapping[str, object]) -> None:
        """A cell of blanks, a ditto, or one that our own export has guarded."""
        if cell.strip() in DITTOS and key not in self._own:
            if key in previous:
                raw[key] = previous[key]
        elif not cell.isspace():
            raw[key] = unguard(cell)

    def _left_out(self, index: int, cells: list[Cell]) -> str:
        """Why a row is no record; empty when it may be one."""
        title = cells[self._title] if self._title >= 0 else ""
        first = next((cell for cell in cells if cell != ""), "")
        if isinstance(title, str) and not title.strip():
            return self._nameless(index, cells)
        if as_text(title) in self._headings and self._repeats_headings(cells):
            return "重复的表头"
        kind = _line_kind(title) or (_line_kind(first) if first is not title else "")
        if kind:
            return kind
        if index in self._wide or (first is title and self._is_section(cells)):
            return SECTION
        return "栏号行" if is_count([title]) and is_count([cell for cell in cells if cell != ""], 3) else ""

    def _nameless(self, index: int, cells: list[Cell]) -> str:
        texts = [cell for cell in cells if not (isinstance(cell, str) and (cell == "" or cell.isspace()))]
        if not texts:
            return "空行"
        alone = len(set(map(str, texts))) == 1 and isinstance(texts[0], str)
        hint = index - self._table.body < _HINTS_BELOW and is_hint(texts)
        reasons = (
            (self._repeats_headings(texts), "重复的表头"),
            (index in self._continued, f"与上一行是同一{self._ledger.unit}（合并单元格）"),
            (True, _line_kind(texts[0])),
            (alone, SECTION),
            (sum(cells[place] != "" for place in self._places) <= 1, "没有内容的行"),
            (is_count(texts, 3), "栏号行"),
            (hint or is_footer(texts), "表尾或填写说明"),
        )
        return next((reason for holds, reason in reasons if holds and reason), "")

    def _repeats_headings(self, cells: list[Cell]) -> bool:
        texts = {as_text(cell) for cell in cells if cell != ""}
        return bool(texts) and texts <= self._headings

    def _is_section(self, cells: list[Cell]) -> bool:
        """Whether the only text of a row speaks of the rows below it, or is the title of a further list."""
        texts = {cell for cell in cells if cell != ""}
        return len(texts) == 1 and (names_a_list(as_text(*texts)) or bool(self._says(cells)))

    def _says(self, cells: list[Cell]) -> dict[str, str]:
        text = next((cell for cell in cells if isinstance(cell, str) and cell.strip()), "")
        return self._captions.of_line(text, self._free)

    def _spread(self) -> None:
        """See what merged cells lend to the rows that they cover, and which rows are lines of text across the table."""
        keys = {place: key for key, place in self._fed}
        for first, left, last, right in self._sheet.merges:
            if not self._table.body <= first < self._table.end:
                continue
            rows = range(first, min(last + 1, self._table.end))
            if sum(left <= place <= right for place in self._places) >= min(3, len(self._places)) and left < right:
                self._wide.update(rows)
            elif left in keys:
                lent = self._sheet.rows[first][left]
                for row in rows[1:]:
                    if left == self._title:
                        self._continued.add(row)
                    elif lent != "":
                        self._covered.setdefault(row, {})[keys[left]] = lent


def _line_kind(text: Cell) -> str:
    return line_kind(text) if isinstance(text, str) and _ODD.search(text) else ""
