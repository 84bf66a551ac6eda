"""The settings of this computer: who works where there are no passwords, type, light, and what an idle screen does."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from taizhang.desk.settings import LOCK_AFTER, MASK_AFTER, Appearance, Settings
from taizhang.desk.theme import SIZES
from taizhang.desk.widgets import GAP, Panel, label, row

_SIZE_LABELS = ("标准", "大", "特大")
_APPEARANCES = {Appearance.SYSTEM: "跟随系统", Appearance.LIGHT: "浅色", Appearance.DARK: "深色"}


class GeneralSettings(QWidget):
    """Each choice takes effect at once: `changed` carries the settings, which are changed in place."""

    changed = Signal(object)  # Settings

    def __init__(self, settings: Settings, *, locked: bool = False, parent: QWidget | None = None) -> None:
        """`locked`: the office has passwords, and they say who one is."""
        super().__init__(parent)
        self._settings = settings
        self.who = QLineEdit(settings.who, maxLength=20)
        self.who.setPlaceholderText("例如：王敏")
        self.who.setAccessibleName("记录人")
        self.who.editingFinished.connect(self.take_name)
        self.sizes = _choices(_SIZE_LABELS, SIZES.index(settings.font_size), self)
        self.sizes.idClicked.connect(self._sized)
        self.appearances = _choices(list(_APPEARANCES.values()), list(_APPEARANCES).index(settings.appearance), self)
        self.appearances.idClicked.connect(self._lit)
        self.mask_after = _minutes("遮盖个人信息", MASK_AFTER, settings.mask_after)
        self.mask_after.activated.connect(self._masked)
        self.lock_after = _minutes("锁定屏幕", LOCK_AFTER, settings.lock_after)
        self.lock_after.activated.connect(self._locked)
        self.lock_after.setEnabled(locked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        for part in (*([] if locked else [self._person()]), self._looks(), self._idle(locked=locked)):
            layout.addWidget(part)
        layout.addStretch(1)

    def take_name(self) -> None:
        """Take the name as it stands."""
        name = self.who.text().strip()
        if name != self._settings.who:
            self._settings.who = name
            self.changed.emit(self._settings)

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

    def _idle(self, *, locked: bool) -> Panel:
        panel = Panel(gap=6)
        panel.body.addWidget(label("离开座位时", "heading"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setColumnStretch(2, 1)
        for line, (text, box) in enumerate((("遮盖个人信息", self.mask_after), ("锁定屏幕", self.lock_after))):
            grid.addWidget(label(text), line, 0)
            grid.addWidget(box, line, 1)
        panel.body.addLayout(grid)
        said = "从最后一次按键、动鼠标算起；遮盖以后按 F9 显示。"
        panel.body.addWidget(label(said if locked else f"{said}给单位设置密码以后，才能锁定屏幕。", "small", wrap=True))
        return panel

    def _sized(self, which: int) -> None:
        self._settings.font_size = SIZES[which]
        self.changed.emit(self._settings)

    def _lit(self, which: int) -> None:
        self._settings.appearance = list(_APPEARANCES)[which]
        self.changed.emit(self._settings)

    def _masked(self, which: int) -> None:
        self._settings.mask_after = MASK_AFTER[which]
        self.changed.emit(self._settings)

    def _locked(self, which: int) -> None:
        self._settings.lock_after = LOCK_AFTER[which]
        self.changed.emit(self._settings)


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


def _minutes(name: str, choices: Sequence[int], chosen: int) -> QComboBox:
    """A list of minutes; 0 is never."""
    box = QComboBox()
    box.setAccessibleName(f"{name}：离开多久以后")
    for minutes in choices:
        box.addItem(f"{minutes} 分钟以后" if minutes else "从不", minutes)
    box.setCurrentIndex(box.findData(chosen))
    return box
