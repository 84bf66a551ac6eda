"""A paper form with real records as it will lie on paper: which form, whose, on which paper; printing and saving."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from taizhang.core.errors import Cancelled, Refused, StoreTrouble
from taizhang.desk.asked import FormAsked
from taizhang.desk.calibration_dialog import CalibrationDialog
from taizhang.desk.form_editor import FormEditor
from taizhang.desk.form_offer import Offer, offer
from taizhang.desk.form_options import FormOptions, PaperChoice
from taizhang.desk.form_outlet import FormOutlet
from taizhang.desk.form_remarks import FormRemarks, WayOut, by_record
from taizhang.desk.kept_choice import choice_of
from taizhang.desk.office import Office
from taizhang.desk.paper_job import DrawnForm, Leaving, Sheaf, draw_beside, gather
from taizhang.desk.pdf_pane import PdfPane
from taizhang.desk.printing import ask_printer, printers
from taizhang.desk.save_place import ask_place, documents
from taizhang.desk.widgets import GAP, PAD, button, column, label, row, scrolled
from taizhang.desk.window_size import open_at
from taizhang.desk.worker import Reporter
from taizhang.press.forms.shelf import shelf_of
from taizhang.store.store import Store

_PAUSE = 200  # ms without a further choice before the pages are drawn anew
_SAMPLE = "这是样张，上面的人是虚构的，不能打印。在{}里选中记录，再来打印。"
_NO_FORM = "{}还没有可以打印的表格。"


class FormPreview(QDialog):
    """Prints a form with the records that were asked for; `records` carries (ledger, numbers) to be opened instead."""

    help_asked = Signal(str)
    records = Signal(str, object)

    def __init__(
        self,
        office: Office,
        asked: FormAsked,
        now: Callable[[], datetime] = datetime.now,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("form-preview")
        self.setWindowTitle(f"打印表格 {asked.ledger.title}")
        self.setWindowModality(Qt.WindowModality.WindowModal)  # the help stays open beside it
        open_at(self, 1240, 720)
        self._office, self._asked, self._at = office, asked, now()
        self._sheaf: Sheaf | None = None
        self._drawn: DrawnForm | None = None
        self._reporter: Reporter | None = None
        self._trouble = ""  # why the last attempt came to nothing
        self._ends: int | None = None  # how the dialog was closed meanwhile
        self.options = FormOptions(printers(), "份")
        self.remarks = FormRemarks(office.readable)
        self.pane = PdfPane()
        self._outlet = FormOutlet(office, self.pane, self)
        self.fonts = label("", "small", wrap=True)
        self.progress = QProgressBar(textVisible=False)
        self.print_button = button("打印", "printer", role="primary", key="Ctrl+P", on=self.print_now)
        self.save_button = button("保存为 PDF", "file-pdf", key="Ctrl+S", on=self._save)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.draw_now)
        self._lay_out()
        self._listen()
        self._settle()
        rids = asked.rids
        office.ask(lambda store: offer(store, asked.ledger, rids), self._offered, self._failed, self)

    # -- letting it out ------------------------------------------------------------------------------------------------

    def print_now(self) -> None:
        """Ask for copies and pages in the system's own dialog, then print."""
        if printer := ask_printer(self, self.pane.document, self.options.printer_name):
            self.print_with(printer)

    def print_with(self, printer: QPrinter) -> None:
        """Print to a printer that is already chosen; what counts is kept first."""
        if what := self._leaving():
            self._outlet.print(what, printer)
            self._settle()

    def save_to(self, path: Path) -> None:
        """Write the PDF to a file; what counts is kept first."""
        if what := self._leaving():
            self._outlet.save(what, path)
            self._settle()

    def done(self, result: int) -> None:
        """Stop what is underway; the choices are kept. What is about to leave leaves first."""
        if self._outlet.busy:
            self._ends = result
            return
        if self._reporter:
            self._reporter.cancel()
        self._remember()
        super().done(result)

    def _leaving(self) -> Leaving | None:
        """What would leave now; None when nothing may."""
        sheaf, drawn = self._sheaf, self._drawn
        if sheaf is None or drawn is None or self._stopped():
            return None
        self._trouble = ""
        return Leaving(sheaf.form, self.options.people.rids(), sheaf.at, self.options.choice().offset, drawn.pdf)

    def _gone(self, printed: bool) -> None:
        if printed or self._ends is not None:
            self.done(self.DialogCode.Accepted if self._ends is None else self._ends)
        else:
            self._remember()
            self.draw_now()  # from now on it is printed again

    def _withheld(self, why: str) -> None:
        self._ends = None  # who is refused wants to read why
        self._trouble = why
        self.draw_now()

    def _save(self) -> None:
        if form := self.options.chosen():
            names = [self.options.people.name_of(rid) for rid in self.options.people.rids()]
            who = names[0] if len(names) == 1 and not self._office.masked else f"{len(names)} 份"
            if path := ask_place(self, "保存为 PDF", documents() / f"{form.title} {who}.pdf"):
                self.save_to(path)

    # -- the pages -----------------------------------------------------------------------------------------------------

    def draw_now(self) -> None:
        """Read the records and draw the pages anew."""
        self._pause.stop()
        form = self.options.chosen()
        if form is None:
            return
        if self._reporter:
            self._reporter.cancel()
        reporter = self._reporter = Reporter(self)
        reporter.moved.connect(self._moved)
        self._drawn = None
        self.progress.setRange(0, 0)
        self.progress.show()
        rids, at, offset = self.options.people.rids(), self._at, self.options.choice().offset

        def look(store: Store) -> Sheaf:
            return gather(store, shelf_of(store).form(form.key), rids, at, offset, reporter)

        def gathered(sheaf: Sheaf) -> None:
            if self._reporter is reporter:
                self._sheaf = sheaf
                draw_beside(self._office, sheaf, drawn, failed, self, offset, reporter)

        def drawn(result: DrawnForm) -> None:
            if self._reporter is reporter:
                self._show(result)

        def failed(error: Exception) -> None:
            if self._reporter is reporter:
                self._failed(error)

        self._office.ask(look, gathered, failed, self)

    def _show(self, drawn: DrawnForm) -> None:
        self._drawn = drawn
        self.pane.show_pdf(drawn.pdf)
        self._say_all()
        self._settle()

    def _say_all(self) -> None:
        """What is to be known before printing."""
        self.remarks.clear()
        if self._trouble:
            self.remarks.say(self._trouble)
        sheaf, drawn = self._sheaf, self._drawn
        if sheaf is None or drawn is None:
            return
        self.fonts.setText("".join(drawn.said))
        if sheaf.sample:
            self.remarks.say(_SAMPLE.format(self._asked.ledger.title), "plain")
            return
        if sheaf.again:
            self.remarks.say(_again(sheaf, len(self.options.people.rids())), "plain")
        if fixed := self._fixed():
            self.remarks.say(f"{fixed}。")
        if sheaf.unfit:
            self._say_unfit(sheaf)
        told = [(text, self._way_out(record)) for record, text in by_record(drawn.remarks)]
        self.remarks.show_remarks(told, "也要看一看。")

    def _say_unfit(self, sheaf: Sheaf) -> None:
        more = f"一共 {len(sheaf.unfit)} 份不能用这张表。" if len(sheaf.unfit) > 1 else ""
        banner = self.remarks.say(f"“{sheaf.unfit[0].record}”：{sheaf.unfit[0].text}{more}")
        if len(sheaf.misfits) < len(self.options.people.rids()):
            banner.offer("去掉", partial(self.options.people.leave_out_these, sheaf.misfits))

    def _way_out(self, record: str) -> WayOut | None:
        rids = [rid for rid in self.options.people.rids() if record and self.options.people.name_of(rid) == record]
        return ("去改", partial(self._open, rids)) if rids and not self._office.facts.why_fixed else None

    def _open(self, rids: Sequence[int]) -> None:
        """Close, and show the records that are to be mended."""
        self.reject()
        self.records.emit(self._asked.ledger.key, rids)

    def _stopped(self) -> str:
        """Why nothing can be printed now; empty when it can."""
        if self._sheaf is None or self._drawn is None:
            return "页面还没有画好"
        if self._sheaf.sample:
            return "样张不能打印"
        if fixed := self._fixed():
            return fixed
        stops = sum(remark.stops for remark in self._drawn.remarks) + len(self._sheaf.unfit)
        return f"还有 {stops} 处要先改好，才能打印" if stops else ""

    def _fixed(self) -> str:
        """Why this form cannot be printed here: what counts has to be kept."""
        form = self.options.chosen()
        return self._office.facts.why_fixed.replace("不能修改", "不能打印要存底的表格") if form and form.kept else ""

    def _settle(self) -> None:
        """Let the buttons say what is possible; while something leaves, nothing else is chosen."""
        for part in (self.options, self.remarks):
            part.setEnabled(not self._outlet.busy)
        why = "正在打印" if self._outlet.busy else self._stopped()
        no_printer = "" if self.options.printer_name else "没有打印机"
        self.print_button.setEnabled(not why and not no_printer)
        self.print_button.setToolTip(why or no_printer or "打印（Ctrl+P）")
        self.save_button.setEnabled(not why)
        self.save_button.setToolTip(why or "保存为 PDF（Ctrl+S）")
        if self._drawn is not None:
            self.progress.hide()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            return
        self.progress.hide()
        self._sheaf = self._drawn = None
        self.pane.show_pdf(b"")
        self.remarks.clear()
        self._settle()
        if isinstance(error, (Refused, StoreTrouble)):
            self.remarks.say(str(error))
        else:
            self._office.worker.unhandled(error)

    def _moved(self, done: int, total: int, _what: str) -> None:
        if self.sender() is self._reporter:
            self._count(done, total)

    def _count(self, done: int, total: int) -> None:
        self.progress.show()
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    # -- the choices ---------------------------------------------------------------------------------------------------

    def _offered(self, found: Offer) -> None:
        self.options.people.show_names(found.names)
        self.options.people.setVisible(bool(found.names))
        self.options.offer(found.forms, self._asked.form or (found.forms[0].key if found.forms else ""))
        if found.forms:
            self._recall()
        else:
            self.progress.hide()
            self.remarks.say(_NO_FORM.format(self._asked.ledger.title), "plain")

    def _key(self) -> str:
        form = self.options.chosen()
        return f"print/form:{form.key if form else ''}/{self.options.printer_name}"

    def _recall(self) -> None:
        key = self._key()
        self._office.ask(lambda store: store.recall(key), self._recalled, owner=self)

    def _recalled(self, kept: object) -> None:
        self.options.show_choice(choice_of(kept, PaperChoice))
        self.draw_now()

    def _remember(self) -> None:
        if self.options.chosen():
            self._office.keep(self._key(), msgspec.to_builtins(self.options.choice()))

    def _calibrate(self) -> None:
        if self._sheaf is None:
            return
        offset = self.options.offset.offset()
        dialog = CalibrationDialog(self._office, self._sheaf.form, offset, self.options.printer_name, self)
        dialog.help_asked.connect(self.help_asked)
        dialog.settled.connect(self._calibrated)
        dialog.exec()
        dialog.deleteLater()

    def _changed(self) -> None:
        self._outdate()
        self._pause.start()

    def _turned(self) -> None:
        self._outdate()
        self._recall()

    def _outdate(self) -> None:
        """What is seen, or about to be, is no longer what is chosen."""
        if self._reporter:
            self._reporter.cancel()
        self._reporter = self._drawn = None
        self._settle()

    def _edit(self) -> None:
        if form := self.options.chosen():
            rids = self.options.people.rids()
            editor = FormEditor(self._office, form.key, self._asked.ledger, lambda: self._at, self, rids)
            editor.help_asked.connect(self.help_asked)
            editor.exec()
            editor.deleteLater()
            self.draw_now()

    def _calibrated(self, across: float, down: float) -> None:
        self.options.offset.put(across, down)
        self._remember()
        self.draw_now()

    def _hide_personal(self, masked: bool) -> None:
        self.pane.hide_personal(masked)
        self.options.people.hide_personal(masked)
        self.remarks.reread()

    def _listen(self) -> None:
        self._outlet.moved.connect(self._count)
        self._outlet.gone.connect(self._gone)
        self._outlet.withheld.connect(self._withheld)
        self.options.changed.connect(self._changed)
        self.options.another.connect(self._turned)
        self.options.calibrate.connect(self._calibrate)
        self.options.edit.connect(self._edit)
        self.options.change.setVisible(not self._office.facts.why_fixed)
        self._office.hidden.connect(self._hide_personal)
        self._hide_personal(self._office.masked)
        QShortcut(QKeySequence("F1"), self).activated.connect(lambda: self.help_asked.emit("print"))
        QShortcut(QKeySequence("F9"), self).activated.connect(lambda: self._office.mask(not self._office.masked))

    def _lay_out(self) -> None:
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the page stays where it is
        self.progress.setSizePolicy(policy)
        side = QWidget()
        content = QVBoxLayout(side)
        content.setContentsMargins(0, 0, 8, 0)
        content.addWidget(self.options)
        area = scrolled(side)
        area.setFixedWidth(max(330, side.minimumSizeHint().width() + area.verticalScrollBar().sizeHint().width() + 4))
        right = column(gap=8)
        right.addLayout(row(self.pane.pages, None, *self.pane.zooms, 12, self.save_button, self.print_button))
        for part in (self.progress, self.remarks):
            right.addWidget(part)
        right.addWidget(self.pane, 1)
        right.addWidget(self.fonts)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(GAP)
        layout.addWidget(area)
        layout.addLayout(right, 1)


def _again(sheaf: Sheaf, count: int) -> str:
    last = max(paper.at for paper in sheaf.again)
    when = f"{last.year}年{last.month}月{last.day}日"
    if len(sheaf.again) == count:
        return f"已于 {when}打印过，这次会标“补打”，内容与当时的存底一样。"
    return f"其中 {len(sheaf.again)} 份打印过（最近 {when}），这次会标“补打”，内容与当时的存底一样。"
