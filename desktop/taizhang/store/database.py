"""What SQLite alone can do: transactions, copies, what others have changed, its own integrity check."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import StaticPool

from taizhang.core.errors import Refused
from taizhang.store import keyplace
from taizhang.store.connection import APPLICATION_ID, connect
from taizhang.store.driver import driver
from taizhang.store.files import left_open
from taizhang.store.holder import Holder
from taizhang.store.keyplace import PAGE
from taizhang.store.keyring import Keyring
from taizhang.store.location import is_network
from taizhang.store.peek import hold, let_go
from taizhang.store.strays import set_stray_log_aside
from taizhang.store.trouble import Damaged, in_words, of_disk, trouble_of


class Database:
    """One connection to one office file, which must exist; used from one thread."""

    def __init__(self, path: Path, *, read_only: bool = False, key: bytes | None = None) -> None:
        """`key` is the data key of a locked file; the caller knows it to be the right one."""
        self.path = path
        self.read_only = read_only
        self.key = key
        self.ring: Keyring | None = None
        self.holder: Holder | None = None  # let go of with the file
        self._left_open = left_open(path) and not read_only
        self._raw = self._opened()
        self._engine = create_engine("sqlite://", module=driver, creator=lambda: self._raw, poolclass=StaticPool)
        event.listen(self._engine, "handle_error", self._in_words)
        # SQLAlchemy must not begin by itself: pysqlite would leave DDL outside the transaction.
        self.connection: Connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        self._ahead = self._closed = False
        self._version = self._others()

    def _opened(self) -> driver.Connection:
        self._inode = hold(self.path)
        try:
            if self.key is not None:
                with suppress(Damaged):  # who has the key can read a file that has lost its ring
                    self.ring = keyplace.read(self.path)
                if not self.read_only:
                    keyplace.tidy(self.path)
                if self._left_open:  # SQLite is about to repair the file, and to cut off what lies behind its pages
                    self._step_aside()
            if self._left_open:
                with self._room():
                    set_stray_log_aside(self.path, self.key)
            with in_words(self.path, locked=self.key is not None):
                return connect(self.path, read_only=self.read_only, key=self.key)
        except BaseException:
            let_go(self._inode)
            raise

    def claim(self) -> None:
        """Take over a file that is known to be an office's: what a crash left of its log goes when it is closed.

        On a share it is held until then: two machines would not see each other's locks in time.
        """
        if self._left_open:
            self._ahead = self.pragma("journal_mode") == "wal"
            with suppress(OSError):  # SQLite has used it by now, or seen that nothing was written yet
                self.path.with_name(self.path.name + "-journal").unlink(missing_ok=True)
        if is_network(self.path):
            self.pragma("journal_mode = DELETE")
            self.connection.exec_driver_sql("BEGIN EXCLUSIVE")
            self.connection.exec_driver_sql("COMMIT")

    def _write_ahead(self) -> None:
        """Write to a log first, so that reading never waits; a log cannot work on a share. The keys step aside.

        Begun with the first change and ended with the last, so that a file at rest is one file that can be read
        anywhere, and a file that is only looked at stays as it is.
        """
        if self._ahead:
            return
        self._step_aside()
        self._ahead = is_network(self.path) or self.pragma("journal_mode = WAL") == "wal"

    @contextmanager
    def changing(self, ring: Keyring) -> Iterator[None]:
        """Let other passwords open the file, once what is written inside is stored."""
        with self._room():
            keyplace.prepare(self.path, ring)
        try:
            with self.transaction(joins=True):
                yield
            with self._room():
                keyplace.commit(self.path)
        finally:
            keyplace.tidy(self.path)
        self.ring = ring

    def _step_aside(self) -> None:
        """Keep the keys beside the file while it is written."""
        if self.ring is not None:
            with self._room():
                keyplace.put_aside(self.path, self.ring)

    @contextmanager
    def _room(self) -> Iterator[None]:
        try:
            yield
        except OSError as problem:
            raise of_disk(problem) from problem

    def pragma(self, name: str) -> Any:
        """The value of a pragma."""
        return self.connection.exec_driver_sql(f"PRAGMA {name}").scalar()

    def mark(self) -> None:
        """Make the file recognisable as an office file."""
        self.connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")

    def is_office(self) -> bool:
        """Whether the file says that it is an office file."""
        return bool(self.pragma("application_id") == APPLICATION_ID)

    def tables(self) -> dict[str, set[str]]:
        """The columns of every table. One statement: a start-up must not ask for each table anew."""
        statement = (
            "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p"
            " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        )
        found: dict[str, set[str]] = {}
        for table, column in self.connection.exec_driver_sql(statement):
            found.setdefault(table, set()).add(column)
        return found

    def indexes(self) -> set[str]:
        """The names of all indexes."""
        found = self.connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'index'")
        return {row[0] for row in found}

    def changed_elsewhere(self) -> bool:
        """Whether another program has written since this was asked last (the command line beside an open window)."""
        before, self._version = self._version, self._others()
        return before != self._version

    def _others(self) -> int:
        with in_words(self.path):
            return int(self._raw.execute("PRAGMA data_version").fetchone()[0])

    @contextmanager
    def transaction(self, *, joins: bool = False) -> Iterator[Connection]:
        """Everything inside, or nothing: begun as a writer, so that it cannot fail half-way on a lock.

        Inside another one it is refused, unless it `joins` that one and stands or falls with it.
        """
        if self._raw.in_transaction:
            if not joins:
                raise Refused("上一项操作还没有完成，这一项没有执行；请稍后再试。")
            yield self.connection
            return
        self._write_ahead()
        self.connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            yield self.connection
            self.connection.exec_driver_sql("COMMIT")
        except BaseException:
            # A failed COMMIT (full disk) may already have ended the transaction.
            if self._raw.in_transaction:
                self.connection.exec_driver_sql("ROLLBACK")
            raise

    def copy_to(self, target: Path) -> None:
        """A compact copy of the whole file, made while it is open; `target` must not exist."""
        if target.exists():
            raise Refused(f"“{target.name}”已经存在，没有覆盖；请换一个文件名。")
        self.connection.exec_driver_sql("VACUUM INTO ?", (str(target),))

    def sweep(self) -> bool:
        """Write the whole file anew, so that no byte of what was deleted stays in it or in its log.

        False while another program reads the file: its log cannot be emptied.
        """
        self._write_ahead()
        self.connection.exec_driver_sql("VACUUM")
        busy = self.connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").first()
        return busy is None or not busy[0]

    def damage(self) -> list[str]:
        """What SQLite itself finds wrong with the file."""
        said = [str(row[0]) for row in self.connection.exec_driver_sql("PRAGMA integrity_check(20)")]
        return [] if said == ["ok"] else said

    def close(self) -> None:
        """Fold the log into the file, put the keys behind it, and let go of it."""
        if self._closed:  # what lies beside the file may belong to the next program by now
            return
        self._closed = True
        aside = not self.read_only and (self._ahead or keyplace.is_aside(self.path))
        if self._ahead:
            with suppress(driver.Error):  # another program has the file open: it will do this
                self._raw.execute("PRAGMA busy_timeout = 0")
                self._raw.execute("PRAGMA journal_mode = DELETE")
            self._ahead = False
        end = self._end()
        self.connection.close()
        self._engine.dispose()
        self._raw.close()
        let_go(self._inode)
        # While another program still reads the log, or it could not be folded in, the file is not whole.
        if aside and end and self.ring is not None and not left_open(self.path):
            with suppress(OSError):  # no room: the keys are as good beside it
                keyplace.put_back(self.path, self.ring, end)
        if self.holder is not None:
            self.holder.release()

    def _end(self) -> int:
        """Where the pages of the database end, in bytes; 0 when that cannot be known."""
        with suppress(driver.Error):
            return int(self._raw.execute("PRAGMA page_count").fetchone()[0]) * PAGE
        return 0

    def _in_words(self, context: ExceptionContext) -> None:
        """Let no trouble of the file out but as a `StoreTrouble`, whether a statement fails or the fetching after."""
        trouble = trouble_of(context.original_exception, self.path, locked=self.key is not None)
        if trouble is not None:
            raise trouble from context.original_exception
