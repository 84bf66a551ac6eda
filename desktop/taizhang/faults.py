"""Our own errors, written down without a word of what the office holds: what kind of error, and where in the code."""

import sys
import traceback
from datetime import datetime
from pathlib import Path

from taizhang import __version__, places

_LARGEST = 200_000  # bytes; beyond it the log starts anew


def log_file() -> Path:
    """Where they are written."""
    return places.user_data() / "errors.log"


def record(error: BaseException, at: datetime) -> Path:
    """Add an error to the log; returns where it stands. Messages and values are left out: they can hold names."""
    path = log_file()
    lines = [f"{at:%Y-%m-%d %H:%M:%S}  {__version__}  Python {sys.version.split()[0]} {sys.platform}"]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(type(seen).__qualname__)
        lines += [
            f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(seen.__traceback__)
        ]
        seen = seen.__cause__
    fresh = path.exists() and path.stat().st_size > _LARGEST
    with path.open("w" if fresh else "a", encoding="utf-8") as log:
        log.write("\n".join(lines) + "\n\n")
    return path
