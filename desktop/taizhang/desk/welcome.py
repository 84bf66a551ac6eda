"""The page that opens when no office is open: make one, open one, or try the sample office."""

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from taizhang.desk.widgets import GAP, PAD, Banner, Panel, button, column, emptied, label, row
from taizhang.store.location import risk

SUFFIX = ".tz"
_FILTER = f"台账单位文件 (*{SUFFIX});;所有文件 (*)"
_USUAL_KIND = "社区党委"
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


def default_folder() -> Path:
    """文档/台账; the user's own folder instead where the documents are kept in a cloud or on a share."""
    documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    folder = documents / "台账"
    return Path.home() / "台账" if risk(folder / "x") else folder


def file_for(folder: Path, name: str) -> Path:
    """A file in `folder` for the office `name` that is not there yet."""
    stem = _NOT_IN_NAMES.sub("", name).strip(" .") or "单位"
    path, number = folder / f"{stem}{SUFFIX}", 2
    while path.exists():
        path, number = folder / f"{stem}（{number}）{SUFFIX}", number + 1
    return path


class WelcomePage(QWidget):
    """New office, open, sample office, and the offices opened last."""

    create_asked = Signal(str, str, Path)  # full name, kind as it is called in the code table, file
    open_asked = Signal(Path)
    sample_asked = Signal()
    forget_asked = Signal(Path)

    def __init__(self, kinds: Sequence[str], recent: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._folder = default_folder()
        self.name = QLineEdit()
        self.name.setPlaceholderText("例如：中共杏花社区委员会")
        self.kind = QComboBox()
        self.kind.addItems(list(kinds))
        self.kind.setCurrentText(_USUAL_KIND)
        self.place = QLineEdit()
        self.warning = Banner("", "warning")
        self.create_button = button("新建", "plus", role="primary", on=self._create)
        self.recent = column(gap=2)
        self._lay_out()
        self.set_recent(recent)
        self.name.textChanged.connect(self._named)
        self.place.textChanged.connect(self._check)
        self.name.returnPressed.connect(self._create)
        self._named("")

    def set_recent(self, recent: Sequence[str]) -> None:
        """Show the offices opened last; a file that is gone says so and can be taken off the list."""
        emptied(self.recent)
        for text in recent:
            self.recent.addWidget(self._recent_line(Path(text)))
        if not recent:
            self.recent.addWidget(label("还没有打开过单位。", "muted"))

    def say(self, text: str) -> None:
        """Tell the user in place what did not work; an empty text takes it away."""
        self.warning.text.setText(text)
        self.warning.setVisible(bool(text))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's own name
        """An office file may be dropped anywhere on the page."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's own name
        """Open what was dropped."""
        path = Path(event.mimeData().urls()[0].toLocalFile())
        if path.is_file():
            self.open_asked.emit(path)

    def _lay_out(self) -> None:
        content = QWidget()
        content.setMaximumWidth(920)
        grid = QGridLayout(content)
        grid.setContentsMargins(PAD, PAD, PAD, PAD)
        grid.setHorizontalSpacing(GAP * 2)
        grid.setVerticalSpacing(GAP)
        head = column(label("台账", "figure"), label("社区党组织的各本台账，都在一个文件里。", "muted"), gap=4)
        grid.addLayout(head, 0, 0, 1, 2)
        grid.addWidget(self._new_office(), 1, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(column(self._others(), self._recents(), None, gap=GAP * 2), 1, 1)
        grid.addWidget(label("全部内容只存在这台电脑上：程序不联网，不上传。", "muted"), 2, 0, 1, 2)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addLayout(row(content))
        layout.addStretch(3)

    def _new_office(self) -> Panel:
        panel = Panel()
        choose = button("更改…", on=self._choose_place)
        for field, text in ((self.name, "单位全称"), (self.kind, "单位类别"), (self.place, "存放在")):
            field.setAccessibleName(text)
        panel.body.addWidget(label("新建单位", "heading"))
        panel.body.addLayout(column(label("单位全称", "muted"), self.name, gap=4))
        panel.body.addLayout(column(label("单位类别", "muted"), self.kind, gap=4))
        place = column(label("存放在", "muted"), gap=4)
        place.addLayout(row(self.place, choose))
        panel.body.addLayout(place)
        panel.body.addWidget(self.warning)
        panel.body.addLayout(row(self.create_button, None))
        return panel

    def _others(self) -> Panel:
        panel = Panel()
        open_button = button("打开…", "folder-open", on=self._choose_office, key="Ctrl+O")
        sample = button("打开示例单位", "flask", on=self.sample_asked.emit, tip="里面的人都是编造的，可以随便试")
        panel.body.addWidget(label("已有单位，或先试一试", "heading"))
        panel.body.addWidget(open_button)
        panel.body.addWidget(sample)
        panel.body.addWidget(label("示例单位里的人都是编造的，可以随便改。", "small", wrap=True))
        return panel

    def _recents(self) -> Panel:
        panel = Panel(gap=6)
        panel.body.addWidget(label("最近打开", "heading"))
        panel.body.addLayout(self.recent)
        return panel

    def _recent_line(self, path: Path) -> QWidget:
        there = path.is_file()
        text = path.stem if there else f"{path.stem}（找不到了）"
        opens = button(text, "file", role="row", tip=str(path), on=lambda: self.open_asked.emit(path))
        opens.setEnabled(there)
        forget = button("", "x", role="quiet", tip="从列表中去掉，不删文件", on=lambda: self.forget_asked.emit(path))
        line = QWidget()
        layout = row(opens, forget, gap=2)
        layout.setStretch(0, 1)
        line.setLayout(layout)
        return line

    def _named(self, name: str) -> None:
        """Propose a file for the office while its name is typed."""
        self.place.setText(str(file_for(self._folder, name)) if name.strip() else str(self._folder))
        self._check()

    def _check(self) -> None:
        """Say what speaks against the place, and whether an office can be made."""
        self.say(risk(self.place.text()) or "")
        self.create_button.setEnabled(bool(self.name.text().strip()))

    def _choose_place(self) -> None:
        start = str(file_for(self._folder, self.name.text()))
        chosen, _ = QFileDialog.getSaveFileName(self, "存放在", start, _FILTER)
        if chosen:
            path = Path(chosen)
            self._folder = path.parent
            self.place.setText(str(path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)))

    def _choose_office(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "打开单位", str(self._folder), _FILTER)
        if chosen:
            self.open_asked.emit(Path(chosen))

    def _create(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.name.setFocus()
            return
        self.create_asked.emit(name, self.kind.currentText(), Path(self.place.text().strip()))
