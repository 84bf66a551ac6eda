"""The one file that knows SQLite: how it is opened, its pragmas, transactions, copies and its own integrity check."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from taizhang.core.errors import Refused
from taizhang.store.trouble import in_words

APPLICATION_ID = 0x545A3031  # "TZ01": tells an office file from any other SQLite file
_BUSY_MS = 3000


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """Open the file with every pragma it needs; the place where a key will be given."""
    uri = path.resolve().as_uri() + ("?mode=ro" if read_only else "?mode=rwc")
    raw = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    raw.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    raw.execute("PRAGMA foreign_keys = ON")
    raw.execute("PRAGMA secure_delete = ON")
    raw.execute("PRAGMA trusted_schema = OFF")
    raw.execute("PRAGMA temp_store = MEMORY")
    if not read_only:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("PRAGMA synchronous = FULL")
    return raw


class Database:
    """One connection to one office file; used from one thread."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        with in_words(path):
            self._raw = _connect(path, read_only=read_only)
            engine = create_engine("sqlite://", creator=lambda: self._raw, poolclass=StaticPool)
            # SQLAlchemy must not begin by itself: pysqlite would leave DDL outside the transaction.
            self.connection: Connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        self._engine = engine

    def pragma(self, name: str) -> Any:
        """The value of a pragma."""
        return self.connection.exec_driver_sql(f"PRAGMA {name}").scalar()

    def mark(self) -> None:
        """Make the file recognisable as an office file."""
        self.connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")

    def is_office(self) -> bool:
        """Whether the file says that it is an office file."""
        return bool(self.pragma("application_id") == APPLICATION_ID)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Everything inside, or nothing: begun as a writer, so that it cannot fail half-way on a lock."""
        with in_words(self.path):
            self.connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.exec_driver_sql("COMMIT")
            except BaseException:
                # A failed COMMIT (full disk) may already have ended the transaction.
                if self._raw.in_transaction:
                    self.connection.exec_driver_sql("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A read whose errors come out in words."""
        with in_words(self.path):
            yield self.connection

    def copy_to(self, target: Path) -> None:
        """A compact copy of the whole file, made while it is open; `target` must not exist."""
        if target.exists():
            raise Refused(f"“{target.name}”已经存在，没有覆盖；请换一个文件名。")
        with in_words(self.path):
            self.connection.exec_driver_sql("VACUUM INTO ?", (str(target),))

    def damage(self) -> list[str]:
        """What SQLite itself finds wrong with the file."""
        with in_words(self.path):
            said = [str(row[0]) for row in self.connection.exec_driver_sql("PRAGMA integrity_check(20)")]
        return [] if said == ["ok"] else said

    def close(self) -> None:
        """Fold the log into the file and let go of it."""
        self.connection.close()
        self._engine.dispose()
        self._raw.close()
