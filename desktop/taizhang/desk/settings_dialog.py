"""The settings: who works, how large and light the window is, where backups lie. Each choice takes effect at once."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from taizhang.desk.about import AboutDialog
from taizhang.desk.settings import Appearance, Settings
from taizhang.desk.theme import SIZES
from taizhang.desk.widgets import GAP, PAD, Panel, button, column, label, row, scrolled
from taizhang.desk.window_size import open_at

_SIDES, _FOOT = 60, 96  # pixels for the margins and the scroll bar, for the margins and the buttons below
_BACKUPS_HEIGHT = 124  # pixels: four lines
_SIZE_LABELS = ("标准", "大", "特大")
_APPEARANCES = {Appearance.SYSTEM: "跟随系统", Appearance.LIGHT: "浅色", Appearance.DARK: "深色"}


class SettingsDialog(QDialog):
    """One page of settings; `changed` tells of every choice, and there is nothing to confirm."""

    changed = Signal(object)  # Settings
    backup_asked = Signal()
    restore_asked = Signal(Path)

    def __init__(
        self, settings: Settings, backups: Sequence[tuple[datetime, Path]] | None = None, parent: QWidget | None = None
    ) -> None:
        """`settings` is changed in place; `backups` are those of the open office, latest first; None: none is open."""
        super().__init__(parent)
        self.setObjectName("settings")
        self.setWindowTitle("设置")
        self._settings = settings
        self._backups = list(backups or ())
        self.backups = QListWidget()
        self.who = QLineEdit(settings.who)
        self.who.setPlaceholderText("例如：王敏")
        self.who.setAccessibleName("记录人")
        self.who.setMaxLength(20)
        self.who.editingFinished.connect(self._named)
        self.sizes = _choices(_SIZE_LABELS, SIZES.index(settings.font_size), self)
        self.sizes.idClicked.connect(self._sized)
        self.appearances = _choices(list(_APPEARANCES.values()), list(_APPEARANCES).index(settings.appearance), self)
        self.appearances.idClicked.connect(self._lit)
        parts = [self._person(), self._looks(), *([self._safety()] if backups is not None else [])]
        content = QWidget()
        content.setLayout(column(*parts, None))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(GAP)
        layout.addWidget(scrolled(content), 1)
        about = button("关于台账", role="quiet", on=self._about)
        layout.addLayout(row(about, None, button("关闭", on=self.accept)))
        room = content.sizeHint()
        open_at(self, max(540, room.width() + _SIDES), room.height() + _FOOT)

    def done(self, result: int) -> None:
        """Take the name as it stands, however the dialog is closed."""
        self._named()
        super().done(result)

    def _person(self) -> Panel:
        panel = Panel(gap=6)
        panel.body.addWidget(label("记录人", "heading"))
        panel.body.addWidget(self.who)
        panel.body.addWidget(label("每一处改动都会写明是谁改的。换人值班时，请先改成自己的名字。", "small", wrap=True))
        return panel

    def _looks(self) -> Panel:
        panel = Panel(gap=6)
        panel.body.addWidget(label("字号", "heading"))
        panel.body.addLayout(_side_by_side(self.sizes))
        panel.body.addSpacing(6)
        panel.body.addWidget(label("明暗", "heading"))
        panel.body.addLayout(_side_by_side(self.appearances))
        return panel

    def _safety(self) -> Panel:
        panel = Panel(gap=6)
        panel.body.addWidget(label("备份", "heading"))
        for when, _file in self._backups:
            self.backups.addItem(f"{when:%Y-%m-%d %H:%M}")
        self.backups.setFixedHeight(_BACKUPS_HEIGHT)
        self.backups.setAccessibleName("备份")
        told = f"共 {len(self._backups)} 份，最近的在上面。" if self._backups else "还没有备份。"
        panel.body.addWidget(label(f"{told}每次关闭单位时自动备份。请每周另存一份到 U 盘。", "small", wrap=True))
        if self._backups:
            panel.body.addWidget(self.backups)
        self.restore = button("恢复成新文件…", "clock-counter-clockwise", on=self._restore)
        here = button("打开所在文件夹", "folder-open", on=self._open_folder)
        here.setEnabled(bool(self._backups))
        self.restore.setEnabled(False)
        self.backups.currentRowChanged.connect(lambda at: self.restore.setEnabled(at >= 0))
        panel.body.addLayout(row(button("备份到…", "floppy-disk", on=self.backup_asked.emit), here, self.restore, None))
        return panel

    def _named(self) -> None:
        name = self.who.text().strip()
        if name != self._settings.who:
            self._settings.who = name
            self.changed.emit(self._settings)

    def _sized(self, which: int) -> None:
        self._settings.font_size = SIZES[which]
        self.changed.emit(self._settings)

    def _lit(self, which: int) -> None:
        self._settings.appearance = list(_APPEARANCES)[which]
        self.changed.emit(self._settings)

    def _about(self) -> None:
        AboutDialog(self).exec()

    def _restore(self) -> None:
        at = self.backups.currentRow()
        self.accept()
        self.restore_asked.emit(self._backups[at][1])

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._backups[0][1].parent)))


def _choices(texts: Sequence[str], chosen: int, parent: QWidget) -> QButtonGroup:
    """Buttons of which exactly one is pressed."""
    group = QButtonGroup(parent)
    for number, text in enumerate(texts):
        made = QPushButton(text)
        made.setCheckable(True)
        made.setAutoDefault(False)
        made.setChecked(number == chosen)
        group.addButton(made, number)
    return group


def _side_by_side(group: QButtonGroup) -> QHBoxLayout:
    return row(*group.buttons(), None)
