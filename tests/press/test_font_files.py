"""Typefaces are found by the names inside their files."""

from pathlib import Path

from taizhang.press.font_files import FontFile, find_fonts, font_folders, plain
from tests.press.typefounder import font_bytes, write_collection, write_font


def test_a_typeface_is_found_by_its_chinese_name_whatever_its_file_is_called(tmp_path: Path) -> None:
    path = write_font(tmp_path / "deep" / "x1.TTF", "仿宋_GB2312", "中国")
    assert find_fonts([tmp_path], ["仿宋_GB2312", "黑体"]) == {plain("仿宋GB2312"): FontFile(path, 0)}


def test_a_typeface_inside_a_collection_is_found_with_its_number(tmp_path: Path) -> None:
    path = write_collection(tmp_path / "two.ttc", font_bytes("宋体", "中"), font_bytes("黑体", "国"))
    assert find_fonts([tmp_path], ["黑体"]) == {"黑体": FontFile(path, 1)}


def test_outlines_that_cannot_be_embedded_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.otf").write_bytes(font_bytes("仿宋", "中", version=b"OTTO"))
    assert find_fonts([tmp_path], ["仿宋"]) == {}


def test_what_is_no_font_is_passed_over(tmp_path: Path) -> None:
    whole = font_bytes("仿宋", "中")
    (tmp_path / "empty.ttf").write_bytes(b"")
    (tmp_path / "text.ttf").write_text("not a font", encoding="ascii")
    (tmp_path / "half.ttf").write_bytes(whole[:40])
    (tmp_path / "lying.ttc").write_bytes(b"ttcf" + b"\xff" * 8)
    assert find_fonts([tmp_path, tmp_path / "nowhere"], ["仿宋"]) == {}


def test_this_system_has_places_for_typefaces() -> None:
    assert all(folder.is_absolute() for folder in font_folders())
