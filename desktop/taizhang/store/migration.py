"""Brings an older office file up to date, in one transaction after a verified backup; refuses a newer one."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Column, Connection, Table, insert, inspect, select
from sqlalchemy.schema import CreateColumn, CreateIndex

from taizhang.core.errors import Refused
from taizhang.core.ledger import Ledger, Step
from taizhang.store.database import Database
from taizhang.store.renewal import note_rules, renew, stale
from taizhang.store.schema import Schema

_NEWER = "这个文件是更新版本的程序写的，没有打开，内容没有改动；请先升级本程序。"


def pending(database: Database, schema: Schema, ledgers: Mapping[str, Ledger]) -> bool:
    """Whether there is anything to do before the file can be used; raises `Refused` when a newer program wrote it."""
    connection = database.connection
    existing = database.tables()
    done = _done(connection, schema, existing)
    steps = _steps(ledgers, existing)
    if done - {step.name for ledger in ledgers.values() for step in ledger.steps}:
        raise Refused(_NEWER)
    if any(step.name not in done for step in steps):
        return True  # what is unknown may be what a step renames or takes away
    if _unknown(schema, existing):
        raise Refused(_NEWER)
    lacking = any(
        name not in existing or set(table.columns.keys()) - existing[name] for name, table in _tables(schema).items()
    )
    indexes = {index.name for table in _tables(schema).values() for index in table.indexes}
    lacking = lacking or not indexes <= database.indexes()
    return lacking or (not database.read_only and bool(stale(connection, schema, ledgers)))


def migrate(database: Database, schema: Schema, ledgers: Mapping[str, Ledger], now: datetime) -> None:
    """Run what is pending; everything or nothing."""
    with database.transaction() as connection:
        existing = database.tables()
        done = _done(connection, schema, existing)
        for step in _steps(ledgers, existing):
            if step.name not in done:
                for statement in step.sql:
                    connection.exec_driver_sql(statement)
        existing = database.tables()
        if _unknown(schema, existing):
            raise Refused(_NEWER)
        for name, table in _tables(schema).items():
            if name in existing:
                _complete(connection, table, existing[name])
        schema.metadata.create_all(connection)
        # The steps of a ledger that is new to this file count as done: it has the newest shape from the start.
        fresh = {step.name for ledger in ledgers.values() for step in ledger.steps} - done
        if fresh:
            at = now.isoformat(timespec="seconds")
            connection.execute(insert(schema.step), [{"name": name, "at": at} for name in sorted(fresh)])
        for ledger in stale(connection, schema, ledgers):
            renew(database, schema, ledger)
            note_rules(connection, schema, ledger)


def shape(connection: Connection) -> dict[str, frozenset[tuple[str, ...]]]:
    """Tables, columns and indexes as they are, for comparing a migrated file with a fresh one."""
    look = inspect(connection)
    return {
        name: frozenset(
            (str(column["name"]), str(column["type"]), str(column["nullable"]), str(column["default"]))
            for column in look.get_columns(name)
        )
        | frozenset(
            ("index", str(index["name"]), *(str(key) for key in index["column_names"]))
            for index in look.get_indexes(name)
        )
        for name in look.get_table_names()
    }


def _tables(schema: Schema) -> Mapping[str, Table]:
    return schema.metadata.tables


def _steps(ledgers: Mapping[str, Ledger], existing: Mapping[str, set[str]]) -> list[Step]:
    """The steps of those ledgers that the file already has."""
    return [step for ledger in ledgers.values() if f"ledger_{ledger.key}" in existing for step in ledger.steps]


def _done(connection: Connection, schema: Schema, existing: Mapping[str, set[str]]) -> set[str]:
    if schema.step.name not in existing:
        return set()
    return {row[0] for row in connection.execute(select(schema.step.c.name))}


def _unknown(schema: Schema, existing: Mapping[str, set[str]]) -> bool:
    """Whether the file has tables or columns that this program does not know."""
    tables = _tables(schema)
    return any(name not in tables or columns - set(tables[name].columns.keys()) for name, columns in existing.items())


def _complete(connection: Connection, table: Table, existing: set[str]) -> None:
    """Give a table the columns and indexes that it lacks."""
    for column in table.c:
        if column.name not in existing:
            connection.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {_definition(connection, column)}")
    for index in table.indexes:
        connection.execute(CreateIndex(index, if_not_exists=True))


def _definition(connection: Connection, column: Column[object]) -> str:
    return str(CreateColumn(column).compile(dialect=connection.dialect))
