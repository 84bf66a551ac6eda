"""Typefaces by role: the office's own first, a stand-in is said, no character becomes an empty box (wish 22)."""

from pathlib import Path

import pytest

from taizhang.core.errors import Refused
from taizhang.press.fonts import GETA, Typefaces
from taizhang.press.roles import Role
from tests.press.typefounder import font_bytes, write_collection, write_font

RARE = "𬭩㛃䶮"  # beyond the BMP, and two of Extension A
UNKNOWN = "𠮷"  # in none of the shipped typefaces


def test_stand_ins_are_said_one_sentence_for_each_role(faces: Typefaces) -> None:
    assert faces.substitutions() == [
        "本机没有“方正小标宋”字体，标题已改用“思源宋体（粗）”。",
        "本机没有“黑体”字体，表头已改用“思源黑体（粗）”。",
        "本机没有“仿宋”字体，正文已改用“思源宋体”。",
        "本机没有“楷体”字体，填写内容已改用“思源宋体”。",
    ]


def test_the_offices_own_typefaces_are_used_without_a_word(tmp_path: Path) -> None:
    write_font(tmp_path / "a.ttf", "方正小标宋简体", "党员名册")
    write_collection(tmp_path / "b.ttc", font_bytes("楷体", "党"), font_bytes("仿宋_GB2312", "党员"))
    faces = Typefaces([tmp_path])
    assert faces.substitutions([Role.TITLE, Role.BODY, Role.FORM]) == []
    assert [faces.face(role).label for role in (Role.TITLE, Role.BODY, Role.FORM)] == [
        "方正小标宋简体",
        "仿宋_GB2312",
        "楷体",
    ]


def test_a_near_typeface_that_is_installed_is_better_than_ours_and_is_said(tmp_path: Path) -> None:
    write_font(tmp_path / "a.ttf", "华文中宋", "党员")
    assert Typefaces([tmp_path]).substitutions([Role.TITLE]) == ["本机没有“方正小标宋”字体，标题已改用“华文中宋”。"]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_damaged_typeface_of_the_office_is_passed_over_and_said(tmp_path: Path, share: float) -> None:
    font = font_bytes("仿宋", "党员")
    (tmp_path / "a.ttf").write_bytes(font[: int(len(font) * share)])
    assert Typefaces([tmp_path]).substitutions([Role.BODY]) == ["本机没有“仿宋”字体，正文已改用“思源宋体”。"]


def test_each_character_is_set_in_a_typeface_that_has_it(tmp_path: Path) -> None:
    write_font(tmp_path / "a.ttf", "仿宋", "党员王")
    faces = Typefaces([tmp_path])
    runs = [(face.label, text) for face, text in faces.runs(Role.BODY, f"王{RARE}党")]
    assert runs == [("仿宋", "王"), ("思源宋体", RARE), ("仿宋", "党")]
    assert faces.em(Role.BODY, f"王{RARE}党") == pytest.approx(5, abs=0.1)


def test_a_rare_character_is_taken_from_any_typeface_of_the_system_that_has_it(tmp_path: Path) -> None:
    write_font(tmp_path / "a.ttf", "SimSun-ExtB", "龘")
    faces = Typefaces([tmp_path])
    assert faces.missing(f"龘{RARE}A1·") == ""


def test_a_character_that_no_typeface_has_is_named_and_printed_as_the_printers_mark(faces: Typefaces) -> None:
    assert faces.missing(f"{UNKNOWN}张{UNKNOWN}\ue123\n") == f"{UNKNOWN}\ue123"
    assert "".join(text for _, text in faces.runs(Role.BODY, f"张{UNKNOWN}")) == f"张{GETA}"


def test_without_any_typeface_printing_is_refused_and_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="请重新安装"):
        Typefaces([], tmp_path)


def test_damaged_typefaces_of_ours_are_refused_too(tmp_path: Path) -> None:
    font = font_bytes("Noto Serif SC Regular", "党")
    (tmp_path / "a.ttf").write_bytes(font[: len(font) // 2])
    with pytest.raises(Refused, match="请重新安装"):
        Typefaces([], tmp_path).face(Role.BODY)
