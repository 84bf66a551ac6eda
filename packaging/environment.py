"""The project's own Python environment: `.venv`, filled from the lock file and renewed only when the lock changes."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

import system_parts

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "packaging" / "lock.txt"
STAMP = VENV / "lock.sha256"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")


class CannotSetUp(Exception):  # noqa: N818  (it is read as a sentence)
    """The machine lacks something that only its owner can add; the text says what to do."""


def prepare(*, for_tests: bool) -> None:
    """Make the environment and the system libraries that the program, or its checks, need."""
    if not PYTHON.exists():
        _make_venv()
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not STAMP.exists() or STAMP.read_text(encoding="ascii") != wanted:
        _install_lock()
        STAMP.write_text(wanted, encoding="ascii")
    _link_project()
    _compile_project()
    system_parts.install_missing(for_tests=for_tests)


def in_venv(*arguments: str, env: dict[str, str] | None = None) -> int:
    """Run the environment's Python in the project root with these arguments; its exit code."""
    return subprocess.run([PYTHON, *arguments], cwd=ROOT, env=env, check=False).returncode


def _make_venv() -> None:
    """Create `.venv`; Debian keeps what that needs in a package of its own, and leaves half of it behind without."""
    print("建立 .venv … / making .venv", flush=True)
    make = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if subprocess.run(make, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    needed = ["python3-venv"]
    if not system_parts.apt_install(needed):
        raise CannotSetUp(f"缺少 python3-venv，请执行 / please run:\n  {system_parts.command(needed)}")
    subprocess.run(make, check=True)


def _install_lock() -> None:
    """Install exactly what the lock names, each file by its hash."""
    print("安装依赖（约 300 MB，仅首次）… / installing dependencies, once", flush=True)
    arguments = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary=:all:"]
    if in_venv(*arguments, "--require-hashes", "-r", str(LOCK)) != 0:
        raise CannotSetUp(
            "依赖没有装全，请检查网络后重试。 / Not all dependencies could be installed; check the network."
        )


def _link_project() -> None:
    """Put the project itself into the environment as it stands in the tree: nothing built, nothing stale."""
    libraries = VENV / "Lib" / "site-packages" if os.name == "nt" else next(VENV.glob("lib/python3*/site-packages"))
    (libraries / "taizhang-source.pth").write_text(f"{ROOT / 'desktop'}\n", encoding="utf-8")
    if os.name == "nt":
        (BIN / "taizhang.cmd").write_text('@"%~dp0python.exe" -m taizhang %*\r\n', encoding="ascii")
        return
    script = BIN / "taizhang"
    script.write_text(f'#!/bin/sh\nexec "{PYTHON}" -m taizhang "$@"\n', encoding="utf-8")
    script.chmod(0o755)


def _compile_project() -> None:
    """Compile what has changed, as an installation does: a start must not do it anew where bytecode is not written."""
    in_venv("-m", "compileall", "-qq", "desktop")


def lock() -> int:
    """Write the lock anew: the newest versions that pyproject.toml allows, hashes for every platform."""
    with tempfile.TemporaryDirectory() as scratch:
        venv.create(scratch, with_pip=True)
        python = Path(scratch) / BIN.name / PYTHON.name
        subprocess.run([python, "-m", "pip", "install", "--quiet", "pip-tools"], check=True)
        options = ["--quiet", "--upgrade", "--strip-extras", "--generate-hashes", "--no-header", "--no-emit-index-url"]
        options += [
            "--no-emit-trusted-host",
            "--no-emit-find-links",
            "--no-emit-options",
            "--allow-unsafe",
            "--extra",
            "dev",
        ]
        target = ["--output-file", str(LOCK.relative_to(ROOT)), "pyproject.toml"]
        return subprocess.run(
            [python, "-m", "piptools", "compile", *options, *target], cwd=ROOT, check=False
        ).returncode
