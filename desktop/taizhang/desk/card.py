"""The card at the right of a list: one record to look at, and what can be done with it."""

from functools import partial

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from taizhang.core.findings import Finding
from taizhang.core.privacy import hide
from taizhang.desk.card_acts import CardActs
from taizhang.desk.card_facts import CardFacts, Item
from taizhang.desk.card_related import RelatedPart
from taizhang.desk.flow import FlowLayout
from taizhang.desk.icons import pixmap
from taizhang.desk.theme import look
from taizhang.desk.widgets import Panel, button, chip, emptied, hairline, label, row, scrolled, set_role

_PHOTO = QSize(64, 84)


class Card(Panel):
    """Shows a `CardFacts`. `edit` carries the field to begin with, or an empty text."""

    edit = Signal(str)
    history = Signal(str)
    leave = Signal()
    void = Signal()
    erase = Signal(str)  # the name
    asked = Signal(object)  # ActAsked, FormAsked
    opened = Signal(str, object)  # a ledger, and the records to be shown there

    def __init__(self, parent: QWidget | None = None, *, leaves: str = "") -> None:
        """`leaves`: how records of this ledger leave ("离开", "免职"), where they do so instead of being voided."""
        super().__init__(parent, pad=0, gap=0)
        self._masked = self._erasable = False
        self._facts: CardFacts | None = None
        self._prints: QMenu | None = None
        self._content = QVBoxLayout()
        self._content.setContentsMargins(16, 16, 16, 12)
        self._content.setSpacing(8)
        inner = QWidget()
        inner.setLayout(self._content)
        self.body.addWidget(scrolled(inner), 1)
        self.body.addWidget(hairline())
        self.acts = CardActs()
        self.acts.asked.connect(self.asked)
        self.body.addWidget(self.acts)
        self._edit = button("编辑", "pencil-simple", on=partial(self.edit.emit, ""))
        self._history = button("历史", "clock-counter-clockwise", on=partial(self.history.emit, ""))
        self._leaves = leaves
        self._leave = button("", on=self.leave.emit)
        self._void = button("作废…", on=self.void.emit)
        self._leave.setVisible(bool(leaves))
        actions = QHBoxLayout()
        actions.setContentsMargins(16, 12, 16, 12)
        actions.setSpacing(8)
        for made in (self._edit, self._history, self._leave, self._void):
            made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            set_role(made, "compact")
            actions.addWidget(made)
        self.body.addLayout(actions)

    def offer_prints(self, menu: QMenu | None) -> None:
        """Open this menu, of what can be printed of the record, beside its name; None: nothing can."""
        self._prints = menu

    def show_facts(self, facts: CardFacts, *, fixed: str = "", erasable: bool = False) -> None:
        """Show a record; `fixed` says why it cannot be changed: the file is only read, the day is in the past.

        `erasable`: whoever is here may erase it for good, also when it is void.
        """
        self._facts = facts
        self._erasable = erasable
        self._draw()
        self.acts.show_offers(() if fixed else facts.offers)
        self._leave.setText("恢复…" if facts.gone else f"{self._leaves}…")
        tips = {
            self._edit: "编辑（Enter）",
            self._leave: f"恢复：清空{self._leaves}日期，重新计入"
            if facts.gone
            else f"{self._leaves}：填日期和原因，不再计入在册",
            self._void: "登记错了才作废；作废的仍在历史里",
        }
        why = fixed or ("已经作废，不能再改" if facts.void is not None else "")
        for made, tip in tips.items():
            made.setEnabled(not why)
            made.setToolTip(why or tip)

    def hide_personal(self, masked: bool) -> None:
        """Hide personal data (F9), or show it again."""
        self._masked = masked
        if self._facts:
            self._draw()

    def _readable(self, text: str) -> str:
        """A sentence about the record: without its name while F9 hides names."""
        facts = self._facts
        return text.replace(facts.name, hide(facts.name_privacy, facts.name)) if self._masked and facts else text

    def _draw(self) -> None:
        facts = self._facts
        if facts is None:
            return
        emptied(self._content)
        self._content.addLayout(self._head(facts))
        if facts.void:
            self._content.addWidget(_wrapped(self._readable(f"作废原因：{facts.void}"), "finding"))
        for finding in facts.findings:
            self._content.addWidget(self._remark(finding))
        for heading, items in facts.sections:
            self._content.addSpacing(6)
            if heading:
                self._content.addWidget(label(heading, "section"))
            self._content.addLayout(self._lines(items))
        for part in facts.related:
            self._content.addSpacing(6)
            shown = RelatedPart(part, masked=self._masked)
            shown.opened.connect(self.opened)
            self._content.addWidget(shown)
        if facts.missing:
            self._content.addSpacing(6)
            self._content.addWidget(label("还没填", "section"))
            self._content.addLayout(self._blanks(facts))
        self._content.addStretch(1)

    def _head(self, facts: CardFacts) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(4)
        first = row(label(self._readable(facts.name), "title", wrap=True))
        first.setStretch(0, 1)
        if self._prints:
            said = "" if facts.has_photo else "打印"  # beside a photo the name needs the room
            prints = button(said, "printer", role="quiet", tip="打印这一条的表格（Ctrl+Shift+P）")
            prints.setMenu(self._prints)
            first.addWidget(prints, 0, Qt.AlignmentFlag.AlignTop)
        if self._erasable:  # beside the name, so that the words below have all the room
            first.addWidget(self._more(facts), 0, Qt.AlignmentFlag.AlignTop)
        words.addLayout(first)
        if facts.below:
            words.addWidget(_wrapped(facts.below, "muted"))
        chips = FlowLayout(gap=4)
        for one in facts.chips:
            text = hide(one.privacy, one.text) if self._masked else one.text
            chips.addWidget(chip(f"{one.label} {text}" if one.label else text, one.tone))
        words.addLayout(chips)
        words.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(12)
        if facts.has_photo:
            head.addWidget(self._photo(facts), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        return head

    def _more(self, facts: CardFacts) -> QPushButton:
        """What is done once in years, out of the way."""
        made = button("", "dots-three", role="quiet", tip="更多")
        made.setIconSize(QSize(22, 22))
        menu = QMenu(made)
        menu.addAction("依法抹除…", partial(self.erase.emit, facts.name))
        made.setMenu(menu)
        return made

    def _photo(self, facts: CardFacts) -> QLabel:
        made = QLabel()
        made.setFixedSize(_PHOTO)
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(made, "photo")
        ratio = self.devicePixelRatioF()
        if facts.photo and not self._masked:
            picture = QPixmap()
            picture.loadFromData(QByteArray(facts.photo))
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            fitted = picture.scaled(_PHOTO * ratio, keep, smooth)
            fitted.setDevicePixelRatio(ratio)
            made.setPixmap(fitted)
        else:
            made.setPixmap(pixmap("user", "muted", 30, ratio))
        return made

    def _remark(self, finding: Finding) -> QWidget:
        if finding.field is None:
            return _wrapped(self._readable(finding.text), "finding")
        made = button("", "warning", role="remark", tip="去改", on=partial(self.edit.emit, finding.field))
        words = _wrapped(self._readable(finding.text), "finding")
        holder = QHBoxLayout(made)
        holder.setContentsMargins(30, 4, 6, 4)
        holder.addWidget(words)
        made.setMinimumHeight(words.heightForWidth(230) + 10)
        return made

    def _lines(self, items: tuple[Item, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        for at, item in enumerate(items):
            name = label(item.label, "muted", wrap=True)
            name.setFixedWidth(look().size * 8 + 2)
            value = _wrapped(hide(item.privacy, item.text) if self._masked else item.text, "body")
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAlignment(Qt.AlignmentFlag.AlignTop)
            grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, at, 1)
        return grid

    def _blanks(self, facts: CardFacts) -> FlowLayout:
        flow = FlowLayout(gap=4)
        for key, text in facts.missing:
            flow.addWidget(chip(text, "warning", on=partial(self.edit.emit, key)))
        return flow


def _wrapped(text: str, role: str) -> QLabel:
    made = label(text, role, wrap=True)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return made
