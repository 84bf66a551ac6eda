"""About: what the program is, its version, whose work it stands on, the typefaces that are shipped."""

from importlib import metadata

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from taizhang import places
from taizhang.desk.help_style import styled
from taizhang.desk.widgets import PAD, button, column, label, row
from taizhang.desk.window_size import open_at

# (name, package whose version is told, licence, what for)
_PARTS = (
    ("Qt、PySide6", "PySide6-Essentials", "LGPL-3.0", "窗口、预览与打印"),
    ("SQLAlchemy", "SQLAlchemy", "MIT", "存取"),
    ("SQLCipher、sqlcipher3", "sqlcipher3", "BSD-3-Clause、zlib", "加密的文件"),
    ("cryptography、OpenSSL", "cryptography", "Apache-2.0", "密码与密钥"),
    ("ReportLab", "reportlab", "BSD", "排版"),
    ("openpyxl", "openpyxl", "MIT", "读写 Excel"),
    ("python-calamine", "python-calamine", "MIT", "读取 Excel"),
    ("msgspec", "msgspec", "BSD-3-Clause", "编码"),
    ("pypinyin", "pypinyin", "MIT", "拼音"),
    ("QtAwesome、Phosphor", "QtAwesome", "MIT", "图标"),
    ("Pillow", "pillow", "MIT-CMU", "照片"),
    ("appdirs", "appdirs", "MIT", "文件夹"),
)
_TYPEFACES = "思源黑体、思源宋体（Noto Sans SC、Noto Serif SC），按 SIL Open Font License 1.1 随程序提供。"
_IN_FULL = "SQLCipher"  # its package does not carry the licence that whoever passes it on must pass on with it


class AboutDialog(QDialog):
    """The few facts that someone asks for on the telephone, and the licences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("about")
        self.setWindowTitle("关于台账")
        open_at(self, 680, 520)
        name = label("台账", "title")
        told = label(f"版本 {version('taizhang')}\n社区党组织的台账。离线使用，全部内容都在这台电脑上。")
        told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.parts = QTextBrowser()
        self.parts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        document = styled(_credits())
        document.setParent(self.parts)
        self.parts.setDocument(document)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.addLayout(column(name, told, self.parts))
        close = button("关闭", on=self.reject)
        layout.addLayout(row(None, close))
        close.setFocus()


def version(package: str) -> str:
    """The version of an installed package, or an empty text where the built program does not carry it."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _credits() -> str:
    lines = [f"| {name} | {version(package)} | {licence} | {use} |" for name, package, licence, use in _PARTS]
    table = "\n".join(["| 所用软件 | 版本 | 许可 | 用途 |", "|---|---|---|---|", *lines])
    licence = (places.resources() / "licences" / f"{_IN_FULL}.txt").read_text(encoding="utf-8")
    told = "\n".join(map(str.strip, licence.splitlines()))  # what is indented would be taken for a program
    return f"{table}\n\n## 字体\n\n{_TYPEFACES}\n\n## {_IN_FULL} 的许可\n\n{told}\n"
