"""The whole-file check: SQLite's own, references, the journal against the rows, attachments against their hashes."""

import hashlib
from collections import defaultdict

from sqlalchemy import Executable, select

from taizhang.core.context import Value
from taizhang.core.kinds_linked import Attachment, Link, Links
from taizhang.core.ledger import Ledger
from taizhang.store.coding import from_json
from taizhang.store.database import Database
from taizhang.store.records import Records
from taizhang.store.search import line_of


def problems(database: Database, records: Records) -> list[str]:
    """What is wrong with the file, one Chinese sentence each; empty when all is well."""
    damage = database.damage()
    if damage:
        return [f"数据库结构有 {len(damage)} 处错误；请从备份恢复（恢复时会写成新文件，不覆盖原文件）。"]
    found: list[str] = []
    schema = records.schema
    known = dict(_pairs(records, select(schema.rec.c.rid, schema.rec.c.ledger)))
    hashes = _attachments(records, found)
    journalled = _last_values(records)
    for ledger in records.ledgers.values():
        rids = [row[0] for row in records.execute(select(schema.ledgers[ledger.key].c.rid))]
        mine = {rid for rid, key in known.items() if key == ledger.key}
        if mine != set(rids):
            found.append(f"{ledger.title}：有 {len(mine ^ set(rids))} 条记录与登记册对不上。")
            continue
        rows = records.values(ledger, rids)
        found += _compare(ledger, rows, journalled)
        found += _references(ledger, rows, known, hashes)
        lines = dict(_pairs(records, select(schema.found[ledger.key].c.rid, schema.found[ledger.key].c.text)))
        stale = sum(lines.get(rid) != line_of(ledger, values) for rid, values in rows.items())
        if stale:
            found.append(f"{ledger.title}：有 {stale} 条记录的查找索引已过时。")
    return found


def _pairs(records: Records, statement: Executable) -> list[tuple[int, str]]:
    return [(row[0], row[1]) for row in records.execute(statement)]


def _attachments(records: Records, found: list[str]) -> set[str]:
    table = records.schema.attachment
    hashes = set()
    for sha, data in records.execute(select(table.c.sha256, table.c.data)):
        hashes.add(sha)
        if hashlib.sha256(data).hexdigest() != sha:
            found.append("有一个附件的内容与登记的指纹不符，可能已损坏。")
    return hashes


def _last_values(records: Records) -> dict[int, dict[str, Value]]:
    """What the journal says every record holds."""
    table = records.schema.journal
    last: dict[int, dict[str, Value]] = defaultdict(dict)
    for rid, new in records.execute(select(table.c.rid, table.c.new).order_by(table.c.seq)):
        last[rid].update(from_json(new))
    return last


def _compare(ledger: Ledger, rows: dict[int, dict[str, Value]], journalled: dict[int, dict[str, Value]]) -> list[str]:
    wrong = 0
    for rid, values in rows.items():
        said = journalled.get(rid, {})
        wrong += any(said.get(key) != value for key, value in values.items())
    return [f"{ledger.title}：有 {wrong} 条记录与修改历史不一致。"] if wrong else []


def _references(
    ledger: Ledger, rows: dict[int, dict[str, Value]], known: dict[int, str], hashes: set[str]
) -> list[str]:
    found = []
    for field in ledger.fields:
        values = [values[field.key] for values in rows.values() if values[field.key] is not None]
        if isinstance(field, (Link, Links)):
            targets = [rid for value in values for rid in (value if isinstance(value, tuple) else (value,))]
            lost = sum(known.get(int(rid)) != field.ledger for rid in targets)  # type: ignore[arg-type]  # a link holds numbers
            if lost:
                found.append(f"{ledger.title}：有 {lost} 处“{field.label}”指向不存在的记录。")
        elif isinstance(field, Attachment):
            lost = sum(sha not in hashes for value in values if isinstance(value, tuple) for sha in value)
            if lost:
                found.append(f"{ledger.title}：有 {lost} 个“{field.label}”的附件不在文件中。")
    return found
