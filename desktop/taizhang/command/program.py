"""Runs one command and turns what came of it into an exit code and a sentence."""

import importlib
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path

from taizhang import faults
from taizhang.command.parser import build
from taizhang.command.teller import Teller
from taizhang.command.usage import WrongUsage
from taizhang.core.errors import Cancelled, Refused, StoreTrouble

DONE, REFUSED, WRONG, TROUBLE, CANCELLED = 0, 1, 2, 3, 130

_KINDS: dict[type[Exception], int] = {WrongUsage: WRONG, Refused: REFUSED, StoreTrouble: TROUBLE}

# (office, who, today) -> exit code
OpenWindow = Callable[[Path | None, str, date | None], int]


def run(arguments: Sequence[str], open_window: OpenWindow) -> int:
    """Run one command, or open the window when none is named; the exit code."""
    _speak_utf8()
    teller = Teller(as_json="--json" in arguments)
    try:
        code, sentence = _outcome(lambda: _do(_read(arguments), teller, open_window))
    except SystemExit:  # the help was asked for, and has been shown
        return DONE
    try:
        teller.finish(sentence)
    except BrokenPipeError:  # `taizhang list members | head`: the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


def _read(arguments: Sequence[str]) -> Namespace:
    try:
        "".join(arguments).encode()
    except UnicodeEncodeError:
        raise WrongUsage("命令或文件名里有认不出的字符，没有执行；请改名后再试。") from None
    return build().parse_args(arguments)


def _do(args: Namespace, teller: Teller, open_window: OpenWindow) -> int:
    if args.run is None:
        return open_window(args.office, args.user, args.today)
    module, function = args.run
    # The libraries that a command needs are loaded with its module: `list` does not wait for Excel or PDF.
    getattr(importlib.import_module(f"taizhang.command.{module}"), function)(args, teller)
    return DONE


def _outcome(work: Callable[[], int]) -> tuple[int, str]:
    """The exit code, and the sentence for a command that was not done."""
    try:
        return work(), ""
    except tuple(_KINDS) as told:
        return next(code for kind, code in _KINDS.items() if isinstance(told, kind)), str(told)
    except (KeyboardInterrupt, Cancelled):
        return CANCELLED, "已取消，没有改动。"
    except OSError as problem:
        return TROUBLE, _of_the_disk(problem)
    except Exception as error:  # noqa: BLE001 - our own mistake, whatever it is, must not end in a traceback
        return TROUBLE, _our_mistake(error)


def _of_the_disk(problem: OSError) -> str:
    name = Path(problem.filename).name if isinstance(problem.filename, str | os.PathLike) else ""
    where = f"“{name}”" if name else ""
    return f"读写文件{where}出错（系统错误 {problem.errno}），没有做完；请检查文件和磁盘后再试。"


def _our_mistake(error: Exception) -> str:
    said = "程序自己出了错，没有做完，已存的内容完好"
    try:
        log = faults.record(error, datetime.now())  # noqa: DTZ005 - the user's own wall clock
    except OSError:
        return f"{said}；请把所用的命令告诉我们。"
    return f"{said}；经过记在 {log}，里面没有个人信息，请把它发给我们。"


def _speak_utf8() -> None:
    """Pipes on Windows would get the code page of the console otherwise."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
