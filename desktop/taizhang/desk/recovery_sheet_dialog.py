"""The recovery code, shown once: printed or copied by hand, and proved to be on paper before anything goes on."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from secrets import randbelow
from unicodedata import normalize

from PySide6.QtCore import QBuffer, QEvent, QObject, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from taizhang.core.errors import Refused
from taizhang.desk.print_job import typefaces
from taizhang.desk.printing import chosen_pages, prepare, print_pages, printers
from taizhang.desk.save_place import ask_place, documents
from taizhang.desk.widgets import GAP, PAD, Banner, Panel, button, label, row
from taizhang.desk.window_size import GrowingDialog, open_at
from taizhang.exchange.saving import save_whole
from taizhang.press.recovery_sheet import recovery_sheet_pdf

_ACROSS = 4  # groups in a line
_HIDDEN = "······"
_WHY = (
    "忘记密码时，只有恢复码能打开台账。请打印出来（或抄在纸上），密封后交书记保管。"
    "恢复码只在这里出现一次，程序不保存它。"
)
_FINAL = "新的恢复码已经生效，旧的打不开了。请先打印或抄下新的恢复码，再输入第 {} 组。"


class RecoveryCodeDialog(GrowingDialog):
    """Shows the code of one office; accepted once the group number `asked` is typed. Nothing of it is kept.

    `final`: the code counts already (it replaces another), so the dialog cannot be left without it.
    """

    def __init__(
        self,
        office_name: str,
        code: str,
        now: Callable[[], datetime] = datetime.now,
        parent: QWidget | None = None,
        *,
        final: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("recovery-code")
        self.setWindowTitle("恢复码")
        self._office, self._code, self._now, self._final = office_name, code, now, final
        self._mistaken = False  # what is said is of the group that is being typed
        self.asked = 1 + randbelow(len(code.split("-")))
        self.groups: list[QLabel] = []
        self.said = Banner("")
        self.said.hide()
        self.answer = QLineEdit(maxLength=12)
        self.print_button = button("打印…", "printer", on=self.print_now, key="Ctrl+P")
        self.save_button = button("保存为 PDF…", "file-pdf", on=self._save)
        self.go_on = button("继续", role="primary", on=self.accept)
        self._lay_out()
        self.answer.installEventFilter(self)
        self.answer.textEdited.connect(lambda _text: self._typed())
        self.answer.textChanged.connect(lambda _text: self.go_on.setEnabled(self._proved()))
        self.answer.returnPressed.connect(self._entered)
        self.go_on.setEnabled(False)
        if not printers():
            self.print_button.setEnabled(False)
            self._say("这台电脑没有打印机：请把 8 组数字抄在纸上。", "warning")
        open_at(self, 640, self.sizeHint().height())

    def print_now(self) -> None:
        """Ask for the printer in the system's own dialog, and print the sheet."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_with(printer)

    def print_with(self, printer: QPrinter) -> None:
        """Print to a printer that is already chosen."""
        document, held = QPdfDocument(), QBuffer()
        held.setData(self._pdf())
        held.open(QBuffer.OpenModeFlag.ReadOnly)
        document.load(held)
        prepare(printer, document)
        if print_pages(printer, document, chosen_pages(printer, document.pageCount())):
            self._say("已送往打印机。请等纸出来、看清楚了再继续。", "ok")
        else:
            self._say("打印机没有接受，什么也没有打印。请检查打印机是否开机、有纸，再试一次。", "warning")
        document.close()

    def save_to(self, path: Path) -> None:
        """Write the sheet as PDF: for those who print elsewhere."""
        pdf = self._pdf()
        try:
            save_whole(path, lambda part: part.write_bytes(pdf))
        except Refused as refused:
            self._say(str(refused), "warning")
        else:
            self._say(f"已保存 {path.name}。打印出来以后，请把这个文件删掉。", "warning")

    def done(self, result: int) -> None:
        """Forget the code."""
        self.answer.clear()
        self._code = ""
        for shown in self.groups:
            shown.clear()
        super().done(result)

    def reject(self) -> None:
        """Leave without the code, where that is possible."""
        if self._final:
            self._say(_FINAL.format(self.asked), "warning")
        else:
            super().reject()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """While the answer is typed, its group is hidden: it is to be read off the paper."""
        if watched is self.answer and event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut} and self._code:
            hidden = event.type() == QEvent.Type.FocusIn
            self.groups[self.asked - 1].setText(_HIDDEN if hidden else self._group())
        return super().eventFilter(watched, event)

    def _group(self) -> str:
        return self._code.split("-")[self.asked - 1]

    def _proved(self) -> bool:
        return normalize("NFKC", self.answer.text()).strip() == self._group()

    def _typed(self) -> None:
        """Whoever types again knows that it was wrong."""
        if self._mistaken:
            self.said.hide()
            self._mistaken = False

    def _entered(self) -> None:
        if self._proved():
            self.accept()
        else:
            self._say(f"第 {self.asked} 组不是这个数。请照着纸上的核对；要再看一遍，点一下别处。", "warning")
            self._mistaken = True

    def _say(self, text: str, tone: str) -> None:
        self._mistaken = False
        self.said.say(text, tone)
        self.said.show()

    def _pdf(self) -> bytes:
        # A single page, drawn in the window's thread in a fifth of a second; the code is handed to nobody.
        with typefaces() as faces:
            return recovery_sheet_pdf(self._office, self._code, self._now(), faces)

    def _save(self) -> None:
        if path := ask_place(self, "保存为 PDF", documents() / "恢复码.pdf"):
            self.save_to(path)

    def _lay_out(self) -> None:
        shown = Panel(gap=4)
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        for number, group in enumerate(self._code.split("-")):
            line, place = divmod(number, _ACROSS)
            name, digits = label(f"第 {number + 1} 组", "small"), label(group, "figure")
            digits.setAccessibleName(f"第 {number + 1} 组")
            self.groups.append(digits)
            for part, below in ((name, 0), (digits, 1)):
                part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
                grid.addWidget(part, 2 * line + below, place)
        shown.body.addLayout(grid)
        self.answer.setAccessibleName(f"恢复码的第 {self.asked} 组")
        self.answer.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
        self.answer.setFixedWidth(150)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(GAP)
        layout.addWidget(label(_WHY, wrap=True))
        layout.addWidget(shown)
        layout.addLayout(row(self.print_button, self.save_button, None))
        layout.addWidget(label("不要拍照，不要用聊天软件传。", "strong"))
        layout.addLayout(row(label(f"核对：请看着纸，输入第 {self.asked} 组"), self.answer, None))
        layout.addWidget(self.said)
        layout.addStretch(1)
        cancel = button("取消", on=self.reject)
        cancel.setVisible(not self._final)
        layout.addLayout(row(None, cancel, self.go_on))
