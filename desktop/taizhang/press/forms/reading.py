"""Form files as people keep them: text in whatever way their editor saves it, or one sentence on what it is instead."""

import codecs
import re
from pathlib import Path

from taizhang.core.errors import Refused
from taizhang.press.forms.language import MOST_CHARACTERS

SUFFIX = ".form"
_LARGEST = 4 * MOST_CHARACTERS  # bytes
_KINDS = {
    b"PK\x03\x04": "Word、Excel 文档或压缩包",
    b"\xd0\xcf\x11\xe0": "旧格式的 Word、Excel 或 WPS 文档",
    b"{\\rtf": "RTF 文档",
    b"%PDF": "PDF 文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"BM": "图片",
    b"II*\x00": "图片",
    b"SQLite format 3": "台账文件",
}
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_WIDE = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}  # what Notepad calls Unicode
_SAVE = "请用记事本打开版式文件，另存为 UTF-8 编码的文本后再试。"


def text_of(path: Path) -> str:
    """The text of a form file; `Refused` when it cannot be read, is too large, or is no text."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= _LARGEST else b""
    except (OSError, ValueError) as cause:  # a name with a NUL in it
        raise Refused(f"打不开“{path.name}”，没有改动；请检查文件是否还在、能否读取。") from cause
    if size > _LARGEST:
        raise Refused(f"“{path.name}”有 {size // 1024} KB，太大，不像表格版式，没有改动；请核对是否选错了文件。")
    return decoded(data, path.name)


def decoded(data: bytes, name: str) -> str:
    """The text in UTF-8, UTF-16 with its mark, or GB18030; `Refused`, with `name`, for anything else."""
    for mark, kind in _KINDS.items():
        if data.startswith(mark):
            raise Refused(f"“{name}”是{kind}，不是表格版式，没有改动；请选择扩展名为 {SUFFIX} 的文本文件。")
    wide = _WIDE.get(data[:2])
    if wide is None and _BINARY.search(data):
        raise Refused(f"“{name}”里不是文字，不是表格版式，没有改动；{_SAVE}")
    for encoding in [wide] if wide else ["utf-8-sig", "gb18030"]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(f"“{name}”的文字编码认不出来，没有改动；{_SAVE}")
