"""Work in a process of its own, which may take limits, other rights, or a small disk upon itself."""

import ctypes
import os
import traceback
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

_NEW_MOUNTS, _NEW_USER = 0x20000, 0x10000000
_PRIVATE_ALL = 0x4000 | 0x40000
_NOBODY = 65534


def alone(work: Callable[[], Any]) -> Any:
    """What `work` returns; what it raises fails the test here. A string that begins with "skip: " skips it."""
    context = get_context("fork")
    hears, tells = context.Pipe(duplex=False)
    child = context.Process(target=_run, args=(work, tells))
    child.start()
    tells.close()
    try:
        sound, answer = hears.recv()
    except EOFError:
        sound, answer = False, "it ended without a word"
    child.join(timeout=60)
    if sound and isinstance(answer, str) and answer.startswith("skip: "):
        pytest.skip(answer.removeprefix("skip: "))
    assert sound, answer
    return answer


def _run(work: Callable[[], Any], tells: Connection) -> None:
    try:
        tells.send((True, work()))
    except BaseException:  # noqa: BLE001 - the parent is told of whatever happened
        tells.send((False, traceback.format_exc()))


def on_small_disk(place: Path, size: int, work: Callable[[], Any]) -> Any:
    """Let `work` run while `place` is a disk of `size` bytes, which nobody else sees and which is gone afterwards."""

    def mounted() -> Any:
        try:
            _mount(place, size)
        except OSError as problem:
            return f"skip: this system lets no test have a disk of its own ({problem})"
        return work()

    return alone(mounted)


def _mount(place: Path, size: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.getuid(), os.getgid()
    root = user == 0
    _must(libc.unshare(_NEW_MOUNTS if root else _NEW_MOUNTS | _NEW_USER))
    if not root:
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"0 {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"0 {group} 1", encoding="ascii")
    _must(libc.mount(b"none", b"/", None, _PRIVATE_ALL, None))
    _must(libc.mount(b"tmpfs", os.fsencode(place), b"tmpfs", 0, f"size={size}".encode()))


def _must(answer: int) -> None:
    if answer != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


def as_nobody() -> None:
    """To root nothing is read-only."""
    if os.getuid() == 0:
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)
