"""What a password costs: the same work on a locked office and on one without, in turn.

What is read for the first time after opening is decrypted; from then on the pages lie in memory as they are.
"""

import time
from collections.abc import Callable, Mapping
from pathlib import Path

import bench_data

from taizhang.desk import first_figures
from taizhang.store.query import Query
from taizhang.store.store import Store

PASSWORD = "杏花春雨江南"  # noqa: S105 - of an invented office
_SHOWN = 50  # rows of a list that a window shows


def opening(office: Path, password: str = "") -> float:
    """Seconds from the password to an open office that knows its name."""
    start = time.perf_counter()
    store = bench_data.opened(office, password)
    try:
        _ = store.name
        return time.perf_counter() - start
    finally:
        store.close(with_backup=False)


def reading(what: str, office: Path, password: str = "", *, again: bool = False) -> float:
    """Seconds of one of `READS` in an office just opened, for the first time or `again`."""
    store = bench_data.opened(office, password)
    try:
        if again:
            READS[what](store)
        start = time.perf_counter()
        READS[what](store)
        return time.perf_counter() - start
    finally:
        store.close(with_backup=False)


def _list(store: Store) -> None:
    store.page(Query("members"), limit=_SHOWN)


def _search(store: Store) -> None:
    store.page(Query("members", search="zhangwei"), limit=_SHOWN)


READS: Mapping[str, Callable[[Store], object]] = {
    "list": _list,
    "search": _search,
    "first_page": first_figures.count,
}
