"""The steps of a wizard across the top of its window: those behind, the one at hand, those to come."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from taizhang.desk.widgets import chip, label, row, set_role


class Steps(QWidget):
    """1 选文件 › 2 对应列 › …; shows only, the buttons below lead on and back."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = list(names)
        self._chips = [chip(f"{number} {name}") for number, name in enumerate(names, 1)]
        parts: list[QWidget] = []
        for one in self._chips:
            parts += [label("›", "muted"), one] if parts else [one]
        self.setLayout(row(*parts, None))
        self.go_to(0)

    def go_to(self, current: int) -> None:
        """Mark the step at hand, counted from 0."""
        for number, one in enumerate(self._chips):
            done = number < current
            one.setText(f"{'✓' if done else number + 1} {self._names[number]}")
            set_role(one, "chip", "ok" if done else "accent" if number == current else "plain")
        self.setAccessibleName(f"第 {current + 1} 步，共 {len(self._names)} 步：{self._names[current]}")
