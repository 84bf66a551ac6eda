"""The office that a command works on: found, opened, and let go of; and the records that a command names."""

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from taizhang import last_office
from taizhang.command.secret import secret_in
from taizhang.command.usage import WrongUsage
from taizhang.core.access import Access
from taizhang.core.derived import Derived
from taizhang.core.errors import Refused, StoreTrouble
from taizhang.core.field import Field
from taizhang.core.ledger import Ledger
from taizhang.registry import installed
from taizhang.store import keyplace, keyring
from taizhang.store.connection import is_locked
from taizhang.store.keyring import Keyring
from taizhang.store.opening import Locked
from taizhang.store.rows import Row
from taizhang.store.store import Store
from taizhang.store.trouble import Damaged

# A script may write a thousand times in a row: each need not leave a copy of the whole file behind.
_BETWEEN_BACKUPS = timedelta(hours=1)


@contextmanager
def opened(args: Namespace, *, writes: bool = False, access: Access | None = None) -> Iterator[Store]:
    """The office that is named, or the one opened last; closed at the end, backed up if something was done.

    Without `writes` it is only read where another program has it, or where nothing can be written. `access` is of
    somebody who has entered by other means than the password.
    """
    path = office_of(args)
    store = _open(path, args, access or entered(path, args), writes=writes)
    done = False
    try:
        last_office.opened(path)
        yield store
        done = True
    finally:
        _close(store, with_backup=done)


def office_of(args: Namespace) -> Path:
    """The office file that is named, or the one opened last."""
    path: Path | None = args.office or last_office.last()
    if path is None:
        raise Refused("没有指明台账文件，没有执行；请在命令前写 --office 和文件名。")
    return path


def entered(path: Path, args: Namespace, ring_of: Callable[[Path], Keyring] = keyplace.read) -> Access | None:
    """What opens a file with a password, by the file with the password; None for one that has none.

    It is the user who is named, if the office knows them; any other name is only for the journal.
    """
    if not is_locked(path):
        return None
    ring = ring_of(path)  # before the password is asked for, which is of no use to a file that has lost its keys
    if args.password_file is None:
        raise Locked(path)
    known = args.user in {slot.name for slot in ring.users}
    return keyring.enter(ring, secret_in(args.password_file), args.user if known else None)


def open_file(path: Path, args: Namespace, access: Access | None, *, read_only: bool) -> Store:
    """An office file, on the day and by the name that the command was given."""
    today: date | None = args.today
    day = (lambda: today) if today else None
    return Store.open(path, installed(), who=args.user, today=day, read_only=read_only, access=access)


def _open(path: Path, args: Namespace, access: Access | None, *, writes: bool) -> Store:
    try:
        return open_file(path, args, access, read_only=False)
    except StoreTrouble:
        if not writes:
            with suppress(StoreTrouble, Refused):  # what was wrong first is what is said
                return open_file(path, args, access, read_only=True)
        raise


def _close(store: Store, *, with_backup: bool) -> None:
    last = store.last_backup()
    due = last is None or datetime.now() - last > _BETWEEN_BACKUPS  # noqa: DTZ005 - names of backups say local time
    # What was done is done: neither who stops the backup nor a disk too full for it has stopped the work.
    with suppress(KeyboardInterrupt):
        try:
            store.close(with_backup=with_backup and due)
        except Damaged:
            raise
        except StoreTrouble as trouble:
            print(trouble, file=sys.stderr)


def ledger_named(key: str) -> Ledger:
    """The ledger of that key."""
    ledgers = installed().ledgers
    if key not in ledgers:
        there = "、".join(f"{ledger.key}（{ledger.title}）" for ledger in ledgers.values())
        raise WrongUsage(f"没有“{key}”这个台账，没有执行；现有：{there}。")
    return ledgers[key]


def field_named(ledger: Ledger, key: str) -> Field:
    """The field of that key."""
    column = column_named(ledger, key)
    if not isinstance(column, Field):
        raise WrongUsage(f"“{key}”（{column.label}）是自动算出的，没有执行；请换一栏。")
    return column


def column_named(ledger: Ledger, key: str) -> Field | Derived:
    """The field or derived column of that key."""
    if key not in ledger.by_key and key not in ledger.derived_by_key:
        raise WrongUsage(f"{ledger.title}没有“{key}”这一栏，没有执行；用 taizhang ledgers 查看全部栏目。")
    return ledger.column(key)


def record(store: Store, ledger: Ledger, identifier: str) -> Row:
    """The record with that identifier, whole; `Refused` when this ledger of the office has none such."""
    row = store.row(store.rid(identifier))
    if row.ledger != ledger.key:
        raise Refused(f"这条记录不在{ledger.title}里，而在{store.ledgers[row.ledger].title}里，没有执行；请核对编号。")
    return row
