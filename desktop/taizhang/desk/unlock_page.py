"""The page that asks for the password of an office before anything of it is shown."""

from pathlib import Path

from PySide6.QtCore import Signal

from taizhang.desk.front import FrontPage
from taizhang.desk.password_form import PasswordForm
from taizhang.desk.tries import Tries
from taizhang.desk.widgets import button, label, row


class UnlockPage(FrontPage):
    """Knows no more of the office than the name of its file. `forgot`: the password; `other`: another office."""

    forgot = Signal()
    other = Signal()

    def __init__(self, path: Path, tries: Tries) -> None:
        super().__init__(path.stem, "lock-key", 30)
        self.form = PasswordForm(tries)
        self.title.setToolTip(str(path))
        self._forgot = button("忘记密码…", role="link", on=self.forgot.emit, tip="用封存的恢复码打开")
        other = button("打开别的单位…", role="link", on=self.other.emit, key="Ctrl+O")
        self.body.addWidget(label("这个单位有密码，打开前请先输入。", "muted", wrap=True))
        self.body.addWidget(self.form)
        self.body.addLayout(row(self._forgot, None, other))
        self.setFocusProxy(self.form.password)

    def without_code(self) -> None:
        """Here the recovery code does not help."""
        self._forgot.hide()
