"""A page of the window: a bar with the same things at the same place, and below it what the page is about."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from taizhang.desk.widgets import GAP, PAD, SearchBox, button, label, set_role


class PageBar(QFrame):
    """Title, count, search, 撤销 导入 导出 打印, and the one primary action. `pressed` carries the action's name."""

    pressed = Signal(str)

    ACTIONS = (
        ("undo", "撤销", "arrow-u-up-left", "Ctrl+Z"),
        ("import", "导入", "download-simple", "Ctrl+I"),
        ("export", "导出", "upload-simple", "Ctrl+E"),
        ("print", "打印", "printer", "Ctrl+P"),
    )

    def __init__(self, title: str, hint: str = "", add: str = "", parent: QWidget | None = None) -> None:
        """`hint` is what the search box says; without it there is none. `add` names the primary action."""
        super().__init__(parent)
        set_role(self, "bar")
        self.setFixedHeight(56)
        self.title: QLabel = label(title, "title")
        self.count: QLabel = label("", "muted")
        self.search = SearchBox(hint or "查找", self)
        self.search.setVisible(bool(hint))
        self.search.setMaximumWidth(360)
        self._buttons: dict[str, QPushButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(PAD, 0, PAD, 0)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addSpacing(6)
        layout.addWidget(self.count)
        layout.addSpacing(GAP)
        layout.addWidget(self.search, 8)
        layout.addStretch(1)
        for name, text, icon_name, key in self.ACTIONS if hint else self.ACTIONS[:1]:
            layout.addWidget(self._button(name, text, icon_name, f"{text}（{key}）"))
        if add:
            layout.addWidget(self._button("add", add, "plus", f"{add}（Ctrl+N）", "primary"))

    def offer_more(self, menu: QMenu) -> None:
        """Open a menu beside the primary action: the other ways to begin."""
        # A sign without width gives the button the height of a line, so that it is as high as its neighbour.
        made = button("\u200b", "caret-down", role="primary", tip="更多办理", key="Ctrl+Shift+N")
        set_role(made, "primary", "narrow")
        made.setMenu(menu)
        self._buttons["more"] = made
        if layout := self.layout():
            layout.addWidget(made)

    def open_menu(self, name: str, menu: QMenu) -> None:
        """Let a button open a menu; its key still does what the button did."""
        if made := self._buttons.get(name):
            made.setMenu(menu)

    def say_count(self, text: str) -> None:
        """Say how many there are; the search box does not move while somebody types in it and the number shrinks."""
        self.count.setText(text)
        self.count.setMinimumWidth(max(self.count.minimumWidth(), self.count.sizeHint().width()))

    def press(self, name: str) -> None:
        """Do what the button does, when there is one and it is enabled."""
        if (made := self._buttons.get(name)) and made.isEnabled():
            self.pressed.emit(name)

    def enable(self, name: str, *, enabled: bool, tip: str = "") -> None:
        """Let a button be pressed or not; `tip` says more than its text."""
        if made := self._buttons.get(name):
            made.setEnabled(enabled)
            if tip:
                made.setToolTip(tip)

    def button(self, name: str) -> QPushButton | None:
        """The button of an action, where the page has it."""
        return self._buttons.get(name)

    def _button(self, name: str, text: str, icon_name: str, tip: str, role: str = "") -> QPushButton:
        made = button(text, icon_name, role=role, on=partial(self.pressed.emit, name))
        made.setToolTip(tip)
        self._buttons[name] = made
        return made


class Page(QWidget):
    """One page of the window. `name` is its place in the navigation, `help_page` what F1 opens."""

    def __init__(self, name: str, bar: PageBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.help_page = name
        self.bar = bar
        self.body = QVBoxLayout()
        self.body.setContentsMargins(PAD, 14, PAD, 14)
        self.body.setSpacing(GAP)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addLayout(self.body, 1)

    def shown(self) -> None:
        """The page comes into sight: bring it up to date where it is stale."""

    def refresh(self) -> None:
        """Ask everything anew (F5)."""
