"""The program: no arguments opens the window, a command runs without one."""

import importlib
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from taizhang.command import program
from taizhang.core.errors import Refused


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program with these arguments (default: those it was started with); the exit code."""
    return program.run(sys.argv[1:] if arguments is None else arguments, _open_window)


def _open_window(office: Path | None, who: str, today: date | None) -> int:
    """Open the window, on `office` if one is named. Qt is loaded only here: no command waits for it."""
    if not _has_display():
        raise Refused("这里没有显示器，窗口打不开，没有改动；命令行照常可用，用 taizhang --help 查看写法。")
    code: int = importlib.import_module("taizhang.desk.application").run(office, who=who, today=today)
    return code


def _has_display() -> bool:
    """Whether Qt can find a screen: it would end the whole program where there is none."""
    return sys.platform != "linux" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")))


if __name__ == "__main__":
    sys.exit(main())
