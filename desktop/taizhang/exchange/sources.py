"""Which sheets and tables of a workbook an import reads, and which column feeds which field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from taizhang.core.errors import Refused
from taizhang.core.ledger import Ledger
from taizhang.core.text import clean
from taizhang.exchange.columns import fingerprint
from taizhang.exchange.headings import Table, find_tables
from taizhang.exchange.vocabulary import Vocabulary
from taizhang.exchange.workbook import Sheet, Workbook

Assignment = Mapping[str, str | None]
_NOT_A_LIST = (
    "字典",
    "代码",
    "示例",
    "样表",
    "样例",
    "范例",
    "模板说明",
    "填写说明",
    "填表说明",
    "说明",
    "下拉",
    "选项",
    "参数",
)
_MOST_REMEMBERED = 50  # heading sets


@dataclass(frozen=True)
class Source:
    """One table to be read, with the words by which it was understood."""

    sheet: Sheet
    table: Table
    vocabulary: Vocabulary


def memo_key(ledger: Ledger) -> str:
    """Under which name the office file remembers the columns that were assigned by hand."""
    return f"columns:{ledger.key}"


def remember(kept: object, sources: list[Source], mapping: Assignment) -> dict[str, Any]:
    """What to keep under `memo_key` so that sheets with these headings are understood the same way next time."""
    known = dict(kept) if isinstance(kept, dict) else {}
    for source in sources:
        mark = fingerprint(source.table.columns)
        known.pop(mark, None)
        known[mark] = dict(mapping)
    return dict(list(known.items())[-_MOST_REMEMBERED:])


def check_mapping(ledger: Ledger, mapping: Assignment) -> None:
    """Refuse an assignment to a field that the ledger does not have, or of two columns to one field."""
    keys = [key for key in mapping.values() if key is not None]
    for key in keys:
        if key not in ledger.by_key:
            raise Refused(f"对应表里的“{key}”不是{ledger.title}的栏，没有导入任何内容。请改正后再试。")


def find_sources(
    book: Workbook, ledger: Ledger, sheet: str | None, mapping: Assignment | None, kept: object
) -> tuple[list[Source], list[str]]:
    """The tables to read and what the user should know of the rest; `Refused` when there is no table at all."""
    notes = list(book.notes)
    sources: list[Source] = []
    vocabularies = _vocabularies(ledger, mapping, kept)
    for candidate in _chosen(book, sheet):
        if sheet is None and (why := _why_not(candidate, len(book.sheets))):
            notes.append(why)
            continue
        found = _read(candidate, vocabularies)
        sources += found
        if not found and candidate.rows:
            notes.append(f"工作表“{candidate.name}”里没有{ledger.title}的表头，已跳过。")
    if not sources:
        name = ledger.by_key[ledger.title_field].label
        said = f"没有找到{ledger.title}的表头（至少要有“{name}”一栏），没有导入任何内容。请检查是否选错了文件或台账。"
        raise Refused(said + "".join(note for note in notes if "工作表" in note))
    return sources, notes


def _chosen(book: Workbook, sheet: str | None) -> list[Sheet]:
    if sheet is None:
        return list(book.sheets)
    found = [candidate for candidate in book.sheets if candidate.name == sheet or clean(candidate.name) == clean(sheet)]
    if not found:
        names = "、".join(candidate.name for candidate in book.sheets)
        raise Refused(f"文件里没有工作表“{sheet}”，没有导入任何内容。文件里有：{names}。")
    return found[:1]


def _why_not(sheet: Sheet, sheets: int) -> str:
    if sheet.hidden:
        return f"工作表“{sheet.name}”是隐藏的，已跳过。"
    if sheets > 1 and any(word in sheet.name for word in _NOT_A_LIST):
        return f"工作表“{sheet.name}”是字典或说明，已跳过。"
    return ""


def _vocabularies(ledger: Ledger, mapping: Assignment | None, kept: object) -> list[tuple[str, Vocabulary]]:
    """Ways to understand headings, the best first, each with the heading set for which alone it counts (or none)."""
    if mapping is not None:
        return [("", Vocabulary(ledger, mapping))]
    remembered = kept.items() if isinstance(kept, dict) else ()
    known = [(mark, Vocabulary(ledger, chosen)) for mark, chosen in remembered if _fits(chosen, ledger)]
    return [*known, ("", Vocabulary(ledger))]


def _fits(chosen: object, ledger: Ledger) -> bool:
    return isinstance(chosen, dict) and all(key is None or key in ledger.by_key for key in chosen.values())


def _read(sheet: Sheet, vocabularies: list[tuple[str, Vocabulary]]) -> list[Source]:
    for mark, vocabulary in vocabularies:
        tables = find_tables(sheet, vocabulary)
        if tables and (not mark or any(fingerprint(table.columns) == mark for table in tables)):
            return [Source(sheet, table, vocabulary) for table in tables]
    return []


def headings_of(sources: list[Source]) -> Iterator[tuple[str, str | None]]:
    """Every heading with the field that it feeds, once each."""
    return iter(dict.fromkeys((column.heading, column.field) for source in sources for column in source.table.columns))
