"""What the user sees when something cannot be done: in the status line, or in a dialog when a file is in danger."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QMessageBox, QWidget

from taizhang import faults
from taizhang.core.errors import Cancelled, Refused, StoreTrouble


class Messages:
    """Tells of errors by their kind; `say` is where a refusal is said, changed as windows come and go.

    `taken` is asked first of trouble with a file: it may know more to do about it than to say it.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.say: Callable[[str], object] = lambda _text: None
        self.taken: Callable[[StoreTrouble], bool] = lambda _error: False
        self.window: QWidget | None = None

    def unhandled(self, error: BaseException) -> None:
        """An error that nobody else has shown."""
        if isinstance(error, Cancelled):
            self.say("已取消，没有改动。")
        elif isinstance(error, Refused):
            self.say(str(error))
        elif isinstance(error, StoreTrouble):
            if not self.taken(error):
                _box("文件有问题", str(error), self.window).exec()
        else:
            self._crash(error)

    def _crash(self, error: BaseException) -> None:
        path = faults.record(error, self._now())
        text = (
            "程序出错了，刚才这一步没有做完，已保存的内容没有丢失。\n\n"
            f"请重新打开程序再试；还是这样，请把这个文件发给维护的人（里面没有个人信息）：\n{path}"
        )
        _box("程序出错", text, self.window).exec()


def _box(title: str, text: str, parent: QWidget | None) -> QMessageBox:
    box = QMessageBox(QMessageBox.Icon.Warning, title, text, QMessageBox.StandardButton.Ok, parent)
    box.button(QMessageBox.StandardButton.Ok).setText("知道了")
    return box
