"""The cipher primitives, in one place so that others (SM4 and its family) can take it: Argon2id and AES-256-GCM.

Their library is loaded with the first key that is asked of it: an office without a password does without.
"""

import os
import time
import unicodedata
from typing import Annotated

import msgspec

CIPHERS = ("SQLCipher 4", "AES-256-GCM", "Argon2id")
KEY_SIZE = 32  # bytes
_NONCE = 12  # bytes
_LANES, _MEMORY = 4, 64 * 1024  # KiB; RFC 9106, second recommendation
_LEAST, _MOST, _AIM = 3, 10, 0.25  # passes over the memory, and the seconds that they may take


# A ring is read before it is known to be sound: one that was tampered with must not make this PC work for hours.
_Few = Annotated[int, msgspec.Meta(ge=1, le=16)]


class Cost(msgspec.Struct, frozen=True):
    """How much work it is to try one password; chosen once on the PC that sets it, and stored with it."""

    passes: _Few
    lanes: _Few
    memory: Annotated[int, msgspec.Meta(ge=1024, le=256 * 1024)]  # KiB


def tuned() -> Cost:
    """As much work as this PC does in about a quarter of a second, never less than the standard asks for."""
    begun = time.perf_counter()
    stretch(b"", bytes(16), Cost(_LEAST, _LANES, _MEMORY))
    one = (time.perf_counter() - begun) / _LEAST
    return Cost(max(_LEAST, min(_MOST, int(_AIM / one))), _LANES, _MEMORY)


def stretch(secret: bytes, salt: bytes, cost: Cost) -> bytes:
    """A key from a password."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(salt=salt, length=KEY_SIZE, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory)
    return kdf.derive(secret)


def plain(password: str) -> bytes:
    """The bytes of a password, the same whichever input method typed it (full-width digits, composed letters)."""
    return unicodedata.normalize("NFKC", password).encode(errors="surrogatepass")


def fresh(size: int = KEY_SIZE) -> bytes:
    """Random bytes from the system."""
    return os.urandom(size)


def seal(key: bytes, content: bytes, about: bytes) -> bytes:
    """Encrypt; `about` is not hidden but must be the same when it is opened."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = fresh(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, about)


def unseal(key: bytes, sealed: bytes, about: bytes) -> bytes | None:
    """What was sealed; None when the key, `about` or the bytes are not what they were."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], about)
    except (InvalidTag, ValueError):
        return None
