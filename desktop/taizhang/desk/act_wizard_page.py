"""One step of an act: the inputs that it asks for, with what the gate says beside each."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from taizhang.core.act import Page
from taizhang.core.findings import Finding
from taizhang.desk.act_work import Shown
from taizhang.desk.form_field import FormField
from taizhang.desk.widgets import GAP, PAD, Panel, column, label, scrolled

_ONE_COLUMN = 5  # fields that still stand below each other
_BROAD = {"links", "long_text", "attachment"}  # kinds of field that want the whole width
_AUTO = "浅绿色的是自动填好的，可以改。"
_BLANK: Shown = (None, "")


class ActPage(QWidget):
    """Asks for some fields. Nobody is scolded for a blank before `insist`, nor advised before anything is typed."""

    def __init__(self, page: Page, fields: Sequence[FormField], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = page
        self.fields = {made.field.key: made for made in fields}
        self.findings: tuple[Finding, ...] = ()
        self._insists = False
        self.auto = label(_AUTO, "small")
        panel = Panel(gap=10)
        panel.body.addWidget(label(page.title, "heading"))
        if page.help:
            panel.body.addWidget(label(page.help, "muted", wrap=True))
        panel.body.addLayout(_beside(list(self.fields.values())))
        panel.body.addWidget(self.auto)
        inner = QWidget()
        inner.setLayout(column(panel, None))
        self.area: QScrollArea = scrolled(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)
        self.auto.hide()

    def errors(self) -> list[Finding]:
        """What keeps one from going on."""
        return [one for one in self.findings if one.is_error]

    def missing(self) -> str:
        """Why one cannot go on, in a sentence; empty when one can."""
        errors = self.errors()
        keys = dict.fromkeys(one.field for one in errors if one.field)
        if len(keys) < 2:
            return errors[0].text if errors else ""
        return f"这一步还有 {len(keys)} 处要填好或改正：{'、'.join(self.fields[key].field.label for key in keys)}。"

    def insist(self) -> None:
        """Say beside each input what is missing, and go to the first."""
        self._insists = True
        self.say(self.findings)
        if first := next((one.field for one in self.errors() if one.field), None):
            self.go_to(first)

    def say(self, findings: Sequence[Finding]) -> None:
        """Show what the gate says of these fields."""
        self.findings = tuple(one for one in findings if one.field in self.fields)
        begun = self._insists or any(made.touched for made in self.fields.values())
        for key, made in self.fields.items():
            found = [one for one in self.findings if one.field == key]
            advice = [one for one in found if not one.is_error] if begun or made.entry.shown() else []
            made.say(found if made.touched or self._insists else advice)

    def fill(self, base: dict[str, Shown], follows: dict[str, Shown]) -> None:
        """Show what stands without having been typed: `base`, or what the gate fills in instead."""
        auto = False
        for key, made in self.fields.items():
            raw, shown = follows.get(key, base.get(key, _BLANK))
            if made.touched and made.entry.raw() not in ("", None, []):
                continue
            if made.touched:
                made.entry.suggest(shown)
                continue
            if shown != made.entry.shown():
                made.entry.put(raw, shown)
            if key in follows and shown:
                auto = True
                if not made.findings:
                    made.entry.state("auto")
            elif not made.findings:
                made.entry.state("")
        self.auto.setVisible(auto)

    def begin(self) -> None:
        """Put the cursor where the first thing is to be typed: what leads the page fills in what comes after it."""
        blank = [made.field for made in self.fields.values() if not made.entry.shown()]
        asked = {one.field for one in self.errors()}
        wanted = [field.key for field in blank if field.key in asked or field.required]
        rest = [field.key for field in blank if field.kind not in _BROAD]
        leading = [field.key for field in blank[:1] if field.key == next(iter(self.fields))]
        if first := next(iter([*leading, *wanted, *rest, *self.fields]), None):
            self.go_to(first)

    def go_to(self, key: str) -> None:
        """Put the cursor into a field and bring it into sight."""
        made = self.fields[key]
        made.entry.setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.ensureWidgetVisible(made, 0, 60)


def _beside(fields: list[FormField]) -> QVBoxLayout:
    """The fields in one column, or in two where they are many; broad ones below, but one that leads the page."""
    whole = column(gap=10)
    broad = [made for made in fields if made.field.kind in _BROAD]
    narrow = [made for made in fields if made not in broad]
    half = len(narrow) if len(narrow) <= _ONE_COLUMN else -(-len(narrow) // 2)
    sides = QHBoxLayout()
    sides.setSpacing(PAD + GAP)
    for part in (narrow[:half], narrow[half:]):
        if part:
            side = column(*part, gap=10)
            side.addStretch(1)
            sides.addLayout(side, 3)
    if half == len(narrow):
        sides.addStretch(2)  # a date is not typed into a line as broad as the window
    leads = [made for made in broad if made is fields[0]]
    for made in leads:
        whole.addWidget(made)
    whole.addLayout(sides)
    for made in broad:
        if made not in leads:
            whole.addWidget(made)
    return whole
