"""The import of a sheet in four steps: file, columns, review, result. Nothing is stored before 导入 is pressed."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from taizhang.core.errors import Cancelled, Refused, StoreTrouble
from taizhang.core.ledger import Ledger
from taizhang.desk import import_work
from taizhang.desk.import_wizard_columns import ColumnsPage
from taizhang.desk.import_wizard_file import FilePage
from taizhang.desk.import_wizard_result import ResultPage
from taizhang.desk.import_wizard_review import ReviewPage
from taizhang.desk.office import Office
from taizhang.desk.save_place import ask_place
from taizhang.desk.widgets import GAP, PAD, Banner, button, label, row
from taizhang.desk.window_size import open_at
from taizhang.desk.wizard_steps import Steps
from taizhang.desk.work_bar import WorkBar
from taizhang.exchange.marked import write_marked
from taizhang.exchange.plan import Counts, Decision, ImportOptions, ImportPlan, PlanRow
from taizhang.exchange.template import write_template
from taizhang.exchange.workbook import Workbook
from taizhang.store.rows import Changes

FILE, COLUMNS, REVIEW, RESULT = range(4)
_STEPS = ("选文件", "对应列", "核对", "完成")


class ImportWizard(QDialog):
    """Imports a file into one ledger. `open_records` carries record numbers to show, `help_asked` a help page."""

    open_records = Signal(object)
    help_asked = Signal(str)

    def __init__(self, office: Office, ledger: Ledger, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("importWizard")
        self.setWindowTitle(f"导入{ledger.title}")
        self.setWindowModality(Qt.WindowModality.WindowModal)  # the help stays open beside it
        open_at(self, 1240, 700)
        self._office, self._ledger = office, ledger
        self._book: Workbook | None = None
        self._plan: ImportPlan | None = None
        self._changes: Changes | None = None
        self._stale = False  # what was chosen since is not in the plan
        self.steps = Steps(_STEPS)
        self.file_name = label("", "muted")
        self.warning = Banner("", "warning")
        self.file_page, self.columns = FilePage(ledger), ColumnsPage(ledger)
        self.review, self.outcome = ReviewPage(ledger), ResultPage(ledger)
        self.pages = QStackedWidget()
        self.work = WorkBar()
        self.back = button("上一步", "caret-left", on=self._back)
        self.next = button("下一步", role="primary", on=self.forward)
        self.leave = button("取消", on=self.reject)
        self._lay_out()
        self._listen()
        self._go(FILE)

    def choose(self, path: Path) -> None:
        """Read a file and plan its import."""
        self.file_name.setText(path.name)
        reporter = self.work.start("正在读取文件")
        self._busy()
        self._office.worker.pool(lambda: import_work.read(path, reporter), self._was_read, self._failed, self)

    def forward(self) -> None:
        """On to the next step; from the review, import."""
        step = self.pages.currentIndex()
        if step == RESULT:
            self.accept()
        elif self._stale:
            self._replan(REVIEW)
        elif step == COLUMNS:
            self._go(REVIEW)
        elif step == REVIEW and self._plan:
            self._store(self._plan)

    def done(self, result: int) -> None:
        """Stop what is underway; nothing of it is stored."""
        self.work.cancel()
        super().done(result)

    # -- from the file to the plan -------------------------------------------------------------------------------------

    def _was_read(self, book: Workbook) -> None:
        self._book, self._plan = book, None
        self._replan(COLUMNS)

    def _replan(self, then: int) -> None:
        """Judge the rows anew as the columns are assigned now, then go to that step."""
        if self._book is None:
            return
        options = self.columns.options() if self._plan else ImportOptions()
        reporter = self.work.start("正在核对")
        self._busy()
        question = import_work.planned(self._book, self._ledger, options, reporter)
        self._office.ask(question, lambda plan: self._planned(plan, then), self._failed, self)

    def _planned(self, plan: ImportPlan, then: int) -> None:
        self._plan, self._stale = plan, False
        self.columns.open(plan)
        self.review.open(plan)
        self._go(then)

    # -- the review ----------------------------------------------------------------------------------------------------

    def _mend(self, at: int, key: str, text: str) -> None:
        if plan := self._plan:
            self._judge(plan, lambda: plan.mend(at, {key: text}))

    def _decide(self, at: int, decision: Decision) -> None:
        if plan := self._plan:
            self._judge(plan, lambda: plan.decide(at, decision))

    def _judge(self, plan: ImportPlan, change: Callable[[], PlanRow]) -> None:
        self._office.ask(import_work.after(plan, change), self._judged, self._failed, self)

    def _judged(self, judged: import_work.Judged) -> None:
        rows, counts = judged
        self._say("")
        self.review.renew(rows, counts)
        self._name_next(counts)

    def _look(self, at: int) -> None:
        """Ask what an update would change in the record, to show it beside the table."""
        if self._plan and self._plan.rows[at].decision is Decision.UPDATE:
            found = self._plan.rows[at]
            ledger = self._ledger
            self._office.ask(
                lambda store: import_work.differences(store, ledger, found),
                lambda changes: self.review.show_row(at, changes),
                self._failed,
                self,
            )

    # -- storing, and taking back --------------------------------------------------------------------------------------

    def _store(self, plan: ImportPlan) -> None:
        reporter = self.work.start("正在导入")
        self._busy()
        counts = plan.counts
        self._office.change(
            lambda store: import_work.carry_out(store, plan, reporter),
            lambda changes: self._stored(changes, counts),
            self._failed,
            lambda _changes: import_work.said(counts),
        )

    def _stored(self, changes: Changes, counts: Counts) -> None:
        self._changes = changes
        self.outcome.show_counts(counts)
        self._go(RESULT)

    def _undo(self) -> None:
        if changes := self._changes:
            self._office.change(lambda store: store.undo(changes.op), self._undone, self._failed)

    def _undone(self, changes: Changes) -> None:
        self.outcome.undone("\n".join(changes.kept))

    def _open_records(self) -> None:
        if self._changes:
            self.open_records.emit(sorted(self._changes.touched.get(self._ledger.key, frozenset())))
            self.accept()

    # -- files beside it -----------------------------------------------------------------------------------------------

    def save_marked(self, path: Path) -> None:
        """Write the user's own file with what was found beside the cells."""
        if plan := self._plan:
            self._write(lambda: write_marked(plan, path), path)

    def save_template(self, path: Path) -> None:
        """Write an empty sheet to be filled in."""
        self._write(lambda: write_template(self._ledger, path), path)

    def _write(self, fn: Callable[[], None], path: Path) -> None:
        self.work.start("正在保存")
        self._busy()
        self._office.worker.pool(fn, lambda _none: self._written(path), self._failed, self)

    def _written(self, path: Path) -> None:
        self._idle()
        self._office.said.emit(f"已保存 {path.name}")
        self.file_name.setText(f"已保存 {path.name}")

    def _ask_marked(self) -> None:
        if self._book:
            read = self._book.path
            start = read.with_name(f"{read.stem}（核对结果）.xlsx")
            if path := ask_place(self, "保存标注副本", start):
                self.save_marked(path)

    # -- the window ----------------------------------------------------------------------------------------------------

    def _failed(self, error: Exception) -> None:
        self._idle()
        if isinstance(error, Cancelled):
            self._say("已停止，什么也没有存入。")
        elif isinstance(error, (Refused, StoreTrouble)):
            self._say(str(error))
            self._stale = self.pages.currentIndex() == REVIEW
        else:
            self._office.worker.unhandled(error)

    def _say(self, text: str) -> None:
        self.warning.text.setText(text)
        self.warning.setVisible(bool(text))

    def _go(self, step: int) -> None:
        self._say("")
        self.pages.setCurrentIndex(step)
        self.steps.go_to(step)
        self._idle()

    def _back(self) -> None:
        self._go(self.pages.currentIndex() - 1)

    def _busy(self) -> None:
        for part in (self.pages, self.back, self.next):
            part.setEnabled(False)

    def _idle(self) -> None:
        """Nothing is underway: the buttons say what can be done at this step."""
        self.work.finish()
        step = self.pages.currentIndex()
        self.pages.setEnabled(True)
        self.back.setVisible(step in {COLUMNS, REVIEW})
        self.back.setEnabled(True)
        self.next.setVisible(step != FILE)
        self.leave.setVisible(step != RESULT)
        self._name_next(self._plan.counts if self._plan else Counts())

    def _name_next(self, counts: Counts) -> None:
        step = self.pages.currentIndex()
        names = {COLUMNS: "下一步", REVIEW: f"导入（新增 {counts.added}，更新 {counts.updated}）", RESULT: "完成"}
        self.next.setText(names.get(step, ""))
        self.next.setEnabled(step != REVIEW or counts.added + counts.updated > 0)

    def _columns_changed(self) -> None:
        self._stale = True

    def _listen(self) -> None:
        self.file_page.chosen.connect(self.choose)
        self.columns.changed.connect(self._columns_changed)
        self.columns.sheet_chosen.connect(lambda: self._replan(COLUMNS))
        self.review.mend.connect(self._mend)
        self.review.decide.connect(self._decide)
        self.review.looked.connect(self._look)
        self.file_page.template_asked.connect(self.save_template)
        self.review.marked_asked.connect(self._ask_marked)
        self.outcome.marked_asked.connect(self._ask_marked)
        self.outcome.undo_asked.connect(self._undo)
        self.outcome.open_asked.connect(self._open_records)
        self._office.hidden.connect(self.review.model.mask)
        self.review.model.mask(self._office.masked)
        for key, act in (("F1", lambda: self.help_asked.emit("import")), ("F9", self._mask)):
            QShortcut(QKeySequence(key), self).activated.connect(act)

    def _mask(self) -> None:
        self._office.mask(not self._office.masked)

    def _lay_out(self) -> None:
        for page in (self.file_page, self.columns, self.review, self.outcome):
            self.pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(GAP)
        layout.addLayout(row(self.steps, None, self.file_name))
        layout.addWidget(self.warning)
        layout.addWidget(self.pages, 1)
        layout.addLayout(row(self.work, None, self.leave, self.back, self.next))
