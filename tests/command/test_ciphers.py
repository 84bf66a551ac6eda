"""The proof of the ciphers finds one that is missing or works wrongly; it is no list of what should be there."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from taizhang.command.ciphers import ciphers
from taizhang.store import crypto

MISSING = (
    "import sys; sys.modules[sys.argv.pop(1)] = None; from taizhang.__main__ import main; sys.exit(main(sys.argv[1:]))"
)


@pytest.mark.parametrize(
    ("library", "told"),
    [("sqlcipher3", "加密组件“SQLCipher 4”"), ("cryptography", "加密组件“AES-256-GCM”；加密组件“Argon2id”")],
)
def test_a_library_that_is_missing_is_reported_as_missing(library: str, told: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", MISSING, library, "--self-check"]
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, check=False, env=environment)
    assert done.returncode == 1
    assert f"缺少：{told}。" in done.stderr.decode()


@pytest.mark.parametrize("name", crypto.CIPHERS)
def test_a_cipher_that_works_wrongly_is_reported(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if name == "SQLCipher 4":  # a driver that takes the key for a comment, as plain SQLite does
        monkeypatch.setattr("taizhang.store.connection.driver", sqlite3)
    elif name == "AES-256-GCM":
        monkeypatch.setattr(crypto, "unseal", lambda *_given: b"")
    else:
        monkeypatch.setattr(crypto, "stretch", lambda *_given: bytes(32))
    missing: list[str] = []
    assert list(ciphers(missing)) == [other for other in crypto.CIPHERS if other != name]
    assert missing == [f"能用的加密组件“{name}”"]
