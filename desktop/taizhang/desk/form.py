"""The form: one input for each field, judged while one types, in the place of the card."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from taizhang.core.context import Values
from taizhang.core.day import BadDay, is_whole, parse_day
from taizhang.core.errors import Refused
from taizhang.core.ledger import Ledger
from taizhang.core.privacy import hide
from taizhang.desk.card_facts import sections
from taizhang.desk.form_field import FormField
from taizhang.desk.form_section import FormSection
from taizhang.desk.form_work import Entry, Start, Verdict, judge, save, start
from taizhang.desk.inputs_linked import FilesInput, input_for
from taizhang.desk.latest import Latest
from taizhang.desk.office import Office
from taizhang.desk.shown import name_privacy, noun
from taizhang.desk.widgets import HIDDEN, Banner, Panel, button, empty_state, hairline, label, row, scrolled
from taizhang.store.memo import draft_key
from taizhang.store.rows import Changes
from taizhang.store.store import Store

_CALM = 120  # milliseconds after the last key until the gate is asked
_REST = 1500  # milliseconds without a key after which what is typed is kept


class Form(Panel):
    """Edits one record, or a new one. `saved` carries its number, `left` that the user goes back to the card."""

    saved = Signal(int)
    left = Signal()

    def __init__(self, ledger: Ledger, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent, pad=0, gap=0)
        self._ledger, self._office = ledger, office
        self._rid: int | None = None
        self._before: Values = {}
        self._insisted = False
        self._typed = False
        self._typing: QWidget | None = None  # where the cursor was when F9 hid the inputs
        self._goal: QWidget | None = None  # what is to stay in sight until somebody types
        self._latest = Latest(office, self)
        self._calm = QTimer(self, singleShot=True, interval=_CALM)
        self._calm.timeout.connect(self._judge)
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self._keep)
        self.fields = {field.key: FormField(field, input_for(field, office)) for field in ledger.fields}
        self.blocks = [
            FormSection(heading, [self.fields[field.key] for field in fields]) for heading, fields in sections(ledger)
        ]
        self._title = label("", "heading")
        self.banner = Banner("", "warning")
        self.since = QLineEdit()
        self._lay_out()
        for made in self.fields.values():
            made.changed.connect(self._changed)
        office.hidden.connect(self.hide_personal)
        self.hide_personal(office.masked)
        for key, act in (("Ctrl+S", self.save), ("Esc", self.leave)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # -- begin ---------------------------------------------------------------------------------------------------------

    def begin(self, rid: int | None, focus: str = "", preset: Mapping[str, tuple[object, str]] | None = None) -> None:
        """Edit the record `rid`, or a new one that starts with `preset`; the cursor goes to `focus`."""
        self._rid = rid
        ledger = self._ledger.key
        self._office.ask(
            lambda store: start(store, ledger, rid), partial(self._started, rid, focus, preset or {}), owner=self
        )

    def _started(self, rid: int | None, focus: str, preset: Mapping[str, tuple[object, str]], begun: Start) -> None:
        if rid != self._rid:
            return
        self._before, self._insisted, self._typed = begun.before, False, False
        self._say_title()
        for key, made in self.fields.items():
            made.touched = False
            made.say(())
            made.entry.suggest("")
            made.entry.put(*begun.texts.get(key, (None, "")))
        if begun.photo:
            self._photo().picture(begun.photo)
        self.banner.hide()
        self.since.clear()
        self._since_row.hide()
        self._fill(begun.draft or {key: [*value] for key, value in preset.items()}, said=bool(begun.draft))
        for at, block in enumerate(self.blocks):
            block.open(opened=at < 2 or any(one.field.key in begun.texts or one.touched for one in block.fields))
        self.go_to(focus or self._first())
        self._judge()

    def hide_personal(self, masked: bool) -> None:
        """Hide what is typed (F9), or show it again, with the cursor where it was."""
        typing = self._middle.focusWidget() if masked else self._typing
        self._middle.setCurrentIndex(int(masked))
        self._say_title()
        if typing and not masked and self.isVisible():
            typing.setFocus()
        self._typing = typing

    def _say_title(self) -> None:
        name = self._ledger.name_of(self._before)
        name = hide(name_privacy(self._ledger), name) if self._office.masked else name
        self._title.setText(f"编辑 {name}" if self._rid else f"新增{noun(self._ledger) or self._ledger.title}")

    def _fill(self, draft: Mapping[str, list[Any]], *, said: bool) -> None:
        for key, (raw, shown) in draft.items():
            if made := self.fields.get(key):
                made.entry.put(raw, shown)
                made.touched = True
        if said:
            self._warn("上次没存完，已接着填。", "ok")
            self._discard.show()

    def go_to(self, key: str) -> None:
        """Open the block of a field, bring it into sight and put the cursor into it."""
        made = self.fields.get(key)
        if made is None:
            return
        next(block for block in self.blocks if made in block.fields).open(opened=True)
        made.entry.setFocus(Qt.FocusReason.OtherFocusReason)
        self._goal = made
        QTimer.singleShot(0, self, self._show_goal)

    def _show_goal(self) -> None:
        if self._goal:
            self._area.ensureWidgetVisible(self._goal, 0, 60)

    # -- while one types -----------------------------------------------------------------------------------------------

    def entry(self) -> Entry:
        """What was touched, for the gate."""
        touched = {key: made for key, made in self.fields.items() if made.touched}
        raw = {key: made.entry.raw() for key, made in touched.items()}
        files = {
            key: tuple(made.entry.waiting)
            for key, made in touched.items()
            if isinstance(made.entry, FilesInput) and made.entry.waiting
        }
        return Entry(raw, files, self._since())

    def _changed(self) -> None:
        self._typed, self._goal = True, None
        self._calm.start()
        self._rest.start()
        dated = [made for made in self.fields.values() if made.touched and made.field.dated and not made.field.since]
        held = [made for made in dated if self._before.get(made.field.key) is not None]
        self._since_row.setVisible(bool(held))

    def _judge(self) -> None:
        raw, before, rid = self.entry().raw, self._before, self._rid
        ledger = self._ledger
        self._latest.ask(lambda store: judge(store, ledger, raw, before, rid), self._judged)

    def _judged(self, verdict: Verdict) -> None:
        for key, made in self.fields.items():
            found = [one for one in verdict.findings if one.field == key]
            wanted = made.touched or self._insisted or self._rid is not None
            made.say(found if wanted else [one for one in found if not one.is_error])
            made.entry.suggest(verdict.fills.get(key, ""))
        whole = [one.text for one in verdict.findings if one.field is None]
        if whole:
            self._warn("".join(whole))
        elif self.banner.property("tone") == "warning" and not self._insisted:
            self.banner.hide()

    # -- end -----------------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Store what is typed (Ctrl+S); with an error, go to it instead."""
        self._calm.stop()
        self._rest.stop()
        self._insisted = True
        entry, before, rid, ledger = self.entry(), self._before, self._rid, self._ledger
        if rid is not None and not entry.raw:
            self.left.emit()
            return
        made: list[int] = []
        name = self.fields[ledger.title_field].entry.shown() or ledger.name_of(before)
        title = f"{'修改' if rid else '新增'}{noun(ledger) or ledger.title}：{name}"

        def stored(store: Store) -> Changes:
            return store.do(title, lambda work: made.append(save(store, work, ledger, entry, before, rid)))

        def done(_changes: Changes) -> None:
            self._office.keep(draft_key(ledger.key, rid), None)
            self.saved.emit(made[0])

        self._office.change(stored, done, self._refused)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, Refused):
            self._office.worker.unhandled(error)
            return
        self._warn(str(error))
        self._judge()
        QTimer.singleShot(0, self, self._to_first_error)

    def _to_first_error(self) -> None:
        broken = (key for key, made in self.fields.items() if any(one.is_error for one in made.findings))
        self.go_to(next(broken, ""))

    def leave(self) -> None:
        """Go back to the card (Esc); what is typed is kept and offered again."""
        self.keep_draft()
        self.left.emit()

    def keep_draft(self) -> None:
        """Keep what is typed in the office file, so that closing loses nothing."""
        if self._keep():
            self._office.said.emit("填了一半的内容已保留，下次接着填。")

    def _keep(self) -> bool:
        """Keep it quietly, as is done at every pause in typing: a power cut takes no notice of closing."""
        self._rest.stop()
        if not self._typed or self._office.facts.why_fixed:
            return False
        touched = {key: made for key, made in self.fields.items() if made.touched}
        draft = {key: [made.entry.raw(), made.entry.shown()] for key, made in touched.items()}
        self._office.keep(draft_key(self._ledger.key, self._rid), draft)
        return True

    def _throw_away(self) -> None:
        self._office.keep(draft_key(self._ledger.key, self._rid), None)
        self.begin(self._rid)

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        content = QVBoxLayout()
        content.setContentsMargins(16, 8, 16, 12)
        content.setSpacing(4)
        for block in self.blocks:
            content.addWidget(block)
        content.addStretch(1)
        inner = QWidget()
        inner.setLayout(content)
        self._area = scrolled(inner)
        # Blocks that open and findings that arrive above it push a field out of sight again.
        self._area.verticalScrollBar().rangeChanged.connect(lambda _low, _high: self._show_goal())
        self._title.setContentsMargins(16, 14, 16, 8)
        said = QVBoxLayout()
        said.setContentsMargins(16, 0, 16, 8)
        said.addWidget(self.banner)
        shown = QWidget()
        typed = QVBoxLayout(shown)
        typed.setContentsMargins(0, 0, 0, 0)
        typed.setSpacing(0)
        typed.addLayout(said)
        typed.addWidget(hairline())
        typed.addWidget(self._area, 1)
        self._middle = QStackedWidget()
        self._middle.addWidget(shown)
        self._middle.addWidget(empty_state(HIDDEN, icon_name="eye-slash"))
        self._discard = self.banner.offer("丢弃，重新填", self._throw_away)
        self._discard.hide()
        self._since_row = QWidget()
        self.since.setPlaceholderText("今天；或如 2026.03.01")
        self._since_row.setLayout(row(label("变动生效日期", "muted"), self.since))
        self._since_row.hide()
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self._since_row, 1)
        foot.addStretch(1)
        foot.addWidget(button("返回", on=self.leave, tip="返回（Esc），填了的会保留"))
        foot.addWidget(button("保存", "floppy-disk", role="primary", on=self.save, tip="保存（Ctrl+S）"))
        self.body.addWidget(self._title)
        self.body.addWidget(self._middle, 1)
        self.body.addWidget(hairline())
        self.body.addLayout(foot)

    def _warn(self, text: str, tone: str = "warning") -> None:
        self._discard.hide()
        self.banner.say(text, tone)
        self.banner.show()

    def _photo(self) -> FilesInput:
        return next(
            made.entry for made in self.fields.values() if isinstance(made.entry, FilesInput) and made.entry.photo
        )

    def _first(self) -> str:
        return next(iter(self.fields)) if self._rid is None else self._ledger.title_field

    def _since(self) -> str | None:
        text = self.since.text().strip()
        try:
            day = parse_day(text) if text else ""
        except BadDay:
            return None
        return day if day and is_whole(day) else None
