"""What the user of this computer has chosen: name, size of type, light or dark, when the screen hides and locks."""

import json  # not msgspec, which takes five times as long to load: the choices are read before the window is there
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from taizhang import places
from taizhang.desk.theme import SIZES, Look

LOCK_AFTER, MASK_AFTER = (5, 10, 30, 60, 0), (2, 5, 15, 30, 0)  # minutes without a key or the mouse; 0: never


class Appearance(StrEnum):
    """Light, dark, or as the system has it."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass
class Settings:
    """The choices of one user, kept in the user's own folder and never in an office file."""

    who: str = ""
    font_size: int = SIZES[0]
    appearance: Appearance = Appearance.SYSTEM
    lock_after: int = 10  # minutes of `LOCK_AFTER`
    mask_after: int = 5  # minutes of `MASK_AFTER`

    @property
    def look(self) -> Look:
        """How the window is to look now; asks the system where the user leaves it to the system."""
        system_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        dark = self.appearance is Appearance.DARK or (self.appearance is Appearance.SYSTEM and system_dark)
        return Look(dark, self.font_size)


def settings_file() -> Path:
    """Where the choices are kept."""
    return places.user_data() / "settings.json"


def load(path: Path | None = None) -> Settings:
    """The choices as last saved; the first ones when there are none or the file cannot be read."""
    try:
        kept = json.loads((path or settings_file()).read_bytes())
        appearance = Appearance(kept.get("appearance", "system"))
    except (OSError, ValueError, AttributeError):
        return Settings()
    who = kept.get("who", "")
    if not isinstance(who, str):
        return Settings()
    first = Settings()
    return Settings(
        who,
        _one_of(SIZES, kept.get("font_size"), first.font_size),
        appearance,
        _one_of(LOCK_AFTER, kept.get("lock_after"), first.lock_after),
        _one_of(MASK_AFTER, kept.get("mask_after"), first.mask_after),
    )


def _one_of(known: tuple[int, ...], kept: object, first: int) -> int:
    """What was kept, where it is one of the choices; True is no number of minutes."""
    return kept if type(kept) is int and kept in known else first


def save(settings: Settings, path: Path | None = None) -> None:
    """Keep the choices; an old file stays whole until the new one is."""
    path = path or settings_file()
    fresh = path.with_suffix(".new")
    fresh.write_bytes(json.dumps(asdict(settings), ensure_ascii=False, indent=2).encode())
    fresh.replace(path)
