"""Asks where a file is to be saved, and lets it end as its kind does."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from taizhang.store.shelf import SUFFIX

KINDS = {SUFFIX: "台账单位文件", ".pdf": "PDF 文件", ".xlsx": "Excel 表格", ".form": "表格版式"}


def documents() -> Path:
    """The folder in which people look for what they saved."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def ask_place(parent: QWidget | None, title: str, start: Path) -> Path | None:
    """Where to save a file of the kind of `start`; None when the user thinks better of it."""
    suffix = start.suffix
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(start), f"{KINDS[suffix]} (*{suffix})")
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix.lower() == suffix else unused(path.with_name(path.name + suffix))


def unused(path: Path) -> Path:
    """This name, or the next of its kind that nothing has yet: nobody was asked whether it may be overwritten."""
    stem, number = path.stem, 2
    while path.exists():
        path, number = path.with_name(f"{stem}（{number}）{path.suffix}"), number + 1
    return path
