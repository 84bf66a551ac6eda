"""The dialogs that ask for a password: one job each, done on the file's thread, and refused in place."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from taizhang.core.errors import Refused, StoreTrouble
from taizhang.desk.office import Office
from taizhang.desk.password_field import PasswordField
from taizhang.desk.widgets import GAP, PAD, Banner, button, column, label, row
from taizhang.desk.window_size import GrowingDialog, open_at

if TYPE_CHECKING:
    from taizhang.store.store import Store

T = TypeVar("T")


class KeyDialog(GrowingDialog, Generic[T]):
    """Asks, checks, does. `outcome` is what came of the job; the dialog is accepted when it is done."""

    outcome: T

    def __init__(self, office: Office, title: str, why: str, act: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._office = office
        self.said = Banner("", "warning")
        self.said.hide()
        self.go = button(act, role="primary", on=self.start)
        self.form = column()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(GAP)
        layout.addWidget(label(why, wrap=True))
        layout.addLayout(self.form)
        layout.addWidget(self.said)
        layout.addStretch(1)
        layout.addLayout(row(None, button("取消", on=self.reject), self.go))

    def field(self, text: str, line: QWidget) -> None:
        """Add an input below its name."""
        line.setAccessibleName(text)
        self.form.addLayout(column(label(text, "muted"), line, gap=4))

    def problem(self) -> str | None:
        """Why it cannot be done yet, in a sentence."""
        return None

    def job(self) -> "Callable[[Store], T]":
        """What is to be done, with all that was typed already read."""
        raise NotImplementedError

    def fit(self, width: int = 460) -> None:
        """Take the size that the inputs need, and begin in the first of them; the buttons come after the last."""
        if first := self.findChild(QLineEdit):
            first.setFocus()
        self.ensurePolished()
        open_at(self, width, max(self.sizeHint().height(), self.heightForWidth(width)))

    def start(self) -> None:
        """Do it, or say what is still missing."""
        if not self.go.isEnabled():
            return
        if said := self.problem():
            self.say(said)
            return
        self.go.setEnabled(False)
        self.say("")
        self.send(self.job())

    def send(self, job: "Callable[[Store], T]") -> None:
        """Have it done on the file's thread."""
        self._office.ask(job, self._done, self._failed, self)

    def say(self, text: str) -> None:
        """Say in place what is wrong; an empty text takes it away."""
        self.said.say(text, "warning")
        self.said.setVisible(bool(text))

    def done(self, result: int) -> None:
        """Leave no password behind in the lines."""
        for line in self.findChildren(QLineEdit):
            line.clear()
        super().done(result)

    def _done(self, outcome: T) -> None:
        self.outcome = outcome
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.go.setEnabled(True)
        if isinstance(error, (Refused, StoreTrouble)):
            self.say(str(error))
        else:
            self._office.worker.unhandled(error)


class OwnPassword(KeyDialog[T]):
    """Asks first for the password of whoever sits there, for what cannot be taken back."""

    def __init__(self, office: Office, who: str, title: str, why: str, act: str, parent: QWidget | None = None) -> None:
        super().__init__(office, title, why, act, parent)
        self._who = who
        self.own = PasswordField("您现在的密码")
        self.field("您现在的密码", self.own)

    def problem(self) -> str | None:
        """Nothing goes without it."""
        return None if self.own.text() else "请输入您现在的密码。"
