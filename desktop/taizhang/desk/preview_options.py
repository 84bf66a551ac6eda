"""The choices beside a print preview: paper, columns, order, for whose eyes."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from taizhang.core.derived import Derived
from taizhang.core.field import Field
from taizhang.core.ledger import ORDERS, Ledger
from taizhang.core.privacy import PROFILE_LABELS, Profile, shows, within
from taizhang.desk.column_picker import ColumnPicker
from taizhang.desk.print_job import PrintChoice
from taizhang.desk.widgets import button, column, label

PAPERS = ("A4", "A3")
_TURNS = ("纵向", "横向")
_APART = re.compile(r"[、，,；;\s]+")


class PreviewOptions(QWidget):
    """Every choice of a print; `changed` tells of each, `reordered` of another order of the records."""

    changed = Signal()
    reordered = Signal(str)  # the key to sort by
    printer_changed = Signal(str)

    def __init__(
        self,
        ledger: Ledger,
        sort: str,
        printers: Sequence[str],
        listed: Sequence[str] = (),
        parent: QWidget | None = None,
        *,
        widest: Profile = Profile.FULL,
    ) -> None:
        """`listed` are the columns that the list on the screen shows; `widest` the most that may be printed."""
        super().__init__(parent)
        self._ledger = ledger
        self._listed = [key for key in listed if key in ledger.by_key or key in ledger.derived_by_key]
        self.printer = _combo(list(printers) or ["没有打印机，可保存为 PDF"])
        self.printer.setEnabled(bool(printers))
        self.paper = _combo(PAPERS)
        self.turn = _combo(_TURNS)
        self.duplex = QCheckBox("双面打印（装订边左右交替）")
        self.title = QLineEdit()
        self.title.setPlaceholderText(ledger.title)
        self._profiles = [profile for profile in Profile if within(profile, widest)]
        self.profile = _combo([PROFILE_LABELS[profile] for profile in self._profiles])
        self.sort = _combo([])
        for key in dict.fromkeys([*ledger.sorts, *([sort] if sort else [])]):
            self.sort.addItem(ORDERS.get(key) or ledger.column(key).label, key)
        self.sort.setCurrentIndex(max(self.sort.findData(sort), 0))
        self.columns = ColumnPicker("栏目")
        self.columns.list.setMinimumHeight(160)
        self.blanks = QLineEdit()
        self.blanks.setPlaceholderText("例如：签字、备注")
        self._lay_out()
        self._listen()

    def choice(self) -> PrintChoice:
        """What is chosen now."""
        return PrintChoice(
            paper=self.paper.currentText(),
            landscape=self.turn.currentIndex() == 1,
            duplex=self.duplex.isChecked(),
            columns=self.columns.chosen(),
            blanks=tuple(word for word in _APART.split(self.blanks.text()) if word),
            profile=self._profiles[self.profile.currentIndex()],
            title=self.title.text().strip(),
        )

    def show_choice(self, choice: PrintChoice) -> None:
        """Put the choices as they were kept; says nothing of a change."""
        self.blockSignals(True)
        self.paper.setCurrentText(choice.paper)
        self.turn.setCurrentIndex(int(choice.landscape))
        self.duplex.setChecked(choice.duplex)
        self.title.setText(choice.title)
        self.profile.setCurrentIndex(max(self.profile.findText(PROFILE_LABELS[choice.profile]), 0))
        self.blanks.setText("、".join(choice.blanks))
        self.offer_columns(choice.columns or self._ledger.print_columns or self._ledger.columns)
        self.blockSignals(False)

    def offer_columns(self, chosen: Sequence[str]) -> None:
        """Take these columns, in this order."""
        self.columns.offer(((one.key, one.label) for one in self._every() if _printable(one)), chosen)
        self._bar()
        self.changed.emit()

    def _lay_out(self) -> None:
        usual = button("标准栏目", role="quiet", tip="恢复这本台账的标准栏目", on=self._usual)
        self.columns.head.insertWidget(1, usual)
        if self._listed:
            like = button("与名单相同", role="quiet", on=lambda: self.offer_columns(self._listed))
            self.columns.head.insertWidget(2, like)
        paper = QHBoxLayout()
        paper.setSpacing(8)
        for part in (_named("纸张", self.paper), _named("方向", self.turn)):
            paper.addLayout(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addLayout(_named("打印机", self.printer))
        whole.addLayout(_named("给谁看", self.profile))
        whole.addLayout(paper)
        whole.addWidget(self.duplex)
        whole.addLayout(_named("标题", self.title))
        whole.addLayout(_named("次序", self.sort))
        whole.addWidget(self.columns, 1)
        whole.addLayout(_named("另加空白栏", self.blanks))

    def _listen(self) -> None:
        for combo in (self.paper, self.turn, self.profile):
            combo.currentIndexChanged.connect(self._changed)
        self.profile.currentIndexChanged.connect(self._bar)
        self.duplex.toggled.connect(self._changed)
        self.title.textEdited.connect(self._changed)
        self.blanks.textEdited.connect(self._changed)
        self.columns.changed.connect(self._changed)
        self.sort.activated.connect(lambda _index: self.reordered.emit(self.sort.currentData()))
        self.printer.textActivated.connect(self.printer_changed)

    def _changed(self) -> None:
        self.changed.emit()

    def _usual(self) -> None:
        self.offer_columns(self._ledger.print_columns or self._ledger.columns)

    def _bar(self) -> None:
        """Mark the columns that the chosen eyes may not see."""
        profile = self._profiles[self.profile.currentIndex()]
        self.columns.bar(one.key for one in self._every() if not shows(profile, one.privacy))

    def _every(self) -> Sequence[Field | Derived]:
        return [*self._ledger.fields, *self._ledger.derived]


def _printable(one: Field | Derived) -> bool:
    return not (isinstance(one, Field) and one.kind == "attachment")


def _named(text: str, field: QWidget) -> QVBoxLayout:
    field.setAccessibleName(text)
    return column(label(text, "muted"), field, gap=4)


def _combo(texts: Sequence[str]) -> QComboBox:
    made = QComboBox()
    made.addItems(list(texts))
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(6)
    return made
