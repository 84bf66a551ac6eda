"""Brings an older office file up to date, in one transaction after a verified backup; refuses a newer one."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Column, Connection, Table, insert, inspect, select
from sqlalchemy.schema import CreateColumn, CreateIndex

from taizhang.core.errors import Refused
from taizhang.core.ledger import Step
from taizhang.store.database import Database
from taizhang.store.schema import Schema


def pending(database: Database, schema: Schema, steps: Iterable[Step]) -> list[str]:
    """What is to be done before the file can be used; raises `Refused` when a newer program wrote it."""
    with database.reading() as connection:
        existing = _existing(connection)
        done = {row[0] for row in connection.execute(select(schema.step.c.name))}
    known = {step.name for step in steps}
    foreign = {name for name in existing if name not in schema.metadata.tables and not name.startswith("sqlite_")}
    extra = {
        f"{name}.{column}"
        for name, columns in existing.items()
        if name in schema.metadata.tables
        for column in columns - set(schema.metadata.tables[name].c.keys())
    }
    if foreign or extra or done - known:
        raise Refused("这个文件是更新版本的程序写的，没有打开，内容没有改动；请先升级本程序。")
    todo = [f"table {name}" for name in schema.metadata.tables if name not in existing]
    for name, table in schema.metadata.tables.items():
        if name in existing:
            todo += [f"column {name}.{key}" for key in set(table.columns.keys()) - existing[name]]
    return todo + [step.name for step in steps if step.name not in done]


def migrate(database: Database, schema: Schema, steps: Iterable[Step], now: datetime) -> None:
    """Run what is pending; everything or nothing."""
    with database.transaction() as connection:
        existing = _existing(connection)
        done = {row[0] for row in connection.execute(select(schema.step.c.name))} if "step" in existing else set()
        for step in steps:
            # A fresh file has the newest shape from the start: its steps count as done.
            if existing and step.name not in done:
                for statement in step.sql:
                    connection.exec_driver_sql(statement)
        existing = _existing(connection)
        for name, table in schema.metadata.tables.items():
            if name in existing:
                _add_columns(connection, table, existing[name])
        schema.metadata.create_all(connection)
        fresh = [step.name for step in steps if step.name not in done]
        if fresh:
            at = now.isoformat(timespec="seconds")
            connection.execute(insert(schema.step), [{"name": name, "at": at} for name in fresh])


def shape(connection: Connection) -> dict[str, frozenset[tuple[str, str]]]:
    """Tables, columns and indexes as they are, for comparing a migrated file with a fresh one."""
    look = inspect(connection)
    return {
        name: frozenset((column["name"], str(column["type"])) for column in look.get_columns(name))
        | frozenset(("index", str(index["name"])) for index in look.get_indexes(name))
        for name in look.get_table_names()
    }


def _existing(connection: Connection) -> Mapping[str, set[str]]:
    look = inspect(connection)
    return {name: {column["name"] for column in look.get_columns(name)} for name in look.get_table_names()}


def _add_columns(connection: Connection, table: Table, existing: set[str]) -> None:
    for column in table.c:
        if column.name not in existing:
            connection.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {_definition(connection, column)}")
    for index in table.indexes:
        if any(column.name not in existing for column in index.columns):
            connection.execute(CreateIndex(index, if_not_exists=True))


def _definition(connection: Connection, column: Column[object]) -> str:
    return str(CreateColumn(column).compile(dialect=connection.dialect))
