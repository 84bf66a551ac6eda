"""The program called as a shell would call it, in this process, on an office made by its own commands."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from taizhang import faults
from taizhang.__main__ import main
from taizhang.core.idcard import make

OFFICE = "中共青石街道杏花社区委员会"
FIRST, SECOND = "中共杏花社区第一支部委员会", "中共杏花社区第二支部委员会"
ID_NUMBER = make("110199", date(1980, 3, 8), 12)
RECORDS: tuple[tuple[str, ...], ...] = (
    ("organisations", f"name={FIRST}", "short_name=第一支部", "kind=党支部", f"parent={OFFICE}"),
    ("organisations", f"name={SECOND}", "short_name=第二支部", "kind=党支部", f"parent={OFFICE}"),
    (
        "members",
        "name=张伟",
        "born_on=1975-05-05",
        "joined_on=2004.07.01",
        "branch=第一支部",
        "sex=男",
        "phone=19900000001",
    ),
    ("members", "name=李芳", f"id_number={ID_NUMBER}", "joined_on=2004-07", "branch=第一支部", "education=大学本科"),
    ("members", "name=单雄", "born_on=1970-06", "joined_on=1999", "branch=第二支部", "category=正式党员"),
)


@dataclass(frozen=True)
class Said:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON object on stdout."""
        assert self.out.count("\n") == 1
        return json.loads(self.out)


class Shell:
    """Calls the program; `office` is named in front of every command."""

    def __init__(self, capsys: pytest.CaptureFixture[str], office: Path | None = None) -> None:
        self._capsys = capsys
        self.office = office

    def __call__(self, *arguments: object) -> Said:
        """Run one command in this process."""
        named = ["--office", str(self.office)] if self.office else []
        self._capsys.readouterr()
        code = main([*named, *map(str, arguments)])
        said = self._capsys.readouterr()
        return Said(code, said.out, said.err)

    def json(self, *arguments: object) -> Any:
        """What a command that goes well answers to a script."""
        said = self("--json", *arguments)
        log = faults.log_file()
        assert said.code == 0, said.err + (log.read_text(encoding="utf-8") if log.exists() else "")
        return said.json

    def id_of(self, name: str, ledger: str = "members") -> str:
        """The identifier of the one record of that name."""
        (row,) = self.json("list", ledger, "--where", f"name={name}")["rows"]
        return str(row["id"])


def started(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The real program in a process of its own."""
    command = [sys.executable, "-m", "taizhang", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, env={**os.environ, **environment}, check=False)


class Secrets:
    """Files that hold a password or a code each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()

    def __call__(self, text: str) -> Path:
        """The file with this secret."""
        path = self._folder / f"{len(list(self._folder.iterdir()))}.txt"
        path.write_text(f"{text}\n", encoding="utf-8")
        return path


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user's folder of this test alone."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def _prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An office of two branches and three members, made by the program itself."""
    folder = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder / "home"))
        path = folder / "杏花.tz"
        assert main(["new", str(path), "--name", OFFICE, "--kind", "社区党委"]) == 0
        for ledger, *pairs in RECORDS:
            assert main(["--user", "王敏", "--today", "2026-01-05", "set", ledger, *pairs]) == 0
        yield path


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], tmp_path: Path, _prepared: Path) -> Shell:
    """The program, on a fresh copy of the prepared office."""
    return Shell(capsys, Path(shutil.copyfile(_prepared, tmp_path / "杏花.tz")))


@pytest.fixture
def secret(tmp_path: Path) -> Secrets:
    """Makes files with secrets."""
    return Secrets(tmp_path / "保险柜")


@pytest.fixture
def bare(capsys: pytest.CaptureFixture[str]) -> Shell:
    """The program, with no office named."""
    return Shell(capsys)
