"""Opening the preview of a paper form, and reading what it shows."""

from collections.abc import Callable

from taizhang.desk.form_preview import FormPreview

Opens = Callable[..., FormPreview]


def text_of(dialog: FormPreview) -> str:
    """The words of every page in sight."""
    document = dialog.pane.document
    return "".join(document.getAllText(page).text() for page in range(document.pageCount()))
