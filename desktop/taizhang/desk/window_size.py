"""How large a window opens: as wished, and never larger than the screen."""

from PySide6.QtWidgets import QWidget

_FRAME = 48  # pixels for the title bar and borders that the system draws


def open_at(window: QWidget, width: int, height: int) -> None:
    """Give a window its first size, in logical pixels."""
    room = window.screen().availableGeometry()
    window.resize(min(width, room.width() - _FRAME // 2), min(height, room.height() - _FRAME))
