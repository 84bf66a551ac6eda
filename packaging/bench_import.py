"""An import of a whole roster, and the least that such an import must do: read the sheet and store its cells."""

import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import bench_data
from python_calamine import CalamineWorkbook

from taizhang.core.errors import Refused
from taizhang.exchange.apply import apply_plan
from taizhang.exchange.planner import plan_import
from taizhang.exchange.workbook import read_workbook


def imported(book: Path, folder: Path, password: str = "") -> float:
    """Seconds from the file to the committed, journalled and searchable records, in an empty office."""
    path = folder / "import.tz"
    store = bench_data.office(path, password)
    try:
        start = time.perf_counter()
        plan = plan_import(read_workbook(book), store.ledgers["members"], store)
        result = apply_plan(store, plan)
        seconds = time.perf_counter() - start
        if result.counts.added < bench_data.ROSTER * 99 // 100:
            raise Refused(f"导入只收下了 {result.counts.added} 行，测量无效。")
    finally:
        store.close(with_backup=False)
        path.unlink()
    return seconds


def floor(book: Path, folder: Path) -> float:
    """Seconds for calamine to read the sheet and SQLite to take its cells in one `executemany`."""
    path = folder / "floor.db"
    start = time.perf_counter()
    rows = CalamineWorkbook.from_path(book).get_sheet_by_index(0).to_python()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    columns = ", ".join(f"c{number}" for number in range(len(rows[0])))
    connection.execute(f"CREATE TABLE member (rid INTEGER PRIMARY KEY, {columns})")
    connection.execute("BEGIN")
    marks = ", ".join("?" * len(rows[0]))
    connection.executemany(f"INSERT INTO member ({columns}) VALUES ({marks})", rows[1:])  # noqa: S608 - our own names
    connection.execute("COMMIT")
    seconds = time.perf_counter() - start
    connection.close()
    path.unlink()
    return seconds


def command(book: Path, folder: Path) -> float:
    """Seconds of the whole command, from starting Python to its exit."""
    path = folder / "command.tz"
    bench_data.office(path).close(with_backup=False)
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "taizhang", "--office", str(path), "--json", "import", "members", str(book)],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - start
