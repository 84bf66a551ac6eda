"""The whole-file check: SQLite's own, references, the journal against the rows, attachments against their hashes."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass

from sqlalchemy import select

from taizhang.core.context import Value, Values
from taizhang.core.kinds_linked import Attachment, Link, Links
from taizhang.core.ledger import Ledger
from taizhang.store.coding import from_json
from taizhang.store.database import Database
from taizhang.store.records import Records, batches
from taizhang.store.schema import COMPLETE, PINYIN, STROKES
from taizhang.store.search import line_of
from taizhang.store.trouble import Damaged

_WAYS = "请从备份恢复；没有合适的备份，就用“抢救”把还能读的内容写进新文件。两种办法都不动现在的文件。"
_Rows = Mapping[int, Values]


@dataclass(frozen=True)
class _Known:
    """What records and attachments the file has."""

    ledgers: Mapping[int, str]  # record number -> ledger
    hashes: AbstractSet[str]


def problems(database: Database, records: Records) -> list[str]:
    """What is wrong with the file, one Chinese sentence each; empty when all is well."""
    try:
        damage = database.damage()
        return [f"数据库结构有 {len(damage)} 处错误；{_WAYS}"] if damage else _contradictions(records)
    except Damaged:  # so torn that even the check cannot get through
        return [f"文件已损坏，有的内容读不出来；{_WAYS}"]


def _contradictions(records: Records) -> list[str]:
    rec = records.schema.rec
    found: list[str] = []
    hashes = _attachments(records, found)
    known = _Known(dict(records.execute(select(rec.c.rid, rec.c.ledger)).all()), hashes)
    for ledger in records.ledgers.values():
        found += [f"{ledger.title}：{said}" for said in _of_ledger(records, ledger, known)]
    return found + _papers(records, known)


def _papers(records: Records, known: _Known) -> list[str]:
    table = records.schema.paper
    papers = records.execute(select(table.c.sha256, table.c.rid, table.c.first, table.c.pages)).all()
    lost = sum(sha not in known.hashes for sha, *_rest in papers)
    astray = sum(rid is not None and rid not in known.ledgers for _sha, rid, *_pages in papers)
    unsaid = sum((first is None) is not (pages is None) for *_paper, first, pages in papers)
    return [
        *([f"有 {lost} 份存底的文书，内容不在文件中。"] if lost else []),
        *([f"有 {astray} 份存底的文书，打印它的记录不在文件中。"] if astray else []),
        *([f"有 {unsaid} 份存底的文书，不知道是哪几页。"] if unsaid else []),
    ]


def _of_ledger(records: Records, ledger: Ledger, known: _Known) -> list[str]:
    table = records.schema.ledgers[ledger.key]
    rids = [row[0] for row in records.execute(select(table.c.rid))]
    unlike = set(rids) ^ {rid for rid, key in known.ledgers.items() if key == ledger.key}
    if unlike:
        return [f"有 {len(unlike)} 条记录与登记册对不上。"]
    wrong: Counter[str] = Counter()
    for batch in batches(rids):  # a large office does not fit into memory twice
        rows = records.values(ledger, batch)
        wrong["有 {} 条记录与修改历史不一致。"] += _unlike_journal(records, rows)
        wrong["有 {} 条记录的查找索引已过时。"] += _stale_lines(records, ledger, rows)
        wrong["有 {} 条记录的完整度或排序已过时。"] += _stale_columns(records, ledger, rows)
        _references(ledger, rows, known, wrong)
    return [said.format(count) for said, count in wrong.items() if count]


def _attachments(records: Records, found: list[str]) -> set[str]:
    table = records.schema.attachment
    hashes = set()
    for sha, data in records.execute(select(table.c.sha256, table.c.data)):
        hashes.add(sha)
        if hashlib.sha256(data).hexdigest() != sha:
            found.append("有一个附件的内容与登记的指纹不符，可能已损坏。")
    return hashes


def _unlike_journal(records: Records, rows: _Rows) -> int:
    """How many records hold something else than the journal says."""
    table = records.schema.journal
    statement = select(table.c.rid, table.c.new).where(table.c.rid.in_(list(rows))).order_by(table.c.seq)
    last: dict[int, dict[str, Value]] = defaultdict(dict)
    for rid, new in records.execute(statement):
        last[rid].update(from_json(new))
    return sum(any(last[rid].get(key) != value for key, value in values.items()) for rid, values in rows.items())


def _stale_lines(records: Records, ledger: Ledger, rows: _Rows) -> int:
    found = records.schema.found[ledger.key]
    statement = select(found.c.rid, found.c.text).where(found.c.rid.in_(list(rows)))
    lines = dict(records.execute(statement).all())
    return sum(lines.get(rid) != line_of(ledger, values) for rid, values in rows.items())


def _stale_columns(records: Records, ledger: Ledger, rows: _Rows) -> int:
    table = records.schema.ledgers[ledger.key]
    columns = (table.c[COMPLETE], table.c[PINYIN], table.c[STROKES])
    statement = select(table.c.rid, *columns).where(table.c.rid.in_(list(rows)))
    return sum(records.derived(ledger, rows[rid]) != tuple(stored) for rid, *stored in records.execute(statement))


def _references(ledger: Ledger, rows: _Rows, known: _Known, wrong: Counter[str]) -> None:
    """Links to records that are not there, and attachments likewise."""
    for field in ledger.fields:
        items = _items([values[field.key] for values in rows.values()])
        if isinstance(field, (Link, Links)):
            lost = sum(known.ledgers.get(item) != field.ledger for item in items if isinstance(item, int))
            wrong[f"有 {{}} 处“{field.label}”指向不存在的记录。"] += lost
        elif isinstance(field, Attachment):
            wrong[f"有 {{}} 个“{field.label}”的附件不在文件中。"] += sum(item not in known.hashes for item in items)


def _items(values: Sequence[Value]) -> list[str | int]:
    """Single values and the members of lists."""
    return [item for value in values if value is not None for item in (value if isinstance(value, tuple) else (value,))]
