"""The inputs that need the office: links to other records, and files."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QMimeData, QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from taizhang.core.field import Field
from taizhang.core.kinds import Text
from taizhang.core.kinds_linked import Attachment, Link, Links
from taizhang.desk.flow import FlowLayout
from taizhang.desk.icons import pixmap
from taizhang.desk.inputs import PLAIN, Input, PickInput
from taizhang.desk.inputs_recalled import RecalledInput
from taizhang.desk.office import Office
from taizhang.desk.pick_many import PickMany
from taizhang.desk.picker import Option, Picker, Source
from taizhang.desk.widgets import button, chip, column, emptied, label, row, set_role
from taizhang.store.query import Query
from taizhang.store.store import Store

_PICTURES = "图片 (*.jpg *.jpeg *.png *.bmp *.gif *.webp *.tif *.tiff)"
_MOST_OFFERED = 20
_MOST_CHIPS = 60  # of a longer list the rest is only counted


def input_for(field: Field, office: Office) -> Input:
    """The input of a field, by its kind; a kind without one is our bug (`KeyError`)."""
    if isinstance(field, Link):
        return PickInput(field, Picker(records(office, field.ledger)))
    if isinstance(field, Links):
        return LinksInput(field, office)
    if isinstance(field, Attachment):
        return FilesInput(field)
    if isinstance(field, Text) and field.recalls:
        return RecalledInput(field, office)
    return PLAIN[field.kind](field)


def records(office: Office, ledger: str) -> Source:
    """The records of a ledger that a search finds, each with its organisation, since names repeat."""

    def find(store: Store, text: str) -> list[Option]:
        rids = store.rids(Query(ledger, search=text))[:_MOST_OFFERED]
        scope = store.ledgers[ledger].scope
        rows = store.rows(ledger, rids, [scope]) if scope else []
        field = store.ledgers[ledger].by_key.get(scope)
        where = {row.rid: field.show(row.values.get(scope), store.short_name_of) for row in rows} if field else {}
        return [Option(rid, store.name_of(ledger, rid), where.get(rid, "")) for rid in rids]

    def source(text: str, deliver: Callable[[list[Option]], None]) -> None:
        office.ask(lambda store: find(store, text), deliver)

    return source


class LinksInput(Input):
    """Several records: chips of those picked, a line to pick one more, and a list to pick many from."""

    def __init__(self, field: Links, office: Office) -> None:
        super().__init__(field)
        self._ledger, self._office = office.ledgers[field.ledger], office
        self._picked: list[Option] = []
        self._chips = FlowLayout()
        self._picker = Picker(records(office, field.ledger))
        self._picker.setPlaceholderText("输入姓名、名称或拼音添加")
        self._picker.picked.connect(self._add)
        self._count = label("", "muted")
        self._clear = button("清空", role="link", on=self._empty)
        many = button(
            "从名单中选…",
            "list-bullets",
            on=self.pick_many,
            tip=f"{field.label}：按组织勾选，一次选多{self._ledger.unit}",
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(self._chips)
        line = row(self._picker, many)
        line.setStretch(0, 1)
        layout.addLayout(line)
        layout.addLayout(row(self._count, self._clear, None))
        self.setFocusProxy(self._picker)
        self._draw()

    def raw(self) -> object:
        """The record numbers in order."""
        return self.raw_list()

    def shown(self) -> str:
        """The names, separated by 、."""
        return "、".join(option.text for option in self._picked)

    def put(self, raw: object, shown: str) -> None:
        """Show these records."""
        rids = raw if isinstance(raw, Sequence) and not isinstance(raw, str) else ()
        self._picked = [Option(rid, name) for rid, name in zip(rids, shown.split("、"), strict=False)]
        self._draw()

    def raw_list(self) -> list[object]:
        """The record numbers picked so far."""
        return [option.raw for option in self._picked]

    def pick_many(self) -> None:
        """Open the list to tick."""
        dialog = PickMany(self._office, self._ledger, self._picked, self.window())
        dialog.picked.connect(self._take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _add(self, option: Option) -> None:
        self._picker.put(None)
        if option.raw not in self.raw_list():
            self._take([*self._picked, option])

    def _remove(self, option: Option) -> None:
        self._take([one for one in self._picked if one != option])

    def _empty(self) -> None:
        self._take([])

    def _take(self, options: Sequence[Option]) -> None:
        self._picked = list(options)
        self._draw()
        self.changed.emit()

    def _draw(self) -> None:
        emptied(self._chips)
        for option in self._picked[:_MOST_CHIPS]:
            self._chips.addWidget(chip(option.text, closes=True, on=partial(self._remove, option)))
        count, unit = len(self._picked), self._ledger.unit
        rest = f"，这里显示前 {_MOST_CHIPS} {unit}" if count > _MOST_CHIPS else ""
        self._count.setText(f"共 {count} {unit}{rest}")
        for part in (self._count, self._clear):
            part.setVisible(count > 1)


class FilesInput(Input):
    """Files, or one photo: chosen, dropped or taken out; bytes wait here until the form is saved."""

    def __init__(self, field: Attachment) -> None:
        super().__init__(field)
        self.photo = field.photo
        self.waiting: list[bytes] = []
        self._kept: list[str] = []
        self._view = QLabel()
        self._words = QLabel()
        set_role(self._words, "small")
        self._choose = button(
            "选择照片" if field.photo else "添加文件", "image" if field.photo else "paperclip", on=self._ask
        )
        self._clear = button("移除", role="quiet", on=self._remove)
        self.setLayout(self._laid_out())
        self.setAcceptDrops(True)
        self.setFocusProxy(self._choose)
        self._draw()

    def raw(self) -> object:
        """The hashes that stay; what waits is added by the form when it saves."""
        return list(self._kept)

    def shown(self) -> str:
        """The hashes."""
        return " ".join(self._kept)

    def put(self, raw: object, shown: str) -> None:
        """Show the files that the record holds."""
        del shown
        self._kept = [str(sha) for sha in raw] if isinstance(raw, Sequence) and not isinstance(raw, str) else []
        self.waiting = []
        self._draw()

    def picture(self, data: bytes) -> None:
        """Show a photo that the office already holds."""
        self._show(data)

    def take(self, data: bytes) -> None:
        """Take in the bytes of a file; a photo replaces the one before."""
        if self.photo:
            self._kept, self.waiting = [], []
        self.waiting.append(data)
        self._draw()
        self.changed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Files may be dropped here."""
        if _dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Take in what was dropped."""
        for path in _dropped(event.mimeData()):
            self.take(path.read_bytes())

    def _laid_out(self) -> QVBoxLayout:
        buttons = QWidget()
        buttons.setLayout(row(self._choose, self._clear, None))
        if self.photo:
            self._view.setFixedSize(QSize(72, 96))
            self._view.setAlignment(Qt.AlignmentFlag.AlignCenter)
            set_role(self._view, "photo")
        self._view.setVisible(self.photo)
        return column(self._view, self._words, buttons, gap=6)

    def _ask(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, self.field.label, "", _PICTURES if self.photo else "")
        for name in names[: 1 if self.photo else None]:
            self.take(Path(name).read_bytes())

    def _remove(self) -> None:
        self._kept, self.waiting = [], []
        self._draw()
        self.changed.emit()

    def _draw(self) -> None:
        count = len(self._kept) + len(self.waiting)
        self._clear.setVisible(count > 0)
        words = "可把图片拖到这里" if self.photo else f"{count} 个文件" if count else "可把文件拖到这里"
        self._words.setText("" if self.photo and count else words)
        if self.waiting and self.photo:
            self._show(self.waiting[-1])
        elif self.photo and not self._kept:
            self._view.setPixmap(pixmap("user", "muted", 32, self.devicePixelRatioF()))

    def _show(self, data: bytes) -> None:
        picture = QPixmap()
        picture.loadFromData(QByteArray(data))
        size = self._view.size()
        fitted = picture.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        self._view.setPixmap(fitted)


def _dropped(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
