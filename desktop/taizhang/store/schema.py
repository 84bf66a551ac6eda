"""The tables: a few fixed ones, and one for each ledger, read off its declaration."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, Table, Text

from taizhang.core.field import Field
from taizhang.core.kinds_linked import Link
from taizhang.core.ledger import Ledger

# Columns of a ledger's table that no field declares. The first three are journalled like fields.
VOID, PAST, FLAWS = "_void", "_past", "_flaws"
COMPLETE, PINYIN, STROKES = "_complete", "_pinyin", "_strokes"
JOURNALLED = (VOID, PAST, FLAWS)


@dataclass(frozen=True)
class Schema:
    """Every table of an office file with these ledgers."""

    metadata: MetaData
    meta: Table  # facts about the file
    rec: Table  # identity and ownership of every record; `rid` is the local number, `id` the UUIDv7
    operation: Table  # one line per `store.do`
    journal: Table  # one line per record touched
    attachment: Table
    memo: Table  # drafts, column mappings, choices of the window: not journalled
    step: Table  # migrations that have run
    log: Table  # what left the office, and what was done to its keys: who, what, how many (R-PRIV-02)
    paper: Table  # papers that count, kept byte for byte
    ledgers: Mapping[str, Table]
    found: Mapping[str, Table]  # search text per record


def build(ledgers: Iterable[Ledger]) -> Schema:
    """The schema for these ledgers."""
    metadata = MetaData()
    tables = {ledger.key: _ledger_table(ledger, metadata) for ledger in ledgers}
    return Schema(
        metadata=metadata,
        meta=Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text)),
        rec=Table(
            "rec",
            metadata,
            Column("rid", Integer, primary_key=True),
            Column("id", LargeBinary(16), nullable=False, unique=True),
            Column("ledger", Text, nullable=False),
            Column("owner", LargeBinary(16), nullable=False),
            Column("epoch", Integer, nullable=False, default=0),
        ),
        operation=Table(
            "operation",
            metadata,
            Column("op", Integer, primary_key=True),
            Column("title", Text, nullable=False),
            Column("who", Text, nullable=False),
            Column("at", Text, nullable=False),
            Column("kind", Text, nullable=False),  # new | do | undo | redo | erase
            Column("target", Integer),  # the operation that was undone or redone
            Column("undone", Integer, nullable=False, default=0),
            Column("count", Integer, nullable=False),
        ),
        journal=Table(
            "journal",
            metadata,
            Column("seq", Integer, primary_key=True),
            Column("op", Integer, nullable=False, index=True),
            Column("rid", Integer, nullable=False, index=True),
            Column("old", Text),
            Column("new", Text),
        ),
        attachment=Table(
            "attachment",
            metadata,
            Column("sha256", Text, primary_key=True),
            Column("mime", Text, nullable=False),
            Column("data", LargeBinary, nullable=False),
        ),
        memo=Table("memo", metadata, Column("key", Text, primary_key=True), Column("value", Text)),
        step=Table("step", metadata, Column("name", Text, primary_key=True), Column("at", Text, nullable=False)),
        log=_log(metadata),
        paper=_paper(metadata),
        ledgers=tables,
        found={
            key: Table(
                f"found_{key}", metadata, Column("rid", Integer, primary_key=True), Column("text", Text, nullable=False)
            )
            for key in tables
        },
    )


def _log(metadata: MetaData) -> Table:
    return Table(
        "log",
        metadata,
        Column("seq", Integer, primary_key=True),
        Column("at", Text, nullable=False),
        Column("who", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("what", Text, nullable=False),
        Column("profile", Text),
        Column("count", Integer),
    )


def _paper(metadata: MetaData) -> Table:
    return Table(
        "paper",
        metadata,
        Column("paper", Integer, primary_key=True),
        Column("kind", Text, nullable=False),
        Column("title", Text, nullable=False),
        Column("at", Text, nullable=False),
        Column("who", Text, nullable=False),
        Column("sha256", Text, nullable=False),
        Column("rid", Integer),  # the record it was printed from
        Column("op", Integer),  # the last operation at that moment
        Column("first", Integer),  # its first page, from 0, in a document that it shares with others
        Column("pages", Integer),  # how many pages of it; without, the whole document
        Index("ix_paper_rid", "rid"),
    )


def _ledger_table(ledger: Ledger, metadata: MetaData) -> Table:
    table = Table(
        f"ledger_{ledger.key}",
        metadata,
        Column("rid", Integer, primary_key=True),
        *(_column(field) for field in ledger.fields),
        Column(VOID, Text),
        Column(PAST, Text),
        Column(FLAWS, Integer, nullable=False, server_default="0"),
        Column(COMPLETE, Integer, nullable=False, server_default="0"),
        Column(PINYIN, Text, nullable=False, server_default=""),
        Column(STROKES, Text, nullable=False, server_default=""),
    )
    # Whether a record is there today is asked with every list and every count: these columns let an index answer.
    there = [table.c[key] for key in (VOID, ledger.presence.ends, *ledger.presence.begins) if key]
    Index(f"ix_{ledger.key}_in_order", table.c[PINYIN], table.c.rid, table.c[COMPLETE], *there)
    for field in ledger.fields:
        if field.key == ledger.scope:
            Index(f"ix_{ledger.key}_{field.key}", table.c[field.key], *there)
        # No unique index: a street office holds the same person of two communities, and says so.
        elif field.unique or isinstance(field, Link):
            Index(f"ix_{ledger.key}_{field.key}", table.c[field.key])
    return table


def _column(field: Field) -> Column[str | int | None]:
    return Column(field.key, Integer if field.storage == "integer" else Text)
