"""The page that says what keeps an office from being opened, and the ways on."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from taizhang.desk.front import FrontPage
from taizhang.desk.moments import moment
from taizhang.desk.widgets import GAP, button, column, label, row, scrolled

_SHELF = 190  # pixels, for the backups


class TroublePage(FrontPage):
    """A sentence, buttons, and the backups there are, latest first. `backup` carries the one that is chosen."""

    backup = Signal(Path)

    def __init__(
        self, title: str, said: str, backups: Sequence[tuple[datetime, Path]] = (), icon_name: str = "warning"
    ) -> None:
        super().__init__(title, icon_name, 44)
        self.said = label(said, wrap=True)
        self.body.addWidget(self.said)
        if backups:
            self.body.addWidget(label("从备份恢复", "heading"))
            self.body.addWidget(self._shelf(backups))
            self.body.addWidget(label("恢复时会写成一个新文件，现在的文件和备份都不动。", "small", wrap=True))
        self._offers = row(None)
        self.body.addLayout(self._offers)

    def offer(self, text: str, on: Callable[[], object], icon_name: str = "", role: str = "") -> QPushButton:
        """Add a way on."""
        made = button(text, icon_name, role=role, on=on)
        self._offers.insertWidget(self._offers.count() - 1, made)
        return made

    def _shelf(self, backups: Sequence[tuple[datetime, Path]]) -> QWidget:
        lines = column(gap=2)
        for when, file in backups:
            chosen = partial(self.backup.emit, file)
            text = f"{moment(when)} 的备份…"
            lines.addWidget(button(text, "clock-counter-clockwise", role="row", tip=str(file), on=chosen))
        lines.addStretch(1)
        inner = QWidget()
        inner.setLayout(lines)
        area = scrolled(inner)
        area.setFixedHeight(min(inner.sizeHint().height() + GAP, _SHELF))
        return area
