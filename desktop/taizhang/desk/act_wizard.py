"""An act step by step: what it asks, a look at what comes of it, then one operation. Nothing is stored before that."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from taizhang.core.act import Act
from taizhang.core.errors import Refused, StoreTrouble
from taizhang.core.ledger import Ledger
from taizhang.desk import act_work
from taizhang.desk.act_paper import paper_of_act
from taizhang.desk.act_wizard_page import ActPage
from taizhang.desk.act_wizard_review import DonePage, ReviewPage
from taizhang.desk.asked import ActAsked, FormAsked
from taizhang.desk.form_field import FormField
from taizhang.desk.inputs_linked import input_for
from taizhang.desk.latest import Latest
from taizhang.desk.office import Office
from taizhang.desk.paper_job import DrawnForm, Sheaf, draw_beside
from taizhang.desk.widgets import GAP, HIDDEN, PAD, Banner, button, emptied, empty_state, row
from taizhang.desk.window_size import open_at
from taizhang.desk.wizard_steps import Steps
from taizhang.desk.work_bar import WorkBar
from taizhang.store.rehearsal import Deed
from taizhang.store.rows import Changes

_CALM = 120  # milliseconds after the last key until the gate is asked
_REST = 1500  # milliseconds without a key after which what is typed is kept


class ActWizard(QDialog):
    """Does one act. `records` carries the numbers to be shown in its ledger, `door` (name, what) what comes next."""

    help_asked = Signal(str)
    records = Signal(object)
    door = Signal(str, object)

    def __init__(
        self,
        office: Office,
        ledger: Ledger,
        act: Act,
        rid: int | None,
        now: Callable[[], datetime] = datetime.now,
        parent: QWidget | None = None,
        preset: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("actWizard")
        self.setWindowTitle(act.label)
        self.setWindowModality(Qt.WindowModality.WindowModal)  # the help stays open beside it
        self._office, self._now = office, now
        self._asked = ActAsked(ledger, act, rid, preset or {})
        self._begun: act_work.Begun | None = None
        self._agreed: act_work.Rehearsed | None = None
        self._done: tuple[Changes, tuple[Deed, ...]] | None = None
        self._typed = self._looked_once = self._unprintable = False
        self._busy = self._storing = False  # whether something is being asked, and whether it is being stored
        self._paper = ""  # what the form of the act is called
        self._latest = Latest(office, self)
        self._calm = QTimer(self, singleShot=True, interval=_CALM)
        self._calm.timeout.connect(self._look)
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self._keep)
        by_key, keys = ledger.by_key, dict.fromkeys(key for page in act.pages for key in page.fields)
        asked = {key: replace(by_key[key], label=act.labels.get(key, by_key[key].label)) for key in keys}
        self.fields = {key: FormField(field, input_for(field, office)) for key, field in asked.items()}
        self.asking = [ActPage(page, [self.fields[key] for key in page.fields]) for page in act.pages]
        self.review = ReviewPage(office.ledgers, act.help if not act.pages else "")
        self.outcome = DonePage(office.ledgers)
        self.steps = Steps([*(page.title for page in act.pages), "核对", "完成"])
        self.warning = Banner("", "warning")
        self.discard = self.warning.offer("丢弃，重新填", self._throw_away)
        self.work = WorkBar()
        self.leave = button("取消", on=self.reject, tip="取消（Esc），填了的会保留")
        self.back = button("上一步", "caret-left", on=self._back)
        self.next = button("下一步", role="primary", on=self.forward, tip="下一步（Enter）")
        self._lay_out()
        self._listen()
        self._begin()

    # -- begin ---------------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        asked = self._asked
        self._office.ask(lambda store: act_work.begin(store, asked), self._started, self._failed, self)

    def _started(self, begun: act_work.Begun) -> None:
        self._begun, self._typed, self._looked_once = begun, False, False
        for key, made in self.fields.items():
            typed = begun.draft.get(key)
            made.touched = typed is not None
            made.entry.suggest("")
            made.entry.put(*(typed or self._base.get(key, (None, ""))))
        self._go(0)
        if begun.draft:
            self._say("上次没办完，已接着填。", "ok")
            self.discard.show()
        if self.asking:
            self._look()
        else:
            self._rehearse()

    @property
    def _base(self) -> dict[str, act_work.Shown]:
        """What stands in the inputs before anything is typed or filled in."""
        return {**self._begun.held, **self._begun.given_shown} if self._begun else {}

    def raw(self) -> dict[str, object]:
        """What is given to the gate: what the act gives, and what was typed."""
        given = dict(self._begun.given) if self._begun else {}
        return given | {key: made.entry.raw() for key, made in self.fields.items() if made.touched}

    # -- while one types -----------------------------------------------------------------------------------------------

    def _changed(self) -> None:
        self._typed = True
        self._calm.start()
        self._rest.start()
        if self.discard.isHidden():
            self._say("")

    def _look(self) -> None:
        asked, raw = self._asked, self.raw()

        def looked(look: act_work.Look) -> None:
            if raw == self.raw():  # else somebody has typed on, and another look is on its way
                self._looked(look)

        self._latest.ask(lambda store: act_work.look(store, asked, raw), looked)

    def _looked(self, look: act_work.Look) -> None:
        for page in self.asking:
            page.say(look.findings)
            page.fill(self._base, dict(look.follows))
        if not self._looked_once:
            self._looked_once = True
            self.asking[self.pages.currentIndex()].begin()

    # -- from step to step ---------------------------------------------------------------------------------------------

    def forward(self) -> None:
        """On to the next step (Enter), or say what is missing; from the last look, do it."""
        step = self.pages.currentIndex()
        if self._busy or self._begun is None:
            return
        if step > self._last:
            self.accept()
        elif step == self._last:
            self._carry_out()
        else:
            self._calm.stop()
            self._busy = True
            asked, raw = self._asked, self.raw()
            self._office.ask(lambda store: act_work.look(store, asked, raw), self._go_on, self._failed, self)

    def _go_on(self, look: act_work.Look) -> None:
        self._busy = False
        self._looked(look)
        step = self.pages.currentIndex()
        last = step + 1 == self._last
        broken = next((at for at, page in enumerate(self.asking) if page.errors() and (at == step or last)), None)
        if broken is not None:
            self._go(broken)
            self._say(self.asking[broken].missing())
            self.asking[broken].insist()
        elif not last:
            self._go(step + 1)
        elif elsewhere := [one.text for one in look.findings if one.is_error]:
            self._say("".join(elsewhere))
        else:
            self._rehearse()

    def _rehearse(self) -> None:
        asked, raw = self._asked, self.raw()
        self._agreed, self._busy = None, True
        self._office.ask(lambda store: act_work.try_out(store, asked, raw), self._rehearsed, self._failed, self)

    def _rehearsed(self, agreed: act_work.Rehearsed) -> None:
        self._agreed, self._unprintable = agreed, False
        self.review.show_review(agreed.deeds, agreed.warnings)
        self.review.show_paper(None)
        self._go(self._last)
        asked, at = self._asked, self._now()
        if asked.act.form:  # one is still busy: nothing is done before its paper was seen
            self.next.setEnabled(False)
            self._office.ask(
                lambda store: paper_of_act(store, asked.ledger, asked.act.form, agreed.values, at),
                self._draw,
                self._no_paper,
                self,
            )
        else:
            self._busy = False

    def _draw(self, sheaf: Sheaf) -> None:
        self._paper = sheaf.form.title
        draw_beside(self._office, sheaf, self._drawn, self._no_paper, self)

    def _drawn(self, drawn: DrawnForm) -> None:
        self._seen()
        self.review.show_paper(drawn.pdf, "".join(dict.fromkeys(remark.text for remark in drawn.remarks)))
        self._unprintable = any(remark.stops for remark in drawn.remarks)

    def _seen(self) -> None:
        self._busy = False
        self.next.setEnabled(True)
        self.next.setFocus()

    def _no_paper(self, error: Exception) -> None:
        """The paper is a help to the eye: the act can be done without it."""
        self._seen()
        if isinstance(error, (Refused, StoreTrouble)):
            self.review.show_paper(None, self._office.readable(str(error)))
        else:
            self._office.worker.unhandled(error)

    # -- doing it, and taking it back ----------------------------------------------------------------------------------

    def _carry_out(self) -> None:
        asked, raw, agreed = self._asked, self.raw(), self._agreed
        if agreed is None:
            self._rehearse()
            return
        if self._unprintable:
            self._unprintable = False
            self._say(
                "现在办理，编号就用掉了，纸面却还打印不出来（缺什么写在纸面上方）。请补上再办理；要先登记，请再按一次。"
            )
            self.next.setText("仍然办理")
            return
        found: list[tuple[Changes, tuple[Deed, ...]]] = []

        def change(store: Any) -> Changes:
            found.append(act_work.carry_out(store, asked, raw, agreed))
            return found[0][0]

        self._busy = self._storing = True
        self._rest.stop()  # a draft that was kept from now on would outlive what it became
        self._office.change(change, lambda _changes: self._stored(found[0]), self._failed)

    def _stored(self, done: tuple[Changes, tuple[Deed, ...]]) -> None:
        self._done, self._typed, self._busy, self._storing = done, False, False, False
        act, name = self._asked.act, self._agreed.name if self._agreed else ""
        if not act.pages and not act.form:
            self.accept()
            return
        self.outcome.told.setText(f"已办好：{act.label} {name}")
        self.outcome.deeds.show_deeds(done[1], done=True)
        prints = [button(f"打印{self._paper}…", "printer", on=self._print)] if act.form else []
        for made in (*prints, button("撤销", "arrow-u-up-left", on=self._undo)):
            self.outcome.offers.addWidget(made)
        self.outcome.offers.addStretch(1)
        self._go(self._last + 1)

    def _print(self) -> None:
        self.door.emit("form", FormAsked(self._asked.ledger, tuple(self._rids()), self._asked.act.form))
        self.accept()

    def _undo(self) -> None:
        if self._done:
            op = self._done[0].op
            self._office.change(lambda store: store.undo(op), self._undone, self._failed)

    def _undone(self, changes: Changes) -> None:
        self._done = None
        self.outcome.told.setText("\n".join(("已撤销，恢复到办理以前。", *changes.kept)))
        self.outcome.deeds.hide()
        emptied(self.outcome.offers)
        self.next.setText("关闭")

    def _rids(self) -> list[int]:
        """The record that the act was about."""
        if self._asked.rid:
            return [self._asked.rid]
        return [deed.rid for deed in (self._done[1] if self._done else ())][:1]

    # -- the end -------------------------------------------------------------------------------------------------------

    def done(self, result: int) -> None:
        """What was typed is kept; what was done is shown."""
        if self._storing:
            return
        if self._keep():
            self._office.said.emit("填了一半的内容已保留，下次接着办。")
        if rids := self._rids() if self._done else []:
            self.records.emit(rids)
        super().done(result)

    def _keep(self) -> bool:
        self._rest.stop()
        if not self._typed or self._done:
            return False
        typed = {key: [made.entry.raw(), made.entry.shown()] for key, made in self.fields.items() if made.touched}
        self._office.keep(act_work.draft_key(self._asked), typed or None)
        return True

    def _throw_away(self) -> None:
        self._office.keep(act_work.draft_key(self._asked), None)
        self._say("")
        self._begin()

    # -- the window ----------------------------------------------------------------------------------------------------

    @property
    def _last(self) -> int:
        """The step of the last look."""
        return len(self.asking)

    def _failed(self, error: Exception) -> None:
        self._busy = self._storing = False
        if not isinstance(error, (Refused, StoreTrouble)):
            self._office.worker.unhandled(error)
            return
        self._say(self._office.readable(str(error)))
        if self._agreed and not self._done:  # it no longer holds: it is looked at anew at the next press
            self._agreed = None
            self.next.setText("重新核对")

    def _say(self, text: str, tone: str = "warning") -> None:
        self.discard.hide()
        self.warning.say(text, tone)
        self.warning.setVisible(bool(text))

    def _go(self, step: int) -> None:
        self._say("")
        self.pages.setCurrentIndex(step)
        self.steps.go_to(step)
        act = self._asked.act
        self.back.setVisible(0 < step <= self._last)
        self.leave.setVisible(step <= self._last)
        self.next.setText("下一步" if step < self._last else f"{act.label}" if step == self._last else "完成")
        if step < self._last:
            self.asking[step].begin()
        else:
            self.next.setFocus()

    def _back(self) -> None:
        if not self._busy:
            self._go(self.pages.currentIndex() - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes on, unless a button has the cursor; Esc leaves."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            at = self.focusWidget()
            if isinstance(at, QPushButton):
                at.click()
            else:
                self.forward()
            return
        super().keyPressEvent(event)

    def hide_personal(self, masked: bool) -> None:
        """Hide what is typed and told (F9), or show it again."""
        self._middle.setCurrentIndex(int(masked))

    def _listen(self) -> None:
        for made in self.fields.values():
            made.changed.connect(self._changed)
        self._office.hidden.connect(self.hide_personal)
        self.hide_personal(self._office.masked)
        help_page = self._asked.ledger.key
        for key, act in (("F1", lambda: self.help_asked.emit(help_page)), ("F9", self._mask)):
            QShortcut(QKeySequence(key), self).activated.connect(act)

    def _mask(self) -> None:
        self._office.mask(not self._office.masked)

    def _lay_out(self) -> None:
        act = self._asked.act
        big = bool(act.pages or act.form)
        open_at(self, *((1080, 700) if big else (620, 420)))
        self.pages = QStackedWidget()
        for page in (*self.asking, self.review, self.outcome):
            self.pages.addWidget(page)
        shown = QWidget()
        content = QVBoxLayout(shown)
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(GAP)
        content.addWidget(self.warning)
        content.addWidget(self.pages, 1)
        self._middle = QStackedWidget()
        self._middle.addWidget(shown)
        self._middle.addWidget(empty_state(HIDDEN, icon_name="eye-slash"))
        self.steps.setVisible(bool(act.pages))
        self.warning.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(GAP)
        layout.addLayout(row(self.steps))
        layout.addWidget(self._middle, 1)
        layout.addLayout(row(self.work, None, self.leave, self.back, self.next))
