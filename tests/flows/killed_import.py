"""An import into a locked office that kills its own program before or after it is kept: `OFFICE BOOK PASSWORD WHEN`."""

import os
import signal
import sys
from pathlib import Path

from taizhang.exchange.apply import apply_plan
from taizhang.exchange.planner import plan_import
from taizhang.exchange.workbook import read_workbook
from taizhang.registry import installed
from taizhang.store.opening import enter
from taizhang.store.store import Store


def main(office: str, book: str, password: str, moment: str) -> None:
    """Import with so little memory for pages that what is not kept yet goes to the disk as well."""
    store = Store.open(Path(office), installed(), access=enter(Path(office), password))
    store._database.connection.exec_driver_sql("PRAGMA cache_size = 10")
    plan = plan_import(read_workbook(Path(book)), store.ledgers["members"], store)

    def told(done: int, total: int, _what: str) -> None:
        if moment == "before" and 0 < total == done:  # all is written, nothing is kept
            _die()

    apply_plan(store, plan, told)
    _die()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
