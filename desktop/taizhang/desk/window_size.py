"""How large a window opens, and how it grows: as wished, and never larger than the screen."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog, QWidget

_FRAME = 48  # pixels for the title bar and borders that the system draws


def open_at(window: QWidget, width: int, height: int) -> None:
    """Give a window its first size, in logical pixels."""
    room = window.screen().availableGeometry()
    window.resize(min(width, room.width() - _FRAME // 2), min(height, room.height() - _FRAME))


def open_in_place_of(window: QWidget, before: QWidget) -> None:
    """Give a window the place and size of the one that it follows."""
    window.move(before.pos())
    window.resize(before.size())
    window.setWindowState(before.windowState())


def open_over(dialog: QWidget, window: QWidget) -> None:
    """Put a dialog in the middle of the window it belongs to: one that grows as it opens may else end in a corner."""
    dialog.adjustSize()
    dialog.move(window.frameGeometry().center() - dialog.rect().center())


class GrowingDialog(QDialog):
    """Becomes higher when what it says in place needs more lines, so that nothing is squeezed."""

    def event(self, event: QEvent) -> bool:
        """Look at the height whenever something inside has changed."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and (layout := self.layout()) is not None:
            needed = (
                layout.totalHeightForWidth(self.width()) if layout.hasHeightForWidth() else self.sizeHint().height()
            )
            if needed > self.height():
                open_at(self, self.width(), needed)
        return done
