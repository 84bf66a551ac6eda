"""A backup onto a USB stick in one click: the stick is found, and what came of it is said in the status line."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QWidget

from taizhang.desk.office import Office
from taizhang.store.removable import back_up_to_stick, name_of, sticks

_NONE = "没有插 U 盘，没有备份；请插好 U 盘，再点一次“备份到 U 盘”。"


def back_up(office: Office, now: Callable[[], datetime], window: QWidget) -> None:
    """Back the office up to the stick that is plugged in; of several, the user says which."""
    found = sticks()
    if not found:
        office.said.emit(_NONE)
    elif len(found) == 1:
        _copy(office, now, found[0])
    else:
        menu = QMenu(window)
        menu.aboutToHide.connect(menu.deleteLater)
        for stick in found:
            menu.addAction(f"备份到 {name_of(stick)}", partial(_copy, office, now, stick))
        menu.popup(QCursor.pos())


def _copy(office: Office, now: Callable[[], datetime], stick: Path) -> None:
    office.said.emit(f"正在备份到 U 盘 {name_of(stick)}，请先不要拔…")
    office.ask(
        lambda store: back_up_to_stick(store, stick, now()), lambda done: office.said.emit(done.said + done.warning)
    )
