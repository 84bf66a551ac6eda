"""A file that is no workbook, or more than one, is named in one sentence before anything is read."""

import io
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from taizhang.core.errors import Refused
from taizhang.exchange.guard import vet
from taizhang.exchange.workbook import read_workbook
from tests.exchange.books import write_book
from tests.exchange.oldxls import book, compound, write_xls

_BOOK_XML = b'<?xml version="1.0"?><workbook/>'
_START = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_END = b"</sheetData></worksheet>"


def packed(**parts: bytes) -> bytes:
    """An archive with a workbook and these parts of `xl/worksheets`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", _BOOK_XML)
        for name, content in parts.items():
            archive.writestr(f"xl/worksheets/{name}.xml", content)
    return out.getvalue()


def refusal(data: bytes) -> str:
    """The sentence with which `data` is refused."""
    with pytest.raises(Refused) as refused:
        vet(data)
    said = str(refused.value)
    assert "没有导入任何内容" in said
    return said


def real(path: Path) -> bytes:
    """A true workbook."""
    return write_book(path, 名册=[["姓名", "性别"], ["张伟", "男"]] * 50).read_bytes()


def test_what_is_no_workbook_is_named(tmp_path: Path) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as other:
        other.writestr("word/document.xml", b"<w/>")
    assert "空的" in refusal(b"")
    assert "PDF" in refusal(b"%PDF-1.7 ...")
    assert "网页" in refusal(b"\xef\xbb\xbf<html><table><tr><td>1</td></tr></table>")
    assert "不是 Excel" in refusal("姓名\n张伟".encode("utf-16"))
    assert "压缩包" in refusal(archive.getvalue())
    with pytest.raises(Refused, match="打不开"):
        read_workbook(tmp_path / "missing.xlsx")


def test_a_torn_workbook_is_refused_wherever_it_is_torn(tmp_path: Path) -> None:
    data = real(tmp_path / "a.xlsx")
    for length in range(4, len(data) - 1, 97):
        refusal(data[:length])


def test_a_password_is_said(tmp_path: Path) -> None:
    locked = compound({"EncryptedPackage": bytes(5000), "EncryptionInfo": bytes(5000)})
    assert "密码" in refusal(locked)
    assert "密码" in refusal(write_xls(tmp_path / "locked.xls", [["姓名"]], locked=True).read_bytes())


def test_a_bomb_is_refused_without_being_unpacked() -> None:
    bomb = packed(sheet1=_START + b" " * (257 << 20) + _END)
    assert len(bomb) < 1 << 20
    tracemalloc.start()
    try:
        assert "大得不正常" in refusal(bomb)
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()


def test_a_part_that_lies_about_its_size_is_measured_all_the_same() -> None:
    content = _START + b" " * (257 << 20) + _END
    data = bytearray(packed(sheet1=content))
    true, said = struct.pack("<I", len(content)), struct.pack("<I", 100)
    assert data.count(true) == 2
    assert "大得不正常" in refusal(bytes(data.replace(true, said)))


def test_one_value_in_the_last_cell_is_recognised_before_it_is_laid_out(tmp_path: Path) -> None:
    made = Workbook()
    made.worksheets[0]["A1"] = "姓名"
    made.worksheets[0].cell(1_048_576, 16_384, "x")
    made.save(tmp_path / "far.xlsx")
    assert "第 1048576 行" in refusal((tmp_path / "far.xlsx").read_bytes())
    old = compound({"Workbook": book([(0, 0, "姓名"), (65_535, 255, "x")])})
    assert "第 65536 行" in refusal(old)


def test_a_million_columns_are_refused_however_they_are_written() -> None:
    unnamed = b"<row>" + b"<c><v>1</v></c>" * 1_000_000 + b"</row>" + b"<row><c><v>1</v></c></row>" * 9
    assert "第 1000000 列" in refusal(packed(sheet1=_START + unnamed + _END))
    prefixed = b'<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c><x:c r="XFD900000"><x:v>1</x:v></x:c></x:row>'
    assert "第 900000 行" in refusal(packed(sheet1=_START + prefixed + _END))


def test_a_million_empty_formatted_rows_are_read_for_the_few_that_are_filled(tmp_path: Path) -> None:
    write_book(tmp_path / "a.xlsx", 名册=[["姓名", "性别"], ["张伟", "男"]])
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    rows = b"".join(b'<row r="%d" s="1"><c r="A%d" s="1"/></row>' % (row, row) for row in range(3, 1_048_577))
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(
        b"</sheetData>", rows + b"</sheetData>"
    )
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert len(read_workbook(tmp_path / "b.xlsx").sheets[0].rows) == 2


def test_a_declaration_of_entities_is_refused() -> None:
    assert "声明" in refusal(packed(sheet1=b'<!DOCTYPE x [<!ENTITY a "b">]>' + _START + _END))


def test_macros_and_links_are_ignored_with_a_note(tmp_path: Path) -> None:
    real(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx", "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
        archive.writestr("xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    notes = read_workbook(tmp_path / "a.xlsx").notes
    assert len(notes) == 2
    assert "宏" in notes[0]
    assert "没有去读取" in notes[1]
