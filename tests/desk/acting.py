"""What the tests of acts share: typing into the window of an act, and reading it."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel

from taizhang.desk.act_wizard import ActWizard
from taizhang.desk.office import Office
from tests.offices import Office as Filed

Desk = tuple[Filed, Office]


def type_into(wizard: ActWizard, key: str, raw: object, shown: str = "") -> None:
    """Type as a user would, and let the gate have its look."""
    made = wizard.fields[key]
    made.entry.put(raw, shown or str(raw))
    made.entry.changed.emit()
    wizard._calm.stop()
    wizard._look()


def texts(wizard: ActWizard) -> str:
    """Every word on the page in sight."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    page = wizard.pages.currentWidget()
    assert page is not None
    return "\n".join(part.text() for part in page.findChildren(QLabel))
