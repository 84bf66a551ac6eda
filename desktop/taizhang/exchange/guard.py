"""Looks at a file before it is read: a workbook within bounds, or one sentence that says what it is instead."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from taizhang.core.errors import Refused
from taizhang.exchange import oldxls
from taizhang.exchange.extent import Extent, exact_extent, near_extent

LARGEST_FILE = 200 << 20  # bytes on disk; photographs make workbooks large, and are never read
LARGEST_CONTENT = 256 << 20  # bytes of unpacked sheets and texts
MOST_CELLS = 5_000_000  # of one sheet, blank ones within its rectangle included
_MOST_PARTS = 5_000
_CHUNK = 1 << 18

Kind = Literal["xlsx", "xls", "csv"]

_RESAVE = "请用 Excel 或 WPS 打开它，另存为“Excel 工作簿（.xlsx）”后再导入。"
_UNTOUCHED = "没有导入任何内容。"


@dataclass(frozen=True, slots=True)
class Vetted:
    """A file that may be read: what it is, how much it unpacks to in bytes, and what the user should know about it."""

    kind: Kind
    size: int
    notes: tuple[str, ...] = ()


def vet(data: bytes) -> Vetted:
    """Recognise a workbook and measure it, in bounded memory and time; raises `Refused` for anything else."""
    if not data:
        raise Refused(f"文件是空的，{_UNTOUCHED}请检查是否选错了文件。")
    if data.startswith(b"PK"):
        return _vet_zip(data)
    if data.startswith(oldxls.MAGIC):
        return _vet_old(data)
    raise Refused(_what_it_is(data))


def _what_it_is(data: bytes) -> str:
    head = data[:2048].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith(b"%pdf"):
        return f"这是 PDF 文件，不是表格，{_UNTOUCHED}请选择 Excel 文件（.xlsx 或 .xls）。"
    if b"<html" in head or b"<table" in head or b"spreadsheet" in head:
        return f"这个文件的内容是网页格式，不是真正的 Excel 工作簿，{_UNTOUCHED}{_RESAVE}"
    return f"这不是 Excel 工作簿，或文件已损坏，{_UNTOUCHED}请选择 .xlsx 或 .xls 文件；若能打开，请另存为 .xlsx 再试。"


def _vet_zip(data: bytes) -> Vetted:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _vet_parts(archive.infolist(), data)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, struct.error) as cause:
        raise Refused(f"文件不完整或已损坏，{_UNTOUCHED}请重新拷贝一份，或{_RESAVE[1:]}") from cause


def _vet_parts(parts: list[zipfile.ZipInfo], data: bytes) -> Vetted:
    names = {part.filename.replace("\\", "/").lstrip("/").lower() for part in parts}
    if not any(name.startswith("xl/") and name.endswith("workbook.xml") for name in names):
        if any(name.endswith("workbook.bin") for name in names) or "content.xml" in names:
            raise Refused(f"暂不支持这种格式的表格，{_UNTOUCHED}{_RESAVE}")
        raise Refused(f"这是压缩包或别的文件，不是 Excel 工作簿，{_UNTOUCHED}请选择 .xlsx 或 .xls 文件。")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(_locked())
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_CONTENT + LARGEST_FILE:
        raise Refused(_too_much())
    budget = LARGEST_CONTENT
    for part in parts:
        name = part.filename.lower()
        if name.endswith((".xml", ".rels")):
            budget = _vet_part(data, part, budget, sheet="worksheets/" in name)
    return Vetted("xlsx", LARGEST_CONTENT - budget, tuple(_notes(names)))


def _notes(names: set[str]) -> Iterator[str]:
    if any("vbaproject" in name for name in names):
        yield "文件里有宏，已忽略，没有运行。"
    if any("externallinks/" in name for name in names):
        yield "文件引用了别的工作簿，没有去读取，用的是文件里保存的数。"


def _vet_part(data: bytes, part: zipfile.ZipInfo, budget: int, *, sheet: bool) -> int:
    """Unpack one part in pieces and throw them away; what remains of `budget` bytes is returned."""
    counted = _Counted(data, part, budget)
    if not sheet:
        for _ in counted:
            pass
        return counted.left
    extent = near_extent(counted)
    if extent is None:
        extent = exact_extent(_Counted(data, part, budget))
    _bound(extent)
    return counted.left


def _bound(extent: Extent) -> None:
    if extent.cells > MOST_CELLS:
        raise Refused(
            f"有一张工作表用到了第 {extent.rows} 行、第 {extent.columns} 列，超出名册应有的大小，{_UNTOUCHED}"
            "请删去表格之外的多余内容，另存后再试。"
        )


class _Counted:
    """The pieces of an unpacked part, for as long as the budget lasts.

    Unpacked here and not by `zipfile`, which stops at the size that a part declares, and so believes it.
    """

    def __init__(self, data: bytes, part: zipfile.ZipInfo, budget: int) -> None:
        self._data, self._part = data, part
        self.left = budget

    def __iter__(self) -> Iterator[bytes]:
        first = True
        for chunk in _unpacked(self._data, self._part):
            self.left -= len(chunk)
            if self.left < 0:
                raise Refused(_too_much())
            if first and b"<!DOCTYPE" in chunk[:4096]:
                raise Refused(f"文件里有不该有的声明，可能被人动过手脚，{_UNTOUCHED}请向发来的人核实。")
            first = False
            yield chunk


def _unpacked(data: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of a part in pieces; raises what `zipfile` would for a torn one."""
    header = part.header_offset
    if data[header : header + 4] != b"PK\x03\x04":
        raise zipfile.BadZipFile(part.filename)
    name, extra = struct.unpack_from("<HH", data, header + 26)
    start = header + 30 + name + extra
    packed = memoryview(data)[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[at : at + _CHUNK]) for at in range(0, len(packed), _CHUNK))
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile(part.filename)
    inflater = zlib.decompressobj(-15)
    chunk = inflater.decompress(packed, _CHUNK)
    while chunk:
        yield chunk
        chunk = inflater.decompress(inflater.unconsumed_tail, _CHUNK)
    if not inflater.eof:
        raise zipfile.BadZipFile(part.filename)


def _too_much() -> str:
    return f"文件展开后大得不正常（可能是整表都设了格式的空行），{_UNTOUCHED}请把名册复制到一个新建的工作簿里再导入。"


def _locked() -> str:
    return f"文件设有打开密码，{_UNTOUCHED}请先用 Excel 或 WPS 打开，取消密码并另存后再导入。"


def _vet_old(data: bytes) -> Vetted:
    book = oldxls.look(data)
    if book.locked:
        raise Refused(_locked())
    if book.broken:
        raise Refused(f"文件不完整或已损坏，{_UNTOUCHED}请重新拷贝一份，或{_RESAVE[1:]}")
    for extent in book.extents:
        _bound(extent)
    return Vetted("xls", len(data), ("文件里有宏，已忽略，没有运行。",) if book.macros else ())
