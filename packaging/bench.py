"""Measures what users wait for, each figure beside its floor from the same run; prints one JSON object.

A floor is what the same job costs with nothing of ours: the sheet read and one `executemany`, the same strings drawn
straight on a canvas, a bare window; of a locked office, the same work on one without a password. Every figure is the
median of several runs in turn with its floor.
"""

import argparse
import compileall
import json
import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import bench_data
import bench_forms
import bench_import
import bench_lock
import bench_print
import bench_window

import taizhang

Figures = dict[str, float]


def paired(ours: Callable[[], float], floor: Callable[[], float], runs: int) -> Figures:
    """Seconds of both, measured in turn so that a drifting machine hits both; medians and their ratio."""
    ours(), floor()
    pairs = [(ours(), floor()) for _ in range(runs)]
    mine = statistics.median(pair[0] for pair in pairs)
    bare = statistics.median(pair[1] for pair in pairs)
    ratio = statistics.median(pair[0] / pair[1] for pair in pairs)
    return {"seconds": round(mine, 3), "floor": round(bare, 3), "ratio": round(ratio, 2)}


def measure(folder: Path, runs: int, many: int) -> dict[str, object]:
    """Every figure; `many` members in the large office."""
    say(f"an office of {many} members is being made")
    large = bench_data.filled_office(folder / "large.tz", many)
    small = bench_data.workbook(folder / "roster.xlsx", bench_data.ROSTER)
    say("import")
    figures: dict[str, object] = {
        "machine": f"{platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} processors",
        "import_10000x16": paired(
            partial(bench_import.imported, small, folder), partial(bench_import.floor, small, folder), 2 * runs
        ),
        "import_command_seconds": round(bench_import.command(small, folder), 2),
    }
    say("print")
    for rows in (2_000, 20_000):
        figures[f"roster_pdf_{rows}"] = paired(
            partial(bench_print.roster, large, rows), partial(bench_print.floor, large, rows), runs
        )
    # At most 1.5 times its floor.
    figures[f"letters_pdf_{bench_forms.LETTERS}"] = paired(bench_forms.letters, bench_forms.floor, runs)
    say("window")
    # As it is installed: where bytecode may not be written, every start of a checkout would compile it all anew.
    compileall.compile_dir(str(Path(taizhang.__file__).parent), quiet=1)
    figures["start_recounted_seconds"] = round(bench_window.recount(large), 2)
    figures["start_first_page"] = paired(partial(bench_window.start, large), bench_window.bare_start, 2 * runs)
    figures |= bench_window.search(large)
    say("password")
    return figures | locked(folder, small, large, runs, many)


def locked(folder: Path, roster: Path, plain: Path, runs: int, many: int) -> dict[str, object]:
    """What a password adds; the floor of each figure is the same office without."""
    password = bench_lock.PASSWORD
    office = bench_data.filled_office(folder / "locked.tz", many, password)
    figures: dict[str, object] = {
        "locked_open": paired(partial(bench_lock.opening, office, password), partial(bench_lock.opening, plain), runs),
        "locked_import_10000x16": paired(
            partial(bench_import.imported, roster, folder, password),
            partial(bench_import.imported, roster, folder),
            2 * runs,
        ),
    }
    for what in bench_lock.READS:
        for again in (False, True):
            figures[f"locked_{what}{'_again' if again else ''}"] = paired(
                partial(bench_lock.reading, what, office, password, again=again),
                partial(bench_lock.reading, what, plain, again=again),
                2 * runs,
            )
    return figures


def say(what: str) -> None:
    """Tell how far it is, beside the JSON."""
    print(f"… {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="counted runs of each figure")
    parser.add_argument("--members", type=int, default=100_000, help="members of the large office")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        print(json.dumps(measure(Path(place), options.runs, options.members), ensure_ascii=False, indent=2))
