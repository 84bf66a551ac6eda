"""Changing a paper form: its text at the left, the page that comes of it at the right, drawn anew while one types."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QListWidget, QListWidgetItem, QSplitter, QVBoxLayout, QWidget

from taizhang.core.errors import Cancelled, Refused, StoreTrouble
from taizhang.core.ledger import Ledger
from taizhang.desk.form_source import FormSource, draft_key, open_source, save_text, take
from taizhang.desk.form_text import FormText
from taizhang.desk.form_trial import Trial, try_out
from taizhang.desk.form_words import field_menu
from taizhang.desk.office import Office
from taizhang.desk.paper_job import DrawnForm, draw_beside
from taizhang.desk.pdf_pane import PdfPane
from taizhang.desk.save_place import ask_place, documents
from taizhang.desk.theme import look
from taizhang.desk.widgets import GAP, PAD, Banner, button, column, emptied, label, row
from taizhang.desk.window_size import open_at
from taizhang.press.forms.filling import FormRemark
from taizhang.press.forms.reading import SUFFIX, text_of

_CALM = 400  # ms without a key before the page is drawn anew
_REST = 1500  # ms without a key after which what is typed is kept
_OLD_PICTURE = "版式有错，右边是出错之前的样子。"
_KEPT = "已存为本单位版式，以后都照它打印。"
_DRAFT = "接着上次没有保存的改动。"


class FormEditor(QDialog):
    """Edits the form `key` of an office; the page shows the records `rids`, or a sample. `changed`: another counts."""

    changed = Signal()
    help_asked = Signal(str)

    def __init__(
        self,
        office: Office,
        key: str,
        ledger: Ledger,
        now: Callable[[], datetime] = datetime.now,
        parent: QWidget | None = None,
        rids: Sequence[int] = (),
    ) -> None:
        super().__init__(parent)
        self.setObjectName("form-editor")
        self.setWindowTitle("改版式")
        self.setWindowModality(Qt.WindowModality.WindowModal)  # the help stays open beside it
        open_at(self, 1320, 740)
        self._office, self._key, self._ledger, self._now, self._rids = office, key, ledger, now, tuple(rids)
        self._source: FormSource | None = None
        self._turn = 0  # of the text that is tried out
        self._sound = False  # whether the text as it stands can be kept
        self._remarks: tuple[FormRemark, ...] = ()  # on the records with which it is tried out
        self.text = FormText()
        self.text.setReadOnly(True)  # until there is something to change
        self.faults = QListWidget()
        self.pane = PdfPane()
        self.state = label("", "muted", wrap=True)
        self.said = column(gap=6)
        self.old = Banner(_OLD_PICTURE, "warning")
        self.put_in = button("插入字段", "brackets-curly", tip="在光标处放一个台账里的内容")
        self.save_button = button("保存为本单位版式", "check", role="primary", key="Ctrl+S", on=self.save)
        self.standard_button = button("恢复标准版式", "arrow-counter-clockwise", on=self._ask_standard)
        self._calm = QTimer(self, singleShot=True, interval=_CALM)
        self._calm.timeout.connect(self.try_now)
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self._keep)
        self._lay_out()
        self.faults.itemClicked.connect(self._go)
        self.faults.itemActivated.connect(self._go)
        self.text.textChanged.connect(self._typed)
        office.hidden.connect(self._hide_personal)
        self._hide_personal(office.masked)
        QShortcut(QKeySequence("F1"), self).activated.connect(lambda: self.help_asked.emit("forms"))
        QShortcut(QKeySequence("F9"), self).activated.connect(lambda: office.mask(not office.masked))
        office.ask(lambda store: open_source(store, key), self._opened, self._refused, self)

    # -- the text ------------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Let the text count from now on in this office."""
        if self._sound and self._source is not None:
            self._take(self.text.toPlainText(), lambda: self._say(_KEPT, "ok"))

    def restore(self) -> None:
        """Let the standard text count again; the office's own can be put back as long as the window is open."""
        source, shown = self._source, self.text.toPlainText()
        if source is None or source.standard is None:
            return
        self.text.replace_all(source.standard)
        self._take(None, lambda: self._restored(source, shown))

    def open_file(self, path: Path) -> None:
        """Take the text of a file; it counts once it is saved."""
        try:
            self.text.replace_all(text_of(path).replace("\r\n", "\n"))
        except Refused as refused:
            self._say(str(refused), "warning")
        else:
            self._say(f"已读入“{path.name}”，看过右边的样子再保存。", "plain")
            self.try_now()

    def save_to(self, path: Path) -> None:
        """Write the text to a file, as it stands."""
        try:
            save_text(path, self.text.toPlainText())
        except Refused as refused:
            self._say(str(refused), "warning")
        else:
            self._say(f"已另存为“{path.name}”。", "ok")

    def done(self, result: int) -> None:
        """Keep what was typed and not saved, for the next time."""
        self._keep()
        super().done(result)

    def _keep(self) -> None:
        self._rest.stop()
        if self._source is not None:
            text = self.text.toPlainText()
            self._office.keep(draft_key(self._key), None if text == self._source.text else text)

    def _restored(self, before: FormSource, shown: str) -> None:
        self._say("已恢复标准版式。", "ok").offer("放回原来的", lambda: self._put_back(before, shown))

    def _put_back(self, before: FormSource, shown: str) -> None:
        """As it was before the standard text counted again: what was kept, and what was typed after that."""
        self.text.replace_all(shown)
        self._take(before.text if before.own else None, lambda: self._say("已放回原来的版式。", "ok"))

    def _take(self, text: str | None, then: Callable[[], object]) -> None:
        """Let the office's own text count from now on, or (None) the standard one."""
        key = self._key

        def taken(source: FormSource) -> None:
            self._source = source
            self._show_state()
            self.changed.emit()
            self.try_now()
            then()

        self._office.ask(lambda store: take(store, key, text), taken, self._refused, self)

    def _opened(self, source: FormSource) -> None:
        self._source = source
        self.setWindowTitle(f"改版式 {source.title}")
        self.text.setPlainText(source.text)
        if source.draft is not None:
            self.text.replace_all(source.draft)
            self._say(_DRAFT, "plain").offer("不要了", self._drop_draft)
        self.text.setReadOnly(False)
        self.text.setFocus()
        self.try_now()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, (Refused, StoreTrouble)):
            self._say(str(error), "warning")
        else:
            self._office.worker.unhandled(error)

    def _drop_draft(self) -> None:
        if self._source:
            self.text.replace_all(self._source.text)
            emptied(self.said)
            self.try_now()

    def _ask_standard(self) -> None:
        asked = self._say("恢复标准版式以后，本单位自己的改动不再使用。", "warning")
        asked.offer("恢复", self.restore)
        asked.offer("不恢复", lambda: emptied(self.said))

    # -- the page ------------------------------------------------------------------------------------------------------

    def try_now(self) -> None:
        """Read the text and draw its page."""
        self._calm.stop()
        self._turn += 1
        turn, key, text, rids, now = self._turn, self._key, self.text.toPlainText(), self._rids, self._now()

        def tried(trial: Trial) -> None:
            if turn == self._turn:
                self._judged(trial, turn)

        self._office.ask(lambda store: try_out(store, key, text, rids, now), tried, partial(self._failed, turn), self)

    def _judged(self, trial: Trial, turn: int) -> None:
        self._list([(fault.line, fault.text) for fault in trial.faults])
        self._remarks = ()
        self._sound = trial.sheaf is not None
        self.old.setVisible(not self._sound and self.pane.document.pageCount() > 0)
        self._show_state()
        if trial.sheaf is None:
            return

        def drawn(result: DrawnForm) -> None:
            if turn == self._turn:
                self.pane.show_pdf(result.pdf)
                self._remarks = result.remarks
                self._list_remarks()

        draw_beside(self._office, trial.sheaf, drawn, partial(self._failed, turn), self)

    def _list_remarks(self) -> None:
        """What is to be said of the records, which F9 hides."""
        self._list([(remark.line, self._office.readable(remark.text)) for remark in self._remarks])

    def _hide_personal(self, masked: bool) -> None:
        self.pane.hide_personal(masked)
        if self._remarks:
            self._list_remarks()

    def _failed(self, turn: int, error: Exception) -> None:
        if isinstance(error, Refused):
            if turn == self._turn:
                self._sound = False
                self._list([(0, str(error))])
                self._show_state()
        elif not isinstance(error, Cancelled):
            self._office.worker.unhandled(error)

    def _list(self, lines: Sequence[tuple[int, str]]) -> None:
        self.faults.clear()
        for line, text in lines:
            item = QListWidgetItem(f"第 {line} 行：{text}" if line else text)
            item.setData(Qt.ItemDataRole.UserRole, line)
            self.faults.addItem(item)
        self.faults.setVisible(bool(lines))
        self.text.mark(line for line, _text in lines if line)

    def _go(self, item: QListWidgetItem) -> None:
        if line := item.data(Qt.ItemDataRole.UserRole):
            self.text.go_to(int(line))

    def _typed(self) -> None:
        self._show_state()
        self._calm.start()
        self._rest.start()

    def _show_state(self) -> None:
        source = self._source
        if source is None:
            return
        waits = self.text.toPlainText() != source.text
        which = "本单位自己的版式" if source.own else "标准版式"
        self.state.setText(f"{which}，有改动还没有保存" if waits else f"现在用的是{which}")
        self.save_button.setEnabled(self._sound and waits)
        self.save_button.setToolTip("保存（Ctrl+S）" if self._sound else "先改好下面列出的错处，才能保存")
        changed = source.own or self.text.toPlainText() != source.standard
        self.standard_button.setEnabled(source.standard is not None and changed)

    def _say(self, text: str, tone: str) -> Banner:
        emptied(self.said)
        banner = Banner(text, tone)
        self.said.addWidget(banner)
        return banner

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _open(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "打开版式文件", str(documents()), f"表格版式 (*{SUFFIX})")
        if chosen:
            self.open_file(Path(chosen))

    def _save_as(self) -> None:
        if path := ask_place(self, "另存为", documents() / f"{self._key}{SUFFIX}"):
            self.save_to(path)

    def _lay_out(self) -> None:
        self.put_in.setMenu(field_menu(self._ledger, self._office.ledgers, self.text.put_in, self))
        self.faults.setAccessibleName("版式里的错处")
        self.faults.setWordWrap(True)
        self.faults.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.faults.setMaximumHeight(look().size * 9)
        self.faults.hide()
        self.old.hide()
        files = (button("打开文件…", "folder-open", on=self._open), button("另存为文件…", "export", on=self._save_as))
        left = QWidget()
        left.setLayout(column(self.text, self.faults, gap=8))
        right = QWidget()
        whole = column(gap=8)
        whole.addLayout(row(self.pane.pages, None, *self.pane.zooms))
        whole.addWidget(self.old)
        whole.addWidget(self.pane, 1)
        right.setLayout(whole)
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.setHandleWidth(GAP)
        sides.setChildrenCollapsible(False)
        for part in (left, right):
            sides.addWidget(part)
        sides.setSizes([600, 600])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(GAP)
        layout.addLayout(row(self.put_in, *files, None, self.standard_button))
        layout.addLayout(self.said)
        layout.addWidget(sides, 1)
        layout.addLayout(row(self.state, None, button("关闭", on=self.accept), self.save_button))
