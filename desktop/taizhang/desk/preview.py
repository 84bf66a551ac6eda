"""The print preview of a list: the PDF as it will lie on paper, the choices beside it, printing and saving."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from taizhang.core.access import widest
from taizhang.core.errors import Cancelled, Refused, StoreTrouble
from taizhang.desk.asked import Asked
from taizhang.desk.kept_choice import choice_of
from taizhang.desk.office import Office
from taizhang.desk.pdf_pane import PdfPane
from taizhang.desk.preview_options import PreviewOptions
from taizhang.desk.print_job import Drawn, PrintChoice, Roll, draw, make_sheet
from taizhang.desk.printing import REFUSED, ask_printer, chosen_pages, prepare, print_pages, printers
from taizhang.desk.save_place import ask_place, documents
from taizhang.desk.widgets import GAP, PAD, Banner, button, column, emptied, label, row, scrolled
from taizhang.desk.window_size import open_at
from taizhang.desk.worker import Reporter
from taizhang.exchange.saving import save_whole
from taizhang.press.sheet import Sheet
from taizhang.store.logbook import Happening

_PAUSE = 200  # ms without a further choice before the pages are drawn anew
_MOST_SAID = 3  # missing characters that are named; the rest are counted


class PreviewDialog(QDialog):
    """Prints what a list shows, or the records selected in it; `now` is the clock for 打印时间."""

    help_asked = Signal(str)

    def __init__(
        self,
        office: Office,
        asked: Asked,
        now: Callable[[], datetime] = datetime.now,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("preview")
        self.setWindowTitle(f"打印 {asked.ledger.title}")
        self.setWindowModality(Qt.WindowModality.WindowModal)  # the help stays open beside it
        open_at(self, 1240, 720)
        self._office = office
        self._chosen = frozenset(asked.chosen)
        self._roll = Roll(asked.ledger, asked.query, asked.condition, now(), self._chosen)
        self._sheet: tuple[object, Sheet] | None = None
        self._reporter: Reporter | None = None
        self._drawn: Drawn | None = None
        self.options = PreviewOptions(
            asked.ledger, asked.query.sort, printers(), asked.columns, widest=widest(office.facts.role)
        )
        self.scope = QCheckBox(f"只打印选中的 {len(asked.chosen)} {asked.ledger.unit}")
        self.scope.setChecked(True)
        self.scope.setVisible(bool(asked.chosen))
        self.pane = PdfPane()
        self.said = column(gap=6)
        self.fonts = label("", "small", wrap=True)
        self.progress = QProgressBar(textVisible=False)
        _keep_room(self.progress)
        self.print_button = button("打印", "printer", role="primary", key="Ctrl+P", on=self.print_now)
        self.save_button = button("保存为 PDF", "file-pdf", key="Ctrl+S", on=self._save)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._draw)
        self._lay_out()
        self.options.changed.connect(self._pause.start)
        self.options.reordered.connect(self._reorder)
        self.scope.toggled.connect(self._narrow)
        QShortcut(QKeySequence("F1"), self).activated.connect(lambda: self.help_asked.emit("print"))
        self.options.printer_changed.connect(lambda _name: self._recall())
        QShortcut(QKeySequence("F9"), self).activated.connect(lambda: office.mask(not office.masked))
        office.hidden.connect(self._hide_personal)
        self._releasing = False  # whether pages are about to leave
        self._ends: int | None = None  # how the dialog was closed meanwhile
        self._ready(None)
        self._hide_personal(office.masked)
        self._recall()

    def save_to(self, path: Path) -> None:
        """Write the very PDF that is shown."""
        if drawn := self._drawn:
            self._release(drawn, lambda: self._write(drawn.pdf, path))

    def print_now(self) -> None:
        """Ask for copies and pages in the system's own dialog, then print the pages that are shown."""
        name = self.options.printer.currentText() if self.options.printer.isEnabled() else ""
        if printer := ask_printer(self, self.pane.document, name):
            self.print_with(printer)

    def print_with(self, printer: QPrinter) -> None:
        """Print to a printer that is already chosen."""
        if self._drawn:
            self._release(self._drawn, lambda: self._print(printer))

    def done(self, result: int) -> None:
        """Stop what is underway; the choices are kept. What is being saved is saved first."""
        if self._releasing:
            self._ends = result
            return
        if self._reporter:
            self._reporter.cancel()
        self._remember()
        super().done(result)

    def _release(self, drawn: Drawn, then: Callable[[], object]) -> None:
        """Have it written down that these pages leave the office; only then they do."""
        title = self._roll.ledger.title
        self._releasing = True
        self._office.ask(
            lambda store: store.release(Happening.PRINT, title, drawn.profile, drawn.records),
            lambda _none: self._released(then),
            self._withheld,
            self,
        )

    def _released(self, then: Callable[[], object]) -> None:
        self._releasing = False
        then()
        if self._ends is not None:
            self.done(self._ends)

    def _withheld(self, error: Exception) -> None:
        self._releasing, self._ends = False, None  # who is refused wants to read why
        if isinstance(error, (Refused, StoreTrouble)):
            self._say([str(error)])
        else:
            self._office.worker.unhandled(error)

    def _write(self, pdf: bytes, path: Path) -> None:
        try:
            save_whole(path, lambda part: part.write_bytes(pdf))
        except Refused as refused:
            self._say([str(refused)])
            return
        self._remember()
        self._office.said.emit(f"已保存 {path.name}")

    def _print(self, printer: QPrinter) -> None:
        prepare(printer, self.pane.document)
        pages = chosen_pages(printer, self.pane.document.pageCount())
        if print_pages(printer, self.pane.document, pages):
            self._remember()
            self._office.said.emit(f"已送往打印机：{len(pages)} 页")
            self.accept()
        else:
            self._say([REFUSED])

    def _lay_out(self) -> None:
        side = QWidget()
        content = QVBoxLayout(side)
        content.setContentsMargins(0, 0, 8, 0)
        content.setSpacing(GAP)
        content.addWidget(self.scope)
        content.addWidget(self.options, 1)
        area = scrolled(side)
        # Wide enough for the largest type, where the choices are also longer than the window is high.
        area.setFixedWidth(max(320, side.minimumSizeHint().width() + area.verticalScrollBar().sizeHint().width() + 4))
        bar = row(self.pane.pages, None, *self.pane.zooms, 12, self.save_button, self.print_button)
        right = column(gap=8)
        right.addLayout(bar)
        right.addWidget(self.progress)
        right.addLayout(self.said)
        right.addWidget(self.pane, 1)
        right.addWidget(self.fonts)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(GAP)
        layout.addWidget(area)
        layout.addLayout(right, 1)

    def _key(self) -> str:
        printer = self.options.printer.currentText() if self.options.printer.isEnabled() else ""
        return f"print/{self._roll.ledger.key}/{printer}"

    def _recall(self) -> None:
        key = self._key()
        self._office.ask(lambda store: store.recall(key), self._recalled, owner=self)

    def _recalled(self, kept: object) -> None:
        self.options.show_choice(choice_of(kept, PrintChoice))
        self._draw()

    def _remember(self) -> None:
        self._office.keep(self._key(), msgspec.to_builtins(self.options.choice()))

    def _reorder(self, sort: str) -> None:
        self._roll = replace(self._roll, query=replace(self._roll.query, sort=sort, descending=False))
        self._draw()

    def _narrow(self, on: bool) -> None:
        self._roll = replace(self._roll, only=self._chosen if on else frozenset())
        self._draw()

    def _draw(self) -> None:
        """Ask for the sheet when something in it changed, then draw it."""
        choice, roll = self.options.choice(), self._roll
        if self._reporter:
            self._reporter.cancel()
        reporter = self._reporter = Reporter(self)
        reporter.moved.connect(self._moved)
        self.progress.setRange(0, 0)
        self.progress.show()
        asked = (roll.query, roll.only, choice.columns, choice.blanks, choice.profile, choice.title)
        if self._sheet and self._sheet[0] == asked:
            self._render(self._sheet[1], choice, reporter)
            return

        def made(sheet: Sheet) -> None:
            self._sheet = asked, sheet
            if self._reporter is reporter:
                self._render(sheet, choice, reporter)

        self._office.ask(lambda store: make_sheet(store, roll, choice), made, self._failed, self)

    def _render(self, sheet: Sheet, choice: PrintChoice, reporter: Reporter) -> None:
        def drawn(result: Drawn) -> None:
            if self._reporter is reporter:
                self._ready(result)

        self._office.worker.pool(lambda: draw(sheet, choice, reporter), drawn, self._failed, self)

    def _moved(self, done: int, total: int, _what: str) -> None:
        if self.sender() is self._reporter:
            self.progress.setRange(0, total)
            self.progress.setValue(done)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            return
        self._ready(None)
        if isinstance(error, Refused):
            self._say([str(error)])
        else:
            self._office.worker.unhandled(error)

    def _ready(self, drawn: Drawn | None) -> None:
        """Show a finished PDF and what is to be said of it; None: there is nothing to print."""
        self._drawn = drawn
        self.progress.hide()
        self.print_button.setEnabled(drawn is not None and self.options.printer.isEnabled())
        self.save_button.setEnabled(drawn is not None)
        self.pane.show_pdf(drawn.pdf if drawn else b"")
        self.fonts.setText("".join(drawn.printed.substitutions) if drawn else "")
        self._say(_warnings(drawn) if drawn else [])

    def _say(self, warnings: Sequence[str]) -> None:
        emptied(self.said)
        for text in warnings:
            self.said.addWidget(Banner(self._office.readable(text), "warning"))

    def _hide_personal(self, masked: bool) -> None:
        self.pane.hide_personal(masked)
        self._say(_warnings(self._drawn) if self._drawn else [])

    def _save(self) -> None:
        name = f"{self.options.choice().title or self._roll.ledger.title} {self._roll.at:%Y-%m-%d}.pdf"
        if path := ask_place(self, "保存为 PDF", documents() / name):
            self.save_to(path)


def _warnings(drawn: Drawn) -> list[str]:
    """What to look at before printing: the characters that cannot be printed, then what the press remarks."""
    rest = len(drawn.missing) - _MOST_SAID
    more = [f"另有 {rest} 个字打不出来。"] if rest > 0 else []
    return [*(finding.text for finding in drawn.missing[:_MOST_SAID]), *more, *drawn.printed.remarks]


def _keep_room(widget: QWidget) -> None:
    """Let the page stay where it is while `widget` comes and goes."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)
