"""What opens from an office's window: import, export, print, settings, log, hand-over, backups, help, about."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtWidgets import QDialog

from taizhang.desk.asked import ActAsked, Asked, FormAsked
from taizhang.desk.help_pages import pages
from taizhang.desk.main_window import MainWindow
from taizhang.desk.settings import Settings

if TYPE_CHECKING:
    from taizhang.desk.help import HelpWindow

_HELP = {"first": "start"}
_HELP_FOR_LEDGERS = "find"


class Doors(QObject):
    """Opens things for one window. `changed` is called with every change of the settings."""

    def __init__(
        self,
        window: MainWindow,
        settings: Settings,
        changed: Callable[[Settings], object],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(window)
        self._window, self._settings, self._changed, self._now = window, settings, changed, now
        self._office = window.office
        self._help: HelpWindow | None = None
        self._who = settings.who
        self._plain: dict[str, Callable[[object], None]] = {
            "help": lambda what: self._open_help(str(what)),
            "settings": lambda what: self._open_settings(str(what)),
            "about": lambda _what: self._about(),
            "backup": lambda _what: self._open_settings("backup"),
            "stick": lambda _what: self._to_stick(),
            "handover": lambda _what: self._hand_over(),
            "log": lambda _what: self._show_log(),
            "forms": lambda _what: self._list_forms(),
        }

    def open(self, name: str, what: object) -> None:
        """Open what a page or a key asks for."""
        if isinstance(what, Asked):
            {"print": self._print, "import": self._import, "export": self._export}[name](what)
        elif isinstance(what, ActAsked):
            self._act(what)
        elif isinstance(what, FormAsked):
            self._form(what)
        elif name in self._plain:
            self._plain[name](what)

    def _print(self, asked: Asked) -> None:
        from taizhang.desk.preview import PreviewDialog

        preview = PreviewDialog(self._office, asked, self._now, self._window)
        preview.help_asked.connect(self._open_help)
        _run(preview)

    def _import(self, asked: Asked) -> None:
        from taizhang.desk.import_wizard import ImportWizard

        wizard = ImportWizard(self._office, asked.ledger, self._window)
        wizard.help_asked.connect(self._open_help)
        wizard.open_records.connect(lambda rids: self._window.open_records(asked.ledger.key, rids))
        _run(wizard)

    def _export(self, asked: Asked) -> None:
        from taizhang.desk.export_dialog import ExportDialog

        dialog = ExportDialog(self._office, asked, self._window)
        dialog.help_asked.connect(self._open_help)
        _run(dialog)

    def _act(self, asked: ActAsked) -> None:
        from taizhang.desk.act_wizard import ActWizard

        wizard = ActWizard(self._office, asked.ledger, asked.act, asked.rid, self._now, self._window, asked.preset)
        wizard.help_asked.connect(self._open_help)
        wizard.records.connect(lambda rids: self._window.open_records(asked.ledger.key, rids))
        self._pass_on(wizard, wizard.door)

    def _form(self, asked: FormAsked) -> None:
        from taizhang.desk.form_preview import FormPreview

        preview = FormPreview(self._office, asked, self._now, self._window)
        preview.help_asked.connect(self._open_help)
        preview.records.connect(self._window.open_records)
        _run(preview)

    def _list_forms(self) -> None:
        from taizhang.desk.forms_dialog import FormsDialog

        dialog = FormsDialog(self._office, self._now, self._window)
        dialog.help_asked.connect(self._open_help)
        self._pass_on(dialog, dialog.door)

    def _open_help(self, page: str) -> None:
        if self._help is None:
            from taizhang.desk.help import HelpWindow

            self._help = HelpWindow(self._window)
        wanted = page if page in pages() else _HELP.get(page, _HELP_FOR_LEDGERS)
        self._help.open_page(wanted)

    def _open_settings(self, section: str) -> None:
        from taizhang.desk.settings_dialog import SettingsDialog

        dialog = SettingsDialog(self._settings, self._office, self._now, section, self._window)
        dialog.changed.connect(self._settle)
        dialog.help_asked.connect(self._open_help)
        self._pass_on(dialog, dialog.door)

    def _hand_over(self) -> None:
        from taizhang.desk.handover_wizard import HandoverWizard

        wizard = HandoverWizard(self._office, self._now, self._window)
        wizard.help_asked.connect(self._open_help)
        wizard.query.connect(self._window.open_query)
        wizard.records.connect(self._window.open_records)
        self._pass_on(wizard, wizard.door)

    def _show_log(self) -> None:
        from taizhang.desk.log_dialog import LogDialog

        dialog = LogDialog(self._office, self._window)
        dialog.help_asked.connect(self._open_help)
        _run(dialog)

    def _pass_on(self, dialog: QDialog, door: SignalInstance) -> None:
        """Show a dialog, then open what it asked the window for: that is free again only when the dialog is closed."""
        asked: list[tuple[str, object]] = []
        door.connect(lambda name, what: asked.append((name, what)))
        _run(dialog)
        for name, what in asked:
            self._window.door.emit(name, what)

    def _about(self) -> None:
        from taizhang.desk.about import AboutDialog

        _run(AboutDialog(self._window))

    def _to_stick(self) -> None:
        from taizhang.desk.stick_backup import back_up

        back_up(self._office, self._now, self._window)

    def _settle(self, settings: Settings) -> None:
        """Let a choice take effect; another name counts from the next change on."""
        self._changed(settings)
        if settings.who != self._who:
            self._who = settings.who
            self._office.act_as(settings.who)


def _run(dialog: QDialog) -> None:
    """Show a dialog until it is closed, then let it go: a preview holds the whole PDF."""
    dialog.exec()
    dialog.deleteLater()
