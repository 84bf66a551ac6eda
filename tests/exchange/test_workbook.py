"""Workbooks as they are read: typed cells where they stand, merged ranges, hidden sheets, both kinds of file."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from openpyxl import Workbook

from taizhang.core.errors import Refused
from taizhang.exchange.workbook import read_workbook
from tests.exchange.oldxls import write_xls


def test_cells_keep_their_type_and_their_place(tmp_path: Path) -> None:
    book = Workbook()
    made = book.worksheets[0]
    made["C5"], made["D5"], made["C6"] = "姓名", date(2004, 7, 1), 200407
    made.merge_cells("C7:D8")
    made["C7"] = "第一党支部"
    book.create_sheet("旧").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    first, second = read_workbook(tmp_path / "a.xlsx").sheets
    assert (first.top, first.left, first.number(0)) == (4, 2, 5)
    assert first.rows[0] == ["姓名", date(2004, 7, 1)]
    assert first.rows[1] == [200407.0, ""]
    assert first.merges == ((2, 0, 2, 1),)  # cut where nothing is filled any more
    assert (first.hidden, second.hidden) == (False, True)


def test_an_xls_file_is_read_like_the_other_kind(tmp_path: Path) -> None:
    path = write_xls(tmp_path / "a.xls", [["姓名", "年"], ["张伟", 2004.0]])
    book = read_workbook(path)
    assert book.kind == "xls"
    assert book.sheets[0].rows == [["姓名", "年"], ["张伟", 2004.0]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_file_is_read_as_text_in_either_encoding(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('姓名,身份证号\n张伟,110199198506300027\n"李\n四"\n', encoding=encoding)
    assert read_workbook(path).sheets[0].rows == [["姓名", "身份证号"], ["张伟", "110199198506300027"], ["李\n四", ""]]
    path.write_bytes(b"\x00\xff\xfe\x81")
    with pytest.raises(Refused, match="没有导入任何内容"):
        read_workbook(path)


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=3000), magic=st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]))
def test_no_bytes_make_the_reader_crash(data: bytes, magic: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "a.xlsx"
    path.write_bytes(magic + data)
    with pytest.raises(Refused):
        read_workbook(path)


@settings(max_examples=200, deadline=None)
@given(
    changes=st.lists(st.tuples(st.integers(0, 5600), st.integers(0, 255)), min_size=1, max_size=8),
    cut=st.integers(0, 5632),
)
def test_a_damaged_xls_is_read_or_refused(
    changes: list[tuple[int, int]], cut: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = write_xls(tmp_path_factory.mktemp("fuzz") / "a.xls", [["姓名", "年"], ["张伟", 2004.0]])
    data = bytearray(path.read_bytes())
    for at, byte in changes:
        data[at] = byte
    path.write_bytes(bytes(data[: cut if cut % 3 == 0 else None]))
    with suppress(Refused):
        read_workbook(path)
