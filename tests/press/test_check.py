"""Before printing, every character that would be missing is named with the people affected (wish 22)."""

from taizhang.press.check import check_glyphs
from taizhang.press.fonts import Typefaces
from tests.press.conftest import people, sheet_of


def test_a_sheet_that_can_be_printed_whole_has_no_findings(faces: Typefaces) -> None:
    assert check_glyphs(sheet_of([*people(5), ("6", "王𬭩㛃䶮", "", "", "", "", "")]), faces) == []


def test_each_missing_character_is_named_once_with_everyone_it_concerns(faces: Typefaces) -> None:
    rows = [
        ("1", "张𠮷", "", "", "", "", ""),
        ("2", "李娜", "", "", "", "", "𠮷祥路"),
        ("3", "王\ue001", "", "", "", "", ""),
        *people(3),
    ]
    findings = check_glyphs(sheet_of(rows), faces)
    assert [(found.value, found.is_error) for found in findings] == [("𠮷", False), ("\ue001", False)]
    assert findings[0].text == "没有字体能印出“𠮷”（U+20BB7），打印时以“〓”代替，请装入含此字的字体。涉及：张𠮷、李娜。"
    assert "涉及：王" in findings[1].text


def test_many_people_are_counted(faces: Typefaces) -> None:
    rows = [(str(number), f"张{number}", "𠮷", "", "", "", "") for number in range(30)]
    (found,) = check_glyphs(sheet_of(rows), faces)
    assert found.text.endswith("张8、张9等 30 行。")
