"""The sample office on screen, or, without a screen, its roster imported, printed and exported into out/."""

import os
import sys
from pathlib import Path

import environment

OUT = environment.ROOT / "out"
SAMPLE = OUT / "sample"


def run() -> int:
    """Open the sample office, which is made at the first call and kept as it is left; the exit code."""
    environment.prepare(for_tests=False)
    SAMPLE.parent.mkdir(exist_ok=True)
    if not any(SAMPLE.glob("*.tz")) and (code := _taizhang("demo", str(SAMPLE))) != 0:
        return code
    office = str(next(SAMPLE.glob("*.tz")))
    if has_display():
        return _taizhang("--office", office)
    print("没有显示器，改用命令行完成同样的工作。 / No display: doing the same job on the command line.", flush=True)
    return _on_the_command_line(office)


def has_display() -> bool:
    """Whether a window can open here: always off Linux, else when a display server answers to its name."""
    if sys.platform != "linux":
        return True
    wayland = os.environ.get("WAYLAND_DISPLAY")
    if wayland and (Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / wayland).exists():
        return True
    display = os.environ.get("DISPLAY", "")
    if display.startswith(":"):
        return Path(f"/tmp/.X11-unix/X{display[1:].split('.')[0]}").exists()  # noqa: S108  (X's own fixed place)
    return bool(display)


def _on_the_command_line(office: str) -> int:
    """Import one of the sample rosters, print the members, export them; 0, or the first code that is not 0."""
    roster = str(min(SAMPLE.glob("*.xls*")))
    jobs = [
        ["import", "members", roster, "--marked", str(OUT / "导入结果.xlsx")],
        ["print", "members", str(OUT / "党员名册.pdf")],
        ["export", "members", str(OUT / "党员名册.xlsx")],
    ]
    for job in jobs:
        if (code := _taizhang("--office", office, *job)) != 0:
            return code
    print("完成 / done:\n" + "\n".join(f"  {path.relative_to(environment.ROOT)}" for path in sorted(OUT.glob("*.*"))))
    return 0


def _taizhang(*arguments: str) -> int:
    """Run the program and show the command as a person would type it."""
    print("taizhang " + " ".join(arguments).replace(f"{environment.ROOT}{os.sep}", ""), flush=True)
    return environment.in_venv("-m", "taizhang", *arguments)
