"""The settings, by sections: this computer, passwords and users, backups, the log and the hand-over."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from taizhang.core.access import Role
from taizhang.desk.about import AboutDialog
from taizhang.desk.backup_panel import BackupPanel
from taizhang.desk.icons import icon
from taizhang.desk.office import Office
from taizhang.desk.security_panel import SecurityPanel
from taizhang.desk.settings import Settings
from taizhang.desk.settings_general import GeneralSettings
from taizhang.desk.widgets import GAP, PAD, Panel, button, column, label, row, scrolled, set_role
from taizhang.desk.window_size import open_at
from taizhang.exchange.log_words import TITLE

_WIDTH, _HEIGHT, _SIDES = 920, 720, 24  # pixels
_SECTIONS = {
    "general": ("一般", "gear-six", "start"),
    "security": ("密码与使用者", "lock-key", "passwords"),
    "backup": ("备份", "floppy-disk", "backup"),
    "records": ("记录与交接", "clipboard-text", "handover"),
}
_LOGGED = "谁在什么时候导出、打印、备份了什么，改过哪些密码。只记多少条，不记里面是谁。"
_HANDED = "换人负责时：清点、打印交接清单、给接手的人设密码，一步一步来。"


class SettingsDialog(QDialog):
    """Each choice takes effect at once, and there is nothing to confirm.

    `changed` tells of a choice of this computer; `door` asks the window for what only it can open, once this is closed.
    """

    changed = Signal(object)  # Settings
    door = Signal(str, object)
    help_asked = Signal(str)

    def __init__(
        self,
        settings: Settings,
        office: Office | None = None,
        now: Callable[[], datetime] = datetime.now,
        section: str = "general",
        parent: QWidget | None = None,
    ) -> None:
        """`section` is opened first; without an office there is only "general"."""
        super().__init__(parent)
        self.setObjectName("settings")
        self.setWindowTitle("设置")
        self.setWindowModality(Qt.WindowModality.WindowModal)  # the help stays open beside it
        self._office, self._now = office, now
        self.general = GeneralSettings(settings, locked=office is not None and office.facts.locked)
        self.general.changed.connect(self.changed.emit)
        self.names = [name for name in _SECTIONS if name == "general" or office is not None]
        self.pages: dict[str, QWidget] = {}
        self.sections = QListWidget()
        self.stack = QStackedWidget()
        self._lay_out()
        self.sections.currentRowChanged.connect(lambda at: self.show_section(self.names[at]))
        QShortcut(QKeySequence("F1"), self).activated.connect(self._help)
        self.show_section(section)
        open_at(self, _WIDTH, _HEIGHT)

    def show_section(self, name: str) -> None:
        """Turn to a section, which is made when it is first seen; an unknown one is the first."""
        name = name if name in self.names else self.names[0]
        if name not in self.pages:
            page = self.pages[name] = self._page(name)
            page.setContentsMargins(0, 0, 10, 0)  # room for the scroll bar
            self.stack.addWidget(scrolled(page))
        self.stack.setCurrentIndex(list(self.pages).index(name))
        self.sections.setCurrentRow(self.names.index(name))

    def done(self, result: int) -> None:
        """Take the name as it stands, however the dialog is closed."""
        self.general.take_name()
        super().done(result)

    def _page(self, name: str) -> QWidget:
        if self._office is None or name == "general":
            return self.general
        if name == "records":
            return self._records(self._office)
        panel = (SecurityPanel if name == "security" else BackupPanel)(self._office, self._now)
        panel.door.connect(self._leave_by)
        return panel

    def _records(self, office: Office) -> QWidget:
        """What leaves the office is written down, and the office itself can be handed over."""
        log = Panel(gap=6)
        log.body.addWidget(label(TITLE, "heading"))
        log.body.addWidget(label(_LOGGED, "small", wrap=True))
        log.body.addLayout(row(button("查看记录…", "clipboard-text", on=lambda: self._leave_by("log", None)), None))
        hand = Panel(gap=6)
        hand.body.addWidget(label("交接", "heading"))
        hand.body.addWidget(label(_HANDED, "small", wrap=True))
        hand.body.addLayout(row(button("交接…", "handshake", on=lambda: self._leave_by("handover", None)), None))
        hand.setVisible(office.facts.role is Role.ADMIN)
        page = QWidget()
        page.setLayout(column(log, hand, None))
        return page

    def _help(self) -> None:
        self.help_asked.emit(_SECTIONS[self.names[self.sections.currentRow()]][2])

    def _about(self) -> None:
        dialog = AboutDialog(self)
        dialog.exec()
        dialog.deleteLater()

    def _leave_by(self, name: str, what: object) -> None:
        """Close, and ask the window for the rest."""
        self.accept()
        self.door.emit(name, what)

    def _lay_out(self) -> None:
        set_role(self.sections, "plain")
        self.sections.setAccessibleName("设置的各部分")
        for name in self.names:
            text, icon_name, _help = _SECTIONS[name]
            self.sections.addItem(QListWidgetItem(icon(icon_name), text))
        self.sections.setFixedWidth(self.sections.sizeHintForColumn(0) + _SIDES)
        self.sections.setVisible(len(self.names) > 1)
        sides = QHBoxLayout()
        sides.setSpacing(GAP)
        sides.addWidget(self.sections)
        sides.addWidget(self.stack, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(GAP)
        layout.addLayout(sides, 1)
        about = button("关于台账", role="quiet", on=self._about)
        layout.addLayout(row(about, None, button("关闭", on=self.accept)))
