"""The choices beside the preview of a paper form: which form, whose, on which paper, moved by how much."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QRadioButton, QVBoxLayout, QWidget

from taizhang.desk.form_people import FormPeople
from taizhang.desk.offset_picker import OffsetPicker
from taizhang.desk.widgets import button, column, label, row

_NO_PRINTER = "没有打印机，可保存为 PDF"
_PLAIN = "白纸：格式和内容一起打"
_STOCK = "印好的纸（套打）：只打内容"


class PaperChoice(msgspec.Struct, frozen=True):
    """On what a form is printed; kept for each form and printer. The offset of the values is in mm, right and down."""

    stock: bool = False
    across: float = 0.0
    down: float = 0.0

    @property
    def offset(self) -> tuple[float, float] | None:
        """How far the values are moved on pre-printed paper; None on plain paper."""
        return (self.across, self.down) if self.stock else None


class Offered(NamedTuple):
    """A form that may be chosen; `stock`: there is pre-printed paper for it; `fits`: it is one for these records.

    `kept`: what is printed counts, and is kept.
    """

    key: str
    title: str
    about: str
    stock: bool
    fits: bool = True
    kept: bool = False


class FormOptions(QWidget):
    """Every choice. `changed`: the paper is to be drawn anew; `another`: another form or printer was chosen.

    `edit`: the text of the form is to be changed, `calibrate`: a sheet to measure by is to be printed.
    """

    changed = Signal()
    another = Signal()
    calibrate = Signal()
    edit = Signal()

    def __init__(self, printers: Sequence[str], unit: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: list[Offered] = []
        self.form = _combo()
        self.form.setAccessibleName("表格")
        self.about = label("", "small", wrap=True)
        self.change = button("改版式…", role="link", on=self.edit.emit)
        self.people = FormPeople(unit)
        self.printer = _combo()
        self.printer.addItems(list(printers) or [_NO_PRINTER])
        self.printer.setEnabled(bool(printers))
        self.printer.setAccessibleName("打印机")
        self.plain, self.stock = QRadioButton(_PLAIN), QRadioButton(_STOCK)
        self.plain.setChecked(True)
        self.offset = OffsetPicker()
        self.test = button("对不准？打印校准页…", "crosshair", on=self.calibrate.emit)
        self.fine = QWidget()
        fine = column(self.offset, gap=8)
        fine.addLayout(row(self.test, None))
        self.fine.setLayout(fine)
        self.paper = QWidget()
        self.paper.setLayout(column(label("用什么纸", "muted"), self.plain, self.stock, self.fine, gap=6))
        self._lay_out()
        self.form.activated.connect(lambda _index: self._turned())
        self.printer.textActivated.connect(lambda _name: self.another.emit())
        self.stock.toggled.connect(self._papered)
        self.offset.changed.connect(self.changed)
        self.people.changed.connect(self.changed)

    @property
    def printer_name(self) -> str:
        """The printer that is chosen; empty when there is none."""
        return self.printer.currentText() if self.printer.isEnabled() else ""

    def offer(self, forms: Sequence[Offered], chosen: str) -> None:
        """Offer these forms, `chosen` first; says nothing of a change."""
        self._offered = list(forms)
        self.form.clear()
        for one in forms:
            self.form.addItem(one.title if one.fits else f"{one.title}（不适用）", one.key)
        self.form.setCurrentIndex(max(self.form.findData(chosen), 0))
        self._describe()

    def chosen(self) -> Offered | None:
        """The form that is chosen, None while none is offered."""
        at = self.form.currentIndex()
        return self._offered[at] if 0 <= at < len(self._offered) else None

    def choice(self) -> PaperChoice:
        """The paper that is chosen; of a form without pre-printed paper it is plain."""
        one = self.chosen()
        stock = self.stock.isChecked() and one is not None and one.stock
        return PaperChoice(stock, *self.offset.offset())

    def show_choice(self, choice: PaperChoice) -> None:
        """Put the paper as it was kept; says nothing of a change."""
        self.blockSignals(True)
        (self.stock if choice.stock else self.plain).setChecked(True)
        self.offset.put(choice.across, choice.down)
        self.blockSignals(False)
        self._describe()

    def _turned(self) -> None:
        self._describe()
        self.another.emit()

    def _papered(self) -> None:
        self._describe()
        self.changed.emit()

    def _describe(self) -> None:
        one = self.chosen()
        self.form.setToolTip(self.form.currentText())
        self.about.setText(one.about if one else "")
        self.about.setVisible(bool(one and one.about))
        self.paper.setVisible(bool(one and one.stock))
        self.fine.setVisible(self.choice().stock)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        head = row(label("表格", "muted"), None, self.change)
        whole.addLayout(head)
        whole.addLayout(column(self.form, self.about, gap=4))
        whole.addWidget(self.people)
        whole.addLayout(column(label("打印机", "muted"), self.printer, gap=4))
        whole.addWidget(self.paper)
        whole.addStretch(1)


def _combo() -> QComboBox:
    made = QComboBox()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(6)
    return made
