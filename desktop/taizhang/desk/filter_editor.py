"""The small window in which a filter is made: which field, which condition, which value."""

from collections.abc import Callable

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QDialog,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from taizhang.core.day import BadDay, parse_day
from taizhang.core.field import Field
from taizhang.core.kinds_linked import Choice, Link
from taizhang.core.ledger import Ledger
from taizhang.desk.inputs_linked import records
from taizhang.desk.office import Office
from taizhang.desk.picker import Picker
from taizhang.desk.theme import colour
from taizhang.desk.widgets import GAP, PAD, button, label, row
from taizhang.store.query import Filter

_ANY = "选一个或几个"


class FilterEditor(QDialog):
    """Makes one filter; `made` is it once the dialog was accepted, and may be several for a span of days."""

    def __init__(self, ledger: Ledger, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("添加筛选")
        self.setMinimumWidth(360)
        self._ledger, self._office = ledger, office
        self._read: Callable[[], list[Filter]] = list
        self.made: list[Filter] = []
        self.field = QComboBox()
        self.field.setMaxVisibleItems(16)
        for one in ledger.fields:
            if one.kind != "attachment":
                self.field.addItem(one.label, one.key)
        self.state = QComboBox()
        self.state.addItems(["为", "未填", "已填"])
        self._form = QFormLayout()
        self._form.setSpacing(GAP)
        self._form.addRow(label("项目", "muted"), self.field)
        self._form.addRow(label("条件", "muted"), self.state)
        self._problem = label("", "finding", wrap=True)
        self.done_button = button("添加", role="primary", on=self.accept)
        self.done_button.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(GAP)
        layout.addLayout(self._form)
        layout.addWidget(self._problem)
        layout.addLayout(row(None, button("取消", on=self.reject), self.done_button))
        self._value: QWidget = QWidget()
        self._form.addRow(label("值", "muted"), self._value)
        self.field.currentIndexChanged.connect(self._changed)
        self.state.currentIndexChanged.connect(self._changed)
        self._changed()

    def accept(self) -> None:
        """Take the filter when it says something."""
        key = self.field.currentData()
        state = self.state.currentIndex()
        try:
            self.made = self._read() if state == 0 else [Filter(key, "blank" if state == 1 else "filled")]
        except BadDay as bad:
            self._problem.setText(str(bad))
            return
        if not self.made:
            self._problem.setText("请先选一个值。")
            return
        super().accept()

    def _changed(self) -> None:
        field = self._ledger.by_key[self.field.currentData()]
        self._problem.clear()
        value = self._for(field)
        self._form.replaceWidget(self._value, value)
        self._value.hide()
        self._value.deleteLater()
        self._value = value
        value.setEnabled(self.state.currentIndex() == 0)

    def _for(self, field: Field) -> QWidget:
        if isinstance(field, Choice):
            return self._codes(field.key, [(code.code, code.label) for code in field.codes.codes])
        if field.kind == "flag":
            return self._codes(field.key, [(True, "是"), (False, "否")])
        if isinstance(field, Link):
            return self._record(field)
        return self._span(field.key) if field.kind == "day" else self._text(field.key)

    def _codes(self, key: str, lines: list[tuple[str | bool, str]]) -> QWidget:
        box = QListWidget()
        box.setAccessibleName(_ANY)
        box.setMaximumHeight(220)
        for value, text in lines:
            item = QListWidgetItem(text, box)
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setCheckState(Qt.CheckState.Unchecked)

        def read() -> list[Filter]:
            items = [box.item(at) for at in range(box.count())]
            chosen = [one.data(Qt.ItemDataRole.UserRole) for one in items if one.checkState() == Qt.CheckState.Checked]
            if not chosen:
                return []
            return [Filter(key, "is", chosen[0] if len(chosen) == 1 else tuple(chosen))]

        self._read = read
        return box

    def _record(self, field: Link) -> QWidget:
        picker = Picker(records(self._office, field.ledger))
        picker.setPlaceholderText("输入名称或拼音")

        def read() -> list[Filter]:
            raw = picker.chosen.raw if picker.chosen else None
            return [Filter(field.key, "is", raw)] if isinstance(raw, int) else []

        self._read = read
        return picker

    def _span(self, key: str) -> QWidget:
        first, last = QLineEdit(), QLineEdit()
        first.setPlaceholderText("从，如 2020")
        last.setPlaceholderText("到，如 2024.06")
        box = QWidget()
        box.setLayout(row(first, last))

        def read() -> list[Filter]:
            made = [Filter(key, "from", parse_day(first.text()))] if first.text().strip() else []
            return [*made, Filter(key, "to", parse_day(last.text()))] if last.text().strip() else made

        self._read = read
        return box

    def _text(self, key: str) -> QWidget:
        line = QLineEdit()
        line.setPlaceholderText("包含的文字")
        self._read = lambda: [Filter(key, "has", line.text().strip())] if line.text().strip() else []
        return line


class DayChooser(QDialog):
    """Chooses the day as of which a list is shown; `day` is None for today."""

    def __init__(self, day: QDate, today: QDate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("截至哪一天")
        self.day: QDate | None = day
        self._calendar = QCalendarWidget()
        self._calendar.setMaximumDate(today)
        self._calendar.setSelectedDate(day)
        self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        plain = QTextCharFormat()
        plain.setForeground(colour("text"))
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self._calendar.setWeekdayTextFormat(weekday, plain)
        self._calendar.activated.connect(lambda _day: self.accept())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.setSpacing(GAP)
        layout.addWidget(label("名册显示为那一天的样子：当时在册的人、当时所在的支部。", "muted", wrap=True))
        layout.addWidget(self._calendar)
        take = button("显示这一天", role="primary", on=self.accept)
        take.setDefault(True)
        layout.addLayout(row(button("回到今天", on=self._today), None, button("取消", on=self.reject), take))

    def accept(self) -> None:
        """Take the day that is marked."""
        self.day = self._calendar.selectedDate()
        super().accept()

    def _today(self) -> None:
        self.day = None
        super().accept()
