"""The navigation at the left: pages by what the work is, read off the ledgers that are installed."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from taizhang.core.ledger import Ledger
from taizhang.desk.first_figures import Badge
from taizhang.desk.icons import icon
from taizhang.desk.widgets import button, label, row, scrolled, set_role

_WIDTH = 204  # logical pixels, enough for the largest type and how much is due
_MANY = 100  # things due from which they are no longer counted out
_OFFICE = (
    ("打开别的单位…　Ctrl+O", "open"),
    ("新建单位…", "welcome"),
    ("备份与恢复…", "backup"),
    ("锁定屏幕　Ctrl+L", "lock"),
    ("关于台账", "about"),
)
_FOOT = (
    ("stick", "备份到 U 盘", "hard-drive", "Ctrl+B"),
    ("settings", "设置", "gear-six", "Ctrl+,"),
    ("help", "帮助", "question", "F1"),
)


class Navigation(QFrame):
    """One button a page. `chosen` carries a page's name, `asked` what else is wanted, such as "settings"."""

    chosen = Signal(str)
    asked = Signal(str)

    def __init__(self, office: str, ledgers: Iterable[Ledger], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "navigation")
        self.setFixedWidth(_WIDTH)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.buttons: dict[str, QPushButton] = {}
        self._marks: dict[str, QLabel] = {}
        self._tips: dict[str, str] = {}
        self.office = label(office, "heading", wrap=True)
        self.office.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        pages = QVBoxLayout()
        pages.setContentsMargins(10, 4, 10, 8)
        pages.setSpacing(2)
        pages.addWidget(self._page("first", "首页", "house", 1))
        self._groups(pages, ledgers)
        pages.addStretch(1)
        inner = QWidget()
        inner.setLayout(pages)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(22, 18, 12, 6)
        head.setSpacing(2)
        head.addWidget(self.office)
        head.addWidget(self._office_menu(), 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        layout.addLayout(head)
        layout.addWidget(scrolled(inner), 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(10, 0, 10, 0)
        foot.setSpacing(2)
        for name, text, icon_name, key in _FOOT:
            made = _entry(text, icon_name, partial(self.asked.emit, name))
            made.setToolTip(f"{text}（{key}）")
            foot.addWidget(made)
        layout.addLayout(foot)

    def _office_menu(self) -> QPushButton:
        made = button("台账", "caret-down", role="office", tip="换单位、备份、关于")
        made.setIcon(icon("caret-down", "muted"))
        made.setIconSize(QSize(12, 12))
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        menu = QMenu(made)
        for text, name in _OFFICE:
            menu.addAction(text, partial(self.asked.emit, name))
        made.setMenu(menu)
        return made

    def mark(self, name: str) -> None:
        """Show which page is open."""
        if made := self.buttons.get(name):
            made.setChecked(True)

    def show_due(self, found: Iterable[Badge]) -> None:
        """Say beside each ledger how much is due in it."""
        badges = {one.ledger: one for one in found}
        for name, mark in self._marks.items():
            badge = badges.get(name)
            mark.setVisible(badge is not None)
            tip = self._tips[name]
            if badge is not None:
                mark.setText(str(badge.items) if badge.items < _MANY else f"{_MANY - 1}+")
                set_role(mark, "badge", "accent" if badge.late else "warning")
                tip = f"{tip}，{badge.items} 项要办"
            self.buttons[name].setToolTip(tip)

    def _groups(self, pages: QVBoxLayout, ledgers: Iterable[Ledger]) -> None:
        by_group: dict[str, list[Ledger]] = {}
        for ledger in ledgers:
            by_group.setdefault(ledger.group, []).append(ledger)
        number = 2
        for group, members in by_group.items():
            heading = label(group, "section")
            heading.setContentsMargins(12, 12, 0, 4)
            pages.addWidget(heading)
            for ledger in members:
                pages.addWidget(self._page(ledger.key, ledger.title, ledger.icon, number))
                number += 1

    def _page(self, name: str, text: str, icon_name: str, number: int) -> QPushButton:
        made = _entry(text, icon_name, partial(self.chosen.emit, name))
        made.setCheckable(True)
        self._tips[name] = f"{text}（Ctrl+{number}）" if number <= 9 else text
        made.setToolTip(self._tips[name])
        mark = self._marks[name] = label("", "badge")
        mark.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        mark.hide()
        inside = row(None, mark)
        inside.setContentsMargins(0, 0, 2, 0)
        made.setLayout(inside)
        self._group.addButton(made)
        self.buttons[name] = made
        return made


def _entry(text: str, icon_name: str, on: partial[None]) -> QPushButton:
    made = button(text, role="navigation", on=on)
    made.setIcon(icon(icon_name, "text", "accent"))
    made.setIconSize(QSize(18, 18))
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made
