"""Kills a program at random moments of its work and looks at what is left: `KIND ROUNDS SEED FOLDER`.

One program prepares the kind of work once; for each round it makes a child of itself, which works on a fresh copy.
"""

import json
import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

from taizhang.store import keyring
from tests.passwords import CHEAP
from tests.store.killed_keys import KEY_WORK
from tests.store.killed_work import WORK, Work


def main(kind: str, rounds: int, seed: str, folder: Path) -> int:
    """Try it; 1 when something was lost, which is told with all that is needed to do it again."""
    keyring.tuned = lambda: CHEAP  # type: ignore[attr-defined]  # it is imported there
    work = {**WORK, **KEY_WORK}[kind]()
    template, place = folder / "template", folder / "round"
    template.mkdir()
    work.prepare(template)
    lasts = max(_run(work, _copy(template, place), None) for _ in range(2))
    work.look(place, thorough=True)
    outcomes: Counter[str] = Counter()
    for number in range(rounds):
        delay = random.Random(f"{seed} {kind} {number}").uniform(0, lasts)  # noqa: S311 - it need not be secret
        _run(work, _copy(template, place), delay)
        left = sorted(file.relative_to(place).as_posix() for file in place.rglob("*"))
        try:
            outcomes[work.look(place, thorough=number % 8 == 0)] += 1
        except BaseException:  # noqa: BLE001 - whatever it is, it is told
            sys.stderr.write(f"{kind} {seed=} {number=} {delay=:.6f} of {lasts:.6f}; left: {left}\n")
            traceback.print_exc()
            return 1
    sys.stdout.write(json.dumps(outcomes))
    return 0


def _copy(template: Path, place: Path) -> Path:
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(template, place)
    return place


def _run(work: Work, place: Path, delay: float | None) -> float:
    """Let a child work, and kill it after `delay`; how long it worked, where it was not."""
    told, tells = os.pipe()
    child = os.fork()
    if child == 0:
        _work(work, place, tells)
    os.close(tells)
    said = os.read(told, 1)
    begun = time.perf_counter()
    if delay is not None:
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    os.close(told)
    if said != b"." or (os.waitstatus_to_exitcode(status) not in {0, -signal.SIGKILL}):
        raise ChildProcessError(work, status)
    return time.perf_counter() - begun


def _work(work: Work, place: Path, tells: int) -> None:
    """The child: everything up to the work itself, a sign, the work, and the end."""
    code = 1
    try:
        do = work.begin(place)
        os.write(tells, b".")
        do()
        code = 0
    except BaseException:  # noqa: BLE001 - it must not go on as a second parent
        traceback.print_exc()
    finally:
        os._exit(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), sys.argv[3], Path(sys.argv[4])))
