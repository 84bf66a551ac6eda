"""Reads a .csv file, in UTF-8 or in the GBK that Chinese spreadsheets write, as a table of texts."""

import csv
import io

from taizhang.core.errors import Refused
from taizhang.exchange.guard import MOST_CELLS

_UNTOUCHED = "没有导入任何内容。请用 Excel 或 WPS 打开它，另存为 .xlsx 后再导入。"


def read_commas(data: bytes) -> list[list[str]]:
    """The cells, every row as long as the longest; `Refused` for what is not text, or more than a roster can be."""
    rows: list[list[str]] = []
    width = 0
    try:
        for row in csv.reader(io.StringIO(_text(data), newline="")):
            rows.append(row)
            width = max(width, len(row))
            if width * len(rows) > MOST_CELLS:
                raise Refused(f"文件超出名册应有的大小，{_UNTOUCHED}")
    except csv.Error as cause:
        raise Refused(f"文件不是逗号分隔的表格，{_UNTOUCHED}") from cause
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refused(f"文件不是文字，{_UNTOUCHED}")
