"""What Qt and the checks need from a Debian-like system: tried, installed where we may, else one command to paste."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence

QT_LIBRARIES: Mapping[str, str] = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
"""Shared library that Qt loads → Debian package that carries it."""

TEST_PROGRAMS: Mapping[str, str] = {"Xvfb": "xvfb", "xdotool": "xdotool", "pdftoppm": "poppler-utils"}
"""Program that the checks call → Debian package that carries it."""


def install_missing(*, for_tests: bool) -> None:
    """Install the missing packages as root on Debian; elsewhere print the command. Nothing happens off Linux."""
    if sys.platform != "linux":
        return
    packages = missing(for_tests=for_tests)
    if packages and not apt_install(packages):
        print(
            f"系统缺少部件，请执行 / the system lacks parts, please run:\n  {command(packages)}",
            file=sys.stderr,
            flush=True,
        )


def missing(*, for_tests: bool) -> list[str]:
    """The Debian packages whose library does not load or whose program is not found."""
    packages = [package for library, package in QT_LIBRARIES.items() if not _loads(library)]
    if for_tests:
        packages += [package for program, package in TEST_PROGRAMS.items() if shutil.which(program) is None]
    return packages


def apt_install(packages: Sequence[str]) -> bool:
    """Install these packages; whether that was possible here and worked."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    print(f"apt-get install {' '.join(packages)}", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages]
    return all(
        subprocess.run(step, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False).returncode == 0
        for step in (["apt-get", "update", "-qq"], install)
    )


def command(packages: Sequence[str]) -> str:
    """The one line that a person with rights can paste."""
    return f"sudo apt-get update && sudo apt-get install -y {' '.join(packages)}"


def _loads(library: str) -> bool:
    """Whether the dynamic linker finds this library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
