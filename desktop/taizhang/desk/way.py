"""How an office is entered: which file, by whose keys, whether only to look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from taizhang.core.access import ROLE_LABELS, Access

if TYPE_CHECKING:
    from taizhang.store.keyring import Keyring


@dataclass(frozen=True)
class Way:
    """`access` is what entering a locked office gave; `notice` says why the office may only be looked at.

    `said`: what is said once it is open.
    """

    path: Path
    access: Access | None = None
    read_only: bool = False
    notice: str = ""
    said: str = ""


@dataclass(frozen=True)
class WhileClosed:
    """Work on the file of an office that nobody has open, and what is said when it is open again."""

    work: Callable[[Path], Access | None]
    said: str

    def __call__(self, path: Path) -> Access | None:
        """Do it."""
        return self.work(path)


def users_of(path: Path) -> list[tuple[str, str]]:
    """Who may open a locked office, and as what; nobody needs a password to know."""
    from taizhang.store import keyplace

    return users_in(keyplace.read(path))


def users_in(ring: Keyring) -> list[tuple[str, str]]:
    """The users of a ring, with their roles in words."""
    return [(slot.name, ROLE_LABELS[slot.role]) for slot in ring.users]
