"""What stands against printing, above the page: whom it concerns and what to do, with a way to the record."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from taizhang.desk.widgets import Banner, emptied
from taizhang.press.forms.filling import FormRemark

WayOut = tuple[str, Callable[[], object]]  # what a button says, and does
_MOST = 3  # records of which something is said; the rest are counted
_EACH = 3  # remarks on one record


class FormRemarks(QWidget):
    """Banners one below the other: first what is said of the whole, then the remarks."""

    def __init__(self, readable: Callable[[str], str], parent: QWidget | None = None) -> None:
        """`readable` hides names while F9 does."""
        super().__init__(parent)
        self._readable = readable
        self.banners: list[Banner] = []
        self._told: list[str] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def clear(self) -> None:
        """Say nothing."""
        emptied(self._column)
        self.banners, self._told = [], []

    def reread(self) -> None:
        """Say the same as it may be read now (F9)."""
        for banner, text in zip(self.banners, self._told, strict=True):
            banner.text.setText(self._readable(text))

    def say(self, text: str, tone: str = "warning") -> Banner:
        """Say something more."""
        banner = Banner(self._readable(text), tone)
        self.banners.append(banner)
        self._told.append(text)
        self._column.addWidget(banner)
        return banner

    def show_remarks(self, remarks: Sequence[tuple[str, WayOut | None]], doing: str) -> None:
        """Say the first of these, each with a way out, and how many more there are; `doing`: "另有 4 份…"."""
        for text, mend in remarks[:_MOST]:
            banner = self.say(text)
            if mend:
                banner.offer(*mend)
        if (rest := len(remarks) - _MOST) > 0:
            self.say(f"另有 {rest} 份{doing}")

    def texts(self) -> list[str]:
        """What is said now."""
        return [banner.text.text() for banner in self.banners]


def by_record(remarks: Sequence[FormRemark]) -> Iterator[tuple[str, str]]:
    """(record, what is said of it), those records first of which something stops the printing."""
    found: dict[str, list[FormRemark]] = {}
    for remark in sorted(remarks, key=lambda remark: not remark.stops):
        found.setdefault(remark.record, []).append(remark)
    for record, some in found.items():
        texts = [remark.text.rstrip("。") for remark in some]
        more = f"；另有 {len(texts) - _EACH} 处" if len(texts) > _EACH else ""
        yield record, f"{f'“{record}”：' if record else ''}{'；'.join(texts[:_EACH])}{more}。"
