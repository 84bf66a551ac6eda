"""The ciphers of a locked office, each proved by a round trip: a bad build of a library is found before it matters."""

# ruff: noqa: PLC0415 - nothing is loaded before it is asked for: a library that is missing is what this looks for

import os
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

_TEXT = "编造的一行"
# The reference implementation's own example: version 19, 2 passes over 256 KiB, one lane.
_ARGON = "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe"


def ciphers(missing: list[str]) -> Iterator[str]:
    """The names of those that work; the others are added to `missing`."""
    for name, works in PROOFS.items():
        try:
            sound = works()
        except ImportError:
            missing.append(f"加密组件“{name}”")
            continue
        except Exception:  # noqa: BLE001 - whatever a bad build does, it does not work
            sound = False
        if sound:
            yield name
        else:
            missing.append(f"能用的加密组件“{name}”")


def _file() -> bool:
    """A file is written encrypted, and is read with its key only."""
    from taizhang.store.connection import connect
    from taizhang.store.driver import driver

    key, salt = os.urandom(32), os.urandom(16)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trial"
        path.touch()
        with closing(connect(path, read_only=False, key=key + salt)) as raw:
            version = str(raw.execute("PRAGMA cipher_version").fetchone()[0])
            raw.execute("CREATE TABLE trial AS SELECT ? AS text", (_TEXT,))
        with closing(connect(path, read_only=True, key=key + salt)) as raw:
            same = raw.execute("SELECT text FROM trial").fetchone() == (_TEXT,)
        hidden = path.read_bytes().startswith(salt) and _TEXT.encode() not in path.read_bytes()
        try:
            connect(path, read_only=True, key=os.urandom(32) + salt).close()
        except driver.DatabaseError:
            return version.startswith("4.") and same and hidden
    return False


def _sealing() -> bool:
    """What is sealed comes back with its key, and does not when a bit of it has changed."""
    from taizhang.store.crypto import fresh, seal, unseal

    key = fresh()
    sealed = seal(key, _TEXT.encode(), b"trial")
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    return unseal(key, sealed, b"trial") == _TEXT.encode() and unseal(key, changed, b"trial") is None


def _stretching() -> bool:
    """A password makes the key that it makes everywhere."""
    from taizhang.store.crypto import Cost, stretch

    return stretch(b"password", b"somesalt", Cost(passes=2, lanes=1, memory=256)).hex() == _ARGON


PROOFS = {"SQLCipher 4": _file, "AES-256-GCM": _sealing, "Argon2id": _stretching}
