"""Shows what is in a backup, and what restoring it would bring back, lose and change."""

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QListWidget, QWidget

from taizhang.desk.moments import moment
from taizhang.desk.restoring import Contents
from taizhang.desk.widgets import Panel, chip, column, label, row, scrolled
from taizhang.store.difference import Difference
from taizhang.store.rows import Operation

_LINES = 5  # operations in sight at once


class DifferenceView(QWidget):
    """Panels one below the other; with `masked`, nobody is named."""

    def __init__(self, contents: Contents, *, masked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._masked = masked
        inner = QWidget()
        parts: list[QWidget | int | None] = [self._held(contents)] if contents.name else []
        if contents.difference:
            parts.append(self._differs(contents.difference))
        inner.setLayout(column(*parts, None))
        self.setLayout(column(scrolled(inner)))

    def _held(self, contents: Contents) -> Panel:
        panel = Panel(gap=6)
        panel.body.addWidget(label("备份里有", "heading"))
        changed = f"，最后一次修改是 {moment(contents.changed)}" if contents.changed else ""
        panel.body.addWidget(label(f"{contents.name}{changed}。", wrap=True))
        panel.body.addWidget(label("；".join(contents.records), "muted", wrap=True))
        return panel

    def _differs(self, found: Difference) -> Panel:
        panel = Panel(gap=8)
        panel.body.addWidget(label("恢复出来的文件，和现在的单位相比", "heading"))
        if found.nothing:
            panel.body.addWidget(label("完全一样：备份之后没有做过改动，不必恢复。", wrap=True))
            return panel
        for text, tone, said in self._told(found):
            words = label(said, wrap=True)
            line = row(chip(text, tone), words, gap=10)
            line.setStretch(1, 1)
            panel.body.addLayout(line)
        if found.papers:
            lost = f"备份之后打印存底的 {found.papers} 份文书，新文件里没有；需要时请先从现在的单位另存。"
            panel.body.addWidget(label(lost, "muted", wrap=True))
        if found.other:
            also = f"备份里另有 {found.other} 次操作是现在的单位没有的（是在另一份恢复出来的文件里做的）。"
            panel.body.addWidget(label(also, "muted", wrap=True))
        if found.since:
            panel.body.addWidget(label(f"备份之后做的 {found.since} 次操作，新文件里没有：", "muted", wrap=True))
            panel.body.addWidget(self._operations(found.operations, found.since))
        return panel

    def _told(self, found: Difference) -> Iterator[tuple[str, str, str]]:
        """(chip, its tone, sentence) of every ledger and kind of difference."""
        for one in found.ledgers:
            changes = [f"{name}（{'、'.join(labels)}）" for name, labels in one.changes]
            parts = (
                ("会找回", "ok", one.back, one.back_names),
                ("会失去", "accent", one.gone, one.gone_names),
                ("会改回", "warning", one.changed, changes),
            )
            for text, tone, count, names in parts:
                if count:
                    named = "" if self._masked else f"：{_some(names, count)}"
                    yield f"{text} {count} {one.ledger.unit}", tone, f"{one.ledger.title}{named}"

    def _operations(self, operations: Sequence[Operation], count: int) -> QListWidget:
        listed = QListWidget()
        listed.setAccessibleName("备份之后做的操作")
        for done in operations:
            title = done.title.partition("：")[0] if self._masked else done.title
            records = f"（{done.count} 条）" if done.count > 1 else ""
            listed.addItem(f"{moment(done.at)}　{done.who or '未署名'}　{title}{records}")
        if count > len(operations):
            listed.addItem(f"…… 还有更早的 {count - len(operations)} 次")
        listed.setFixedHeight(listed.sizeHintForRow(0) * min(listed.count(), _LINES) + 8)
        return listed


def _some(names: Sequence[str], count: int) -> str:
    return "、".join(names) + (f" 等 {count} 个" if count > len(names) else "")
