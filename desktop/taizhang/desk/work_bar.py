"""Long work in a window: what is being done, how far it is, and a way to stop it."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from taizhang.desk.widgets import button, label
from taizhang.desk.worker import Reporter


class WorkBar(QWidget):
    """Invisible while nothing is underway; one piece of work at a time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reporter: Reporter | None = None
        self.doing = label("", "muted")
        self.progress = QProgressBar(textVisible=False)
        self.progress.setFixedWidth(220)
        self.stop = button("停止", "x", role="quiet", on=self.cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (self.progress, self.doing, self.stop):
            layout.addWidget(part)
        layout.addStretch(1)
        self.finish()

    def start(self, what: str) -> Reporter:
        """Begin: hand the reporter to the work."""
        self._reporter = Reporter(self)
        self._reporter.moved.connect(self._moved)
        self._moved(0, 0, what)
        for part in (self.progress, self.doing, self.stop):
            part.show()
        return self._reporter

    def finish(self) -> None:
        """The work has ended, one way or another."""
        self._reporter = None
        for part in (self.progress, self.doing, self.stop):
            part.hide()

    def cancel(self) -> None:
        """Ask the work to stop; it ends at its next report and changes nothing."""
        if self._reporter:
            self._reporter.cancel()

    def _moved(self, done: int, total: int, what: str) -> None:
        if self._reporter is None:
            return
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.doing.setText(f"{what}… {done} / {total}" if total else f"{what}…")
