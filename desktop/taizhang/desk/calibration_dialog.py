"""Bringing the values into the places of pre-printed paper: a sheet of crosses, and the difference that is measured."""

from io import BytesIO

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from taizhang.core.errors import Cancelled, Refused
from taizhang.desk.office import Office
from taizhang.desk.offset_picker import OffsetPicker
from taizhang.desk.pdf_pane import PdfPane
from taizhang.desk.print_job import typefaces
from taizhang.desk.printing import REFUSED, ask_printer, chosen_pages, prepare, print_pages
from taizhang.desk.theme import look
from taizhang.desk.widgets import GAP, PAD, Banner, Panel, button, column, label, row, scrolled
from taizhang.desk.window_size import open_at
from taizhang.press.forms.draw import Offset, calibration_sheet
from taizhang.press.forms.model import Form

_STEPS = (
    (
        "1",
        "先打一张校准页",
        "用普通白纸，不要用印好的纸。打印时选“实际大小”，不要选“适合纸张”；四角的十字离纸边应当正好 10 毫米。",
    ),
    ("2", "叠在印好的纸上，对着光看", "两张纸的边对齐。校准页上的方框是内容要落的地方，看它和印好的空差多少。"),
    (
        "3",
        "把差的填在这里",
        "方框偏左了往右挪，偏高了往下挪；用尺量，或者用箭头一点一点试。填好点“记下”，再打一张看看。",
    ),
)
_WIDTH = 25  # letters


class CalibrationDialog(QDialog):
    """Shows and prints the sheet of one form; `settled` carries the whole offset, in mm to the right and down."""

    settled = Signal(float, float)
    help_asked = Signal(str)

    def __init__(
        self,
        office: Office,
        form: Form,
        offset: tuple[float, float],
        printer: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("calibration")
        self.setWindowTitle(f"校准 {form.title}")
        self.setWindowModality(Qt.WindowModality.WindowModal)  # the help stays open beside it
        open_at(self, 1100, 720)
        self._office, self._form, self._offset, self._printer = office, form, offset, printer
        self.pane = PdfPane()
        self.difference = OffsetPicker()
        self.said = Banner("")
        self.said.hide()
        self.print_button = button("打印校准页", "printer", role="primary", key="Ctrl+P", on=self.print_now)
        self.print_button.setEnabled(bool(printer))
        self.take_button = button("记下", "check", tip="以后套打都照这样挪", on=self.take)
        self.take_button.setEnabled(False)
        self._lay_out()
        self.difference.changed.connect(lambda: self.take_button.setEnabled(any(self.difference.offset())))
        QShortcut(QKeySequence("F1"), self).activated.connect(lambda: self.help_asked.emit("overprint"))
        if not printer:
            self._say("这台电脑没有打印机，打不了校准页；偏移仍可以直接填。", "warning")
        self._draw()

    @property
    def offset(self) -> tuple[float, float]:
        """By how much the values are moved now, in mm to the right and down."""
        return self._offset

    def take(self) -> None:
        """Add the difference to what is moved already, and draw the sheet anew."""
        (across, down), (more_across, more_down) = self._offset, self.difference.offset()
        self._offset = round(across + more_across, 1), round(down + more_down, 1)
        self.difference.put(0, 0)
        self.take_button.setEnabled(False)
        self.settled.emit(*self._offset)
        self._say("已记下。再打一张校准页，对准了就可以关闭。", "ok")
        self._draw()

    def print_now(self) -> None:
        """Ask for the printer in the system's own dialog, and print the sheet."""
        if printer := ask_printer(self, self.pane.document, self._printer):
            self.print_with(printer)

    def print_with(self, printer: QPrinter) -> None:
        """Print to a printer that is already chosen."""
        prepare(printer, self.pane.document)
        if print_pages(printer, self.pane.document, chosen_pages(printer, self.pane.document.pageCount())):
            self._say("校准页已送往打印机。", "ok")
        else:
            self._say(REFUSED, "warning")

    def _draw(self) -> None:
        form, offset = self._form, self._offset
        self._office.worker.pool(lambda: _sheet(form, offset), self.pane.show_pdf, self._failed, self)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self._say(str(error), "warning")
        elif not isinstance(error, Cancelled):
            self._office.worker.unhandled(error)

    def _say(self, text: str, tone: str) -> None:
        self.said.say(text, tone)
        self.said.show()

    def _lay_out(self) -> None:
        steps = Panel(gap=14)
        for number, heading, text in _STEPS:
            steps.body.addLayout(
                column(label(f"{number}　{heading}", "heading"), label(text, "muted", wrap=True), gap=4)
            )
        steps.body.insertLayout(1, row(self.print_button, None))
        steps.body.addWidget(self.difference)
        steps.body.addLayout(row(self.take_button, None))
        side = QWidget()
        side.setLayout(column(steps, self.said, None))
        area = scrolled(side)
        area.setFixedWidth(look().size * _WIDTH)
        right = column(gap=8)
        right.addLayout(row(self.pane.pages, None, *self.pane.zooms))
        right.addWidget(self.pane, 1)
        sides = QHBoxLayout()
        sides.setSpacing(GAP)
        sides.addWidget(area)
        sides.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(GAP)
        layout.addLayout(sides, 1)
        layout.addLayout(row(None, button("关闭", on=self.accept)))


def _sheet(form: Form, offset: tuple[float, float]) -> bytes:
    out = BytesIO()
    with typefaces() as faces:
        calibration_sheet(form, faces, out, Offset(*offset))
    return out.getvalue()
