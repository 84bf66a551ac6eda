"""A backup onto a USB stick in one click: the stick is found, of several one is chosen, and what came of it is said."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QWidget

from taizhang.desk.office import Office
from taizhang.store.removable import back_up_to_stick, name_of, sticks

NO_STICK = "没有找到 U 盘，没有备份；请插好 U 盘，再点一次“备份到 U 盘”。"
GOING_ON = "正在备份到 U 盘 {}，请先不要拔…"


def choose(parent: QWidget, at: QPoint, then: Callable[[Path], object]) -> bool:
    """Go on with the stick that is plugged in; of several, the user says which. Whether there is one."""
    found = sticks()
    if len(found) == 1:
        then(found[0])
    elif found:
        menu = QMenu(parent)
        menu.aboutToHide.connect(menu.deleteLater)
        for stick in found:
            menu.addAction(f"备份到 {name_of(stick)}", partial(then, stick))
        menu.popup(at)
    return bool(found)


def back_up(office: Office, now: Callable[[], datetime], window: QWidget) -> None:
    """Back the office up from anywhere in its window; the status line tells how it goes."""
    if not choose(window, QCursor.pos(), partial(_copy, office, now)):
        office.said.emit(NO_STICK)


def _copy(office: Office, now: Callable[[], datetime], stick: Path) -> None:
    office.said.emit(GOING_ON.format(name_of(stick)))
    office.ask(
        lambda store: back_up_to_stick(store, stick, now()), lambda done: office.said.emit(done.said + done.warning)
    )
